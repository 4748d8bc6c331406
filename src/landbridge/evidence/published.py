"""The published figures of the facts tables in one form, to be set beside documents' claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from landbridge.evidence.terms import terms
from landbridge.facts import rows

SCALES: dict[str, tuple[str, float]] = {
    "usd-bn": ("USD", 1e9),
    "bn USD": ("USD", 1e9),
    "usd-mn": ("USD", 1e6),
    "usd": ("USD", 1.0),
    "kzt-bn": ("KZT", 1e9),
    "eur-bn": ("EUR", 1e9),
    "mt": ("tonnes", 1e6),
    "Mt": ("tonnes", 1e6),
    "bn tkm": ("tonne-km", 1e9),
    "mn bbl": ("barrels", 1e6),
    "share": ("percent", 100.0),
    "USD/bbl": ("USD per barrel", 1.0),
    "usd-per-barrel": ("USD per barrel", 1.0),
    "USD/t": ("USD per tonne", 1.0),
    "persons": ("persons", 1.0),
    "bn-kwh": ("kWh", 1e9),
    "gw": ("MW", 1e3),
    "mw": ("MW", 1.0),
}
"""Units of the tables as units of facts, and how many of those one is."""

ALIKE: dict[str, str] = {
    "flights": "trains",
    "trips": "trains",
    "people": "persons",
    "students": "persons",
    "participants": "persons",
    "representatives": "persons",
    "delegates": "persons",
    "guests": "persons",
    "workers": "persons",
    "visitors": "persons",
    "tourists": "persons",
    "jobs": "persons",
    "states": "countries",
    "nations": "countries",
    "enterprises": "projects",
    "plants": "projects",
    "facilities": "projects",
    "factories": "projects",
    "documents": "documents",
    "contracts": "documents",
    "agreements": "documents",
    "deals": "documents",
    "containers": "containers",
    "teu": "TEU",
    "t": "tonnes",
    "tons": "tonnes",
}
"""Units that count the same things under other words."""


_A_NAME = 6


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of a facts table.

    Attributes
    ----------
    table, id : where it stands
    what : what was counted
    value, unit : in the units of facts (`USD`, `tonnes`), not thousands or millions of them
    year : None where the row gives none
    words : what its `what` is searched by, up to the first colon after a name
    places : canonical names of the economies it stands under
    needs : words of which a claim must hold one
    """

    table: str
    id: str
    what: str
    value: float
    unit: str
    year: int | None
    source_title: str
    address: str | None
    confidence: str
    words: frozenset[str]
    places: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


def family(unit: str | None) -> str:
    """Unit under one name.

    Examples
    --------
    >>> family("enterprises") == family("projects"), family("USD")
    (True, 'USD')
    """
    return ALIKE.get((unit or "").lower(), unit or "")


@cache
def weights() -> dict[str, float]:
    """How much a word says: 1 where one figure holds it, near 0 where all do.

    The inverse document frequency of Spärck Jones (1972), scaled to 1.
    """
    from collections import Counter
    from math import log

    figures = published()
    held = Counter(word for one in figures for word in one.words | one.places)
    return {
        word: log(1 + len(figures) / times) / log(1 + len(figures)) for word, times in held.items()
    }


@cache
def published() -> tuple[Published, ...]:
    """Every published figure a claim can be set beside."""
    found = [
        *_plain("flows_observed", "what", "economies"),
        *_plain("macro_hub", "what", "economy"),
        *_plain("people_flows", "what", "from_economy", "to_economy"),
        *_plain("programmes", "indicator", "economy", lead="programme"),
        *_prices(),
        *_events(),
        *_projects(),
    ]
    return tuple(found)


def _plain(table: str, what: str, *economies: str, lead: str | None = None) -> Iterator[Published]:
    for row in rows(table):
        if row.value is None or not row.unit:
            continue
        unit, scale = SCALES.get(row.unit, (row.unit, 1.0))
        told = f"{getattr(row, lead)}: {getattr(row, what)}" if lead else getattr(row, what)
        held = [code for name in economies for code in _codes(getattr(row, name))]
        yield _one(table, row, told, row.value * scale, unit, row.year, held)


def _codes(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _prices() -> Iterator[Published]:
    for row in rows("commodity_prices"):
        unit, scale = SCALES.get(row.unit, (row.unit, 1.0))
        told = f"{row.commodity.replace('_', ' ')} price"
        yield _one("commodity_prices", row, told, row.price * scale, unit, row.year, (), needs=told)


def _events() -> Iterator[Published]:
    for row in rows("society_events"):
        year = int(str(row.from_date)[:4]) if row.from_date else None
        name = row.name.split(",")[0]
        told = (
            (row.participants, "persons", "participants"),
            (row.heads_of_state, "countries", "heads of state"),
            (row.economies, "countries", "countries taking part"),
            (row.outcomes, "documents", "outcomes signed"),
            (row.deals_usd_bn and row.deals_usd_bn * 1e9, "USD", "deals signed"),
        )
        for value, unit, what in told:
            if value is not None:
                yield _one(
                    "society_events",
                    row,
                    f"{name}: {what}",
                    value,
                    unit,
                    year,
                    (),
                    needs=f"{name} forum summit",
                )


def _projects() -> Iterator[Published]:
    for row in rows("industrial_projects"):
        if row.kind != "total":
            continue
        year = int(str(row.as_of)[:4]) if row.as_of else None
        told = (
            (row.projects, "projects", "industrial projects with China"),
            (
                row.cost_usd_mn and row.cost_usd_mn * 1e6,
                "USD",
                "industrial projects with China, cost",
            ),
            (row.jobs, "persons", "jobs of industrial projects with China"),
        )
        for value, unit, what in told:
            if value is not None:
                yield _one(
                    "industrial_projects",
                    row,
                    f"{what} ({row.name})",
                    value,
                    unit,
                    year,
                    ("KAZ", "CHN"),
                    needs="industrial projects enterprises plants",
                )


def _head(what: str) -> str:
    """What is counted, without the definition that follows a colon."""
    head, _, rest = what.partition(":")
    return head if len(head.split()) > len(rest.split()) or len(head.split()) > _A_NAME else what


def _one(
    table: str,
    row: Any,
    what: str,
    value: float,
    unit: str,
    year: int | None,
    economies: tuple[str, ...] | list[str],
    needs: str = "",
) -> Published:
    from landbridge.evidence.names.book import country_name

    named = [f"@{(country_name(code) or code).lower()}" for code in economies]
    return Published(
        table,
        row.id,
        what,
        float(value),
        unit,
        year,
        row.source_title or "",
        row.address,
        row.confidence,
        frozenset(terms(_head(what.partition(" (")[0]))),
        frozenset(named),
        frozenset(terms(needs)),
    )
