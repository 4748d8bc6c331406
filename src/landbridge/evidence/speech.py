"""Who says what: claims and forecasts with their speaker and stance."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from landbridge.evidence.entities.lexicon import pattern
from landbridge.evidence.entities.organisations import Body, bodies
from landbridge.evidence.entities.page import Page, page_of, within
from landbridge.evidence.entities.people import people
from landbridge.evidence.entities.roles import Person
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.text.sentences import paragraphs
from landbridge.evidence.text.spans import Span

_DASH = re.compile(r"^[-–—][ \u00a0]")
_QUOTED = re.compile(r"[“«\"]([^”»\"]{40,})[”»\"]")
_ACCORDING = re.compile(
    r"(?:\bAccording to|(?<!\w)По словам|(?<!\w)По мнению|(?<!\w)Согласно)\s", re.IGNORECASE
)
_GROUP = re.compile(
    r"\b((?:[A-Z][a-z]+ (?:and [A-Z][a-z]+ )?)?(?:experts?|analysts|participants|officials"
    r"|representatives|speakers|scholars|economists|critics))\b"
    r"|(?<!\w)(эксперты|аналитики|участники|специалисты)(?!\w)",
    re.IGNORECASE,
)
_THAT = re.compile(r"[ \u00a0,]+(?:also[ \u00a0])?(?:that|что)[ \u00a0,]+")
_LEAD = re.compile(
    r"^(?:[^.,;]{0,60}?\b(?:it means that|be seen that|believe that|convinced that|That’s why"
    r"|That's why)\s"
    r"|(?:Therefore|However|In addition|Moreover|Thus|Of course|In short|As a result|Also|Hence"
    r"|And|But|So"
    r"|Однако|Кроме того|Таким образом|Поэтому)[, \u00a0]+(?:we believe that )?)"
)
_CAPITAL = re.compile(r"[A-ZА-ЯЁ]\w+")
_PRONOUN = re.compile(r"\b(?:he|she|they|он|она|они)\b", re.IGNORECASE)
_GOAL = re.compile(
    r"\b(?:our task|goal|aim|must|need to|should|цель|задача|должн\w+|необходимо)\b", re.IGNORECASE
)
_HORIZON = re.compile(
    r"\b(?:long[ -]term|short[ -]term|by 20\d\d|next year|this year|in \d+ years|к 20\d\d)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|is going to|are going to|is likely to|are likely to|likely to|expected to"
    r"|is set to|are set to"
    r"|promises to|forecast|projected to|are planned|is planned|plans to)\b"
    r"|(?<!\w)(?:будет|будут|станет|станут|ожидается|планируется|прогнозиру\w+|позволит|вырастет"
    r"|увеличится|достигнет|составит)(?!\w)",
    re.IGNORECASE,
)
_DIRECTION = {"supports": "positive", "warns": "negative"}
_LEAST_WORDS = 5
_SUBJECT_WORDS = 14


def read_speech(document: Document) -> tuple[Fact, ...]:
    """Read what is claimed and foreseen in a document, by whom, and with what stance.

    A claim is what somebody is said to say, words in quotation marks, words after a dash, or an
    opinion of the document itself (speaker "author"). A claim of what is to come is a forecast.
    Stance: supports, warns or neutral, by the words used. An unattributed quotation keeps the
    speaker "unnamed"; nobody is guessed.

    Examples
    --------
    >>> text = "Mr. Erlan Karimov noted that the corridor will bring great benefits to the region."
    >>> fact = read_speech(Document("a", text))[0]
    >>> fact.kind, fact.attributes["speaker"], fact.attributes["stance"]
    ('forecast', 'Erlan Karimov', 'supports')
    """
    page = page_of(document)
    named = bodies(page)
    return speech_on(page, named, people(page, named))


def speech_on(page: Page, named: tuple[Body, ...], persons: tuple[Person, ...]) -> tuple[Fact, ...]:
    """Read the claims and forecasts of a page already made ready; see `read_speech`."""
    found: list[Fact] = []
    begins: list[int] = []
    for span, speaker in _said(page, named, persons):
        clean = _trimmed(page.text, span)
        if len(clean.of(page.text).split()) < _LEAST_WORDS:
            continue
        at = bisect_left(begins, clean.end)
        if at and found[at - 1].end > clean.start:
            continue
        begins.insert(at, clean.start)
        found.insert(at, _fact(page, clean, speaker))
    return tuple(found)


def _said(
    page: Page, named: tuple[Body, ...], persons: tuple[Person, ...]
) -> Iterator[tuple[Span, str]]:
    """Stretches that are claims, with who says them; attributed ones before opinions."""
    text = page.text
    plain: list[Span] = []
    family = _family_names(persons)
    last: str | None = None
    for block in paragraphs(text):
        dashed = bool(_DASH.match(block.of(text)))
        inside = [s for s in within(page.sentences, *block) if block.holds(s)]
        heard: str | None = None
        for sentence in inside:
            if dashed:
                yield from (
                    (part, last or "unnamed") for part in _parts(page, sentence, opinion=False)
                )
                continue
            speaker = _speaker(page, named, persons, family, sentence, heard)
            told = list(_attributed(page, sentence, speaker))
            if told:
                heard = speaker or heard
                yield from told
            else:
                plain.append(sentence)
        if not dashed and inside:
            last = _named_speaker(page, persons, Span(inside[0].start, inside[-1].end))
    for sentence in plain:
        yield from ((part, "author") for part in _parts(page, sentence, opinion=True))


def _attributed(page: Page, sentence: Span, speaker: str | None) -> Iterator[tuple[Span, str]]:
    """What a sentence attributes to its speaker: reported, after `according to`, or in quotes."""
    text = page.text
    verb = next(pattern("speech").finditer(text, *sentence), None)
    quoted = list(_QUOTED.finditer(text, sentence.start, sentence.end))
    if quoted and verb:
        yield from ((Span(*q.span(1)), speaker or "unnamed") for q in quoted)
        return
    if not speaker:
        return
    if _ACCORDING.match(text, sentence.start):
        comma = text.find(",", sentence.start, sentence.end)
        if comma > 0:
            yield Span(comma + 1, sentence.end), speaker
        return
    if verb is None:
        return
    that = _THAT.search(text, verb.end(), min(sentence.end, verb.end() + 60))
    if that:
        yield Span(that.end(), sentence.end), speaker
    elif text[verb.start() - 2 : verb.start()] == ", " and verb.start() - sentence.start > 30:
        for sub in re.finditer(r"[^,;]+(?:,[^,;]+)*", text[sentence.start : verb.start() - 2]):
            yield Span(sentence.start + sub.start(), sentence.start + sub.end()), speaker
    elif sentence.end - verb.end() > 30 and not text[verb.end() :].lstrip().startswith("by "):
        yield Span(verb.end(), sentence.end), speaker


def _speaker(
    page: Page,
    named: tuple[Body, ...],
    persons: tuple[Person, ...],
    family: dict[str, str],
    sentence: Span,
    heard: str | None,
) -> str | None:
    """Who a sentence's words are attributed to: the name nearest its verb of speech."""
    text = page.text
    verb = next(pattern("speech").finditer(text, *sentence), None)
    according = _ACCORDING.match(text, sentence.start)
    if verb is None and according is None:
        return None
    at = according.end() if according else verb.start() if verb else sentence.start
    near = [
        (min(abs(p.name_start - at), abs(p.name_end - at)), p.name)
        for p in within(persons, *sentence)
    ]
    near += [
        (min(abs(m.start() - at), abs(m.end() - at)), family[m.group()])
        for m in _CAPITAL.finditer(text, *sentence)
        if m.group() in family
    ]
    group = _GROUP.search(text, sentence.start, sentence.end)
    if group and abs(group.start() - at) < 60:
        near.append((min(abs(group.start() - at), abs(group.end() - at)), group.group().lower()))
    near += [
        (min(abs(b.start - at), abs(b.end - at)) + 5, b.name)
        for b in within(named, *sentence)
        if b.end <= at < b.end + len("also") or according
    ]
    if near:
        return min(near)[1]
    return heard if _PRONOUN.search(text, sentence.start, sentence.end) else None


