"""Quotations whose speaker is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span

_DASH = re.compile(r"[-–—]\s?(?=[A-ZА-ЯЁ“«\"])")
SPEECH = re.compile(
    r"\b(?:said|says|saying|told|stated|states|noted|notes|added|adds|stressed|emphasi[sz]ed"
    r"|explained|remarked|commented|according to"
    r"|provided details|answered|replied|shared|spoke|underlined|pointed out|concluded|recalled"
    r"|announced|briefing|interview)\b"
    r"|(?<!\w)(?:сказал|отметил|заявил|подчеркнул|добавил|сообщил|рассказал|пояснил|считает"
    r"|говорит|ответил|по словам)\w*",
    re.IGNORECASE,
)
"""Words of speech, by which a speaker is told."""
_NAMELESS = re.compile(
    r"\b(?:[Ee]xperts|[Aa]nalysts|[Oo]bservers|[Ss]pecialists|[Ss]cholars|[Pp]articipants"
    r"|[Ss]ources)(?:\s\w+)?\s(?:say|said|believe|note|noted|think|argue|agree)\b"
    r"|(?<!\w)(?:[Ээ]ксперты|[Аа]налитики|[Сс]пециалисты|[Нн]аблюдатели)\s\w+"
)
_PERSON = re.compile(
    r"\b(?:I|we|We|our|Our|my|My|you|You)\b|(?<!\w)(?:[Яя]|[Мм]ы|[Нн]аш\w*|[Вв]ы)(?!\w)"
)
_POINT = re.compile(r"\n\s*[-–—•*]\s")
_LEAST_WORDS = 12


def nameless_quotations(account: Account) -> Iterator[Conflict]:
    """Find paragraphs that open with a dash, as speech does, and have no named speaker.

    The speaker is named within the paragraph, or at the end of the one before it, or is the one
    of the quotation that directly precedes. A list whose points open with a dash is no speech.
    """
    spoken = [p for p in account.paragraphs if _is_speech(account, p)]
    last_named: Fact | None = None
    for paragraph in spoken:
        before = _before(account, paragraph)
        named = _named(account, paragraph) or (before and _named(account, before))
        if named:
            last_named = named
            continue
        if before is not None and before in spoken and last_named is not None:
            continue
        start = paragraph.start + _DASH.match(paragraph.of(account.text)).end()  # type: ignore[union-attr]
        first = account.sentence_at(start + 1)
        told = _NAMELESS.search(account.text, before.start, before.end) if before else None
        quotes = [account.quote(start, min(first.end, paragraph.end))]
        if told:
            quotes.append(account.quote(*told.span()))
        yield conflict(
            "attribution",
            "medium",
            "a quotation has no named speaker",
            "The paragraph is set as speech, and neither it nor the one before names who speaks"
            + (f": “{told.group()}” names nobody." if told else ".")
            + (
                f" It must not be given to {last_named.subject}, who spoke before."
                if last_named
                else ""
            ),
            [last_named] if last_named else (),
            quotes,
        )


def _is_speech(account: Account, paragraph: Span) -> bool:
    words = paragraph.of(account.text)
    if not _DASH.match(words) or len(words.split()) < _LEAST_WORDS or words.rstrip()[-1:] in ";,:":
        return False
    if _POINT.search(words):
        return False
    if _PERSON.search(words):
        return True
    several = sum(paragraph.holds(sentence) for sentence in account.sentences) > 1
    at = account.paragraphs.index(paragraph)
    beside = (*account.paragraphs[max(0, at - 1) : at], *account.paragraphs[at + 1 : at + 2])
    return several and not any(_DASH.match(other.of(account.text)) for other in beside)


def _before(account: Account, paragraph: Span) -> Span | None:
    earlier = [p for p in account.paragraphs if p.end <= paragraph.start]
    return earlier[-1] if earlier else None


def _named(account: Account, stretch: Span) -> Fact | None:
    """The person a stretch names beside a word of speech."""
    text = account.text
    for sentence in reversed([s for s in account.sentences if stretch.holds(s)]):
        if not SPEECH.search(text, *sentence) or _NAMELESS.search(text, *sentence):
            continue
        for person in account.of_kind("person"):
            if person.attributes.get("ambiguous"):
                continue
            names = [person.subject, *person.attributes.get("name_as_written", ())]
            last = person.subject.split()[-1]
            if any(n in sentence.of(text) for n in names) or re.search(
                rf"\b{re.escape(last)}\b", sentence.of(text)
            ):
                return person
    return None
