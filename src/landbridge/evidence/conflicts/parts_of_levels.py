"""Fractions, differences and averages beside the amounts that they should follow from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact

_THAT_IS = re.compile(
    r"(?:,?\s(?:or|that is|that means|i\.e\.|namely|in other words),?\s|\(|,\s|\s[-–—]\s)"
    r"(?:about |some |around |nearly |only )?(?:US)?[$€£¥]?$"
    r"|(?:,?\s(?:или|то есть|т\.е\.)\s|\()(?:около |примерно )?$",
    re.IGNORECASE,
)
_OF = re.compile(r"\s?(?:of|из|от)\s(?:the|its|all|these|their|our|его|всех)?\s?$", re.IGNORECASE)
_OF_IT = re.compile(r"\s(?:of (?:it|them|this|that|these|which)|из (?:них|этого))\b", re.I)
_FROM = re.compile(r"\b(?:from|с|со|от)\s(?:about |some |over )?(?:US)?[$€£¥]?$", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|до)\s(?:about |some |over |only )?(?:US)?[$€£¥]?$", re.IGNORECASE)
_BY = re.compile(
    r"\bby\s(?:about |some |over |almost )?(?:US)?[$€£¥]?$|[,(]\s?(?:то есть |т\.е\. )?на\s$",
    re.IGNORECASE,
)
_SOFT = frozenset(["over", "at least", "up to", "nearly", "about"])
_AVERAGE = re.compile(r"\b(?:average|mean|on average)\b|(?<!\w)(?:средн\w+|в среднем)(?!\w)", re.I)
_MOST = re.compile(
    r"\b(?:highest|maximum|top|peak|record|largest|longest|most)\b(?!\sof)"
    r"|(?<!\w)(?:максимальн\w+|наибольш\w+|рекордн\w+)(?!\w)",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:lowest|minimum|smallest|shortest)\b|(?<!\w)(?:минимальн\w+|наименьш\w+)(?!\w)", re.I
)
_NEAR = 0.03
_WORDS_BETWEEN = 5


def fractions_of_levels(account: Account) -> Iterator[Conflict]:
    """Find "half of the 80 firms, that is 30", and "two thirds, or 55 percent"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value]
        for at, part in enumerate(held):
            if part.unit != "share" or part.attributes.get("qualifier") in _SOFT:
                continue
            later = held[at + 1 :]
            told = next((f for f in later if _follows(account, f)), None)
            if told is None or told.attributes.get("qualifier") in _SOFT:
                continue
            if told.unit == "percent":
                yield from _wrong([part, told], part.value or 0.0, (told.value or 0.0) / 100, "%")
                continue
            whole = _whole(account, held, part, told)
            if whole is not None:
                true = (part.value or 0.0) * (whole.value or 0.0)
                yield from _wrong([whole, part, told], true, told.value or 0.0, str(told.unit))


def _follows(account: Account, fact: Fact) -> bool:
    start = fact.value_start or 0
    return _THAT_IS.search(account.text[max(0, start - 30) : start]) is not None


def _whole(account: Account, held: list[Fact], part: Fact, told: Fact) -> Fact | None:
    """What the fraction is taken of: the figure right after "of", or the one before "of it"."""
    for fact in held:
        if fact in (part, told) or not (fact.unit == told.unit or (counts(fact) and counts(told))):
            continue
        gap = account.text[part.value_end or 0 : fact.value_start or 0]
        if (fact.value_start or 0) > (part.value_start or 0):
            if _OF.fullmatch(gap.rstrip("$€£¥")) and (told.value_start or 0) > (
                fact.value_end or 0
            ):
                return fact
        elif _OF_IT.match(account.text, part.value_end or 0) and fact.unit == told.unit:
            return fact
    return None


def _wrong(facts: list[Fact], true: float, told: float, unit: str) -> Iterator[Conflict]:
    slack = max(_NEAR * true, sum(rounding(f) for f in facts[-1:]), 0.01 if unit == "%" else 0.5)
    if abs(true - told) <= slack:
        return
    scale = 100 if unit == "%" else 1
    yield conflict(
        "arithmetic",
        "high",
        f"{plain(round(true * scale, 2))} {unit}, not {plain(round(told * scale, 2))}",
        f"The fraction makes {plain(round(true * scale, 2))} {unit}; the text says "
        f"{plain(round(told * scale, 2))}.",
        facts,
    )


