"""What is told to end, arrive or act before it began, left or was born; and ages that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.odd_times import odd_times
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.numbers import numbers
from landbridge.evidence.text.spans import Span

_MONTHS = (
    "january|января", "february|февраля", "march|марта", "april|апреля", "may|мая", "june|июня",
    "july|июля", "august|августа", "september|сентября", "october|октября", "november|ноября",
    "december|декабря",
)  # fmt: skip
_MONTH = {word: at for at, words in enumerate(_MONTHS) for word in words.split("|")}
_NAMES = "|".join(_MONTH)
_DAY = (
    rf"(?P<d{{0}}>\d{{{{1,2}}}})\s(?:of\s)?(?P<m{{0}}>{_NAMES})(?:,?\s(?P<y{{0}}>(?:19|20)\d\d))?"
)
_ENGLISH = rf"(?P<n{{0}}>{_NAMES})\s(?P<e{{0}}>\d{{{{1,2}}}})(?:,?\s(?P<z{{0}}>(?:19|20)\d\d))?"
_FROM_TO = re.compile(
    rf"\b(?:from|between|с)\s(?:{_DAY.format(1)}|{_ENGLISH.format(1)})\s?(?:to|until|till|through"
    rf"|and|[-–—]|по|до)\s?(?:{_DAY.format(2)}|{_ENGLISH.format(2)})(?!\w)",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(
    rf"(?P<d>\d{{1,2}})\s(?:of\s)?(?P<m>{_NAMES})|(?P<n>{_NAMES})\s(?P<e>\d{{1,2}})", re.IGNORECASE
)
_MONTH_TO = re.compile(
    rf"\b(?:from|between|с)\s(?P<m1>{_NAMES})\s(?P<y1>(?:19|20)\d\d)\s?(?:to|until|till|through|and"
    rf"|[-–—]|по|до)\s?(?P<m2>{_NAMES})\s(?P<y2>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:left|departed|set out|set off|sailed|was sent|were sent|was dispatched|started out)\b"
    r"|(?<!\w)(?:вышел|вышла|вышли|отправил\w*|отбыл\w*|выехал\w*)(?!\w)",
    re.IGNORECASE,
)
_ARRIVED = re.compile(
    r"\b(?:reached|arrived|came to|returned|entered|was received|were received)\b"
    r"|(?<!\w)(?:прибыл\w*|приш[её]л|пришла|пришли|достиг\w*|вернул\w*)(?!\w)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:born)\s(?:on\s[^,;.]{3,14}\s)?(?:in\s[A-Z]\w+\s)?(?:in\s)?(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\w)родил\w+\s(?:в\s)?(?P<y2>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d$€.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_BEGUN = re.compile(
    r"\b(?:opened|founded|established|launched|created|inaugurated|signed|put into operation|began"
    r"|started|set up|came into being)\b[^.;]{0,30}?"
    r"\b(?:in|on)\s(?:[A-Z][a-z]+\s)?(?:\d{1,2},?\s)?(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\w)(?:открыт\w*|основан\w*|создан\w*|запущен\w*|подписан\w*)\s[^.;]{0,30}?"
    r"(?P<y2>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"\b(?:has|have)\s(?:now\s|already\s)?(?:been|worked|served|run|existed|lasted|operated)\b"
    r"[^.;,]{0,30}?\bfor\s(?:the\s)?(?:past\s|last\s)?(?P<n>\d{1,2}|[a-z]+(?:-[a-z]+)?)\syears"
    r"|\b(?:is|are)\s(?:now\s|already\s)?(?P<n2>\d{1,2}|[a-z]+(?:-[a-z]+)?)\syears old\b"
    r"|(?<!\w)(?:(?:работа\w+|существу\w+)\s(?:уже\s)?|действу\w+\sуже\s)"
    r"(?P<n3>\d{1,2}|[а-яё]+)\sлет(?!\w)",
    re.IGNORECASE,
)
_SELF = re.compile(r"\W*(?:It|They|The|This|These|Он|Она|Оно|Они)\b")
_HALF_YEAR = 6
_YOUNGEST = 14
_NEAR = 1


def arrivals_before_departures(account: Account) -> Iterator[Conflict]:
    """Find "left on 13 December 2018 and arrived on 28 November 2018", days in full."""
    for sentence in account.sentences:
        here = [
            (d, day)
            for d in account.dates
            if sentence.start <= d.start < sentence.end and (day := _sortable(account, d))
        ]
        for (first, one), (last, other) in pairwise(here):
            left = _LEFT.search(account.text, sentence.start, first.start)
            came = _ARRIVED.search(account.text, first.end, last.start)
            size = min(len(one), len(other))
            if left and came and other[:size] < one[:size]:
                yield odd_times(account, sentence, f"left on {one}, there on {other}")


def _sortable(account: Account, mention: DateMention) -> str:
    """A date as ISO; a day without a year is of the document's own, or of no year at all."""
    if mention.iso:
        return mention.iso
    match = _DAY_ALONE.fullmatch(account.text[mention.start : mention.end].strip())
    if match is None or mention.first:
        return ""
    day, month = match["d"] or match["e"], (match["m"] or match["n"]).lower()
    return f"{account.year or 0:04}-{_MONTH[month]:02}-{int(day):02}"


