"""Borders: an edge between two economies has a right, or it is cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import KM, draft, ends
from landbridge.network.borders import (
    LINK_KM,
    REACH_KM,
    SLIVER_KM,
    Corner,
    CrossingPoint,
    border_edges,
    enforce,
    straighten,
)
from landbridge.network.draft import CORNER_TRANSIT, LISTED_CROSSING, NO_BORDER, OPEN_BORDER
from landbridge.network.graph import Mode
from landbridge.network.repair import components

NONE_OPEN = frozenset()


def along(at_km, economy, **columns):
    """A line of nodes at the given km east of the zero meridian."""
    points = [(0.0, km * KM) for km in at_km]
    return draft(points, [(k, k + 1) for k in range(len(points) - 1)], economy, **columns)


def post(row, east_km, a=0, b=1, north_km=0.0):
    return CrossingPoint(row, a, b, north_km * KM, east_km * KM)


def borders(made):
    """Each border edge with its rule and crossing row."""
    at = np.flatnonzero(made.border_rule > 0)
    return [
        (int(made.tail[e]), int(made.head[e]), int(made.border_rule[e]), int(made.crossing[e]))
        for e in at
    ]


def test_a_border_without_a_crossing_is_cut():
    made = along([0, 10, 20, 30], [0, 0, 1, 1])
    found, repairs, lost = enforce(made, Mode.RAIL, [], [], NONE_OPEN)
    assert ends(found) == [(0, 1), (2, 3)]
    assert (repairs[0].count, repairs[0].km) == (1, pytest.approx(10))
    assert lost == ()


def test_a_listed_crossing_opens_the_border_near_it():
    made = along([0, 10, 20, 30], [0, 0, 1, 1])
    found, _, lost = enforce(made, Mode.RAIL, [post(9, 16)], [], NONE_OPEN)
    assert ends(found) == ends(made)
    assert borders(found) == [(1, 2, LISTED_CROSSING, 9)]
    assert lost == ()


def test_the_tail_of_a_crossing_lies_on_its_side_a():
    made = along([0, 10, 20, 30], [0, 0, 1, 1])
    found, _, _ = enforce(made, Mode.RAIL, [post(9, 16, a=1, b=0)], [], NONE_OPEN)
    assert borders(found) == [(2, 1, LISTED_CROSSING, 9)]
    at = found.crossing == 9
    assert found.edge_economy[at] == found.economy[found.tail[at]] == [1]


def test_a_crossing_of_another_pair_opens_nothing():
    made = along([0, 10, 20, 30], [0, 0, 1, 1])
    found, repairs, lost = enforce(made, Mode.RAIL, [post(9, 15, b=2)], [], NONE_OPEN)
    assert ends(found) == [(0, 1), (2, 3)]
    assert repairs[0].count == 1
    assert lost == (9,)


@pytest.mark.parametrize("mode", list(REACH_KM))
def test_a_crossing_reaches_only_so_far(mode):
    for slack, open_ in ((-0.1, True), (0.1, False)):
        north = REACH_KM[mode] + slack + 5  # the border edge is 10 km long: half of it counts
        made = along([0, 10, 20, 30], [0, 0, 1, 1], mode=mode)
        _, repairs, _ = enforce(made, mode, [post(9, 15, north_km=north)], [], NONE_OPEN)
        assert (repairs[0].count == 0) == open_


def test_of_two_crossings_the_nearer_owns_an_edge():
    # Two lines 40 km apart, each with a post of its own.
    points = [(lat * KM, lon * KM) for lat in (0, 40) for lon in (0, 10, 20, 30)]
    edges = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]
    made = draft(points, edges, [0, 0, 1, 1] * 2)
    posts = [post(5, 15, north_km=18), post(8, 15, north_km=38)]
    found, _, _ = enforce(made, Mode.RAIL, posts, [], NONE_OPEN)
    assert borders(found) == [(1, 2, LISTED_CROSSING, 5), (5, 6, LISTED_CROSSING, 8)]


def test_a_union_opens_all_borders_and_a_listed_crossing_keeps_its_name():
    points = [(lat * KM, lon * KM) for lat in (0, 400) for lon in (0, 10, 20, 30)]
    edges = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]
    made = draft(points, edges, [1, 1, 0, 0] * 2)
    found, repairs, _ = enforce(made, Mode.ROAD, [post(3, 15)], [], frozenset({(0, 1)}))
    assert repairs[0].count == 0
    assert borders(found) == [(2, 1, LISTED_CROSSING, 3), (5, 6, OPEN_BORDER, -1)]


def test_lines_that_stop_short_of_a_crossing_are_joined_there():
    points = [(0, 0), (0, 10 * KM), (0, 20 * KM), (0, 30 * KM)]
    made = draft(points, [(0, 1), (2, 3)], [0, 0, 1, 1])
    found, repairs, lost = enforce(made, Mode.RAIL, [post(2, 15, a=1, b=0)], [], NONE_OPEN)
    assert borders(found) == [(2, 1, LISTED_CROSSING, 2)]
    assert found.length_km[-1] == pytest.approx(10)
    assert (repairs[1].count, lost) == (1, ())


def test_a_crossing_with_a_line_on_one_side_only_is_reported():
    points = [(0, 0), (0, 10 * KM), (0, 100 * KM), (0, 110 * KM)]
    made = draft(points, [(0, 1), (2, 3)], [0, 0, 1, 1])
    found, repairs, lost = enforce(made, Mode.RAIL, [post(2, 15)], [], NONE_OPEN)
    assert LINK_KM < 100 - 15
    assert borders(found) == []
    assert (repairs[1].count, lost) == (0, (2,))


def test_a_line_through_a_corner_gets_an_edge_past_both_borders():
    # Economy 0's line cuts economy 1 between 20 and 40 km.
    made = along([0, 10, 20, 30, 40, 50], [0, 0, 1, 1, 0, 0])
    corner = Corner(0, 1, (0.0, 12 * KM), (0.0, 38 * KM), 26.0)
    found, repairs, _ = enforce(made, Mode.RAIL, [], [corner], NONE_OPEN)
    assert borders(found) == [(1, 4, CORNER_TRANSIT, -1)]
    # Inside 26 km, and 2 km from each of the line's own nodes to where it enters and leaves.
    assert found.length_km[-1] == pytest.approx(30, rel=1e-3)
    assert found.edge_economy[-1] == 1
    assert repairs[2].count == 1
    # The stretch inside the neighbour is cut off at both borders.
    assert ends(found) == [(0, 1), (1, 4), (2, 3), (4, 5)]


def test_a_corner_that_no_line_of_its_own_is_near_is_left_alone():
    made = along([0, 10, 20], [0, 0, 0])
    far = Corner(0, 1, (0.0, 100 * KM), (0.0, 150 * KM), 50.0)
    assert borders(enforce(made, Mode.RAIL, [], [far], NONE_OPEN)[0]) == []
    stranger = Corner(5, 1, (0.0, 0.0), (0.0, 10 * KM), 10.0)
    assert borders(enforce(made, Mode.RAIL, [], [stranger], NONE_OPEN)[0]) == []


@st.composite
def mosaics(draw):
    """Lines through up to four economies, with posts and unions here and there."""
    n = draw(st.integers(4, 20))
    points = [(draw(st.integers(0, 60)) * KM, draw(st.integers(0, 60)) * KM) for _ in range(n)]
    node = st.integers(0, n - 1)
    edges = draw(
        st.lists(st.tuples(node, node).filter(lambda e: e[0] != e[1]), min_size=1, max_size=2 * n)
    )
    economy = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    pair = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda p: p[0] != p[1])
    pairs = draw(st.lists(pair, max_size=6))
    posts = [
        post(row, draw(st.integers(0, 60)), a, b, north_km=draw(st.integers(0, 60)))
        for row, (a, b) in enumerate(pairs)
    ]
    unions = frozenset((min(p), max(p)) for p in draw(st.lists(pair, max_size=2)))
    mode = draw(st.sampled_from([Mode.RAIL, Mode.ROAD]))
    return draft(points, edges, economy, mode=mode), mode, posts, unions


@settings(deadline=None, max_examples=120)
@given(mosaics())
def test_every_border_edge_has_a_right(case):
    made, mode, posts, unions = case
    found, repairs, lost = enforce(made, mode, posts, [], unions)
    a, b = found.economy[found.tail], found.economy[found.head]
    assert np.array_equal(a != b, found.border_rule != NO_BORDER)
    assert np.array_equal(found.border_rule == LISTED_CROSSING, found.crossing >= 0)
    for e in np.flatnonzero(a != b):
        if found.crossing[e] >= 0:
            row = posts[found.crossing[e]]
            assert (a[e], b[e]) == (row.economy_a, row.economy_b)
        else:
            assert (min(a[e], b[e]), max(a[e], b[e])) in unions
    assert (found.edge_economy == a).all()
    # Every crossing is on an edge or is told of.
    assert set(found.crossing[found.crossing >= 0].tolist()) | set(lost) == set(range(len(posts)))
    assert not set(found.crossing.tolist()) & set(lost)
    # Inland edges all stay, and nothing else is lost than what is counted.
    assert int((a == b).sum()) == made.n_edges - len(border_edges(made))
    assert found.n_edges == made.n_edges - repairs[0].count + repairs[1].count


def test_a_sliver_goes_back_to_the_country_around_it():
    made = along([0, 50, 60, 65, 70, 80, 130, 200], [0, 0, 0, 1, 0, 0, 0, 0])
    # Economy 1 has a long line of its own elsewhere.
    far = draft([(5, 0), (5, 1)], [(0, 1)], [1, 1])
    both = draft(
        [*zip(made.lat, made.lon, strict=True), *zip(far.lat, far.lon, strict=True)],
        [*ends(made), (8, 9)],
        [*made.economy, 1, 1],
    )
    found, repair = straighten(both)
    assert found.economy.tolist() == [0] * 8 + [1, 1]
    assert (found.edge_economy == found.economy[found.tail]).all()
    assert repair.count == 1


def test_a_long_piece_is_no_sliver():
    made = along([0, 50, 60, 60 + SLIVER_KM + 1, 90, 130], [0, 0, 1, 1, 0, 0])
    found, repair = straighten(made)
    assert found.economy.tolist() == made.economy.tolist()
    assert repair.count == 0


def test_the_only_line_of_an_economy_stays_its_own_however_short():
    made = along([0, 50, 60, 65, 70, 130], [0, 0, 1, 1, 0, 0])
    assert straighten(made)[0].economy.tolist() == made.economy.tolist()


def test_a_piece_that_meets_two_economies_is_a_border_line_and_stays():
    made = along([0, 50, 60, 65, 70, 130], [0, 0, 1, 1, 2, 2])
    far = draft(
        [*zip(made.lat, made.lon, strict=True), (5.0, 0.0), (5.0, 1.0)],
        [*ends(made), (6, 7)],
        [*made.economy, 1, 1],
    )
    assert straighten(far)[0].economy.tolist() == far.economy.tolist()


def test_two_slivers_that_meet_only_each_other_do_not_change_places():
    made = draft(
        [(0, 0), (0, 5 * KM), (0, 10 * KM), (0, 15 * KM), (5, 0), (5, 1), (9, 0), (9, 1)],
        [(0, 1), (1, 2), (2, 3), (4, 5), (6, 7)],
        [0, 0, 1, 1, 0, 0, 1, 1],
    )
    assert straighten(made)[0].economy[:4].tolist() != [1, 1, 0, 0]


@settings(deadline=None, max_examples=120)
@given(mosaics())
def test_straightening_never_moves_the_largest_piece_of_an_economy(case):
    made = case[0]
    found, repair = straighten(made)
    inside = made.economy[made.tail] == made.economy[made.head]
    piece = components(made.n_nodes, made.tail[inside], made.head[inside])
    km = np.bincount(piece[made.tail[inside]], made.length_km[inside], minlength=piece.max() + 1)
    moved = {int(p) for p in piece[found.economy != made.economy]}
    assert len(moved) == repair.count
    for p in moved:
        home = made.economy[piece == p][0]
        largest = max(km[q] for q in np.unique(piece[made.economy == home]))
        assert km[p] < min(largest, SLIVER_KM)
    # A piece moves whole, and into an economy it touches.
    for p in np.unique(piece):
        assert len(np.unique(found.economy[piece == p])) == 1
