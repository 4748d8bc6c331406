"""The steps of the base world, each on something small or on its laws."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base_files import position
from landbridge import facts
from landbridge.economy.table.basetable import load_base
from landbridge.economy.table.closing import close, implied_output
from landbridge.economy.table.distance import ppml_two_way
from landbridge.economy.table.labels import labels, products
from landbridge.economy.table.ras import ras
from landbridge.economy.table.services import impute_services
from landbridge.economy.table.tariffs import (
    HEADINGS,
    base_tariffs,
    group_duties,
    sector_profiles,
)
from landbridge.economy.table.technology import Technology
from landbridge.economy.table.trade import EXPORTERS, OWN, WORLDS, split_totals
from landbridge.errors import InputError, NotConvergedError

SIZE, SECTORS = len(labels().economies), len(labels().sectors)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), rows=st.integers(1, 8), columns=st.integers(1, 8))
def test_ras_reaches_any_sums_of_a_full_table(seed, rows, columns):
    rng = np.random.default_rng(seed)
    wanted = rng.uniform(0.1, 5.0, (rows, columns))
    prior = rng.uniform(0.1, 5.0, (rows, columns))
    found = ras(prior, wanted.sum(axis=1), wanted.sum(axis=0))
    np.testing.assert_allclose(found.sum(axis=1), wanted.sum(axis=1), rtol=1e-9)
    np.testing.assert_allclose(found.sum(axis=0), wanted.sum(axis=0), rtol=1e-9)
    # Scaling keeps cross ratios: the prior's pattern is all there.
    ratio = found / prior
    np.testing.assert_allclose(ratio, np.outer(ratio[:, 0], ratio[0]) / ratio[0, 0], rtol=1e-6)


def test_ras_says_everything_that_is_wrong():
    with pytest.raises(InputError) as failure:
        ras(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([1.0, 1.0]), np.array([1.0, 2.0]))
    assert "rows add to 2" in str(failure.value)
    assert "rows [0] are all zero" in str(failure.value)
    with pytest.raises(InputError, match="cells are negative"):
        ras(np.array([[-1.0]]), np.ones(1), np.ones(1))


def test_ras_that_cannot_balance_says_so():
    table = np.array([[1.0, 0.0], [1.0, 1.0]])
    with pytest.raises(NotConvergedError, match="zeros leave no room"):
        ras(table, np.array([2.0, 1.0]), np.array([1.0, 2.0]), max_rounds=200)


def test_ppml_finds_what_made_the_flows():
    rng = np.random.default_rng(3)
    x = np.stack([rng.normal(8.0, 0.5, (12, 12)), rng.integers(0, 2, (12, 12))])
    flows = np.exp(-0.9 * x[0] + 0.4 * x[1]) * np.outer(
        rng.uniform(1, 9, 12), rng.uniform(1, 9, 12)
    )
    found = ppml_two_way(flows, x, ~np.eye(12, dtype=bool))
    np.testing.assert_allclose(found, [-0.9, 0.4], atol=1e-7)


def test_ppml_agrees_with_the_estimator_of_the_gravity_room():
    pytest.importorskip("pyfixest", reason="the extra gravity is not installed")
    from landbridge.economy.gravity.estimate import estimate
    from landbridge.economy.gravity.specification import Specification
    from landbridge.economy.gravity.synthetic import synthetic_panel

    names = ("ln_distance", "contiguity")
    panel = synthetic_panel(20, (2000,), {"ln_distance": -0.8, "contiguity": 0.5}, seed=8)
    theirs = estimate(panel, Specification("two-way", names))
    abroad = panel.rows[panel.rows["exporter"] != panel.rows["importer"]]
    codes = sorted(set(abroad["exporter"]))
    cell = (abroad["importer"].map(codes.index), abroad["exporter"].map(codes.index))
    flows, x, use = np.zeros((20, 20)), np.zeros((2, 20, 20)), np.zeros((20, 20), dtype=bool)
    flows[cell], use[cell] = abroad["trade"], True
    for k, name in enumerate(names):
        x[k][cell] = abroad[name]
    ours = ppml_two_way(flows, x, use)
    expected = [theirs.coefficient(name).estimate for name in names]
    np.testing.assert_allclose(ours, expected, rtol=1e-6)


def test_every_heading_of_the_harmonized_system_has_a_product():
    chapters = products().heading.reshape(100, 100)
    empty = [c for c in range(1, 98) if (chapters[c] < 0).all()]
    assert empty == [77]  # reserved
    rows = facts.rows("hs_isic")
    spans = sorted((row.hs4_from, row.hs4_to) for row in rows)
    assert all(a[1] < b[0] for a, b in pairwise(spans))
    assert {row.isic for row in rows} <= set(labels().sectors)


def _headings():
    rows = [("KAZ", 2709, "Mineral", 80.0, 1.0), ("KAZ", 2601, "Mineral", 20.0, 1.0)]
    rows += [("CHN", 2709, "Mineral", 1.0, 50.0), ("CHN", 2601, "Mineral", 1.0, 50.0)]
    rows += [("ITA", 2709, "Mineral", 1.0, 90.0), ("ITA", 2601, "Mineral", 1.0, 10.0)]
    rows += [(c, 7403, "Metals", 5.0, 5.0) for c in ("KAZ", "CHN", "ITA", "UZB")]
    columns = ["reporter", "heading", "section", "exports", "imports"]
    return pd.DataFrame(rows, columns=columns)


def test_totals_are_kept_and_split_by_pair_exporter_or_world():
    pairs = [("KAZ", "CHN", 100.0), ("KAZ", "ITA", 60.0), ("KAZ", "UZB", 10.0), ("UZB", "CHN", 4.0)]
    totals = pd.DataFrame(pairs, columns=["exporter", "importer", "value_musd"])
    known = [
        ("KAZ", "CHN", "Mineral", 3.0),
        ("KAZ", "CHN", "Metals", 1.0),
        ("KAZ", "ITA", "Mineral", 9.0),
    ]
    sections = pd.DataFrame(known, columns=["exporter", "importer", "section", "value"])
    goods = split_totals(totals, sections, _headings())
    kaz, chn, ita, uzb = (position(c) for c in ("KAZ", "CHN", "ITA", "UZB"))
    for exporter, importer, value in pairs:
        pair = goods.flows[:, position(importer), position(exporter)]
        assert pair.sum() == pytest.approx(value)
    metals = labels().sector("C24")
    assert goods.by_sector[metals, chn, kaz] == pytest.approx(25.0)
    assert goods.how[chn, kaz] == OWN
    assert goods.how[uzb, kaz] == EXPORTERS
    assert goods.how[chn, uzb] == WORLDS
    assert goods.by_sector[metals, uzb, kaz] == pytest.approx(10.0 / 13.0)
    crude = products().names.index("B05T06 crude")
    share = goods.flows[crude, :, kaz].sum() / goods.flows[:, :, kaz].sum(where=_mineral())
    # Between what China takes and what Italy takes of it, as the exporter alone cannot decide.
    assert 0.5 < share < 0.9
    italys = goods.flows[crude, ita, kaz] / goods.by_sector[:, ita, kaz].sum()
    chinas = goods.flows[crude, chn, kaz] / (100.0 - goods.by_sector[metals, chn, kaz])
    assert italys > chinas


def _mineral():
    mined = [name.startswith("B0") for name in products().names]
    return np.array(mined)[:, None]


def test_services_reach_the_published_total_and_balance():
    rng = np.random.default_rng(5)
    output = rng.uniform(1.0, 9.0, (SIZE, SECTORS))
    near = rng.uniform(0.1, 1.0, (SIZE, SIZE))
    found = impute_services(output, output, near + near.T)
    for row in facts.rows("services_world"):
        j = labels().sector(row.isic)
        assert found[j].sum() == pytest.approx(row.exports_usd_tn * 1e6)
        np.testing.assert_allclose(found[j], found[j].T, rtol=1e-12)
    assert (found[np.array(labels().goods)] == 0.0).all()
    assert (np.einsum("jnn->jn", found) == 0.0).all()


@pytest.fixture(scope="module")
def trade():
    found = load_base().base.trade.copy()
    found[~np.array(labels().goods)] = 0.0
    home = np.arange(SIZE)
    found[:, home, home] = 0.0
    return found


@pytest.fixture(scope="module")
def headings():
    # Every importer buys every heading, some much more of some.
    return np.random.default_rng(11).pareto(1.5, (SIZE, HEADINGS))


@pytest.fixture(scope="module")
def tariffs(trade, headings):
    return base_tariffs(trade, headings, 2023)


@pytest.mark.parametrize("row", facts.rows("tariffs_base"), ids=lambda row: row.iso3)
def test_tariffs_keep_the_published_average(tariffs, trade, row):
    n = position(row.iso3)
    paid = (tariffs.rate[:, n] * trade[:, n]).sum()
    counted = trade[:, n]
    if row.outside_bloc_only:
        counted = counted[:, (tariffs.rate[:, n] > 0.0).any(axis=0)]
    assert 100.0 * paid / counted.sum() == pytest.approx(row.applied_weighted_pct, rel=1e-9)


def test_tariffs_are_nil_inside_blocs_and_on_services(tariffs):
    kaz, rus, chn = position("KAZ"), position("RUS"), position("CHN")
    assert (tariffs.rate[:, kaz, rus] == 0.0).all()
    assert tariffs.rate[0, kaz, chn] > 0.029
    deu, pol, tur, nor = (position(c) for c in ("DEU", "POL", "TUR", "NOR"))
    assert (tariffs.rate[:, deu, pol] == 0.0).all()
    assert (tariffs.rate[:, deu, tur] == 0.0).all()
    assert (tariffs.rate[:, tur, nor] > 0.0).any()
    assert (tariffs.rate[~np.array(labels().goods)] == 0.0).all()
    assert tariffs.imputed[position("USA")]


def test_sectors_stand_to_each_other_as_published_groups_do(tariffs):
    """China's published duty on transport equipment is 10.23, on electrical machinery 0.90."""
    chn, kaz = position("CHN"), position("KAZ")
    of_kazakhstan = tariffs.rate[:, chn, kaz]
    cars, chips = (of_kazakhstan[labels().sector(s)] for s in ("C29T30", "C26T27"))
    textiles, oil = (of_kazakhstan[labels().sector(s)] for s in ("C13T15", "B05T06"))
    assert 5.0 < cars / chips < 10.23 / 0.90 + 1e-9
    assert textiles > 3.0 * oil


