"""The border tables: positions on their borders, gauges that fit, sane years and unions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely

from landbridge import facts
from landbridge.network.countries import read_shapes

TOLERANCE_KM = 5.0
#: Fixed links and lorry ferries over the sea, away from both shores.
SEA_LINKS = {
    "rail-calais-folkestone",
    "rail-kastrup-lernacken",
    "road-algeciras-tanger-med",
    "road-calais-folkestone",
    "road-helsinki-tallinn",
    "road-holyhead-dublin",
    "road-kastrup-lernacken",
}
SAME = {1524: 1520}

CROSSINGS = facts.rows("crossings")
LAND = [c for c in CROSSINGS if c.mode != "ferry"]
RAIL = [c for c in CROSSINGS if c.mode == "rail"]


@cache
def shapes() -> dict[str, Any]:
    return {code: shape for code, _, shape in read_shapes()}


def off_km(economy: str, lat: float, lon: float) -> float:
    """Distance from a point to an economy, on a plane true near the point."""
    shape = shapely.clip_by_rect(shapes()[economy], lon - 2, lat - 1.5, lon + 2, lat + 1.5)
    if shape.is_empty:
        return np.inf
    shrink = np.array([np.cos(np.radians(lat)), 1.0])
    flat = shapely.transform(shape, lambda xy: xy * shrink)
    return float(shapely.distance(flat, shapely.Point(lon * shrink[0], lat)) * 111.2)


def test_every_crossing_lies_on_the_border_it_names() -> None:
    far = {
        c.id: round(worst, 1)
        for c in LAND
        if c.id not in SEA_LINKS
        and (worst := max(off_km(e, c.lat, c.lon) for e in (c.economy_a, c.economy_b)))
        > TOLERANCE_KM
    }
    assert not far


def test_points_on_the_layer_lie_on_the_border_too() -> None:
    far = {
        c.id
        for c in LAND
        if c.layer_lat is not None
        and c.id not in SEA_LINKS
        and min(off_km(e, c.layer_lat, c.layer_lon) for e in (c.economy_a, c.economy_b))
        > TOLERANCE_KM
    }
    assert not far


@pytest.mark.parametrize("table", ["crossings", "closed_borders", "corner_transit"])
def test_a_border_has_two_sides(table: str) -> None:
    for row in facts.rows(table):
        a = row.economy if table == "corner_transit" else row.economy_a
        b = row.neighbour if table == "corner_transit" else row.economy_b
        assert a != b, row.id
        assert {a, b} <= shapes().keys(), row.id


@pytest.mark.parametrize("table", ["border_unions", "gauge_rules", "gauge_exceptions"])
def test_economies_exist(table: str) -> None:
    unknown = {row.economy for row in facts.rows(table)} - shapes().keys()
    assert not unknown


def test_ferries_have_two_ports_and_land_crossings_none() -> None:
    for c in CROSSINGS:
        ends = (c.terminal_a, c.lat_a, c.lon_a, c.terminal_b, c.lat_b, c.lon_b)
        assert all(e is not None for e in ends) if c.mode == "ferry" else not any(ends), c.id


def distance_to_line_km(lat: float, lon: float, waypoints: tuple[str, ...]) -> float:
    shrink = np.cos(np.radians(lat))
    points = np.array([[float(v) for v in p.split()] for p in waypoints])
    line = shapely.LineString(np.column_stack([points[:, 1] * shrink, points[:, 0]]))
    return float(line.distance(shapely.Point(lon * shrink, lat)) * 111.2)


def allowed_gauges(economy: str, lat: float, lon: float) -> set[int]:
    found = {r.gauge_mm for r in facts.rows("gauge_rules") if r.economy == economy}
    for r in facts.rows("gauge_exceptions"):
        if r.economy != economy or r.dual:
            continue
        inside = (
            distance_to_line_km(lat, lon, r.waypoints) <= r.buffer_km + 10
            if r.kind == "line"
            else r.lat_min <= lat <= r.lat_max and r.lon_min <= lon <= r.lon_max
        )
        if inside:
            found.add(r.gauge_mm)
    return {SAME.get(g, g) for g in found}


def test_gauges_at_the_border_fit_the_rules() -> None:
    wrong = {
        (c.id, economy, gauge)
        for c in RAIL
        for economy, gauge in ((c.economy_a, c.gauge_a_mm), (c.economy_b, c.gauge_b_mm))
        if gauge is None or SAME.get(gauge, gauge) not in allowed_gauges(economy, c.lat, c.lon)
    }
    assert not wrong


def test_gauge_tables_say_where() -> None:
    assert max(Counter(r.economy for r in facts.rows("gauge_rules")).values()) == 1
    for r in facts.rows("gauge_exceptions"):
        box = (r.lat_min, r.lat_max, r.lon_min, r.lon_max)
        if r.kind == "line":
            assert len(r.waypoints) >= 2, r.id
            assert r.buffer_km, r.id
        else:
            assert None not in box, r.id
            assert r.lat_min < r.lat_max, r.id
            assert r.lon_min < r.lon_max, r.id
        own = {g.gauge_mm for g in facts.rows("gauge_rules") if g.economy == r.economy}
        assert r.gauge_mm not in own, r.id


def test_gauge_breaks_lie_in_their_economy_and_serve_a_listed_crossing() -> None:
    ids = facts.by_id("crossings")
    for r in facts.rows("gauge_break_points"):
        assert off_km(r.economy, r.lat, r.lon) <= TOLERANCE_KM, r.id
        assert r.gauge_a_mm != r.gauge_b_mm, r.id
        if r.crossing is not None:
            assert r.crossing in ids, r.id
            assert r.economy in (ids[r.crossing].economy_a, ids[r.crossing].economy_b), r.id


def day(text: str) -> date:
    """First day an ISO date of any precision may mean."""
    return date(*[int(part) for part in (*text.split("-"), "1", "1")[:3]])


def test_closures_run_forward_and_agree_with_the_status() -> None:
    for c in CROSSINGS:
        spans = [span.split("/") for span in c.closed]
        assert all(not end or day(start) <= day(end) for start, end in spans), c.id
        lasting = any(not end for _, end in spans)
        if c.status == "closed":
            assert lasting, c.id
        if c.status == "open":
            assert not lasting, c.id


def test_opening_years() -> None:
    for c in CROSSINGS:
        if c.status == "planned":
            assert c.open_year is None, c.id
            assert c.planned_year is not None or "planned-year-unknown" in c.rule, c.id
        else:
            assert c.planned_year is None, c.id
            if c.open_year is None:
                assert "open-before-2000" in c.rule, c.id
            else:
                assert 1830 <= c.open_year <= 2026, c.id


def test_every_rule_named_is_written_down() -> None:
    known = facts.by_id("border_rules")
    named = {rule for c in CROSSINGS if c.rule for rule in c.rule.split(";")}
    named |= {r.rule for r in facts.rows("border_year_factors")}
    assert named <= known.keys()


def test_dwell_rows_point_to_something_and_measure_something() -> None:
    crossings = facts.by_id("crossings")
    for r in facts.rows("crossing_dwell"):
        assert r.hours is not None or r.cost_usd_feu is not None, r.key
        if r.scope == "crossing":
            assert crossings[r.key].mode == r.mode, r.key
            assert r.direction in ("a_to_b", "b_to_a", "both"), r.key
        if r.scope == "economy":
            assert r.key in shapes(), r.key


def test_rules_of_time_carry_their_spread() -> None:
    rules = facts.by_id("border_rules")
    ratio = {
        "rail": rules["dwell-spread-between-places"].value,
        "road": rules["dwell-spread-between-places-road"].value,
    }
    timed = [r for r in rules.values() if r.hours is not None and r.mode in ratio]
    assert len(timed) >= 10
    for r in timed:
        assert r.hours_sd == pytest.approx(r.hours * ratio[r.mode], abs=0.01), r.id


def mean_hours(key: str, mode: str, year: int) -> float:
    (row,) = [
        r
        for r in facts.rows("crossing_dwell")
        if (r.key, r.mode, r.year, r.direction) == (key, mode, year, "both")
    ]
    return float(row.hours)


@pytest.mark.parametrize("mode", ["rail", "road"])
def test_year_factors_are_the_ratios_they_claim(mode: str) -> None:
    factors = {r.year: r.factor for r in facts.rows("border_year_factors") if r.mode == mode}
    base = mean_hours("carec", mode, 2019)
    for year in (2019, 2020, 2021, 2022):
        assert factors[year] == pytest.approx(mean_hours("carec", mode, year) / base, abs=5e-4)
    change = np.sqrt(
        np.prod([mean_hours(e, mode, 2023) / mean_hours(e, mode, 2022) for e in ("CHN", "KAZ")])
    )
    assert factors[2023] == pytest.approx(factors[2022] * change, abs=2e-3)


def test_gauge_break_rule_is_its_published_parts() -> None:
    processing = next(
        r.hours
        for r in facts.rows("crossing_dwell")
        if r.key == "rail-alashankou-dostyk" and r.year == 2016
    )
    rule = facts.by_id("border_rules")["rail-gauge-break"]
    assert rule.hours == pytest.approx(mean_hours("carec", "rail", 2019) + processing)


def members(union: str, year: int, mode: str = "road") -> set[str]:
    return {
        r.economy
        for r in facts.rows("border_unions")
        if r.union == union
        and mode in r.modes
        and r.from_year <= year <= (r.to_year if r.to_year is not None else year)
    }


@pytest.mark.parametrize(
    ("union", "year", "inside", "outside"),
    [
        ("schengen", 2022, {"POL", "DEU", "CHE"}, {"HRV", "ROU", "BGR", "IRL", "CYP"}),
        ("schengen", 2023, {"HRV"}, {"ROU", "BGR"}),
        ("schengen", 2024, {"HRV"}, {"ROU", "BGR"}),
        ("schengen", 2025, {"ROU", "BGR"}, {"IRL", "CYP", "GBR"}),
        ("eu_customs", 2020, {"GBR", "IRL"}, {"CHE", "NOR"}),
        ("eu_customs", 2021, {"IRL"}, {"GBR"}),
        ("eaeu", 2010, set(), {"KAZ", "RUS", "BLR"}),
        ("eaeu", 2013, {"KAZ", "RUS", "BLR"}, {"ARM", "KGZ"}),
        ("eaeu", 2025, {"ARM", "BLR", "KAZ", "KGZ", "RUS"}, {"UZB", "TJK"}),
    ],
)
def test_unions_by_year(union: str, year: int, inside: set[str], outside: set[str]) -> None:
    found = members(union, year)
    assert inside <= found
    assert not outside & found


def test_no_crossing_of_a_closed_border_is_open_in_2025() -> None:
    shut = {
        (frozenset((r.economy_a, r.economy_b)), mode)
        for r in facts.rows("closed_borders")
        if r.to_year is None
        for mode in (("rail", "road") if r.mode == "all" else (r.mode,))
    }
    listed_exceptions = {"road-kazbegi-verkhny-lars"}
    open_anyway = {
        c.id
        for c in LAND
        if (frozenset((c.economy_a, c.economy_b)), c.mode) in shut
        and c.status not in ("closed", "planned")
        and c.id not in listed_exceptions
    }
    assert not open_anyway
