"""So many years later than the time before, and the year that is told for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.moments import moments
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers

_COUNT = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|один"
    r"|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|полтора)"
)
_LATER = re.compile(
    rf"\b(?P<n>{_COUNT})\s(?P<unit>years?|months?)\s(?:later|after that|afterwards)"
    rf"|\bafter\s(?P<n2>{_COUNT})\s(?P<unit2>years?|months?)"
    rf"|(?<!\w)(?:через|спустя)\s(?:(?P<n3>{_COUNT})\s)?(?P<unit3>год[а]?|лет|месяц(?:а|ев)?)"
    rf"|(?<!\w)(?P<n4>{_COUNT})\s(?P<unit4>год[а]?|лет|месяц(?:а|ев)?)\sспустя",
    re.IGNORECASE,
)
_RIGHT_AFTER = re.compile(
    r",?\s?\(?(?:that is,?\s|i\.e\.\s|то есть\s)?(?:in|on|already in|в|к)?\s?"
)
_NOW = re.compile(r"\b(?:now|today|next|from now)\b|(?<!\w)(?:сейчас|сегодня|нынешн\w+)", re.I)
_YEAR = 12
_HALF = 6


_FROM_NOW = re.compile(
    rf"(?P<y>(?:19|20)\d\d),?\s(?:that is,?\s|i\.e\.\s|in\s)?(?P<n>{_COUNT})\syears from now\b",
    re.IGNORECASE,
)


def years_from_now(account: Account) -> Iterator[Conflict]:
    """Find "until 2044, twelve years from now" in a document of 2023."""
    for match in _FROM_NOW.finditer(account.text):
        found = numbers(match["n"].lower())
        if account.year is None or not found:
            continue
        if abs(account.year + found[0].value - int(match["y"])) > 1:
            yield conflict(
                "date",
                "high",
                f"{match['n']} years from {account.year} is not {match['y']}",
                f"The document is of {account.year}; {match['n']} years later is "
                f"{account.year + int(found[0].value)}.",
                quotes=[account.quote(*match.span())],
            )


def years_later(account: Account) -> Iterator[Conflict]:
    """Find "signed on 24 May 2019, and three years later, in April 2020, …".

    The time it counts from is the last one told before, in the sentence or in the one before it in
    the paragraph; half a year either way is allowed for years, two months for months.
    """
    for match in _LATER.finditer(account.text):
        sentence = account.sentence_at(match.start())
        earlier = account.sentence_at(max(0, sentence.start - 2))
        after = [
            m
            for m in moments(account, match.end(), sentence.end)
            if _RIGHT_AFTER.fullmatch(account.text[match.end() : m.start])
        ]
        start = max(earlier.start, account.paragraph_at(sentence.start).start)
        before = moments(account, start, match.start())
        if not after or not before or _NOW.search(account.text, before[-1].end, match.start()):
            continue
        word = match["n"] or match["n2"] or match["n3"] or match["n4"]
        unit = match["unit"] or match["unit2"] or match["unit3"] or match["unit4"]
        found = numbers(word.lower()) if word else ()
        number = found[0].value if found else 1.0
        yearly = not unit.lower().startswith(("month", "месяц"))
        step, slack = (number * _YEAR, _HALF) if yearly else (number, 2)
        first, last = before[-1].first + step - slack, before[-1].last + step + slack
        if first <= after[0].last and after[0].first <= last:
            continue
        yield conflict(
            "date",
            "high",
            f"{match.group()} from {before[-1].told} is not {after[0].told}",
            f"The text counts {match.group()} from {before[-1].told} and comes to {after[0].told}.",
            quotes=[account.quote(before[-1].start, after[0].end)]
            if "\n" not in account.text[before[-1].start : after[0].end]
            else [account.quote(match.start(), after[0].end)],
        )
