"""Times told in a sentence, seasons and "the same year" among them, as stretches of months."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.text.spans import Span

_MONTHS = 12
_SEASONS = {
    "winter|зим(?:ой|ы|а)": (1, 2),
    "spring|весн(?:ой|ы|а)": (3, 5),
    "summer|лет(?:ом|а|о)(?! (?:назад|спустя))": (6, 8),
    "autumn|fall|осен(?:ью|и|ь)": (9, 11),
}
_NAMES = (
    "january|янва\\w+", "february|феврал\\w+", "march|март\\w*", "april|апрел\\w+",
    "may|ма[йея]", "june|июн\\w+", "july|июл\\w+", "august|август\\w*",
    "september|сентябр\\w+", "october|октябр\\w+", "november|ноябр\\w+", "december|декабр\\w+",
)  # fmt: skip
_STRETCHES = [
    *((re.compile(rf"(?:{form})", re.IGNORECASE), span) for form, span in _SEASONS.items()),
    *((re.compile(rf"(?:{n})", re.IGNORECASE), (at, at)) for at, n in enumerate(_NAMES, start=1)),
]
_WORD = "|".join([*_SEASONS, *_NAMES])
_SAME = (
    r"(?:of (?:that|the same) year|of (?:that|the same) one|того же года|этого же года"
    r"|тем же годом)"
)
_TOLD = re.compile(
    rf"(?<!\w)(?P<word>{_WORD})(?:,?\s(?:of\s)?(?P<year>(?:19|20)\d\d)(?!\d)(?:-го|\sгода?)?"
    rf"|\s(?P<same>{_SAME}))"
    rf"|(?<!\w)(?P<alone>(?:in|at the end of|by the end of|later) (?:that|the same) year"
    rf"|в (?:том|этом) же году)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time and the months it may mean, counted from year 0.

    Attributes
    ----------
    start, end : where it stands
    first, last : its first and last month, 12 times the year plus 0 for January
    """

    start: int
    end: int
    first: int
    last: int

    @property
    def told(self) -> str:
        """The time as year and month, or as a year where it means all of one."""
        year, month = divmod(self.first, _MONTHS)
        whole = self.last - self.first == _MONTHS - 1 and month == 0
        return f"{year}" if whole else f"{year}-{month + 1:02}"


def moments(account: Account, start: int, end: int) -> list[Moment]:
    """Give the times of a stretch in order; stretches of several years are none."""
    found = [
        Moment(d.start, d.end, *_months(d.first, d.month))
        for d in account.dates
        if start <= d.start < end and d.first is not None and d.first == d.last
    ]
    for match in _TOLD.finditer(account.text, start, end):
        if any(one.start < match.start() < one.end for one in found):
            continue
        year = int(match["year"]) if match["year"] else None
        before = [one for one in found if one.start < match.start()]
        if year is None and before:
            year = before[-1].first // _MONTHS
        if year is None:
            continue
        span = (1, _MONTHS) if match["alone"] else _stretch(match["word"])
        found = [one for one in found if one.end <= match.start() or match.end() <= one.start]
        first, last = (year * _MONTHS + month - 1 for month in span)
        found.append(Moment(match.start(), match.end(), first, last))
        found.sort(key=lambda one: one.start)
    return found


def _months(year: int, month: int | None) -> tuple[int, int]:
    if month is None:
        return year * _MONTHS, year * _MONTHS + _MONTHS - 1
    return (year * _MONTHS + month - 1,) * 2


def _stretch(word: str) -> tuple[int, int]:
    return next(span for form, span in _STRETCHES if form.fullmatch(word))


_CUT = re.compile(r"[,;:]\s|\s(?=(?:and|but|while|whereas|и|а|но)\s)|\s[-–—]\s")


def clauses(account: Account, sentence: Span) -> list[Span]:
    """Cut a sentence at its commas, colons, dashes and at "and"."""
    start, found = sentence.start, []
    for match in _CUT.finditer(account.text, *sentence):
        found.append(Span(start, match.start()))
        start = match.end()
    return [*found, Span(start, sentence.end)]
