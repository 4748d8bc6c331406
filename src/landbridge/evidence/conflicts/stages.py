"""A whole said to be done whose parts are still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact

_DONE = re.compile(
    r"\b(?:have|has|had|were|was|are)\s+(?:already\s+|now\s+|all\s+|been\s+)*(?:completed|finished"
    r"|commissioned|implemented"
    r"|launched|built|put into operation)\b|\b(?:завершен\w*|построен\w*|реализован\w*|запущен\w*"
    r"|введен\w*)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|is to|are to|planned|scheduled|under construction|in progress|being built"
    r"|yet to|not yet)\b"
    r"|\b(?:будет|будут|планируется|строится|строятся|в стадии)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\bof (?:them|these|those|which|whom)\b|(?<!\w)из (?:них|которых)(?!\w)", re.IGNORECASE
)


def done_and_to_come(account: Account) -> Iterator[Conflict]:
    """Find "55 plants have been completed … 11 of them will be launched"."""
    total: Fact | None = None
    parts: list[Fact] = []
    for fact in [*account.figures, None]:
        if fact is not None and fact.attributes.get("noun_left_out"):
            if total is not None and _part_of(account, total, fact):
                parts.append(fact)
            continue
        if total is not None and parts:
            yield _told(total, parts)
        total, parts = (fact if fact is not None and _is_done(fact) else None), []


def _is_done(fact: Fact) -> bool:
    return bool(_DONE.search(fact.quote)) and not _TO_COME.search(fact.quote)


def _part_of(account: Account, total: Fact, fact: Fact) -> bool:
    here = account.paragraph_at(total.value_start or 0)
    same = here == account.paragraph_at(fact.value_start or 0) and fact.unit == total.unit
    sentence = account.sentence_at(total.value_start or 0)
    beside = sentence == account.sentence_at(fact.value_start or 0)
    between = account.text[total.value_end or 0 : (fact.value_end or 0) + 20]
    if beside and not _OF_THEM.search(between):
        return False
    return same and bool(_TO_COME.search(fact.quote))


def _told(total: Fact, parts: list[Fact]) -> Conflict:
    listed = " and ".join(plain(part.value) for part in parts)
    unit = total.unit or "of them"
    return conflict(
        "contradiction",
        "high",
        f"{plain(total.value)} {unit} are done, and {listed} of them are still to come",
        f"All {plain(total.value)} {unit} are said to be done, yet {listed} are to be launched, "
        f"completed or built. "
        "Either the total counts what was agreed, or the parts belong to another list.",
        [total, *parts],
    )
