"""The rules that turn facts into rates."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge import facts
from landbridge.errors import FactError, UnknownNameError
from landbridge.network.graph import Mode
from landbridge.routing.rates import borders, opening, running, sea, terminals
from landbridge.routing.rates.cargo import cargo_class, cargo_classes
from landbridge.routing.rates.connector import connector
from landbridge.routing.rates.lookup import in_year, of_economy, regions
from landbridge.routing.rates.notes import notes
from landbridge.routing.rates.summary import summary

TABLES = {
    "speeds": ("low_km_day", "speed_km_day", "high_km_day"),
    "rates_land": ("low_usd_feu_km", "rate_usd_feu_km", "high_usd_feu_km"),
    "rates_air": ("low_usd_kg", "rate_usd_kg", "high_usd_kg"),
    "rates_ferry": ("low_usd_feu", "rate_usd_feu", "high_usd_feu"),
    "terminal_times": ("low_h", "time_h", "high_h"),
    "terminal_charges": ("low_usd_feu", "charge_usd_feu", "high_usd_feu"),
    "gauge_changes": ("low_usd_feu", "charge_usd_feu", "high_usd_feu"),
    "emissions": ("low_g_tkm", "co2e_g_tkm", "high_g_tkm"),
    "cargo_classes": ("low_usd_feu", "value_usd_feu", "high_usd_feu"),
    "running_spread": ("low_h", "sd_h", "high_h"),
    "cost_rules": ("low", "value", "high"),
}


@pytest.mark.parametrize(("table", "columns"), TABLES.items())
def test_ranges_hold_their_value(table: str, columns: tuple[str, ...]) -> None:
    for row in facts.rows(table):
        known = [value for name in columns if (value := getattr(row, name)) is not None]
        assert all(a <= b for a, b in pairwise(known)), row


@pytest.mark.parametrize(
    "table", ["speeds", "rates_land", "terminal_times", "terminal_charges", "emissions"]
)
def test_places_are_economies_or_regions(table: str) -> None:
    known = set(regions()) | set(regions().values()) | {"world"}
    assert {row.place for row in facts.rows(table)} <= known


def test_indices_named_by_rates_exist() -> None:
    named = {row.index for row in facts.rows("rates_land")} - {None}
    assert named <= {row.index for row in facts.rows("price_indices")}


@given(st.sets(st.integers(1990, 2040), min_size=1), st.integers(1980, 2050))
def test_a_year_takes_the_latest_row_not_after_it(years: set[int], year: int) -> None:
    found = in_year([SimpleNamespace(year=y) for y in years], year).year
    before = [y for y in years if y <= year]
    assert found == (max(before) if before else min(years))


def test_no_rows_is_an_error() -> None:
    with pytest.raises(FactError, match="no row"):
        in_year([], 2020)
    with pytest.raises(FactError, match="no row covers KAZ"):
        of_economy({}, "KAZ")


def test_place_order_own_region_world_median() -> None:
    known = {"KAZ": 1.0, "eu": 2.0, "UZB": 5.0}
    assert of_economy(known, "KAZ") == 1.0
    assert of_economy(known, "FRA") == 2.0
    assert of_economy(known, "TJK") == 3.0
    assert of_economy(known, "BRA") == 2.0
    assert of_economy(known | {"world": 9.0}, "TJK") == 9.0


def test_an_index_moves_a_rate_in_proportion() -> None:
    erai = {row.year: row.level for row in facts.rows("price_indices") if row.index == "erai"}
    early = running.land_rates_usd_feu_km("rail", 2018)["CHN"]
    late = running.land_rates_usd_feu_km("rail", 2024)["CHN"]
    assert late / early == pytest.approx(erai[2024] / erai[2018])


def test_published_speeds_are_used_as_published() -> None:
    assert running.speeds_km_day("rail", 2017)["KAZ"] == 1100
    assert running.speeds_km_day("rail", 2019)["RUS"] == 1058
    # 16 knots for 24 hours, over 10,600 nautical miles, is the published 27 days.
    assert 10_600 * 1.852 / running.speeds_km_day("sea", 2019)["world"] == pytest.approx(27.6, 0.01)


class TestSeaRate:
    def test_least_squares_beats_small_changes(self) -> None:
        rule = sea.sea_rate()
        quotes = {
            (q.origin, q.destination, q.day, q.rate_usd_feu): q for q in facts.rows("rates_sea")
        }
        market = {d: o for a, b, d, o, _ in rule.lanes if (a, b) == sea.REFERENCE}

        def squares(fixed: float, per_km: float) -> float:
            total = 0.0
            for a, b, day, observed, _ in rule.lanes:
                q = quotes[(a, b, day, observed)]
                g = (q.destination_from_shanghai_km - q.origin_from_shanghai_km) / q.distance_km
                way = ((1 + g) + rule.backhaul * (1 - g)) / 2
                fitted = fixed + per_km * q.distance_km * market[day] * way
                total += (fitted / observed - 1) ** 2
            return total

        best = squares(rule.fixed_usd_feu, rule.per_km)
        assert best / len(rule.lanes) == pytest.approx(rule.misfit**2)
        assert best <= squares(rule.fixed_usd_feu * 1.05, rule.per_km)
        assert best <= squares(rule.fixed_usd_feu, rule.per_km * 1.02)
        assert best <= squares(rule.fixed_usd_feu, rule.per_km * 0.98)

    def test_backhaul_is_the_published_ratio(self) -> None:
        assert 483 / 2636 > sea.sea_rate().backhaul > 677 / 5270

    def test_market_year_by_scfi(self) -> None:
        ratio = sea.market_usd_feu(2024) / sea.market_usd_feu(2023)
        assert ratio == pytest.approx(3400 / 900)

    def test_a_year_after_the_series_takes_its_own_quotes(self) -> None:
        assert sea.market_usd_feu(2026) == pytest.approx(2840)
        assert sea.market_usd_feu(2035) == pytest.approx(2840)


class TestTerminals:
    def test_the_two_ports_of_a_voyage_hold_one_schedule(self) -> None:
        ship = terminals.transfer("seaport", "sea", "CHN", 2019)
        yard = (144 - 72) / 3.29
        assert ship.var_h2 - yard**2 == pytest.approx(terminals.schedule_var_h2(2019) / 2)

    def test_schedule_spread_is_that_of_exponential_lateness(self) -> None:
        late, mean = 1 - 0.358, 6.86
        second_moment, first = late * 2 * mean**2, late * mean
        assert terminals.schedule_var_h2(2021) == pytest.approx((second_moment - first**2) * 24**2)

    def test_every_terminal_has_a_time_on_every_side(self) -> None:
        for row in facts.rows("terminals"):
            for mode in row.modes:
                half = terminals.transfer(row.kind, mode, row.economy, 2020)
                assert half.time_h > 0, (row.id, mode)
                assert half.cost_usd_feu >= 0, (row.id, mode)

    def test_an_unknown_side_says_what_to_add(self) -> None:
        with pytest.raises(FactError, match="add a row of kind seaport or any with side transfer"):
            terminals.transfer("seaport", "transfer", "CHN", 2020)


class TestBorders:
    def test_a_measured_crossing_stands_before_the_rule(self) -> None:
        brest = facts.by_id("crossings")["rail-brest-terespol-malaszewicze"]
        assert borders.pass_crossing(brest, 0, 2017).hours == 10
        assert borders.pass_crossing(brest, 0, 2019).hours == 60
        assert borders.pass_crossing(brest, 0, 2021).hours == 240
        assert borders.pass_crossing(brest, 0, 2022).hours == 60

    def test_a_road_crossing_is_one_side_out_and_the_other_in(self) -> None:
        khorgos = facts.by_id("crossings")["road-khorgos-nur-zholy"]
        assert borders.pass_crossing(khorgos, 0, 2022).hours == pytest.approx(23.5 + 4.3)
        assert borders.pass_crossing(khorgos, 1, 2022).hours == pytest.approx(4.3 + 20.7)

    def test_a_union_opens_in_its_year(self) -> None:
        before = borders.border_rule("rail", "POL", "DEU", 2003)
        inside = borders.border_rule("rail", "POL", "DEU", 2010)
        assert before.hours > inside.hours
        assert inside.cost_usd_feu == 0

    def test_a_gauge_break_inside_a_union_still_costs_its_lift(self) -> None:
        through = borders.border_rule("rail", "LTU", "POL", 2020)
        lifted = borders.border_rule("rail", "LTU", "POL", 2020, gauge_break=True)
        assert lifted.hours == through.hours + 4
        assert lifted.cost_usd_feu > through.cost_usd_feu

    def test_every_listed_crossing_has_terms(self) -> None:
        terms = borders.crossing_terms(2024)
        assert terms.time_h.shape == (2, len(facts.rows("crossings")))
        assert (terms.time_h >= 0).all()
        assert not terms.time_h.flags.writeable


class TestOpening:
    @pytest.mark.parametrize(
        ("closed", "year", "share"),
        [
            (("2020",), 2020, 1.0),
            (("2020/2020",), 2020, 1.0),
            (("2020-01/2020-06",), 2020, 182 / 366),
            (("2019-10-12/",), 2025, 1.0),
            (("2021-03-23/2021-03-29",), 2021, 7 / 365),
            (("2021-03-23/2021-03-29",), 2022, 0.0),
            (("2020-01/2020-03", "2020-03/2020-04"), 2020, 121 / 366),
        ],
    )
    def test_closed_share(self, closed: tuple[str, ...], year: int, share: float) -> None:
        assert opening.closed_share(closed, year) == pytest.approx(share)

    def test_khorgos_opens_in_2012(self) -> None:
        k = [row.id for row in facts.rows("crossings")].index("rail-khorgos-altynkol")
        assert not opening.open_rows("crossings", 2010)[k]
        assert opening.open_rows("crossings", 2013)[k]

    @pytest.mark.parametrize(
        ("section", "shut", "works"),
        [
            ("zhetygen-altynkol", 2011, 2012),
            ("shalkar-beineu", 2013, 2014),
            ("bakhty-ayagoz", 2026, 2027),
        ],
    )
    def test_new_lines_open_in_their_year(self, section: str, shut: int, works: int) -> None:
        k = [row.id for row in facts.rows("sections")].index(section)
        assert not opening.open_rows("sections", shut)[k]
        assert opening.open_rows("sections", works)[k]

    def test_a_second_track_closes_nothing_before_it(self) -> None:
        k = [row.id for row in facts.rows("sections")].index("dostyk-moiynty-second-track")
        assert opening.open_rows("sections", 2013)[k]

    def test_ideas_stay_ideas(self) -> None:
        for row, works in zip(
            facts.rows("sections"), opening.open_rows("sections", 2100), strict=True
        ):
            if row.stage == "idea" and row.effect == "new_line":
                assert not works, row.id

    def test_unknown_table(self) -> None:
        with pytest.raises(FactError, match="no opening years"):
            opening.open_rows("speeds", 2020)


class TestCargo:
    def test_time_cost_within_its_range(self) -> None:
        for row in facts.rows("cargo_classes"):
            assert row.low_pct_day <= row.time_cost_pct_day <= row.high_pct_day

    def test_value_of_time(self) -> None:
        general = cargo_class()
        assert general.vot_usd_h == pytest.approx(109_000 * 0.008 / 24)
        assert general.vor_usd_h == pytest.approx(0.8 * general.vot_usd_h)

    def test_unknown_class_suggests(self) -> None:
        with pytest.raises(UnknownNameError, match="machinery"):
            cargo_class("machinry")

    def test_no_container_beyond_its_rating(self) -> None:
        assert max(c.payload_t_feu for c in cargo_classes()) <= 26.7


class TestConnector:
    def test_rail_adds_the_station_to_the_truck(self) -> None:
        truck = connector(Mode.ROAD, 30, "KAZ", 2020)
        train = connector(Mode.RAIL, 30, "KAZ", 2020)
        station = [terminals.transfer("rail_terminal", s, "KAZ", 2020) for s in ("road", "rail")]
        assert train.time_h - truck.time_h == pytest.approx(sum(s.time_h for s in station))
        assert train.cost_usd_feu - truck.cost_usd_feu == pytest.approx(160)

    def test_nothing_at_the_door(self) -> None:
        assert connector(Mode.ROAD, 0.0, None, 2020) == (0, 0, 0, 0)

    @given(st.floats(0, 500), st.floats(0, 500))
    def test_farther_never_costs_less(self, a: float, b: float) -> None:
        near, far = (connector(Mode.SEA, km, "CHN", 2019) for km in sorted((a, b)))
        assert all(x <= y for x, y in zip(near, far, strict=True))


def test_notes_name_what_is_carried_on() -> None:
    (text,) = notes(2040)
    assert "rail rates (2025)" in text
    assert "sea speeds (2024)" in text
    assert notes(2017) == ()


def test_docs_hold_the_tables_the_facts_make() -> None:
    page = Path(__file__).parents[1] / "docs" / "costs.md"
    assert summary().strip() in page.read_text(encoding="utf-8")
