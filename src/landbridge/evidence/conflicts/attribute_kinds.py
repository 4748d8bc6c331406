"""Which attribute of a thing a figure tells, by its unit and by the words beside it."""

from __future__ import annotations

import re

from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.model import Fact
from landbridge.evidence.text.concepts import concepts
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
        r"|протяж[её]нн\w+|длин\w+|протянул\w+|тян[еу]\w+",
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
        r"staff|colleagues?|employ\w+|workforce|personnel|workers|team of"
        r"|work(?:s|ed)? (?:here|there|for)"
        r"|сотрудник\w*|коллег\w*|работник\w*|персонал\w*|штат\w*|коллектив\w*|труд[ия]т\w*"
        r"|работа[ею]т",
    ),
    (
        "guests",
        "people",
        r"took part|taking part|participa\w+|attend\w+|gather\w+|brought together|delegates|guests"
        r"|представител\w+|участ\w+|собра\w+|съехал\w+|приехал\w*|гост\w+",
    ),
    (
        "nations",
        "nations",
        r"delegat\w+|represent\w+|participa\w+|took part|attend\w+|делегаци\w+|представител\w+"
        r"|участ\w+|-участни\w+",
    ),
    (
        "cost",
        "money",
        r"cost\w*|total investment|price tag|worth|estimated at|стоимост\w+|стоит|оценива\w+"
        r"|обо[шй]\w+",
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
            rf"(?<![\w-])(?:{form})(?!\w)" + (_LONG if kind == "length" else ""), re.IGNORECASE
        ),
    )
    for kind, of, form in _KINDS
)
_THINGS = words(
    "plant port terminal berth airport bridge tunnel corridor road track railway line section "
    "crossing silo warehouse zone park station pipeline highway hub ring company operator firm "
    "bank forum confer seminar summit meetin exhibi congre train ferry route project center "
    "dry-port express"
)
_WAYS = words("express road track railway line highway corridor route section")
_PEOPLE = words(
    """
    people persons men women colleagues participants delegates guests experts employees workers
    staff specialists inhabitants visitors scholars scientists jobs workplaces жителей человек
    участников
    экспертов сотрудников мест представителей представителя
    """
)


def kind_of(text: str, measured: str) -> str | None:
    """Name the attribute that the words beside an amount of some kind tell of.

    Examples
    --------
    >>> kind_of("the port can take", "freight"), kind_of("it employs", "people")
    ('capacity', 'staff')
    """
    found = next((k for k, of, form in _FORMS if of == measured and form.search(text)), None)
    return measured if found is None and measured in {"area", "count"} else found


def heads_of(text: str) -> frozenset[str]:
    """What a stretch calls its things; railways, roads and lines are ways."""
    return frozenset("way" if one in _WAYS else one for one in concepts(text) & _THINGS)


def measured_as(fact: Fact, unit: str) -> str | None:
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
    if unit in {"countries", "states", "nations"}:
        return "nations"
    return "count" if counts(fact) else None
