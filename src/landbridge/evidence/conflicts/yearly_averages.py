"""An amount of several years, and what it is told to be a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers

_STRETCH = re.compile(
    r"\b(?:between|from)\s(?P<a>(?:19|20)\d\d)\s(?:and|to|until|till)\s(?P<b>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d.,])(?P<a2>(?:19|20)\d\d)\s?[-–—]\s?(?P<b2>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\w)с\s(?P<a3>(?:19|20)\d\d)\s(?:года?\s)?(?:по|до)\s(?P<b3>(?:19|20)\d\d)"
    r"|\b(?:in|over|within|during|for)\s(?:the\s)?(?:past\s|last\s)?(?P<n>\d{1,2}|two|three|four|five|six"
    r"|seven|eight|nine|ten|fifteen|twenty)\syears\b"
    r"|(?<!\w)за\s(?:последние\s)?(?P<n2>\d{1,2}|два|три|четыре|пять|шесть|семь|восемь|девять"
    r"|десять)\s(?:лет|года)",
    re.IGNORECASE,
)
_A_YEAR = re.compile(
    r"[^,;.\d]{0,30}?\b(?:a year|per year|annually|every year|yearly|each year)\b"
    r"|[^,;.\d]{0,30}?(?<!\w)(?:в год|ежегодно|в среднем за год)(?!\w)",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:that is|or|i\.e|thus|on average|average|means|makes?|so)\b|\("
    r"|(?<!\w)(?:то есть|или|в среднем|т\.\s?е|значит)(?!\w)",
    re.IGNORECASE,
)
_NEAR = 0.06


def yearly_averages(account: Account) -> Iterator[Conflict]:
    """Find "between 2013 and 2018 6 trillion dollars, that is 3 trillion a year on average".

    Both ends of a stretch of years may count, or one of them alone.
    """
    for sentence in account.sentences:
        stretch = _STRETCH.search(account.text, *sentence)
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit]
        for total, mean in pairwise(held):
            between = account.text[total.value_end or 0 : mean.value_start]
            same = total.unit == mean.unit and not mean.attributes.get("qualifier")
            yearly = _A_YEAR.match(account.text, mean.value_end or 0, sentence.end)
            if stretch is None or not same or not yearly or not _FOLLOWS.search(between):
                continue
            years = _years(stretch)
            slack = rounding(total) + _NEAR * (total.value or 0.0)
            made = [(mean.value or 0.0) * number for number in years]
            if any(
                abs(one - (total.value or 0.0)) <= slack + number * rounding(mean)
                for one, number in zip(made, years, strict=True)
            ):
                continue
            yield conflict(
                "arithmetic",
                "high",
                f"{plain(mean.value)} a year in {years[-1]} years make {plain(made[-1])}, not "
                f"{plain(total.value)} {total.unit}",
                f"{plain(total.value)} in {years[-1]} years are "
                f"{plain(round((total.value or 0.0) / years[-1], 2))} a year.",
                [total, mean],
            )


def _years(stretch: re.Match[str]) -> list[int]:
    told = stretch["n"] or stretch["n2"]
    if told:
        found = numbers(told.lower())
        return [max(1, int(found[0].value))] if found else [1]
    first = int(stretch["a"] or stretch["a2"] or stretch["a3"])
    last = int(stretch["b"] or stretch["b2"] or stretch["b3"])
    return [max(1, last - first), max(1, last - first) + 1]
