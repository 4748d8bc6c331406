"""The largest of a table, told beside it as another than the largest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.tables import lines_of_tables
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
    tables = list(lines_of_tables(account))
    if not tables:
        return
    for match in _TOP.finditer(account.text):
        if _ONE_OF.search(account.text, match.start(), match.end()):
            continue
        for lines in tables:
            start, end = lines[0][0].start, lines[-1][0].end
            if len(lines) < _LEAST or not start - _REACH < match.start() < end + _REACH:
                continue
            own = [one for one in lines if one[1].lower() == match["who"].lower()]
            if len(own) != 1 or start <= match.start() < end:
                continue
            more = [one for one in lines if one[2] > own[0][2]]
            if more:
                best = max(more, key=lambda one: one[2])
                yield conflict(
                    "contradiction",
                    "medium",
                    f"{match['who']} is not the first: {best[1]} has {plain(best[2])}, it has "
                    f"{plain(own[0][2])}",
                    "The table beside the claim gives another more.",
                    quotes=[
                        account.quote(*match.span()),
                        account.quote(*own[0][0]),
                        account.quote(*best[0]),
                    ],
                )
