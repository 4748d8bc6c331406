"""Numbers that are figures, each with its unit: traps left out, ranges joined, units shared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from landbridge.evidence.figures.candidate import Candidate
from landbridge.evidence.figures.counted import noun_after
from landbridge.evidence.figures.elided import fill_elided, worth
from landbridge.evidence.figures.joined import join_ranges, share_units
from landbridge.evidence.figures.shared_currencies import currency_here
from landbridge.evidence.figures.traps import is_trap, no_places
from landbridge.evidence.text.compound import joined_scales
from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.numbers import Number, numbers
from landbridge.evidence.text.spans import Span, starting_in
from landbridge.evidence.text.units import known_units, sign_before, unit_after

_LONGEST_DATE = 40
_PER = re.compile(
    r"\s?(?:per|a|an|each|в|за|на)\s(?P<per>tonne|ton|barrel|container|km|kilomet\w+|teu"
    r"|feu|day|year|"
    r"month|week|capita|person|hour|train|wagon|m3|cubic met\w+|баррель|тонну|год|день"
    r"|сутки|месяц|контейнер)\b|/\s?(?P<slash>[A-Za-zА-я]{1,9})",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"\b(?:population|staff|workforce|audience) of (?:about |over |more than |nearly |some )?$",
    re.IGNORECASE,
)
# "1416 days" is 14 to 16; beyond this ratio four digits are one number.
_WIDEST = 1.6


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
    for number in joined_scales(text, numbers(text, language)):
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
            found.append(_dash_lost(text, one))
    shared = share_units(text, join_ranges(text, found))
    return [one for one in fill_elided(text, shared, spans) if worth(text, one)]


def _candidate(
    text: str, number: Number, sentence: Span, near: list[DateMention]
) -> Candidate | None:
    sign = sign_before(text, number.start)
    unit = None if sign else unit_after(text, number.end)
    if unit and unit.kind == "money":
        unit = currency_here(text, unit)
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
    settled = unit and (unit.kind != "count" or text[unit.start] >= "\u3400")
    noun = None if settled else noun_after(text, number.end, sentence.end)
    measured = unit is not None or noun is not None
    if near and not unit and noun and noun.unit not in known_units():
        measured = False
    if is_trap(text, number, sentence, near, has_sign=sign is not None, measured=measured):
        return None
    if number.written == "times":
        return Candidate(number, sentence, number.start, number.end, "times", "share", number.end)
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


def _dash_lost(text: str, one: Candidate) -> Candidate:
    """Read "1416 days" as 14 to 16: two small numbers that lost their dash."""
    bare = one.number.bare
    if one.kind != "time" or not re.fullmatch(r"\d{4}", bare) or one.number.scale != 1:
        return one
    low, high = int(bare[:2]), int(bare[2:])
    if not 10 <= low < high <= _WIDEST * low:
        return one
    return replace(one, number=replace(one.number, value=float(low)), high=float(high))
