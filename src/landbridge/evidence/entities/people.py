"""Persons: known names, and names told by a title, a role beside them, or a given name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from landbridge.evidence.entities.fields import is_field
from landbridge.evidence.entities.lexicon import pattern, words
from landbridge.evidence.entities.organisations import Body
from landbridge.evidence.entities.page import Page, Stretches, demonyms
from landbridge.evidence.entities.roles import Person, described
from landbridge.evidence.names.tokens import key

_S = r"[ \u00a0]"
_WORD = r"(?:[A-ZÀ-Þ][a-zà-ÿ’']+(?:-[A-Z]?[a-zà-ÿ]+)*|[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)"
_INITIAL = r"(?:[A-Z]|Zh|Sh|Ch|Kh|Ts|Yu|Ya|Dzh|[А-ЯЁ]|Дж)\."
_PARTICLE = r"(?:van|von|der|de|bin|ibn|al|el|la|uulu|kyzy)"
_NAME = re.compile(
    rf"(?<![\w.])(?:(?:{_INITIAL}{_S}?){{1,3}}{_WORD}"
    rf"|{_WORD}(?:{_S}(?:{_INITIAL}|{_PARTICLE}|{_WORD})){{0,2}}{_S}{_WORD})(?![a-zà-ÿа-яё])"
)
_SINGLE = re.compile(rf"(?<![\w.-]){_WORD}(?![\w-])")
_PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao"
    r"|iu|ian"
    r"|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|ue|er)){1,2}"
)
# Endings of family names from the Baltic to the Pamirs.
_FAMILY = re.compile(
    r"\w{2,}(?:ov|ev|yev|iev|ova|eva|yeva|ieva|enko|chuk|shvili|adze|idze|yan|skiy|sky|ski|skaya"
    r"|uly|uulu|kyzy|bayev|zade|zoda)$"
    r"|\w{2,}(?:ов|ев|ёв|ова|ева|енко|чук|швили|адзе|идзе|ский|ская|улы|кызы|заде|зода|ова"
    r"|овым|овой|ову|ова|евым|евой|еву)$"
)
_CONTACT = re.compile(r"(?:\b[Cc]ontact|\bAuthor|\bWritten by|^By|\nBy|\bАвтор)s?:?\s+$")
_AND_BY = re.compile(r"(?:^|\n)By [^\n.]{3,60}(?:,| and)\s+$")
_DOES = re.compile(
    r",?\s+(?:who\b|led\b|leads\b|heads\b|headed\b|chairs\b|chaired\b|laughs\b|laughed\b|wrote\b"
    r"|writes\b|recalls?\b|recalled\b|smiles\b|raised\b|briefed\b|greeted\b|thanked\b|возглавл\w+)"
)
_TITLE_TAIL = re.compile(r"(?:[ \u00a0][“«\"][^”»\"]*[”»\"])?$")


def people(page: Page, bodies: tuple[Body, ...]) -> tuple[Person, ...]:
    """Find every clear mention of a person, in order of the text."""
    masked = _masked(page, bodies)
    known = list(_known(page, bodies, masked))
    found = [*known, *_told(page, bodies, masked, [(p.name_start, p.name_end) for p in known])]
    return tuple(sorted(_one_name_each(found), key=lambda person: person.name_start))


def _masked(page: Page, bodies: tuple[Body, ...]) -> str:
    """Text with the names of all that is no person blotted out, offsets kept."""
    letters = list(page.text)
    spans = [body.span for body in bodies]
    spans += [
        (m.start, m.end) for m in page.mentions if m.name.kind not in {"person", "organisation"}
    ]
    for start, end in spans:
        letters[start:end] = "\x00" * (end - start)
    return "".join(letters)


def _known(page: Page, bodies: tuple[Body, ...], masked: str) -> Iterator[Person]:
    spans = Stretches(body.span for body in bodies)
    for mention in page.mentions:
        if mention.name.kind != "person" or spans.touch((mention.start, mention.end)):
            continue
        start = mention.start
        initials = re.search(
            rf"(?<![\w.])(?:{_INITIAL}{_S}?){{1,3}}$", page.text[max(0, start - 9) : start]
        )
        if initials:
            start -= len(initials.group())
            if (
                initials.group()[0] != mention.name.name[0]
                and mention.name.name.isascii()
                and initials.group().isascii()
            ):
                continue
        if " " not in mention.written and not initials and _other_given_name(page.text, start):
            continue
        person = described(page, bodies, masked, start, mention.end)
        where = mention.name.country
        from landbridge.evidence.names.book import country_name

        affiliation = person.affiliation or (country_name(where) if where else None)
        yield replace(person, name=mention.name.name, affiliation=affiliation, known=True)


def _other_given_name(text: str, start: int) -> bool:
    """Say whether a family name alone belongs to somebody else: another given name before it."""
    before = re.search(rf"({_WORD}){_S}$", text[max(0, start - 30) : start])
    return bool(before and before.group(1).lower() in words("given"))


def _told(
    page: Page, bodies: tuple[Body, ...], masked: str, known: list[tuple[int, int]]
) -> Iterator[Person]:
    taken: list[tuple[int, int]] = []
    of_book = Stretches(known)
    for match in _NAME.finditer(masked):
        span = _trimmed(page, match)
        if span is None or of_book.touch(span):
            continue
        person = described(page, bodies, masked, *span)
        if _is_person(page, person):
            taken.append((person.start, person.end))
            yield person
    all_taken = Stretches([*known, *taken])
    for match in _SINGLE.finditer(masked):
        before = re.search(
            r"\b(Mr|Mrs|Ms|Dr|Madam|Professor|Prof|President|Minister|Ambassador|Premier|Chancellor"
            r"|Secretary|Governor|Chairman|Senator|господин|г-н|г-жа)\.?\s$",
            masked[max(0, match.start() - 12) : match.start()],
        )
        if re.match(rf"{_S}{_WORD}", page.text[match.end() : match.end() + 12]):
            continue
        if before and key(match.group()) not in _no_names() and not all_taken.touch(match.span()):
            owned = re.search(r"[’']s$", match.group())
            end = match.end() - (len(owned.group()) if owned else 0)
            yield described(page, bodies, masked, match.start(), end)


def _trimmed(page: Page, match: re.Match[str]) -> tuple[int, int] | None:
    """Offsets of a name without titles and openers before it; None where no two words are left."""
    no_names = _no_names()
    parts = list(re.finditer(rf"{_INITIAL}|{_WORD}|{_PARTICLE}", match.group()))
    while parts and key(parts[0].group()) in no_names:
        parts.pop(0)
    for at, part in enumerate(parts):
        if key(part.group()) in no_names:
            parts = parts[:at]
            break
    if re.search(
        r"\b(?:of|for)\s(?:the\s)?$", page.text[max(0, match.start() - 8) : match.start()]
    ):
        while len(parts) > len("ab") and is_field(parts[0].group()):
            parts.pop(0)
    if len(parts) < len("ab"):
        return None
    end = match.start() + parts[-1].end()
    while end < len(page.text) and page.text[end].isalpha() and not page.text[end - 1].isupper():
        end += 1
    return match.start() + parts[0].start(), end


@cache
def _no_names() -> frozenset[str]:
    """Words with a capital that are no part of a person's name."""
    lists = (
        "role",
        "honorific",
        "organisation",
        "event",
        "agreement",
        "programme",
        "project",
        "speech",
    )
    single = {key(part) for name in lists for word in words(name) for part in word.split()}
    nations = {key(word) for word in demonyms()}
    nations |= {key(w) for row in _demonym_rows() for w in row}
    return frozenset(single | {key(w) for w in words("no_name")} | nations)


