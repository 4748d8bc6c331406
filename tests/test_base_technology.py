"""Technology of the base world: what is read, mended, filled, and refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from base_files import ICIO_SECTORS, SHARED, needs_sources, position
from landbridge import facts
from landbridge.economy.table.labels import labels
from landbridge.economy.table.technology import (
    MENDED,
    READ,
    SIMILAR,
    base_technology,
    read_parameters,
)
from landbridge.errors import InputError

ECONOMIES = tuple(row.iso3 for row in facts.rows("economies") if row.in_icio)


def parameters(folder, **changes):
    rng = np.random.default_rng(11)
    n, s = len(ECONOMIES), len(ICIO_SECTORS)
    inputs = rng.dirichlet(np.full(s, 0.4), (n, s)).transpose(2, 0, 1) * 0.45
    held = {
        "B": 1.0 - inputs.sum(axis=0).T,
        "G": inputs,
        "alpha": rng.dirichlet(np.full(s, 1.0), n).T,
        "country": np.array(ECONOMIES),
        "sector": np.array(ICIO_SECTORS),
    }
    held |= changes
    path = folder / "parameters.npz"
    np.savez(path, **held)
    return path


def test_shares_add_to_one_everywhere(tmp_path):
    found = base_technology(read_parameters(parameters(tmp_path)))
    np.testing.assert_allclose(found.value_added_share + found.input_share.sum(axis=1), 1.0)
    np.testing.assert_allclose(found.final_share.sum(axis=1), 1.0)
    assert (found.input_share >= 0.0).all()
    assert found.value_added_share.shape == (len(labels().economies), len(labels().sectors))


def test_others_take_the_mean_of_similar_economies(tmp_path):
    found = base_technology(read_parameters(parameters(tmp_path)))
    kgz, kaz, pak = (position(c) for c in ("KGZ", "KAZ", "PAK"))
    mean = found.input_share[[kaz, pak]].mean(axis=0)
    np.testing.assert_allclose(found.input_share[kgz], mean)
    assert (found.origin[kgz], found.origin[kaz], found.origin[pak]) == (SIMILAR, MENDED, READ)
    for row in facts.rows("economies"):
        assert row.in_icio == (not row.technology_of), row.iso3
        assert set(row.technology_of) <= set(ECONOMIES), row.iso3


def test_mending_takes_russias_value_added_and_keeps_the_mix_of_inputs(tmp_path):
    fine = read_parameters(parameters(tmp_path))
    mended, raw = base_technology(fine), base_technology(fine, mend=False)
    kaz, rus = position("KAZ"), position("RUS")
    # A sector of one division: no weights come in.
    j = labels().sector("B05T06")
    assert mended.value_added_share[kaz, j] == pytest.approx(raw.value_added_share[rus, j])
    before, after = raw.input_share[kaz, :, j], mended.input_share[kaz, :, j]
    np.testing.assert_allclose(after / after.sum(), before / before.sum())
    np.testing.assert_array_equal(mended.input_share[rus], raw.input_share[rus])


def test_every_problem_is_in_one_message(tmp_path):
    codes = np.array(ICIO_SECTORS)
    codes[list(ICIO_SECTORS).index("C24")] = "X99"
    good = dict(np.load(parameters(tmp_path)))
    good["B"][3, 5] = -0.2
    good["alpha"][:, 7] *= 1.1
    with pytest.raises(InputError) as failure:
        read_parameters(parameters(tmp_path, sector=codes, B=good["B"], alpha=good["alpha"]))
    said = str(failure.value)
    assert "sector 'X99' is not in ISIC" in said
    assert "sector C24 has no rows" in said
    assert f"{ECONOMIES[5]}: a value-added share is negative" in said
    assert f"{ECONOMIES[7]}: final shares miss 1" in said


def test_another_file_is_named(tmp_path):
    np.savez(tmp_path / "other.npz", x=np.ones(3))
    with pytest.raises(InputError, match="holds no B, G, alpha"):
        read_parameters(tmp_path / "other.npz")


@needs_sources
def test_kazakhstan_is_suspect_as_read():
    fine = read_parameters(SHARED / "icio2020_cp_params/icio2020_cp_params.npz")
    earned = (fine.value_added_share * fine.output).sum(axis=1) / fine.output.sum(axis=1)
    share = dict(zip(fine.economies, earned, strict=True))
    assert min(share, key=share.get) == "KAZ"
    assert share["KAZ"] < 0.3 < 0.45 < np.median(earned)


@needs_sources
def test_elasticities_are_those_published():
    path = SHARED / "trade_elasticities/fontagne_et_al_gtap.csv"
    tariff = pd.read_csv(path).set_index("gtap_sector")["epsilon_GTAP"]
    parro = pd.read_csv(SHARED / "caliendo_parro_2015/elasticity_sectoral_results.csv")
    rows = facts.rows("trade_elasticities")
    for row in rows:
        if row.study == "fontagne-guimbard-orefice":
            assert row.theta == pytest.approx(-tariff[row.industry] - 1.0, abs=1e-4)
    estimated = [row for row in rows if row.standard_error is not None]
    np.testing.assert_allclose([row.theta for row in estimated], -parro["c_99"], atol=1e-4)
    np.testing.assert_allclose([row.standard_error for row in estimated], parro["se_99"], atol=1e-4)
