"""Numbers that stand together: the two ends of a range, and lists that share a unit."""

from __future__ import annotations

import re
from dataclasses import replace

from landbridge.evidence.figures.candidate import Candidate

_DASH = re.compile(r"\s?(?:[-–—−‑]|to|до)\s?$")
_SHARING = re.compile(
    r"\s*(?:,|,?\s?(?:and|or|to|in|of|out of|against|и|или|до|против|из))\s*(?:about|over"
    r"|nearly|some|около|до)?\s*"
)
_BETWEEN = re.compile(r"\b(?:between|между)\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
# A low end written without its scale is a small number: "0.8 and 1.4 billion".
_UNSCALED = 1000
_RESTATED = re.compile(r",\s?(?:or|или)\b", re.IGNORECASE)
# "133 thousand, 40% more" is a level and its change, no two percentages.
_LARGEST_SHARE = 1000
_CHANGING = re.compile(
    r"\b(?:grow|grew|increas|r[io]se|rais|expand|doubl|declin|fell|fall|drop|reduc|decreas|cut)\w*",
    re.IGNORECASE,
)


def join_ranges(text: str, found: list[Candidate]) -> list[Candidate]:
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


def share_units(text: str, found: list[Candidate]) -> list[Candidate]:
    """Give a number without a unit that of the next in its list: "12, 15 and 18 days"."""
    shared = list(found)
    for at in range(len(shared) - 2, -1, -1):
        one, after = shared[at], shared[at + 1]
        gap = text[one.phrase_end : after.start]
        if one.unit is None and after.unit and _SHARING.fullmatch(gap):
            scale = after.number.scale if one.number.scale == 1 and one.value < 1000 else 1.0
            if after.kind == "money" and not one.number.scale > 1 and scale == 1:
                continue
            if after.unit == "percent" and (one.value > _LARGEST_SHARE or _RESTATED.match(gap)):
                continue
            number = replace(one.number, value=one.number.value * scale)
            shared[at] = replace(one, unit=after.unit, kind=after.kind, number=number)
    return shared
