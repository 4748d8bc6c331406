"""Amounts that a reckoning beside them contradicts: conversions, products, parts and wholes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.numbers import numbers
from landbridge.facts import by_id

_MONEY = re.compile(r"[A-Z]{3}")
_EQUALS = re.compile(
    r"\s*(?:[A-Za-zА-я.]+\s)?(?:\(|,?\s?\bor\b|,?\s?that is\b|,?\s?i\.e\.|,?\s?или\b"
    r"|,?\s?то есть\b|=|≈"
    r"|equivalent to|\bma[dk]es?\b|\(?около)[^.;]{0,25}$",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:rate|курс\w*)\b[^.;\d]{0,25}(?P<rate>\d[\d.,]*)", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|apiece|per (?:unit|one))\b|(?<!\w)(?:кажд\w+|по)(?!\w)", re.I)
_TOTAL = re.compile(
    r"\b(?:total\w*|altogether|in all|together|overall|combined)\b|(?<!\w)(?:общ\w+|всего|итого"
    r"|суммарн\w+|вместе)(?!\w)",
    re.IGNORECASE,
)
_SMALL = (
    r"\d{1,6}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty"
)
_OUT_OF = re.compile(
    rf"\b(?P<part>{_SMALL})\s(?:out\s)?of\s"
    r"(?:the\s|all\s|its\s|our\s|their\s|these\s|those\s)?(?:\w+[’']s\s)?"
    rf"(?P<whole>{_SMALL})\s(?!percent|per cent|%|\w+ary\b)[a-z]",
    re.IGNORECASE,
)
_RATE_SLACK = 0.08
_BAND_SLACK = 1.3


def wrong_conversions(account: Account) -> Iterator[Conflict]:
    """Find one amount in two currencies whose rate is not that named, or none there ever was.

    Without a rate in the sentence the bands of the table `evidence_rates` hold.
    """
    money = [f for f in account.figures if f.value and _MONEY.fullmatch(f.unit or "")]
    for one, other in pairwise(money):
        between = account.text[one.value_end or 0 : other.value_start or 0]
        if one.unit == other.unit or "\n" in between or not _EQUALS.search(between):
            continue
        if _shared_out(account, one, other):
            continue
        sentence = account.sentence_at(one.value_start or 0)
        told = _RATE.search(account.text, *sentence)
        ratio = (one.value or 1.0) / (other.value or 1.0)
        ratio = max(ratio, 1 / ratio)
        if told:
            found = numbers(told["rate"])
            rate = found[0].value if found else 0.0
            fits = not rate or abs(ratio / rate - 1) <= _RATE_SLACK + _spread(one, other)
            why = f"the rate is given as {plain(rate)}"
        else:
            low, high = _band(str(one.unit), str(other.unit))
            true = (one.value or 1.0) / (other.value or 1.0)
            fits = low / _BAND_SLACK <= true <= high * _BAND_SLACK
            why = f"it was between {low:.3g} and {high:.3g} in all the years since 2005"
        if not fits:
            yield conflict(
                "currency",
                "high",
                f"{plain(one.value)} {one.unit} are not {plain(other.value)} {other.unit}",
                f"The two amounts make a rate of {plain(round(ratio, 4))}; {why}.",
                [one, other],
            )


def _shared_out(account: Account, one: Fact, other: Fact) -> bool:
    """Say whether a share stands between two amounts: the second is then only a part."""
    held = account.figures_in(one.value_end or 0, other.value_start or 0)
    return any(f.unit in {"percent", "share"} for f in held)


def _spread(one: Fact, other: Fact) -> float:
    return rounding(one) / (one.value or 1.0) + rounding(other) / (other.value or 1.0)


def _band(one: str, other: str) -> tuple[float, float]:
    """What a unit of the second currency has cost in the first, least and most."""
    table = by_id("evidence_rates")
    if one.lower() not in table or other.lower() not in table:
        return 0.0, float("inf")
    first, second = table[one.lower()], table[other.lower()]
    return first.low / second.high, first.high / second.low


def wrong_products(account: Account) -> Iterator[Conflict]:
    """Find "5 cranes of 40 tonnes each, 250 tonnes in total"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit]
        for at, many in enumerate(held[:-2]):
            one, total = held[at + 1], held[at + 2]
            text = account.text
            if one.unit != total.unit and many.unit == total.unit and counts(one):
                gap = text[many.value_end or 0 : one.value_start or 0]
                many, one = (one, many) if _EACH.search(gap) else (many, one)
            if not counts(many) or one.unit != total.unit or one.unit == "percent":
                continue
            first = min(many.value_end or 0, one.value_end or 0)
            each = _EACH.search(text, first, total.value_start or 0)
            lead = text[one.value_end or 0 : min(sentence.end, (total.value_end or 0) + 20)]
            made = (many.value or 0.0) * (one.value or 0.0)
            slack = (many.value or 0.0) * rounding(one) + rounding(total)
            if each and _TOTAL.search(lead) and abs(made - (total.value or 0.0)) > slack:
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{plain(many.value)} x {plain(one.value)} = {plain(made)} {one.unit}, not "
                    f"{plain(total.value)}",
                    f"{plain(many.value)} of {plain(one.value)} each make {plain(made)}; the total "
                    f"is given as {plain(total.value)}.",
                    [many, one, total],
                )


def parts_above_wholes(account: Account) -> Iterator[Conflict]:
    """Find "12 of the 10 projects"."""
    for match in _OUT_OF.finditer(account.text):
        part, whole = numbers(match["part"]), numbers(match["whole"])
        if part and whole and part[0].value > whole[0].value:
            sentence = account.sentence_at(match.start())
            yield conflict(
                "bound",
                "high",
                f"{match['part']} of {match['whole']}",
                "A part cannot be more than what it is taken from.",
                quotes=[account.quote(match.start(), min(sentence.end, match.end() + 40))],
            )
