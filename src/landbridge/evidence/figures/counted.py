"""What a number counts: the noun after it, or the one that it leaves out."""

from __future__ import annotations

import re
from typing import NamedTuple

from landbridge.evidence.figures.clauses import has_verb
from landbridge.evidence.text.units import known_nouns
from landbridge.evidence.text.vocabulary import words

_STOP = words(
    """
    of in on at to from by for with without into onto over under between among through
    during is are was were be been being has have had will would can could may might must
    shall should do does did and or but nor which that who whom whose where when while as
    than if because since the a an this these those it its they them their we our he his she
    her you your i my not no more less times however also including include includes
    included amounted reached made became still then already now later again each both
    together altogether westwards eastwards northwards southwards westward eastward back onwards
    """
)
_ELLIPSIS = words(
    "of which are is were was have has had will would can could may more others left went came"
)
_NOT_NOUNS = words(
    """
    various previous numerous famous religious serious its his this was has does is as us
    thus always perhaps towards besides less business-to plus across obvious precious
    ambitious prestigious ones simultaneous joint-ventures' overseas
    """
)
_IRREGULAR = words(
    "people children men women staff personnel media data criteria phenomena fish"
    " sheep police kazakhs memoranda"
)
_ADJECTIVE = re.compile(
    r"\w{2,}(?:ых|их|ые|ие|ый|ой|ая|яя|ое|ее|ого|его|ному|ым|им|ыми|ими|ом|ем)$"
)
_RUSSIAN_STOP = words(
    "из в на и или для от до по с со к за о об при под над между что как это было были стало "
    "году год "
    "через без перед после среди против у вокруг вдоль про кроме сквозь вместо согласно также лишь "
    "года лет более менее не которые которых который раз их нам его её будет будут уже еще ещё"
)
_TOKEN = re.compile(r"[^\W\d_][\w’']*(?:[-‑][^\W\d_][\w’']*)*|[,;:.()\"“”«»–—]|\d[\d.,]*|\S")
_REACH = 8
_PLURAL_VERBS = words(
    """
    serve belong lie remain go come pass lead run carry join hold take use left went came stood fell
    """
)
_ADDED = re.compile(r"\s(?:more|other|further|additional)\s([^\W\d_]+)")
_CHINESE = re.compile(r"[个家条座项种名位]([\u4e00-\u9fff]{2})")
_COLLECTIVE = words("пар пары пара единиц единицы штук")
_REFLEXIVE = re.compile(r"\w+(?:тся|лись|лось|лась|лся)$")
_PAST = re.compile(
    r"(?!(?:модели|отрасли|цели|роли|земли|недели|мили|доли|рубли|капли)$)\w+[а-я]ли$"
)
_SHORT_FORM = re.compile(r"\w+(?:стна|стны|стно|ены|ена|ено|ано|аны|ана)$")


class Counted(NamedTuple):
    """A noun that a number counts.

    `unit` is its name, `start:end` the noun itself, `phrase_end` where its phrase ends.
    """

    unit: str
    start: int
    end: int
    kind: str = "count"


def noun_after(text: str, start: int, end: int) -> Counted | None:
    """Find the noun that a number counts: the first plural after it, past its adjectives.

    Parameters
    ----------
    text : the document
    start : where the number ends
    end : where the sentence ends

    Returns
    -------
    Counted or None
        None where a verb, a preposition or a full stop comes first

    Examples
    --------
    >>> noun_after("40 large and medium-sized plants work", 2, 37).unit
    'plants'
    >>> noun_after("11 of them", 2, 10) is None
    True
    """
    last: Counted | None = None
    known = known_nouns()
    start = _past_more(text, start, end)
    for count, match in enumerate(_TOKEN.finditer(text, start, end)):
        word = match.group()
        lower = word.lower().replace("’", "'")
        if count >= _REACH:
            break
        if "\u3400" <= word[0] <= "\u9fff":
            measured = _CHINESE.match(text, match.start(), end)
            return Counted(measured[1], measured.start(1), measured.end(1)) if measured else None
        if re.search("[а-яё]", lower):
            return _russian(text, match, end)
        if not word[0].isalpha():
            if word in ',"“«-' and count:
                continue
            break
        if (lower in _STOP and lower != "and") or (count == 0 and _verb_there(lower)):
            break
        if lower == "and" and (count == 0 or last):
            break
        if lower in known or lower.rpartition("-")[2] in known:
            unit, kind = known[lower if lower in known else lower.rpartition("-")[2]]
            plural = lower.endswith("s") or lower in _IRREGULAR or unit.lower() == lower
            if not plural and _plural_follows(text, match.end(), end):
                continue
            if kind in {"count"} and (plural or count == 0 or not _more(text, match.end(), end)):
                written = lower if plural and "-" not in lower else unit
                return Counted(written, match.start(), match.end())
        elif _plural(lower):
            if lower in _IRREGULAR and _plural_follows(text, match.end(), end):
                continue
            written = word if word[:2].isupper() else lower
            return Counted(written.removesuffix("'"), match.start(), match.end())
        if (
            count == 0
            and _singular(lower)
            and not has_verb(lower)
            and not _more(text, match.end(), end)
        ):
            last = Counted(lower, match.start(), match.end())
    return last


