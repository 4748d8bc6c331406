"""Ways between zones: what each takes, and by which doors and gates its trips go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.cch import Metric
from landbridge.routing.choice.doors import Doors, Passes
from landbridge.routing.choice.ways import Way
from landbridge.routing.question import Question

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
FIGURES = ("time_h", "var_h2", "distance_km", "cost_usd_feu", "co2_kg_feu")
ENDS = ("start", "end", "gate")


@dataclass(frozen=True, slots=True, eq=False)
class WaySkim:
    """One way between Z zones; NaN where it is not open or not itself.

    Attributes
    ----------
    time_h, var_h2, distance_km, cost_usd_feu, co2_kg_feu : float32[Z, Z]
    start, end : int32[Z, Z], doors of the pair's trip; -1 where there is none
    gate : int32[Z, Z], pass of the trip, -1 where the way has no gates
    third : uint8[Z, Z], territories that a lorry crosses and that are neither end's; 0 by other
        modes
    detour : bool[Z, Z], where it could be taken and is left out: land is nearer than the ship, or
        the way so much longer than the shortest
    """

    way: Way
    time_h: Floats
    var_h2: Floats
    distance_km: Floats
    cost_usd_feu: Floats
    co2_kg_feu: Floats
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    gate: NDArray[np.int32]
    third: NDArray[np.uint8]
    detour: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Ways that share a question and so one weighted hierarchy.

    Attributes
    ----------
    nodes : int64[D + 2 P]; doors, then where passes are entered, then where they are left
    passes : of all gates of the ways in the bundle
    """

    question: Question
    metric: Metric
    doors: Doors
    passes: Passes
    nodes: NDArray[np.int64]
    skims: tuple[WaySkim, ...]


def without(skim: WaySkim, pairs: Bools) -> WaySkim:
    """The same skim, open to all pairs of zones but these, bool[Z, Z]."""
    nothing = np.float32(np.nan)
    arrays: dict[str, Any] = {
        name: np.where(pairs, nothing, getattr(skim, name)) for name in FIGURES
    }
    arrays |= {name: np.where(pairs, -1, getattr(skim, name)).astype(np.int32) for name in ENDS}
    return replace(skim, **arrays)


def joined(bundles: Iterable[Bundle]) -> dict[str, WaySkim]:
    """Every way once, by id.

    Trips of one way may stand in two bundles, no pair of zones in both.
    """
    found: dict[str, WaySkim] = {}
    for bundle in bundles:
        for skim in bundle.skims:
            held = found.get(skim.way.id)
            found[skim.way.id] = skim if held is None else _either(held, skim)
    return found


def _either(one: WaySkim, other: WaySkim) -> WaySkim:
    theirs = other.start >= 0
    return replace(
        one,
        **{
            name: np.where(theirs, getattr(other, name), getattr(one, name))
            for name in (*FIGURES, *ENDS, "third")
        },
    )
