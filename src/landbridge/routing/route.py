"""The ways from one place to another, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import UnreachableError
from landbridge.network.graph import Mode, Network
from landbridge.routing.access import Access, NodeFinder, access
from landbridge.routing.cch import Hierarchy, Metric, Path, customise, shortest_path
from landbridge.routing.corridors import Corridor, Ends, corridors, through
from landbridge.routing.filters import NOTHING_CLOSED, Closed, permitted
from landbridge.routing.legs import legs, passed
from landbridge.routing.metrics import By, EdgeMetrics, edge_metrics, generalised
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.results import Leg, Place, Route

#: A corridor this many times longer than the shortest way is no alternative but a detour.
DETOUR_LIMIT = 3.0
#: Weighted hierarchies kept for the next question; each takes some 30 MB.
_KEPT = 12
_PLACES_KEPT = 5_000
_KEPT_FIGURES = ("time_h", "var_h2", "cost_usd_feu", "co2_kg_feu", "open")
_MEASURES: dict[str, Callable[[Route], float]] = {
    "time": lambda r: r.time_h,
    "cost": lambda r: r.cost_usd_feu,
    "co2": lambda r: r.co2_kg_feu,
    "generalised": lambda r: r.generalised_usd_feu,
}
#: A way by sea is the one that keeps its land legs short, even where a land bridge were better.
LAND_WEIGHT_BY_SEA = 3.0
DIRECT = ("direct", "best mix of modes")


@dataclass(frozen=True, slots=True)
class Question:
    """A request for routes, every name already understood.

    `modes` is None for all; `avoid` holds positions of economies; `via` keeps to one corridor;
    `land_weight` weighs rail and road in the choice of the way, not in what the way takes.
    """

    year: int
    cargo: str = "general"
    by: By = "generalised"
    modes: frozenset[Mode] | None = None
    via: Corridor | None = None
    avoid: frozenset[int] = frozenset()
    closed: Closed = NOTHING_CLOSED
    land_weight: float = 1.0


class Keeper(Protocol):
    """Keeps bundles of arrays between runs."""

    def get(self, name: str) -> dict[str, NDArray[Any]] | None:
        """The arrays of a bundle, None where it is not kept."""

    def put(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep a bundle."""


