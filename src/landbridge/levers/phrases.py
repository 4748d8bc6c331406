"""Words for what levers do."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.levers.quantity import Quantity


def amount(quantity: Quantity) -> str:
    """A value, with its interval where it has one.

    Examples
    --------
    >>> amount(Quantity(value=12.0, low=8.0, high=20.0)), amount(Quantity(value=25000))
    ('12 (8 to 20)', '25,000')
    """
    if quantity.is_certain:
        return _number(quantity.value)
    return f"{_number(quantity.value)} ({_number(quantity.low)} to {_number(quantity.high)})"


def changed(factor: Quantity, what: str) -> str:
    """A factor as a change in per cent, or as a multiple from doubling on.

    Examples
    --------
    >>> changed(Quantity(value=0.7), "hours"), changed(Quantity(value=5), "capacity")
    ('hours -30 %', '5 times the capacity')
    """
    if factor.value >= 2:
        return f"{factor.value:g} times the {what}"
    return f"{what} {100 * (factor.value - 1):+.3g} %"


def joined(parts: Sequence[str]) -> str:
    """Parts with commas and an `and`.

    Examples
    --------
    >>> joined(["a", "b", "c"]), joined([])
    ('a, b and c', 'nothing')
    """
    if not parts:
        return "nothing"
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _number(value: float | None) -> str:
    return f"{value:,.10g}"