def test_profiles_are_own_where_groups_are_published(tariffs):
    own = {iso3 for n, iso3 in enumerate(labels().economies) if tariffs.profiled[n]}
    eu, eaeu = (set(facts.row("trade_blocs", b).members) for b in ("eu", "eaeu"))
    assert own == eu | eaeu | {"CHN", "IND"}
    # A bloc has one tariff: what differs is what its members buy.
    flat = sector_profiles(np.ones((SIZE, HEADINGS)))[0]
    np.testing.assert_allclose(flat[position("KAZ")], flat[position("BLR")], rtol=1e-12)
    assert not np.allclose(flat[position("KAZ")], flat[position("DEU")], rtol=0.1)


def test_published_duties_come_before_recalled_ones():
    duty = group_duties()["eaeu"]
    assert duty[2709] == 4.5
    assert duty[7208] == 3.6  # chapter 72 of annex 4, not minerals and metals at 6.8
    assert duty[8703] == 6.9


def test_an_importer_that_buys_no_such_good_takes_the_worlds_headings(headings):
    bare = headings.copy()
    n, j = position("KAZ"), labels().sector("C29T30")
    vehicles = slice(8601, 8909)
    bare[n, vehicles] = 0.0
    profile = sector_profiles(bare)[0]
    assert np.isfinite(profile).all()
    assert profile[n, j] > 0.0