class Router:
    """A network with its hierarchy, ready to be asked; keeps metrics and weights it has made."""

    def __init__(
        self, network: Network, hierarchy: Hierarchy, keeper: Keeper | None = None
    ) -> None:
        self._keeper = keeper
        self.network = network
        self.hierarchy = hierarchy
        self.finder = NodeFinder(network)
        self._edge_metrics: dict[tuple[int, str], EdgeMetrics] = {}
        self._weighted: dict[Question, Metric] = {}
        self._access: dict[tuple[Place, frozenset[Mode] | None, int, str], Access] = {}
        self._plain_weights: dict[
            tuple[int, str, By], tuple[NDArray[np.float32], NDArray[np.float32]]
        ] = {}

    def edge_metrics(self, year: int, cargo: str) -> EdgeMetrics:
        """Hours, money and CO2 of every edge, made once for a year and a cargo."""
        if (year, cargo) not in self._edge_metrics:
            self._edge_metrics[year, cargo] = self._made_or_kept(year, cargo)
        return self._edge_metrics[year, cargo]

    def _made_or_kept(self, year: int, cargo: str) -> EdgeMetrics:
        name = f"{year}-{cargo}"
        km = self.network.edge_length_km
        kept = self._keeper.get(name) if self._keeper else None
        if kept is not None and kept.keys() == set(_KEPT_FIGURES):
            return EdgeMetrics(year=year, distance_km=km, **kept)
        made = edge_metrics(self.network, year, cargo_class(cargo))
        if self._keeper:
            self._keeper.put(name, {figure: getattr(made, figure) for figure in _KEPT_FIGURES})
        return made

    def metric(self, question: Question) -> Metric:
        """The weighted hierarchy of a question (`via` plays no part); the last few are kept."""
        plain = replace(question, via=None)
        if question.via is not None and Mode.SEA in question.via.modes:
            plain = replace(plain, land_weight=LAND_WEIGHT_BY_SEA)
        if plain not in self._weighted:
            usable = permitted(self.network, plain.modes, plain.avoid, plain.closed)
            forward, backward = (
                np.where(usable, weight, np.float32(np.inf)) for weight in self._weights(plain)
            )
            if plain.land_weight != 1.0:
                mode = self.network.edge_mode
                land = (mode == Mode.RAIL) | (mode == Mode.ROAD)
                forward[land] *= np.float32(plain.land_weight)
                backward[land] *= np.float32(plain.land_weight)
            while len(self._weighted) >= _KEPT:
                self._weighted.pop(next(iter(self._weighted)))
            self._weighted[plain] = customise(self.hierarchy, forward, backward)
        return self._weighted[plain]

    def _weights(self, question: Question) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights of all edges before any is shut, the same for every corridor of a question."""
        asked = (question.year, question.cargo, question.by)
        if asked not in self._plain_weights:
            metrics = self.edge_metrics(question.year, question.cargo)
            forward, backward = generalised(metrics, cargo_class(question.cargo), question.by)
            self._plain_weights.clear()
            self._plain_weights[asked] = (
                forward.astype(np.float32),
                backward.astype(np.float32),
            )
        return self._plain_weights[asked]

    def access(self, place: Place, question: Question) -> Access:
        """Where a place meets the network under the modes of a question."""
        asked = (place, question.modes, question.year, question.cargo)
        if asked not in self._access:
            if len(self._access) >= _PLACES_KEPT:
                self._access.clear()
            self._access[asked] = access(
                place,
                self.finder,
                question.modes,
                question.year,
                cargo_class(question.cargo),
                _row_of,
            )
        return self._access[asked]

    def routes(self, origin: Place, destination: Place, question: Question) -> tuple[Route, ...]:
        """Every distinct way, best first by `question.by`.

        Raises
        ------
        UnreachableError
            Where no way is open, saying under which conditions.
        """
        asked = question
        question = replace(question, closed=_with_small_locks(question.closed, origin, destination))
        starts = self.access(origin, question)
        ends = self.access(destination, question)
        for place, reached in ((origin, starts), (destination, ends)):
            if not len(reached.nodes):
                raise UnreachableError(
                    f"no {_modes_named(question.modes)} comes near {place.name} ({place.economy}): "
                    "try other modes or a place on the line"
                )
        found: list[Route] = []
        if question.via is None:
            path = self._best(starts, ends, question)
            if path is not None:
                found.append(self._route(path, origin, destination, starts, ends, question, None))
            ways = _to_compare(origin, destination)
        else:
            ways = (question.via,)
        families: dict[str, list[Route]] = {}
        for corridor in ways:
            route = self._along(corridor, origin, destination, question)
            if route is not None:
                families.setdefault(corridor.family, []).append(route)
        measure = _MEASURES[question.by]
        found += [min(variants, key=measure) for variants in families.values()]
        routes = _distinct(found, question)
        if not routes:
            raise UnreachableError(_why_not(origin, destination, asked, self.network))
        return routes

    def _best(self, starts: Access, ends: Access, question: Question) -> Path | None:
        metric = self.metric(question)
        begin, finish = self._ends(starts, question), self._ends(ends, question)
        return shortest_path(metric, begin.nodes, begin.offsets, finish.nodes, finish.offsets)

    def _along(
        self, corridor: Corridor, origin: Place, destination: Place, question: Question
    ) -> Route | None:
        allowed = frozenset(Mode) if question.modes is None else question.modes
        if not corridor.modes & allowed:
            return None
        if {origin.economy, destination.economy} & corridor.avoids:
            return None
        # A place without a line of the corridor's own modes reaches it by road.
        by_road = corridor.haul if Mode.AIR in corridor.modes else corridor.haul | {Mode.ROAD}
        for modes in dict.fromkeys((corridor.haul & allowed, by_road & allowed)):
            route = self._by(modes, corridor, origin, destination, question)
            if route is not None:
                return route if _makes_sense(route, corridor) else None
        return None

    def _by(
        self,
        modes: frozenset[Mode],
        corridor: Corridor,
        origin: Place,
        destination: Place,
        question: Question,
    ) -> Route | None:
        """The way through a corridor's gates by some modes, outside what the corridor avoids."""
        asked = replace(question, modes=modes, via=corridor)
        starts, ends = self.access(origin, asked), self.access(destination, asked)
        if not (len(starts.nodes) and len(ends.nodes)):
            return None
        begin, finish = self._ends(starts, asked), self._ends(ends, asked)
        kept_out = frozenset(self.network.economies.index(code) for code in corridor.avoids)
        route = None
        # Most ways keep out by themselves, and then share their weights with other corridors.
        for avoid in (question.avoid, question.avoid | kept_out):
            metric = self.metric(replace(asked, avoid=avoid))
            path = through(metric, self.network, begin, finish, corridor)
            if path is None:
                return None
            route = self._route(path, origin, destination, starts, ends, asked, corridor)
            if not corridor.avoids & set(route.economies):
                break
        return route

    def access_weight(self, reached: Access, question: Question) -> NDArray[np.float64]:
        """Weight of getting to each node of an access, by the question's measure, float64[k]."""
        cargo = cargo_class(question.cargo)
        one = EdgeMetrics(
            question.year,
            np.vstack([reached.time_h] * 2).astype(np.float32),
            np.vstack([reached.var_h2] * 2).astype(np.float32),
            reached.distance_km,
            np.vstack([reached.cost_usd_feu] * 2).astype(np.float32),
            np.vstack([reached.co2_kg_feu] * 2).astype(np.float32),
            np.ones((2, len(reached.nodes)), bool),
        )
        return generalised(one, cargo, question.by)[0]

    def _ends(self, reached: Access, question: Question) -> Ends:
        return Ends(reached.nodes, self.access_weight(reached, question))

    def _route(
        self,
        path: Path,
        origin: Place,
        destination: Place,
        starts: Access,
        ends: Access,
        question: Question,
        corridor: Corridor | None,
    ) -> Route:
        metrics = self.edge_metrics(question.year, question.cargo)
        first, last = path.source_index, path.target_index
        middle = legs(
            self.network, metrics, path.edges, path.forward, origin.name, destination.name
        )
        chain = (
            *_access_leg(starts, first, origin, self.network, leaving=True),
            *middle,
            *_access_leg(ends, last, destination, self.network, leaving=False),
        )
        crossings, chokepoints = passed(self.network, path.edges)
        cargo = cargo_class(question.cargo)
        time_h = sum(leg.time_h for leg in chain)
        sd_h = float(np.sqrt(sum(leg.time_sd_h**2 for leg in chain)))
        cost = sum(leg.cost_usd_feu for leg in chain)
        name = (corridor.id, corridor.name) if corridor else DIRECT
        return Route(
            corridor=name[0],
            corridor_name=name[1],
            modes=tuple(dict.fromkeys(leg.mode for leg in chain if leg.mode != "transfer")),
            distance_km=sum(leg.distance_km for leg in chain),
            time_h=time_h,
            time_sd_h=sd_h,
            cost_usd_feu=cost,
            co2_kg_feu=sum(leg.co2_kg_feu for leg in chain),
            generalised_usd_feu=cost + cargo.vot_usd_h * time_h + cargo.vor_usd_h * sd_h,
            economies=_economies(chain, origin, destination),
            crossings=crossings,
            chokepoints=chokepoints,
            legs=chain,
        )


