"""What every lever checks about its own fields, before it looks anything up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from landbridge.errors import InputError
from landbridge.levers.lever import Lever
from landbridge.levers.quantity import Quantity


def year_problems(lever: Lever) -> Iterator[str]:
    """Years in the wrong order."""
    first, last = lever.from_year, lever.to_year
    if first is not None and last is not None and first > last:
        yield f"from_year {first} is after to_year {last}: swap them, or leave one out"


def given(lever: Lever, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the fields that are set."""
    return tuple(name for name in names if getattr(lever, name) not in (None, (), ""))


def none_given(lever: Lever, *names: str) -> Iterator[str]:
    """No field of those that make a change is set."""
    if not given(lever, names):
        yield f"nothing is changed: give at least one of {', '.join(names)}"


def many_given(lever: Lever, *names: str) -> Iterator[str]:
    """More than one of fields that contradict each other is set."""
    found = given(lever, names)
    if len(found) > 1:
        yield f"{' and '.join(found)} contradict each other: keep one"


def shut_and_changed(lever: Lever, *names: str) -> Iterator[str]:
    """`open = false` beside changes that nobody would meet."""
    found = given(lever, names)
    if getattr(lever, "open", None) is False and found:
        yield f"open = false leaves nothing to change: leave out {', '.join(found)}"


def below_zero(lever: Lever, *names: str) -> Iterator[str]:
    """Fields that may be zero and no less; drawn values below are taken as zero."""
    for name in given(lever, names):
        least = _least(getattr(lever, name))
        if least < 0:
            yield f"{name} is {least:g}: it cannot be less than 0"


def not_positive(lever: Lever, *names: str) -> Iterator[str]:
    """Fields that must stay above zero; draws of what is positive stay positive."""
    for name in given(lever, names):
        quantity = getattr(lever, name)
        if _least(quantity) <= 0:
            yield f"{name} is {_least(quantity):g}: it must be above 0"


def asked(look_up: Callable[[], object]) -> Iterator[str]:
    """The message of a look-up that fails."""
    try:
        look_up()
    except InputError as error:
        yield str(error)


def not_below(quantity: Quantity, least: float = 0.0) -> float:
    """The value, no less than `least`: the tail of a draw ends there.

    Examples
    --------
    >>> not_below(Quantity(value=-0.1)), not_below(Quantity(value=0.3))
    (0.0, 0.3)
    """
    return max(quantity.value, least)


def _least(quantity: Quantity) -> float:
    return quantity.value if quantity.low is None else quantity.low
