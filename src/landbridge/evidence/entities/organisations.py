"""Organisations: known ones, and names built around a word such as Institute or Ministry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from landbridge.evidence.entities import russian
from landbridge.evidence.entities.fields import content, looks_like_person, without_person
from landbridge.evidence.entities.lexicon import words
from landbridge.evidence.entities.page import Page, Stretches, flat, within
from landbridge.evidence.names import Mention

_CAP = r"[A-ZÀ-Þ][\w’'&]*(?:[-–][\w’']+)*"
_BEFORE = re.compile(
    rf"(?:{_CAP}[ \u00a0]+(?:and[ \u00a0]+(?={_CAP}[ \u00a0]+(?:{_CAP}[ \u00a0]+)*$))?)+$"
)
_LINK = re.compile(r"[ \u00a0](of|for|on|in)[ \u00a0](?:the[ \u00a0])?")
_RUN = re.compile(rf"(?:First[ \u00a0])?{_CAP}(?:[ \u00a0]{_CAP})*(?!\w|\.[ \u00a0]?[A-Z])")
_MORE = re.compile(
    rf"(?:,[ \u00a0](?={_CAP}[^.;:\n]{{0,40}}\band\b))|[ \u00a0](?:and|&)[ \u00a0](?:the[ \u00a0])?"
)
_QUOTED = re.compile(r"[ \u00a0][“«\"]([A-ZА-ЯЁ][^”»\"\n]{1,60})[”»\"]")
_BRACKET = re.compile(r"[ \u00a0]?\(([A-Z][A-Za-z&-]{1,9})\)")
_ACRONYM = re.compile(r"(?<![\w.])[A-Z]{2,7}(?![\w$])")
_LOOK = 120
_NEXT_HEAD = re.compile(rf"[ \u00a0]({_CAP})(?![\w-])")
_ABROAD = frozenset({"embassy", "consulate", "office", "delegation", "branch"})
_SLOGANS = frozenset(["society", "alliance", "league", "union", "network"])
_OWN = frozenset({"people", "women", "children", "farmers", "men", "workers"})
_SPEAKING_BODY = re.compile(
    r"(?:’s|'s)?[ \u00a0](?:representatives?|experts?|analysts?|researchers?|director|head|members?"
    r"|chairman|president|secretary|spokes\w+|officials?|said|noted|announced|reported|states)\b"
)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as it stands in a text."""

    start: int
    end: int
    name: str
    type: str
    acronym: str | None = None
    known: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the name."""
        return self.start, self.end


def bodies(page: Page) -> tuple[Body, ...]:
    """Find every mention of an organisation, in order of the text."""
    built = _resolved(page, [*_built(page), *russian.bodies(page.text)])
    spans = Stretches(body.span for body in built)
    known = [
        Body(m.start, m.end, m.name.name, m.name.type, known=True)
        for m in page.mentions
        if m.name.kind == "organisation" and not spans.touch((m.start, m.end))
    ]
    named = [*built, *known]
    return tuple(sorted([*named, *_by_acronym(page, named)], key=lambda body: body.start))


def _built(page: Page) -> Iterator[Body]:
    """Names around a word of the list `organisation` or `company`, written with a capital."""
    text, done = page.text, 0
    for match in _heads().finditer(text):
        if match.start() < done or not match.group()[0].isupper():
            continue
        start = _left(text, match.start(), page.sentence_at(match.start()).start)
        head = match.group().lower()
        stop = match.end()
        while more := _NEXT_HEAD.match(text, stop):
            if not _heads().fullmatch(more.group(1)):
                break
            stop, head = more.end(), more.group(1).lower()
        end = _right(page, stop, head)
        if start == match.start() and end == match.end():
            continue
        if start == match.start() and head in words("company", "en"):
            continue
        if head in _SLOGANS and text[start - 1 : start] in {"“", "«", '"'}:
            continue
        bracket = _BRACKET.match(text, end)
        acronym = (
            bracket.group(1)
            if bracket and bracket.group(1).lower() not in words("no_body")
            else None
        )
        yield Body(start, end, flat(text[start:end]), _type(head), acronym)
        done = end


@cache
def _heads() -> re.Pattern[str]:
    either = {*words("organisation", "en"), *words("company", "en")}
    longest = sorted(either, key=len, reverse=True)
    choices = "|".join(re.escape(word).replace(r"\ ", " ") for word in longest)
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])", re.IGNORECASE)


def _left(text: str, start: int, floor: int) -> int:
    """Start of the capitalised words before a head, titles and openers left out."""
    match = _BEFORE.search(text, max(floor, start - 90), start)
    if not match:
        return start
    quoted = re.search(r"[“«][^”»\n]{2,60}[”»][ \u00a0]$", text[floor : match.start()])
    if quoted:
        return floor + quoted.start()
    run = list(re.finditer(_CAP, match.group()))
    roles = words("role", "en") | words("honorific", "en") | words("opener")
    first = 0
    for at, word in enumerate(run):
        plain = word.group().lower()
        last = at + 1 == len(run)
        if (
            plain in words("opener")
            or (plain in roles and not last and plain not in {"general", "first"})
            or (plain.endswith(("’s", "'s")) and plain[:-2] not in _OWN)
        ):
            first = at + 1
        elif (
            at
            and " and " in match.group()[run[at - 1].end() : word.start()]
            and any(_names_body(w.group()) for w in run[:at])
        ):
            first = at
    return match.start() + run[first].start() if first < len(run) else start


def _right(page: Page, end: int, head: str) -> int:
    """End of what belongs to a head: fields and countries, up to the next organisation."""
    text = page.text
    if head in words("company", "en"):
        more = re.compile(rf"(?:[ \u00a0]{_CAP})+").match(text, end)
        if more and _is_known(page, more.end(), "place"):
            return more.end()
    quoted = _QUOTED.match(text, end)
    if quoted:
        return quoted.end()
    while link := _LINK.match(text, end):
        if link.group(1) == "in" and head not in _ABROAD:
            break
        stop = _field(page, link.end())
        if stop is None:
            break
        end = stop
    return end


def _field(page: Page, start: int) -> int | None:
    """End of a field of work or a country that begins here; None where another body does."""
    text = page.text
    run = _RUN.match(text, start)
    if not run or _names_body(run.group()) or _is_role(run.group()):
        return None
    if page.mentions_in(start, run.end(), "organisation"):
        return None
    end = without_person(text, start, run.end())
    while end == run.end() and (more := _MORE.match(text, end)):
        run = _RUN.match(text, more.end())
        if not run or _names_body(run.group()) or _is_role(run.group()):
            break
        person = page.mentions_in(more.end(), run.end(), "person")
        stop = without_person(text, more.end(), run.end())
        if person or stop == more.end():
            break
        end = stop
    return end if end > start else None


def _names_body(run: str) -> bool:
    return bool(_heads().search(run))


def _is_role(run: str) -> bool:
    first = run.split()[0].lower()
    return first in words("role", "en") and not run.startswith("First President")


def _is_known(page: Page, end: int, kind: str) -> bool:
    return any(m.end == end for m in page.mentions_in(max(0, end - _LOOK), end, kind))


def _type(head: str) -> str:
    return "company" if head in words("company", "en") else head.replace("centre", "center")


def _resolved(page: Page, found: list[Body]) -> list[Body]:
    """Give known organisations their canonical name, and others one spelling each."""
    spelled: dict[tuple[str, ...], Body] = {}
    done: list[Body] = []
    for body in sorted(found, key=lambda b: b.start):
        whole = _same_as(page, body)
        if whole:
            body = replace(
                body,
                start=min(body.start, whole.start),
                end=max(whole.end, body.end) if whole.start > body.start else whole.end,
                known=True,
                name=whole.name.name,
                type=whole.name.type,
            )
        first = spelled.setdefault(content(body.name), body)
        done.append(replace(body, name=first.name, type=first.type))
    return done


def _same_as(page: Page, body: Body) -> Mention | None:
    """Name of the book that covers the body's own words (articles and openers aside)."""
    for mention in within(page.mentions, body.start - _LOOK, body.end):
        quoted = page.text[body.start : mention.start][-1:] in {"«", "“", '"'}
        if mention.name.kind == "organisation" and quoted and body.end - mention.end == len("»"):
            return mention
        if mention.name.kind != "organisation" or mention.end <= body.start:
            continue
        if body.start - 1 <= mention.start and mention.end < body.end:
            rest = page.text[mention.end : body.end]
            head_within = not _names_body(page.text[body.start : mention.start] + " " + rest)
            if (
                head_within
                and len(content(rest))
                and mention.start == body.start
                and "person" not in rest
            ):
                return None if not looks_like_person(rest) else mention
            continue
        if mention.start <= body.start and mention.end >= body.end:
            return mention
    return None


def _by_acronym(page: Page, named: list[Body]) -> Iterator[Body]:
    """Short forms: given in brackets, made of a name's first letters, or seen to speak."""
    text = page.text
    short: dict[str, Body] = {}
    for body in named:
        letters = "".join(w[0] for w in re.findall(r"\w+", body.name) if w[0].isupper())
        for form in (body.acronym, letters if len(letters) > len("ab") else None):
            if form:
                short.setdefault(form, body)
    taken = Stretches([*(body.span for body in named), *((m.start, m.end) for m in page.mentions)])
    for match in _ACRONYM.finditer(text):
        word = match.group()
        if taken.touch(match.span()):
            continue
        if word in short:
            whole = short[word]
            yield Body(match.start(), match.end(), whole.name, whole.type, known=whole.known)
        elif (
            word.lower() not in words("no_body")
            and _SPEAKING_BODY.match(text, match.end())
            and _mixed(page, match)
        ):
            yield Body(match.start(), match.end(), word, "acronym")


def _mixed(page: Page, match: re.Match[str]) -> bool:
    """Say whether the sentence is not all capitals."""
    sentence = page.sentence_at(match.start()).of(page.text)
    return sum(c.islower() for c in sentence) > len(sentence) / 2