def _with_small_locks(closed: Closed, origin: Place, destination: Place) -> Closed:
    """Shut the passages whose locks the ships between these ends do not fit (Panama)."""
    ends = {origin.economy, destination.economy}
    small = [
        number
        for number, row in enumerate(facts.rows("chokepoints"))
        if row.one_end_in and ends.isdisjoint(row.one_end_in)
    ]
    return replace(closed, chokepoints=tuple(sorted({*closed.chokepoints, *small})))


def _to_compare(origin: Place, destination: Place) -> tuple[Corridor, ...]:
    """Corridors shown without being asked for, where both ends make sense of them."""
    if origin.economy == destination.economy:
        return ()
    ends = {origin.economy, destination.economy}
    return tuple(
        corridor
        for corridor in corridors()
        if corridor.compare and _fits(ends, corridor.one_end_in, corridor.other_end_in)
    )


def _fits(ends: set[str], one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one end lies in one group and the other end in the other; an empty group is any."""
    if not (one or other):
        return True
    first, second = sorted(ends)
    return any(
        (not one or a in one) and (not other or b in other)
        for a, b in ((first, second), (second, first))
    )


def _makes_sense(route: Route, corridor: Corridor) -> bool:
    """Whether the way passes the corridor's economies and does not come back through its gates.

    A corridor that leaves an economy only to return to it leads nowhere for this trip.
    """
    ends = {route.economies[0], route.economies[-1]}
    passed_through = corridor.through & set(route.economies)
    # A trip that ends on the way (Xi'an to Baku) need not pass what lies beyond.
    if not (passed_through if ends & corridor.through else passed_through == corridor.through):
        return False
    gates = {
        facts.rows("crossings")[row].id
        for group in corridor.gates
        for table, row in group
        if table == "crossings"
    }
    by_id = facts.by_id("crossings")
    for post in gates & set(route.crossings):
        sides = (by_id[post].economy_a, by_id[post].economy_b)
        order = [code for code in route.economies if code in sides]
        if len(order) > 2 and order[0] == order[-1]:
            return False
    return True


def _row_of(table: str, ref: str) -> int:
    return next(k for k, row in enumerate(facts.rows(table)) if row.id == ref)


def _access_leg(
    reached: Access, index: int, place: Place, network: Network, *, leaving: bool
) -> tuple[Leg, ...]:
    """The truck and the loading between a place and its node; none at a terminal or crossing."""
    km, time_h = float(reached.distance_km[index]), float(reached.time_h[index])
    if km == 0 and time_h == 0:
        return ()
    mode = Mode(int(reached.mode[index]))
    node = int(reached.nodes[index])
    at = {Mode.RAIL: "freight station", Mode.ROAD: "road"}.get(mode, "terminal")
    station = f"{place.name} {at}"
    lat = (place.lat, float(network.node_lat[node]))
    lon = (place.lon, float(network.node_lon[node]))
    return (
        Leg(
            mode="transfer" if mode != Mode.ROAD else "road",
            from_=place.name if leaving else station,
            to=station if leaving else place.name,
            economy=place.economy,
            distance_km=km,
            time_h=time_h,
            time_sd_h=float(np.sqrt(reached.var_h2[index])),
            cost_usd_feu=float(reached.cost_usd_feu[index]),
            co2_kg_feu=float(reached.co2_kg_feu[index]),
            lat=lat if leaving else lat[::-1],
            lon=lon if leaving else lon[::-1],
        ),
    )


def _economies(chain: tuple[Leg, ...], origin: Place, destination: Place) -> tuple[str, ...]:
    """Economies in order of travel, without immediate repeats."""
    order = [origin.economy, *(leg.economy for leg in chain if leg.economy), destination.economy]
    return tuple(code for k, code in enumerate(order) if k == 0 or code != order[k - 1])


def _distinct(found: list[Route], question: Question) -> tuple[Route, ...]:
    """One route for each set of gates; the corridor's name wins over the plain best way's."""
    of = _MEASURES[question.by]
    # Aircraft fly straight: the measure of a detour is the shortest way on the ground or at sea.
    lengths = [r.distance_km for r in found if "air" not in r.modes]
    shortest = min(lengths, default=np.inf)
    kept: dict[tuple[object, ...], Route] = {}
    for route in sorted(found, key=lambda r: (of(r), r.corridor == DIRECT[0])):
        if question.via is None and route.distance_km > DETOUR_LIMIT * shortest:
            continue
        same = (route.modes, route.crossings, route.chokepoints)
        standing = kept.get(same)
        if standing is None or (
            standing.corridor == DIRECT[0] and of(route) <= of(standing) * 1.001
        ):
            kept[same] = route
    return tuple(sorted(kept.values(), key=of))


def _modes_named(modes: frozenset[Mode] | None) -> str:
    return "line" if modes is None else " or ".join(sorted(m.name.lower() for m in modes)) + " line"


def _why_not(origin: Place, destination: Place, question: Question, network: Network) -> str:
    limits = [f"in {question.year}"]
    if question.modes is not None:
        limits.append("by " + ", ".join(sorted(m.name.lower() for m in question.modes)))
    if question.via is not None:
        limits.append(f"via {question.via.name}")
    if question.avoid:
        limits.append("avoiding " + ", ".join(sorted(network.economies[k] for k in question.avoid)))
    if question.closed != NOTHING_CLOSED:
        limits.append("with what is closed")
    return (
        f"no way from {origin.name} ({origin.economy}) to {destination.name} "
        f"({destination.economy}) {', '.join(limits)}: allow more modes, avoid fewer economies, "
        "or choose another year"
    )
