"""Currencies and units beside a number, under one name each."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from landbridge.evidence.text.vocabulary import one_of
from landbridge.facts import rows


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


@cache
def _written() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One pattern of all unit words, a group a unit; longer words first."""
    forms: list[tuple[str, str, str]] = []
    for row in rows("evidence_currencies"):
        forms += [(form, row.unit, "money") for form in (*row.words, *row.chinese)]
    for row in rows("evidence_units"):
        forms += [(form, row.unit, row.kind) for form in (*row.english, *row.russian, *row.chinese)]
    forms.sort(key=lambda form: -len(form[0]))
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
    gap = re.compile(r"[ \t\u00a0\u202f\u2009]{0,2}[-‑]?\n?").match(text, end)
    at = gap.end() if gap else end
    pattern, names = _sign_or_word()
    match = pattern.match(text, at)
    if match is None:
        return None
    if match.lastgroup == "sign":
        signs = _signs()[1]
        return Unit(signs[re.sub(r"\s", " ", match.group())], "money", match.start(), match.end())
    name, kind = names[match.lastgroup or ""]
    return Unit(name, kind, match.start(), match.end())


@cache
def _sign_or_word() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    words, names = _written()
    currency = r"US\$|[$€£¥₸₽₹](?!\s?\d)"
    return re.compile(f"(?P<sign>{currency})|{words.pattern}", re.IGNORECASE), names


@cache
def known_nouns() -> dict[str, tuple[str, str]]:
    """Give every English word of the units table: the unit and its kind."""
    return {form: (row.unit, row.kind) for row in rows("evidence_units") for form in row.english}


@cache
def known_units() -> frozenset[str]:
    """Give every unit of the units table."""
    return frozenset(row.unit for row in rows("evidence_units"))
