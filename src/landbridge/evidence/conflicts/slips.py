"""How one number becomes another by a slip: digits changed or swapped, a scale, a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from landbridge.evidence.model import Fact

Slip = Literal["swapped", "digit", "scale", "currency", "unit"]
_ALIKE = (frozenset(["km", "miles"]), frozenset(["tonnes", "kg"]), frozenset(["ha", "km2"]))
_MONEY = re.compile(r"[A-Z]{3}")
_LEAST_SCALE = 10.0
_LEAST_DIGITS = 2
_NEAR = 1e-9


def digits_of(value: float) -> str:
    """Digits that count in a value, from the first to the last that is not zero.

    Examples
    --------
    >>> digits_of(665_000.0), digits_of(24.1e9), digits_of(100.0)
    ('665', '241', '1')
    """
    return f"{value:.9g}".split("e")[0].replace(".", "").strip("0")


def slip_between(one: Fact, other: Fact) -> Slip | None:
    """Name the slip that makes one figure the other, None where none does.

    Examples
    --------
    >>> def figure(value, unit):
    ...     return Fact("d", "figure", "", 0, 0, "", value=value, unit=unit)
    >>> slip_between(figure(665e3, "TEU"), figure(656e3, "TEU"))
    'swapped'
    >>> slip_between(figure(22e9, "USD"), figure(22e6, "USD"))
    'scale'
    >>> slip_between(figure(51, "plants"), figure(85, "plants")) is None
    True
    """
    low, high = sorted((abs(one.value or 0.0), abs(other.value or 0.0)))
    if low <= 0:
        return None
    if one.unit != other.unit:
        money = _MONEY.fullmatch(one.unit or "") and _MONEY.fullmatch(other.unit or "")
        same = high - low <= _NEAR * high
        alike = any({one.unit, other.unit} <= units for units in _ALIKE)
        if alike and same and len(digits_of(high)) > _LEAST_DIGITS:
            return "unit"
        return "currency" if money and same else None
    first, second = digits_of(low), digits_of(high)
    if first == second:
        return "scale" if high / low >= _LEAST_SCALE - _NEAR else None
    if high / low < _LEAST_SCALE and _exponent(low) == _exponent(high):
        size = max(len(first), len(second))
        first, second = first.ljust(size, "0"), second.ljust(size, "0")
    same_size = len(first) == len(second) >= _LEAST_DIGITS and high / low < _LEAST_SCALE
    if same_size and sorted(first) == sorted(second):
        return "swapped"
    if same_size and sum(a != b for a, b in zip(first, second, strict=True)) == 1:
        return "digit"
    return None


def _exponent(value: float) -> int:
    return int(f"{value:e}".split("e")[1])


def slip_keys(fact: Fact) -> Iterator[tuple[str, str]]:
    """Keys that two figures share where a slip may lie between them, with the kind of slip."""
    digits = digits_of(abs(fact.value or 0.0))
    yield "scale", digits
    if len(digits) < _LEAST_DIGITS:
        return
    yield "swapped", "".join(sorted(digits.replace("0", "")))
    for at in range(len(digits)):
        yield "digit", f"{digits[:at]}?{digits[at + 1 :]}"
