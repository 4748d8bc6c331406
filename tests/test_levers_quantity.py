"""A number with an interval: what is refused, and that draws follow the interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from landbridge.levers.quantity import Quantity, Uncertain

finite = st.floats(-1e6, 1e6)
shares = st.floats(0.001, 0.999)


@st.composite
def quantities(draw):
    low, value, high = sorted(draw(st.tuples(finite, finite, finite)))
    return Quantity(value=value, low=low, high=high)


class Form(BaseModel):
    size: Uncertain | None = None


def test_a_plain_number_is_a_value_without_an_interval():
    assert Form(size=12).size == Quantity(value=12.0)
    assert Form(size=12).size.is_certain
    assert not Form(size={"value": 12, "low": 8, "high": 20}).size.is_certain


@pytest.mark.parametrize(
    "given_",
    [
        {"value": 1, "low": 0},
        {"value": 1, "low": 2, "high": 3},
        {"value": 1, "low": 0, "high": 0.5},
        {"value": 1, "most": 2},
        {"low": 0, "high": 1},
        float("nan"),
        float("inf"),
        True,
        "12",
    ],
)
def test_what_is_no_quantity_is_refused(given_):
    with pytest.raises(ValidationError):
        Form(size=given_)


@given(quantities())
def test_low_and_high_are_the_ends_of_nine_draws_in_ten(quantity):
    assert quantity.at(0.5) == quantity.value
    assert quantity.at(0.05) == pytest.approx(quantity.low, rel=1e-9, abs=1e-6)
    assert quantity.at(0.95) == pytest.approx(quantity.high, rel=1e-9, abs=1e-6)


@given(quantities(), shares, shares)
def test_draws_rise_with_their_share_and_stay_within_two_widths(quantity, one, other):
    first, second = sorted((one, other))
    assert quantity.at(first) <= quantity.at(second)
    for share in (first, second):
        assert quantity.at(share) >= quantity.value - 2 * (quantity.value - quantity.low) - 1e-6
        assert quantity.at(share) <= quantity.value + 2 * (quantity.high - quantity.value) + 1e-6


@given(finite, shares)
def test_a_certain_value_is_drawn_as_it_is(value, share):
    assert Quantity(value=value).at(share) == value


def test_nine_of_ten_uniform_shares_fall_inside():
    quantity = Quantity(value=12.0, low=8.0, high=20.0)
    drawn = np.array([quantity.at(share) for share in (np.arange(2000) + 0.5) / 2000])
    assert np.mean((drawn >= 8.0) & (drawn <= 20.0)) == pytest.approx(0.9, abs=0.002)
    assert np.median(drawn) == pytest.approx(12.0, abs=0.01)
