"""Shares told of a table's lines that its numbers do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.tables import Table, tables
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact

_OF_ALL = re.compile(
    r"\s*(?:%|percent|per cent|процент\w*)?\s*(?:of|от|из)\s(?:the\s|all\s|their\s|its\s|this\s"
    r"|that\s|всех\s|всей\s)*(?:sum|total|whole|amount|volume|number|exports?|imports?|loans?|trade"
    r"|all|суммы|общ\w+|объ[её]ма|числа|всех|всего)\b|\s*(?:%|percent)?\s*of (?:them|all|it)\b",
    re.IGNORECASE,
)
_LEAST_SLACK = 1.0
_REACH = 2500


def shares_of_tables(account: Account) -> Iterator[Conflict]:
    """Find "its loans make 52 percent of the sum" beside a table that gives 39.

    The clause names one line of a table whose last line is its total; no column gives the share.
    """
    held = [table for table in tables(account) if table.total is not None]
    if not held:
        return
    for fact in account.figures:
        if fact.unit != "percent" or fact.attributes.get("change") or not fact.value:
            continue
        if account.in_table(fact.value_start or 0) or not _OF_ALL.match(
            account.text, fact.value_end or 0
        ):
            continue
        for table in held:
            found = _named(account, fact, table)
            if found is None or not _near(table, fact):
                continue
            label, shares = found
            slack = max(_LEAST_SLACK, rounding(fact))
            if shares and not any(abs(share - fact.value) <= slack for share in shares):
                told = " or ".join(plain(round(share)) for share in shares)
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{label}: {told} % by the table, not {plain(fact.value)} %",
                    f"The table's numbers of {label} are {told} % of its totals.",
                    [fact],
                    [account.quote(*span) for span in table.lines_of(label)],
                )


def _near(table: Table, fact: Fact) -> bool:
    start, end = table.span
    return start - _REACH < (fact.value_start or 0) < end + _REACH


def _named(account: Account, fact: Fact, table: Table) -> tuple[str, list[float]] | None:
    """The one line that the clause names, and its share of each column's total."""
    clause = account.text[fact.start : fact.value_start].lower()
    named = [row for row in table.rows if row.label.lower() in clause and row.label]
    if len(named) != 1 or table.total is None:
        return None
    pairs = zip(named[0].numbers, table.total.numbers, strict=False)
    return named[0].label, [100.0 * a / b for a, b in pairs if a is not None and b]
