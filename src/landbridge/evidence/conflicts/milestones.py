"""What was done of a thing, and when: finished here, and still being built there later."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.said import names_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Quote
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import words

Stage = Literal["done", "going", "ahead"]
_THINGS = words(
    "plant port terminal berth airport bridge tunnel corridor road track railway line section "
    "crossing silo warehouse zone park station dam pipeline school museum hub ring dry-port "
    "highway building hotel university satellite cable secretariat bank fund"
)
_APART = words("second third fourth first stage phase ochere etap queue north south east west")
_STAGES: tuple[tuple[Stage, str], ...] = (
    (
        "ahead",
        r"construction[^.;]{0,60}(?:will|is to|should|shall|planned to)\s(?:be\s)?(?:begin|start"
        r"|launch)\w*"
        r"|(?:will|is to|are to|should|planned to)\s(?:be\s)?(?:built|constructed|begin|completed"
        r"|opened"
        r"|commissioned|put into operation|finished)|contractors? (?:are|is|has|have) not"
        r"|has not (?:yet )?(?:begun|started)|has yet to (?:begin|start)|ещё не нача\w+"
        r"|promise\w* to (?:open|finish|complete|build)|обеща\w+ (?:открыть|сдать|построить|ввести)"
        r"|строительств\w+[^.;]{0,60}(?:начн[её]тся|планируется|намечен\w*)"
        r"|(?:будет|будут|планируется)\s(?:построен\w*|сдан\w*|введ[её]н\w*|открыт\w*|завершен\w*"
        r"|начат\w*|построить|открыть|ввести)",
    ),
    (
        "going",
        r"under construction|(?:is|are|still) being built|readiness|\d+ (?:percent|%) ready"
        r"|not (?:yet )?(?:finished"
        r"|completed|built"
        r"|opened)|unfinished|remains? incomplete|в стадии строительства|строится|строятся"
        r"|готовност\w+|не (?:достроен\w*|завершен\w*|сдан\w*)|недостроен\w*",
    ),
    (
        "done",
        r"(?:was|were|has been|have been|is|been)\s(?:already\s|fully\s"
        r"|officially\s)?(?:completed|finished"
        r"|built|opened|commissioned|put into (?:operation|service)|inaugurated|handed over)"
        r"|began operating|started (?:operation|work)\w*|(?:was|were)\slaunched"
        r"|(?<!\w)(?:был[аио]?\s)?(?:сдан\w*|введ[её]н\w*|открыт[аоы]?|открыли"
        r"|построен\w*"
        r"|завершен[аоы]?|запущен\w*|достроен\w*)(?!\w)",
    ),
)
_PATTERNS = tuple(
    (name, re.compile(rf"(?<!\w)(?:{form})", re.IGNORECASE)) for name, form in _STAGES
)
_WAYS = words("road track railway line highway section tunnel bridge corridor")
_STILL = re.compile(
    r"\b(?:still|unfinished|incomplete|half-built|under construction|not yet|yet to|as yet"
    r"|promise\w*|only (?:next|in a) year|in a year)\b"
    r"|(?<!\w)(?:ещ[её]|пока|по-прежнему|до сих пор|недостроен\w*|незаверш[её]нн\w*|обеща\w+"
    r"|через год)(?!\w)",
    re.IGNORECASE,
)
_MOST_IN_BUCKET = 60


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a clause tells of a thing: its names, what it is, its stage and date."""

    quote: Quote
    stage: Stage
    when: str
    said: str | None
    names: frozenset[str]
    things: frozenset[str]
    marks: frozenset[str]


def milestones(account: Account) -> Iterator[Milestone]:
    """Give stages that a document tells of named things, with the date of each.

    What is under way or ahead is so as of the document; what is done needs a date in the sentence,
    else it is done by the document's date.
    """
    told = account.dates
    for sentence in account.sentences:
        for span in _clauses(account, sentence):
            text = span.of(account.text)
            stage = next((name for name, form in _PATTERNS if form.search(text)), None)
            if stage is None:
                continue
            meanings = concepts(text)
            things = meanings & _THINGS
            names = names_in(account, span) or _of_economies(account, span, things)
            when, said = _when(account, told, span, stage)
            if things and names and when:
                yield Milestone(
                    account.quote(*span), stage, when, said, names, things, meanings & _APART
                )


def _of_economies(account: Account, span: Span, things: frozenset[str]) -> frozenset[str]:
    """Economies that tell a way which has no name: "the Georgian section"."""
    if not things & _WAYS:
        return frozenset()
    named = {m.name.iso3 for m in account.names_in(*span) if m.name.iso3}
    return economies_in(span.of(account.text)) | frozenset(named)


_CUT = re.compile(r";\s|,\s(?:and|but|while|although|хотя|а|но|при этом)\s", re.IGNORECASE)


def _clauses(account: Account, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for match in _CUT.finditer(account.text, *sentence):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, sentence.end)


def _when(
    account: Account, told: Sequence[DateMention], span: Span, stage: Stage
) -> tuple[str | None, str | None]:
    here = [d.iso for d in told if d.iso and span.start <= d.start < span.end]
    if here:
        return here[0], here[0]
    return account.document.date, None


def finished_and_not(all_milestones: Sequence[Milestone]) -> list[Conflict]:
    """Find what is finished at one time and under way, or still to begin, at a later one.

    Both must name the thing alike (a name and what it is), and be of one stage or part.
    """
    buckets: dict[str, list[Milestone]] = defaultdict(list)
    for one in all_milestones:
        for name in one.names:
            buckets[name].append(one)
    found: dict[tuple[Quote, Quote], Conflict] = {}
    for held in buckets.values():
        if len(held) > _MOST_IN_BUCKET:
            continue
        for done in (m for m in held if m.stage == "done"):
            for other in (m for m in held if m.stage != "done"):
                after = _later(other.when, done.when) or _still(done, other)
                if after and _one_thing(done, other):
                    found.setdefault((done.quote, other.quote), _told(done, other))
    return list(found.values())


def _one_thing(one: Milestone, other: Milestone) -> bool:
    nested = one.names <= other.names or other.names <= one.names
    things = one.things & other.things
    if all(name.isupper() for name in one.names & other.names):
        things &= _WAYS
        nested = nested and one.quote.doc == other.quote.doc
    return nested and one.marks == other.marks and bool(things)


def _still(done: Milestone, other: Milestone) -> bool:
    """Say whether one document tells a thing as done, and as still to be done, at one time."""
    one = done.quote.doc == other.quote.doc and other.said is None
    return one and not _later(done.when, other.when) and bool(_STILL.search(other.quote.quote))


def _later(one: str, other: str) -> bool:
    size = min(len(one), len(other))
    return one[:size] > other[:size]


def _told(done: Milestone, other: Milestone) -> Conflict:
    state = "still to begin" if other.stage == "ahead" else "under way"
    return conflict(
        "contradiction",
        "high",
        f"finished in {done.when}, {state} in {other.when}: {done.quote.quote[:80]}",
        f"One passage tells it as done by {done.when}, another as {state} in {other.when}.",
        quotes=[done.quote, other.quote],
    )
