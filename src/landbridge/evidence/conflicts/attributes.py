"""What a figure tells of a thing: its length, area, capacity, staff, guests, cost or traffic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.said import names_in, thing_of
from landbridge.evidence.model import Fact
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import words

_LENGTHS = frozenset(["km", "m"])
_AREAS = frozenset(["ha", "km2", "m2"])
_TIMES = frozenset(["days", "hours"])
_FREIGHT = frozenset(["tonnes", "TEU", "FEU"])
_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "length",
        "length",
        r"length|long|kilomet(?:re|er)s?-long|runs? for|stretch\w*|extends?"
        r"|протяж[её]нн\w+|длин\w+",
    ),
    (
        "area",
        "area",
        r"area|cover\w*|occup\w+|site of|on (?:its|the)|takes?|площад\w+|занима\w+|территори\w+|на",
    ),
    (
        "capacity",
        "freight",
        r"capacit\w+|throughput|designed (?:for|to)|built for|able to|can|could|рассчитан\w*"
        r"|мощност\w+|пропускн\w+|вмеща\w+|способ\w+|может",
    ),
    (
        "jobs",
        "people",
        r"jobs?|workplaces|posts|permanent (?:work|employment)"
        r"|(?:find|get|receive)\w* (?:\w+ )?work"
        r"|рабоч\w+ мест\w*|постоянн\w+ работ\w+|трудоустро\w+",
    ),
    (
        "staff",
        "people",
        r"staff|employ\w+|workforce|personnel|workers|team of|work(?:s|ed)? (?:here|there|for)"
        r"|сотрудник\w*|работник\w*|персонал\w*|штат\w*|коллектив\w*|труд[ия]т\w*|работа[ею]т",
    ),
    (
        "guests",
        "people",
        r"took part|taking part|participa\w+|attend\w+|gather\w+|brought together|delegates|guests"
        r"|участ\w+|собра\w+|съехал\w+|приехал\w*|гост\w+",
    ),
    (
        "cost",
        "money",
        r"cost\w*|price tag|worth|estimated at|стоимост\w+|стоит|оценива\w+|обо[шй]\w+",
    ),
    (
        "traffic",
        "freight",
        r"carried|handled|ran|passed|transported|moved|processed|treated|took|went through"
        r"|reached|received|exceeded|amounted to|(?:last|this|previous) year[’']s"
        r"|прошло|проследовал\w*|перев[её]з\w+|обработа\w+"
        r"|отправл\w+|составил\w*|достиг\w*|превысил\w*",
    ),
    (
        "duration",
        "time",
        r"takes?|needs?|journey|on the way|transit time|travel time|in transit|covers the"
        r"|в пути|ид[её]т|занима\w+|доезжа\w+|добира\w+",
    ),
)
_LONG = r"|\d-kilomet(?:re|er)(?!\w)|\d-километров\w+"
_FORMS = tuple(
    (
        kind,
        of,
        re.compile(
            rf"(?<!\w)(?:{form})(?!\w)" + (_LONG if kind == "length" else ""), re.IGNORECASE
        ),
    )
    for kind, of, form in _KINDS
)
_THINGS = words(
    "plant port terminal berth airport bridge tunnel corridor road track railway line section "
    "crossing silo warehouse zone park station pipeline highway hub ring company operator firm "
    "bank forum confer seminar summit meetin exhibi congre train ferry route project center "
    "dry-port"
)
_WAYS = words("road track railway line highway corridor route section")
_PEOPLE = words(
    """
    people persons participants delegates guests experts employees workers staff specialists
    residents inhabitants visitors scholars scientists jobs workplaces жителей человек участников
    экспертов сотрудников мест
    """
)
_CUT = re.compile(r"[,;:]\s|\s[-–—]\s|\s(?:and|while|but|и|а|но)\s|\s(?=(?:every|each|кажд\w+)\s)")
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
    """

    fact: Fact
    kind: str
    thing: str
    heads: frozenset[str]
    names: frozenset[str]
    sentence: Span
    words: str


def attributes(account: Account) -> Iterator[Attribute]:
    """Give the attributes that the figures of a text tell of; changes and ranges are none."""
    common = _common(account)
    for fact in account.figures:
        unit = _unit(account, fact)
        of = _measured(fact, unit)
        told = fact.attributes
        if of is None or not fact.value or told.get("change") or told.get("range_high"):
            continue
        if told.get("noun_left_out") or account.in_table(fact.value_start or 0):
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        clause = _clause(account, fact, sentence)
        text = clause.of(account.text)
        kind = next((k for k, unit, form in _FORMS if unit == of and form.search(text)), None)
        if kind is None and of == "area":
            kind = "area"
        if kind is None:
            continue
        yield Attribute(
            fact,
            kind,
            "people" if of == "people" else thing_of(replace(fact, unit=unit)),
            _heads(text) or _heads(sentence.of(account.text)),
            _names(account, sentence, common),
            sentence,
            text.lower(),
        )


def _heads(text: str) -> frozenset[str]:
    """What a stretch calls its things; railways, roads and lines are ways."""
    return frozenset("way" if one in _WAYS else one for one in concepts(text) & _THINGS)


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


def _measured(fact: Fact, unit: str) -> str | None:
    """Which kind of amount a figure is, None where it is none that these attributes have."""
    if " per " in unit or fact.attributes.get("per"):
        return "freight" if unit in _FREIGHT or unit in {"containers", "trains"} else None
    if re.fullmatch(r"[A-Z]{3}", unit) and unit not in _FREIGHT:
        return "money"
    if unit in _PEOPLE:
        return "people"
    for of, units in (("length", _LENGTHS), ("area", _AREAS), ("time", _TIMES)):
        if unit in units:
            return of
    if unit in _FREIGHT or unit in {"containers", "trains", "wagons", "lorries", "boxes", "pairs"}:
        return "freight"
    return None


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
