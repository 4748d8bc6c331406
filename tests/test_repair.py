"""Mending a line layer: what is joined, what is left apart, and that no km is lost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import KM, Halves, ends, layer, line
from landbridge.network.geo import haversine_km
from landbridge.network.repair import (
    GAP_KM,
    STEP_KM,
    add_links,
    bridge_gaps,
    components,
    split_long,
)


def two_lines(gap_km):
    """Two lines of two edges each, end to end with a gap between nodes 2 and 3."""
    at = [0, 10, 20, 20 + gap_km, 30 + gap_km, 40 + gap_km]
    return layer([(0.0, km * KM) for km in at], [(0, 1), (1, 2), (3, 4), (4, 5)])


def nowhere(made, economy=0):
    return np.full(made.n_nodes, economy, np.int16)


def test_components_are_the_pieces():
    made = layer([(0, 0)] * 5, [(0, 1), (3, 1)], km=[1, 1])
    piece = components(5, made.tail, made.head)
    assert piece[0] == piece[1] == piece[3]
    assert len(set(piece.tolist())) == 3


def test_a_short_gap_is_closed_at_its_own_length():
    made = two_lines(2.0)
    mended, repair = bridge_gaps(made, nowhere(made))
    assert ends(mended) == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]
    assert repair.count == 1
    assert repair.km == pytest.approx(2.0)
    assert mended.length_km[-1] == pytest.approx(2.0)


def test_a_long_gap_stays():
    made = two_lines(3.1)
    mended, repair = bridge_gaps(made, nowhere(made))
    assert ends(mended) == ends(made)
    assert (repair.count, repair.km) == (0, 0)


def test_a_gap_between_two_economies_is_a_border_and_stays():
    made = two_lines(0.5)
    economy = np.array([0, 0, 0, 1, 1, 1], np.int16)
    assert bridge_gaps(made, economy)[1].count == 0


def test_an_end_meets_the_middle_of_another_line():
    # A branch that stops 1 km short of the middle of a main line.
    made = layer(
        [(0, 0), (0, 10 * KM), (0, 20 * KM), (1 * KM, 10 * KM), (9 * KM, 10 * KM)],
        [(0, 1), (1, 2), (3, 4)],
    )
    mended, _ = bridge_gaps(made, nowhere(made))
    assert (1, 3) in ends(mended)


def test_two_lines_side_by_side_are_not_joined_in_the_middle():
    made = layer(
        [(0, 0), (0, 50 * KM), (0, 100 * KM), (KM, 4 * KM), (KM, 50 * KM), (KM, 96 * KM)],
        [(0, 1), (1, 2), (3, 4), (4, 5)],
    )
    assert bridge_gaps(made, nowhere(made))[1].count == 0


def test_an_interrupted_ring_is_closed():
    points = [(0, 0), (0, 10 * KM), (10 * KM, 10 * KM), (10 * KM, 0), (1 * KM, 0)]
    made = layer(points, [(0, 1), (1, 2), (2, 3), (3, 4)])
    assert (0, 4) in ends(bridge_gaps(made, nowhere(made))[0])


def test_an_end_is_not_tied_back_to_its_own_line():
    # A hook: its end comes within a km of the middle of its own line.
    points = [(0, 0), (0, 10 * KM), (0, 20 * KM), (5 * KM, 20 * KM), (1 * KM, 11 * KM)]
    made = layer(points, [(0, 1), (1, 2), (2, 3), (3, 4)])
    assert bridge_gaps(made, nowhere(made))[1].count == 0


def test_candidates_are_the_dozen_nearest_nodes():
    # A ring 2 km from the end of a line, which is drawn by a point every so many metres.
    ring = [(2 * KM, 0), (9 * KM, 0), (9 * KM, 9 * KM)]

    def bridges(step_km):
        own = [(0, -km * KM) for km in np.arange(0, 4, step_km)]
        n = len(own)
        edges = [*((k, k + 1) for k in range(n - 1)), (n, n + 1), (n + 1, n + 2), (n + 2, n)]
        made = layer([*own, *ring], edges)
        return bridge_gaps(made, nowhere(made))[1].count

    assert bridges(0.5) == 1
    assert bridges(0.1) == 0


POINTS = st.lists(
    st.tuples(st.floats(0, 12), st.floats(0, 12), st.integers(0, 2)), min_size=2, max_size=14
)


@st.composite
def scattered(draw):
    """Points within a dozen km, of up to three economies, joined at random."""
    points = draw(POINTS)
    n = len(points)
    pairs = draw(
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=2 * n).map(
            lambda found: [pair for pair in found if pair[0] != pair[1]]
        )
    )
    economy = np.array([e for *_, e in points], np.int16)
    return layer([(y * KM, x * KM) for y, x, _ in points], pairs), economy


@settings(deadline=None)
@given(scattered())
def test_bridges_keep_to_one_economy_and_to_the_gap(case):
    made, economy = case
    mended, repair = bridge_gaps(made, economy)
    m = len(made.tail)
    assert np.array_equal(mended.tail[:m], made.tail)
    assert np.array_equal(mended.head[:m], made.head)
    tail, head = mended.tail[m:], mended.head[m:]
    assert len(tail) == repair.count
    assert (economy[tail] == economy[head]).all()
    assert (tail != head).all()
    gap = haversine_km(made.lat[tail], made.lon[tail], made.lat[head], made.lon[head])
    assert (gap <= GAP_KM * (1 + 1e-6)).all()
    assert mended.length_km[m:] == pytest.approx(np.maximum(gap, 0.01))
    # Each bridge starts at a dangling end of the layer as it came.
    degree = np.bincount(np.r_[made.tail, made.head], minlength=made.n_nodes)
    assert (np.minimum(degree[tail], degree[head]) <= 1).all()


@settings(deadline=None)
@given(scattered())
def test_mending_only_joins_pieces(case):
    made, economy = case
    before = components(made.n_nodes, made.tail, made.head)
    mended, _ = bridge_gaps(made, economy)
    after = components(made.n_nodes, mended.tail, mended.head)
    for piece in range(before.max() + 1):
        assert len(set(after[before == piece].tolist())) == 1


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 200), min_size=1, max_size=8))
def test_splitting_keeps_the_length_and_the_way(gaps):
    made = line(np.cumsum([0, *gaps]))
    economy = nowhere(made)
    split, of, repair = split_long(made, economy, Halves(at_lon=90))
    assert split.length_km.sum() == pytest.approx(made.length_km.sum())
    assert split.length_km.max() <= STEP_KM * (1 + 1e-9)
    assert len(of) == split.n_nodes
    assert repair.count == int((made.length_km > STEP_KM).sum())
    # Still one line from end to end: two nodes of degree one, the others of degree two.
    degree = np.bincount(np.r_[split.tail, split.head], minlength=split.n_nodes)
    assert sorted(degree)[:2] == [1, 1]
    assert (np.sort(degree)[2:] == 2).all()
    assert components(split.n_nodes, split.tail, split.head).max() == 0


def test_splitting_keeps_a_length_that_is_not_the_great_circle():
    made = layer([(0, 0), (0, 20 * KM)], [(0, 1)], km=[50.0])
    split, _, repair = split_long(made, nowhere(made), Halves())
    assert split.length_km.tolist() == pytest.approx([10.0] * 5)
    assert repair.km == pytest.approx(50.0)


def test_points_between_two_ends_of_one_economy_stay_in_it():
    # Economy 1 begins at half a degree: both ends are declared 0, so the middle is too.
    made = layer([(0, 0.4), (0, 1.0)], [(0, 1)])
    _, economy, _ = split_long(made, nowhere(made), Halves(at_lon=0.5))
    assert set(economy.tolist()) == {0}


def test_points_over_a_border_lie_where_they_lie():
    made = layer([(0, 0.0), (0, 1.0)], [(0, 1)])
    split, economy, _ = split_long(made, np.array([0, 1], np.int16), Halves(at_lon=0.3))
    assert np.array_equal(economy, (split.lon >= 0.3).astype(np.int16))


def test_points_over_water_between_two_economies_keep_to_the_nearer_end():
    made = layer([(81, 0.0), (81, 8.0)], [(0, 1)])
    split, economy, _ = split_long(made, np.array([3, 7], np.int16), Halves(sea_lat=0.0))
    assert set(economy.tolist()) == {3, 7}
    assert np.array_equal(economy == 3, split.lon < 4)


def test_a_line_over_the_date_line_goes_the_short_way():
    made = layer([(0, 179.5), (0, -179.5)], [(0, 1)])
    split, _, _ = split_long(made, nowhere(made), Halves(at_lon=-200))
    assert (np.abs(split.lon) >= 179.5 - 1e-9).all()
    assert split.length_km.sum() == pytest.approx(made.length_km.sum())


def test_nothing_long_is_nothing_done():
    made = line([0, 5, 10])
    split, economy, repair = split_long(made, nowhere(made), Halves())
    assert ends(split) == ends(made)
    assert len(economy) == 3
    assert repair.count == 0


def test_links_are_great_circles_of_ten_metres_at_least():
    made = line([0, 5, 10])
    linked, km = add_links(made, np.array([0, 1]), np.array([2, 1]))
    assert km.tolist() == pytest.approx([10, 0.01])
    assert linked.length_km[-2:].tolist() == pytest.approx([10, 0.01])
    assert ends(linked) == [(0, 1), (0, 2), (1, 1), (1, 2)]


def test_links_of_a_given_length():
    made = line([0, 5, 10])
    _, km = add_links(made, np.array([0]), np.array([2]), np.array([12.5]))
    assert km.tolist() == [12.5]
