"""The sea: passages shut what they should shut, and no ocean lane enters the Caspian."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from drafts import ends, layer
from landbridge import facts
from landbridge.network.draft import keep_edges
from landbridge.network.geo import PointIndex
from landbridge.network.layers import read_sea
from landbridge.network.points import gates
from landbridge.network.sea import CASPIAN_BOX_DEG, Gate, sea_draft

SHANGHAI, ROTTERDAM = (31.0, 122.5), (52.0, 3.8)
NOVOROSSIYSK, ODESA, PIRAEUS = (44.5, 37.7), (46.4, 30.9), (37.8, 23.5)
VLADIVOSTOK, MURMANSK = (43.0, 132.0), (69.5, 34.0)
JEBEL_ALI, BOMBAY = (25.1, 54.9), (18.9, 72.5)
NM = 1.852


@pytest.fixture(scope="module")
def sea():
    return sea_draft(read_sea(), gates())[0]


def sailed(sea, a, b, shut=()):
    """Km of the shortest way between the lanes nearest to two points, some passages shut."""
    names = [row.id for row in facts.rows("chokepoints")]
    rows = [names.index(name) for name in shut]
    assert all((sea.chokepoint == row).any() for row in rows)
    left = keep_edges(sea, ~np.isin(sea.chokepoint, rows))
    shape = (sea.n_nodes, sea.n_nodes)
    matrix = coo_array((left.length_km, (left.tail, left.head)), shape=shape).tocsr()
    index = PointIndex(sea.lat, sea.lon)
    (start,), (end,) = (index.nearest(*map(np.array, zip(p, strict=True)))[1] for p in (a, b))
    return float(dijkstra(matrix, directed=False, indices=start)[end])


def one_lane(a, b, *barriers):
    found, _ = sea_draft(layer([a, b], [(0, 1)]), barriers)
    return int(found.chokepoint[0])


def test_a_lane_through_the_gate_is_marked_and_one_past_it_is_not():
    gate = Gate(4, -1.0, 0.0, 1.0, 0.0)
    assert one_lane((0.0, -1.0), (0.0, 1.0), gate) == 4
    assert one_lane((0.5, 1.0), (-0.5, -1.0), gate) == 4
    assert one_lane((2.0, -1.0), (2.0, 1.0), gate) == -1
    assert one_lane((0.0, 0.5), (0.0, 1.0), gate) == -1
    assert one_lane((0.0, -1.0), (0.0, 1.0)) == -1


def test_a_lane_over_the_date_line_cuts_no_gate_on_the_other_side_of_the_globe():
    assert one_lane((0.0, 179.0), (0.0, -179.0), Gate(0, -1.0, 0.0, 1.0, 0.0)) == -1


@settings(deadline=None)
@given(*[st.integers(-10, 10)] * 8)
def test_a_gate_is_cut_whichever_way_lane_and_gate_are_drawn(ay, ax, by, bx, gy, gx, hy, hx):
    answers = {
        one_lane(*lane, Gate(0, *gate))
        for lane in (((ay, ax), (by, bx)), ((by, bx), (ay, ax)))
        for gate in ((gy, gx, hy, hx), (hy, hx, gy, gx))
    }
    assert len(answers) == 1


def test_lanes_of_the_caspian_go_and_the_others_stay():
    made = layer([(42, 50), (43, 51), (42, 40), (43, 39), (42, 45)], [(0, 1), (2, 3), (0, 4)])
    found, repair = sea_draft(made, [])
    assert ends(found) == [(0, 1)]
    assert found.lon.tolist() == [40, 39, 45]
    assert repair.count == 2
    assert repair.km == pytest.approx(made.length_km[[0, 2]].sum())


def test_no_lane_enters_the_caspian(sea):
    south, north, west, east = CASPIAN_BOX_DEG
    inside = (sea.lat > south) & (sea.lat < north) & (sea.lon > west) & (sea.lon < east)
    assert not inside.any()
    baku, aktau = (40.3, 50.0), (43.6, 51.0)
    km, _ = PointIndex(sea.lat, sea.lon).nearest(*np.array([baku, aktau]).T)
    assert (km > 200).all()


def test_every_gate_of_the_facts_marks_a_lane(sea):
    named = {gate.row for gate in gates()}
    assert named
    assert set(np.unique(sea.chokepoint).tolist()) == named | {-1}


def test_shanghai_rotterdam_is_10600_nautical_miles_through_suez(sea):
    assert sailed(sea, SHANGHAI, ROTTERDAM) / NM == pytest.approx(10_600, rel=0.02)


@pytest.mark.parametrize("passage", ["suez", "bab-el-mandeb"])
def test_without_suez_ships_go_round_the_cape(sea, passage):
    through = sailed(sea, SHANGHAI, ROTTERDAM)
    # Panama is shorter by a hair, but its locks are too small for this trade.
    around = sailed(sea, SHANGHAI, ROTTERDAM, [passage, "panama"])
    published_nm = facts.row("chokepoints", passage).detour_extra_nm
    # Published for the trade between Asia and Northern Europe, whose ports differ by hundreds.
    assert (around - through) / NM == pytest.approx(published_nm, rel=0.05)
    assert sailed(sea, SHANGHAI, ROTTERDAM, [passage, "panama", "cape"]) > around


def test_suez_does_not_matter_where_nobody_passes_it(sea):
    ways = [sailed(sea, SHANGHAI, BOMBAY, shut) for shut in ([], ["suez"])]
    assert ways[0] == ways[1]


def test_the_turkish_straits_shut_the_black_sea(sea):
    assert np.isfinite(sailed(sea, ODESA, PIRAEUS))
    for strait in ("bosporus", "dardanelles"):
        assert np.isinf(sailed(sea, ODESA, PIRAEUS, [strait]))
        assert np.isinf(sailed(sea, NOVOROSSIYSK, PIRAEUS, [strait]))
    assert np.isfinite(sailed(sea, ODESA, NOVOROSSIYSK, ["bosporus"]))


def test_hormuz_shuts_the_gulf(sea):
    assert np.isinf(sailed(sea, JEBEL_ALI, BOMBAY, ["hormuz"]))


def test_gibraltar_and_suez_together_shut_the_mediterranean(sea):
    shut = ["gibraltar", "suez"]
    assert np.isinf(sailed(sea, PIRAEUS, ROTTERDAM, shut))


def test_malacca_sunda_and_lombok_stand_in_for_each_other(sea):
    ways = [
        sailed(sea, SHANGHAI, ROTTERDAM, shut)
        for shut in ([], ["malacca"], ["malacca", "sunda"], ["malacca", "sunda", "lombok"])
    ]
    assert np.all(np.diff(ways) > 0)
    assert np.isfinite(ways).all()


def test_no_ship_goes_through_the_ice(sea):
    # The shortest way from Vladivostok to Murmansk rounds Asia by the south.
    assert sailed(sea, VLADIVOSTOK, MURMANSK) / NM > 12_000


def test_shutting_a_passage_never_shortens_a_way(sea):
    open_ = {pair: sailed(sea, *pair) for pair in [(SHANGHAI, ROTTERDAM), (BOMBAY, ROTTERDAM)]}
    for row in {gate.row for gate in gates()}:
        name = facts.rows("chokepoints")[row].id
        for pair, km in open_.items():
            assert sailed(sea, *pair, [name]) >= km


def test_marking_changes_no_lane(sea):
    bare = sea_draft(read_sea(), [])[0]
    assert np.array_equal(sea.length_km, bare.length_km)
    assert ends(sea) == ends(bare)
