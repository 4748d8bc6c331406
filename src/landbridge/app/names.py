"""Names that the fields of levers take: what a form suggests, and what is so today."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError


class Name(BaseModel):
    """One name: what is written in a scenario, and what people read.

    Attributes
    ----------
    id : as written
    name : for people
    what : mode, economies or members, for telling two apart
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    what: str = ""


class Now(BaseModel):
    """What a quantity of a lever is in the base world.

    Attributes
    ----------
    field : field of the lever that would replace it
    value, unit : today's figure; None where none is published
    note : which direction or year it is of
    """

    model_config = ConfigDict(frozen=True)

    field: str
    value: float | None
    unit: str
    note: str = ""


def names(of: str) -> tuple[Name, ...]:
    """All names of a list that fields of levers take.

    Raises
    ------
    UnknownNameError
        With the closest lists.

    Examples
    --------
    >>> [name.id for name in names("modes")]
    ['rail', 'road', 'sea', 'air', 'ferry']
    """
    if of not in LISTS:
        raise UnknownNameError.from_available("list of names", of, LISTS)
    return LISTS[of]()


def now(kind: str, name: str, year: int) -> tuple[Now, ...]:
    """What the quantities of a named crossing or commodity are in the base world.

    Nothing where a kind has no figure of its own for a place, or the name is not understood yet.

    Examples
    --------
    >>> [(one.field, one.unit) for one in now("crossing", "rail-alashankou-dostyk", 2025)]
    [('hours', 'h'), ('cost_usd_feu', 'USD per FEU'), ('capacity_feu_year', 'FEU a year')]
    """
    if kind == "crossing":
        try:
            return _crossing(name, year)
        except InputError:
            return ()
    if kind == "price":
        return _price(name)
    return ()


def _crossing(name: str, year: int) -> tuple[Now, ...]:
    from landbridge.assess.capacity import published_feu_year
    from landbridge.levers.passing import old_terms
    from landbridge.levers.places import rows_named

    row = rows_named("crossings", name)[0]
    identifier = str(facts.rows("crossings")[row].id)
    there, back = (old_terms(row, way, year) for way in (0, 1))
    capacity = published_feu_year("crossings", identifier, year)
    return (
        Now(
            field="hours", value=_figure((there.hours + back.hours) / 2), unit="h",
            note=f"{there.hours:.0f} one way, {back.hours:.0f} the other, {year}",
        ),
        Now(
            field="cost_usd_feu", value=_figure((there.cost_usd_feu + back.cost_usd_feu) / 2),
            unit="USD per FEU", note=f"mean of both ways, {year}",
        ),
        Now(
            field="capacity_feu_year", value=_figure(capacity), unit="FEU a year",
            note="published, both ways" if math.isfinite(capacity) else "none published",
        ),
    )  # fmt: skip


def _price(commodity: str) -> tuple[Now, ...]:
    rows = [row for row in facts.rows("commodity_prices") if row.commodity == commodity]
    if not rows:
        return ()
    last = max(rows, key=lambda row: int(row.year))
    return (Now(field="usd", value=float(last.price), unit=str(last.unit), note=str(last.year)),)


def _figure(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _modes() -> tuple[Name, ...]:
    return tuple(Name(id=mode, name=mode) for mode in ("rail", "road", "sea", "air", "ferry"))


def _crossings() -> tuple[Name, ...]:
    from landbridge.levers.places import crossing_title

    return tuple(
        Name(
            id=row.id,
            name=crossing_title(row),
            what=f"{row.mode}, {row.economy_a}–{row.economy_b}",
        )
        for row in facts.rows("crossings")
    )


def _table(table: str, tell: Callable[[facts.Row], str]) -> Callable[[], tuple[Name, ...]]:
    return lambda: tuple(
        Name(id=row.id, name=row.name, what=tell(row)) for row in facts.rows(table)
    )


def _economies() -> tuple[Name, ...]:
    from landbridge.economy.table.labels import labels

    told = {row.iso3: row.name for row in facts.rows("economies")}
    return tuple(Name(id=code, name=told.get(code, code)) for code in labels().economies)


@cache
def _parties() -> tuple[Name, ...]:
    members: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for row in facts.rows("memberships"):
        titles[row.organisation] = row.organisation_name
        if row.role == "member" and row.to_year is None:
            members.setdefault(row.organisation, []).append(row.economy)
    groups = tuple(
        Name(id=code.upper(), name=titles[code], what=f"{len(found)} members")
        for code, found in members.items()
    )
    words = (
        Name(id="all", name="every economy"),
        Name(id="others", name="all that the other side does not name"),
    )
    return (*_economies(), *groups, *words)


def _sectors() -> tuple[Name, ...]:
    groups = tuple(Name(id=word, name=f"all {word}") for word in ("goods", "services"))
    rows = facts.rows("sectors")
    return (*(Name(id=row.id, name=row.name, what=row.kind) for row in rows), *groups)


def _blocs() -> tuple[Name, ...]:
    return tuple(
        Name(id=row.establishes, name=row.name, what=row.kind.replace("-", " "))
        for row in facts.rows("agreements")
        if row.establishes
    )


def _commodities() -> tuple[Name, ...]:
    from landbridge.levers.holdings import COMMODITIES

    return tuple(Name(id=name, name=name.replace("_", " ")) for name in COMMODITIES)


def _projects() -> tuple[Name, ...]:
    return tuple(
        Name(id=row.id, name=row.name, what=", ".join(filter(None, (row.economy, row.sector))))
        for row in facts.rows("industrial_projects")
        if row.kind != "total"
    )


LISTS: Mapping[str, Callable[[], tuple[Name, ...]]] = {
    "modes": _modes,
    "crossings": _crossings,
    "sections": _table("sections", lambda row: f"{row.mode}, {row.stage}"),
    "terminals": _table("terminals", lambda row: f"{row.kind.replace('_', ' ')}, {row.economy}"),
    "chokepoints": _table("chokepoints", lambda row: row.kind),
    "corridors": _table("corridors", lambda row: row.stage),
    "economies": _economies,
    "parties": _parties,
    "sectors": _sectors,
    "blocs": _blocs,
    "commodities": _commodities,
    "projects": _projects,
}
"""Maker of each list."""
