"""Which ways are worth showing side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from landbridge import facts
from landbridge.routing.corridors import Corridor, corridors
from landbridge.routing.filters import Closed
from landbridge.routing.question import Question
from landbridge.routing.results import Place, Route

#: A corridor this many times longer than the shortest way is no alternative but a detour.
DETOUR_LIMIT = 3.0
#: Id and name of the best way where it follows no named corridor.
DIRECT = ("direct", "best mix of modes")
MEASURES: dict[str, Callable[[Route], float]] = {
    "time": lambda r: r.time_h,
    "cost": lambda r: r.cost_usd_feu,
    "co2": lambda r: r.co2_kg_feu,
    "generalised": lambda r: r.generalised_usd_feu,
}


def with_small_locks(closed: Closed, origin: Place, destination: Place) -> Closed:
    """Shut the passages whose locks the ships between these ends do not fit (Panama)."""
    ends = {origin.economy, destination.economy}
    small = [
        number
        for number, row in enumerate(facts.rows("chokepoints"))
        if row.one_end_in and ends.isdisjoint(row.one_end_in)
    ]
    return replace(closed, chokepoints=tuple(sorted({*closed.chokepoints, *small})))


def to_compare(origin: Place, destination: Place) -> tuple[Corridor, ...]:
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


def makes_sense(route: Route, corridor: Corridor) -> bool:
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


def distinct(found: list[Route], question: Question) -> tuple[Route, ...]:
    """One route for each set of gates; the corridor's name wins over the plain best way's."""
    of = MEASURES[question.by]
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
