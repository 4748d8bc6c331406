"""Numbers as they are written: digits, words and both, with their scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from landbridge.evidence.text.number_words import (
    ENGLISH,
    FRACTIONS,
    HAN_SCALES,
    MONEY_ONLY,
    MULTIPLES,
    RUSSIAN,
    RUSSIAN_FRACTIONS,
    SCALES,
    TENS,
    WORDS,
)
from landbridge.evidence.text.vocabulary import one_of, trie

_DOZEN = 12
_BLANK = "[ \u00a0\u202f\u2009]"
_GROUPED = rf"\d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d)|\d{{1,3}}(?:[,.'’]\d{{3}})+(?!\d)"
_DIGITS = rf"(?:{_GROUPED})(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+)?"
_SMALL = rf"(?:(?:{one_of(TENS)})(?:[-\s](?:{one_of(list(ENGLISH)[:9])}))?|{one_of(ENGLISH)})"
_HUNDRED = rf"(?:(?:{_SMALL}|a)\s+hundred(?!\s+of)(?:\s+(?:and\s+)?{_SMALL})?)"
_UNDER = rf"(?:{_HUNDRED}|{_SMALL})"
_SPELT = (
    rf"half\s+an?(?=\s+(?:million|billion|trillion))|(?:{_SMALL})\s+and\s+a\s+half"
    rf"|(?:{_SMALL}|hundred)[-‑]?fold"
    rf"|(?:half\s+a|a|{_SMALL})\s+dozen(?!\s+of\b)"
    rf"|(?:{_SMALL}|an?)\s+(?:of|in|out\s+of)\s+every\s+(?:{_SMALL})"
    r"|(?:twice|thrice)(?=\s+(?:as|more|over|the|that|its|their|what|higher|larger|greater|less)\b)"
    r"|вдвое|втрое|вчетверо|две\s+трети|три\s+четверти"
    rf"|(?:{one_of(RUSSIAN_FRACTIONS)})(?=\s+(?:из\s+)?[а-яё]+(?:ов|ев|ей|ых|их|ий|ок|ия|ого"
    r"|ы|и|а|я)\b)"
    rf"|an?(?=\s+(?:million|billion|trillion|thousand)\b(?!\s+of\b))"
    rf"|(?:{_SMALL}|a)[-\s](?:thirds?|quarters?|fifths?|tenths?)(?=\s+of\b)"
    rf"|half(?=\s+of\b)|{_UNDER}\s+thousand\s+(?:and\s+)?{_UNDER}|{_UNDER}"
    rf"|полтор[аы]|полутора"
    rf"|(?:{one_of(RUSSIAN)})(?:\s+(?:{one_of(RUSSIAN)}))*"
)
_OPENINGS = trie(
    tuple(word[:3])
    for word in (*WORDS, *RUSSIAN_FRACTIONS, *MULTIPLES, "half", "hundred", "полтора", "a", "an")
)
_NUMBER = re.compile(
    rf"(?P<digits>(?!\d/\d{{1,2}}\s+of\b)(?!\d{{1,2}}\s+(?:of|in"
    rf"|out\s+of)\s+every\s+\d)(?:{_DIGITS}))|(?P<half>[½¼¾]"
    rf"|(?<![\d/])[1-9]/(?:[2-9]|10)(?=\s+of\b)"
    rf"|(?<![\d.,/])\d{{1,2}}\s+(?:of|in|out\s+of)\s+every\s+\d{{1,3}}(?![\d.,]))"
    rf"|(?<![\w-])(?={_OPENINGS})(?P<spelt>{_SPELT})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written.

    Attributes
    ----------
    start, end : its span, the scale word in it and no currency sign
    value : with the scale multiplied in
    scale : 1, 1e3, 1e6 ...
    written : digits, words, fraction (of a whole), times (twice, fivefold)
    bare : the digits or words alone, as in the text
    """

    start: int
    end: int
    value: float
    scale: float
    written: str
    bare: str


@cache
def _scale_pattern() -> re.Pattern[str]:
    forms = [form for group in SCALES.values() for form in group]
    return re.compile(
        r"\s?(?P<han>万亿|百万|亿|万|千)(?:余|多)?"
        rf"|[ \t\u00a0\u202f\u2009-]?\n?(?P<scale>{one_of(forms)})(?![\w])",
        re.IGNORECASE,
    )


def numbers(text: str, language: str = "en") -> tuple[Number, ...]:
    """Find every number in the text, of whatever meaning: dates and names are among them.

    Examples
    --------
    >>> [(n.value, n.bare) for n in numbers("1,200 plants, 13.9 million t, twenty-five, 3,5 bn")]
    [(1200.0, '1,200'), (13900000.0, '13.9'), (25.0, 'twenty-five'), (3500000000.0, '3,5')]
    """
    found: list[Number] = []
    for match in _NUMBER.finditer(text):
        bare = match.group()
        if match.group("digits"):
            value, written = value_of(bare, language), "digits"
        elif match.group("half"):
            value, written = _fraction(bare), "fraction"
        else:
            value, written = _spelt_value(bare.lower())
        scale, end = _scale(text, match.end(), money=_after_money(text, match.start()))
        found.append(Number(match.start(), end, round(value * scale, 6), scale, written, bare))
    return tuple(found)