def _family_names(persons: tuple[Person, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for person in persons:
        words = re.findall(r"\w+", person.name)
        chinese = len(words) == len("ab") and person.name.split()[0].lower() in _surnames()
        found.setdefault(words[0] if chinese else words[-1], person.name)
    return found


def _surnames() -> frozenset[str]:
    from landbridge.evidence.entities.lexicon import words

    return words("surname")


def _named_speaker(page: Page, persons: tuple[Person, ...], block: Span) -> str | None:
    """The person a paragraph's last verb of speech belongs to; None where it is nobody by name."""
    verbs = list(pattern("speech").finditer(page.text, *block))
    if not verbs:
        return None
    said = [v for v in verbs if re.match(r"sa(?:id|ys?)|stat|not|сказал|отметил|заявил", v.group())]
    last = (said or verbs)[-1]
    sentence = page.sentence_at(last.start())
    inside = within(persons, *sentence)
    return min(inside, key=lambda p: abs(p.name_start - last.start())).name if inside else None


def _parts(page: Page, sentence: Span, *, opinion: bool) -> Iterator[Span]:
    """A sentence, where it is a claim: no list of figures; as an opinion, only with a judgement."""
    words = sentence.of(page.text)
    future = _FUTURE.search(words)
    if len(re.findall(r"\d", words)) > 1 and not future:
        return
    judged = pattern("supports").search(words) or pattern("warns").search(words)
    done = re.search(
        r"\b(?:was|were|took place|attended|participated|signed)\b|(?<!\w)(?:был[аио]?"
        r"|прош[её]л\w*)(?!\w)",
        words,
    )
    if opinion and not future and (not judged or done):
        return
    if words.rstrip()[-1:] in "?:;":
        return
    yield sentence


def _trimmed(text: str, span: Span) -> Span:
    clean = span.stripped(text).stripped(text, "“”«»\"'.,;:-–—  \n\t")
    lead = _LEAD.match(clean.of(text))
    return Span(clean.start + lead.end(), clean.end) if lead else clean


def _fact(page: Page, span: Span, speaker: str) -> Fact:
    words = span.of(page.text)
    future = bool(_FUTURE.search(words))
    stance = stance_of(words)
    horizon = _HORIZON.search(words)
    short = words.split()
    subject = " ".join(short[:_SUBJECT_WORDS]) + (" ..." if len(short) > _SUBJECT_WORDS else "")
    fact = page.fact(
        "forecast" if future else "claim", span, subject,
        {
            "speaker": speaker,
            "stance": stance,
            "direction": _DIRECTION.get(stance) if future else None,
            "horizon": horizon.group() if horizon else None,
            "type": "goal" if _GOAL.search(words) else None,
        },
    )  # fmt: skip
    year = re.search(r"\b(?:by|in|к|в) (20\d\d)\b", words)
    return replace(fact, year=int(year.group(1))) if year else fact


def stance_of(words: str) -> str:
    """Stance of a claim by its words: supports, warns or neutral.

    Examples
    --------
    >>> stance_of("it brings risks and a debt trap"), stance_of("trains leave daily")
    ('warns', 'neutral')
    """
    warns = len(pattern("warns").findall(words))
    supports = len(pattern("supports").findall(words))
    if warns and warns >= supports:
        return "warns"
    return "supports" if supports else "neutral"
