"""One thing told twice with numbers that differ, by a slip or otherwise; texts of two languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from landbridge.evidence.conflicts.said import Said, counts, unit_words
from landbridge.evidence.conflicts.slips import Slip, digits_of, slip_between, slip_keys
from landbridge.evidence.conflicts.telling import agree, conflict, plain
from landbridge.evidence.model import Conflict

_WEIGHT: dict[Slip, float] = {
    "swapped": 1.5,
    "scale": 1.5,
    "currency": 1.5,
    "unit": 1.5,
    "digit": 1.0,
}
_WORTH_A_SLIP = 3.5
_WORTH_NONE = 4.5
_COMMON = 0.5
_ANCHOR = 1.5
_SAME_YEAR = 1.0
_LEAST_SHARED = 2
_LEAST_PART = 0.5
_SAME_TEXT = 1.0
_SURE_DIGITS = 3
_CLOSE_WORDS = 3
_CLOSE_NEAR = 2
_ATTEND = frozenset(["participant", "delegation"])
_CLOSE_PART = 0.5
_OFTEN = 0.04
_FEW_TEXTS = 3
_LARGE = 40
_WINDOW = 12
_NEAR_VALUE = 2.5
_TOLD = {
    "swapped": "Two digits have changed places.",
    "digit": "One digit differs.",
    "scale": "The digits are the same, the scale is not.",
    "currency": "The amount is the same, the currency is not.",
    "unit": "The number is the same, the unit is not.",
}


def told_twice(all_said: Sequence[Said]) -> list[Conflict]:
    """Find pairs of figures that speak of one thing and differ.

    Two figures speak of one thing where the counted or measured thing, the year, the places, the
    status (planned, capacity, part) and the source agree or are not said, and enough of the words
    around them is shared: meanings (see `landbridge.evidence.text.concepts`), names, and other
    figures of the sentence. Numbers that a slip makes of each other need fewer shared words than
    others.
    """
    often = _often(all_said)
    worth: list[tuple[float, Slip | None, Said, Said]] = []
    for one, other, close in _pairs(all_said):
        slip = slip_between(one.fact, other.fact)
        sure = slip == "swapped" and _is_sure(one, other)
        if _apart(one, other, sure=sure):
            continue
        counted = _one_count(one, other)
        if not slip and not counted and not (close and _closely(one, other)):
            continue
        if slip not in {"currency", "unit"} and agree(one.fact, other.fact):
            continue
        least = _WORTH_A_SLIP if slip else _WORTH_NONE
        points = _likeness(one, other, often, slip=bool(slip), sure=sure) + (
            _WEIGHT[slip] if slip else 0.0
        )
        if points >= least or counted:
            first, second = sorted((one, other), key=lambda said: said.fact.id)
            worth.append((points, slip, first, second))
    worth.sort(key=lambda pair: (-pair[0], pair[2].fact.id, pair[3].fact.id))
    return [_conflict(slip, one, other) for _, slip, one, other in _best(worth)]


def _one_count(one: Said, other: Said) -> bool:
    """Say whether two counts have one noun, stated year and pair of economies or more.

    Then what each clause says besides must hardly differ.
    """
    if not counts(one.fact) or one.noun != other.noun or one.places != other.places:
        return False
    years = _years(one) and _years(other) and one.fact.year == other.fact.year
    if not years or len(one.places) < _LEAST_SHARED:
        return False
    own = (one.near - other.around) - {one.noun}, (other.near - one.around) - {other.noun}
    return all(len(words) <= _LEAST_SHARED for words in own)


def _is_sure(one: Said, other: Said) -> bool:
    """Say whether swapped digits alone speak for a slip: three and more, one text and unit.

    Two unrelated figures of one text rarely hold the same three digits in another order.
    """
    same = one.fact.doc == other.fact.doc and one.fact.unit == other.fact.unit
    return same and len(set(digits_of(abs(one.fact.value or 0.0)))) >= _SURE_DIGITS


def _best(
    worth: Sequence[tuple[float, Slip | None, Said, Said]],
) -> Iterator[tuple[float, Slip | None, Said, Said]]:
    """Each figure in one conflict, that with the figure most like it."""
    taken: set[str] = set()
    for pair in worth:
        ids = {pair[2].fact.id, pair[3].fact.id}
        if not ids & taken:
            taken |= ids
            yield pair


def _pairs(all_said: Sequence[Said]) -> Iterator[tuple[Said, Said, bool]]:
    """Pairs that a slip may lie between, and pairs of like size that share a text or a name.

    Large buckets are cut by what would set two figures apart, and a figure is set beside those
    next to it by value, so that work grows with the collection, not with its square.
    """
    slips: dict[tuple[object, ...], list[int]] = defaultdict(list)
    near: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(all_said):
        for kind, digits in slip_keys(one.fact):
            slips[(one.thing, kind, digits)].append(at)
        near[(one.thing, one.fact.doc)].append(at)
        for name in one.names:
            near[(one.thing, one.fact.unit, name)].append(at)
    for buckets, close in ((slips, False), (near, True)):
        for held in buckets.values():
            for first, second in _beside(all_said, held):
                one, other = all_said[first], all_said[second]
                if close and not _like_size(one, other):
                    continue
                yield one, other, close


def _like_size(one: Said, other: Said) -> bool:
    if one.fact.unit != other.fact.unit and not counts(one.fact):
        return False
    return 1 / _NEAR_VALUE < (one.fact.value or 1.0) / (other.fact.value or 1.0) < _NEAR_VALUE


def _beside(all_said: Sequence[Said], held: list[int]) -> Iterator[tuple[int, int]]:
    parts = [held]
    if len(held) > _LARGE:
        cut: dict[object, list[int]] = defaultdict(list)
        for at in held:
            one = all_said[at]
            cut[(one.fact.year, one.places, one.status, one.own)].append(at)
        parts = list(cut.values())
    for part in parts:
        ordered = sorted(part, key=lambda at: (all_said[at].fact.value or 0.0, at))
        for place, first in enumerate(ordered):
            for second in ordered[place + 1 : place + 1 + _WINDOW]:
                yield first, second


def _often(all_said: Sequence[Said]) -> frozenset[str]:
    """Meanings and names that so many documents hold that sharing one says little."""
    counted: Counter[str] = Counter()
    documents = 0
    for _, held in groupby(all_said, key=lambda one: one.fact.doc):
        counted.update({word for one in held for part in (one.around, one.names) for word in part})
        documents += 1
    least = max(_FEW_TEXTS, _OFTEN * documents)
    return frozenset(word for word, times in counted.items() if times > least)


def _apart(one: Said, other: Said, *, sure: bool = False) -> bool:
    """Say whether something said sets two figures apart."""
    if one.fact.doc == other.fact.doc and one.sentence == other.sentence:
        return True
    if one.tabled and other.tabled:
        return True
    if one.thing != other.thing or one.status != other.status:
        return True
    if one.sources and other.sources and not one.sources & other.sources:
        return True
    if (
        one.places
        and other.places
        and not (one.places <= other.places or other.places <= one.places)
    ):
        return True
    named = any(a.own and b.names and not a.own & b.names for a, b in ((one, other), (other, one)))
    if named and not (sure and len((one.near & other.near) - {one.noun}) >= _LEAST_SHARED):
        return True
    return bool(_told_year(one) and _told_year(other)) and one.fact.year != other.fact.year


def _told_year(one: Said) -> bool:
    """Say whether words tell the year, rather than the document's date alone."""
    return _years(one) or bool(one.fact.attributes.get("period"))


