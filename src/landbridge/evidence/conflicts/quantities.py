"""Prices of no quantity, and counts of the wrong carrier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact

_GOODS = [
    "oil",
    "gas",
    "crude",
    "petroleum",
    "coal",
    "wheat",
    "grain",
    "copper",
    "gold",
    "silver",
    "uranium",
    "steel",
    "aluminium",
    "aluminum",
    "zinc",
    "metals",
    "metal",
    "cotton",
    "fertiliser",
    "fertilizer",
    "sugar",
    "rice",
    "electricity",
]
_RUSSIAN_GOODS = (
    "нефт",
    "газ",
    "угол",
    "зерн",
    "пшениц",
    "мед",
    "золот",
    "уран",
    "стал",
    "металл",
    "хлоп",
)
_PRICE = re.compile(r"\bprice[sd]?\b|(?<!\w)цен[аыуе]?(?!\w)", re.IGNORECASE)
_GOOD = re.compile(
    rf"\b(?:{'|'.join(_GOODS)})\b|(?<!\w)(?:{'|'.join(_RUSSIAN_GOODS)})\w*", re.IGNORECASE
)
_PER = re.compile(
    r"\b(?:per|a|an|each)\s(?:barrel|tonne|ton|ounce|kilo\w*|kg|mmbtu|bushel|pound|cubic|thousand"
    r"|1,?000|kwh|mwh|litre|liter|unit)"
    r"|/\s?(?:bbl|t|kg|oz|mmbtu|m3|kwh|mwh)|\bза\s\w+",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:budget|revenue|subsid|difference|gap|cap)\w*", re.IGNORECASE)
_CARRIERS = (
    (
        "by air",
        frozenset(["flights"]),
        re.compile(r"\b(?:air\w*|aviation|plane\w*|aircraft|passenger flight|авиа\w*)\b", re.I),
    ),
    (
        "by sea",
        frozenset(["voyages", "sailings", "vessels"]),
        re.compile(
            r"\b(?:sea\w*|ship\w*|vessel\w*|maritime|port\w*|ocean|ferr\w+|морск\w*)\b", re.I
        ),
    ),
    ("by rail", frozenset(["trains"]), re.compile(r"\b(?:rail\w*|train\w*|железн\w*)\b", re.I)),
)


def prices_without_quantity(account: Account) -> Iterator[Conflict]:
    """Find a price of a good that is not per anything, or is one price for two goods."""
    for fact in account.figures:
        if not _is_money(fact) or " per " in (fact.unit or "") or fact.attributes.get("per"):
            continue
        if (fact.value or 0.0) > 1e5 or _TOLD.search(fact.quote):
            continue
        price = _PRICE.search(fact.quote)
        goods = list(dict.fromkeys(m.group().lower() for m in _GOOD.finditer(fact.quote)))
        after = account.text[fact.value_end or 0 : (fact.value_end or 0) + 30]
        if price is None or not goods or _PER.search(after) or _PER.search(fact.quote):
            continue
        several = len(goods) > 1
        yield conflict(
            "unit",
            "medium",
            f"a price of {plain(fact.value)} {fact.unit} that is not per anything: {fact.quote}",
            (
                "One price for " + " and ".join(goods) + ", and no quantity it is for."
                if several
                else f"The quantity of {goods[0]} that the price is for is not said."
            ),
            [fact],
        )


def wrong_carriers(account: Account) -> Iterator[Conflict]:
    """Find "railway … have made 6363 flights": a count of what the sentence does not speak of."""
    for fact in account.figures:
        own = next((c for c in _CARRIERS if fact.unit in c[1]), None)
        if own is None:
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        words = sentence.of(account.text).replace(str(fact.unit), "")
        others = [c for c in _CARRIERS if c is not own and c[2].search(words)]
        if own[2].search(words) or len(others) != 1:
            continue
        yield conflict(
            "unit",
            "medium",
            f"{plain(fact.value)} {fact.unit}, of what goes {others[0][0]}",
            f"The sentence speaks of what goes {others[0][0]}; {fact.unit} go {own[0]}. "
            "Most likely a word for single runs was mistranslated.",
            [fact],
        )


_LENGTHS = frozenset(["km", "m", "mm", "miles", "cm", "feet"])
_IS = (
    r"(?:\sof\s(?:the\s)?[^,.;\d]{3,40}?)?\s(?:is|was|are|were|will be|would be|should be"
    r"|has been|makes?|made|reach\w*|amount\w* to"
    r"|equals?|of|exceeds?)\s(?:about\s|over\s|some\s|almost\s|more than\s)?$"
)
_DIMENSIONS = tuple(
    (re.compile(rf"\b(?:{nouns}){_IS}", re.IGNORECASE), units)
    for nouns, units in (
        ("distance|length|depth|height|width|draught", _LENGTHS),
        ("weight", frozenset(["tonnes", "kg", "g", "pounds"])),
        ("speed", frozenset(["km/h", "knots", "km", "miles", "m", "times"])),
        (
            "duration|journey time|travel time|transit time",
            frozenset(["days", "hours", "minutes", "weeks", "months", "years"]),
        ),
    )
)
_MEASURES = _LENGTHS | {"tonnes", "kg", "ha", "km2", "m2", "m3", "hours", "days", "TEU", "MW"}


def wrong_dimensions(account: Account) -> Iterator[Conflict]:
    """Find "the distance is 2,700 tonnes": a measure that what is told of does not have."""
    for fact in account.figures:
        if fact.unit not in _MEASURES:
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        lead = account.text[sentence.start : fact.value_start]
        for told, units in _DIMENSIONS:
            match = told.search(lead)
            if match and fact.unit not in units:
                yield conflict(
                    "unit",
                    "medium",
                    f"{plain(fact.value)} {fact.unit}: {match.group().strip()}",
                    f"What is told of is not measured in {fact.unit}.",
                    [fact],
                )


_SPEED = re.compile(r"(?:\bspeeds?\b|(?<!\w)скорост\w+)[^.;\d]{0,80}$", re.IGNORECASE)
_PER_TIME = re.compile(
    r"\s?[^\W\d_.]*\.?\s?(?:per|an?|/|each|every|in an|in one|daily|hourly|в|за)\b|/|\s?km/h"
    r"|[^.;,]{0,20}\b(?:hour|day|час|сутки|суток|сутках)\b",
    re.IGNORECASE,
)


def speeds_without_time(account: Account) -> Iterator[Conflict]:
    """Find "the speed reached 1,100 kilometres": a way, and in what time is not said."""
    for fact in account.figures:
        if fact.unit not in {"km", "miles"} or fact.attributes.get("per"):
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        lead = account.text[sentence.start : fact.value_start]
        if not _SPEED.search(lead) or _PER_TIME.match(account.text, fact.value_end or 0):
            continue
        yield conflict(
            "unit",
            "medium",
            f"a speed of {plain(fact.value)} {fact.unit}",
            "A speed is a way in a time; the time is not said.",
            [fact],
        )


def _is_money(fact: Fact) -> bool:
    return bool(re.fullmatch(r"[A-Z]{3}", (fact.unit or "").split(" per ")[0]))
