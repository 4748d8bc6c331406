"""Days that no calendar has, weekdays that do not fit, and ends before their beginnings."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_RUSSIAN_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_NUMBER = {
    name: at for names in (_MONTHS, _RUSSIAN_MONTHS) for at, name in enumerate(names, start=1)
}
_NAMES = "|".join(_NUMBER)
_DAY = re.compile(
    rf"\b(?P<m1>{_NAMES})\s(?P<d1>\d{{1,2}})(?!\d|[.,]\d|\s?%|\s?(?:million"
    rf"|billion))(?:,?\s(?P<y1>(?:19|20)\d\d))?"
    rf"|(?<![\d.,])(?P<d2>\d{{1,2}})\s(?:of\s)?(?P<m2>{_NAMES})\b(?:,?\s(?P<y2>(?:19|20)\d\d))?"
    r"|(?<!\d)(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)",
    re.IGNORECASE,
)
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_RUSSIAN_WEEKDAYS = {
    "понедельник": 0, "вторник": 1, "среда": 2, "среду": 2, "четверг": 3, "пятница": 4,
    "пятницу": 4, "суббота": 5, "субботу": 5, "воскресенье": 6,
}  # fmt: skip
_WEEKDAY = re.compile(
    rf"(?<!\w)({'|'.join([*_WEEKDAYS, *_RUSSIAN_WEEKDAYS])}),?\s(?:the\s)?$", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"\b(?:from|between|с)\s(?P<a>(?:19|20)\d\d)\s(?:to|until|till|and|through|по|до)\s(?P<b>(?:19"
    r"|20)\d\d)(?!\d)"
    r"|(?<![\d.,])(?P<c>(?:19|20)\d\d)\s?[-–—]\s?(?P<d>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were)\s(?:held|signed|opened|launched|completed|established|founded|attended"
    r"|organi[sz]ed|put into operation)\b"
    r"|\btook place\b|\b(?:состоял\w+|прош[её]л|прошла|прошли)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|to be|planned|by|until|expected|target\w*|forecast|к)\b", re.IGNORECASE
)
_SHORTEST_MONTH = 29


def impossible_days(account: Account) -> Iterator[Conflict]:
    """Find the 31st of November, and a Tuesday that was a Wednesday."""
    for match in _DAY.finditer(account.text):
        day, month, year = _parts(match)
        if not 1 <= month <= 12 or _is_count(account, match, day, year):
            continue
        last = (
            monthrange(year, month)[1] if year else max(monthrange(2020, month)[1], _SHORTEST_MONTH)
        )
        if not 1 <= day <= last:
            yield conflict(
                "date",
                "high",
                f"there is no {match.group()}",
                f"That month has {last} days.",
                quotes=[account.quote(*match.span())],
            )
            continue
        told = _WEEKDAY.search(account.text[max(0, match.start() - 14) : match.start()])
        if told and year:
            weekday = date(year, month, day).weekday()
            true, word = _WEEKDAYS[weekday], told.group(1).lower()
            if word != true and _RUSSIAN_WEEKDAYS.get(word) != weekday:
                start = max(0, match.start() - 14) + told.start()
                yield conflict(
                    "date",
                    "medium",
                    f"{match.group()} was a {true.capitalize()}",
                    f"The text calls it a {told.group(1)}; by the Gregorian calendar it was a "
                    f"{true.capitalize()}.",
                    quotes=[account.quote(start, match.end())],
                )


def _is_count(account: Account, match: re.Match[str], day: int, year: int | None) -> bool:
    """Say whether a number after a month counts things: "up to September 40, in October 52"."""
    on = account.text[max(0, match.start() - 3) : match.start()].lower() == "on "
    return bool(match["m1"]) and day > _LAST_DAY and year is None and not on


_LAST_DAY = 31


def _parts(match: re.Match[str]) -> tuple[int, int, int | None]:
    if match["y3"]:
        return int(match["d3"]), int(match["m3"]), int(match["y3"])
    word, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
    year = match["y1"] or match["y2"]
    return int(day), _NUMBER[word.lower()], int(year) if year else None


def ends_before_beginnings(account: Account) -> Iterator[Conflict]:
    """Find "from 2018 to 2013"."""
    for match in _FROM_TO.finditer(account.text):
        first, last = int(match["a"] or match["c"]), int(match["b"] or match["d"])
        if last < first:
            yield conflict(
                "date",
                "medium",
                f"{first} to {last} runs backwards",
                f"The stretch begins in {first} and ends in {last}.",
                quotes=[account.quote(*match.span())],
            )


def past_in_the_future(account: Account) -> Iterator[Conflict]:
    """Find what is told as done in a year after the document's own."""
    if account.year is None:
        return
    for match in _PAST.finditer(account.text):
        sentence = account.sentence_at(match.start())
        after = account.text[match.end() : min(sentence.end, match.end() + 60)]
        told = re.match(
            r"[^.;,]{0,40}?\b(?:in|on"
            r"|в)\s(?:\d{1,2}\s)?(?:[A-Za-zА-я]+\s(?:\d{1,2},?\s)?)?(?P<y>20\d\d)(?!\d)",
            after,
        )
        if told and int(told["y"]) > account.year and not _AHEAD.search(after[: told.end()]):
            yield conflict(
                "date",
                "high",
                f"done in {told['y']}, told in {account.year}",
                f"The document is of {account.document.date}, and tells of {told['y']} as past.",
                quotes=[account.quote(sentence.start, match.end() + told.end())],
            )
