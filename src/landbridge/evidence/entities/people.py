"""Persons: known names, and names told by a title, a role beside them, or a given name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from landbridge.evidence.entities.lexicon import pattern, words
from landbridge.evidence.entities.organisations import Body, is_field
from landbridge.evidence.entities.page import Page, demonyms, flat, overlaps
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
    r"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian"
    r"|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|ue|er)){1,2}"
)
_APPOSITIVE = re.compile(r",\s+(?:the\s+|a\s+|an\s+|и\.о\.\s+)?([^,.;:()\n]*)")
# What may stand between a role and the name it belongs to.
_TO_NAME = re.compile(
    r"(?:’s|'s)?(?:\s+(?:of|to|at|for|in|from|on|and|the|under|[A-ZÀ-Þ\x00][\w’'.&\x00-]*|\x00+|[“”«»\"]))*\s*[,–—-]?\s*"
)
_TO_NAME_RUSSIAN = re.compile(r"(?:[ \u00a0][\w«»\"\x00/-]+){0,10}\s+")
_RUSSIAN_VERB = re.compile(r"\w(?:ла|ли|ло|лся|лась|лись|ает|яет|ует|ают|яют|уют|ил|ал|ел|ся)\b")
_LOOK_BACK = 160
_TITLE_TAIL = re.compile(r"(?:[ \u00a0][“«\"][^”»\"]*[”»\"])?$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as first clearly named in a text, with role and affiliation as of the text.

    `start`, `end` hold the name with its title; `name_start` is where the name itself begins.
    """

    start: int
    end: int
    name_start: int
    name_end: int
    name: str
    written: str
    role: str | None = None
    affiliation: str | None = None
    known: bool = False


def people(page: Page, bodies: tuple[Body, ...]) -> tuple[Person, ...]:
    """Find every clear mention of a person, in order of the text."""
    masked = _masked(page, bodies)
    found = [*_known(page, bodies, masked), *_told(page, bodies, masked)]
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
    spans = [body.span for body in bodies]
    for mention in page.mentions:
        if mention.name.kind != "person" or overlaps((mention.start, mention.end), spans):
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
        person = _described(page, bodies, masked, start, mention.end)
        where = mention.name.country
        from landbridge.evidence.names.book import country_name

        affiliation = person.affiliation or (country_name(where) if where else None)
        yield replace(person, name=mention.name.name, affiliation=affiliation, known=True)


def _other_given_name(text: str, start: int) -> bool:
    """Say whether a family name alone belongs to somebody else: another given name before it."""
    before = re.search(rf"({_WORD}){_S}$", text[max(0, start - 30) : start])
    return bool(before and before.group(1).lower() in words("given"))


def _told(page: Page, bodies: tuple[Body, ...], masked: str) -> Iterator[Person]:
    known = [(m.start, m.end) for m in page.mentions if m.name.kind == "person"]
    taken: list[tuple[int, int]] = []
    for match in _NAME.finditer(masked):
        span = _trimmed(page, match)
        if span is None or overlaps(span, known):
            continue
        person = _described(page, bodies, masked, *span)
        if _is_person(page, person):
            taken.append((person.start, person.end))
            yield person
    for match in _SINGLE.finditer(masked):
        before = re.search(
            r"\b(Mr|Mrs|Ms|Dr|Madam|Professor|Prof|President|Minister|Ambassador|Premier|Chancellor"
            r"|Secretary|Governor|Chairman|Senator|господин|г-н|г-жа)\.?\s$",
            masked[max(0, match.start() - 12) : match.start()],
        )
        if re.match(rf"{_S}{_WORD}", page.text[match.end() : match.end() + 12]):
            continue
        if (
            before
            and key(match.group()) not in _no_names()
            and not overlaps(match.span(), [*known, *taken])
        ):
            yield _described(page, bodies, masked, *match.span())


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
    return match.start() + parts[0].start(), match.start() + parts[-1].end()


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
    months = "january february march april may june july august september october november december"
    other = (
        "the a an in on at of for from to and by with this that these our we he she it they his"
        " her "
        "as but if so while when where there according opening speaking source today yesterday"
        " first "
        "second third new great central east west north south economic belt road silk way one"
        " world "
        "global international national state republic people home events latest articles skip news "
        "monday tuesday wednesday thursday friday saturday sunday peaceful rise golden decade "
        "в на по это он она они мы как при для из от но а также однако согласно первый новый "
        "господин республика шелковый путь пояс один extraordinary plenipotentiary historical "
        "sciences economic law philosophy physical political general executive mrs mr ms dr prof "
        "studies eurasian asian european african program programme university railway port high"
        " level economy trade development policy industry energy affairs"
    )
    nations = {key(word) for word in demonyms()}
    nations |= {key(w) for row in _demonym_rows() for w in row}
    return frozenset(single | {key(w) for w in f"{months} {other}".split()} | nations) - {"may"}


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
    return _speaks(page, person)


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


