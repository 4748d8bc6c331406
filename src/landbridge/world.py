"""The one object a user holds: a network in a year, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.errors import InputError
from landbridge.network import cache
from landbridge.network.gazetteer import Gazetteer
from landbridge.network.graph import Network
from landbridge.network.summary import NetworkSummary, summarise
from landbridge.routing.cch import Hierarchy
from landbridge.routing.corridors import named
from landbridge.routing.engine import EVERYDAY_YEAR
from landbridge.routing.filters import parse_closed, parse_economies, parse_modes
from landbridge.routing.metrics import By, parse_by
from landbridge.routing.places import resolve
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.results import Place, RouteAnswer
from landbridge.routing.route import Question, Router
from landbridge.routing.skim import Skim, Zone, skim, zones_of
from landbridge.shelf import Shelf, rates_key

if TYPE_CHECKING:
    from landbridge.network.assemble import Built

Progress = Callable[[str, float], None]

BASE_YEAR = EVERYDAY_YEAR
FIRST_YEAR, LAST_YEAR = 2000, 2050
_PLACES = "places.sqlite"
_PREFIX = "hierarchy_"
#: Edge metrics and weighted hierarchies that stay on disk, some 30 MB each.
_SHELF = 14


@dataclass(frozen=True, slots=True)
class World:
    """Network and rates in a year. Make one with `World.base()`, move it with `at`.

    Examples
    --------
    >>> from landbridge import World
    >>> world = World.base()
    >>> answer = world.at(2017).route("Dostyk", "Aktogay", modes="rail")
    >>> 290 < answer.routes[0].distance_km < 330
    True
    """

    year: int
    router: Router
    gazetteer: Gazetteer
    report: Mapping[str, Any]

    @classmethod
    def base(cls, progress: Progress | None = None, *, rebuild: bool = False) -> World:
        """The world of 2025; the network is built on first use and kept on disk.

        Parameters
        ----------
        progress : called with a stage and the share done (0 to 1) while building
        rebuild : build anew even if a stored network fits

        Raises
        ------
        CacheError
            Where the network cannot be stored.
        """
        say = progress or (lambda stage, share: None)
        key = cache.build_key()
        store = None if rebuild else cache.read(key)
        if store is None:
            store = cache.write(
                key,
                lambda folder: _build(folder, say),
                anew=rebuild,
                waiting=lambda: say("waiting: another command is building it", 0.0),
            )
            say("ready", 1.0)
        arrays = {n: a for n, a in store.arrays.items() if not n.startswith(_PREFIX)}
        network = Network(**arrays, economies=tuple(store.report["economies"]))
        hierarchy = Hierarchy.from_arrays(
            {n.removeprefix(_PREFIX): a for n, a in store.arrays.items() if n.startswith(_PREFIX)}
        )
        return cls(
            BASE_YEAR,
            Router(network, hierarchy, Shelf(store.folder, "kept", rates_key(), most=_SHELF)),
            Gazetteer(store.folder / _PLACES),
            store.report,
        )

    @property
    def network(self) -> Network:
        """The network, the same in every year: metrics say what is open when."""
        return self.router.network

    def at(self, year: int) -> World:
        """The same world in another year.

        Raises
        ------
        InputError
            For a year no table speaks of.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InputError(
                f"the year {year} is outside {FIRST_YEAR}–{LAST_YEAR}, the years the sections and "
                "rates speak of"
            )
        return replace(self, year=year)

    def place(self, text: str) -> Place:
        """Understand a city, UN/LOCODE, terminal, crossing or `lat,lon`."""
        return resolve(text, self.gazetteer, self._economy_at)

    def route(
        self,
        origin: str,
        destination: str,
        *,
        cargo: str = "general",
        modes: Iterable[str] | str | None = None,
        by: By = "generalised",
        via: str | None = None,
        avoid: Iterable[str] | str = (),
        close: Iterable[str] | str = (),
    ) -> RouteAnswer:
        """The ways between two places, side by side, best first.

        Parameters
        ----------
        cargo : id of a cargo class (`landbridge.facts.rows("cargo_classes")`)
        modes : keep to these of rail, road, sea, air, ferry
        by : time, cost, co2 or generalised (money + value of time x hours + value of reliability
            x spread)
        via : keep to one corridor
        avoid : economies no leg may touch, by ISO 3166 alpha-3 code or name
        close : passages, crossings, sections or terminals to shut

        Raises
        ------
        UnknownNameError, InputError
            For names that mean nothing.
        UnreachableError
            Where no way is open under the conditions.
        """
        question = Question(
            year=self.year,
            cargo=cargo_class(cargo).id,
            by=parse_by(by),
            modes=parse_modes(modes),
            via=named(via) if via else None,
            avoid=parse_economies(avoid, self.network.economies),
            closed=parse_closed(close),
        )
        start, end = self.place(origin), self.place(destination)
        shunned = {self.network.economies[k] for k in question.avoid}
        for place in (start, end):
            if place.economy in shunned:
                raise InputError(
                    f"{place.name} lies in {place.economy}, which is to be avoided: "
                    "take it off the list or choose another place"
                )
        if (start.lat, start.lon) == (end.lat, end.lon):
            raise InputError(f"origin and destination are one place, {start.name}")
        routes = self.router.routes(start, end, question)
        notes = tuple(place.note for place in (start, end) if place.note)
        return RouteAnswer(start, end, self.year, question.cargo, by, routes, notes)

    def zones(self, count: int) -> tuple[Zone, ...]:
        """The largest city of every economy, then the largest cities of all, `count` in all."""
        return zones_of(self.gazetteer, self.network.economies, count)

    def skim(
        self,
        zones: int | Sequence[Zone],
        *,
        cargo: str = "general",
        modes: Iterable[str] | str | None = None,
        by: By = "generalised",
        avoid: Iterable[str] | str = (),
        close: Iterable[str] | str = (),
        progress: Progress | None = None,
    ) -> Skim:
        """Time, spread, distance, cost and CO2 between zones along the best way of each pair.

        Parameters
        ----------
        zones : how many (see `zones`), or the zones themselves
        """
        question = Question(
            year=self.year,
            cargo=cargo_class(cargo).id,
            by=parse_by(by),
            modes=parse_modes(modes),
            avoid=parse_economies(avoid, self.network.economies),
            closed=parse_closed(close),
        )
        chosen = self.zones(zones) if isinstance(zones, int) else tuple(zones)
        return skim(self.router, chosen, question, progress or (lambda stage, share: None))

    def summary(self) -> NetworkSummary:
        """What the network holds, what was repaired, from which sources under which licences."""
        return summarise(self.network, self.report)

    def _economy_at(self, lat: float, lon: float) -> str | None:
        from landbridge.network.countries import economy_at

        return economy_at(lat, lon)


