"""One attribute of one thing told twice in a document, with two values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.attributes import Attribute, attributes
from landbridge.evidence.conflicts.telling import agree, conflict, plain
from landbridge.evidence.model import Conflict

_APART = {
    "planned": r"will|would(?! like)|should(?! like)|plans?|planned|expected|target\w*|aims?"
    r"|by 20\d\d|after|to raise"
    r"|to reach|буд[еу]т|план\w*|цел[ьи]|ожида\w+|к 20\d\d|после|долж\w+",
    "before": r"initially|originally|previously|at first|earlier|used to|old|before|formerly|ago"
    r"|was to|раньше|ранее|прежн\w+|сначала|назад|первоначальн\w+|при открытии",
    "first": r"first|one|перв\w+|один|одна",
    "second": r"second|third|next|втор\w+|трет\w+|следующ\w+",
    "part": r"of (?:it|them|which|these)|part|section|quarter|half"
    r"|of the (?:participants|members|staff|guests|people)|из (?:них|которых|н\w+)"
    r"|часть|участ(?:ок|ка|ке)|половин\w+|в том числе|including|among|еще|ещё|another|more|less"
    r"|other|remaining|rest|average|each|кажд\w+|средн\w+|остальн\w+|друг\w+|дополнительн\w+",
    "passing": r"temporary|during construction|seasonal|временн\w+|на время|сезонн\w+",
    "lasting": r"permanent\w*|постоянн\w+",
    "empty": r"empt\w+|порожн\w+",
    "loaded": r"loaded|full (?:containers?|wagons?|boxes)|laden|груж[её]н\w+",
    "east": r"east(?:ward|wards|bound|ern)?|на восток|back|return",
    "west": r"west(?:ward|wards|bound|ern)?|на запад",
    "span": r"day|daily|month\w*|week\w*|hour\w*|january|february|march|april|june|july|august"
    r"|september|october|november|december|сутки|месяц\w*|недел\w+|полугоди\w+|квартал\w*",
    "export": r"export\w*|экспорт\w*",
    "import": r"import\w*|импорт\w*",
    "transit": r"transit\w*|транзит\w*",
    "winter": r"winter|зим\w+",
    "summer": r"summer|лет(?:ом|ний|него)",
    "women": r"women|female|женщин\w*",
    "foreign": r"foreign\w*|abroad|иностранн\w+|из-за рубежа",
}
_MARKS = {
    name: re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for name, form in _APART.items()
}
_AS_OF = re.compile(
    r"\bas of (?:\d{1,2} )?\w+|(?<!\w)(?:по состоянию )?на (?:\d{1,2} |начало |конец )\w+"
)
_OF_IT = re.compile(r"\bof (?:it|this|which)\b|(?<!\w)из (?:н\w+|которых)(?!\w)")
_FREE = frozenset(["lasting"])
"""Marks that only one of two tellings need have; jobs are promised, and told as there."""

_MOST_VALUES = 3
_MOST_RATIO = 2.5
_LASTING = frozenset(["length", "area"])
_YEARLY = frozenset(["traffic"])
_HELD_BY_EVENT = frozenset(["guests", "staff", "jobs", "nations", "count"])


def attributes_twice(account: Account) -> Iterator[Conflict]:
    """Find "a staff of 412", and "it employs 388 people" further down, of one document.

    Both tell the same attribute; their names are those of one thing, or one of them has none and
    the thing is called by the same word; nothing in their clauses sets them apart (planned and
    there, east and west, permanent and passing, another year). A text that gives many values of
    an attribute compares things, and is left alone.
    """
    held: dict[tuple[str, str], list[Attribute]] = defaultdict(list)
    for one in attributes(account):
        held[one.kind, one.thing].append(one)
    taken: set[str] = set()
    for told in held.values():
        for one, other in combinations(told, 2):
            alike = (
                told
                if one.kind == "count"
                else [a for a in told if _one_holder(a, one) or _one_holder(a, other)]
            )
            if len({a.fact.value for a in alike}) > (2 if one.kind == "count" else _MOST_VALUES):
                continue
            if {one.fact.id, other.fact.id} & taken or not _clash(one, other):
                continue
            taken |= {one.fact.id, other.fact.id}
            yield _conflict(one, other)


def _clash(one: Attribute, other: Attribute) -> bool:
    if one.sentence == other.sentence or one.fact.unit is None:
        return False
    if one.kind == "count" and not (one.definite or other.definite):
        return False
    low, high = sorted((one.fact.value or 0.0, other.fact.value or 0.0))
    if low <= 0 or high / low > _MOST_RATIO or agree(one.fact, other.fact):
        return False
    return _one_time(one, other) and _one_scope(one, other) and _one_holder(one, other)


def _one_time(one: Attribute, other: Attribute) -> bool:
    stated = [_year(a) for a in (one, other)]
    if one.kind in _YEARLY:
        return None not in stated and stated[0] == stated[1]
    if one.kind in _LASTING:
        return None in stated or stated[0] == stated[1]
    return one.fact.year == other.fact.year


def _year(one: Attribute) -> int | None:
    """The year its words tell, None where only the document's date does."""
    told = one.fact.attributes
    return one.fact.year if told.get("period_basis") == "stated" or told.get("period") else None


def _one_scope(one: Attribute, other: Attribute) -> bool:
    first, second = _marks(one), _marks(other)
    free = _FREE | {"planned"} if one.kind == "jobs" else _FREE
    return (first ^ second) <= free and "part" not in first | second


def _marks(one: Attribute) -> frozenset[str]:
    told = _AS_OF.sub(" ", _OF_IT.sub(" ", one.words) if one.kind == "area" else one.words)
    return frozenset(name for name, form in _MARKS.items() if form.search(told))


def _one_holder(one: Attribute, other: Attribute) -> bool:
    """Say whether two attributes are of one thing, by its names and by what it is."""
    nested = one.names <= other.names or other.names <= one.names
    shared = one.names & other.names
    heads = one.heads & other.heads
    if shared and nested:
        return bool(heads) or not one.heads or not other.heads or len(shared) > 1
    if not nested:
        return False
    alone = not one.heads or not other.heads
    if one.kind in _YEARLY:
        return bool(heads) or (alone and bool(_marks(one) & _marks(other)))
    return bool(heads) or (alone and one.kind in _HELD_BY_EVENT)


def _conflict(one: Attribute, other: Attribute) -> Conflict:
    first, second = sorted((one.fact, other.fact), key=lambda f: f.value_start or 0)
    values = f"{plain(first.value)} or {plain(second.value)} {first.unit}"
    return conflict(
        "value",
        "medium",
        f"{values}: {one.kind}",
        f"The document gives {values} for what looks like the {one.kind} of one thing.",
        [first, second],
    )
