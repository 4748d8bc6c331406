"""Every track has the gauge of its economy or of a listed exception; gauges meet where listed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import KM, draft, ends
from landbridge.network.draft import keep_edges
from landbridge.network.gauges import (
    BREAK_KM,
    SAME_GAUGE_MM,
    GaugeException,
    assign,
    cut_unlisted_breaks,
)


def five(**columns):
    """Five nodes 10 km apart eastward; the last two lie in economy 1."""
    points = [(0, 10 * k * KM) for k in range(5)]
    edges = [(k, k + 1) for k in range(4)]
    return draft(points, edges, economy=[0, 0, 0, 1, 1], **columns)


def cut(made, *places):
    lat, lon = np.array(places, float).reshape(-1, 2).T
    return cut_unlisted_breaks(made, lat, lon)


def test_gauge_by_economy_and_the_rest_at_the_default():
    assert assign(five(), {0: 1520}, []).gauge_mm.tolist() == [1520] * 3 + [1435] * 2
    assert assign(five(), {7: 1000}, [], default_mm=1067).gauge_mm.tolist() == [1067] * 5


def test_nodes_of_no_economy_take_the_default():
    made = draft([(0, 0)] * 2, [(0, 1)], economy=[-1, 0], km=[1])
    assert assign(made, {0: 1520, 3: 1000}, []).gauge_mm.tolist() == [1435, 1520]


def test_an_exception_in_a_box_holds_for_its_own_economy_only():
    box = (-1, 1, 15 * KM, 35 * KM)
    found = assign(five(), {0: 1520, 1: 1520}, [GaugeException(0, 1435, box=box)])
    assert found.gauge_mm.tolist() == [1520, 1520, 1435, 1520, 1520]


def test_an_exception_along_a_line_reaches_as_far_as_its_buffer():
    line = ((5 * KM, 0.0), (5 * KM, 20 * KM))
    for buffer_km, gauges in ((4.9, [1520] * 3), (5.1, [1435] * 3)):
        case = GaugeException(0, 1435, line=line, buffer_km=buffer_km)
        assert assign(five(), {0: 1520}, [case]).gauge_mm[:3].tolist() == gauges


def test_later_exceptions_win():
    box = (-1, 1, -1, 1)
    cases = [GaugeException(0, 1435, box=box), GaugeException(0, 1000, box=box)]
    assert assign(five(), {}, cases).gauge_mm[:3].tolist() == [1000] * 3


def test_gauges_do_not_meet_where_nothing_is_listed():
    made = five(gauge_mm=[1520] * 3 + [1435] * 2)
    whole, repair = cut(made, (10.0, 10.0))
    assert ends(whole) == [(0, 1), (1, 2), (3, 4)]
    assert (repair.count, repair.km) == (1, pytest.approx(10.0))


def test_gauges_meet_at_a_listed_place():
    made = five(gauge_mm=[1520] * 3 + [1435] * 2)
    whole, repair = cut(made, (0.0, 25 * KM))
    assert ends(whole) == ends(made)
    assert repair.count == 0


def test_a_place_serves_tracks_near_either_end():
    made = five(gauge_mm=[1520] * 3 + [1435] * 2)
    for east_km in (20 - BREAK_KM + 0.1, 30 + BREAK_KM - 0.1):
        assert cut(made, (0.0, east_km * KM))[1].count == 0
    for east_km in (20 - BREAK_KM - 0.1, 30 + BREAK_KM + 0.1):
        assert cut(made, (0.0, east_km * KM))[1].count == 1


def test_1520_and_1524_run_through():
    made = five(gauge_mm=[1520] * 3 + [1524] * 2)
    assert cut(made, (10.0, 10.0))[1].count == 0


GAUGES = st.sampled_from([600, 1000, 1435, 1520, 1524, 1668, 1676])


@settings(deadline=None)
@given(st.lists(GAUGES, min_size=5, max_size=5), st.floats(-100, 200), st.booleans())
def test_only_unlisted_breaks_go_whichever_way_an_edge_is_drawn(gauges, east_km, turn):
    made = five(gauge_mm=gauges)
    if turn:
        made = five(gauge_mm=gauges, tail=made.head, head=made.tail)
    whole, repair = cut(made, (0.0, east_km * KM))
    step = np.abs(np.diff(np.array(gauges)))
    near = np.array([min(abs(east_km - 10 * k), abs(east_km - 10 * k - 10)) for k in range(4)])
    if np.abs(near - BREAK_KM).min() < 0.01:
        return
    keep = (step <= SAME_GAUGE_MM) | (near <= BREAK_KM)
    assert ends(whole) == ends(keep_edges(made, keep))
    assert repair.count == int((~keep).sum())
