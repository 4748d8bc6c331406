"""Columns of figures with their sum on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span

_LINE = re.compile(r"[^\r\n]+")
_TOTAL = re.compile(
    r"\W{0,3}(?:grand )?(?:total|sum|in all|итого|всего|合计|总计)\b", re.IGNORECASE
)
_RATES = frozenset(["percent", "percentage points", "times", "share"])
_LEAST = 2


def columns_and_totals(account: Account) -> Iterator[Conflict]:
    """Find a line "Total …" whose figure is not the sum of those on the lines above it.

    A column is the run of lines above that hold exactly one figure of the unit each.
    """
    block: list[Span] = []
    for match in _LINE.finditer(account.text):
        line = Span(*match.span())
        if _TOTAL.match(account.text, line.start):
            yield from _wrong(account, block, line)
            block = []
        elif line.of(account.text).strip():
            block.append(line)


def _wrong(account: Account, block: list[Span], line: Span) -> Iterator[Conflict]:
    for total in account.figures_in(*line):
        if total.unit is None or total.unit in _RATES or total.attributes.get("range_high"):
            continue
        column = _column(account, block, total.unit)
        if len(column) < _LEAST:
            continue
        found = sum(one.value or 0.0 for one in column)
        slack = rounding(total) + sum(rounding(one) for one in column)
        if abs(found - (total.value or 0.0)) > slack:
            listed = " + ".join(plain(one.value) for one in column)
            yield conflict(
                "arithmetic",
                "high",
                f"{listed} = {plain(found)} {total.unit}, not {plain(total.value)}",
                f"The column adds up to {plain(found)}; its total is given as "
                f"{plain(total.value)}.",
                [*column, total],
            )


def _column(account: Account, block: list[Span], unit: str) -> list[Fact]:
    """The figures of a unit, one a line, from the total upwards until a line has another number."""
    column: list[Fact] = []
    for line in reversed(block):
        held = [one for one in account.figures_in(*line) if one.unit == unit]
        if len(held) != 1:
            break
        column.insert(0, held[0])
    return column
