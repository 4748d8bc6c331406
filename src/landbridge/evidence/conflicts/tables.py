"""Tables whose last line is a total: every column is added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span

_LINE = re.compile(r"[^\r\n]+")
_CELL = re.compile(r"\s*(?:\||\t)\s*")
_TOTAL = re.compile(r"\W{0,3}(?:grand )?(?:total|sum|in all|altogether|итого|всего)\b", re.I)
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[ \u00a0,]\d{3})+(?:[.,]\d+)?|[-+]?\d+(?:[.,]\d+)?")
_LEAST_CELLS = 2
_LEAST_ROWS = 2
_YEARS = range(1900, 2100)


def tables_and_totals(account: Account) -> Iterator[Conflict]:
    """Find a column of bare numbers, cells parted by bars or tabs, whose total is another.

    Percentages add up to 100 or to their total like other columns; a column of years does not
    count.
    """
    block: list[Span] = []
    for match in _LINE.finditer(account.text):
        line = Span(*match.span())
        cells = _CELL.split(line.of(account.text).strip(" |\t"))
        if len(cells) < _LEAST_CELLS:
            block = [] if line.of(account.text).strip() else block
            continue
        if _TOTAL.match(cells[0]) and len(block) >= _LEAST_ROWS:
            yield from _wrong(account, block, line)
            block = []
        else:
            block.append(line)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: where it stands, what it is called, its numbers by column."""

    span: Span
    label: str
    numbers: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of as many cells each, with their total where the last one is."""

    rows: tuple[Row, ...]
    total: Row | None

    @property
    def span(self) -> Span:
        """From the first line to the last."""
        last = self.total or self.rows[-1]
        return Span(self.rows[0].span.start, last.span.end)

    def lines_of(self, label: str) -> list[Span]:
        """Where a line and the total stand."""
        held = [row.span for row in self.rows if row.label == label]
        return [*held, self.total.span] if self.total else held


def tables(account: Account) -> Iterator[Table]:
    """Give the tables of a text, cells parted by bars or tabs; lines without a number are heads."""
    held: list[Row] = []
    for match in _LINE.finditer(account.text):
        line = Span(*match.span())
        words = line.of(account.text).strip(" |\t")
        cells = _CELL.split(words)
        if held and len(cells) != len(held[0].numbers) + 1:
            if words:
                yield Table(tuple(held), None)
                held = []
            continue
        numbered = _numbers(words)[1:] if len(cells) >= _LEAST_CELLS else []
        if not any(numbered):
            continue
        row = Row(line, cells[0].strip(), tuple(one[0] if one else None for one in numbered))
        if _TOTAL.match(cells[0]) and held:
            yield Table(tuple(held), row)
            held = []
        else:
            held.append(row)
    if held:
        yield Table(tuple(held), None)


def _wrong(account: Account, block: list[Span], line: Span) -> Iterator[Conflict]:
    rows = [_numbers(span.of(account.text)) for span in block]
    totals = _numbers(line.of(account.text))
    for column, total in enumerate(totals):
        if total is None or column == 0:
            continue
        parts = [row[column] for row in rows if len(row) == len(totals)]
        held = [part for part in parts if part is not None]
        if len(held) < _LEAST_ROWS or any(p is None for p in parts[1:]):
            continue
        if all(value in _YEARS for value, _ in held):
            continue
        found = sum(value for value, _ in held)
        slack = 0.5 * sum(step for _, step in (*held, total)) if total[1] < 1 else 0.0
        if abs(found - total[0]) > slack + 1e-9:
            listed = " + ".join(plain(value) for value, _ in held)
            yield conflict(
                "arithmetic",
                "high",
                f"{listed} = {plain(found)}, not {plain(total[0])}",
                f"The column adds up to {plain(found)}; its total is given as {plain(total[0])}.",
                quotes=[*(account.quote(*span) for span in block), account.quote(*line)],
            )


def _numbers(line: str) -> list[tuple[float, float] | None]:
    """Each cell's number with the step it is written in, None where it is none."""
    found: list[tuple[float, float] | None] = []
    for cell in _CELL.split(line.strip(" |\t")):
        match = _NUMBER.match(cell.strip(" %$€"))
        if match is None or re.search(r"[^\W\d_]{3,}", cell[match.end() :]):
            found.append(None)
            continue
        bare = re.sub(r"[ \u00a0]|,(?=\d{3}(?:\D|$))", "", match.group()).replace(",", ".")
        decimals = len(bare.partition(".")[2])
        found.append((float(bare), 10.0**-decimals))
    return found
