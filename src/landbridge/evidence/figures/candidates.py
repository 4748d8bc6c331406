"""Numbers that are figures, each with its unit: traps left out, ranges joined, units shared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from landbridge.evidence.figures.counted import leaves_out, noun_after
from landbridge.evidence.figures.traps import is_trap, no_places
from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.numbers import Number, numbers
from landbridge.evidence.text.spans import Span, starting_in
from landbridge.evidence.text.units import known_units, sign_before, unit_after

_LONGEST_DATE = 40
# How many figures back a noun may stand that a later one leaves out.
_NEAR = 12
_DASH = re.compile(r"\s?(?:[-–—−‑]|to|до)\s?$")
_SHARING = re.compile(
    r"\s*(?:,|,?\s?(?:and|or|to|in|out of|against|и|или|до|против|из))\s*(?:about|over"
    r"|nearly|some|около|до)?\s*"
)
_PER = re.compile(
    r"\s?(?:per|a|an|each|в|за|на)\s(?P<per>tonne|ton|barrel|container|km|kilomet\w+|teu"
    r"|feu|day|year|"
    r"month|week|capita|person|hour|train|wagon|m3|cubic met\w+|баррель|тонну|год|день"
    r"|сутки|месяц|контейнер)\b|/\s?(?P<slash>[A-Za-zА-я]{1,9})",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"\b(?:number|amount|total|quantity|count)\s+of\s+(?:the\s+"
    r"|all\s+)?(?P<what>(?:\w+[- ]){0,3}?\w+s)\b[^.;]{0,60}$"
    r"|\b(?P<people>population|staff|workforce)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"\b(?:population|staff|workforce|audience) of (?:about |over |more than |nearly |some )?$",
    re.IGNORECASE,
)
_MEASURED_VERB = re.compile(
    r"\b(?:reach\w*|total\w*|amount\w*|exceed\w*|stood at|rose to|fell to|grew to"
    r"|increased to|number\w*|"
    r"was|is|were|about|достиг\w*|составил\w*|до)\s+(?:about|over|almost|nearly|some|only"
    r"|at|to|около)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its unit.

    Attributes
    ----------
    number : as written
    sentence : span of its sentence
    start, end : the number itself, currency sign, scale word and percent sign in it
    unit, kind : None where it has none
    phrase_end : where the unit or the noun ends
    high : upper end of a range, else None
    elided : the noun was left out and taken from before
    per : what a price is for
    """

    number: Number
    sentence: Span
    start: int
    end: int
    unit: str | None
    kind: str | None
    phrase_end: int
    high: float | None = None
    elided: bool = False
    per: str | None = None

    @property
    def value(self) -> float:
        """The number's value; the lower end of a range."""
        return self.number.value


def candidates(
    text: str, spans: Sequence[Span], mentions: Sequence[DateMention], language: str
) -> list[Candidate]:
    """Find the figures of a text, in order.

    Parameters
    ----------
    text : the document
    spans : its sentences
    mentions : its dates
    language : ISO 639-1, tells what a comma means
    """
    shut = no_places(text)
    found: list[Candidate] = []
    starts = [span.start for span in spans]
    for number in numbers(text, language):
        at = bisect_left(starts, number.start + 1) - 1
        if at < 0 or number.end > spans[at].end:
            continue
        if any(start < number.end and number.start < end for start, end in shut):
            continue
        near = [
            one
            for one in starting_in(mentions, (number.start - _LONGEST_DATE, number.end))
            if number.start < one.end
        ]
        one = _candidate(text, number, spans[at], near)
        if one is not None:
            found.append(one)
    shared = _share_units(text, _join_ranges(text, found))
    return [one for one in _fill_elided(text, shared, spans) if _worth(text, one)]


def _candidate(
    text: str, number: Number, sentence: Span, near: list[DateMention]
) -> Candidate | None:
    sign = sign_before(text, number.start)
    unit = None if sign else unit_after(text, number.end)
    if (
        unit
        and unit.kind == "measure"
        and len(unit.name) == 1
        and number.scale > 1
        and unit.name == "m"
    ):
        unit = None
    if _HEADS.search(text, max(sentence.start, number.start - 40), number.start):
        return Candidate(number, sentence, number.start, number.end, "people", "count", number.end)
    noun = None if unit and unit.kind != "count" else noun_after(text, number.end, sentence.end)
    measured = unit is not None or noun is not None
    if near and not unit and noun and noun.unit not in known_units():
        measured = False
    if is_trap(text, number, sentence, near, has_sign=sign is not None, measured=measured):
        return None
    if number.written == "fraction" and not (unit and unit.kind in {"time", "share"}):
        return Candidate(number, sentence, number.start, number.end, "share", "share", number.end)
    start = sign.start if sign else number.start
    end = number.end
    if unit and text[unit.start : unit.end] in {"%", "％", "$", "€", "£", "¥", "₸", "₽", "₹"}:
        end = unit.end
    if sign:
        return _money(text, Candidate(number, sentence, start, end, sign.name, "money", end))
    if unit and unit.kind != "count":
        made = Candidate(number, sentence, start, end, unit.name, unit.kind, unit.end)
        return _money(text, made) if unit.kind == "money" else made
    if noun:
        return Candidate(number, sentence, start, end, noun.unit, noun.kind, noun.end)
    if unit:
        return Candidate(number, sentence, start, end, unit.name, unit.kind, unit.end)
    return Candidate(number, sentence, start, end, None, None, end)


