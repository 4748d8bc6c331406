"""Multiples told in words that the levels beside them do not make."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict

_NO_LEVEL = frozenset(["percent", "times", "percentage points", "share", "years", "months", None])
_WORDS = (
    (2.0, re.compile(r"\bdoubl(?:ed|ing)\b|(?<!\w)удвои\w+", re.IGNORECASE)),
    (3.0, re.compile(r"\b(?:tripl|trebl)(?:ed|ing)\b|(?<!\w)утрои\w+", re.IGNORECASE)),
    (4.0, re.compile(r"\bquadrupl(?:ed|ing)\b", re.IGNORECASE)),
    (0.5, re.compile(r"\bhalved\b", re.IGNORECASE)),
)
_SAID = re.compile(r"\b(?:almost|nearly|more than|about|over|почти|более чем)\s$", re.IGNORECASE)
_FAR = 0.2


def multiples_in_words(account: Account) -> Iterator[Conflict]:
    """Find "doubled from 100 to 300": the only two levels of the sentence make another multiple."""
    for sentence in account.sentences:
        for multiple, form in _WORDS:
            match = form.search(account.text, *sentence)
            if match is None:
                continue
            held = [f for f in account.figures_in(*sentence) if f.unit not in _NO_LEVEL and f.value]
            before = account.text[max(sentence.start, match.start() - 12) : match.start()]
            if len({f.unit for f in held}) != 1 or _SAID.search(before):
                continue
            if len(held) > 2:
                held = sorted(held, key=lambda f: f.value or 0.0)[:: len(held) - 1]
                if multiple < 1 or (held[1].value or 0) > (1 - _FAR) * multiple * (
                    held[0].value or 0
                ):
                    continue
            if len(held) != 2:
                continue
            between = account.text[held[0].value_end or 0 : held[1].value_start or 0]
            if len({f.year for f in held}) == 1 and not re.search(r"\b(?:to|до)\b", between):
                continue
            one, other = sorted(held, key=lambda f: (f.year or 0, f.value_start or 0))
            ratio = (other.value or 1.0) / (one.value or 1.0)
            if min(abs(ratio / multiple - 1), abs(1 / ratio / multiple - 1)) > _FAR:
                yield conflict(
                    "arithmetic",
                    "medium",
                    f"{plain(one.value)} and {plain(other.value)} {one.unit}: not {match.group()}",
                    f"{plain(other.value)} is {ratio:.2f} times {plain(one.value)}.",
                    held,
                    [account.quote(*sentence)],
                )
