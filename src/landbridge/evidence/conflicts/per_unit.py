"""Totals and what each unit makes of them: yields, unit prices, spending a head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.units import unit_after

_ONE = re.compile(
    r"\b(?:An?|Each|Every|One|The average|Every single)\s(?P<what>[a-z]{3,})\s(?:[a-z]+\s){0,2}"
    r"(?:costs?|spends?|pays?|carries|carry|holds?|earns?|brings?|takes|needs|weighs|handles|uses"
    r"|makes)\b[^.;:\d$€£¥]{0,25}$",
    re.IGNORECASE,
)
_TIMES = frozenset(["years", "months", "days", "hours", "percent", "times", "share"])
_NEAR = 0.04
_SCALES = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)
_FAR = 4.0
_REACH = 600


def unit_rates(account: Account) -> Iterator[Conflict]:
    """Find "20 million tonnes from 16 million hectares, 21.7 tonnes per hectare".

    The paragraph has a total in the rate's unit and one in what it is per, once each; their ratio
    is four times off the rate and more.
    """
    for fact in account.figures:
        per = _per_what(account, fact)
        if per is None or not fact.value or _times(fact):
            continue
        paragraph = account.paragraph_at(fact.value_start or 0)
        own = str(fact.unit).split(" per ")[0]
        held = [f for f in account.figures_in(*paragraph) if f is not fact and f.value]
        tops = [f for f in held if f.unit == own and _per_what(account, f) is None]
        below = [f for f in held if _thing(f) == per and not _times(f)]
        tops = [f for f in tops if (f.value_start or 0) < (fact.value_start or 0)]
        if not tops or len(below) != 1 or (below[0].value or 0.0) < 2:
            continue
        ratios = {(f.value or 0.0) / (below[0].value or 1.0) / fact.value: f for f in tops}
        if any(1 / _FAR < ratio < _FAR for ratio in ratios):
            continue
        top = max(tops, key=lambda f: f.value or 0.0)
        true = (top.value or 0.0) / (below[0].value or 1.0)
        if len(tops) > 1 and (top.value or 0.0) < 1e3:
            continue
        yield conflict(
            "arithmetic",
            "medium",
            f"{plain(top.value)} {own} over {plain(below[0].value)} {below[0].unit}: "
            f"{plain(round(true, 3))}, not {plain(fact.value)}",
            f"The two totals make {plain(round(true, 3))} {own} each; {plain(fact.value)} is "
            "given. A unit is most likely wrong.",
            [top, below[0], fact],
        )


def products_off_by_tens(account: Account) -> Iterator[Conflict]:
    """Find "2,400 visitors … a visitor spends $50: $12 million": a power of ten off the product.

    What one makes is told of one of things that the paragraph counts; the total is in the same
    unit, in the same sentence or the next.
    """
    for fact in account.figures:
        sentence = account.sentence_at(fact.value_start or 0)
        one = _ONE.search(account.text[sentence.start : fact.value_start])
        if one is None or not fact.value:
            continue
        paragraph = account.paragraph_at(fact.value_start or 0)
        held = [f for f in account.figures_in(*paragraph) if f is not fact and f.value]
        many = [f for f in held if counts(f) and _like(str(f.unit), one["what"])]
        totals = [
            f
            for f in held
            if f.unit == fact.unit
            and (f.value or 0.0) > fact.value
            and 0 < (f.value_start or 0) - (fact.value_start or 0) < _REACH
        ]
        products = {(f.value or 0.0) * fact.value: f for f in many}
        for total in totals[:1]:
            ratios = [((total.value or 0.0) / made, f) for made, f in products.items()]
            if any(abs(ratio - 1) <= _NEAR for ratio, _ in ratios):
                continue
            for ratio, count in ratios:
                if any(abs(ratio / scale - 1) <= _NEAR for scale in _SCALES):
                    made = (count.value or 0.0) * fact.value
                    yield conflict(
                        "arithmetic",
                        "high",
                        f"{plain(count.value)} x {plain(fact.value)} = {plain(made)} {fact.unit}, "
                        f"not {plain(total.value)}",
                        "The total is a power of ten off the product of the two.",
                        [count, fact, total],
                    )
                    break


def trips_and_loads(account: Account) -> Iterator[Conflict]:
    """Find "14 trains make 2,800 boxes" where a train has been told to carry 100.

    Two counts stand in one sentence with a word that one follows from the other; the text tells
    once what each of the first has of the second.
    """
    for sentence in account.sentences:
        if not re.search(r"\b(?:thus|so|therefore|hence|making|together|altogether|which makes"
                         r"|in all)\b", sentence.of(account.text), re.IGNORECASE):  # fmt: skip
            continue
        held = [f for f in account.figures_in(*sentence) if f.value and counts(f)]
        for many, total in combinations(held, 2):
            each = _each_has(account, many, total, sentence.start)
            if each is None or many.unit == total.unit or len(held) != 2:
                continue
            made = (many.value or 0.0) * (each.value or 0.0)
            if abs(made - (total.value or 0.0)) > _NEAR * made:
                yield conflict(
                    "arithmetic",
                    "medium",
                    f"{plain(many.value)} x {plain(each.value)} = {plain(made)} {total.unit}, not "
                    f"{plain(total.value)}",
                    f"Each of the {many.unit} is told to have {plain(each.value)} {total.unit}.",
                    [each, many, total],
                )


_PRICE_OF_ONE = re.compile(
    r"\b(?:one|a|an|per|each|every)\s\w|(?<!\w)(?:один|за|кажд\w+)\s", re.IGNORECASE
)


def prices_in_two_currencies(account: Account) -> Iterator[Conflict]:
    """Find "one kilometre costs 1 tenge, and for 300 kilometres … 300 dollars"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value]
        money = [f for f in held if re.fullmatch(r"[A-Z]{3}( per \w+)?", str(f.unit))]
        money = [f for f in money if f.unit not in {"TEU", "FEU"}]
        if len(money) != 2 or str(money[0].unit)[:3] == str(money[1].unit)[:3]:
            continue
        price, total = sorted(money, key=lambda f: f.value or 0.0)
        if not _PRICE_OF_ONE.search(account.text, sentence.start, price.value_end or 0):
            continue
        for many in held:
            made = (many.value or 0.0) * (price.value or 0.0)
            close = abs(made / (total.value or 1.0) - 1) <= _NEAR
            if many in money or not close or (many.value or 0.0) < 2 or _times(many):
                continue
            yield conflict(
                "currency",
                "high",
                f"{plain(price.value)} {price.unit} x {plain(many.value)} make {plain(made)} "
                f"{str(price.unit)[:3]}, not {total.unit}",
                "The number is that of the product, the currency is not that of the price.",
                [price, many, total],
            )


