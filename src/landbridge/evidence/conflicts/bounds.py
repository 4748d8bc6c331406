"""Counts of more than there are, and shares of more than the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact
from landbridge.facts import rows

_SHARE_OF = re.compile(
    r"\b(?:account\w*\sfor|share\sof|make\w*\sup|made\sup|constitut\w+|compris\w+|доля\w*"
    r"|приходится)\b",
    re.IGNORECASE,
)
_SHARE_REACHED = re.compile(
    r"\bshare\sof\s[^,.;\d]{3,80}\s(?:reached|is|was|stood at|amounted to|rose to|grew to|makes"
    r"|made|exceeds|exceeded)\s(?:about |over |even )?$"
    r"|(?<!\w)доля\s[^,.;\d]{3,80}\s(?:достигла|составила|составляет|выросла до|превысила)\s$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\s*(?:%|percent|per cent)?\s*of\s(?:the|all|all the|its|their|these"
    r"|our)\s(?P<what>(?:\w+\s){0,2}?"
    r"\w{3,}s)\b"
    r"|\s*(?:%|процент\w*)?\s*(?:всех\s)?(?P<what2>\w{3,}(?:ов|ей|иц|ий))(?!\w)",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    r"(?:^|[,;:]\s)(?:Of|of|Из|из)\s(?:the|these|those|all|its|их|этих|всех)\s[^\W\d_]{4,}\s$"
)
_COVERS = re.compile(r"\b(?:cover\w*|reach\w*|охват\w+|покры\w+)\b", re.IGNORECASE)
_BEYOND = re.compile(
    r"\b(?:plan\w*|target\w*|norm\w*|quota\w*|level\w*|value\w*|price\w*|cost\w*|needs|demands?"
    r"|reserve\w*|revenue\w*|income\w*|earnings|assets|deposits|exports|imports|last|previous"
    r"|план\w*|норм\w*|уров\w+|потребност\w+|доход\w*|расход\w*)\b",
    re.IGNORECASE,
)
_NEAR = 45
_IN = re.compile(r"\b[Ii]n (?:[A-Z]\w+\s){1,2}(?:about |some |over )?$")
_WHOLE = 100.0


def broken_bounds(account: Account) -> Iterator[Conflict]:
    """Find counts above the bounds of the table `evidence_bounds`; the tightest is named."""
    for fact in account.figures:
        if fact.value is None or not fact.unit:
            continue
        beside = _beside(account, fact)
        broken = [
            row
            for row in rows("evidence_bounds")
            if fact.unit.lower() in row.units
            and fact.value > row.high
            and (not row.scope or any(_has(beside, word) for word in row.scope))
            and not any(_has(beside, word) for word in row.not_beside)
        ]
        if broken:
            row = min(broken, key=lambda one: one.high)
            yield beyond(fact, row)


def beyond(fact: Fact, row: Any) -> Conflict:
    """Tell of a figure above what there can be, by the row that says how much that is."""
    return conflict(
        "bound",
        "high",
        f"{plain(fact.value)} {fact.unit}: there are no more than {plain(row.high)} {row.what}",
        f"{row.what.capitalize()}: at most {plain(row.high)}"
        + (f" ({row.note})." if row.note else "."),
        [fact],
    )


def shares_above_one(account: Account) -> Iterator[Conflict]:
    """Find parts of a whole of more than 100 %."""
    for fact in account.figures:
        if fact.unit != "percent" or (fact.value or 0.0) <= _WHOLE or fact.attributes.get("change"):
            continue
        before = account.text[max(fact.start, (fact.value_start or 0) - _NEAR) : fact.value_end]
        of_them = _OF_THEM.match(account.text, fact.value_end or 0)
        whole = (
            of_them is not None
            and not _BEYOND.search(of_them.group())
            and (of_them["what"] is not None or _COVERS.search(before))
        )
        sentence = account.sentence_at(fact.value_start or 0)
        reached = _SHARE_REACHED.search(account.text[sentence.start : fact.value_start])
        opens = _OF_THESE.search(account.text[sentence.start : fact.value_start])
        if _SHARE_OF.search(before) or whole or reached or opens:
            yield conflict(
                "bound",
                "high",
                f"a share of {plain(fact.value)} %",
                "A part of a whole cannot be more than 100 % of it.",
                [fact],
            )


def _beside(account: Account, fact: Fact) -> str:
    """The number's own phrase: from just before it to the end of its noun phrase."""
    start, end = fact.value_end or 0, account.sentence_at(fact.value_start or 0).end
    stop = re.search(r"[;:()]|,\s|\band\s(?:about |over |some )?\d", account.text[start:end])
    stretch = account.text[start : start + stop.start() if stop else min(end, start + 2 * _NEAR)]
    lead = _IN.search(account.text[max(0, (fact.value_start or 0) - _NEAR) : fact.value_start])
    return " ".join(f"{stretch} {lead.group() if lead else ''}".lower().split())


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text) is not None
