"""Observed flows, pipelines, capacities, growth and published results: they must fit together."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from landbridge import facts

LAST_OBSERVED = 2025
PUBLISHED = Path(__file__).parents[2] / "shared" / "facts" / "figures.csv"


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
        additive = row.unit not in {"share", "ratio", "h", "km/h", "USD/bbl"}
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


def test_oil_that_leaves_by_each_way_adds_up_to_no_more_than_the_whole():
    total = defaultdict(float)
    for row in facts.rows("pipeline_shares"):
        assert (row.pipeline is None) or row.mode == "pipeline", row.id
        total[row.exporter, row.commodity, row.year] += row.share
    assert {key: value for key, value in total.items() if value > 1 + 1e-9} == {}
    assert total["KAZ", "crude", 2022] > 0.98


def test_tonnes_behind_a_share_fit_the_observed_exports():
    exports = series("kaz-oil-exports-mt")
    for row in facts.rows("pipeline_shares"):
        if row.mt is not None and row.exporter == "KAZ" and row.year in exports:
            assert row.mt / exports[row.year] == pytest.approx(row.share, abs=0.002), row.id


def test_a_pipeline_has_the_capacity_its_commodity_is_measured_in():
    for row in facts.rows("pipelines"):
        gas = row.commodity == "gas"
        assert (row.capacity_bcm_year is not None) == gas, row.id
        assert (row.capacity_mt_year is not None) != gas, row.id


def test_pipelines_carry_no_more_than_they_can():
    capacity = {row.id: row.capacity_mt_year for row in facts.rows("pipelines")}
    assert max(series("kaz-china-oil-pipeline-mt").values()) <= capacity["kazakhstan-china"]
    assert max(series("cpc-kaz-mt").values()) <= capacity["cpc"]
    assert facts.row("pipelines", "nord-stream").closed == "2022-09"


def factor(identifier):
    return facts.row("capacity_rules", identifier).value


@pytest.mark.parametrize("unit", ["t", "trains", "trucks", "vehicles", "teu", "wagons"])
def test_every_unit_of_a_crossing_capacity_leads_to_containers(unit):
    units = {row.capacity_unit for row in facts.rows("crossings") if row.capacity_unit}
    assert unit in units
    assert units <= {"t", "trains", "trucks", "vehicles", "teu", "wagons"}
    links = defaultdict(set)
    for row in facts.rows("capacity_rules"):
        links[row.from_unit].add(row.to_unit)
        links[row.to_unit].add(row.from_unit)
    reached, ahead = {unit}, [unit]
    while ahead:
        for other in links[ahead.pop()] - reached:
            reached.add(other)
            ahead.append(other)
    assert "FEU" in reached


def test_rules_of_capacity_hold_their_ranges_and_agree_with_the_flows():
    for row in facts.rows("capacity_rules"):
        low = row.value if row.low is None else row.low
        high = row.value if row.high is None else row.high
        assert low <= row.value <= high, row.id
    boxes, trains = series("china-europe-teu")[2024], series("china-europe-trains")[2024]
    assert factor("feu-a-container-train") == pytest.approx(boxes / trains / 2, abs=0.05)
    general = facts.row("cargo_classes", "general")
    assert factor("t-a-feu-container") == general.payload_t_feu
    assert factor("t-a-feu-bulk") == facts.row("cargo_classes", "bulk").payload_t_feu
    line = facts.row("sections", "dostyk-moiynty-second-track")
    assert factor("trains-a-day-single-track") == line.capacity_before_trains_day
    assert factor("trains-a-day-double-track") == line.capacity_after_trains_day


def gdp(vintage, economy, name="gdp_usd_bn"):
    return {
        row.year: getattr(row, name)
        for row in facts.rows("gdp_paths")
        if row.vintage == vintage and row.economy == economy
    }


def test_growth_paths_cover_every_economy_of_the_model():
    economies = {row.iso3 for row in facts.rows("economies")}
    for vintage in ("2024-06", "2025-10"):
        seen = {row.economy for row in facts.rows("gdp_paths") if row.vintage == vintage}
        assert seen == economies


def test_each_edition_gives_a_year_once_and_growth_that_can_be():
    keys = [(row.vintage, row.economy, row.year) for row in facts.rows("gdp_paths")]
    assert len(keys) == len(set(keys))
    for row in facts.rows("gdp_paths"):
        assert row.gdp_usd_bn is not None or row.real_growth_pct is not None
        if row.real_growth_pct is not None:
            assert -60 < row.real_growth_pct < 90, row
        if row.kind == "forecast":
            assert row.year >= int(row.vintage[:4]), row


def test_the_two_editions_meet_where_one_takes_over_from_the_other():
    old, new = gdp("2024-06", "KAZ"), gdp("2025-10", "KAZ")
    assert old[2022] == pytest.approx(225.5, abs=0.1)
    assert new[2023] / old[2022] == pytest.approx(1.16, abs=0.02)
    growth = gdp("2024-06", "KAZ", "real_growth_pct")
    assert growth[2020] == pytest.approx(-2.5, abs=0.1)


def test_the_pandemic_was_in_no_forecast_of_2019():
    growth = {
        (row.vintage, row.economy): row.real_growth_pct
        for row in facts.rows("gdp_paths")
        if row.year == 2020 and row.real_growth_pct is not None
    }
    happened = {economy: value for (vintage, economy), value in growth.items() if vintage > "2024"}
    missed = [value < growth["2019-10", economy] for economy, value in happened.items()]
    assert len(missed) > 80
    assert sum(missed) / len(missed) > 0.9


def test_the_rest_of_the_world_is_small_and_positive():
    world = sum(
        row.gdp_usd_bn
        for row in facts.rows("gdp_paths")
        if (row.vintage, row.year) == ("2024-06", 2021)
    )
    rest = gdp("2024-06", "ROW")[2021]
    assert 0.02 < rest / world < 0.06
    assert world == pytest.approx(97_500, rel=0.03)


def test_published_results_lie_in_their_ranges():
    for row in facts.rows("world_bank_ranges"):
        assert any(value is not None for value in (row.value, row.low, row.high)), row.id
        if row.low is not None:
            assert row.low < row.high, row.id
            if row.value is not None:
                assert row.low <= row.value <= row.high, row.id
        if row.quantity in {"shipment_time", "trade_cost"}:
            assert (row.value or row.low) < 0, row.id


def test_time_falls_more_on_the_corridors_than_in_the_world():
    order = ["bre-time-world", "bre-time-bri", "bre-time-corridor"]
    lows = [facts.row("world_bank_ranges", identifier).low for identifier in order]
    assert lows == sorted(lows, reverse=True)


def test_sea_rates_rose_and_fell_as_everyone_remembers():
    composite = {
        r.year: r.level for r in facts.rows("freight_rate_paths") if "composite" in r.index
    }
    assert composite[2021] > 5 * composite[2019]
    assert composite[2023] < composite[2022] / 3
    rail = [row.level for row in facts.rows("freight_rate_paths") if row.index == "erai"]
    assert max(rail) < 1.3 * min(rail)


def test_levels_agree_with_the_price_indices_where_both_speak():
    paths = {(r.index, r.year): r.level for r in facts.rows("freight_rate_paths")}
    both = [row for row in facts.rows("price_indices") if (row.index, row.year) in paths]
    assert len(both) >= 3
    for row in both:
        assert paths[row.index, row.year] == row.level


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the collected figures are not at hand")
@pytest.mark.parametrize(
    ("topic", "item", "name", "scale"),
    [
        ("china_europe_trains", "China-Europe freight trains, trips per year", "trains", 1),
        ("china_europe_trains", "China-Europe freight trains, TEU per year", "teu", 1),
        ("titr", "TITR freight volume", "titr-mt", 1),
        ("kazakhstan_china_rail", "rail freight Kazakhstan-China", "china-kaz-rail-mt", 1e-6),
        ("ktz", "operational freight turnover", "ktz-tkm", 1),
    ],
)
def test_collected_figures_are_carried_over_unchanged(topic, item, name, scale):
    ours = series({"trains": "china-europe-trains", "teu": "china-europe-teu"}.get(name, name))
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        found = [
            row
            for row in csv.DictReader(file)
            if row["topic"] == topic
            and (row["item"] == item or row["item"].startswith(f"{item} ("))
            and row["verified"] == "yes"
            and "plan" not in row["item"]
        ]
    assert len(found) >= 3
    for row in found:
        assert ours[int(row["year"])] == pytest.approx(float(row["value"]) * scale), row
