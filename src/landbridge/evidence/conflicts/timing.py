"""Times told of one deed that do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.odd_times import odd_times
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers
from landbridge.evidence.text.spans import Span
from landbridge.facts import rows

_YEAR = r"(?:19|20)\d\d(?!\d)"
_COUNT = r"(?P<n>\d{1,2}|[a-z]+(?:-[a-z]+)?|[а-яё]+)"
_AGO = re.compile(
    rf"(?<!\w){_COUNT}\s(?:years\sago|лет\sназад|года\sназад)[,\s(—–-]{{1,4}}(?:in|back in|в)\s"
    rf"(?:the year\s)?(?P<y>{_YEAR})"
    rf"|\b(?:[Ii]n|[Вв])\s(?P<y2>{_YEAR})(?:\sгоду)?[,\s(—–-]{{1,4}}(?:that is,?\s|то есть\s)?"
    rf"(?P<n2>\d{{1,2}}|[a-z]+|[а-яё]+)\s(?:years\sago|лет\sназад|года\sназад)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"\b(?:for|in|over|during|within|за)\s(?:the\s)?(?:past\s|last\s|these\s)?{_COUNT}\s"
    rf"(?:years|лет)\s(?:since|from|after|с)\s(?P<y>{_YEAR})(?!\s?(?:to|till|until|-|–|по|до))",
    re.IGNORECASE,
)
_LASTS = re.compile(
    rf"(?<!\w){_COUNT}[-\s](?:years?|лет|года|летн\w+)\b[^.;\d]{{0,60}}?\b(?:from|c|с"
    rf"|between)?\s?\(?"
    rf"(?P<a>{_YEAR})\s?(?:to|till|until|and|through|[-–—]|по|до)\s?(?P<b>{_YEAR})"
    rf"|\b(?:from|с)\s(?P<a2>{_YEAR})\s(?:to|till|until|по|до)\s(?P<b2>{_YEAR})[^.;\d]{{0,40}}?"
    rf"\b(?:for|in|within|за)\s(?:these\s|the\s)?(?P<n2>\d{{1,2}}|[a-z]+|[а-яё]+)\s(?:years|лет"
    rf"|года)",
    re.IGNORECASE,
)
_WILL = re.compile(
    rf"\b(?:will|shall)\s(?:be\s)?\w+[^.;,]{{0,60}}?\b(?:in|by|before)\s(?:the\s(?:end\sof\s"
    rf"|year\s))?"
    rf"(?:\w+\s)?(?P<y>{_YEAR})|(?<!\w)(?:буд[еу]т|начн[её]тся|заверш[иа]тся)\s[^.;,]{{0,60}}?"
    rf"(?:в|к)\s(?:\w+\s)?(?P<y2>{_YEAR})"
    rf"|\b(?:[Bb]y|[Bb]efore)\s(?:the\s(?:end\sof\s|year\s)?)?(?:\w+\s)?(?P<y3>{_YEAR})[^.;]{{0,50}}?"
    rf"\b(?:will|shall)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:planned|expected|promised|was to|were to|had|then|at (?:the|that) time|forecast\w*"
    r"|earlier"
    r"|previous\w*|old|said in|in (?:19|20)\d\d)\b|(?<!\w)(?:тогда|планировал\w*|обещал\w*|ранее"
    r"|ожидал\w*)(?!\w)",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:began|begun|started|start of|launched|laid|commenced|opened)\b|(?<!\w)(?:нача\w+"
    r"|заложен\w*"
    r"|стартовал\w*)(?!\w)",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:completed|finished|ended|concluded|closed|commissioned|put into operation)\b"
    r"|(?<!\w)(?:завершен\w*|завершил\w*|законч\w+|окончен\w*|сдан\w*|введен\w*)(?!\w)",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\b(?:from\s|с\s)?(?P<a>\d{1,2})\s?(?:to|till|until|through|[-–—]|по"
    r"|до)\s?(?P<b>\d{1,2})\s(?:of\s)?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b"
    r"|\bfrom\s(?P<m>[A-Z][a-z]{2,8})\s(?P<a2>\d{1,2})\sto\s(?P=m)\s(?P<b2>\d{1,2})\b",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\b(?:approved|signed|financed|issued|granted|allocated|opened|invested|joined|adopted|lent"
    r"|provided|established|held)\b|(?<!\w)(?:одобрил\w*|подписал\w*|выделил\w*|открыл\w*|принял\w*"
    r"|профинансировал\w*)(?!\w)",
    re.IGNORECASE,
)
_IDEA = re.compile(
    r"\b(?:idea|propos\w+|before|prior|founded|founding|establish\w+|creat\w+|predecessor"
    r"|negotiat\w+"
    r"|future|until|since)\b|(?<!\w)(?:иде\w+|предлож\w+|до|создан\w*|основан\w*|учрежд\w+)(?!\w)",
    re.IGNORECASE,
)
_ORDERED = 2


def spans_of_years(account: Account) -> Iterator[Conflict]:
    """Find "five years ago, in 2010" in 2018, and "for five years, from 2015 to 2025"."""
    for match in _LASTS.finditer(account.text):
        first, last = int(match["a"] or match["a2"]), int(match["b"] or match["b2"])
        number = _number(match["n"] or match["n2"])
        if number and last > first and not last - first <= number <= last - first + 1:
            yield odd_times(account, match.span(), f"{first} to {last} is not {number} years")
    if account.year is None:
        return
    for match in _AGO.finditer(account.text):
        number, year = _number(match["n"] or match["n2"]), int(match["y"] or match["y2"])
        if number and abs(account.year - number - year) > 1:
            told = f"{year} is not {number} years before {account.year}"
            yield odd_times(account, match.span(), told)
    for match in _SINCE.finditer(account.text):
        number, year = _number(match["n"]), int(match["y"])
        if number and account.year - year < number - 1:
            told = f"from {year} to {account.year} are not {number} years"
            yield odd_times(account, match.span(), told)


def future_in_the_past(account: Account) -> Iterator[Conflict]:
    """Find what "will be" in a year before the document's own."""
    if account.year is None:
        return
    for match in _WILL.finditer(account.text):
        sentence = account.sentence_at(match.start())
        year = int(match["y"] or match["y2"] or match["y3"])
        if year < account.year and not _THEN.search(account.text, sentence.start, match.start()):
            told = f"still to come in {year}, told in {account.year}"
            yield odd_times(account, (sentence.start, match.end()), told)