def _verb_there(word: str) -> bool:
    """Say whether the word is a verb in the plural: "two serve railways", "nine belong to us"."""
    return word in _PLURAL_VERBS


def _past_more(text: str, start: int, end: int) -> int:
    """Where the phrase goes on after "more", "other" or "further", where a noun follows it."""
    match = _ADDED.match(text, start, end)
    if match is None or has_verb(match[1]):
        return start
    lower = match[1].lower()
    if not _plural(lower) and lower not in known_nouns():
        return start
    return match.start(1) - 1


def _plural_follows(text: str, start: int, end: int) -> bool:
    """Say whether the very next word is a plural: "container trains", "fish rolls"."""
    match = re.compile(r" ([a-z]{3,})\b").match(text, start, end)
    if match is None or match[1] in _STOP or has_verb(match[1]):
        return False
    return _plural(match[1])


def _more(text: str, start: int, end: int) -> bool:
    """Say whether another word of the phrase follows at once."""
    match = _TOKEN.match(text, start + 1, end)
    if match is None or not match.group()[0].isalpha() or has_verb(match.group()):
        return False
    return match.group().lower() == "and" or match.group().lower() not in _STOP


def _plural(word: str) -> bool:
    bare = word.removesuffix("'")
    if bare in _IRREGULAR:
        return True
    return (
        len(bare) > 3
        and bare.endswith("s")
        and not bare.endswith(("ss", "us", "is", "'s", "ous"))
        and bare not in _NOT_NOUNS
    )


def _singular(word: str) -> bool:
    return (
        len(word) > 3
        and "-" not in word
        and not word.endswith(("ly", "ed", "ing", "al", "ive", "ous", "ic", "an", "ese"))
    )


def _russian(text: str, first: re.Match[str], end: int) -> Counted | None:
    """Find the Russian noun: the first word that is no adjective."""
    from landbridge.evidence.text.units import unit_after

    for count, match in enumerate(_TOKEN.finditer(text, first.start(), end)):
        lower = match.group().lower()
        if not lower[0].isalpha() or lower in _RUSSIAN_STOP or count > 4:
            return None
        unit = unit_after(text, match.start())
        if unit and unit.kind in {"count", "time", "measure"}:
            return Counted(unit.name, unit.start, unit.end)
        if lower in _COLLECTIVE and count == 0:
            continue
        if _SHORT_FORM.match(lower) or _REFLEXIVE.match(lower) or _PAST.match(lower):
            return None
        if not _ADJECTIVE.match(lower) and len(lower) > 2:
            return Counted(lower, match.start(), match.end())
    return None


def leaves_out(text: str, end: int, limit: int) -> bool:
    """Say whether the noun is left out after a number: "four of which", "six will", "18 more".

    Examples
    --------
    >>> leaves_out("four of which", 4, 13), leaves_out("four plants", 4, 11)
    (True, False)
    """
    after = text[end:limit]
    if re.match(
        r"\s+(?:of\s+(?:them|these|those|which|whom|the)|из\s+(?:них|которых|этих))\b", after
    ):
        return True
    match = re.match(r"\s+(\w+)", after)
    if match is None:
        return False
    word = match.group(1).lower()
    if _REFLEXIVE.match(word) or _SHORT_FORM.match(word):
        return True
    if has_verb(word) and not _plural(word):
        return True
    return word in _ELLIPSIS - {"of"} or word in words("уже ещё находятся запущены будут")
