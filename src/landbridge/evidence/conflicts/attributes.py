"""What a figure tells of a thing: its length, area, capacity, staff, guests, cost or traffic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.attribute_kinds import heads_of, kind_of, measured_as
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.said import names_in, thing_of
from landbridge.evidence.model import Fact
from landbridge.evidence.text.concepts import latin
from landbridge.evidence.text.spans import Span

_CUT = re.compile(
    r"[,;:]\s|\s[-–—]\s|\s(?:and(?!\s(?:wo)?men\b)|while|but|и|а|но)\s"
    r"|\s(?=(?:every|each|кажд\w+)\s)"
)
_NUMBER_OF = re.compile(
    r"\b(?:number|count|total|volume) of (?:\w+\s){0,3}?(?P<what>containers|trains|wagons|lorries"
    r"|boxes|people|workers)\b|(?<!\w)(?:числ\w+|количеств\w+) (?:\w+\s){0,3}?"
    r"(?P<what2>контейнеров|поездов|вагонов|грузовиков)",
    re.IGNORECASE,
)
_UNITS = frozenset(["units", "pieces", "единиц", "штук"])
_RUSSIAN = {
    "контейнеров": "containers",
    "поездов": "trains",
    "вагонов": "wagons",
    "грузовиков": "lorries",
}
_DEFINITE = re.compile(
    r"\b(?:its|our|their|the|these|all|all the|all our|all its)\s$"
    r"|(?<!\w)(?:е[её]|его|их|все|всех|всем|эти\w*|перечень из|список из|перечня из|списка из)\s$",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:today|now|currently)\b|(?<!\w)(?:сейчас|сегодня|ныне)(?!\w)", re.I)
_OWNED = re.compile(r"\w[’']s\s$")
_CALLED = re.compile(
    r"(?<!\w)(?P<head>[a-zа-яё-]{4,}) (?:of |in |at )?(?P<name>[A-ZА-ЯЁ][^\W\d_]{3,})"
)
_STEM = 5
_OFTEN = 0.3
_LEAST_OFTEN = 3
_LEAD = 90
_TAIL = 45


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of one thing, as a figure tells it.

    Attributes
    ----------
    fact : the figure
    kind : length, area, capacity, jobs, staff, guests, cost, traffic or duration
    thing : what is counted or measured; people are one thing whatever they are called
    heads : what the thing is: a port, a road, a forum
    names : names and economies its clause and sentence give, those of the whole text left out
    sentence : where it stands
    words : the clause, in small letters, for what sets two attributes apart
    definite : whether what is counted is pointed at: its plants, all the plants, plants today
    """

    fact: Fact
    kind: str
    thing: str
    heads: frozenset[str]
    names: frozenset[str]
    sentence: Span
    words: str
    definite: bool = False


def attributes(account: Account) -> Iterator[Attribute]:
    """Give the attributes that the figures of a text tell of; changes and ranges are none."""
    common = _common(account)
    linked = _linked(account)
    for fact in account.figures:
        unit = _unit(account, fact)
        of = measured_as(fact, unit)
        told = fact.attributes
        if of is None or not fact.value or told.get("change") or told.get("range_high"):
            continue
        if told.get("noun_left_out") or account.in_table(fact.value_start or 0):
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        clause = _clause(account, fact, sentence)
        text = clause.of(account.text)
        owned = _OWNED.search(account.text[sentence.start : fact.value_start]) is not None
        if owned and of == "length":
            text = f"length {text}"
        kind = kind_of(text, of)
        if kind is None:
            continue
        yield Attribute(
            fact,
            kind,
            "people" if of == "people" else thing_of(replace(fact, unit=unit)),
            _heads(account, clause, sentence, linked),
            _names(account, Span(sentence.start, clause.end), common),
            sentence,
            text.lower(),
            _DEFINITE.search(account.text[sentence.start : fact.value_start]) is not None
            or _TODAY.search(text) is not None,
        )


def _heads(
    account: Account, clause: Span, sentence: Span, linked: dict[str, frozenset[str]]
) -> frozenset[str]:
    """What the thing is: by its clause, by what its name is elsewhere, by its sentence."""
    named = [linked[name] for name in names_in(account, sentence) if name in linked]
    told = heads_of(clause.of(account.text))
    return told.union(*named) or heads_of(sentence.of(account.text))


def _linked(account: Account) -> dict[str, frozenset[str]]:
    """What names are called in the text: "the port of Alat", "порт Курык"."""
    found: dict[str, frozenset[str]] = {}
    for match in _CALLED.finditer(account.text):
        heads = heads_of(match["head"])
        if heads:
            name = latin(match["name"])[:_STEM]
            found[name] = found.get(name, frozenset()) | heads
    return found


def _unit(account: Account, fact: Fact) -> str:
    """The unit of a figure; "units" are what the number of is told before."""
    if fact.unit not in _UNITS:
        return str(fact.unit)
    sentence = account.sentence_at(fact.value_start or 0)
    match = _NUMBER_OF.search(account.text, sentence.start, fact.value_start or 0)
    if match is None:
        return str(fact.unit)
    written = (match["what"] or match["what2"]).lower()
    return _RUSSIAN.get(written, written)


def _clause(account: Account, fact: Fact, sentence: Span) -> Span:
    """The words of a figure: back to the number before it, on to the number after it."""
    held = account.figures_in(*sentence)
    before = [f.value_end or 0 for f in held if (f.value_end or 0) <= (fact.value_start or 0)]
    after = [f.value_start or 0 for f in held if (f.value_start or 0) >= (fact.value_end or 0)]
    start = max([sentence.start, (fact.value_start or 0) - _LEAD, *before])
    end = min([sentence.end, (fact.value_end or 0) + _TAIL, *after])
    if before and start == max(before):
        cut = _CUT.search(account.text, start, fact.value_start or 0)
        start = cut.end() if cut else start
    cut = _CUT.search(account.text, fact.value_end or 0, end)
    return Span(start, cut.start() if cut else end)


def _names(account: Account, sentence: Span, common: frozenset[str]) -> frozenset[str]:
    told = names_in(account, sentence) | economies_in(sentence.of(account.text))
    told |= {m.name.iso3 for m in account.names_in(*sentence) if m.name.iso3}
    return frozenset(told) - common


def _common(account: Account) -> frozenset[str]:
    """Names that so many sentences of a text hold that they tell no two things apart."""
    counted: Counter[str] = Counter()
    for sentence in account.sentences:
        counted.update(_names(account, sentence, frozenset()))
    least = max(_LEAST_OFTEN, _OFTEN * len(account.sentences))
    return frozenset(name for name, times in counted.items() if times >= least)