def ends_first(account: Account) -> Iterator[Conflict]:
    """Find "began in May 2020 and was completed in March 2019", and "from 20 to 15 March"."""
    mentions = [d for d in account.dates if d.iso]
    for sentence in account.sentences:
        here = [d for d in mentions if sentence.start <= d.start < sentence.end]
        if len(here) != _ORDERED:
            continue
        first, last = here
        begins = _BEGAN.search(account.text, sentence.start, first.start)
        ends = _ENDED.search(account.text, first.end, last.start)
        early = _ENDED.search(account.text, sentence.start, first.start)
        size = min(len(first.iso or ""), len(last.iso or ""))
        if begins and ends and not early and (last.iso or "")[:size] < (first.iso or "")[:size]:
            told = f"begun in {first.iso}, done in {last.iso}"
            yield odd_times(account, sentence, told)
    for match in _DAYS.finditer(account.text):
        if int(match["a"] or match["a2"]) > int(match["b"] or match["b2"]):
            yield odd_times(account, match.span(), f"{match.group()} runs backwards")


def deeds_before_birth(account: Account) -> Iterator[Conflict]:
    """Find what a body is told to have done before it was there (table `evidence_starts`)."""
    mentions = [d for d in account.dates if d.first]
    for mention in account.mentions:
        starts = _starts().get(mention.name.name)
        if not starts or mention.name.kind != "organisation":
            continue
        sentence = account.sentence_at(mention.start)
        here = [d for d in mentions if sentence.start <= d.start < sentence.end]
        if len(here) != 1 or (here[0].first or 0) >= min(starts):
            continue
        after = Span(mention.end, min(sentence.end, mention.end + 40))
        if _DID.search(account.text, *after) and not _IDEA.search(account.text, *sentence):
            told = f"{mention.name.name} in {here[0].first}: it began in {min(starts)}"
            yield odd_times(account, sentence, told)


def _number(word: str | None) -> int | None:
    found = numbers(word or "")
    return int(found[0].value) if found and found[0].value >= 1 else None


@cache
def _starts() -> dict[str, tuple[int, ...]]:
    return {row.name: tuple(row.starts) for row in rows("evidence_starts")}
