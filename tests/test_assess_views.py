"""Views: one flow at a time counts where those who publish would count it, and nowhere else."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.assess.boxes import TEU_PER_FEU
from landbridge.assess.goods import goods_of
from landbridge.assess.views import CENTRAL_ASIA, View
from landbridge.economy.table.basetable import load_base
from landbridge.routing.choice.ways import NESTS, ways

TABLE = load_base()
CODES = TABLE.labels.economies
N = len(CODES)
GOODS = goods_of(TABLE)
GIVEN = SimpleNamespace(table=TABLE, goods=GOODS, masses=SimpleNamespace(count=N))
WAY = {way.id: k for k, way in enumerate(ways())}
SECTOR = {name: k for k, name in enumerate(GOODS.id)}
SHAPE = (len(GOODS.id), len(WAY), N, N)
BY_RAIL = [way.id for way in ways() if NESTS[way.nest] == "rail"]


def one(sector, way, start, end, feu=100.0):
    """A view of one flow alone."""
    flows = np.zeros(SHAPE)
    flows[SECTOR[sector], WAY[way], CODES.index(start), CODES.index(end)] = feu
    return View(GIVEN, flows)


def worth(sector, exporter, feu=100.0):
    k, i = SECTOR[sector], CODES.index(exporter)
    return feu * GOODS.value_usd_t[k, i] * GOODS.payload_t_feu[k] / 1e6


def none():
    return View(GIVEN, np.zeros(SHAPE))


# Who counts


def test_every_economy_of_a_view_has_a_row_of_its_own():
    """Else a part of Europe would be left out without a word."""
    view = none()
    for group in (view.eu, view.europe, CENTRAL_ASIA):
        assert set(group) <= set(CODES)
        assert len(view.at(group)) == len(set(group)) == len(group)


def test_europe_of_the_trains_is_the_union_and_its_east_without_central_asia():
    view = none()
    assert len(view.eu) == 27
    assert set(view.eu) < set(view.europe)
    assert {"RUS", "BLR"} <= set(view.europe)
    assert not {"CHN", *CENTRAL_ASIA} & set(view.europe)


def test_positions_leave_out_what_has_no_row():
    assert none().at(["KAZ", "XXX"]).tolist() == [CODES.index("KAZ")]


# Containers


def test_two_teu_are_a_forty_foot_container():
    assert one("machinery", "dostyk", "CHN", "DEU").teu("dostyk") == 100 * TEU_PER_FEU == 200.0


def test_on_the_broad_gauge_so_many_boxes_come_with_tonnes_of_anything():
    a_kt = float(facts.row("capacity_rules", "teu-a-kt-broad-gauge").value)
    for sector in ("machinery", "other-mining"):
        view = one(sector, "rail-broad", "RUS", "KAZ")
        tonnes = view.tonnes[WAY["rail-broad"]].sum()
        assert view.teu("rail-broad") == pytest.approx(tonnes / 1e3 * a_kt)
        assert view.teu("rail-broad") < 200.0


def test_bulk_does_not_count_as_containers():
    for sector, k in SECTOR.items():
        view = one(sector, "dostyk", "CHN", "DEU")
        assert view.teu("dostyk") == (200.0 if GOODS.routed_as[k] == 0 else 0.0)
        assert view.tonnes[WAY["dostyk"]].sum() == pytest.approx(100 * GOODS.payload_t_feu[k])


@pytest.mark.parametrize(
    ("start", "end", "europe", "union"),
    [
        ("CHN", "DEU", 200.0, 200.0),
        ("DEU", "CHN", 200.0, 200.0),
        ("CHN", "RUS", 200.0, 0.0),
        ("BLR", "CHN", 200.0, 0.0),
        ("CHN", "GBR", 200.0, 0.0),
        ("CHN", "KAZ", 0.0, 0.0),
        ("CHN", "UZB", 0.0, 0.0),
        ("CHN", "CHN", 0.0, 0.0),
        ("DEU", "POL", 0.0, 0.0),
        ("JPN", "DEU", 0.0, 0.0),
    ],
)
def test_trains_of_china_and_europe(start, end, europe, union):
    view = one("electronics", "khorgos", start, end)
    assert view.china_europe_teu("khorgos") == europe
    assert view.china_eu_teu("khorgos") == union
    assert view.teu("khorgos") == 200.0
    assert view.china_europe_teu("dostyk") == view.teu("dostyk") == 0.0


# Value


def test_value_is_that_of_the_exporters_goods():
    view = one("metals", "sea", "CHN", "DEU")
    imports, exports = view.china_eu_value("sea")
    assert (imports, exports) == (pytest.approx(worth("metals", "CHN")), 0.0)
    view = one("metals", "sea", "DEU", "CHN")
    imports, exports = view.china_eu_value("sea")
    assert (imports, exports) == (0.0, pytest.approx(worth("metals", "DEU")))


@pytest.mark.parametrize("way", BY_RAIL)
def test_a_mode_is_all_its_ways(way):
    view = one("machinery", way, "CHN", "DEU")
    assert view.china_eu_value("rail")[0] == pytest.approx(worth("machinery", "CHN"))
    for mode in ("sea", "air", "road"):
        assert view.china_eu_value(mode) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [("CHN", "KAZ", True), ("UZB", "CHN", True), ("CHN", "RUS", False), ("KAZ", "UZB", False)],
)
def test_trade_of_china_and_central_asia(start, end, counts):
    value = one("machinery", "truck", start, end).china_central_asia("road")
    assert value == (pytest.approx(worth("machinery", start)) if counts else 0.0)


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [("DEU", "USA", True), ("CHN", "FRA", True), ("DEU", "POL", False), ("CHN", "USA", False),
     ("ROW", "ITA", True), ("GBR", "IRL", True)],
)  # fmt: skip
def test_trade_of_the_union_with_others(start, end, counts):
    value = one("vehicles", "road", start, end).extra_eu("road")
    assert value == (pytest.approx(worth("vehicles", start)) if counts else 0.0)


# Fuels


def test_oil_and_gas_count_as_sea_and_gold_as_air_alone():
    view = none()
    assert view.extra_eu("sea") > 0
    assert view.extra_eu("air") > 0
    assert [view.extra_eu(mode) for mode in ("road", "rail")] == [0.0, 0.0]


def test_the_union_buys_what_oil_and_gas_its_partners_sell_it():
    """Of the trade of energy the part that is not dry, both directions, partners outside."""
    energy = TABLE.base.trade[GOODS.sector[SECTOR["energy-mining"]]]
    fuels = energy * (1 - GOODS.dry_share[SECTOR["energy-mining"]])[None, :]
    union = np.isin(CODES, none().eu)
    wanted = fuels[np.ix_(union, ~union)].sum() + fuels[np.ix_(~union, union)].sum()
    assert none().extra_eu("sea") == pytest.approx(wanted)


def test_fuels_add_to_what_ships_carry():
    base = none().extra_eu("sea")
    view = one("machinery", "sea", "CHN", "DEU")
    assert view.extra_eu("sea") - base == pytest.approx(worth("machinery", "CHN"), rel=1e-6)


# Sums


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10**6), st.floats(0.1, 10))
def test_views_are_sums_of_flows(seed, factor):
    rng = np.random.default_rng(seed)
    flows = rng.uniform(0, 10, (2, *SHAPE)) * (rng.random((2, *SHAPE)) < 0.05)
    one_lot, other, both = (
        View(GIVEN, f) for f in (flows[0], flows[1], flows[0] + factor * flows[1])
    )
    for count in (
        lambda v: v.teu("dostyk"),
        lambda v: v.china_europe_teu("erenhot"),
        lambda v: v.china_eu_value("rail")[1],
        lambda v: v.china_central_asia("rail"),
        lambda v: v.extra_eu("road"),
        lambda v: v.tonnes.sum(),
    ):
        assert count(both) == pytest.approx(count(one_lot) + factor * count(other))