def value_of(digits: str, language: str = "en") -> float:
    """Read digits: which mark groups thousands and which is the decimal is told from its place.

    Examples
    --------
    >>> value_of("1,200"), value_of("1,200", "ru"), value_of("12.5"), value_of("1 234 567,8")
    (1200.0, 1.2, 12.5, 1234567.8)
    """
    plain = re.sub(r"[\s'’]", "", digits)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return float(plain)
    if len(set(marks)) == 2 or (len(marks) == 1 and plain != digits):
        whole, _, part = plain.rpartition(marks[-1])
        return float(re.sub(r"[.,]", "", whole) + "." + part)
    whole, _, part = plain.rpartition(marks[-1])
    grouped = len(part) == 3 and whole.lstrip("0") != "" and len(whole) <= 3
    decimal_mark = marks[0] == ("," if language == "ru" else ".")
    if len(marks) > 1 or (grouped and not (decimal_mark and not part.endswith("000"))):
        return float(re.sub(r"[.,]", "", plain))
    return float(whole + "." + part)


def _scale(text: str, end: int, *, money: bool) -> tuple[float, int]:
    match = _scale_pattern().match(text, end)
    if match is None:
        return 1.0, end
    if match["han"]:
        return HAN_SCALES[match["han"]], match.end()
    word = match["scale"].lower()
    if word in MONEY_ONLY and not money and not _counts(text, match):
        return 1.0, end
    for scale, forms in SCALES.items():
        if re.fullmatch(one_of(forms), word):
            return scale, match.end()
    return 1.0, end


def _counts(text: str, match: re.Match[str]) -> bool:
    """Say whether a letter is a scale: "15m tonnes", not "15 m of track"."""
    from landbridge.evidence.text.units import unit_after

    glued = match.start("scale") == match.start()
    after = text[match.end() : match.end() + 1]
    unit = unit_after(text, match.end()) if glued and after.isspace() else None
    return unit is not None and unit.end - unit.start > 1


def _after_money(text: str, start: int) -> bool:
    return re.search(r"[$€£¥₸₽₹]\s?$|\b[A-Z]{3}\s?$", text[max(0, start - 5) : start]) is not None


def _fraction(bare: str) -> float:
    if "every" in bare:
        part, whole = re.findall(r"\d+", bare)
        return int(part) / int(whole)
    if "/" in bare:
        part, whole = bare.split("/")
        return int(part) / int(whole)
    return {"½": 0.5, "¼": 0.25, "¾": 0.75}[bare]


def _small(parts: list[str]) -> float:
    return sum(WORDS.get(part, 1) for part in parts)


def _spelt_value(words: str) -> tuple[float, str]:
    """Value of a run of number words, and how it was written."""
    parts = re.findall(r"\w+", words)
    if parts[0] in {"полтора", "полторы", "полутора"}:
        return 1.5, "words"
    if parts == ["half"]:
        return 0.5, "fraction"
    if parts[0] in RUSSIAN_FRACTIONS:
        return RUSSIAN_FRACTIONS[parts[0]], "fraction"
    if parts in (["две", "трети"], ["три", "четверти"]):
        return (2 / 3 if parts[0] == "две" else 0.75), "fraction"
    if words.endswith("fold"):
        times = re.sub(r"[-‑]?fold$", "", words)
        return (100.0 if times == "hundred" else _small(re.findall(r"\w+", times))), "times"
    if parts[0] in MULTIPLES:
        return MULTIPLES[parts[0]], "times"
    if parts[-1] == "dozen":
        return _DOZEN * (0.5 if parts[0] == "half" else _small(parts[:-1])), "words"
    if "every" in parts:
        stop = parts.index("of" if "of" in parts else "in")
        part = _small(parts[: parts.index("out") if "out" in parts else stop])
        return part / _small(parts[parts.index("every") + 1 :]), "fraction"
    if parts[0] == "half":
        return 0.5, "words"
    if parts[-1] == "half":
        return _small(parts[: parts.index("and")]) + 0.5, "words"
    if parts[-1] in FRACTIONS:
        return WORDS.get(parts[0], 1) * FRACTIONS[parts[-1]], "fraction"
    total = current = 0.0
    for part in parts:
        if part == "hundred":
            current = (current or 1) * 100
        elif part == "thousand":
            total, current = total + (current or 1) * 1000, 0.0
        elif part == "a" or part == "an":
            current = 1.0
        elif part != "and":
            current += WORDS[part]
    return total + current, "words"
