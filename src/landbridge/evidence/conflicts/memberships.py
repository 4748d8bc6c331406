"""More members than a body had at the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.bounds import beyond
from landbridge.evidence.model import Conflict, Fact
from landbridge.facts import rows

_UNITS = frozenset(
    ["members", "states", "countries", "member states", "member", "member countries", "members"]
)
_OWN = re.compile(
    r"(?:[’']s\s|,?\s(?:with\s(?:its\s|all\s)?|which\s(?:unites|has|joins|counts|comprises)\s"
    r"|that\s"
    r"(?:unites|has|joins)\s|unites\s|has\s|counts\s|comprises\s|consists of\s|объединяет\s"
    r"|насчитывает\s|включает\s|состоит из\s)|\s)"
    r"(?:all\s|some\s)?$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:observer|partner|dialogue|candidate|founding|and|plus)\w*\b"
    r"|(?<!\w)(?:наблюдател\w+|партн[её]р\w*|и|и других)(?!\w)",
    re.IGNORECASE,
)
_MEMBERS_OF = re.compile(
    r"\s?(?:member\s)?(?:states|countries|members|nations|государств\w*|стран\w*|членов)?"
    r"\s?[-–—]?\s?(?:members|член\w+|участни\w+)?\s?(?:of\s)?(?:the\s)?",
    re.IGNORECASE,
)
_MEMBER = re.compile(r"\bmembers?\b|(?<!\w)(?:член|участни)\w*", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:Organi[sz]ation|Union|Association|Bank|Commonwealth|Alliance|Организаци[ия]|Союза|Банка"
    r"|Содружества|Альянса)(?!\s(?:of|for|[A-ZА-ЯЁ])|\w)"
)
_INSIDE = re.compile(
    r"(?<!\w)[Вв]\s[А-ЯЁ][\w\s]{2,40}\s(?:состо[ия]т|вход[ия]т|входило|состояло)\s$"
)
_LEAD = 60


def too_many_members(account: Account) -> Iterator[Conflict]:
    """Find "ASEAN's 14 members", and "the ten member states of the Organisation" of the SCO.

    The body stands right before the count or after it; one that is only called the Organisation
    or the Union is the last of the table named before. The bound is that of the document's year.
    """
    for fact in account.figures:
        if fact.unit not in _UNITS or not fact.value:
            continue
        row = _body_before(account, fact) or _body_after(account, fact)
        if row is not None and fact.value > row.high:
            yield beyond(fact, row)


def _body_before(account: Account, fact: Fact) -> Any | None:
    start = fact.value_start or 0
    lead = account.text[max(account.sentence_at(start).start, start - _LEAD) : start]
    after = account.text[fact.value_end or 0 : (fact.value_end or 0) + 25]
    inside = _INSIDE.search(lead)
    if inside and _MEMBER.search(after):
        return _last_body(account, start - len(lead) + inside.start() + 2, start)
    for row, form in _bodies(account.year):
        named = list(form.finditer(lead))
        if named and not _OTHER.search(after) and _OWN.fullmatch(lead[named[-1].end() :]):
            return row
    return None


def _body_after(account: Account, fact: Fact) -> Any | None:
    end = account.sentence_at(fact.value_start or 0).end
    match = _MEMBERS_OF.match(account.text, fact.value_end or 0, end)
    if match is None or not _MEMBER.search(match.group()):
        return None
    return _last_body(account, match.end(), fact.value_start or 0)


def _last_body(account: Account, start: int, limit: int) -> Any | None:
    """The body named at a place, or the last one named before where only "the Union" is said."""
    bodies = _bodies(account.year)
    named = next((row for row, form in bodies if form.match(account.text, start)), None)
    if named is not None or not _GENERIC.match(account.text, start):
        return named
    before = [
        (last.start(), row)
        for row, form in bodies
        for last in [*form.finditer(account.text, 0, limit)][-1:]
    ]
    return max(before, key=lambda one: one[0])[1] if before else None


@cache
def _bodies(year: int | None) -> tuple[tuple[Any, re.Pattern[str]], ...]:
    """Bodies of the table, each with the bound that held in a year."""
    held: dict[tuple[str, ...], Any] = {}
    for row in rows("evidence_members"):
        if row.until and (year is None or year > row.until):
            continue
        key = tuple(row.names)
        if key not in held or row.high < held[key].high:
            held[key] = row
    return tuple(
        (row, re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in names)))
        for names, row in held.items()
    )
