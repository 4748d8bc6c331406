"""Parts told right after their total: "42 ports, of them 18 in Asia, 14 in Africa …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.conflicts.telling import conflict, plain, spread, sum_conflict
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.numbers import numbers
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import words

_MARK = re.compile(
    r"\b(?P<all>of (?:them|which|these|those|whom)|namely|consist\w* of|compris\w+|made up of"
    r"|divided (?:into|between|among)|broken down)\b|\b(?P<some>including|among (?:them|which))\b"
    r"|(?<!\w)(?P<all2>из (?:них|которых)|состо\w+ из|а именно|складыва\w+)(?!\w)"
    r"|(?<!\w)(?P<some2>в том числе|включая|среди них)(?!\w)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:rest|remaining|remainder|others?)\b|(?<!\w)(?:остальн\w+|проч\w+)(?!\w)", re.IGNORECASE
)


_LEAST = 2
_ALL = 3
_RATES = frozenset(["percent", "times", "percentage points", "share", "years", "days", "hours"])


def parts_after_totals(account: Account) -> Iterator[Conflict]:
    """Find a total whose parts, listed after it in one sentence, add up to another number.

    Parts that exceed the total conflict whatever leads to them. Parts that fall short do only
    where the words mean all of it ("of them", not "including") and three parts and more, or "the
    rest", are listed.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit not in _RATES]
        for match in _MARK.finditer(account.text, *sentence):
            before = [f for f in held if (f.value_end or 0) <= match.start()]
            after = [f for f in held if (f.value_start or 0) >= match.end()]
            if len(before) > 1 and _own(account, before, match.start()):
                before, after = before[:-1], [before[-1], *after]
            found = _total_and_parts(before, after)
            if found is None:
                continue
            total, parts = found
            made = sum(part.value or 0.0 for part in parts)
            slack = spread((total, *parts))
            gap = made - (total.value or 0.0)
            rest = _REST.search(account.text, match.end(), sentence.end) is not None
            means_all = bool(match["all"] or match["all2"])
            whole = means_all and (len(parts) >= _ALL or rest)
            if gap > slack or (whole and -gap > slack and not _soft(total)):
                listed = " + ".join(plain(part.value) for part in parts)
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{listed} = {plain(made)} {total.unit}, not {plain(total.value)}",
                    f"The parts {listed} add up to {plain(made)}; the total is given as "
                    f"{plain(total.value)}.",
                    [total, *parts, *_again(account, total)],
                    [account.quote(*Span(total.start, parts[-1].end))],
                )


def _own(account: Account, before: list[Fact], mark: int) -> bool:
    """Say whether the mark belongs to the part before it: "$2,400, $700 of which is fuel"."""
    total, part = before[-2:]
    gap = account.text[part.value_end or 0 : mark]
    return (
        total.unit == part.unit
        and (part.value or 0.0) < (total.value or 0.0)
        and len(gap.split()) <= 1
        and "," not in gap
    )


def _again(account: Account, total: Fact) -> list[Fact]:
    """The same total told again in the paragraph."""
    return [
        f
        for f in account.figures_in(*account.paragraph_at(total.value_start or 0))
        if f.id != total.id and (f.value, f.unit) == (total.value, total.unit)
    ]


def _total_and_parts(before: list[Fact], after: list[Fact]) -> tuple[Fact, list[Fact]] | None:
    """The last figure before the mark that later ones share the unit of, and those."""
    for total in reversed(before):
        parts = [
            f
            for f in after
            if f.unit == total.unit
            and (f.value or 0.0) < (total.value or 0.0)
            and not f.attributes.get("range_high")
            and not f.attributes.get("change")
        ]
        if len(parts) >= _LEAST:
            return (total, parts) if not _soft(total, low_only=True) else None
    return None


def _soft(total: Fact, *, low_only: bool = False) -> bool:
    """Say whether the total is only bounded: "over 600" may be more than its parts' sum."""
    bounds = {"over", "at least"} if low_only else {"over", "at least", "up to", "nearly", "about"}
    return total.attributes.get("qualifier") in bounds


_COLON = re.compile(r"\s*[:(–—-]\s*$")
_GENERIC = words(
    """
    people persons participants delegates members experts representatives guests students workers
    employees projects enterprises companies objects agreements documents countries states
    человек участников специалистов
    """
)


