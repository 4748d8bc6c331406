"""Prices listed side by side of which one is in another currency or of another magnitude."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact

_MONEY = re.compile(r"[A-Z]{3}(?: per \w+)?")
_PRICE = re.compile(
    r"\b(?:prices?|priced|rates?|fees?|fares?|freight|tariffs?|tolls?|charges?|costs?|pays?|rents?"
    r"|sala\w+|wages?|per|a (?:tonne|ton|barrel|container|box|head|kilo\w*))\b"
    r"|(?<!\w)(?:цен\w+|ставк\w+|тариф\w+|стоимост\w+|сбор\w*|плат\w+|за тонну|за контейнер)(?!\w)",
    re.IGNORECASE,
)
_CONVERTED = re.compile(r"[(=≈]|\b(?:or|that is|i\.e\.)\b|(?<!\w)(?:или|то есть)(?!\w)")
_LARGEST_PRICE = 1e6
_LEAST = 3
_ALIKE = 3.0
_VERY_ALIKE = 1.6
_SLACK = 1.3
_POWERS = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)
_WORDS_BETWEEN = 9


def odd_prices(account: Account) -> Iterator[Conflict]:
    """Find "350 yuan at A, 320 yuan at B and 340 dollars at C", and "$45, $20 and $38,000".

    Three prices and more stand in one sentence, few words apart. One alone is in another currency
    though its number is like the others'; or one alone would lie among all others, which are
    within three times of each other, if it were ten, a hundred or a thousand times less or more.
    A conversion ("120 dollars (850 yuan)") is none.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if _is_price(f)]
        before = account.sentence_at(max(0, sentence.start - 2))
        if len(held) < _LEAST or not _PRICE.search(account.text, before.start, sentence.end):
            continue
        for run in _runs(account, held):
            odd = _other_currency(account, run) or _other_size(run)
            if odd is not None:
                yield odd


def _is_price(fact: Fact) -> bool:
    money = _MONEY.fullmatch(fact.unit or "") and fact.unit not in {"TEU", "FEU"}
    return bool(money and 0 < (fact.value or 0.0) < _LARGEST_PRICE)


def _runs(account: Account, held: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Prices that stand within a few words of each other, three and more."""
    run: list[Fact] = []
    for fact in held:
        gap = account.text[run[-1].value_end or 0 : fact.value_start] if run else ""
        if run and len(gap.split()) > _WORDS_BETWEEN:
            if len(run) >= _LEAST:
                yield run
            run = []
        run.append(fact)
    if len(run) >= _LEAST:
        yield run


def _currency(fact: Fact) -> str:
    return str(fact.unit)[:3]


def _other_currency(account: Account, run: list[Fact]) -> Conflict | None:
    counted = Counter(_currency(f) for f in run)
    common, times = counted.most_common(1)[0]
    odd = [f for f in run if _currency(f) != common]
    others = [f.value or 0.0 for f in run if _currency(f) == common]
    if len(odd) != 1 or times < _LEAST - 1:
        return None
    start, end = odd[0].value_start or 0, odd[0].value_end or 0
    if _CONVERTED.search(account.text, start - 6, start) or _CONVERTED.match(account.text, end):
        return None
    value = odd[0].value or 0.0
    if not min(others) / _ALIKE <= value <= max(others) * _ALIKE or max(others) > _ALIKE * min(
        others
    ):
        return None
    return conflict(
        "currency",
        "high",
        f"{plain(value)} {_currency(odd[0])} among prices in {common}",
        f"The prices beside it are in {common} and of the same size. Most likely {common} is "
        "meant.",
        [odd[0], *(f for f in run if f is not odd[0])],
    )


def _other_size(run: list[Fact]) -> Conflict | None:
    """The one price that is ten, a hundred or a thousand times off those beside it."""
    if len({_currency(f) for f in run}) != 1:
        return None
    for odd in run:
        others = sorted(f.value or 0.0 for f in run if f is not odd)
        for power in _POWERS:
            alike = _ALIKE if power not in (10.0, 0.1) else _VERY_ALIKE
            low, high = others[0] / _SLACK, others[-1] * _SLACK
            if others[-1] > alike * others[0] or not low <= (odd.value or 0.0) / power <= high:
                continue
            return conflict(
                "outlier",
                "high",
                f"{plain(odd.value)} {odd.unit} beside {', '.join(map(plain, others))}",
                f"The other prices of the list are near {plain(median(others))}; this one would be "
                f"among them if it were {'divided' if power > 1 else 'multiplied'} by "
                f"{plain(max(power, 1 / power))}. A unit or a scale is most likely wrong.",
                [odd, *(f for f in run if f is not odd)],
            )
    return None
