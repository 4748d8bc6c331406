"""Lists of persons or countries that are announced with a number, and hold another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers
from landbridge.evidence.text.spans import Span

_NUMBER = r"(?P<number>two|three|four|five|six|seven|eight|nine|ten|два|две|три|четыре|пять|шесть)"
_PEOPLE = re.compile(
    rf"(?<![\w-]){_NUMBER}\s(?:[\w-]+\s){{0,2}}?(?:speakers|experts|presidents|ministers|guests"
    r"|panellists|panelists|persons|people|scholars|heads|delegates|officials|researchers|leaders"
    r"|докладчик\w+|эксперт\w+|президент\w+|министр\w+)\b[^.;:\n]{0,60}[:(–—-]\s",
    re.IGNORECASE,
)
_PLACES = re.compile(
    rf"(?<![\w-]){_NUMBER}\s(?:[\w-]+\s){{0,3}}?(?:states|countries|republics|nations|economies"
    r"|railways|members|parties|neighbou?rs|signatories|стран\w*|государств\w*|республик\w*)\b"
    r"[^.;:\n]{0,60}?(?:[:(–—-]|\sare)\s?(?:those of\s|that is\s|namely\s)?",
    re.IGNORECASE,
)
_BODIES = re.compile(
    rf"(?<![\w-]){_NUMBER}\s(?:[\w-]+\s){{0,2}}?(?:banks|lenders|institutions|organi[sz]ations"
    r"|companies|corporations|funds|ministries|agencies|shareholders|банк\w*|организаци\w+"
    r"|компани\w+|фонд\w*|министерств\w*|кредитор\w*)\b[^.;:\n]{0,60}:\s",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:including|such as|for example|e\.g|among|of them|others?|etc|first|as well as|with)\b"
    r"|(?<!\w)(?:включая|например|в том числе|другие|прочие)(?!\w)",
    re.IGNORECASE,
)
_LEAST = 2
_ITEM_REACH = 400


def persons_announced(account: Account) -> Iterator[Conflict]:
    """Find "four speakers: …" with three persons named to the end of the sentence."""
    persons = sorted(account.of_kind("person"), key=lambda f: f.start)
    for match in _PEOPLE.finditer(account.text):
        end = _list_end(account, match.end())
        held = {f.subject for f in persons if match.end() - 1 <= f.start < end}
        yield from _odd(account, match, Span(match.end(), end), len(held))


def countries_announced(account: Account) -> Iterator[Conflict]:
    """Find "three railways: those of Kazakhstan and Azerbaijan"."""
    for match in _PLACES.finditer(account.text):
        end = _list_end(account, match.end())
        named = [m for m in account.names_in(match.end(), end) if m.name.iso3]
        rest = account.text[match.end() : end]
        items = [i for i in re.split(r",|\sand\s|\sи\s|\sas well as\s", rest) if i.strip()]
        if len(items) == len(named):
            yield from _odd(account, match, Span(match.end(), end), len({m.name for m in named}))


def bodies_announced(account: Account) -> Iterator[Conflict]:
    """Find "four lenders: …" with three bodies of the book, each an item of its own."""
    for match in _BODIES.finditer(account.text):
        end = _list_end(account, match.end())
        named = [
            m
            for m in account.mentions
            if match.end() <= m.start < end and m.name.kind == "organisation"
        ]
        text, at = "", match.end()
        for mention in named:
            text += account.text[at : mention.start]
            at = mention.end
        text += account.text[at:end]
        if not re.sub(r"\b(?:and|the|as well as)\b|(?<!\w)(?:и|а также)(?!\w)|[,\s.]", "", text):
            yield from _odd(account, match, Span(match.end(), end), len({m.name for m in named}))


def _list_end(account: Account, start: int) -> int:
    """Where a list ends: its sentence, a bracket, a dash or a semicolon."""
    limit = min(account.sentence_at(start).end, start + _ITEM_REACH)
    stop = re.search(r"[;)]|\s[–—-]\s|\.\s*$", account.text[start:limit])
    return start + stop.start() if stop else limit


def _odd(account: Account, match: re.Match[str], rest: Span, named: int) -> Iterator[Conflict]:
    number = int(numbers(match["number"])[0].value)
    if not _LEAST <= named != number or _SOME.search(account.text, match.start(), rest.end):
        return
    yield conflict(
        "list",
        "medium",
        f"{match['number']} announced, {named} named: {match.group().strip(' :(–—-')}",
        f"The list is announced as {match['number']} and names {named}.",
        quotes=[account.quote(match.start(), rest.end)],
    )
