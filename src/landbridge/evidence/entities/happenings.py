"""Events: what was held, visited, opened or signed, with date, place, organiser, participants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from landbridge.evidence.entities.lexicon import pattern, words
from landbridge.evidence.entities.occasions import DATE, Happening, circumstances
from landbridge.evidence.entities.organisations import Body
from landbridge.evidence.entities.page import Page, Stretches, flat
from landbridge.evidence.entities.roles import Person
from landbridge.evidence.text.spans import Span

_CAP = r"[A-ZÀ-ÞА-ЯЁ][\w’'-]*"
_QUOTE = (
    r"(?:«(?:[^«»\n]|«[^«»\n]{1,60}»){2,160}»|“[^”\n]{2,160}”|\"[^\"\n]{2,160}\"|‘[^’\n]{2,80}’)"
)
_MODIFIER = re.compile(
    rf"(?:(?:{_CAP}|\d{{1,2}}(?:st|nd|rd|th|-[йяе]|-ый|-ая|-ое)|[IVX]{{1,5}}|first|second|third"
    rf"|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|annual|international|high-level|high|level|regular|joint"
    r"|official|state"
    r"|working|business|media|press|plenary|opening|closing|signing|scientific|practical|bilateral"
    r"|trilateral|extended|informal|expert|exclusive|historic|recent|next|last|ministerial"
    r"|regional|economic"
    rf"|intergovernmental|special|welcome|round|{_QUOTE}"
    r"|перв\w+|втор\w+|треть\w+|международн\w+|ежегодн\w+|официальн\w+|государственн\w+|очередн\w+"
    r"|рабоч\w+|совместн\w+|деловой|делового|бизнес|экономическ\w+)[ \u00a0]+)+$"
)
_TITLE = re.compile(
    rf",?:?[ \u00a0]?(?:(?:titled|entitled|named|called|themed|on the (?:theme|topic|subject)(?:"
    rf" of)?|under the (?:theme|title|motto)(?: of)?|на тему|под названием):?[ \u00a0]*)?({_QUOTE})"
)
_ABOUT = re.compile(
    r"[ \u00a0](?:of|on|for|between|with|to|dedicated to|about|into|по|между|с|в"
    r"|на)[ \u00a0][^,.;:()\n“«\"]{2,90}"
)
_STOP_ABOUT = re.compile(
    r"[ \u00a0](?:was|were|is|are|has|had|have|will|took|held|that|which|who|and[ \u00a0]the"
    r"|in[ \u00a0]\d|on[ \u00a0]\d|on[ \u00a0](?=[A-Z])"
    r"|noted|said|stressed|attended|organi[sz]ed|hosted|took|starts?|opened|began"
    r"|to[ \u00a0](?:discuss|attend|participate|hold)|at[ \u00a0]the|as|because|прош\w+"
    r"|состоял\w+|был\w*)\b"
)
_HELD = re.compile(
    r"\b(?:held|took place|take place|takes place|taking place|organi[sz]ed|hosted|hosts|convened"
    r"|opened"
    r"|attended|attends|participated in|participates in|took part|taking part|takes part|gathered"
    r"|kicked off"
    r"|concluded|wrapped up|delivered|brought together|completed|conducted|paid|gave|opening"
    r"|during|at the end of|speaking at"
    r"|on the sidelines|within the framework of|summed up|featured|met)\b"
    r"|(?<!\w)(?:прош[ёе]л|прошла|прошли|прошло|состоял\w+|провел\w*|провёл|проведен\w*|принял\w*"
    r" участие|участвовал\w*|участие"
    r"|пройд[её]т|состоится|в ходе|организова\w+|открыл\w*|посетил\w*|завершил\w*|на полях|в"
    r" рамках)(?!\w)",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:regular|important to hold|should|could|would|such as|any|every|various|numerous"
    r"|further|will be an?"
    r"|exchange|future|potential)\b[^.]{0,25}$|\b(?:no|several|many)[ \u00a0]$",
    re.IGNORECASE,
)
_NUMBER = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
}  # fmt: skip
_ENOUGH = 2


def happenings(
    page: Page, bodies: tuple[Body, ...], persons: tuple[Person, ...]
) -> tuple[Happening, ...]:
    """Find the events of a text, each once, what later sentences add joined to it."""
    kept: list[Happening] = []
    for found in _named(page, bodies, persons):
        found = replace(found, attributes=circumstances(page, bodies, persons, found))
        same = next((at for at, first in enumerate(kept) if _same(first, found)), None)
        if same is None:
            if found.score >= _ENOUGH:
                kept.append(found)
            continue
        first = kept[same]
        if first.score >= _ENOUGH:
            kept[same] = replace(
                first,
                attributes={**found.attributes, **first.attributes},
                marks=first.marks | found.marks,
                number=first.number or found.number,
            )
    return tuple(kept)


def _named(
    page: Page, bodies: tuple[Body, ...], persons: tuple[Person, ...]
) -> Iterator[Happening]:
    text = page.text
    taken = Stretches(body.span for body in bodies)
    done = 0
    for match in _heads().finditer(text):
        if match.start() < done or taken.touch(match.span()):
            continue
        sentence = page.sentence_at(match.start())
        start = _left(page, match.start(), sentence.start)
        end, title = _right(page, match.end(), sentence.end)
        done = end
        head = _lemma(match.group())
        before = text[sentence.start : start]
        words_of = text[start:end]
        yield Happening(
            Span(start, end),
            head,
            flat(words_of),
            _ordinal(words_of, before, text[end : sentence.end]),
            _marks(words_of, title),
            _score(page, persons, match, Span(start, end), title, before),
            page.clause_around(start, end),
        )


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"{pattern('event').pattern}(?![-–]\w)", re.IGNORECASE)


def _lemma(head: str) -> str:
    plain = head.lower().replace("-", " ").replace("roundtable", "round table")
    for word in words("event", "ru"):
        if plain[:4] == word[:4] and re.search("[а-я]", plain):
            return word
    return (
        plain.split()[-1]
        if plain.split()[-1] in {"visit", "ceremony", "forum", "session"}
        else plain
    )


def _left(page: Page, start: int, floor: int) -> int:
    found = _MODIFIER.search(page.text, max(floor, start - 120), start)
    text = page.text
    first = found.start() if found else start
    for mention in page.mentions_in(floor, start):
        if text[mention.end : first] in {" ", "\u00a0"}:
            wider = _MODIFIER.search(text, max(floor, mention.start - 120), mention.start)
            return _opened(text, wider.start() if wider else mention.start, start)
        if mention.start < first < mention.end + 1 and mention.end <= start:
            wider = _MODIFIER.search(text, max(floor, mention.start - 120), mention.start)
            first = wider.start() if wider else mention.start
    return _opened(text, first, start)


def _opened(text: str, first: int, start: int) -> int:
    """Leave out articles and prepositions that a sentence begins with."""
    run = text[first:start]
    opener = re.match(
        r"(?:(?:The|A|An|In|On|At|During|This|That|After|Before|Home|Events|Speaking|For|В|На"
        r"|По)[ \u00a0]+)+",
        run,
    )
    return first + (opener.end() if opener else 0)


def _right(page: Page, end: int, stop: int) -> tuple[int, str | None]:
    """End of an event's own words (its title in quotes, what it is about), and that title."""
    text = page.text
    title = _TITLE.match(text, end, max(stop, end))
    if title:
        return title.end(), title.group(1)
    about = _ABOUT.match(text, end, stop)
    if not about:
        return end, None
    cut = _STOP_ABOUT.search(text, end + 1, about.end())
    last = cut.start() if cut else about.end()
    date = DATE.search(text, end, last)
    if date:
        last = len(re.sub(r"\s+(?:on|in)$", "", text[: date.start()].rstrip()))
    after = _TITLE.match(text, last, stop)
    if after and not text[last : after.start(1)].strip(" ,"):
        return after.end(), after.group(1)
    return max(end, last), None