def _described(page: Page, bodies: tuple[Body, ...], masked: str, start: int, end: int) -> Person:
    """Read role and affiliation beside a name; the span grows over them."""
    name = re.sub(r"(?<=\.)(?=[^\W\d_][^\W\d_.]+)", " ", flat(page.text[start:end]))
    person = Person(start, end, start, end, name, name)
    title = _title_before(page, masked, start)
    if title is not None:
        role_start, role_end, honorific = title
        role = None if honorific else _role_text(page, bodies, role_start, role_end, start)
        person = replace(
            person,
            start=role_start,
            role=role or "",
            affiliation=_home(page, bodies, role_start, start),
        )
    if person.role is None or page.text[end : end + 1] == ",":
        found = _APPOSITIVE.match(page.text, end)
        role_match = pattern("role", plural=False).search(found.group(1)) if found else None
        if found and role_match and _is_apposition(found.group(1), role_match):
            stop = _apposition_end(page, bodies, found)
            more = _short_role(flat(page.text[found.start(1) : stop]), page, bodies, found.start(1))
            affiliation = _home(page, bodies, found.start(1), min(len(page.text), stop + 1))
            role = f"{person.role}, {more}" if person.role else more
            person = replace(
                person, end=stop, role=role, affiliation=affiliation or person.affiliation
            )
    if person.affiliation is None:
        of = re.match(r"\s+(?:of|from|at)\s+(?:the\s+)?", page.text[end : end + 12])
        home = next((b for b in bodies if of and b.start == end + of.end()), None)
        if home:
            person = replace(person, end=max(home.end, person.end), affiliation=home.name)
    return person


def _role_text(page: Page, bodies: tuple[Body, ...], start: int, end: int, stop: int) -> str:
    """Words of a role before a name, up to the organisation or country it is held in."""
    places = [m.start for m in page.mentions_in(end, stop, "place")]
    first = min([*places, *(b.start for b in bodies if end <= b.start < stop)], default=None)
    words_between = page.text[start : first if first is not None else end]
    role = re.sub(r"(?:\s+(?:of|at|in|for|with|from|to))?(?:\s+the)?[\s“«\"]*$", "", words_between)
    for body in bodies:
        if start <= body.start and body.end <= end:
            role = page.text[body.end : end]
    plain = flat(role)
    nation = plain.split()[0].lower() if " " in plain else ""
    if nation in demonyms():
        plain = plain[len(nation) + 1 :]
    return plain[:-1] if plain.endswith("s") and plain[:-1].lower() in words("role") else plain


def _short_role(role: str, page: Page, bodies: tuple[Body, ...], start: int) -> str:
    """Words of a role up to the organisation it is held in."""
    for body in bodies:
        if start < body.start < start + len(role):
            cut = page.text[start : body.start]
            return flat(re.sub(r"\s+(?:of|at|in|for|with|from)(?:\s+the)?\s*$", "", cut)) or role
    return role


def _is_apposition(phrase: str, role: re.Match[str]) -> bool:
    """Say whether a phrase after a comma begins with a role, not with another sentence."""
    lead = phrase[: role.start()]
    if (
        len(lead.split()) > len("four")
        or re.match(r"\w+ing\b", phrase)
        or pattern("speech").search(lead)
    ):
        return False
    return not re.search(r"\b(?:is|was|are|were|has|had|will|and|who|which)\b", lead)


