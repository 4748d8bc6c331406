"""Numbers whose noun or currency is left out, and the figure before that it is taken from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from landbridge.evidence.figures.candidate import Candidate
from landbridge.evidence.figures.counted import leaves_out
from landbridge.evidence.text.spans import Span

# How many figures back a noun may stand that a later one leaves out.
_NEAR = 12
_OF_WHAT = re.compile(
    r"\b(?:number|amount|total|quantity|count)\s+of\s+(?:the\s+"
    r"|all\s+)?(?P<what>(?:\w+[- ]){0,3}?\w+s)\b[^.;]{0,60}$"
    r"|\b(?P<people>population|staff|workforce)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?P<what>[^\W\d_]{3,}s) numbered (?:about |over |some )?$", re.IGNORECASE
)
_OF_THE = re.compile(r"\b(?:of|from) (?:the|these|those|all) $", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|for|with|under|by)\s")
_OF_THESE = re.compile(
    r"\b(?:of (?:these|them|which|those)|из (?:них|которых)|остальн\w+)\b", re.IGNORECASE
)
_INSTEAD = re.compile(
    r"(?:instead of|compared (?:to|with)|against|up from|down from|than|from|to|вместо|против|чем)"
    r"\s+$"
)
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{4,})\s+$")
_NEXT_IN_LIST = re.compile(r"(?:[,;]|\band|(?<!\w)и)\s+(?:about |some |over )?$", re.IGNORECASE)
_NEXT_PERIOD = re.compile(
    r"(?:[,;]|\band|(?<!\w)и)\s(?:in|at|by|to|for|from|в|во|на)\s(?:the\s|its\s)?(?:[^\W_]+\s){1,2}$",
    re.IGNORECASE,
)
# Percentages above this are levels that stand beside a change.
_MOST_SHARE = 1000
_THERE = re.compile(
    r"\bthere (?:are|were|was|have been|had been) (?:about |over )?$", re.IGNORECASE
)
_ENDS = re.compile(
    r"\s+(?:in|from|on|by|в|во|на|к|по|неизвестн\w*)\b|\s*[.,;:)!?”»\"]|\s*$"
    r"|\s(?:a year|годом) (?:ago|before|earlier|ранее)\b"
)
# After these, numbers without a noun are parts of what was counted before.
_PARTS = re.compile(
    r"\b(?:of (?:them|which|these|those)|including|among them|namely)\b"
    r"|(?<!\w)(?:из (?:них|которых)|в том числе|включая)(?!\w)",
    re.IGNORECASE,
)
_REMAINING = re.compile(r"\b(?:remaining|others?|rest|остальные|прочие)\s$", re.IGNORECASE)
_PART_ENDS = re.compile(
    r"\s+(?:of|are|were|is|have|из|had|will|went|go|goes|come|came|left|stayed"
    r"|(?:west|east|north|south)(?:wards?|bound)|back|onwards?)\b"
)
_MEASURED_VERB = re.compile(
    r"\b(?:reach\w*|equall?ed|ma[dk]es?|total\w*|amount\w*|exceed\w*|stood at|rose to|fell to"
    r"|grew to|increased to|number\w*|"
    r"was|is|were|about|достиг\w*|составил\w*|до)\s+(?:about|over|almost|nearly|some|only"
    r"|at|to|около)?\s*$",
    re.IGNORECASE,
)


def fill_elided(text: str, found: list[Candidate], spans: Sequence[Span]) -> list[Candidate]:
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
    numbered = _NUMBERED.search(lead)
    if numbered:
        return replace(one, unit=numbered["what"].lower(), kind="count")
    near = [past for past in reversed(before[-_NEAR:]) if past.unit]
    same = [past for past in near if past.sentence == one.sentence]
    counts = [past for past in near if past.kind in {"count", "time"}]
    here = order[one.sentence]
    earlier = [past for past in counts if here - order[past.sentence] <= 2]
    scaled = [past for past in same if past.number.scale > 1 and past.kind != "share"]
    if scaled and one.number.scale > 1:
        return _like(one, scaled[0], listed=True)
    again = [past for past in near if past.value == one.value and past.kind != "share"]
    if again and _OF_THE.search(lead):
        return _like(one, again[0], listed=True)
    large = [past for past in near if past.number.scale > 1 and past.kind in {"money", "measure"}]
    if one.number.scale > 1 and large and here - order[large[0].sentence] <= 1:
        said = _MEASURED_VERB.search(lead) or _REMAINING.search(lead)
        if large[0].kind == "money" or _same_paragraph(text, large[0], one):
            said = said or _ENDS.match(text, one.end, limit) or _OF.match(text, one.end, limit)
        return _like(one, large[0], listed=True) if said else one
    parts = _part_of(text, one, same)
    if parts is not None:
        return parts
    plain = [past for past in earlier if past.kind == "count" or one.number.scale == 1]
    if plain and leaves_out(text, one.end, limit):
        return _like(one, plain[0])
    if same and same[0].unit == "percent" and _REMAINING.search(lead):
        return _like(one, same[0], listed=True)
    of_each = [past for past in same if past.kind == "count" and _OF.match(text, past.phrase_end)]
    if of_each and _NEXT_IN_LIST.search(lead) and _OF.match(text, one.end, limit):
        return _like(one, of_each[0], listed=True)
    ended = _ENDS.match(text, one.end, limit) is not None
    if not ended:
        return one
    if same and _INSTEAD.search(lead) and (same[0].unit != "percent" or one.value <= _MOST_SHARE):
        return _like(one, same[0], listed=True)
    if counts and _THERE.search(lead) and one.number.written != "words":
        return _like(one, counts[0], listed=True)
    listed = [past for past in same if past.kind == "count"]
    if listed and text[one.end : limit].strip(" .") and _NEXT_IN_LIST.search(lead):
        return _like(one, listed[0], listed=True)
    if listed and _NEXT_PERIOD.search(lead):
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


def _same_paragraph(text: str, one: Candidate, other: Candidate) -> bool:
    return "\n" not in text[one.end : other.start].strip()


def _part_of(text: str, one: Candidate, same: Sequence[Candidate]) -> Candidate | None:
    """Read "700 firms, of them 560 of crops and 140 of livestock": parts of what was counted."""
    limit = one.sentence.end
    if not (_ENDS.match(text, one.end, limit) or _PART_ENDS.match(text, one.end, limit)):
        return None
    counts = [past for past in same if past.kind in {"count", "measure"}]
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


def worth(text: str, one: Candidate) -> bool:
    """Drop a number with no unit unless a verb of quantity stands before it."""
    if one.unit is not None:
        return True
    if one.number.written == "words" and one.number.scale == 1:
        return False
    before = text[max(one.sentence.start, one.start - 40) : one.start]
    exact = one.number.scale > 1 or re.search(r"[,. \u00a0]\d", one.number.bare) is not None
    return exact and _MEASURED_VERB.search(before) is not None
