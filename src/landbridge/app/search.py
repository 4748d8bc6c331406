"""Places by the beginning of a name, in any script the gazetteer holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from landbridge.app.localnames import LocalNames, english, of_place
from landbridge.errors import LandbridgeError
from landbridge.network import cache as stored
from landbridge.network.countries import country_names
from landbridge.network.gazetteer import Entry, Gazetteer, key
from landbridge.routing.economies import economy_named
from landbridge.routing.places import resolve

_FILE = "places.sqlite"
_LAST = "\U0010ffff"
#: Some thousand names: more would only make a search of one letter slow.
_BEGINS = """
select p.ref, p.name, kind, economy, lat, lon, population, un_locode,
  max(own), min(key), max(key = ?)
from (select key, place, own from name where key >= ? and key < ? limit 4000)
join place p on p.id = place group by p.id
"""
_CODED = """
select ref, name, kind, economy, lat, lon, population, un_locode, 1, '', 1
from place where un_locode = ?
"""
_SIZES = {"terminal": 300_000, "crossing": 100_000}
"""What a known point counts for among cities, as inhabitants."""
_WHOLE, _OTHER = 3.0, 0.3
"""What a name counts for that is typed to its end, and one that is not the place's own."""


class Found(BaseModel):
    """A place that a name may mean.

    Attributes
    ----------
    text : what to ask a route with to get this very place
    name : as the gazetteer has it
    kind : city, terminal or crossing
    economy, economy_name : where it lies
    local : names in Russian and Chinese where they are known
    matched : the spelling that fits what was typed, where it is not the name itself
    """

    model_config = ConfigDict(frozen=True)

    text: str
    name: str
    kind: str
    economy: str
    economy_name: str
    lat: float
    lon: float
    population: int
    un_locode: str | None
    local: LocalNames
    matched: str = ""


@cache
def network_key() -> str:
    """Key of the network this installation builds."""
    return stored.build_key()


def store() -> Path | None:
    """File of names of the built network, None before it is built."""
    path = stored.root() / f"network-{network_key()}" / _FILE
    return path if path.is_file() else None


def search(path: Path, typed: str, limit: int) -> list[Found]:
    """Places whose name begins as typed: own names first, then the largest.

    Parameters
    ----------
    path : see `store`
    """
    wanted = [key(name) for name in (typed.partition(",")[0], *english(typed))]
    if not wanted[0]:
        return []
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as names:
        rows = [
            row for name in wanted for row in names.execute(_BEGINS, (name, name, name + _LAST))
        ]
        code = typed.strip().upper().replace(" ", "")
        coded = names.execute(_CODED, (code,)).fetchall()
    side = economy_named(typed.partition(",")[2]) if "," in typed else None
    # Extra places of the facts name cities that the gazetteer has too: the better one stands.
    once: dict[tuple[object, ...], tuple[Any, ...]] = {}
    for row in sorted((*coded, *rows), key=lambda row: (row[3] != side, *_rank(row))):
        once.setdefault((row[1], row[2], row[3]), row)
    gazetteer = Gazetteer(path)
    with closing(gazetteer):
        return [_found(row, gazetteer) for row in list(once.values())[:limit]]


def _rank(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Order of places: by size, a whole name counting for more, a name in other words for less."""
    size = float(_SIZES.get(row[2], row[6]))
    weight = (_WHOLE if row[10] else 1.0) * (1.0 if row[8] else _OTHER)
    return (-size * weight, row[1])


def _found(row: tuple[Any, ...], gazetteer: Gazetteer) -> Found:
    entry = Entry(*row[:8])
    spelt = str(row[9])
    return Found(
        text=_text(entry, gazetteer),
        name=entry.name,
        kind=entry.kind,
        economy=entry.economy,
        economy_name=country_names().get(entry.economy, entry.economy),
        lat=entry.lat,
        lon=entry.lon,
        population=entry.population,
        un_locode=entry.un_locode,
        local=of_place(entry.name, entry.economy),
        matched="" if not spelt or spelt == key(entry.name) or row[8] else spelt,
    )


def _text(entry: Entry, gazetteer: Gazetteer) -> str:
    if entry.kind != "city":
        return f"{entry.kind}:{entry.ref}"
    for text in (entry.name, f"{entry.name}, {entry.economy}"):
        try:
            if resolve(text, gazetteer, lambda lat, lon: None).ref == entry.ref:
                return text
        except LandbridgeError:
            continue
    return f"{entry.lat:.4f},{entry.lon:.4f}"
