"""Zone-to-zone matrices: what the best way of each pair takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError
from landbridge.network.gazetteer import Gazetteer
from landbridge.routing import cch
from landbridge.routing.access import Access
from landbridge.routing.results import Place

if TYPE_CHECKING:
    from landbridge.routing.route import Question, Router

#: Memory grows with the square of the zones: about 0.4 GB at 2,000.
MOST_ZONES = 4_000
_FIGURES = ("time_h", "var_h2", "distance_km", "cost_usd_feu", "co2_kg_feu")
NO_ACCESS = "no line of its economy within reach"
NO_WAY = "no open way under the conditions asked for"


@dataclass(frozen=True, slots=True)
class Zone:
    """A city that sends and receives freight; `id` is its GeoNames number."""

    id: str
    name: str
    economy: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True, eq=False)
class Skim:
    """Matrices over zones along the way that is best by the measure asked for.

    Attributes
    ----------
    zones : Z zones, rows and columns in their order
    time_h, time_sd_h, distance_km, cost_usd_feu, co2_kg_feu : float32[Z, Z]
        NaN where there is no way. On the diagonal, collecting and delivering within the city.
    reasons : why a pair (row, column) is NaN; every NaN has one
    """

    zones: tuple[Zone, ...]
    time_h: NDArray[np.float32]
    time_sd_h: NDArray[np.float32]
    distance_km: NDArray[np.float32]
    cost_usd_feu: NDArray[np.float32]
    co2_kg_feu: NDArray[np.float32]
    reasons: Mapping[tuple[int, int], str]


def zones_of(gazetteer: Gazetteer, economies: tuple[str, ...], count: int) -> tuple[Zone, ...]:
    """The largest city of every economy, then the largest of all, up to `count` zones.

    Economies come in the order of their largest city, so that few zones are the largest ones.

    Raises
    ------
    InputError
        For fewer than two zones or more than memory allows.
    """
    if not 2 <= count <= MOST_ZONES:
        raise InputError(f"{count} zones: ask for 2 to {MOST_ZONES:,}")
    cities = [c for c in gazetteer.largest_cities(3 * MOST_ZONES) if c.economy in economies]
    first = list({c.economy: c for c in reversed(cities)}.values())[::-1]
    first.sort(key=lambda c: -c.population)
    chosen = {c.ref: c for c in [*first[:count], *cities]}
    return tuple(
        Zone(c.ref, c.name, c.economy, c.lat, c.lon, c.population)
        for c in list(chosen.values())[:count]
    )


def skim(
    router: Router,
    zones: tuple[Zone, ...],
    question: Question,
    progress: Callable[[str, float], None],
) -> Skim:
    """Matrices between zones for a question (see `World.skim`)."""
    if len(zones) > MOST_ZONES:
        raise InputError(f"{len(zones)} zones: give at most {MOST_ZONES:,}")
    progress("weights", 0.0)
    metric = router.metric(question)
    edges = router.edge_metrics(question.year, question.cargo)
    progress("access", 0.2)
    reached = [
        router.access(Place(z.name, "city", z.economy, z.lat, z.lon, ref=z.id), question)
        for z in zones
    ]
    owner = np.repeat(np.arange(len(zones)), [len(r.nodes) for r in reached])
    if not len(owner):
        raise InputError("none of the zones has a line within reach: try other modes or zones")
    nodes = np.concatenate([r.nodes for r in reached])
    each = {name: np.concatenate([getattr(r, name) for r in reached]) for name in _FIGURES}
    offset = router.access_weight(_stacked(reached), question)
    progress("ways", 0.3)
    distance = edges.distance_km
    found = cch.skim(
        metric,
        nodes,
        nodes,
        np.stack([edges.time_h[0], edges.var_h2[0], distance, edges.cost_usd_feu[0],
                  edges.co2_kg_feu[0]]),
        np.stack([edges.time_h[1], edges.var_h2[1], distance, edges.cost_usd_feu[1],
                  edges.co2_kg_feu[1]]),
    )  # fmt: skip
    progress("matrices", 0.9)
    row, column = _best_doors(found.weight, offset, owner, len(zones))
    known = row >= 0
    matrices = {}
    for k, name in enumerate(_FIGURES):
        values = np.full(row.shape, np.nan, np.float32)
        ends = each[name]
        values[known] = (
            found.attributes[k][row[known], column[known]] + ends[row[known]] + ends[column[known]]
        )
        matrices[name] = values
    return Skim(
        zones=zones,
        time_h=matrices["time_h"],
        time_sd_h=np.sqrt(matrices["var_h2"]),
        distance_km=matrices["distance_km"],
        cost_usd_feu=matrices["cost_usd_feu"],
        co2_kg_feu=matrices["co2_kg_feu"],
        reasons=_reasons(known, np.array([len(r.nodes) > 0 for r in reached])),
    )


def _stacked(reached: list[Access]) -> Access:
    columns = Access.__dataclass_fields__
    return Access(**{name: np.concatenate([getattr(r, name) for r in reached]) for name in columns})


def _best_doors(
    weight: NDArray[np.floating],
    offset: NDArray[np.float64],
    owner: NDArray[np.int64],
    count: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each pair of zones, the doors (rows of `weight`) that its best way uses; -1 for none.

    Doors of a zone stand side by side; a zone has few, so the k-th door of every zone is taken
    at once.
    """
    first = np.searchsorted(owner, np.arange(count))
    doors = np.bincount(owner, minlength=count)
    best = np.full((count, count), np.inf)
    row = np.full((count, count), -1, np.int64)
    column = row.copy()
    for i in range(int(doors.max())):
        have_i = np.flatnonzero(doors > i)
        for j in range(int(doors.max())):
            have_j = np.flatnonzero(doors > j)
            r, c = first[have_i] + i, first[have_j] + j
            total = weight[np.ix_(r, c)] + offset[r][:, None] + offset[c][None, :]
            at = np.ix_(have_i, have_j)
            better = total < best[at]
            best[at] = np.where(better, total, best[at])
            row[at] = np.where(better, r[:, None], row[at])
            column[at] = np.where(better, c[None, :], column[at])
    return row, column


def _reasons(known: NDArray[np.bool_], has_access: NDArray[np.bool_]) -> dict[tuple[int, int], str]:
    return {
        (int(i), int(j)): NO_WAY if has_access[i] and has_access[j] else NO_ACCESS
        for i, j in np.argwhere(~known)
    }
