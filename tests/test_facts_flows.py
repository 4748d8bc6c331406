"""Observed flows, pipelines, capacities, growth and published results: they must fit together."""

from __future__ import annotations

from collections import defaultdict

import pytest

from landbridge import facts

LAST_OBSERVED = 2025


def series(name, *, whole=True):
    return {
        row.year: row.value
        for row in facts.rows("flows_observed")
        if row.series == name and (row.months == 12 or not whole)
    }


def test_a_series_is_counted_in_one_way_only():
    fixed = ("topic", "what", "unit", "basis", "economies", "modes", "crossings", "chokepoint")
    seen = defaultdict(set)
    for row in facts.rows("flows_observed"):
        seen[row.series].add(tuple(getattr(row, name) for name in fixed))
    assert {name: len(ways) for name, ways in seen.items() if len(ways) > 1} == {}


def test_the_id_tells_series_year_and_months():
    for row in facts.rows("flows_observed"):
        part = "" if row.months == 12 else f"-m{row.months:g}".replace(".", "-")
        assert row.id == f"{row.series}-{row.year}{part}"
        assert 0 < row.months <= 12, row.id


def test_nothing_after_the_last_year_counts_as_observed():
    for row in facts.rows("flows_observed"):
        assert 2010 <= row.year <= LAST_OBSERVED, row.id
    for row in facts.rows("gdp_paths"):
        assert row.kind == "forecast" or row.year <= LAST_OBSERVED


def test_shares_are_parts_and_ranges_hold_their_value():
    for row in facts.rows("flows_observed"):
        if row.unit == "share":
            assert row.value <= 1, row.id
        low = row.value if row.low is None else row.low
        high = row.value if row.high is None else row.high
        assert low <= row.value <= high, row.id


@pytest.mark.parametrize(
    "flow",
    ["extra-eu-imports", "extra-eu-exports", "eu-imports-china", "eu-exports-china"],
)
@pytest.mark.parametrize("metric", ["value", "weight"])
def test_shares_of_the_modes_do_not_exceed_the_whole(flow, metric):
    total = defaultdict(float)
    for mode in ("sea", "rail", "air", "road"):
        for year, value in series(f"{flow}-{metric}-{mode}").items():
            total[year] += value
    assert all(value <= 1.0 + 1e-9 for value in total.values()), dict(total)


@pytest.mark.parametrize(
    ("name", "year", "value"),
    [
        ("china-europe-trains", 2011, 17),
        ("china-europe-trains", 2018, 6363),
        ("china-europe-trains", 2025, 20022),
        ("china-europe-teu", 2024, 2077216),
        ("titr-mt", 2024, 4.484),
        ("kaz-transit-teu", 2020, 876000),
        ("erai-transit-eu-teu", 2022, 410520),
        ("suez-transits", 2023, 26434),
    ],
)
def test_figures_everyone_quotes(name, year, value):
    assert series(name)[year] == value


def test_trains_have_a_figure_for_every_year_and_never_fell():
    trains = series("china-europe-trains")
    assert sorted(trains) == list(range(2011, LAST_OBSERVED + 1))
    counts = [trains[year] for year in sorted(trains)]
    assert counts == sorted(counts)


def test_growth_that_was_announced_agrees_with_the_levels():
    trains, boxes = series("china-europe-trains"), series("china-europe-teu")
    assert trains[2018] / trains[2017] == pytest.approx(1.73, abs=0.01)
    assert trains[2020] / trains[2019] == pytest.approx(1.50, abs=0.02)
    assert boxes[2020] / boxes[2019] == pytest.approx(1.56, abs=0.02)
    assert series("suez-transits")[2024] / series("suez-transits")[2023] == pytest.approx(
        0.50, abs=0.005
    )


def test_a_train_carries_as_many_boxes_as_fit_on_it():
    trains, boxes = series("china-europe-trains"), series("china-europe-teu")
    for year in trains.keys() & boxes.keys():
        assert 80 <= boxes[year] / trains[year] <= 112, year


def test_both_directions_add_up():
    both = series("china-europe-trains")[2024]
    assert series("china-europe-trains-out")[2024] + series("china-europe-trains-in")[2024] == both


def test_a_part_of_the_year_is_no_more_than_the_year():
    whole = {
        (row.series, row.year): row.value
        for row in facts.rows("flows_observed")
        if row.months == 12
    }
    for row in facts.rows("flows_observed"):
        key = (row.series, row.year)
        additive = row.unit not in {"share", "ratio", "h", "km/h"}
        if row.months < 12 and additive and key in whole:
            assert row.value <= whole[key], row.id


def test_narrower_counts_stay_within_wider_ones():
    for part, whole in [
        ("erai-transit-eu-teu", "erai-all-teu"),
        ("erai-transit-eu-teu", "china-europe-teu"),
        ("cpc-kaz-mt", "cpc-mt"),
        ("kaz-china-oil-exports-mt", "kaz-china-oil-pipeline-mt"),
        ("kaz-transit-rail-mt", "kaz-transit-mt"),
        ("china-kaz-rail-transit-mt", "china-kaz-rail-mt"),
        ("suez-container-ships", "suez-transits"),
        ("china-europe-sea-teu", "asia-europe-sea-teu"),
        ("europe-china-sea-teu", "europe-asia-sea-teu"),
    ]:
        a, b = series(part), series(whole)
        assert a.keys() & b.keys() or part == "kaz-transit-rail-mt", (part, whole)
        for year in a.keys() & b.keys():
            assert a[year] <= b[year], (part, year)


def test_gates_of_xinjiang_add_up_to_their_sum():
    gates = series("xinjiang-gates-trains")
    assert series("khorgos-altynkol-trains", whole=False)[2024] < gates[2024]
    assert gates[2024] / gates[2023] == pytest.approx(1.14, abs=0.001)
    mt = facts.row("flows_observed", "alashankou-mt-2025-m6-9").value
    mt += facts.row("flows_observed", "khorgos-mt-2025-m6-9").value
    assert mt < facts.row("flows_observed", "china-kaz-rail-mt-2025-m8").value
