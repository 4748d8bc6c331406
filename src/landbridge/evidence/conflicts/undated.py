"""Years and days told from a date that the document does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, quote_of
from landbridge.evidence.figures.clauses import clause_of
from landbridge.evidence.model import Conflict, Quote
from landbridge.evidence.text.dates import dates

_RELATIVE = re.compile(
    r"\b(?:(?:this|last|next|the (?:next|current|coming|previous|past)) (?:year|month|quarter"
    r"|decade)|year[’']s end|by the end of the year"
    r"|earlier this year|since the beginning of the year)\b"
    r"|(?<!\w)(?:в (?:этом|прошлом|следующем|текущем|нынешнем) году|к концу года|с начала "
    r"года)(?!\w)",
    re.IGNORECASE,
)
_MOST = 8
_HEADING = 200
_HEAD = 12
_FOOT = 3
_SHORT = 110


def undated(account: Account) -> Iterator[Conflict]:
    """Find a document without a date that counts from one: "this year", "On November 12".

    A year in its first line dates it well enough. One conflict a document, with every such
    stretch. Where the sentence itself names the year nothing is missing.
    """
    if account.document.date is not None or _dated(account.text):
        return
    quotes: dict[Quote, None] = {}
    facts = []
    written: list[str] = []
    for start, end in _relative(account):
        sentence = account.sentence_at(start)
        held = [
            f
            for f in account.facts
            if f.kind in {"figure", "event"} and f.start <= start and end <= f.end
        ]
        if held:
            smallest = min(held, key=lambda f: (f.end - f.start, f.id))
            facts.append(smallest)
            quotes[quote_of(smallest)] = None
        else:
            clause = clause_of(account.text, sentence, (start, end))
            quotes[account.quote(*clause)] = None
        written.append(account.text[start:end])
        if len(quotes) >= _MOST:
            break
    if quotes:
        told = ", ".join(f"“{word}”" for word in dict.fromkeys(written))
        yield conflict(
            "missing",
            "medium",
            f"the document is undated; {told} cannot be placed",
            "No date stands in the text or its head. What is told relative to it stays "
            "unresolved, "
            "or is inferred and labelled so.",
            facts,
            quotes,
        )


def _dated(text: str) -> bool:
    """Say whether a short line at the head or the foot names a year."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ends = [
        lines[0][:_HEADING],
        *(line for line in (*lines[1:_HEAD], *lines[-_FOOT:]) if _short(line)),
    ]
    return any(d.first for line in ends for d in dates(line))


def _short(line: str) -> bool:
    return len(line) <= _SHORT and line[-1:] not in ".!?:;"


def _relative(account: Account) -> Iterator[tuple[int, int]]:
    text = account.text
    all_dates = dates(text)
    places = [m.span() for m in _RELATIVE.finditer(text)]
    places += [(d.start, d.end) for d in all_dates if d.day and d.month and d.first is None]
    for start, end in sorted(places):
        sentence = account.sentence_at(start)
        if not any(d.first and sentence.start <= d.start < sentence.end for d in all_dates):
            yield start, end
