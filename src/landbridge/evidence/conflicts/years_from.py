"""A year told as so many years before or after a beginning that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.moments import moments
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers
from landbridge.facts import rows

_COUNT = (
    r"(?P<n>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
)
_FROM = re.compile(
    rf"\b{_COUNT}\s(?:full\s)?years?\s(?:(?P<before>before|prior to|ahead of)|after|following)\s"
    r"(?P<what>[^.;,]{4,90})"
    r"|(?<!\w)(?:за\s(?:(?P<n2>\d{1,2}|один|два|две|три|четыре|пять|шесть|семь|восемь|девять"
    r"|десять)"
    r"\s)?(?:год|года|лет)\s(?P<before2>до)"
    r"|(?:через|спустя)\s(?:(?P<n3>\d{1,2}|один|два|две|три|четыре|пять|шесть|семь|восемь|девять"
    r"|десять)\s)?(?:год|года|лет)\sпосле)\s(?P<what2>[^.;,]{4,90})",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"\b(?:found\w+|creation|establish\w+|launch\w*|adopt\w+|sign\w+|proclaim\w+|start|beginning"
    r"|birth|announce\w+|proposal|treaty|charter|formation|opening|inception|came into being"
    r"|was (?:founded|created|launched|set up)|independence)\b"
    r"|(?<!\w)(?:основани\w+|создани\w+|учреждени\w+|запуск\w*|приняти\w+|подписани\w+"
    r"|провозглашени"
    r"\w+|начал\w+|образовани\w+|объявлени\w+|выдвижени\w+|открыти\w+|обретени\w+)",
    re.IGNORECASE,
)
_LONGER = r"\w|\s(?:of|for|объедин\w+|исламск\w+|договор\w+|североатлант\w+)"
_FAR = 80
_NEAR = 1


def years_from(account: Account) -> Iterator[Conflict]:
    """Find "in 2014, a year before the Charter was adopted" of what the table knows from 2002.

    The beginning is that of the table `evidence_starts`, named in the words after "before" or
    "after"; the year is the last one told before these words in the sentence.
    """
    for match in _FROM.finditer(account.text):
        sentence = account.sentence_at(match.start())
        what = match["what"] or match["what2"]
        told = moments(account, sentence.start, match.start())
        if not told or match.start() - told[-1].end > _FAR or not _BEGINNING.search(what):
            continue
        start = match.start("what" if match["what"] else "what2")
        row = _known(account, start, start + len(what))
        if row is None:
            continue
        word = match["n"] or match["n2"] or match["n3"]
        found = numbers(word) if word else ()
        number = int(found[0].value) if found else 1
        way = -1 if match["before"] or match["before2"] else 1
        year = told[-1].first // 12
        due = [begun + way * number for begun in row.starts]
        if any(abs(one - year) <= _NEAR for one in due):
            continue
        yield conflict(
            "date",
            "high",
            f"{number} years {'before' if way < 0 else 'after'} {row.name} is {due[0]}, not {year}",
            f"{row.name} began in {' or '.join(map(str, row.starts))}.",
            quotes=[account.quote(told[-1].start, match.end())],
        )


def _known(account: Account, start: int, end: int) -> Any | None:
    """The row of the table that a stretch names, the longest of its words first."""
    named = {m.name.name for m in account.mentions if start <= m.start < end}
    text = account.text[start:end].lower()
    for row, forms in _starts():
        if any(re.search(rf"(?<!\w){re.escape(form)}(?!{_LONGER})", text) for form in forms):
            return row
    return next((row for row, _ in _starts() if row.name in named), None)


@cache
def _starts() -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Rows of the table with those of their words that cannot mean anything else."""
    return tuple(
        (row, tuple(word for word in row.words if " " in word)) for row in rows("evidence_starts")
    )