def days_backwards(account: Account) -> Iterator[Conflict]:
    """Find "from 15 May to 31 April" and "from 10 October to 5 September 2021".

    A stretch over the turn of a year is fine: it runs backwards only where it would else last
    more than half a year.
    """
    for match in _FROM_TO.finditer(account.text):
        first = _MONTH[(match["m1"] or match["n1"]).lower()]
        last = _MONTH[(match["m2"] or match["n2"]).lower()]
        start, end = match["y1"] or match["z1"], match["y2"] or match["z2"]
        if start and end and start != end:
            continue
        if last < first and (start or last - first + 12 > _HALF_YEAR):
            yield odd_times(account, Span(*match.span()), f"{match.group()} runs backwards")


def months_backwards(account: Account) -> Iterator[Conflict]:
    """Find "from June 2019 to March 2019"."""
    for match in _MONTH_TO.finditer(account.text):
        first = int(match["y1"]), _MONTH[match["m1"].lower()]
        if (int(match["y2"]), _MONTH[match["m2"].lower()]) < first:
            yield odd_times(account, Span(*match.span()), f"{match.group()} runs backwards")


def deeds_before_own_birth(account: Account) -> Iterator[Conflict]:
    """Find "born in 1987, joined the faculty in 1985"."""
    for match in _BORN.finditer(account.text):
        sentence = account.sentence_at(match.start())
        born = int(match["y"] or match["y2"])
        after = account.sentence_at(min(len(account.text) - 1, sentence.end + 2))
        near = re.match(r"\W*(?:He|She|Он|Она)\b", account.text[after.start : after.start + 8])
        end = after.end if near else sentence.end
        later = list(_YEAR.finditer(account.text, match.end(), end))
        if later and int(later[0].group()) < born + _YOUNGEST:
            year = later[0].group()
            yield odd_times(
                account, Span(sentence.start, end), f"born in {born}, at work in {year}"
            )


def ages(account: Account) -> Iterator[Conflict]:
    """Find "opened in 2009 … has been at work for twenty years" in a document of 2019."""
    if account.year is None:
        return
    for match in _LASTED.finditer(account.text):
        sentence = account.sentence_at(match.start())
        begun = list(_BEGUN.finditer(account.text, *sentence))
        where = sentence
        if not begun and _SELF.match(account.text, sentence.start):
            before = account.sentence_at(max(0, sentence.start - 2))
            if before.start >= account.paragraph_at(sentence.start).start:
                begun, where = list(_BEGUN.finditer(account.text, *before)), before
        told = numbers(match["n"] or match["n2"] or match["n3"])
        if len(begun) != 1 or not told:
            continue
        year = int(begun[0]["y"] or begun[0]["y2"])
        age = account.year - year
        if abs(told[0].value - age) > _NEAR:
            title = f"begun in {year}: {age} years in {account.year}, not {told[0].value:.0f}"
            yield odd_times(account, Span(where.start, match.end()), title)
