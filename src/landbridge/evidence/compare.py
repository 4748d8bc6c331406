"""A document's claim beside the published figures and those the model rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from landbridge.evidence.account import Account
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.published import Published, family, published, weights
from landbridge.evidence.terms import terms

_LEAST = 0.35
_OFFSET = 0.6
_CURRENCIES = frozenset(["USD", "KZT", "EUR", "CNY", "RUB"])
_SAME_AMOUNT = 0.02


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim and one published figure of the same thing.

    Attributes
    ----------
    fact, doc, quote, claim, unit, year : the claim
    table, id, what, published, published_unit, published_year : the figure it is set beside
    ratio : claim over published, both in the same unit; None where the units are two currencies
    years_apart : between the two
    likeness : 0 to 1, how far the words agree
    source_title, address, confidence : of the published figure
    note : what a reader must know
    """

    fact: str
    doc: str
    quote: str
    claim: float
    unit: str
    year: int | None
    table: str
    id: str
    what: str
    published: float
    published_unit: str
    published_year: int | None
    ratio: float | None
    years_apart: int | None
    likeness: float
    source_title: str
    address: str | None
    confidence: str
    note: str = ""


def compare(
    documents: Iterable[Document], facts: Iterable[Fact], *, best: int = 3
) -> tuple[Comparison, ...]:
    """Set each figure beside the published ones that speak of the same thing.

    They must share the unit, a year (one apart at most, and said so) and words: those of the
    figure's sentence and subject against those that say what was published, rarer words counting
    for more than names found everywhere.

    Parameters
    ----------
    documents : of the facts
    facts : figures and forecasts are compared, all else is passed over
    best : published figures shown for a claim, at most

    Examples
    --------
    >>> text = "In 2018 China-Europe freight trains made 6363 trips."
    >>> fact = Fact("d", "figure", text[:-1], 0, 51, "trips", value=6363.0, value_start=41,
    ...             value_end=45, unit="trains", year=2018)
    >>> found = compare([Document("d", text)], [fact], best=1)[0]
    >>> found.published, found.ratio
    (6363.0, 1.0)
    """
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if (
            fact.kind == "figure"
            and fact.value is not None
            and fact.unit
            and fact.value_start is not None
        ):
            by_document[fact.doc].append(fact)
    index = _by_unit(published())
    found: list[Comparison] = []
    for document in documents:
        held = by_document.get(document.id)
        if held:
            account = Account(document, tuple(held))
            for fact in account.figures:
                found += _of(account, fact, index, best)
    return tuple(found)


def _by_unit(figures: Iterable[Published]) -> dict[str, list[Published]]:
    found: dict[str, list[Published]] = defaultdict(list)
    for one in figures:
        found[family(one.unit)].append(one)
    return found


@lru_cache(maxsize=512)
def _terms(stretch: str) -> tuple[str, ...]:
    """Terms of a stretch, kept for the next figure of its sentence."""
    return tuple(terms(stretch))


def _of(
    account: Account, fact: Fact, index: Mapping[str, list[Published]], best: int
) -> list[Comparison]:
    sentence = account.sentence_at(fact.value_start or 0)
    parts = (sentence.of(account.text), fact.subject, fact.unit or "", family(fact.unit))
    words = frozenset(word for part in parts for word in _terms(part))
    unit = family(fact.unit)
    scored: list[tuple[float, Published]] = []
    for one in _candidates(fact, unit, index):
        apart = _apart(fact.year, one.year)
        if apart is None or apart > 1 or (one.needs and not (one.needs - _common()) & words):
            continue
        like = _likeness(words, one)
        if (
            one.unit != unit
            and family(one.unit) != unit
            and (not one.value or abs((fact.value or 0.0) / one.value - 1) > _SAME_AMOUNT)
        ):
            continue
        if like >= _LEAST:
            scored.append((like * (_OFFSET if apart else 1.0), one))
    scored.sort(key=lambda pair: (-pair[0], abs(_log(fact, pair[1])), pair[1].table, pair[1].id))
    return [_comparison(fact, one, like) for like, one in scored[:best]]


@cache
def _common() -> frozenset[str]:
    """Words found everywhere, which alone tie a claim to nothing."""
    return frozenset(terms("China Kazakhstan year number total new Belt and Road Initiative"))


def _candidates(fact: Fact, unit: str, index: Mapping[str, list[Published]]) -> list[Published]:
    """Figures of the unit; of money those of other currencies too, for the same amount there."""
    own = index.get(unit, [])
    if unit not in _CURRENCIES:
        return own
    return own + [one for other in sorted(_CURRENCIES - {unit}) for one in index.get(other, [])]


def _apart(claim: int | None, other: int | None) -> int | None:
    return abs(claim - other) if claim is not None and other is not None else None


def _likeness(words: frozenset[str], one: Published) -> float:
    """Weighted share of the published figure's words that the claim's sentence holds.

    A claim that names economies, and none of those the figure stands under, counts for less.
    """
    weight = weights()
    whole = sum(weight[word] for word in one.words)
    share = sum(weight[word] for word in one.words & words) / whole if whole else 0.0
    named = {word for word in words if word.startswith("@")}
    elsewhere = one.places and named and not one.places & named
    return share * (_OFFSET if elsewhere else 1.0)


def _log(fact: Fact, one: Published) -> float:
    from math import log

    return (
        log(fact.value / one.value)
        if fact.value and one.value and fact.value * one.value > 0
        else 99.0
    )


def _comparison(fact: Fact, one: Published, like: float) -> Comparison:
    same = family(one.unit) == family(fact.unit)
    value = fact.value or 0.0
    notes = []
    if not same:
        notes.append(
            f"the same amount is published in {one.unit}: the claim's currency is most likely wrong"
        )
    if fact.attributes.get("period_basis") == "implied":
        notes.append("the year of the claim is implied by the document's date")
    if fact.year != one.year:
        notes.append(f"published of {one.year}")
    if fact.unit != one.unit and same and one.unit not in _CURRENCIES:
        notes.append(f"counted as {one.unit} there")
    return Comparison(
        fact.id,
        fact.doc,
        fact.quote,
        value,
        fact.unit or "",
        fact.year,
        one.table,
        one.id,
        one.what,
        one.value,
        one.unit,
        one.year,
        value / one.value if same and one.value else None,
        _apart(fact.year, one.year),
        round(like, 3),
        one.source_title,
        one.address,
        one.confidence,
        "; ".join(notes),
    )