@cache
def _demonym_rows() -> tuple[tuple[str, ...], ...]:
    from landbridge.facts import rows

    return tuple(row.russian for row in rows("evidence_demonyms"))


def _is_person(page: Page, person: Person) -> bool:
    if person.role is not None:
        return True
    name = person.written
    parts = re.findall(rf"{_INITIAL}|{_WORD}", name)
    first = parts[0]
    if re.fullmatch(_INITIAL, first):
        return True
    given = words("given")
    if first.lower() in given or (len(parts) == len("abc") and parts[1].lower() in given):
        return True
    if (
        first in _chinese_surnames()
        and len(parts) == len("ab")
        and _PINYIN.fullmatch(parts[1].lower())
    ):
        return True
    return _of_family(parts) or _beside(page, person) or _speaks(page, person)


def _of_family(parts: list[str]) -> bool:
    """Say whether two words are a given name and a family name of a telling ending."""
    return len(parts) == len("ab") and not is_field(parts[0]) and bool(_FAMILY.match(parts[1]))


def _beside(page: Page, person: Person) -> bool:
    """Say whether what stands beside two words is only said of persons, or signs their work."""
    before = page.text[max(0, person.name_start - 80) : person.name_start]
    if _CONTACT.search(before) or _AND_BY.search(before):
        return True
    if any(is_field(part) for part in person.written.split()):
        return False
    return bool(_DOES.match(page.text, person.name_end))


@cache
def _chinese_surnames() -> frozenset[str]:
    return frozenset(word.title() for word in words("surname"))


def _speaks(page: Page, person: Person) -> bool:
    """Say whether a verb of speech stands right before or after the name."""
    speech = pattern("speech")
    lead = page.text[max(0, person.name_start - len("for the ")) : person.name_start]
    if re.search(r"\b(?:of|at|for)\s(?:the\s)?$", lead):
        return False
    after = re.match(
        r",?\s+(?:also\s+|also,\s+|has\s+|also\s+)?",
        page.text[person.name_end : person.name_end + 12],
    )
    if after and speech.match(page.text, person.name_end + after.end()):
        return True
    before = page.text[max(0, person.name_start - 24) : person.name_start]
    return any(m.end() == len(before.rstrip()) for m in speech.finditer(before))


def _one_name_each(found: list[Person]) -> list[Person]:
    """Join short forms (R. Izimov) to the full name with the same family name and initial."""
    full: dict[str, str] = {}
    for person in sorted(found, key=lambda p: (not p.known, p.name_start)):
        parts = _parts(person.name)
        if len(parts) > 1 and len(parts[0]) > 1:
            full.setdefault(key(parts[-1]), person.name)
    done = []
    for person in found:
        parts = _parts(person.name)
        longer = full.get(key(parts[-1]))
        short = len(parts) == 1 or len(parts[0]) == 1
        if longer and short and (len(parts) == 1 or parts[0][0] == longer[0]):
            person = replace(person, name=longer)
        done.append(person)
    return done


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", name) or [name]
