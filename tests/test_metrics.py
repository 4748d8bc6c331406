"""Edge metrics on a small network in which every kind of edge occurs once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.errors import UnknownNameError
from landbridge.network.graph import Mode, Network
from landbridge.routing.metrics import By, EdgeMetrics, edge_metrics, generalised
from landbridge.routing.rates.borders import crossing_terms
from landbridge.routing.rates.cargo import CargoClass, cargo_class
from landbridge.routing.rates.gauges import gauge_change
from landbridge.routing.rates.opening import open_rows
from landbridge.routing.rates.sea import market_usd_feu, sea_rate
from landbridge.routing.rates.terminals import transfer

ECONOMIES = ("CHN", "KAZ", "POL", "DEU", "IRN")
CHN, KAZ, POL, DEU, IRN = range(5)


@dataclass
class Edge:
    tail: int
    head: int
    mode: Mode
    km: float
    economy: int = -1
    crossing: int = -1
    rule: int = 0
    gauges: tuple[int, int] = (0, 0)
    terminal: int = -1
    chokepoint: int = -1


def row(table: str, identifier: str) -> int:
    return [r.id for r in facts.rows(table)].index(identifier)


NODES = [
    # lat, lon, mode, economy
    (29.6, 106.3, Mode.RAIL, CHN),
    (45.1, 82.5, Mode.RAIL, CHN),
    (45.2, 82.4, Mode.RAIL, KAZ),
    (52.0, 21.0, Mode.RAIL, POL),
    (52.0, 13.0, Mode.RAIL, DEU),
    (31.0, 121.0, Mode.ROAD, CHN),
    (30.63, 122.07, Mode.SEA, -1),
    (1.3, 104.0, Mode.SEA, -1),
    (30.0, 32.5, Mode.SEA, -1),
    (31.3, 32.3, Mode.SEA, -1),
    (30.63, 122.07, Mode.TRANSFER, CHN),
    (43.6, 51.2, Mode.FERRY, KAZ),
    (39.9, 49.4, Mode.FERRY, KAZ),
    (31.1, 121.8, Mode.AIR, CHN),
    (50.0, 8.6, Mode.AIR, DEU),
    (36.0, 59.0, Mode.RAIL, IRN),
]
LINE, BORDER, SCHENGEN, TRUCK, OUT, SUEZ, PORT, FERRY, FLIGHT, BREAK, CORNER = range(11)


@pytest.fixture(scope="module")
def network() -> Network:
    port = next(k for k, r in enumerate(facts.rows("terminals")) if (r.kind, r.economy) == ("seaport", "CHN"))  # fmt: skip  # noqa: E501
    edges = [
        Edge(0, 1, Mode.RAIL, 1100.0, CHN, gauges=(1435, 1435)),
        Edge(
            1, 2, Mode.RAIL, 5.0, CHN, row("crossings", "rail-alashankou-dostyk"), 1, (1435, 1520)
        ),
        Edge(3, 4, Mode.RAIL, 10.0, POL, rule=2, gauges=(1435, 1435)),
        Edge(0, 5, Mode.ROAD, 500.0, CHN),
        Edge(6, 7, Mode.SEA, 4000.0),
        Edge(8, 9, Mode.SEA, 193.3, chokepoint=row("chokepoints", "suez")),
        Edge(10, 6, Mode.TRANSFER, 0.0, CHN, terminal=port),
        Edge(11, 12, Mode.FERRY, 433.0, KAZ, row("crossings", "ferry-aktau-alat"), 1),
        Edge(13, 14, Mode.AIR, 8859.0),
        Edge(15, 2, Mode.RAIL, 1.0, IRN, gauges=(1435, 1520)),
        Edge(0, 1, Mode.RAIL, 1.0, CHN, rule=3, gauges=(1435, 1435)),
    ]
    lat, lon, mode, economy = zip(*NODES, strict=True)

    def of(name: str, kind: type) -> np.ndarray:
        return np.array([getattr(edge, name) for edge in edges], kind)

    return Network(
        node_lat=np.array(lat),
        node_lon=np.array(lon),
        node_mode=np.array(mode, np.int8),
        node_economy=np.array(economy, np.int16),
        node_gauge_mm=np.zeros(len(NODES), np.int16),
        edge_tail=of("tail", np.int32),
        edge_head=of("head", np.int32),
        edge_mode=of("mode", np.int8),
        edge_length_km=of("km", np.float64),
        edge_economy=of("economy", np.int16),
        edge_crossing=of("crossing", np.int32),
        edge_border_rule=of("rule", np.int8),
        edge_gauge_tail_mm=np.array([e.gauges[0] for e in edges], np.int16),
        edge_gauge_head_mm=np.array([e.gauges[1] for e in edges], np.int16),
        edge_section=np.full(len(edges), -1, np.int32),
        edge_terminal=of("terminal", np.int32),
        edge_chokepoint=of("chokepoint", np.int32),
        shape_ptr=np.zeros(len(edges) + 1, np.int64),
        shape_lat=np.zeros(0, np.float32),
        shape_lon=np.zeros(0, np.float32),
        economies=ECONOMIES,
    )


@pytest.fixture(scope="module")
def general() -> CargoClass:
    return cargo_class("general")


@pytest.fixture(scope="module")
def metrics(network: Network, general: CargoClass) -> EdgeMetrics:
    return edge_metrics(network, 2019, general)


def test_a_line_runs_at_the_published_speed(metrics: EdgeMetrics) -> None:
    assert metrics.time_h[:, LINE] == pytest.approx(24.0)
    assert metrics.time_h[:, TRUCK] == pytest.approx(24.0)


def test_a_crossing_adds_its_terms_each_way(metrics: EdgeMetrics) -> None:
    k = row("crossings", "rail-alashankou-dostyk")
    terms = crossing_terms(2019)
    running = 5.0 * metrics.time_h[0, LINE] / 1100.0
    for way in (0, 1):
        assert metrics.time_h[way, BORDER] == pytest.approx(running + terms.time_h[way, k], 1e-5)


def test_the_gauge_break_of_a_crossing_is_not_charged_twice(
    network: Network, metrics: EdgeMetrics, general: CargoClass
) -> None:
    level = replace(network, edge_gauge_head_mm=network.edge_gauge_tail_mm)
    flat = edge_metrics(level, 2019, general)
    assert flat.time_h[0, BORDER] == metrics.time_h[0, BORDER]
    change = gauge_change("IRN", 2019)
    assert metrics.time_h[0, BREAK] - flat.time_h[0, BREAK] == pytest.approx(change.time_h, 1e-5)
    saved = metrics.cost_usd_feu[0, BREAK] - flat.cost_usd_feu[0, BREAK]
    assert saved == pytest.approx(change.cost_usd_feu, 1e-5)


def test_a_union_border_depends_on_the_year(network: Network, general: CargoClass) -> None:
    inside, before = (edge_metrics(network, year, general) for year in (2019, 2003))
    assert inside.time_h[0, SCHENGEN] < before.time_h[0, SCHENGEN]


def test_a_corner_is_nearly_free(metrics: EdgeMetrics) -> None:
    assert metrics.time_h[0, CORNER] < 1.0


def test_sea_headhaul_costs_more_than_backhaul(metrics: EdgeMetrics) -> None:
    rule = sea_rate()
    full = 4000.0 * rule.per_km * market_usd_feu(2019)
    assert metrics.cost_usd_feu[0, OUT] == pytest.approx(full, 1e-5)
    assert metrics.cost_usd_feu[1, OUT] == pytest.approx(full * rule.backhaul, 1e-5)


def test_the_canal_takes_its_published_time(metrics: EdgeMetrics) -> None:
    assert metrics.time_h[:, SUEZ] == pytest.approx(14.0, 1e-5)


def test_a_closed_canal_is_closed(network: Network, general: CargoClass) -> None:
    shut = edge_metrics(network, 1970, general)
    assert not shut.open[:, SUEZ].any()
    assert np.isinf(generalised(shut, general)[0][SUEZ])
    assert np.isfinite(generalised(shut, general)[0][LINE])


def test_a_port_takes_its_half_transfer(metrics: EdgeMetrics) -> None:
    half = transfer("seaport", "sea", "CHN", 2019)
    assert metrics.time_h[:, PORT] == pytest.approx(half.time_h, 1e-5)
    assert metrics.cost_usd_feu[:, PORT] == pytest.approx(half.cost_usd_feu, 1e-5)


def test_a_ferry_sails_the_published_hours(metrics: EdgeMetrics) -> None:
    border = crossing_terms(2019).time_h[0, row("crossings", "ferry-aktau-alat")]
    assert metrics.time_h[0, FERRY] == pytest.approx(20.0 + border, 1e-5)


def test_air_is_paid_by_weight_and_closed_to_bulk(network: Network, metrics: EdgeMetrics) -> None:
    # 2.75 USD/kg over 9,154 km in 2019, 15.8 t.
    expected = 2.75 * 15_800 * 8859 / 9154
    assert metrics.cost_usd_feu[0, FLIGHT] == pytest.approx(expected, 1e-5)
    assert not edge_metrics(network, 2019, cargo_class("bulk")).open[:, FLIGHT].any()


def test_crossings_follow_their_opening_years(network: Network, general: CargoClass) -> None:
    early = edge_metrics(network, 1985, general)
    k = row("crossings", "rail-alashankou-dostyk")
    assert early.open[0, BORDER] == open_rows("crossings", 1985)[k]
    assert not early.open[0, BORDER]


def test_arrays_are_frozen_and_typed(metrics: EdgeMetrics) -> None:
    for name in ("time_h", "var_h2", "cost_usd_feu", "co2_kg_feu"):
        array = getattr(metrics, name)
        assert array.dtype == np.float32
        assert array.shape == (2, 11)
        assert not array.flags.writeable
        assert np.isfinite(array).all()
        assert (array >= 0).all()


class TestGeneralised:
    @pytest.mark.parametrize("by", ["time", "cost", "co2", "generalised"])
    def test_every_open_edge_weighs_something(
        self, metrics: EdgeMetrics, general: CargoClass, by: By
    ) -> None:
        for weight in generalised(metrics, general, by):
            assert (weight > 0).all()
            assert np.isfinite(weight).all()

    def test_formula(self, metrics: EdgeMetrics, general: CargoClass) -> None:
        forward, _ = generalised(metrics, general)
        expected = (
            metrics.cost_usd_feu[0, LINE]
            + general.vot_usd_h * metrics.time_h[0, LINE]
            + 0.8 * general.vot_usd_h * metrics.var_h2[0, LINE] / 60.0
        )
        assert forward[LINE] == pytest.approx(expected, 1e-6)

    def test_reference_spread_is_charged_exactly(
        self, metrics: EdgeMetrics, general: CargoClass
    ) -> None:
        spread = np.full_like(metrics.var_h2, 60.0**2)
        with_spread, _ = generalised(replace(metrics, var_h2=spread), general)
        without, _ = generalised(replace(metrics, var_h2=0 * spread), general)
        assert with_spread - without == pytest.approx(general.vor_usd_h * 60.0)

    def test_time_breaks_ties_by_cost(self, metrics: EdgeMetrics, general: CargoClass) -> None:
        cheap, dear = (
            generalised(replace(metrics, cost_usd_feu=metrics.cost_usd_feu + x), general, "time")[0]
            for x in (0.0, 1000.0)
        )
        assert (dear > cheap).all()
        assert (dear - cheap < 0.01).all()

    def test_unknown_measure(self, metrics: EdgeMetrics, general: CargoClass) -> None:
        with pytest.raises(UnknownNameError, match="cost"):
            generalised(metrics, general, "costs")  # type: ignore[arg-type]

    @settings(max_examples=25)
    @given(st.floats(0.1, 10))
    def test_a_dearer_hour_never_lightens_an_edge(self, factor: float) -> None:
        one = np.ones((2, 1), np.float32)
        metrics = EdgeMetrics(2019, one, one, np.ones(1), one, one, np.ones((2, 1), bool))
        cargo = cargo_class()
        changed = replace(cargo, time_cost_pct_day=cargo.time_cost_pct_day * factor)
        difference = generalised(metrics, changed)[0] - generalised(metrics, cargo)[0]
        assert (np.sign(difference) == np.sign(np.float64(factor) - 1)).all() or factor == 1
