"""Role and affiliation of a person, from the words beside the name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from landbridge.evidence.entities.lexicon import pattern, words
from landbridge.evidence.entities.organisations import Body
from landbridge.evidence.entities.page import Page, demonyms, flat, within

_APPOSITIVE = re.compile(r",\s+(?:the\s+|a\s+|an\s+|и\.о\.\s+)?([^,.;:()\n]*)")


# What may stand between a role and the name it belongs to.
_TO_NAME = re.compile(
    r"(?:’s|'s)?(?:\s+(?:of|to|at|for|in|from|on|and|the|under|[A-ZÀ-Þ\x00][\w’'.&\x00-]*|\x00+"
    r"|[“”«»\"]))*\s*[,–—-]?\s*"
)


_TO_NAME_RUSSIAN = re.compile(r"(?:[ \u00a0][\w«»\"\x00/-]+){0,10}\s+")


_RUSSIAN_VERB = re.compile(r"\w(?:ла|ли|ло|лся|лась|лись|ает|яет|ует|ают|яют|уют|ил|ал|ел|ся)\b")


_LOOK_BACK = 160


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


def described(page: Page, bodies: tuple[Body, ...], masked: str, start: int, end: int) -> Person:
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
        home = next(iter(within(bodies, end + of.end(), end + of.end() + 1)), None) if of else None
        if home:
            person = replace(person, end=max(home.end, person.end), affiliation=home.name)
    return person


def _role_text(page: Page, bodies: tuple[Body, ...], start: int, end: int, stop: int) -> str:
    """Words of a role before a name, up to the organisation or country it is held in."""
    places = [m.start for m in page.mentions_in(end, stop, "place")]
    first = min([*places, *(b.start for b in within(bodies, end, stop))], default=None)
    words_between = page.text[start : first if first is not None else end]
    role = re.sub(r"(?:\s+(?:of|at|in|for|with|from|to))?(?:\s+the)?[\s“«\"]*$", "", words_between)
    for body in within(bodies, start, end):
        if body.end <= end:
            role = page.text[body.end : end]
    plain = flat(role)
    nation = plain.split()[0].lower() if " " in plain else ""
    if nation in demonyms():
        plain = plain[len(nation) + 1 :]
    return plain[:-1] if plain.endswith("s") and plain[:-1].lower() in words("role") else plain


def _short_role(role: str, page: Page, bodies: tuple[Body, ...], start: int) -> str:
    """Words of a role up to the organisation it is held in."""
    for body in within(bodies, start + 1, start + len(role)):
        if body.start > start:
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
        r"\s(?:and\b(?!\s(?:Plenipotentiary|(?:[a-z-]+\s)?(?:director|head|chair\w*|professor"
        r"|president|chief|editor|partner|member)\b|[A-Z]\w+\s(?:of|to|at)\b))|(?:who|has|have"
        r"|had|was|were|is|are|will)\b|[a-z]+ed\b|said\b|made\b|gave\b|spoke\b|took\b|told\b)",
        phrase,
    )
    end = found.start(1) + (verb.start() if verb else len(phrase))
    for body in within(bodies, found.start(1) + 1, end + 1):
        if end < body.end:
            end = body.end
    return end


def _title_before(page: Page, masked: str, start: int) -> tuple[int, int, bool] | None:
    """Where a role or honorific before a name stands, and whether it is but an honorific."""
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
        r"(?:\b(?:[A-Z][\w’'-]*|deputy|first|former|vice|senior|chief|acting|foreign"
        r"|general)[ \u00a0])+$",
        page.text[floor:start],
    )
    if not before:
        return start
    kept = before.group()
    openers = re.match(
        r"(?:(?:The|In|On|At|By|As|During|When|And|But|According|His|Her|Its|This|With|To|From"
        r"|Under|Also|Then)\s|[A-Z]{4,}\s)+",
        kept,
    )
    return floor + before.start() + (openers.end() if openers else 0)


def _home(page: Page, bodies: tuple[Body, ...], start: int, end: int) -> str | None:
    """Organisation or country named in a stretch; else the country of an adjective."""
    for body in within(bodies, start, end):
        if body.end <= end + 1:
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
