"""Names in quotation marks that one text writes in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names.tokens import key

_QUOTED = re.compile(r"[“«\"„](?P<name>[A-ZА-ЯЁ][^\W\d_]{4,})[”»\"“]")
_LEAST = 5


def near_quoted(account: Account) -> Iterator[Conflict]:
    """Find “Yutong” and “Yutung”: one word in quotes, one letter off another."""
    from rapidfuzz.distance import OSA

    named = {key(m["name"]): m for m in reversed(list(_QUOTED.finditer(account.text)))}
    for (one, first), (other, second) in combinations(sorted(named.items()), 2):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        if min(len(one), len(other)) < _LEAST or OSA.distance(one, other) != 1:
            continue
        if not longer.startswith(shorter):
            yield conflict(
                "garbled",
                "low",
                f"“{first['name']}” and “{second['name']}” are most likely one name",
                "The two differ in one letter; one of them is most likely misspelled.",
                quotes=[account.quote(*match.span()) for match in (first, second)],
            )