def _years(one: Said) -> bool:
    return one.fact.attributes.get("period_basis") == "stated"


def _likeness(
    one: Said, other: Said, often: frozenset[str], *, slip: bool = False, sure: bool = False
) -> float:
    empty = {one.noun, other.noun} | unit_words(str(one.fact.unit))
    shared = ((one.near & other.around) | (other.near & one.around)) - empty
    least = min(len(one.near - empty), len(other.near - empty)) or 1
    names = one.names & other.names
    anchors = (one.anchors & other.anchors) - {(f.value, one.thing) for f in (one.fact, other.fact)}
    told = len(shared | names | (one.places & other.places)) + len(anchors) + counts(one.fact)
    part = len(shared) + len(anchors) + len(one.places & other.places)
    part += len(names) if slip else 0
    if not (sure and part) and (told < _LEAST_SHARED or part < _LEAST_PART * least):
        return 0.0
    points = sum(_COMMON if word in often else 1.0 for word in shared | names)
    points += _COMMON * len(names - often)
    points += _COMMON * len((one.around & other.around) - shared - names - empty)
    points += _COMMON * len(one.places & other.places)
    points += _ANCHOR * len(anchors) + counts(one.fact)
    if _years(one) and _years(other):
        points += _SAME_YEAR
    if one.fact.doc == other.fact.doc:
        points += _SAME_TEXT
    return points


def _closely(one: Said, other: Said) -> bool:
    """Say whether the clauses themselves say like things, as they must where no slip explains."""
    shared = ((one.near & other.near) - {one.noun}) | (one.names & other.names)
    least = min(len(one.near - {one.noun}), len(other.near - {other.noun})) or 1
    same_year = one.fact.year == other.fact.year
    told = len(shared) + counts(one.fact) + (one.fact.doc == other.fact.doc)
    words_shared = len((one.near & other.near) - {one.noun}) >= _CLOSE_NEAR or one.thing in _ATTEND
    return (
        same_year and words_shared and told >= _CLOSE_WORDS and len(shared) >= _CLOSE_PART * least
    )


def _conflict(slip: Slip | None, one: Said, other: Said) -> Conflict:
    first, second = sorted((one.fact, other.fact), key=lambda fact: (fact.doc, fact.start))
    where = "One document" if first.doc == second.doc else "Two documents"
    values = f"{plain(first.value)} {first.unit} or {plain(second.value)} {second.unit}"
    return conflict(
        "value",
        "high" if slip else "medium",
        f"{values}: {first.subject}",
        f"{where} {'gives' if first.doc == second.doc else 'give'} {values} for what looks like "
        f"one thing. {_TOLD[slip] if slip else 'They may be of different dates or definitions.'}",
        [first, second],
    )
