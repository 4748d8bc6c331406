"""Measures that no thing of the kind has: a berth 12 km deep, a fee of 60 million."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.vocabulary import one_of
from landbridge.facts import rows

_CHANGED = re.compile(
    r"\b(?:by|drop of|fall of|rise of|decline of|increase of)\s(?:about |some |over |almost )?$"
    r"|(?<!\w)(?:сни[зж]\w+|упал\w*|подня\w+|выро\w+|увелич\w+|уменьш\w+|сократ\w+|повы\w+"
    r"|пони[зж]\w+)\s(?:\w+\s){0,3}на\s(?:около |почти )?$",
    re.IGNORECASE,
)
_BEFORE = 60
_AFTER = 30


def impossible_magnitudes(account: Account) -> Iterator[Conflict]:
    """Find figures outside what the table `evidence_magnitudes` allows things of their kind."""
    for fact in account.figures:
        if fact.value is None or not fact.unit or fact.attributes.get("change"):
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        start = max(sentence.start, fact.start, (fact.value_start or 0) - _BEFORE)
        end = min(sentence.end, (fact.value_end or 0) + _AFTER)
        beside = account.text[start:end]
        if _CHANGED.search(account.text[sentence.start : fact.value_start]):
            continue
        for row, words, others in _kinds():
            inside = row.low <= fact.value <= row.high
            if fact.unit not in row.units or inside or not words.search(beside):
                continue
            if others is not None and others.search(beside):
                continue
            yield conflict(
                "outlier",
                "high",
                f"{plain(fact.value)} {fact.unit}: {row.what}",
                f"{row.what.capitalize()}: {plain(row.low)} to {plain(row.high)} {fact.unit} are "
                "possible. The unit or a scale word is most likely wrong.",
                [fact],
            )
            break


_SMALL = re.compile(r"0[.,]\d+\s?(?:million|mln|млн|миллион\w*)\b", re.IGNORECASE)
_LARGE = 1e8
_LEAST_LARGE = 2


def scales_out_of_step(account: Account) -> Iterator[Conflict]:
    """Find "0.28 million" among amounts in billions: who writes so most likely means billions."""
    for fact in account.figures:
        if not _SMALL.search(str(fact.attributes.get("value_text", ""))):
            continue
        held = [
            f
            for f in account.figures_in(*account.paragraph_at(fact.value_start or 0))
            if f.unit == fact.unit and f is not fact
        ]
        large = [f for f in held if (f.value or 0.0) >= _LARGE]
        if len(large) >= _LEAST_LARGE and len(large) == len(held):
            yield conflict(
                "outlier",
                "medium",
                f"{fact.attributes['value_text']} {fact.unit} among amounts in billions",
                "The other amounts of the paragraph are a thousand times larger, and a part of a "
                "million is not written so. The scale word is most likely wrong.",
                [fact, *large],
            )


@cache
def _kinds() -> tuple[tuple[Any, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (row, _any_of(row.words), _any_of(row.not_beside) if row.not_beside else None)
        for row in rows("evidence_magnitudes")
    )


def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(forms)})(?!\w)", re.IGNORECASE)
