"""Years of work that are celebrated, beside the beginning told just before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.moments import moments
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers
from landbridge.evidence.text.spans import Span

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip
_TENS = {"twentieth": 20, "twenty-fifth": 25, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
_ORDINAL = {word: at for at, word in enumerate(_ORDINALS, start=1)} | _TENS
_COUNT = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|два|две"
    r"|три|четыре|пять|шесть|семь|восемь|девять|десять|двенадцать|пятнадцать|двадцать|тридцать)"
)
_KEPT = re.compile(
    rf"\b(?P<word>{'|'.join(_ORDINAL)}|\d{{1,2}}(?:st|nd|rd|th))\s(?:birthday|jubilee)\b"
    rf"|\b(?P<n>{_COUNT})\syears\s(?:of\s(?:\w+\s)?(?:work|operations?|existence|service|activity)"
    r"|in operation|in service|since (?:its|the) (?:opening|founding|launch|start))\b"
    rf"|(?<!\w)(?P<n2>{_COUNT})\s(?:лет|года)\s(?:работы|деятельности|существования"
    r"|со дня (?:основания|открытия|запуска|создания)|с момента (?:основания|открытия|запуска"
    r"|создания))",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:celebrat\w+|mark(?:s|ed|ing)?|look\w* back|turn\w*|observ\w+|in honou?r)\b"
    r"|(?<!\w)(?:отме\w+|праздн\w+|исполн\w+)(?!\w)",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:founded|established|created|opened|launched|started|began|set up|inaugurated|born"
    r"|took its first|first (?:\w+\s){1,2}(?:left|ran|arrived|departed|sailed|went)"
    r"|(?:has|have) (?:run|worked|operated|existed) since|in operation since|dates from)\b"
    r"|(?<!\w)(?:основан\w*|создан\w*|открыт\w*|запущен\w*|учрежд[её]н\w*|начал\w*|перв\w+\s\w+\s"
    r"(?:отправ\w+|приш[её]л|вышел|прибыл)|работает с|действует с)(?!\w)",
    re.IGNORECASE,
)
_YEAR_MONTHS = 12
_BACK = 500


def years_of_work(account: Account) -> Iterator[Conflict]:
    """Find "the first train left in March 2011. The tenth birthday was celebrated in March 2020".

    Beginnings are those told in the sentence or in the two before it; one that gives the number
    of years will do. Without a year of its own the sentence speaks of the document's year.
    """
    for match in _KEPT.finditer(account.text):
        sentence = account.sentence_at(match.start())
        if not match["word"] and not _HELD.search(account.text, *sentence):
            continue
        number = _number(match)
        begun = _beginnings(account, sentence)
        own = [m.first // _YEAR_MONTHS for m in moments(account, *sentence)]
        own = [year for year in own if year not in begun] or (
            [account.year] if account.year else []
        )
        if not begun or len(own) != 1 or number is None:
            continue
        if any(0 <= own[0] - year - number <= 0 for year in begun):
            continue
        if any(abs(own[0] - year - number) > number for year in begun):
            continue
        years = sorted(begun)
        yield conflict(
            "date",
            "high",
            f"{number} years in {own[0]}: it began in {' or '.join(map(str, years))}",
            f"What began in {years[0]} has its {number} years in {years[0] + number}, not in "
            f"{own[0]}.",
            quotes=[account.quote(*sentence), *(account.quote(*begun[year]) for year in years)],
        )


def _number(match: re.Match[str]) -> int | None:
    if match["word"]:
        word = match["word"].lower()
        return _ORDINAL.get(word) or int(re.sub(r"\D", "", word))
    found = numbers(match["n"] or match["n2"])
    return int(found[0].value) if found else None


def _beginnings(account: Account, sentence: Span) -> dict[int, Span]:
    """Years in which something is told to have begun, here or just before, with where."""
    found: dict[int, Span] = {}
    start = max(account.paragraph_at(sentence.start).start, sentence.start - _BACK)
    near = [one for one in account.sentences if start <= one.start <= sentence.start][-3:]
    for one in near:
        verbs = list(_BEGUN.finditer(account.text, *one))
        for moment in moments(account, *one):
            if any(abs(moment.start - verb.end()) <= 60 for verb in verbs):
                found.setdefault(moment.first // _YEAR_MONTHS, one)
    return found
