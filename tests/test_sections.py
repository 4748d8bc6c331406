"""Sections: traced where the layer draws them, lengthened, added, or told to be missing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import KM, Halves, draft, ends
from landbridge.network.graph import Mode
from landbridge.network.sections import (
    LONGER_IMPROVED,
    SHORTEST_DRAWN,
    SNAP_KM,
    TOLERANCE,
    SectionLine,
    lay,
)

WORLD = Halves(at_lon=90.0)


def track(length_km=100, step_km=2, **columns):
    """A straight line eastward along the equator."""
    at = np.arange(0, length_km + step_km / 2, step_km)
    edges = [(k, k + 1) for k in range(len(at) - 1)]
    return draft([(0.0, km * KM) for km in at], edges, **columns)


def section(published_km, *, start=0, end=100, row=3, name="new-line", **changes):
    base = SectionLine(
        row=row,
        id=name,
        mode=Mode.RAIL,
        economies=(0,),
        points=((0.0, start * KM), (0.0, end * KM)),
        length_km=published_km,
        new_line=True,
        expected=True,
    )
    return replace(base, **changes)


def laid(made, *sections, mode=Mode.RAIL):
    found, traces = lay(made, sections, mode, WORLD)
    return found, {trace.id: trace for trace in traces}


def tagged(made, row=3):
    return np.flatnonzero(made.section == row)


def test_a_line_as_long_as_published_is_traced():
    made = track()
    found, traces = laid(made, section(100))
    assert traces["new-line"].how == "traced"
    assert traces["new-line"].model_km == pytest.approx(100)
    assert ends(found) == ends(made)
    assert np.array_equal(found.length_km, made.length_km)


def test_a_new_line_leaves_the_last_bit_at_each_end_to_the_older_ones():
    found, _ = laid(track(), section(100))
    inner = found.lon[found.tail[tagged(found)]] / KM
    assert 4 <= inner.min() <= 6
    assert 92 <= inner.max() <= 94


def test_an_improvement_owns_its_whole_line():
    found, traces = laid(track(), section(100, new_line=False))
    assert traces["new-line"].how == "traced"
    assert len(tagged(found)) == found.n_edges


def test_a_published_length_unknown_is_taken_as_drawn():
    found, traces = laid(track(), section(None))
    assert traces["new-line"].how == "traced"
    assert traces["new-line"].published_km is None
    assert len(tagged(found))


@pytest.mark.parametrize(
    ("share", "new_line", "how"),
    [
        (1 - TOLERANCE + 0.01, True, "traced"),
        (1 + TOLERANCE - 0.01, True, "traced"),
        (1 + TOLERANCE + 0.01, True, "added"),
        (1 + LONGER_IMPROVED - 0.01, False, "traced"),
        (1 + LONGER_IMPROVED + 0.01, False, "missing"),
        (1 - TOLERANCE - 0.01, True, "lengthened"),
        (SHORTEST_DRAWN + 0.01, False, "lengthened"),
        (SHORTEST_DRAWN - 0.01, True, "added"),
        (SHORTEST_DRAWN - 0.01, False, "missing"),
    ],
)
def test_what_is_done_depends_on_how_long_the_layer_draws_it(share, new_line, how):
    _, traces = laid(track(), section(100 / share, new_line=new_line))
    assert traces["new-line"].how == how


def test_a_line_drawn_without_its_bends_takes_its_published_length():
    made = track()
    found, traces = laid(made, section(140, new_line=False))
    assert traces["new-line"].how == "lengthened"
    assert found.length_km.sum() == pytest.approx(140)
    assert found.length_km == pytest.approx(made.length_km * 1.4)


def test_a_line_that_is_not_drawn_is_added_at_its_published_length():
    # Two lines with nothing between 30 and 100 km.
    made = draft([(0, km * KM) for km in (0, 30, 100, 130)], [(0, 1), (2, 3)])
    found, traces = laid(made, section(77, start=30, end=100))
    assert traces["new-line"].how == "added"
    new = tagged(found)
    assert found.length_km[new].sum() == pytest.approx(77)
    assert {1, 2} <= set(found.tail[new].tolist()) | set(found.head[new].tolist())
    assert set(found.economy.tolist()) == {0}
    assert (found.edge_mode[new] == Mode.RAIL).all()
    assert found.n_edges == made.n_edges + len(new)


def test_an_added_line_follows_its_waypoints():
    made = draft([(0, km * KM) for km in (0, 30, 100, 130)], [(0, 1), (2, 3)])
    points = ((0.0, 30 * KM), (50 * KM, 65 * KM), (0.0, 100 * KM))
    found, _ = laid(made, section(140, points=points))
    assert found.lat.max() == pytest.approx(50 * KM)
    assert found.length_km[tagged(found)].sum() == pytest.approx(140)


def test_an_added_line_may_end_where_no_line_is():
    made = draft([(0, 0), (0, 30 * KM)], [(0, 1)])
    found, traces = laid(made, section(90, start=30, end=30 + 2 * SNAP_KM))
    assert traces["new-line"].how == "added"
    assert found.lon.max() == pytest.approx((30 + 2 * SNAP_KM) * KM)
    degree = np.bincount(np.r_[found.tail, found.head])
    assert sorted(degree)[:2] == [1, 1]


def test_an_added_line_over_a_border_lies_on_both_sides_of_it():
    made = draft([(0, km * KM) for km in (0, 30, 100, 130)], [(0, 1), (2, 3)], [0, 0, 1, 1])
    line = section(70, start=30, end=100, economies=(0, 1))
    found, _ = lay(made, [line], Mode.RAIL, Halves(at_lon=65 * KM))
    fresh = np.arange(4, found.n_nodes)
    assert np.array_equal(found.economy[fresh], (found.lon[fresh] >= 65 * KM).astype(int))


@pytest.mark.parametrize("changes", [{"expected": False}, {"length_km": None}])
def test_what_does_not_stand_or_has_no_length_is_not_added(changes):
    made = draft([(0, km * KM) for km in (0, 30, 100, 130)], [(0, 1), (2, 3)])
    found, traces = laid(made, section(77, start=30, end=100, **changes))
    trace = traces["new-line"]
    assert (trace.how, trace.model_km) == ("missing", None)
    assert trace.note
    assert found is made


def test_a_way_through_another_economy_is_no_trace():
    economy = np.zeros(51, np.int16)
    economy[20:30] = 1
    _, traces = laid(track(economy=economy), section(100, expected=False))
    assert traces["new-line"].how == "missing"


def test_the_shorter_of_parallel_edges_is_taken():
    made = draft([(0, 0), (0, 100 * KM)], [(0, 1), (1, 0), (0, 1)], km=[130.0, 100.0, 110.0])
    found, traces = laid(made, section(100, new_line=False))
    assert traces["new-line"].model_km == 100
    assert tagged(found).tolist() == [1]


def test_only_sections_of_the_mode_are_laid():
    made = track(mode=Mode.ROAD)
    found, traces = laid(made, section(100), mode=Mode.ROAD)
    assert (traces, found) == ({}, made)
    _, traces = laid(made, section(100, mode=Mode.ROAD), mode=Mode.ROAD)
    assert traces["new-line"].how == "traced"


def test_new_lines_own_their_edges_before_improvements_of_longer_ones():
    improvement = section(100, row=1, name="electrified", new_line=False)
    new = section(40, start=30, end=70, row=2, name="new-part")
    for order in ([improvement, new], [new, improvement]):
        found, _ = laid(track(), *order)
        middle = found.section[
            (found.lon[found.tail] > 35 * KM) & (found.lon[found.head] < 65 * KM)
        ]
        assert set(middle.tolist()) == {2}
        assert set(found.section.tolist()) == {1, 2}


def test_waypoints_choose_between_two_ways():
    # A straight way and one by the north, both a line from 0 to 100.
    points = [(0, 0), (0, 50 * KM), (0, 100 * KM), (45 * KM, 50 * KM)]
    made = draft(points, [(0, 1), (1, 2), (0, 3), (3, 2)])
    line = ((0.0, 0.0), (45 * KM, 50 * KM), (0.0, 100 * KM))
    found, traces = laid(made, section(134, points=line, new_line=False))
    assert traces["new-line"].how == "traced"
    assert sorted(tagged(found).tolist()) == [2, 3]


def test_a_waypoint_does_not_move_the_ends():
    line = ((0.0, 0.0), (0.0, 50 * KM), (0.0, 100 * KM))
    found, _ = laid(track(), section(100, points=line))
    plain, _ = laid(track(), section(100))
    assert np.array_equal(found.section, plain.section)


def test_a_line_that_is_not_built_yet_leaves_the_older_line_open():
    found, traces = laid(track(), replace(section(100, new_line=True), standing=False))
    assert traces["new-line"].how == "added"
    assert tagged(found).min() >= track().n_edges


@settings(deadline=None, max_examples=60)
@given(
    st.floats(10, 400),
    st.integers(0, 100),
    st.integers(0, 100),
    st.booleans(),
    st.booleans(),
)
def test_no_section_loses_a_line_and_every_one_is_told_of(published, start, end, new, expected):
    made = track()
    line = section(published, start=start, end=end, new_line=new, expected=expected)
    found, traces = laid(made, line)
    trace = traces["new-line"]
    m = made.n_edges
    assert np.array_equal(found.tail[:m], made.tail)
    assert np.array_equal(found.head[:m], made.head)
    assert (found.length_km[:m] >= made.length_km * (1 - 1e-12)).all()
    if trace.how == "added":
        assert expected
        # Longer where an end had to be joined from afar.
        assert found.length_km[m:].sum() >= published * (1 - 1e-9)
        assert (found.section[m:] == line.row).all()
    else:
        assert found.n_edges == m
    if trace.how == "missing":
        assert found is made
