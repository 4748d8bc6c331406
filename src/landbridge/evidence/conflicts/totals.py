"""Totals said outright beside what they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import spread, sum_conflict
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.numbers import numbers

_COUNT_WORDS = r"(?:about |over |nearly |some |around )?(?:US)?[$€£¥]?\s?$"
_IN_TOTAL = re.compile(
    r"(?:\bin total|\btogether|\bin all|\baltogether|\bfor a total of|\ba total of"
    r"|\btotall?ing|\ball told"
    r"|\bmak(?:e|es|ing|ing up)|\bgiving|\badds? up to|\badding up to|\bsum to"
    r"|\b(?:total|overall|combined)\s(?:\w+\s){1,3}(?:is|was|are|were|reached|of|amounts? to"
    r"|comes? to|makes?)"
    r"|(?<!\w)всего|(?<!\w)в сумме|(?<!\w)итого"
    r"|(?<!\w)общ\w+\s\w+\s(?:составил\w*|составля\w+|равн\w+))"
    r"\W{0,3}(?:is |are |was |were |makes? )?" + _COUNT_WORDS,
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\s?(?:%|[^\W\d_]+\s?){0,3}?\b(?:together|in all|altogether|in total|all told"
    r"|(?:in|for|over) the (?:whole )?year(?: as a whole)?|вместе|всего|в сумме"
    r"|за (?:весь )?год)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:mak|giv)", re.IGNORECASE)
_SUMMED = re.compile(
    r"\b(?:the total|total (?:volume|amount|sum|cost|number|capacity|length)|in total|all together"
    r"|altogether|in sum|overall)\b|(?<!\w)(?:всего|итого|в сумме|общ\w+ (?:объ[её]м|сумм|числ"
    r"|стоимост"
    r"|мощност|протяж[её]нност)\w*)(?!\w)",
    re.IGNORECASE,
)
_FEWEST = 3
_NEAR_TOTAL = 0.3


def said_totals(account: Account) -> Iterator[Conflict]:
    """Find "A and B, in total C", "A, B and C make D together" where the sum is another.

    "Make" alone asks for three parts; so does "in the year", which must come to more than each.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.unit and f.unit != "percent"]
        for at, total in enumerate(held):
            start = max(sentence.start, (total.value_start or 0) - 45)
            told = _IN_TOTAL.search(account.text[start : total.value_start])
            after = _TOGETHER.match(account.text, total.value_end or 0, sentence.end)
            if told is None and after is None:
                continue
            parts = [
                f
                for f in held[:at]
                if f.unit == total.unit and not f.attributes.get("change") and not _each(f)
            ]
            parts = [f for f in parts if f.value != total.value] or parts
            outright = told is not None and not _WEAK.search(told.group())
            strong = outright or (after is not None and "year" not in after.group())
            if len(parts) < (2 if strong else _FEWEST):
                continue
            most = max(f.value or 0.0 for f in parts)
            if not outright and (total.value or 0.0) <= most:
                continue
            found = sum(f.value or 0.0 for f in parts)
            if abs(found - (total.value or 0.0)) > spread((*parts, total)):
                yield sum_conflict(parts, total, found)


def _each(fact: Fact) -> bool:
    return "each" in fact.quote[(fact.value_end or 0) - fact.start :][:12]


def totals_of_paragraphs(account: Account) -> Iterator[Conflict]:
    """Find a total told in a sentence of its own that the figures before it do not make.

    Three figures of its unit and more come before it in the paragraph; no run of them that ends
    at the total makes it, and all of them come within three tenths of it.
    """
    for sentence in account.sentences:
        told = _SUMMED.search(account.text, *sentence)
        here = [f for f in account.figures_in(*sentence) if f.unit and f.value]
        if told is None or len(here) != 1 or here[0].unit in {"percent", "times", "years"}:
            continue
        total = here[0]
        paragraph = account.paragraph_at(sentence.start)
        parts = [
            f
            for f in account.figures_in(paragraph.start, sentence.start)
            if f.unit == total.unit and f.value and not f.attributes.get("change")
        ]
        if len(parts) < _FEWEST or any((f.value or 0) >= (total.value or 0) for f in parts):
            continue
        if len({f.year for f in (*parts, total)}) > 1 or _unread(account, parts, sentence.start):
            continue
        slack = spread((*parts, total))
        sums = [sum(f.value or 0.0 for f in parts[at:]) for at in range(len(parts) - 1)]
        gap = abs(sums[0] - (total.value or 0.0))
        if all(abs(made - (total.value or 0.0)) > slack for made in sums) and gap <= (
            _NEAR_TOTAL * (total.value or 0.0)
        ):
            yield sum_conflict(parts, total, sums[0])


def _unread(account: Account, parts: list[Fact], end: int) -> bool:
    """Say whether a number with a scale stands among the parts that no figure was read from."""
    start = parts[0].value_start or 0
    told = [f.value_start or 0 for f in account.figures]
    return any(
        one.scale > 1 and not any(abs(start + one.start - at) <= 1 for at in told)
        for one in numbers(account.text[start:end])
    )
