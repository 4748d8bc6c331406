"""The largest of a table, told beside it as another than the largest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.tables import Row, tables
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict

_TOP = re.compile(
    r"(?P<who>[A-ZА-ЯЁ][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})\s(?:was|is|were|are|remains?|remained"
    r"|became|stays|ranks?|ranked|comes?|came|оста[её]тся|был\w*|стал\w*|—)\s(?:by far\s)?"
    r"(?:the\s|its\s|our\s)?(?:largest|biggest|first|top|leading|main|крупнейш\w+|перв\w+)\b"
    r"(?!\s(?:time|of all to))"
)
_ONE_OF = re.compile(r"\b(?:one of|among|second|third|after|not)\b[^.;]{0,20}$", re.IGNORECASE)
_LEAST = 3
_REACH = 900


def tops_of_tables(account: Account) -> Iterator[Conflict]:
    """Find "B was the largest buyer" beside a table in which A has more than B.

    The table has three lines and more and one column of numbers; the claim stands within a page
    of it.
    """
    held = [table for table in tables(account) if len(table.rows) >= _LEAST]
    if not held:
        return
    for match in _TOP.finditer(account.text):
        if _ONE_OF.search(account.text, match.start(), match.end()):
            continue
        for table in held:
            start, end = table.span
            if not start - _REACH < match.start() < end + _REACH or start <= match.start() < end:
                continue
            best = _better(table.rows, match["who"])
            if best is not None:
                own, first = best
                yield conflict(
                    "contradiction",
                    "medium",
                    f"{own.label} is not the first: {first.label} has "
                    f"{plain(first.numbers[0])}, it has {plain(own.numbers[0])}",
                    "The table beside the claim gives another more.",
                    quotes=[account.quote(*match.span()), account.quote(*own.span),
                            account.quote(*first.span)],
                )  # fmt: skip


def _better(rows: tuple[Row, ...], who: str) -> tuple[Row, Row] | None:
    """The line of who is called first, and the one that has more in a table of one column."""
    own = [row for row in rows if row.label.lower() == who.lower()]
    told = [row for row in rows if row.numbers[0] is not None and len(row.numbers) == 1]
    if len(own) != 1 or own[0] not in told:
        return None
    best = max(told, key=lambda row: row.numbers[0] or 0.0)
    return (own[0], best) if (best.numbers[0] or 0.0) > (own[0].numbers[0] or 0.0) else None
