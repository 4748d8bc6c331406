"""Averages that lead to the load that answers itself, whatever the slope of the answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.assess.averaging import Averaging


def rounds(answer, start, within=1e-3, most=500):
    steps, load = Averaging(), np.array(start, float)
    for number in range(most):
        found = answer(load)
        if np.abs(found - load).max() <= within * max(np.abs(found).max(), 1e-9):
            return load, number
        load = steps.towards(load, found)
    raise AssertionError(f"still away after {most} rounds")


def equally(answer, start, within=1e-3, most=5000):
    load = np.array(start, float)
    for number in range(most):
        found = answer(load)
        if np.abs(found - load).max() <= within * max(np.abs(found).max(), 1e-9):
            return number
        load = load + (found - load) / (number + 1.0)
    return most


@given(st.floats(0.0, 8.0), st.floats(1.0, 100.0))
def test_a_falling_answer_is_met_where_it_meets_itself(slope, level):
    load, _ = rounds(lambda x: level - slope * x, [0.0])
    assert load[0] == pytest.approx(level / (1.0 + slope), rel=0.01)


@given(st.floats(1.0, 50.0))
def test_two_posts_side_by_side_share_what_comes(demand):
    def answer(load):
        hours = 1.0 + 0.15 * load**4
        share = hours**-6.8 / (hours**-6.8).sum()
        return demand * share

    load, _ = rounds(answer, [demand, 0.0])
    assert load[0] == pytest.approx(load[1], rel=0.01)


def test_the_first_step_goes_all_the_way():
    assert Averaging().towards(np.zeros(2), np.array([3.0, 4.0])).tolist() == [3.0, 4.0]


def test_it_needs_fewer_rounds_than_equal_weights_where_the_start_is_far():
    def answer(load):
        return 10.0 / (1.0 + 0.15 * (load / 4.0) ** 4)

    assert rounds(answer, [500.0])[1] < equally(answer, [500.0])
