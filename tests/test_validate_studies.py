"""Published studies beside the model: how two worlds are compared, and what is not asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from landbridge import facts
from landbridge.assess.assessor import Assessor
from landbridge.economy.base import Shock
from landbridge.economy.equilibrium import solve
from landbridge.validate import studies
from landbridge.validate.worlds import Worlds, corridor_economies, members

CHEAPER = 0.99


@pytest.fixture(scope="module")
def worlds(assessor):
    """The base year, and the same with freight and all trade between economies 1 % cheaper."""
    year = assessor.table.year
    given, base = assessor.given(year), assessor.base(year)
    hat = np.full_like(given.table.base.shares, CHEAPER)
    home = np.arange(hat.shape[1])
    hat[:, home, home] = 1.0
    cheaper = replace(
        base,
        freight=base.freight * CHEAPER,
        equilibrium=solve(given.table.base, Shock(iceberg_hat=hat)),
    )
    return Worlds(given, base, cheaper)


class TestWorlds:
    def test_a_change_of_freight_is_found_as_it_was_made(self, worlds):
        assert worlds.mean(worlds.cost_pct, worlds.every) == pytest.approx(-1.0)

    def test_the_same_network_takes_the_same_time(self, worlds):
        assert worlds.mean(worlds.time_pct, worlds.every) == 0.0

    def test_cheaper_trade_is_more_trade_and_more_income(self, worlds):
        assert worlds.exports_pct() > 0.5
        assert 0.0 < worlds.income_pct() < 1.0
        assert worlds.gdp_pct() > 0.0

    def test_the_world_lies_between_its_parts(self, worlds):
        bri = members("bri", 2019)
        rest = [c for c in worlds.given.table.labels.economies if c not in bri]
        parts = sorted([worlds.income_pct(bri), worlds.income_pct(rest)])
        assert parts[0] <= worlds.income_pct() <= parts[1]
        shares = worlds.gain_share_pct(bri) + worlds.gain_share_pct(rest)
        assert shares == pytest.approx(100.0)

    def test_the_other_way_round_is_the_inverse(self, worlds):
        back = Worlds(worlds.given, worlds.with_it, worlds.without)
        there = 1.0 + worlds.exports_pct() / 100.0
        assert 1.0 + back.exports_pct() / 100.0 == pytest.approx(1.0 / there)

    def test_an_economy_is_no_partner_of_itself(self, worlds):
        change = np.full((worlds.given.masses.count,) * 2, -2.0)
        np.fill_diagonal(change, 100.0)
        assert worlds.mean(change, worlds.every) == -2.0


class TestQuestions:
    def test_each_result_is_answered_or_left_out(self, worlds):
        bri = {
            t.id.removesuffix("-standing") for t in studies._belt_and_road(studies.STANDING, worlds)
        }
        middle = {r.id for r in facts.rows("world_bank_ranges") if r.id.startswith("wbmc-")}
        out = {row.id for row in studies.unasked()}
        assert not bri & out
        assert bri | middle | out == {row.id for row in facts.rows("world_bank_ranges")}

    def test_a_published_up_to_is_a_range_from_nothing(self, worlds):
        found = {t.id: t for t in studies._belt_and_road(studies.STANDING, worlds)}
        assert found["bre-time-corridor-standing"].published_high == 0.0
        assert found["bre-time-world-standing"].published_low == -2.5
        assert not any(t.fitted for t in found.values())

    def test_a_fall_without_a_range_gets_the_tolerance_to_both_sides(self):
        row = facts.row("world_bank_ranges", "wbmc-time-2030")
        found = studies._target(row, -40.0, row.scenario)
        assert (found.published_low, found.published_high) == (-62.5, -37.5)
        assert found.within

    def test_lines_to_come_are_not_there_yet(self, assessor):
        found = {lever.section for lever in studies.to_come(assessor, 2025)}
        assert "bakhty-ayagoz" in found
        assert not found & {"zhezkazgan-saksaulskaya", "china-laos-railway", "almaty-bypass"}

    def test_signed_by_the_year_of_the_book(self):
        assert {"KAZ", "PAK", "ITA"} <= set(members("bri", 2019))
        assert "USA" not in members("bri", 2019)

    def test_a_corridor_without_economies_on_the_way_leads_to_its_ends(self):
        assert set(corridor_economies("china-indochina")) > {"CHN", "VNM", "LAO"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_studies_as_asked(world):
    found = {t.id: t for t in studies.run(Assessor(world))}
    answered = {name.removesuffix("-standing").removesuffix("-planned") for name in found}
    out = {row.id for row in studies.unasked()}
    assert answered | out == {row.id for row in facts.rows("world_bank_ranges")}
    for name in ("bre-time-world", "bre-time-bri", "bre-cost-world"):
        standing, planned = (found[f"{name}-{kind}"].model for kind in ("standing", "planned"))
        assert planned <= standing <= 0.0
