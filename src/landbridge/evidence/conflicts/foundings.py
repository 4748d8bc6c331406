"""Beginnings of one thing told with two years: founded in 2016, and founded in 2013."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.moments import moments
from landbridge.evidence.conflicts.said import names_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import words

_DEEDS = {
    "founded": re.compile(
        r"\b(?:was|were|been|being|is)?\s?(?:founded|established|set up|created)\b"
        r"|(?<!\w)(?:основан[аоы]?|основал\w*|создан[аоы]?|учрежд[её]н[аоы]?)(?!\w)",
        re.IGNORECASE,
    ),
    "opened": re.compile(
        r"\b(?:opened|inaugurated|commissioned|put into (?:operation|service))\b"
        r"|(?<!\w)(?:открыт[аоы]?|открыл(?:ся|ась|ось|ись)|сдан[аоы]?|введ[её]н[аоы]?)(?!\w)",
        re.IGNORECASE,
    ),
    "signed": re.compile(
        r"\b(?:signed|concluded)\b|(?<!\w)(?:подписан[аоы]?|заключ[её]н[аоы]?)(?!\w)",
        re.IGNORECASE,
    ),
}
_APART = words(
    "first second third fourth new stage phase next terminal2 section branch offic east west north "
    "south renew reope again additi supple ochere"
)
_THINGS = words(
    "plant port terminal berth airport bridge tunnel railway line zone park station hub company "
    "operator firm bank forum instit center dry-port fund association univer museum club agency "
    "agreem treaty contra memora road highway council commis"
)
_REACH = 60
_YEAR = 12


class _Told(NamedTuple):
    deed: str
    year: int
    heads: frozenset[str]
    names: frozenset[str]
    apart: frozenset[str]
    sentence: Span


def foundings(account: Account) -> Iterator[Conflict]:
    """Find "the centre was founded in 2016" and "since 2013, when the centre was founded".

    One verb of beginning, one name and one kind of thing, in two sentences with two years.
    """
    told = list(_told(account))
    seen: set[int] = set()
    for one, other in combinations(told, 2):
        same = one.deed == other.deed and one.year != other.year and one.apart == other.apart
        names = one.names & other.names
        nested = one.names <= other.names or other.names <= one.names
        if not same or not names or not nested or not one.heads & other.heads:
            continue
        if one.sentence == other.sentence or {one.sentence.start, other.sentence.start} & seen:
            continue
        seen |= {one.sentence.start, other.sentence.start}
        yield conflict(
            "value",
            "high",
            f"{one.deed} in {one.year} or in {other.year}",
            f"The document tells what looks like one thing as {one.deed} in {one.year} and in "
            f"{other.year}.",
            quotes=[account.quote(*one.sentence), account.quote(*other.sentence)],
        )


def _told(account: Account) -> Iterator[_Told]:
    for sentence in account.sentences:
        times = moments(account, *sentence)
        for deed, form in _DEEDS.items():
            verbs = list(form.finditer(account.text, *sentence))
            near = {
                m.first // _YEAR
                for m in times
                for verb in verbs
                if m.start - verb.end() <= _REACH and verb.start() - m.end <= _REACH
            }
            if len(verbs) != 1 or len(near) != 1:
                continue
            text = sentence.of(account.text)
            meanings = concepts(text)
            yield _Told(
                deed,
                near.pop(),
                meanings & _THINGS,
                names_in(account, sentence),
                meanings & _APART,
                sentence,
            )
