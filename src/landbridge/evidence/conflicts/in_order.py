"""Ranks told in an order that their own numbers do not follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import amounts
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict

_TOP = re.compile(
    r"\b(?:largest|biggest|greatest|leads?|leading|leader|first place|ranks? first|top|most"
    r"|highest|number one|headed|heads)\b"
    r"|(?<!\w)(?:крупнейш\w+|наибольш\w+|лидир\w+|лидер\w*|перв\w+ мест\w+|больше всего"
    r"|возглавля\w+)(?!\w)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:followed by|next (?:comes?|is|are)|then comes?|ahead of|second (?:is|comes|place)"
    r"|in second place|behind it|runner-up|after it)\b"
    r"|(?<!\w)(?:за (?:ним|ней|ними)|далее|следом|следу[её]т|следуют|затем"
    r"|на втором (?:месте)?|опережая|втор\w+ мест\w+)(?!\w)",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"\b(?:smallest|least|lowest|shortest|cheapest|fastest|before)\b"
    r"|(?<!\w)(?:наименьш\w+|меньше всего)",
    re.IGNORECASE,
)
_NO_SIZE = frozenset(["years", "times", "percentage points"])


def in_order(account: Account) -> Iterator[Conflict]:
    """Find "the largest creditor is A with 7.1 billion, followed by B with 9.3 billion"."""
    for sentence in account.sentences:
        text = account.text
        top = _TOP.search(text, *sentence)
        after = _NEXT.search(text, top.end() if top else sentence.end, sentence.end)
        if top is None or after is None or _TURNED.search(text, *sentence):
            continue
        held = amounts(account, *sentence)
        first = [one for one in held if one.end <= after.start() and one.unit not in _NO_SIZE]
        later = [one for one in held if one.start >= after.end()]
        if not first or not later or first[-1].unit is None:
            continue
        one, other = first[-1], later[0]
        if other.unit not in {one.unit, None} or other.value <= one.value + one.near + other.near:
            continue
        if len({f.year for f in (one.fact, other.fact) if f is not None}) > 1:
            continue
        yield conflict(
            "contradiction",
            "high",
            f"first with {plain(one.value)} {one.unit}, and next after it one of "
            f"{plain(other.value)}",
            "What comes next in a rank cannot have more than what stands before it.",
            [f for f in (one.fact, other.fact) if f is not None],
            [account.quote(*sentence)],
        )
