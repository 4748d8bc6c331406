"""Dates and years as they are written, and the date a document is of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landbridge.evidence.text.vocabulary import trie

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan january январь января январе янв",
            "february feb февраль февраля феврале фев",
            "march mar март марта марте",
            "april apr апрель апреля апреле апр",
            "may май мая мае",
            "june jun июнь июня июне",
            "july jul июль июля июле",
            "august aug август августа августе авг",
            "september sept sep сентябрь сентября сентябре сент сен",
            "october oct октябрь октября октябре окт",
            "november nov ноябрь ноября ноябре нояб",
            "december dec декабрь декабря декабре дек",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_YEAR = r"(?:1[89]|20)\d{2}"
_DAYS = r"(?:0?[1-9]|[12]\d|3[01])"
_SUFFIX = r"(?:st|nd|rd|th|-?го|-?е)?"
# A dash between two days may be lost: "November 1314".
_DAY = (
    rf"(?P<{{0}}>{_DAYS}){_SUFFIX}(?:"
    rf"(?:\s?[-–—/&]\s?|\s(?:and|to|и|по)\s|(?<=\d\d))"
    rf"(?P<{{0}}_to>{_DAYS}){_SUFFIX})?"
)
_FORMS = (
    rf"(?P<y1>{_YEAR})-(?P<m1>\d\d)-(?P<d1>\d\d)(?:T[\d:.+\-Z]*)?",
    rf"(?P<d2>{_DAYS})[./](?P<m2>0?[1-9]|1[0-2])[./](?P<y2>{_YEAR})",
    rf"(?P<y6>{_YEAR})年(?:(?P<m6>\d{{1,2}})月(?:(?P<d6>\d{{1,2}})日)?)?",
    rf"(?<![^\W\d_])(?P<m5>{_MONTH})\.?,?\s?(?:of\s)?(?P<y5>{_YEAR})(?!\d)",
    rf"(?<![^\W\d_])(?P<m3>{_MONTH})\.?\s{{0,3}}{_DAY.format('d3')}(?![\d%]"
    rf"|[.,]\d)(?:,?\s{{0,3}}(?P<y3>{_YEAR})(?!\d))?",
    rf"{_DAY.format('d4')}\s?(?:of\s)?(?<![^\W\d_])(?P<m4>{_MONTH})\b\.?(?:,?\s?(?P<y4>{_YEAR})(?!\d))?",
)
# Cheap to try at every letter of a text: a digit, or what a month begins with.
_OPENING = rf"(?=\d|{trie(tuple(name[:3]) for name in _MONTHS)})"
_DATE = re.compile(
    _OPENING + "(?:" + "|".join(rf"(?<!\d)(?:{form})" for form in _FORMS) + ")", re.IGNORECASE
)
_RANGE = re.compile(
    rf"(?<![\d.,$€£])(?P<a>{_YEAR})(?:\s?[-–—/−]\s?|\s(?:to|until|through|по|до)\s"
    rf"|)(?P<b>{_YEAR})(?![\d%]|[.,]\d)"
    rf"|(?<![\d.,$€£])(?P<c>{_YEAR})[-–—/](?P<d>\d\d)(?![\d%]|[.,]\d)"
)
_SINGLE = re.compile(rf"(?<![\d.,$€£№#/+\-–—])(?P<y>{_YEAR})(?!\d|[.,]\d|\s?%|-\d)")
_CENTURY_SPAN = 120


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, a year or a stretch of years as written.

    Attributes
    ----------
    start, end : its span
    iso : 2018, 2018-07 or 2018-07-12; None where the year is not said
    first, last : years it covers, None where not said
    month, day : where said
    certain : False for a bare year, which may be a plain number
    """

    start: int
    end: int
    iso: str | None
    first: int | None
    last: int | None
    month: int | None = None
    day: int | None = None
    certain: bool = True


