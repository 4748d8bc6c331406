"""Persons told to have acted in an office before they held it, or after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import Mention
from landbridge.evidence.text.dates import DateMention
from landbridge.facts import by_id, rows

_NOT_THEN = re.compile(
    r"\b(?:former\w*|ex|first|future|late|acting|vice|deputy|then|now|current|today|newly|elect"
    r"|бывш\w+|экс|перв\w+|будущ\w+|нынешн\w+|вице)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:born|since|until|before|after|by|than|from|род\w+|до|после|с|к)\b[^,;]{0,12}$", re.I
)
_RUSSIAN = {
    "president": r"президент\w*|глав\w+ государства",
    "prime minister": r"премьер\w*(?:.министр\w*)?",
}
_NEAR = 45


def out_of_office(account: Account) -> Iterator[Conflict]:
    """Find "In May 2018 President T. gave …" where the table `evidence_offices` says from 2019."""
    told = account.dates
    for mention in account.mentions:
        terms = _terms().get(mention.name.name)
        if not terms:
            continue
        sentence = account.sentence_at(mention.start)
        lead = account.text[max(sentence.start, mention.start - _NEAR) : mention.start]
        held = [one for one in terms if re.search(_called(one[0]) + r"[^,.;]*$", lead, re.I)]
        if not held or _NOT_THEN.search(lead):
            continue
        when = _when(account, told, mention)
        if when is None or when.iso is None:
            continue
        offices = {office for office, _, _ in held}
        fits = [_within(when.iso, since, until) for o, since, until in terms if o in offices]
        if any(fits):
            continue
        spells = "; ".join(f"{o} from {since}" + (f" to {until}" if until else "") for o, since,
                           until in held)  # fmt: skip
        yield conflict(
            "date",
            "medium",
            f"{mention.name.name}, {held[0][0]}, in {when.iso}",
            f"{mention.name.name}: {spells}. In {when.iso} somebody else held the office, or the "
            "date is wrong.",
            quotes=[account.quote(*sentence)],
        )


def _when(account: Account, told: Sequence[DateMention], mention: Mention) -> DateMention | None:
    """The date of the deed: the only one of its sentence, said before the name."""
    sentence = account.sentence_at(mention.start)
    here = [d for d in told if sentence.start <= d.start < sentence.end and d.first]
    if len(here) != 1 or here[0].end > mention.start:
        return None
    if _NOT_DONE.search(account.text, sentence.start, here[0].start):
        return None
    return here[0]


def _within(iso: str, since: str, until: str | None) -> bool:
    size = len(iso)
    return since[:size] <= iso[: len(since)] and (
        until is None or iso[: len(until)] <= until[:size]
    )


def _called(office: str) -> str:
    russian = _RUSSIAN.get(office)
    return rf"(?<!\w)(?:{re.escape(office)}" + (f"|{russian}" if russian else "") + r")(?!\w)"


@cache
def _terms() -> dict[str, list[tuple[str, str, str | None]]]:
    found: dict[str, list[tuple[str, str, str | None]]] = {}
    for row in rows("evidence_offices"):
        name = by_id("evidence_names")[row.person].name
        until = str(row.until) if row.until else None
        found.setdefault(name, []).append((row.office, str(row.since), until))
    return found
