"""Checks that every id one table uses stands in the table it points to."""

from __future__ import annotations

from landbridge.facts.loader import by_id, columns, rows, tables
from landbridge.facts.problems import Problem, raise_if_any


def check() -> None:
    """Read every table and follow every `ref:` column.

    Raises
    ------
    FactError
        With every problem of the first broken table, or with every id that points nowhere.

    Examples
    --------
    >>> check()
    """
    problems: list[Problem] = []
    for name in tables():
        for column in columns(name):
            kind, _, words = column.base.partition(":")
            if kind != "ref":
                continue
            known: set[str] = set()
            for target in words.split("|"):
                known.update(by_id(target))
            problems.extend(
                Problem(f"{name}.csv", line, column.name, value, "no such id", column.hint)
                for line, row in enumerate(rows(name), start=2)
                for value in _flat(getattr(row, column.name))
                if value not in known
            )
    raise_if_any(problems)


def _flat(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in _flat(part)]
    return [str(value)]
