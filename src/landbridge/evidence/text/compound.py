"""Amounts written with two scales: "3 billion 640 million"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from landbridge.evidence.text.numbers import Number

_BETWEEN = re.compile(r"\s(?:and\s|и\s)?")
_STEP = 1000.0


def joined_scales(text: str, found: Iterable[Number]) -> tuple[Number, ...]:
    """Join numbers that one amount is written with, each of a smaller scale than the last.

    Examples
    --------
    >>> from landbridge.evidence.text.numbers import numbers
    >>> text = "3 billion 640 million, 2 million and 5 tonnes"
    >>> [one.value for one in joined_scales(text, numbers(text))]
    [3640000000.0, 2000000.0, 5.0]
    """
    joined: list[Number] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and _goes_on(text, last, one):
            whole = replace(
                last, end=one.end, value=last.value + one.value, scale=one.scale,
                bare=text[last.start : one.end],
            )  # fmt: skip
            joined[-1] = whole
        else:
            joined.append(one)
    return tuple(joined)


def _goes_on(text: str, last: Number, one: Number) -> bool:
    """Say whether a number is the smaller part of the amount before it."""
    whole = last.value == int(last.value) and "digits" == last.written == one.written
    smaller = one.scale > 1 and one.value < last.scale and one.scale * _STEP <= last.scale
    between = text[last.end : one.start]
    return whole and smaller and last.scale > 1 and _BETWEEN.fullmatch(between) is not None
