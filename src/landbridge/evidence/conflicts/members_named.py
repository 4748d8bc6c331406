"""States named one after the other: fewer than announced, or a body's members without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import Mention, names
from landbridge.evidence.text.numbers import numbers
from landbridge.facts import rows

_JOINS = re.compile(r"\s?,\s(?:and\s|и\s|the\s)*|\s(?:and|и|as well as|а также|plus)\s(?:the\s)?")
_STATES = (
    r"(?:member\s|founding\s)?(?:states|countries|republics|nations|economies|members|neighbou?rs"
    r"|signatories|parties|shareholders|founders|государств\w*|стран\w*|республик\w*|член\w*"
    r"|участни\w+)"
)
_OPENED = (
    r"(?:\s(?:of|from|in)\s[^.;:,]{2,40}?|(?:\s[а-яё]+){1,2})?(?:[^\w.]{1,3}|\s(?:are|is|were|was)\s"
    r"|,?\s(?:namely|that is|these are|they are|those are|those of|а именно|это)\s"
    r"|[,.]\s(?:these|they|those|it) (?:are|is)\s"
    r"|[,.]\s(?:это|ими являются)\s)(?:the\s)?$"
)
_ANNOUNCED = re.compile(
    r"(?<![\w-])(?P<number>two|three|four|five|six|seven|eight|nine|ten|два|две|двух|три|тр[её]х|четыре|четыр[её]х"
    rf"|пять|пяти|шесть|шести|семь|семи|восемь|восьми|\d{{1,2}})\s(?:[\w-]+\s){{0,3}}?{_STATES}"
    rf"{_OPENED}",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"\b(?:its|all|the|their)\s(?:\w+\s)?{_STATES}{_OPENED}"
    rf"|(?<!\w)(?:е[её]|его|их|все|всех)\s(?:\w+\s)?{_STATES}{_OPENED}",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:including|such as|for example|e\.g|among|some|other|several|most|part"
    r"|of (?:them|which))\b"
    r"|(?<!\w)(?:включая|например|в том числе|среди|некотор\w+|ряд\w*|друг\w+|часть)(?!\w)",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s?,?\s?(?:\(|and |as well as |и |а также |or |etc|и др)", re.IGNORECASE)
_LEAST = 3
_LEAD = 90


def members_named(account: Account) -> Iterator[Conflict]:
    """Find "five states, these are A, B, C and D", and "its members – A, B and C" of four.

    Whose members "its" are says a body named before in the text; the sets of the table
    `evidence_sets` hold for the document's year.
    """
    for run in _runs(account):
        start = max(account.paragraph_at(run[0].start).start, run[0].start - _LEAD)
        lead = account.text[start : run[0].start]
        if _SOME.search(lead) or _MORE.match(account.text, run[-1].end):
            continue
        held = list(dict.fromkeys(m.name.name for m in run))
        announced = _ANNOUNCED.search(lead)
        own = _OWN.search(lead)
        told = numbers(announced["number"].lower()) if announced else ()
        opening = announced or own
        begun = account.sentence_at(start + opening.start()).start if opening else start
        quote = account.quote(begun, run[-1].end)
        if announced and told and told[0].value == len(held):
            continue
        row = _whole(account, run, held) if (own or announced) and len(held) >= _LEAST else None
        if row is not None:
            missing = [name for name in row.members if name not in held]
            yield conflict(
                "list",
                "medium",
                f"{len(held)} of {len(row.members)} {row.name} named; not there: "
                f"{', '.join(missing)}",
                f"There are {len(row.members)} {row.name}; the list leaves out "
                f"{' and '.join(missing)}.",
                quotes=[quote],
            )
        elif announced and told:
            yield conflict(
                "list",
                "medium",
                f"{announced['number']} announced, {len(held)} named: {', '.join(held)}",
                f"The list is announced as {announced['number']} and names {len(held)}.",
                quotes=[quote],
            )


def _runs(account: Account) -> Iterator[list[Mention]]:
    """States named one after the other with nothing but commas and "and" between."""
    run: list[Mention] = []
    for mention in account.mentions:
        if not mention.name.iso3 or mention.name.kind != "place":
            continue
        if run and _JOINS.fullmatch(account.text[run[-1].end : mention.start]):
            run.append(mention)
            continue
        if len(run) > 1:
            yield run
        run = [mention]
    if len(run) > 1:
        yield run


def _whole(account: Account, run: list[Mention], held: list[str]) -> Any | None:
    """The set of the table that a list is all but one of, and whose body the text names."""
    named = {m.name.name for m in account.mentions if m.end <= run[0].start}
    text = account.text[: run[0].start].lower()
    for row in rows("evidence_sets"):
        if account.year and (
            (row.since and account.year < row.since) or (row.until and account.year > row.until)
        ):
            continue
        inside = all(name in row.members for name in held)
        if not inside or len(held) != len(row.members) - 1:
            continue
        if any(word in text for word in row.words) or _bodies(tuple(row.words)) & named:
            return row
    return None


@cache
def _bodies(words: tuple[str, ...]) -> frozenset[str]:
    """Organisations whose spelling ends one of the words for their members."""
    return frozenset(
        name.name
        for name in names()
        if name.kind == "organisation"
        and any(
            word.endswith(f" {form.lower()}") or word.startswith(f"{form.lower()} ")
            for form in (name.name, *name.other)
            for word in words
        )
    )
