"""Quotations whose speaker is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.conflicts.reading import Reading, conflict
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span

_DASH = re.compile(r"[-–—]\s?(?=[A-ZА-ЯЁ“«\"])")
_SPEECH = re.compile(
    r"\b(?:said|says|saying|told|stated|states|noted|notes|added|adds|stressed|emphasi[sz]ed|explained|remarked|commented|according to"
    r"|provided details|answered|replied|shared|spoke|underlined|pointed out|concluded|recalled|announced|briefing|interview)\b"
    r"|(?<!\w)(?:сказал|отметил|заявил|подчеркнул|добавил|сообщил|рассказал|пояснил|считает|говорит|ответил|по словам)\w*",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"\b(?:[Ee]xperts|[Aa]nalysts|[Oo]bservers|[Ss]pecialists|[Ss]cholars|[Pp]articipants|[Ss]ources)(?:\s\w+)?\s(?:say|said|believe|note|noted|think|argue|agree)\b"
    r"|(?<!\w)(?:[Ээ]ксперты|[Аа]налитики|[Сс]пециалисты|[Нн]аблюдатели)\s\w+"
)
_PERSON = re.compile(
    r"\b(?:I|we|We|our|Our|my|My|you|You)\b|(?<!\w)(?:[Яя]|[Мм]ы|[Нн]аш\w*|[Вв]ы)(?!\w)"
)
_LEAST_WORDS = 12


def nameless_quotations(reading: Reading) -> Iterator[Conflict]:
    """Find paragraphs that open with a dash, as speech does, and have no named speaker.

    The speaker is named within the paragraph, or at the end of the one before it, or is the one
    of the quotation that directly precedes. A list whose points open with a dash is no speech.
    """
    spoken = [p for p in reading.paragraphs if _is_speech(reading, p)]
    last_named: Fact | None = None
    for paragraph in spoken:
        before = _before(reading, paragraph)
        named = _named(reading, paragraph) or (before and _named(reading, before))
        if named:
            last_named = named
            continue
        if before is not None and before in spoken and last_named is not None:
            continue
        start = paragraph.start + _DASH.match(paragraph.of(reading.text)).end()  # type: ignore[union-attr]
        first = reading.sentence_at(start + 1)
        told = _NAMELESS.search(reading.text, before.start, before.end) if before else None
        quotes = [reading.quote(start, min(first.end, paragraph.end))]
        if told:
            quotes.append(reading.quote(*told.span()))
        yield conflict(
            "attribution", "medium", "a quotation has no named speaker",
            "The paragraph is set as speech, and neither it nor the one before names who speaks"
            + (f": “{told.group()}” names nobody." if told else ".")
            + (f" It must not be given to {last_named.subject}, who spoke before." if last_named else ""),
            [last_named] if last_named else (), quotes,
        )  # fmt: skip


def _is_speech(reading: Reading, paragraph: Span) -> bool:
    words = paragraph.of(reading.text)
    if not _DASH.match(words) or len(words.split()) < _LEAST_WORDS or words.rstrip()[-1:] in ";,:":
        return False
    if _PERSON.search(words):
        return True
    several = sum(paragraph.holds(sentence) for sentence in reading.sentences) > 1
    at = reading.paragraphs.index(paragraph)
    beside = (*reading.paragraphs[max(0, at - 1) : at], *reading.paragraphs[at + 1 : at + 2])
    return several and not any(_DASH.match(other.of(reading.text)) for other in beside)


def _before(reading: Reading, paragraph: Span) -> Span | None:
    earlier = [p for p in reading.paragraphs if p.end <= paragraph.start]
    return earlier[-1] if earlier else None


def _named(reading: Reading, stretch: Span) -> Fact | None:
    """The person a stretch names beside a word of speech."""
    text = reading.text
    for sentence in reversed([s for s in reading.sentences if stretch.holds(s)]):
        if not _SPEECH.search(text, *sentence) or _NAMELESS.search(text, *sentence):
            continue
        for person in reading.of_kind("person"):
            if person.attributes.get("ambiguous"):
                continue
            names = [person.subject, *person.attributes.get("name_as_written", ())]
            last = person.subject.split()[-1]
            if any(n in sentence.of(text) for n in names) or re.search(rf"\b{re.escape(last)}\b", sentence.of(text)):
                return person
    return None
