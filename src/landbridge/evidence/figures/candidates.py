"""Numbers that are figures, each with its unit: traps left out, ranges joined, units shared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
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
    r"\s*(?:,|,?\s?(?:and|or|to|in|of|out of|against|и|или|до|против|из))\s*(?:about|over"
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
_BETWEEN = re.compile(r"\b(?:between|между)\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
# A low end written without its scale is a small number: "0.8 and 1.4 billion".
_UNSCALED = 1000
# "1416 days" is 14 to 16; beyond this ratio four digits are one number.
_WIDEST = 1.6
_OF_THESE = re.compile(
    r"\b(?:of (?:these|them|which|those)|из (?:них|которых)|остальн\w+)\b", re.IGNORECASE
)
_INSTEAD = re.compile(
    r"(?:instead of|compared (?:to|with)|against|up from|down from|than|from|to|вместо|против|чем)"
    r"\s+$"
)
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{4,})\s+$")
_NEXT_IN_LIST = re.compile(r"(?:[,;]|\band|(?<!\w)и)\s+(?:about |some |over )?$", re.IGNORECASE)
_ENDS = re.compile(
    r"\s+(?:in|from|on|by|в|во|на|к|по|неизвестн\w*)\b|\s*[.,;:)!?”»\"]|\s*$"
    r"|\s(?:a year|годом) (?:ago|before|earlier|ранее)\b"
)
_CHANGING = re.compile(
    r"\b(?:grow|grew|increas|r[io]se|rais|expand|doubl|declin|fell|fall|drop|reduc|decreas|cut)\w*",
    re.IGNORECASE,
)
# After these, numbers without a noun are parts of what was counted before.
_PARTS = re.compile(
    r"\b(?:of (?:them|which|these|those)|including|among them|namely)\b"
    r"|(?<!\w)(?:из (?:них|которых)|в том числе|включая)(?!\w)",
    re.IGNORECASE,
)
_REMAINING = re.compile(r"\b(?:remaining|the other|the rest|остальные)\s$", re.IGNORECASE)
_PART_ENDS = re.compile(r"\s+(?:of|are|were|is|have|из)\b")
_MEASURED_VERB = re.compile(
    r"\b(?:reach\w*|equall?ed|ma[dk]es?|total\w*|amount\w*|exceed\w*|stood at|rose to|fell to"
    r"|grew to|increased to|number\w*|"
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
    listed : so in a list of like things, not as a part of what stood before
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
    listed: bool = False
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
            found.append(_dash_lost(text, one))
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


def _join_ranges(text: str, found: list[Candidate]) -> list[Candidate]:
    """Join "2-3" and "12 to 15" into one; what rises from one to the other stays two."""
    joined: list[Candidate] = []
    for one in found:
        last = joined[-1] if joined else None
        between = text[last.end : one.start] if last and one.start >= last.end else None
        if last is not None and between is not None and _is_range(text, last, one, between):
            small = last.number.scale == 1 and last.number.value < _UNSCALED
            scale = one.number.scale if small else 1.0
            number = replace(last.number, value=last.number.value * scale, end=one.number.end)
            unit, kind = (one.unit, one.kind) if one.unit else (last.unit, last.kind)
            joined[-1] = replace(
                one, number=number, start=last.start, high=one.value, unit=unit, kind=kind
            )
        else:
            joined.append(one)
    return joined


def _is_range(text: str, low: Candidate, high: Candidate, between: str) -> bool:
    if high.value <= low.value / max(low.number.scale, 1):
        return False
    lead = text[max(low.sentence.start, low.start - 24) : low.start]
    if re.fullmatch(r"\s+(?:and|и)\s+(?:US)?[$€£¥]?", between) and _BETWEEN.search(lead):
        return low.unit is None or low.unit == high.unit
    if re.fullmatch(r"\s+up to\s+", between):
        told = text[low.sentence.start : low.start]
        return low.unit in (None, high.unit) and not _CHANGING.search(told)
    if not _DASH.fullmatch(between):
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
        filled.append(_filled(text, one, filled, order) if one.unit is None else one)
    return filled


def _filled(
    text: str, one: Candidate, before: Sequence[Candidate], order: Mapping[Span, int]
) -> Candidate:
    """Give one number the unit that its place in the text implies; unchanged where none does."""
    limit = one.sentence.end
    lead = text[max(one.sentence.start, one.start - 30) : one.start]
    stated = _OF_WHAT.search(text, one.sentence.start, one.start)
    if stated:
        what = "people" if stated["people"] else stated["what"].split()[-1].lower()
        return replace(one, unit=what, kind="count")
    near = [past for past in reversed(before[-_NEAR:]) if past.unit]
    same = [past for past in near if past.sentence == one.sentence]
    counts = [past for past in near if past.kind in {"count", "time"}]
    here = order[one.sentence]
    earlier = [past for past in counts if here - order[past.sentence] <= 2]
    scaled = [past for past in same if past.number.scale > 1 and past.kind != "share"]
    if scaled and one.number.scale > 1:
        return _like(one, scaled[0], listed=True)
    money = [past for past in near if past.kind == "money" and past.number.scale > 1]
    if one.number.scale > 1 and money and here - order[money[0].sentence] <= 1:
        said = _MEASURED_VERB.search(lead) or _REMAINING.search(lead)
        return _like(one, money[0], listed=True) if said else one
    parts = _part_of(text, one, same)
    if parts is not None:
        return parts
    plain = [past for past in earlier if past.kind == "count" or one.number.scale == 1]
    if plain and leaves_out(text, one.end, limit):
        return _like(one, plain[0])
    ended = _ENDS.match(text, one.end, limit) is not None
    if not ended:
        return one
    if same and _INSTEAD.search(lead):
        return _like(one, same[0], listed=True)
    listed = [past for past in same if past.kind == "count"]
    if listed and text[one.end : limit].strip(" .") and _NEXT_IN_LIST.search(lead):
        return _like(one, listed[0], listed=True)
    if earlier and _OF_THESE.search(text, one.sentence.start, one.start):
        return _like(one, earlier[0])
    if listed and one.number.written != "words" and _MEASURED_VERB.search(lead):
        return _like(one, listed[0], listed=True)
    if listed and _REMAINING.search(lead):
        return _like(one, listed[-1])
    verb = _WORD_BEFORE.search(lead)
    alike = [past for past in counts if here - order[past.sentence] == 1]
    if alike and verb:
        past = alike[0]
        told = _WORD_BEFORE.search(text, max(past.sentence.start, past.start - 20), past.start)
        if told and told[1].lower() == verb[1].lower():
            return _like(one, past, listed=True)
    return one


def _part_of(text: str, one: Candidate, same: Sequence[Candidate]) -> Candidate | None:
    """Read "700 firms, of them 560 of crops and 140 of livestock": parts of what was counted."""
    limit = one.sentence.end
    if not (_ENDS.match(text, one.end, limit) or _PART_ENDS.match(text, one.end, limit)):
        return None
    counts = [past for past in same if past.kind == "count"]
    opened = next(
        (past for past in counts if _PARTS.search(text, past.phrase_end, one.start)), None
    )
    if opened is None:
        return None
    units = [past.unit for past in counts]
    total = next((p for p in counts if units.count(p.unit) > 1 and p.value >= one.value), opened)
    return _like(one, total) if one.value <= total.value else None


def _like(one: Candidate, other: Candidate, *, listed: bool = False) -> Candidate:
    return replace(one, unit=other.unit, kind=other.kind, elided=True, listed=listed)


def _worth(text: str, one: Candidate) -> bool:
    """Drop a number with no unit unless a verb of quantity stands before it."""
    if one.unit is not None:
        return True
    if one.number.written == "words" and one.number.scale == 1:
        return False
    before = text[max(one.sentence.start, one.start - 40) : one.start]
    exact = one.number.scale > 1 or re.search(r"[,. \u00a0]\d", one.number.bare) is not None
    return exact and _MEASURED_VERB.search(before) is not None