def _money(text: str, one: Candidate) -> Candidate:
    """Add what a price is for: a barrel, a container."""
    match = _PER.match(text, one.phrase_end, one.sentence.end)
    if match is None:
        return one
    per = (match["per"] or match["slash"]).lower()
    per = {"ton": "tonne", "тонну": "tonne", "баррель": "barrel", "год": "year", "день": "day"}.get(
        per, per
    )
    if per in {"year", "month", "week", "day"}:
        return replace(one, per=per)
    return replace(one, unit=f"{one.unit} per {per}", per=per, phrase_end=match.end())


def _join_ranges(text: str, found: list[Candidate]) -> list[Candidate]:
    """Join "2-3" and "12 to 15" into one; what rises from one to the other stays two."""
    joined: list[Candidate] = []
    for one in found:
        last = joined[-1] if joined else None
        between = text[last.end : one.start] if last and one.start >= last.end else None
        if last is not None and between is not None and _is_range(text, last, one, between):
            scale = one.number.scale if last.number.scale == 1 else 1.0
            number = replace(last.number, value=last.number.value * scale, end=one.number.end)
            unit, kind = (one.unit, one.kind) if one.unit else (last.unit, last.kind)
            joined[-1] = replace(
                one, number=number, start=last.start, high=one.value, unit=unit, kind=kind
            )
        else:
            joined.append(one)
    return joined


def _is_range(text: str, low: Candidate, high: Candidate, between: str) -> bool:
    if not _DASH.fullmatch(between) or high.value <= low.value / max(low.number.scale, 1):
        return False
    if low.unit and high.unit and low.unit != high.unit:
        return False
    before = text[max(low.sentence.start, low.start - 24) : low.start]
    return between.strip() in {"-", "–", "—", "−", "‑"} or not re.search(
        r"\b(?:from|с|от)\s+(?:about\s)?$", before, re.IGNORECASE
    )


def _share_units(text: str, found: list[Candidate]) -> list[Candidate]:
    """Give a number without a unit that of the next in its list: "12, 15 and 18 days"."""
    shared = list(found)
    for at in range(len(shared) - 2, -1, -1):
        one, after = shared[at], shared[at + 1]
        gap = text[one.phrase_end : after.start]
        if one.unit is None and after.unit and _SHARING.fullmatch(gap):
            scale = after.number.scale if one.number.scale == 1 and one.value < 1000 else 1.0
            if after.kind == "money" and not one.number.scale > 1 and scale == 1:
                continue
            number = replace(one.number, value=one.number.value * scale)
            shared[at] = replace(one, unit=after.unit, kind=after.kind, number=number)
    return shared


def _fill_elided(text: str, found: list[Candidate], spans: Sequence[Span]) -> list[Candidate]:
    """Give a number whose noun is left out that of a figure two sentences back at most."""
    filled: list[Candidate] = []
    order = {span: at for at, span in enumerate(spans)}
    for one in found:
        limit = one.sentence.end
        if one.unit is None:
            here = order[one.sentence]
            earlier = [
                past
                for past in reversed(filled[-_NEAR:])
                if past.unit and here - order[past.sentence] <= 2 and past.kind in {"count", "time"}
            ]
            rest = text[one.end : min(limit, one.end + 2)]
            ended = rest.strip(' .;,:)”»"') == "" or re.match(
                r"\s+(?:in|from|on|by)\b", text[one.end : limit]
            )
            instead = re.search(
                r"(?:instead of|compared (?:to|with)|against|up from|down from|than|from"
                r"|to|вместо)\s+$",
                text[max(one.sentence.start, one.start - 20) : one.start],
            )
            stated = _OF_WHAT.search(text, one.sentence.start, one.start)
            if stated:
                what = "people" if stated["people"] else stated["what"].split()[-1].lower()
                filled.append(replace(one, unit=what, kind="count"))
                continue
            same = [
                past
                for past in reversed(filled[-_NEAR:])
                if past.sentence == one.sentence and past.unit
            ]
            scaled = [past for past in same if past.number.scale > 1 and past.kind != "share"]
            if scaled and one.number.scale > 1:
                filled.append(replace(one, unit=scaled[0].unit, kind=scaled[0].kind, elided=True))
                continue
            if earlier and leaves_out(text, one.end, limit):
                filled.append(replace(one, unit=earlier[0].unit, kind=earlier[0].kind, elided=True))
                continue
            if same and instead and ended:
                filled.append(replace(one, unit=same[0].unit, kind=same[0].kind, elided=True))
                continue
        filled.append(one)
    return filled


def _worth(text: str, one: Candidate) -> bool:
    """Drop a number with no unit unless a verb of quantity stands before it."""
    if one.unit is not None:
        return True
    if one.number.written == "words" and one.number.scale == 1:
        return False
    before = text[max(one.sentence.start, one.start - 40) : one.start]
    exact = one.number.scale > 1 or re.search(r"[,. \u00a0]\d", one.number.bare) is not None
    return exact and _MEASURED_VERB.search(before) is not None