def _build(folder: Path, progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    from landbridge.network import gazetteer
    from landbridge.network.assemble import build
    from landbridge.routing.cch import build_hierarchy

    progress("names of places", 0.0)
    towns = tuple(gazetteer.cities(gazetteer.iso3_of_iso2()))
    points = tuple(gazetteer.known_points())
    places = gazetteer.write(folder / _PLACES, chain(towns, points))
    kept = [e for e in (*towns, *points) if e.kind != "city" or e.population >= gazetteer.KEPT_FROM]
    built = build(
        np.array([e.lat for e in kept]),
        np.array([e.lon for e in kept]),
        lambda stage, share: progress(stage, 0.1 + 0.7 * share),
    )
    progress("contraction hierarchy", 0.8)
    net = built.network
    hierarchy = build_hierarchy(net.n_nodes, net.edge_tail, net.edge_head)
    progress("writing", 0.95)
    arrays = {
        name: getattr(net, name) for name in Network.__dataclass_fields__ if name != "economies"
    }
    arrays |= {_PREFIX + name: array for name, array in hierarchy.to_arrays().items()}
    return arrays, {"economies": list(net.economies), "places": places, **_told(built)}


def _told(built: Built) -> dict[str, Any]:
    return {
        "layers": {name: asdict(count) for name, count in built.layers.items()},
        "repairs": [asdict(repair) for repair in built.repairs],
        "sections": [asdict(trace) for trace in built.traces],
        "unreached_crossings": list(built.unreached_crossings),
        "notes": list(built.notes),
    }