def _ordinal(own: str, before: str, after: str) -> int | None:
    """Which of its kind it is, where said: `2nd`, `II`, `for the first time`."""
    for word in re.findall(r"\w+", own):
        if word.lower() in _NUMBER and (word.islower() or word.isupper() or word.istitle()):
            return (
                _NUMBER[word.lower()]
                if word not in {"I", "V", "X"} or own.startswith(word)
                else None
            )
        digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word)
        if digits:
            return int(digits.group(1))
    return 1 if "for the first time" in before + after else None


def _marks(own: str, title: str | None) -> frozenset[str]:
    """Words that tell the event from others of its kind."""
    found = {w.lower() for w in re.findall(r"[A-ZА-ЯЁ][\w’-]+", own)}
    found |= {w.lower() for w in re.findall(r"\w{4,}", title or "")}
    return frozenset(found - words("event") - {"the", "international", "and"})


def _score(
    page: Page,
    persons: tuple[Person, ...],
    match: re.Match[str],
    span: Span,
    title: str | None,
    before: str,
) -> int:
    text, sentence = page.text, page.sentence_at(match.start())
    own = span.of(text)
    near = text[max(sentence.start, span.start - 110) : min(sentence.end, span.end + 130)]
    named = sum(w[0].isupper() and w.lower() not in _NUMBER for w in own.split() if w[0].isalpha())
    score = 0
    score += 2 if title else 0
    score += 2 if match.group()[0].isupper() and named > 1 and span.start != sentence.start else 0
    score += 1 if _ordinal(own, before[-60:], near) else 0
    score += 2 if DATE.search(near) else 0
    score += 2 if _HELD.search(near) else 0
    visitor = re.search(
        r"(?:’s|'s)[ \u00a0](?:\w+[ \u00a0]){0,2}$", text[max(0, span.start - 30) : match.start()]
    )
    if _lemma(match.group()) in {"visit", "trip", "визит", "поездка", "briefing", "брифинг"}:
        score += 2 if visitor or page.mentions_in(span.start, span.end + 30) else 0
    score += 1 if re.search(r"\bat an? (?:\w+ )?$", before) else 0
    score += 2 if re.search(r"\b(?:gave|made|delivered|held|дал\w*) an? (?:\w+ )?$", before) else 0
    score += 1 if named > 1 and match.group()[0].islower() else 0
    score -= 3 if _HYPOTHETICAL.search(before[-60:]) else 0
    score -= 2 if re.search(r"\b(?:his|her|their|its)[ \u00a0](?:\w+[ \u00a0])?$", before) else 0
    score -= 1 if _lemma(match.group()) in words("weak_event") else 0
    generic = re.search(r"\b(?:the|this|that|этот|эта)[ \u00a0]$", before, re.IGNORECASE)
    if not title and not named and generic and " " not in own:
        score -= 1
    return score


def _same(first: Happening, later: Happening) -> bool:
    """Say whether two mentions are of one event."""
    if first.head != later.head:
        return False
    if first.number and later.number and first.number != later.number:
        return False
    if first.marks & later.marks:
        return True
    return not later.marks or not first.marks
