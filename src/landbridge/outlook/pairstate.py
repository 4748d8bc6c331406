"""The network in one state, drawn together from zones to pairs of economies.

The full machinery (`landbridge.assess.transport`) skims every way between some 500 zones and splits
freight among them. An outlook needs thousands of such answers, so each state of the network is
asked once, and what a draw changes on top is worked out on pairs (`landbridge.outlook.choice`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.goods import ROUTED_AS
from landbridge.assess.setting import Setting
from landbridge.assess.transport import Passage, freight_costs, split_ways
from landbridge.routing import cch
from landbridge.routing.choice.bundles import Bundle
from landbridge.routing.choice.ways import ways

Singles = NDArray[np.float32]
Floats = NDArray[np.float64]
BATCH = 12
"""Figures summed along ways at a time, which bounds memory."""


@dataclass(frozen=True, eq=False)
class Figure:
    """Something that is summed along ways: 1 on some edges, or hours on them.

    Attributes
    ----------
    id : name
    along : float64[2, m], forward and backward
    counted : whether a way that meets it counts once (a share), or the sum is kept
    """

    id: str
    along: Floats
    counted: bool


@dataclass(frozen=True, eq=False)
class PairState:
    """One state of the network between N economies, S sectors, W ways, 2 classes of cargo.

    Attributes
    ----------
    cost_usd_feu : float32[S, N, N], of a trip over all ways; inf where none is open
    share : float32[S, W, N, N], of each way
    money_usd_feu, time_h, sd_h, co2_kg_feu : float32[2, W, N, N], means over zones by what
        moves between them in the base, money and hours as shippers see them; NaN where a way is
        not open
    figures : float32[K, 2, W, N, N], mean of each figure: share of what moves that meets it, or sum
    """

    cost_usd_feu: Singles
    share: Singles
    money_usd_feu: Singles
    time_h: Singles
    sd_h: Singles
    co2_kg_feu: Singles
    figures: Singles

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Arrays by name, for a file."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def pair_state(
    given: Setting, passed: Passage, volume: Floats, figures: Sequence[Figure]
) -> PairState:
    """Draw a passage between zones together to pairs of economies.

    Parameters
    ----------
    volume : float64[S, N, N], FEU a year that weigh zones; pairs without any have no share
    """
    goods, masses = given.goods, given.masses
    flows, by_pair = split_ways(passed, goods, given.tastes, masses, volume)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.nan_to_num(by_pair / by_pair.sum(axis=1, keepdims=True))
    to_economy = np.zeros((len(masses.share), masses.count))
    to_economy[np.arange(len(masses.share)), masses.economy] = 1.0
    measured: dict[str, list[Singles]] = {"cost": [], "time": [], "sd": [], "co2": []}
    summed = []
    for number in range(len(ROUTED_AS)):
        weight = flows[number]
        skims = passed.skims[number]
        seen = passed.seen(number, given.tastes.sight)
        paid = passed.paid[number].astype(np.float32)
        for name, arrays in (
            (
                "cost",
                [
                    np.maximum(s.cost_usd_feu + added, 0.0) * r
                    for s, r, added in zip(skims, seen, paid, strict=True)
                ],
            ),
            ("time", [s.time_h * r for s, r in zip(skims, seen, strict=True)]),
            ("sd", [np.sqrt(s.var_h2) * r for s, r in zip(skims, seen, strict=True)]),
            ("co2", [s.co2_kg_feu for s in skims]),
        ):
            measured[name].append(_means(np.stack(arrays), weight, to_economy))
        along = _along(passed.bundles[number], figures, len(given.zones))
        summed.append(np.stack([_means(each, weight, to_economy) for each in along]))
    return PairState(
        cost_usd_feu=freight_costs(passed, goods, given.tastes, masses).astype(np.float32),
        share=share.astype(np.float32),
        money_usd_feu=np.stack(measured["cost"]),
        time_h=np.stack(measured["time"]),
        sd_h=np.stack(measured["sd"]),
        co2_kg_feu=np.stack(measured["co2"]),
        figures=np.stack(summed, axis=1),
    )


def _means(each: NDArray[np.floating], weight: Floats, to_economy: Floats) -> Singles:
    """Means over zones of each pair by weight, float32[W, N, N]; NaN where nothing weighs."""
    out = np.full((len(each), to_economy.shape[1], to_economy.shape[1]), np.nan, np.float32)
    for k, (values, flow) in enumerate(zip(each, weight, strict=True)):
        used = np.where(np.isfinite(values), flow, 0.0)
        total = to_economy.T @ used @ to_economy
        filled = np.where(np.isfinite(values), values, 0.0)
        part = to_economy.T @ (used * filled) @ to_economy
        own = total > 0.0
        out[k][own] = part[own] / total[own]
    return out


def _along(bundles: tuple[Bundle, ...], figures: Sequence[Figure], n_zones: int) -> list[Singles]:
    """Each figure between zones by way, float32[W, Z, Z]."""
    order = {way.id: k for k, way in enumerate(ways())}
    found = [np.zeros((len(order), n_zones, n_zones), np.float32) for _ in figures]
    for bundle in bundles:
        for first in range(0, len(figures), BATCH):
            batch = figures[first : first + BATCH]
            for way, values in _of_bundle(bundle, batch).items():
                for number, one in enumerate(values):
                    found[first + number][order[way]] += one
    return found


def _of_bundle(bundle: Bundle, figures: Sequence[Figure]) -> dict[str, Singles]:
    doors, passes = len(bundle.doors.node), len(bundle.passes.edge)
    ahead, back = (np.stack([f.along[d] for f in figures]) for d in (0, 1))
    sums = cch.skim(bundle.metric, bundle.nodes, bundle.nodes, ahead, back).attributes
    of_pass = np.where(
        bundle.passes.forward, ahead[:, bundle.passes.edge], back[:, bundle.passes.edge]
    )
    counted = np.array([f.counted for f in figures])
    found = {}
    for skim in bundle.skims:
        values = np.zeros((len(figures), *skim.time_h.shape), np.float32)
        known = skim.start >= 0
        start, end, gate = skim.start[known], skim.end[known], skim.gate[known]
        if skim.way.gates:
            enter, leave = doors + gate, doors + passes + gate
            total = sums[:, start, enter] + of_pass[:, gate] + sums[:, leave, end]
        else:
            total = sums[:, start, end]
        values[:, known] = np.where(counted[:, None], total > 0.0, total)
        found[skim.way.id] = values
    return found