def parts_of_own_nouns(account: Account) -> Iterator[Conflict]:
    """Find "45 people: 20 businessmen, 15 officials and 12 journalists"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit]
        for at, total in enumerate(held):
            parts = held[at + 1 :]
            if total.unit not in _GENERIC or len(parts) < _LEAST or _soft(total):
                continue
            lead = account.text[total.value_end or 0 : parts[0].value_start]
            gaps = [account.text[a.value_end or 0 : b.value_start or 0] for a, b in pairwise(parts)]
            listed = all(
                len(gap.split()) <= _ITEM_WORDS and re.search(r"(?:,|\band|(?<!\w)и)\s", gap)
                for gap in gaps
            )
            if not _COLON.search(lead) or len(lead.split()) > _ITEM_WORDS or not listed:
                continue
            if any(not counts(f) or f.attributes.get("qualifier") for f in parts):
                continue
            stretch = account.text[total.value_end or 0 : sentence.end]
            if len(numbers(stretch)) != len(parts):
                continue
            made = sum(part.value or 0.0 for part in parts)
            if made != total.value:
                listed_parts = " + ".join(plain(part.value) for part in parts)
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{listed_parts} = {plain(made)}, not {plain(total.value)} {total.unit}",
                    f"The list makes {plain(made)}; {plain(total.value)} are announced.",
                    [total, *parts],
                )
            break


_ITEM_WORDS = 6


_SOME = re.compile(
    r"\b(?:including|such as|among|each|e\.g)\b"
    r"|(?<!\w)(?:включая|в том числе)(?!\w)",
    re.I,
)
_BALANCED = re.compile(
    r"\b(?:balance|surplus|deficit)\b|(?<!\w)(?:сальдо|профицит|дефицит)", re.IGNORECASE
)
_MOST_SHORT = 0.25


_PLACED = re.compile(r"\s(?:in|to|from|for|by|with|at|on|в|на|из|для|по)\s", re.IGNORECASE)


def _placed(account: Account, between: str, parts: list[Fact]) -> bool:
    """Say whether the parts follow a comma, each with its place alone: "33, 22 in A, 8 in B"."""
    if not re.fullmatch(r"(?:\s[\w-]+){0,4},\s", between):
        return False
    return all(_PLACED.match(account.text, f.value_end or 0) for f in parts)


def _told_by_place(account: Account, between: str, parts: list[Fact]) -> bool:
    """Say whether two parts after a colon are a measure's, each with its place: "184 km in A"."""
    if ":" not in between or len(parts) != _LEAST or parts[0].unit not in {"km", "ha", "km2"}:
        return False
    start, end = parts[0].value_end or 0, parts[1].value_start or 0
    sentence = account.sentence_at(start)
    return all(
        bool(account.names_in(*stretch))
        for stretch in (Span(start, end), Span(parts[1].value_end or 0, sentence.end))
    )


def parts_after_colons(account: Account) -> Iterator[Conflict]:
    """Find "14.5 million tonnes: 9.5 by the west, 4.2 by the sea and 2.8 by the east".

    Three parts and more of the total's unit follow a colon or bracket to the end of the sentence,
    and no other figure; what falls short by more than a quarter may be only some of them.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit not in _RATES]
        for at, total in enumerate(held):
            parts = held[at + 1 :]
            between = account.text[total.value_end or 0 : parts[0].value_start if parts else 0]
            opened = re.search(r"[:(]|\s[–—]\s", between) or _placed(account, between, parts)
            least = _LEAST if _told_by_place(account, between, parts) else _ALL
            if len(parts) < least or not opened or len(between.split()) > 2 * _ITEM_WORDS:
                continue
            if any(f.unit != total.unit or f.attributes.get("change") for f in parts):
                continue
            if _SOME.search(account.text, total.value_end or 0, sentence.end) or any(
                (f.value or 0) >= (total.value or 0) for f in parts
            ):
                continue
            if _BALANCED.search(account.text, total.value_end or 0, sentence.end):
                continue
            if len({f.year for f in (total, *parts)}) > 1 or _soft(total):
                continue
            made = sum(f.value or 0.0 for f in parts)
            gap = made - (total.value or 0.0)
            if gap > spread((total, *parts)) or (
                -_MOST_SHORT * (total.value or 0.0) < gap < -spread((total, *parts))
            ):
                yield sum_conflict(parts, total, made)
            break
