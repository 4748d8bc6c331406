"""From rows of the facts tables to what the builder needs of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from landbridge import facts
from landbridge.network.borders import Corner, CrossingPoint
from landbridge.network.gauges import GaugeException
from landbridge.network.graph import Mode
from landbridge.network.sea import Gate
from landbridge.network.sections import SectionLine
from landbridge.network.terminals import FerryLine, TerminalPoint

Numbers = Mapping[str, int]

#: Effects of a section before which there was nothing to travel on.
NEW = ("new_line", "road_new")


def crossing_points(mode: Mode, number: Numbers) -> tuple[CrossingPoint, ...]:
    """The listed crossings of a land mode."""
    return tuple(
        CrossingPoint(
            k,
            number[r.economy_a],
            number[r.economy_b],
            # Where the layer's line meets the border, which may be far from the post itself.
            r.lat if r.layer_lat is None else r.layer_lat,
            r.lon if r.layer_lon is None else r.layer_lon,
            described=r.confidence != "layer",
        )
        for k, r in enumerate(facts.rows("crossings"))
        if r.mode == mode.name.lower()
    )


def ferry_lines(number: Numbers) -> tuple[FerryLine, ...]:
    """The listed ferries."""
    return tuple(
        FerryLine(
            k, r.id, number[r.economy_a], r.lat_a, r.lon_a, number[r.economy_b], r.lat_b, r.lon_b
        )
        for k, r in enumerate(facts.rows("crossings"))
        if r.mode == "ferry"
    )


def corners(mode: Mode, number: Numbers) -> tuple[Corner, ...]:
    """Lines of a mode that cut a neighbour's corner under agreement."""
    return tuple(
        Corner(
            number[r.economy],
            number[r.neighbour],
            (r.lat_a, r.lon_a),
            (r.lat_b, r.lon_b),
            r.length_km,
        )
        for r in facts.rows("corner_transit")
        if r.mode == mode.name.lower()
    )


def open_pairs(mode: Mode, number: Numbers) -> frozenset[tuple[int, int]]:
    """Pairs of economies that share, in some year, a union without border checks."""
    members: dict[str, set[int]] = {}
    for r in facts.rows("border_unions"):
        if mode.name.lower() in r.modes and r.economy in number:
            members.setdefault(r.union, set()).add(number[r.economy])
    return frozenset(pair for group in members.values() for pair in combinations(sorted(group), 2))


def terminal_points(number: Numbers) -> tuple[TerminalPoint, ...]:
    """Every terminal."""
    return tuple(
        TerminalPoint(
            k,
            r.id,
            number[r.economy],
            r.lat,
            r.lon,
            tuple(Mode[mode.upper()] for mode in r.modes),
        )
        for k, r in enumerate(facts.rows("terminals"))
    )


def section_lines(number: Numbers) -> tuple[SectionLine, ...]:
    """Every section with known ends."""
    return tuple(
        SectionLine(
            row=k,
            id=r.id,
            mode=Mode[r.mode.upper()],
            economies=tuple(number[e] for e in r.economies),
            points=((r.from_lat, r.from_lon), *waypoints(r.via), (r.to_lat, r.to_lon)),
            length_km=r.length_km,
            new_line=r.effect in NEW,
            expected=r.freight and (r.effect in NEW or r.stage in ("open", "under_construction")),
            standing=r.stage == "open",
            promised=r.stage in ("open", "under_construction"),
        )
        for k, r in enumerate(facts.rows("sections"))
    )


def not_standing() -> tuple[int, ...]:
    """Rows of the new lines that do not stand yet, whose edges open later or never."""
    return tuple(
        k for k, r in enumerate(facts.rows("sections")) if r.effect in NEW and r.stage != "open"
    )


def waypoints(points: Iterable[object] | None) -> tuple[tuple[float, float], ...]:
    """Points written as `lat lon`, in travel order."""
    found = []
    for point in points or ():
        lat, lon = str(point).split()
        found.append((float(lat), float(lon)))
    return tuple(found)


def gates() -> tuple[Gate, ...]:
    """The chokepoints that sea lanes pass."""
    return tuple(
        Gate(k, r.gate_lat_a, r.gate_lon_a, r.gate_lat_b, r.gate_lon_b)
        for k, r in enumerate(facts.rows("chokepoints"))
        if r.gate_lat_a is not None
    )


def gauge_of(number: Numbers) -> dict[int, int]:
    """Track gauge by economy."""
    return {number[r.economy]: r.gauge_mm for r in facts.rows("gauge_rules") if r.economy in number}


def gauge_exceptions(number: Numbers) -> tuple[GaugeException, ...]:
    """Track of another gauge than its economy's; where both lie, the economy's own serves."""
    found = []
    for r in facts.rows("gauge_exceptions"):
        if r.dual:
            continue
        line = waypoints(r.waypoints)
        box = None if line else (r.lat_min, r.lat_max, r.lon_min, r.lon_max)
        found.append(GaugeException(number[r.economy], r.gauge_mm, box, line, r.buffer_km or 0.0))
    return tuple(found)