def _each_has(account: Account, many: Fact, total: Fact, before: int) -> Fact | None:
    """What one of things counted has of others, told earlier in the paragraph."""
    paragraph = account.paragraph_at(before)
    noun = str(many.unit).removesuffix("s")
    found = [
        f
        for f in account.figures_in(paragraph.start, before)
        if f.unit == total.unit
        and re.search(
            rf"\b(?:[Aa]|[Aa]n|[Ee]ach|[Ee]very|[Oo]ne)\s{re.escape(noun)}\b",
            account.text[account.sentence_at(f.value_start or 0).start : f.value_start],
        )
    ]
    return max(found, key=lambda f: f.value or 0.0) if found else None


def _per_what(account: Account, fact: Fact) -> str | None:
    """The unit that a figure is per, None of a plain one."""
    after = account.text[fact.value_end or 0 : (fact.value_end or 0) + 40]
    match = re.search(r"(?:\bper|/|\bс|\bза)\s?(?=[^\W\d_])", after)
    if match is None or len(after[: match.start()].split()) > 2:
        return None
    unit = unit_after(after, match.end())
    return unit.name if unit else None


def _thing(fact: Fact) -> str:
    return str(fact.unit)


def _times(fact: Fact) -> bool:
    return fact.unit in _TIMES


def _like(unit: str, noun: str) -> bool:
    return unit.lower().removesuffix("s")[:6] == noun.lower().removesuffix("s")[:6]