def differences(account: Account) -> Iterator[Conflict]:
    """Find "from 1,200 km to 900 km, by 400 km", and shares with percentage points."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value is not None and f.unit]
        for old, new, step in zip(held, held[1:], held[2:], strict=False):
            units = {old.unit, new.unit}
            points = units == {"percent"} and step.unit == "percentage points"
            if len(units) > 1 or not (points or step.unit == old.unit):
                continue
            if step.unit == "percent" or not all(
                form.search(
                    account.text[max(sentence.start, (f.value_start or 0) - 24) : f.value_start]
                )
                for form, f in ((_FROM, old), (_TO, new), (_BY, step))
            ):
                continue
            true = abs((new.value or 0.0) - (old.value or 0.0))
            slack = sum(rounding(f) for f in (old, new, step))
            if abs(true - (step.value or 0.0)) > max(slack, 1e-9):
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{plain(old.value)} to {plain(new.value)} is {plain(true)} {step.unit}, not "
                    f"{plain(step.value)}",
                    f"The difference of the two is {plain(true)}; the text says "
                    f"{plain(step.value)}.",
                    [old, new, step],
                )


def averages_beyond_ends(account: Account) -> Iterator[Conflict]:
    """Find an average above the highest, or below the lowest, of one sentence and unit."""
    for sentence in account.sentences:
        if not _AVERAGE.search(account.text, *sentence):
            continue
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit]
        mean = next((f for f in held if _named(account, f, sentence.start, _AVERAGE)), None)
        if mean is None:
            continue
        for end, sign in ((_MOST, 1.0), (_LEAST, -1.0)):
            found = next((f for f in held if _named(account, f, sentence.start, end)), None)
            if found is None or found is mean or found.unit != mean.unit:
                continue
            if sign * (mean.value or 0.0) > sign * (found.value or 0.0):
                yield conflict(
                    "bound",
                    "high",
                    f"an average of {plain(mean.value)} {mean.unit} beyond {plain(found.value)}",
                    "An average lies between the least and the most.",
                    [mean, found],
                )


def _named(account: Account, fact: Fact, start: int, form: re.Pattern[str]) -> bool:
    """Say whether a word stands in the few words before a figure, none other between."""
    lead = account.text[start : fact.value_start]
    before = list(form.finditer(lead))
    if not before or any(c.isdigit() for c in lead[before[-1].end() :]):
        return False
    others = [p for p in (_AVERAGE, _MOST, _LEAST) if p is not form]
    rest = lead[before[-1].end() :]
    return len(rest.split()) <= _WORDS_BETWEEN + 3 and not any(p.search(rest) for p in others)


_WHOLE_YEAR = re.compile(
    r"\b(?:whole (?:of )?(?:the )?(?:year|(?:19|20)\d\d)|(?:for|over|in) the year|full year|all of"
    r" (?:19|20)\d\d)\b|(?<!\w)(?:за (?:весь )?год|в целом за)(?!\w)",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(
    r"\b(?:(?:its |the )?(?:first|second|last) (?:half|quarter|\w+ months))\b"
    r"|(?<!\w)(?:(?:перв|втор)\w+ (?:полугоди\w+|квартал\w*))(?!\w)",
    re.IGNORECASE,
)


def parts_above_years(account: Account) -> Iterator[Conflict]:
    """Find "in the whole of 2019 there were 8,225; in its first half 9,100"."""
    for sentence in account.sentences:
        whole = _WHOLE_YEAR.search(account.text, *sentence)
        part = _PART_OF_YEAR.search(account.text, *sentence)
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit not in _RATES]
        if whole is None or part is None or len(held) != 2 or held[0].unit != held[1].unit:
            continue
        first_is_whole = whole.start() < part.start()
        year, half = held if first_is_whole else reversed(held)
        after = account.text[whole.end() : part.start()] if first_is_whole else ""
        if "than" in after or (year.year != half.year and None not in (year.year, half.year)):
            continue
        if (half.value or 0.0) > (year.value or 0.0) + rounding(year):
            yield conflict(
                "bound",
                "high",
                f"{plain(half.value)} {half.unit} in a part of a year, {plain(year.value)} in all",
                "A part of a year cannot have more than the whole.",
                [year, half],
            )


_RATES = frozenset(["percent", "times", "percentage points", "share", "years", "days", "hours"])
_SPANS = {"day": 365.0, "week": 52.0, "month": 12.0}
_PER_YEAR = re.compile(
    r"[^,;.]{0,40}?\b(?:(?:a|per|in the|in a|each|over the) year|yearly|annually)\b"
    r"|[^,;.]{0,40}?(?<!\w)в год(?!\w)",
    re.IGNORECASE,
)
_PER_SPAN = re.compile(
    r"[^,;.]{0,30}?\b(?:a|per|each|every)\s(?P<span>day|week|month)\b"
    r"|[^,;.]{0,30}?(?<!\w)в\s(?P<russian>день|сутки|неделю|месяц)(?!\w)",
    re.IGNORECASE,
)
_RUSSIAN_SPANS = {"день": "day", "сутки": "day", "неделю": "week", "месяц": "month"}
_SEASON = 4.0
_PEAK = 1.1


def rates_of_two_spans(account: Account) -> Iterator[Conflict]:
    """Find "5 thousand tonnes a day and 100 thousand tonnes a year": neither makes the other.

    A year may have a quarter of its days idle three times over, and no more than all of them.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit not in _RATES]
        if len(held) != 2 or held[0].unit != held[1].unit:
            continue
        for short, year in (held, reversed(held)):
            match = _PER_SPAN.match(account.text, short.value_end or 0, sentence.end)
            yearly = _PER_YEAR.match(account.text, year.value_end or 0, sentence.end)
            dated = re.fullmatch(r"(?:19|20)\d\d", str(year.attributes.get("period", "")))
            dated = dated if _AVERAGE.search(account.text, *sentence) else None
            if match is None or (yearly is None and dated is None):
                continue
            span = match["span"] or _RUSSIAN_SPANS[match["russian"].lower()]
            most = _SPANS[span.lower()] * (short.value or 0.0)
            if most / _SEASON <= (year.value or 0.0) <= most * _PEAK:
                continue
            yield conflict(
                "arithmetic",
                "medium",
                f"{plain(short.value)} {short.unit} a {span} make up to {plain(most)} a year, not "
                f"{plain(year.value)}",
                "The two rates do not go together; a scale or a span of time is most likely wrong.",
                [short, year],
            )