def dates(text: str) -> tuple[DateMention, ...]:
    """Find dates, stretches of years (lost dashes too) and bare years, in order.

    Examples
    --------
    >>> [(d.iso, d.first, d.last) for d in dates("On March 20, 2019; 20132018; May 3; in 2017.")]
    [('2019-03-20', 2019, 2019), (None, 2013, 2018), (None, None, None), ('2017', 2017, 2017)]
    """
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for match in _DATE.finditer(text):
        group = {
            key[0]: value for key, value in match.groupdict().items() if value and "_" not in key
        }
        found.append(_mention(match, group))
        _take(taken, match)
    for match in _RANGE.finditer(text):
        first = int(match["a"] or match["c"])
        last = int(match["b"] or f"{str(first)[:2]}{match['d']}")
        if first < last < first + _CENTURY_SPAN and _take(taken, match):
            found.append(DateMention(match.start(), match.end(), None, first, last))
    for match in _SINGLE.finditer(text):
        if _take(taken, match):
            year = int(match["y"])
            found.append(
                DateMention(match.start(), match.end(), match["y"], year, year, certain=False)
            )
    return tuple(sorted(found, key=lambda mention: mention.start))


def _take(taken: bytearray, match: re.Match[str]) -> bool:
    """Claim a stretch for one date; say whether it was free."""
    start, end = match.span()
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\x01" * (end - start)
    return True


def _mention(match: re.Match[str], group: dict[str, str]) -> DateMention:
    year = int(group["y"]) if "y" in group else None
    word = group.get("m", "")
    month = int(word) if word.isdigit() else _MONTHS.get(word.lower())
    day = int(group["d"]) if "d" in group else None
    iso = None
    if year is not None:
        iso = f"{year}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    return DateMention(match.start(), match.end(), iso, year, year, month, day)


def document_date(text: str, head: int = 800) -> str | None:
    r"""Read a document's own date off its head: a line of its own, a byline or a dateline.

    A day is looked for first; else a month with its year that begins or ends a short line
    ("Review of the Institute, February 2020").

    Examples
    --------
    >>> document_date("Seminar\n\nAstana, September 13, 2024 — A seminar took place."), (
    ...     document_date("On May 3, 2017 he spoke.")), document_date("Roads\n\nA review, May 2017")
    ('2024-09-13', None, '2017-05')
    """
    found = dates(text[:head])
    for mention in found:
        if mention.iso is not None and mention.certain and mention.day is not None:
            before, after = _beside(text, mention)
            own_line = (
                len(before) <= 30
                and len(after) <= 12
                and not before.lower().endswith(_PREPOSITIONS)
            )
            dateline = re.match(r"[A-ZА-ЯЁ][\w .\-]{1,40},?$", before) and re.match(
                r"[—–\-(/.]", after
            )
            listed = not before and after[:1] in {"|", "·", "•"}
            ends = not after and _CLOSES.search(before) and len(before.split()) <= _HEAD_WORDS
            place = _PLACED.fullmatch(before) and after[:1] in {".", ":", "—", "–", "-"}
            headed = not before and _HEADED.fullmatch(after)
            if headed or ends or place or own_line or _BYLINE.search(before) or dateline or listed:
                return mention.iso
    for mention in found:
        if mention.iso is not None and mention.certain and mention.day is None:
            before, after = _beside(text, mention)
            line = f"{before} {after}"
            short = len(line.split()) <= _HEAD_WORDS and not line.rstrip().endswith((".", "!", "?"))
            opens = not before and re.match(r"(?:года|г\.)?\s?(?:[,|·•—–]|$)", after)
            closes = re.search(r"(?:^|[,|·•—–(:])$", before) and re.match(
                r"(?:года|г\.)?\)?$", after
            )
            if short and (opens or closes):
                return mention.iso
    return None


def _beside(text: str, mention: DateMention) -> tuple[str, str]:
    """What stands before and after a date on its line."""
    start = max(text.rfind("\n", 0, mention.start), text.rfind("\r", 0, mention.start)) + 1
    end = re.compile(r"[\r\n]|$").search(text, mention.end)
    return (
        text[start : mention.start].strip(),
        text[mention.end : end.start() if end else len(text)].strip(),
    )


_HEAD_WORDS = 14
_HEADED = re.compile(r"[,|]\s(?:[A-ZА-ЯЁ][\w’'-]*\s?|(?:of|for|the|and|on)\s){1,7}")
_CLOSES = re.compile(r"[,.;|–—]$")
_PLACED = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁ .\-–/]{2,40},")
_BYLINE = re.compile(
    r"(?:^|\b)(?:posted by \w+ on|posted on|published on|by|posted|published|updated|date|дата[^:]*"
    r"|опубликовано)\W*$",
    re.IGNORECASE,
)
_PREPOSITIONS = ("on", "since", "until", "till", "from", "in", "of")
