"""Currencies and units beside a number, under one name each."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from landbridge.evidence.text.vocabulary import one_of
from landbridge.facts import rows

_GAP = re.compile(r"[ \t\u00a0\u202f\u2009]{0,2}[-‑]?\n?")
_SIGN = re.compile(r"US\$|[$€£¥₸₽₹](?!\s?\d)", re.IGNORECASE)


class Unit(NamedTuple):
    """A unit found beside a number: its name, its kind and where it stands."""

    name: str
    kind: str
    start: int
    end: int


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {sign: row.unit for row in rows("evidence_currencies") for sign in row.signs}
    any_sign = "|".join(
        (r"(?<![^\W\d_])" if sign[0].isalpha() else "") + re.escape(sign).replace(r"\ ", r"\s")
        for sign in sorted(names, key=lambda sign: -len(sign))
    )
    return re.compile(rf"(?:{any_sign})"), names


_Forms = tuple[re.Pattern[str], dict[str, tuple[str, str]]]


@cache
def _written() -> dict[str, _Forms]:
    """Unit words by their first letter: a pattern, a group a word, longer words first."""
    forms: list[tuple[str, str, str]] = []
    for row in rows("evidence_currencies"):
        forms += [(form, row.unit, "money") for form in (*row.words, *row.chinese)]
    for row in rows("evidence_units"):
        words = (*row.english, *row.russian, *row.chinese)
        forms += [(form, row.unit, row.kind) for form in words]
    by_letter: dict[str, list[tuple[str, str, str]]] = {}
    for form in sorted(forms, key=lambda form: -len(form[0])):
        by_letter.setdefault(form[0][0].lower(), []).append(form)
    return {letter: _compiled(held) for letter, held in by_letter.items()}


def _compiled(forms: list[tuple[str, str, str]]) -> _Forms:
    parts, names = [], {}
    for number, (form, unit, kind) in enumerate(forms):
        western = form[-1] < "\u3400" and (form[-1].isalnum() or form[-1] == "*")
        end = r"(?!\w)" if western else ""
        parts.append(f"(?P<u{number}>{one_of([form])}{end})")
        names[f"u{number}"] = (unit, kind)
    return re.compile("|".join(parts), re.IGNORECASE), names


def sign_before(text: str, start: int) -> Unit | None:
    """Find a currency sign just before a number.

    Examples
    --------
    >>> sign_before("to US$30", 6), sign_before("in 30", 3)
    (Unit(name='USD', kind='money', start=3, end=6), None)
    """
    pattern, names = _signs()
    for match in pattern.finditer(text, max(0, start - 7), start):
        if text[match.end() : start].strip(" \u00a0") == "" and start - match.end() <= 1:
            sign = re.sub(r"\s", " ", match.group())
            return Unit(names[sign], "money", match.start(), match.end())
    return None


def unit_after(text: str, end: int) -> Unit | None:
    """Find a currency, measure or known noun right after a number.

    Examples
    --------
    >>> unit_after("13 per cent", 2).name, unit_after("15day", 2).name, unit_after("5 mosques", 1)
    ('percent', 'days', None)
    """
    gap = _GAP.match(text, end)
    at = gap.end() if gap else end
    sign = _SIGN.match(text, at)
    if sign:
        name = _signs()[1][re.sub(r"\s", " ", sign.group())]
        return Unit(name, "money", sign.start(), sign.end())
    pattern, names = _written().get(text[at : at + 1].lower(), (None, {}))
    match = pattern.match(text, at) if pattern else None
    if match is None:
        return None
    name, kind = names[match.lastgroup or ""]
    return Unit(name, kind, match.start(), match.end())


@cache
def known_nouns() -> dict[str, tuple[str, str]]:
    """Give every English word of the units table: the unit and its kind."""
    return {form: (row.unit, row.kind) for row in rows("evidence_units") for form in row.english}


@cache
def known_units() -> frozenset[str]:
    """Give every unit of the units table."""
    return frozenset(row.unit for row in rows("evidence_units"))
