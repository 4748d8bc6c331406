"""Shares of one whole that make more or less than it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import amounts
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span

_SHARE = re.compile(
    r"\b(?:share|shares|shareholders?|hold|holds|held|owns?|owned|distribut\w+|divid\w+|split"
    r"|structure"
    r"|break\w* down|breakdown|by (?:direction|countr\w+|region|sector|branch\w*|type|origin)s?"
    r"|account\w*|respondents|undecided"
    r"|no (?:view|opinion)|(?:go|goes|went|moves?|sent|travels?) by"
    r"|com(?:e|es|ing) from|came from|made? up|making up|compris\w+|consist\w*|proportion"
    r"|followed by"
    r"|дол[яи]\w*|владе\w+|распредел\w+|структур\w+|по (?:направлени|стран|отрасл|регион|вид)\w+"
    r"|принадлеж\w+|акци\w+"
    r"|прочи\w+|остальн\w+|приход\w+|состав\w+|of all|of the (?:total|whole)|из (?:всех|всего))\b",
    re.IGNORECASE,
)
_OWNERS = re.compile(
    r"\b(?:owns?|owned|holds?|held|belongs?|stakes?|shareholders?)\b|(?<!\w)(?:владе\w+"
    r"|принадлеж\w+)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:the rest|the remaining|the remainder|others?|all else|everything else|остальн\w+"
    r"|прочи\w+)\b",
    re.IGNORECASE,
)
_WHOLE = 100.0
_LEAST = 2
# Percentages that make more than this are no parts of one whole.
_MOST = 165.0


def shares(account: Account) -> Iterator[Conflict]:
    """Find shares of one whole that make more than it, or with "the rest" less.

    The shares stand in one sentence, no semicolon between; fractions count like percentages.
    """
    for sentence in account.sentences:
        for part in _between_semicolons(account, sentence):
            yield from _wrong(account, part)


def _between_semicolons(account: Account, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for match in re.finditer(";", sentence.of(account.text)):
        yield Span(start, sentence.start + match.start())
        start = sentence.start + match.end()
    yield Span(start, sentence.end)


def _wrong(account: Account, part: Span) -> Iterator[Conflict]:
    held = [
        f
        for f in account.figures_in(*part)
        if f.unit in {"percent", "share"} and not f.attributes.get("change") and f.value
    ]
    rest = _REST.search(account.text, *part)
    bare = _left_out(account, part, held)
    if len(held) < _LEAST or not (
        _SHARE.search(account.text, *part) or (rest and len(held) + len(bare) > _LEAST)
    ):
        return
    if account.in_table(held[0].value_start or 0) or len({f.unit for f in held}) > 1:
        return
    scale = _WHOLE if held[0].unit == "share" else 1.0
    found = sum(f.value or 0.0 for f in held) * scale + sum(bare)
    slack = sum(rounding(f) for f in held) * scale + 0.5 * len(held)
    owners = _OWNERS.search(account.text, *part) is not None
    over = _WHOLE + slack < found < _MOST and (len(held) + len(bare) > _LEAST or owners)
    last = held[-1].value_start or 0
    if over or (rest and abs(found - _WHOLE) > slack and last > rest.start()):
        listed = " + ".join(
            plain(round(one, 2)) for one in (*((f.value or 0.0) * scale for f in held), *bare)
        )
        yield conflict(
            "arithmetic",
            "high",
            f"shares {listed} make {plain(round(found, 1))} %",
            f"The shares named in one sentence add up to {plain(round(found, 1))} %, not 100 %.",
            held,
        )


def _left_out(account: Account, part: Span, held: list[Fact]) -> list[float]:
    """Shares without their word between two percentages: "84 percent to A, 11 to B, 3 percent"."""
    if len(held) < _LEAST or any(f.unit != "percent" for f in held):
        return []
    between = amounts(account, held[0].value_end or 0, held[-1].value_start or 0)
    bare = [one for one in between if one.unit is None]
    if any(one.unit not in {"percent", None} for one in between) or any(
        one.value >= _WHOLE or account.text[one.end : one.end + 1].isalpha() for one in bare
    ):
        return []
    return [one.value for one in bare]
