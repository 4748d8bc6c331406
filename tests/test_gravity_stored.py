"""Coefficients of gravity kept as facts: they are what estimation and publication say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from landbridge import facts
from landbridge.cli.main import run
from landbridge.economy.gravity.stored import stored, time_elasticities
from landbridge.errors import UnknownNameError

GUIDE = Path(__file__).parents[2] / "shared" / "data"


@pytest.mark.parametrize(
    ("name", "published", "digit"),
    [("agreement", (0.5572, 0.1022), 0.5e-4), ("border", (-2.47445, None), 0.5e-5)],
)
def test_guide_coefficients_are_the_published_ones(name, published, digit):
    value, error = published
    found = stored(name)
    assert found.estimate == pytest.approx(value, abs=digit + 1e-9)
    if error is not None:
        assert found.se == pytest.approx(error, abs=1e-4)


def test_hours_slow_trade_and_both_ends_say_so():
    far, near = time_elasticities()
    assert far.high < near.estimate < near.high < 0.0
    assert far.low < -0.5


@pytest.mark.parametrize("row", facts.rows("gravity_estimates"), ids=lambda row: row.id)
def test_every_row_has_an_interval_and_says_what_it_rests_on(row):
    found = stored(row.id)
    assert found.estimate == row.value
    assert found.low < found.estimate < found.high
    # Student's t with few clusters reaches farther than 1.96 errors.
    assert found.high - found.estimate > 1.95 * row.standard_error > 0.0
    assert row.sample in found.source
    assert row.clusters > 30


def test_an_unknown_one_is_named_with_the_nearest():
    with pytest.raises(UnknownNameError, match="time-elasticity"):
        stored("time-elasticty")


def test_the_command_shows_them_without_data(capsys):
    assert run(["gravity", "--stored", "--json"]) == 0
    shown = {one["name"]: one for one in json.loads(capsys.readouterr().out)["estimates"]}
    assert set(shown) == {row.id for row in facts.rows("gravity_estimates")}
    assert shown["agreement"]["low"] == pytest.approx(stored("agreement").low, abs=1e-4)
    assert run(["gravity", "--stored"]) == 0
    assert "0.557" in capsys.readouterr().out


@pytest.mark.skipif(not GUIDE.is_dir(), reason="the Guide's data are not here")
def test_the_border_is_what_the_guides_data_give():
    pytest.importorskip("pyfixest", reason="the extra gravity is not installed")
    from landbridge.economy.gravity.assemble import read_panel
    from landbridge.economy.gravity.estimate import estimate
    from landbridge.economy.gravity.specification import Specification

    panel = read_panel(GUIDE, flows="agtpa", years=[2006])
    asked = Specification(
        "border",
        ("ln_distance", "contiguity", "border"),
        cluster="exporter+importer",
        domestic=True,
    )
    found = estimate(panel, asked).coefficient("border")
    kept = stored("border")
    assert (found.estimate, found.se) == pytest.approx((kept.estimate, kept.se), abs=1e-6)