def test_no_trade_at_all_still_gives_rates():
    nothing = base_tariffs(np.zeros((SECTORS, SIZE, SIZE)), np.ones((SIZE, HEADINGS)), 2023)
    assert np.isfinite(nothing.rate).all()


def _technology(rng):
    inputs = rng.dirichlet(np.full(SECTORS, 0.5), (SIZE, SECTORS)).transpose(0, 2, 1) * 0.5
    final = rng.dirichlet(np.full(SECTORS, 2.0), SIZE)
    return Technology(1.0 - inputs.sum(axis=1), inputs, final, np.zeros(SIZE, dtype=np.int8))


@pytest.mark.parametrize("openness", [0.0, 0.05, 0.6])
def test_closing_balances_whatever_the_trade(openness):
    rng = np.random.default_rng(7)
    technology = _technology(rng)
    gdp = np.exp(rng.normal(10.0, 1.0, SIZE))
    trade = rng.uniform(0.0, 1.0, (SECTORS, SIZE, SIZE)) * np.outer(gdp, gdp) / gdp.sum()
    trade *= 2.0 * openness / SECTORS
    home = np.arange(SIZE)
    trade[:, home, home] = 0.0
    tariff = rng.uniform(0.0, 0.2, trade.shape) * (trade > 0.0)
    found = close(technology, trade, tariff, gdp, np.full(SECTORS, 5.0))
    base = found.base
    assert base.imbalance < 1e-10
    apart = ~np.eye(SIZE, dtype=bool)
    np.testing.assert_allclose(base.trade[:, apart], trade[:, apart], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(base.value_added + base.tariff_revenue, gdp, rtol=1e-9)
    least = np.array([row.least_home_share for row in facts.rows("sectors")])
    assert (least * (1.0 - 1e-9) <= base.shares[:, home, home].T).all()
    if openness == 0.0:
        assert not found.raised.any()
        np.testing.assert_allclose(
            base.output, implied_output(technology, gdp, 0.0 * base.output), rtol=1e-5
        )
