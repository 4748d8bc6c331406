"""What may be wrong with a facts table, collected and raised once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.errors import FactError

if TYPE_CHECKING:
    from landbridge.facts.columns import Column
    from landbridge.facts.record import Row


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that breaks the schema, and what would be right."""

    file: str
    line: int
    column: str
    value: str
    what: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.file} line {self.line}"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: {self.value!r}: {self.what}; should be: {self.fix}"


def raise_if_any(problems: Sequence[Problem]) -> None:
    """Raise one `FactError` that lists every problem, or do nothing when there is none."""
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in the facts"
        raise FactError("\n".join([f"{count}:", *(f"  {problem}" for problem in problems)]))


def repeated_ids(
    file: str, schema: Sequence[Column], lines: Sequence[int], rows: Sequence[Row]
) -> list[Problem]:
    """Problems of values that stand twice in a column of type `id`."""
    found: list[Problem] = []
    for column in schema:
        if column.type != "id":
            continue
        first: dict[str, int] = {}
        for line, row in zip(lines, rows, strict=True):
            value = getattr(row, column.name)
            if value in first:
                what = f"stands already on line {first[value]}"
                found.append(Problem(file, line, column.name, value, what, column.hint))
            first.setdefault(value, line)
    return found


def provenance_problems(file: str, lines: Sequence[int], rows: Sequence[Row]) -> list[Problem]:
    """Problems of rows that do not say where their figures come from."""
    found: list[Problem] = []
    for line, row in zip(lines, rows, strict=True):
        if row.confidence in {"published", "layer"} and not row.source_title:
            fix = f"a title, since confidence is {row.confidence}"
            found.append(Problem(file, line, "source_title", "", "blank", fix))
        if row.confidence == "published" and not row.address:
            fix = "where it can be read, or another confidence"
            found.append(Problem(file, line, "address", "", "blank", fix))
        if row.confidence in {"rule", "derived"} and not (row.rule or row.note):
            fix = f"the name of the rule, since confidence is {row.confidence}"
            found.append(Problem(file, line, "rule", "", "blank", fix))
    return found
