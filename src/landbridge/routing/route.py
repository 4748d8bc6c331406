"""The ways from one place to another, side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from landbridge.errors import UnreachableError
from landbridge.network.graph import Mode, Network
from landbridge.routing.access import Access
from landbridge.routing.alternatives import (
    DIRECT,
    MEASURES,
    distinct,
    makes_sense,
    to_compare,
    with_small_locks,
)
from landbridge.routing.cch import Path, shortest_path
from landbridge.routing.corridors import Corridor, through, turns_round
from landbridge.routing.engine import Engine
from landbridge.routing.legs import legs, passed
from landbridge.routing.question import Question, modes_named, why_not
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.results import Leg, Place, Route

__all__ = ["Question", "Router"]


class Router(Engine):
    """Finds and describes the ways between two places."""

    def routes(self, origin: Place, destination: Place, question: Question) -> tuple[Route, ...]:
        """Every distinct way, best first by `question.by`.

        Raises
        ------
        UnreachableError
            Where no way is open, saying under which conditions.
        """
        asked = question
        question = replace(question, closed=with_small_locks(question.closed, origin, destination))
        starts = self.access(origin, question)
        ends = self.access(destination, question)
        for place, reached in ((origin, starts), (destination, ends)):
            if not len(reached.nodes):
                raise UnreachableError(
                    f"no {modes_named(question.modes)} comes near {place.name} ({place.economy}): "
                    "try other modes or a place on the line"
                )
        found: list[Route] = []
        if question.via is None:
            path = self._best(starts, ends, question)
            if path is not None:
                found.append(self._route(path, origin, destination, starts, ends, question, None))
            ways = to_compare(origin, destination)
        else:
            ways = (question.via,)
        families: dict[str, list[Route]] = {}
        for corridor in ways:
            route = self._along(corridor, origin, destination, question)
            if route is not None:
                families.setdefault(corridor.family, []).append(route)
        measure = MEASURES[question.by]
        found += [min(variants, key=measure) for variants in families.values()]
        routes = distinct(found, question)
        if not routes:
            raise UnreachableError(why_not(origin, destination, asked, self.network))
        return routes

    def _best(self, starts: Access, ends: Access, question: Question) -> Path | None:
        metric = self.metric(question)
        begin, finish = self.ends(starts, question), self.ends(ends, question)
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
                return route if makes_sense(route, corridor) else None
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
        begin, finish = self.ends(starts, asked), self.ends(ends, asked)
        kept_out = frozenset(self.network.economies.index(code) for code in corridor.avoids)
        route = None
        # Most ways keep out by themselves, and then share their weights with other corridors.
        for avoid in (question.avoid, question.avoid | kept_out):
            metric = self.metric(replace(asked, avoid=avoid))
            path = through(metric, self.network, begin, finish, corridor)
            if path is None or turns_round(path, self.network):
                return None
            route = self._route(path, origin, destination, starts, ends, asked, corridor)
            if not corridor.avoids & set(route.economies):
                break
        return route

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