def _apposition_end(page: Page, bodies: tuple[Body, ...], found: re.Match[str]) -> int:
    """End of an apposition: before its verb, after the last organisation it names."""
    phrase = found.group(1)
    verb = re.search(
        r"\s(?:and\b(?!\s(?:Plenipotentiary|(?:[a-z-]+\s)?(?:director|head|chair\w*|professor|president|chief|editor|partner|member)\b|[A-Z]\w+\s(?:of|to|at)\b))|(?:who|has|have|had|was|were|is|are|will)\b|[a-z]+ed\b|said\b|made\b|gave\b|spoke\b|took\b|told\b)",
        phrase,
    )
    end = found.start(1) + (verb.start() if verb else len(phrase))
    for body in bodies:
        if found.start(1) < body.start <= end < body.end:
            end = body.end
    return end


def _title_before(page: Page, masked: str, start: int) -> tuple[int, int, bool] | None:
    """Role or honorific right before a name: where it begins and ends, and whether a mere honorific."""
    floor = max(page.sentence_at(start).start, start - _LOOK_BACK)
    honour = re.search(
        r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Madam|г-н|г-жа|господин|госпожа)\.?[ \u00a0]+$",
        page.text[floor:start],
    )
    stop = floor + honour.start() if honour else start
    best: tuple[int, int, bool] | None = None
    roles = [
        role
        for role in pattern("role", plural=True).finditer(page.text, floor, stop)
        if "\x00" not in masked[role.start() : role.end()]
    ]
    for at in range(len(roles) - 1, -1, -1):
        if not _leads_to(masked, roles[at], stop):
            continue
        end, first = roles[at].end(), at
        while first and re.fullmatch(
            r"\s+and\s+(?:[\w-]+\s+)?", page.text[roles[first - 1].end() : roles[first].start()]
        ):
            first -= 1
        best = (_role_start(page, roles[first].start(), floor), end, False)
        break
    if best is None and honour:
        return floor + honour.start(), floor + honour.end(), True
    return best


def _leads_to(masked: str, role: re.Match[str], stop: int) -> bool:
    """Say whether a role belongs to the name that begins at `stop`."""
    between = masked[role.end() : stop]
    if role.group().lower() in {"member", "members", "participant", "participants"}:
        return False
    if "," in between and not between.strip(" ,"):
        return False
    if re.search("[а-яё]", role.group()):
        russian = _TO_NAME_RUSSIAN.fullmatch(between) and not _RUSSIAN_VERB.search(between)
        return bool(russian) or not between.strip()
    return bool(_TO_NAME.fullmatch(between)) or not between.strip()


def _role_start(page: Page, start: int, floor: int) -> int:
    """Where a role begins with the words that belong to it: `Chinese Foreign Minister`."""
    before = re.search(
        r"(?:\b(?:[A-Z][\w’'-]*|deputy|first|former|vice|senior|chief|acting|foreign|general)[ \u00a0])+$",
        page.text[floor:start],
    )
    if not before:
        return start
    kept = before.group()
    openers = re.match(
        r"(?:(?:The|In|On|At|By|As|During|When|And|But|According|His|Her|Its|This|With|To|From|Under|Also|Then)\s|[A-Z]{4,}\s)+",
        kept,
    )
    return floor + before.start() + (openers.end() if openers else 0)


def _home(page: Page, bodies: tuple[Body, ...], start: int, end: int) -> str | None:
    """Organisation or country named in a stretch; else the country of an adjective."""
    for body in bodies:
        if start <= body.start and body.end <= end + 1:
            return body.name
    first = re.match(r"[A-Z][a-z]+", page.text[start:end])
    if first and first.group().lower() in demonyms():
        return demonyms()[first.group().lower()]
    for mention in page.mentions_in(start, end, "place"):
        return mention.name.name
    for word in re.findall(r"[A-Z][a-z]+", page.text[start:end]):
        if word.lower() in demonyms():
            return demonyms()[word.lower()]
    return None


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
