"""A part counted out of its whole, beside the share it is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import Amount, amounts
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict

_OUT_OF = re.compile(
    r"\s(?:\w+\s){0,2}?(?:out of|of|from among|из)\s(?:the|all|its|their|our|these|a total of|всех"
    r"|этих)?\s?(?:US)?[$€£]?",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|[.;:(,–—-]\s|\s)(?:Out of|Of|Из|Among|От)\s(?:the|all|its|their|our|these|a total of"
    r"|всех|этих)?\s?$",
    re.IGNORECASE,
)
_THAT_IS = re.compile(
    r"[,;(]|\b(?:or|that is|i\.e|namely|making|thus)\b|\s[-–—]\s"
    r"|(?<!\w)(?:или|то есть|т\.\s?е|что)(?!\w)",
    re.IGNORECASE,
)
_FILLED = re.compile(
    r"(?:\s|[a-z]+s\s(?=or|that)|\b(?:or|that is|i\.e\.?|namely|making|thus|about|only|just|some"
    r"|almost|nearly|over)\b|(?<!\w)(?:или|то есть|т\.\s?е\.|что составляет|около|примерно|почти"
    r"|лишь|всего)(?!\w))*",
    re.IGNORECASE,
)
_SHARES = frozenset(["percent", "share"])
_NEAR = 60
_SLACK = 0.012
_LEAST_WHOLE = 3.0


def counted_shares(account: Account) -> Iterator[Conflict]:
    """Find "of the 40 engines 31, that is 85 percent", and "a quarter of them, nine of the 30".

    The share stands right beside the part and its whole, nothing between but their nouns and
    "or", "that is" or a comma.
    """
    for sentence in account.sentences:
        held = amounts(account, *sentence)
        for at, (one, other) in enumerate(pairwise(held)):
            pair = _pair(account, one, other, sentence.start)
            if pair is None:
                continue
            part, whole = pair
            beside = [*held[at + 2 : at + 3], *held[max(0, at - 1) : at]]
            share = next((s for s in beside if _said_of(account, s, one, other)), None)
            if share is None or share.fact is None:
                continue
            told = share.value / 100 if share.unit == "percent" else share.value
            near = share.near / 100 if share.unit == "percent" else 0.0
            soft = bool(share.fact.attributes.get("qualifier"))
            true = part.value / whole.value
            if abs(true - told) <= max(near, _SLACK) + (0.05 if soft else 0.0):
                continue
            yield conflict(
                "arithmetic",
                "high",
                f"{plain(part.value)} of {plain(whole.value)} is {100 * true:.0f} %, not "
                f"{plain(round(100 * told, 1))} %",
                f"{plain(part.value)} of {plain(whole.value)} make {100 * true:.1f} %; the text "
                f"says {plain(round(100 * told, 1))} %.",
                [f for f in (part.fact, whole.fact, share.fact) if f is not None],
                [account.quote(min(one.start, share.start), max(other.end, share.end))],
            )


def _pair(account: Account, one: Amount, other: Amount, start: int) -> tuple[Amount, Amount] | None:
    """Which of two amounts is a part of the other, by the words between or before them."""
    if {one.unit, other.unit} & (_SHARES | {"times", "percentage points"}):
        return None
    units = {one.unit, other.unit} - {None}
    if len(units) > 1:
        return None
    gap = account.text[one.end : other.start]
    if _OUT_OF.fullmatch(gap) and one.value < other.value and other.value >= _LEAST_WHOLE:
        return one, other
    lead = account.text[max(start, one.start - 30) : one.start]
    short = len(gap.split()) <= 4 and "," not in gap
    if short and _OPENS.search(lead) and other.value < one.value and one.value >= _LEAST_WHOLE:
        return other, one
    return None


def _said_of(account: Account, share: Amount, one: Amount, other: Amount) -> bool:
    """Say whether a share is told of the pair: right after it, or before it up to a comma."""
    if share.unit not in _SHARES or share.fact is None or share.fact.attributes.get("change"):
        return False
    after = share.start >= other.end
    gap = account.text[other.end : share.start] if after else account.text[share.end : one.start]
    if len(gap) > _NEAR or not _THAT_IS.search(gap):
        return False
    if not after:
        return gap.rstrip().endswith((",", "(", "–", "—", ":", "or", "или", "есть", "is"))
    return _FILLED.fullmatch(re.split(r"[,;(]|\s[-–—]\s", gap)[-1]) is not None
