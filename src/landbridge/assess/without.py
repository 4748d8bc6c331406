"""What is lost when freight may no longer pass through an economy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.edges import change_of
from landbridge.assess.policy import shock_of
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State, freight_hat
from landbridge.assess.through import by_land, sides_of
from landbridge.assess.transport import Passage, freight_costs, passage, split_ways
from landbridge.economy.equilibrium import solve
from landbridge.levers.effects import EdgeEffect
from landbridge.routing.choice.bundles import ENDS, FIGURES, WaySkim


@dataclass(frozen=True, slots=True)
class Loss:
    """What the world loses without passage through an economy, per cent; a gain is negative.

    Attributes
    ----------
    value_pct, feu_pct : of east-west freight, at base prices and in containers
    overland_feu_pct : of east-west containers by rail and road, 0 where none goes
    world_welfare_pct : of real final spending of the world
    welfare_pct : of each economy of the base
    pairs_cut : pairs of economies, in one sector at least, that no way links any more
    """

    value_pct: float
    feu_pct: float
    overland_feu_pct: float
    world_welfare_pct: float
    welfare_pct: Mapping[str, float]
    pairs_cut: int


def loss_without(given: Setting, base: State, iso3: str, own: NDArray[np.bool_]) -> Loss:
    """Shut an economy to what neither starts nor ends there, and let trade find its new level.

    All freight of the world is shut out, east-west freight is looked at. Hours elsewhere stay as
    they are: the queues of those who go round are not counted, so the loss is a lower bound.

    Parameters
    ----------
    own : bool[m], edges of the economy's `territory`

    Raises
    ------
    NotConvergedError
        Where the economy finds no equilibrium.
    """
    passed = passage_round(given, base, iso3, own)
    freight = freight_costs(passed, given.goods, given.tastes, given.masses)
    hat = freight_hat(given, base.freight, freight)
    table = given.table
    equilibrium = solve(
        table.base, shock_of((), table.base, table.labels, hat), start=base.equilibrium
    )
    volume = given.feu(equilibrium.trade, equilibrium.producer_price_hat)
    pairs = sides_of(given).pairs(given.masses.count)
    worth = given.goods.value_usd_feu[:, :, None]
    before, after = base.volume * pairs, volume * pairs
    land = [
        _sent_by_land(given, each, feu) for each, feu in ((base.passage, before), (passed, after))
    ]
    welfare = equilibrium.real_income_hat / base.equilibrium.real_income_hat
    weight = base.equilibrium.income / base.equilibrium.income.sum()
    cut = np.isfinite(base.freight) & ~np.isfinite(freight)
    return Loss(
        value_pct=float(100.0 * (1.0 - (after * worth).sum() / (before * worth).sum())),
        feu_pct=float(100.0 * (1.0 - after.sum() / before.sum())),
        overland_feu_pct=100.0 * (1.0 - land[1] / land[0]) if land[0] else 0.0,
        world_welfare_pct=float(100.0 * (1.0 - weight @ welfare)),
        welfare_pct={
            code: float(100.0 * (1.0 - welfare[k])) for k, code in enumerate(table.labels.economies)
        },
        pairs_cut=int(cut.any(axis=0).sum()),
    )


def _sent_by_land(given: Setting, passed: Passage, volume: NDArray[np.float64]) -> float:
    by_zone, _ = split_ways(passed, given.goods, given.tastes, given.masses, volume)
    return float(sum(flow[by_land()].sum() for flow in by_zone))


def passage_round(given: Setting, base: State, iso3: str, own: NDArray[np.bool_]) -> Passage:
    """What ways take where those who neither start nor end in an economy go round it.

    Fit for costs and shares; the doors of both kinds of trip stand side by side, so that loads
    cannot be put on edges from it.
    """
    shut = EdgeEffect(np.flatnonzero(own), open=False)
    shut_off = base.engine.changed(change_of([shut]))
    around = passage(shut_off, given.zones, base.year, like=base.passage)
    here = np.array([zone.economy == iso3 for zone in given.zones])
    ends = here[:, None] | here[None, :]
    bundles = []
    for of_class, number in zip(around.bundles, range(len(around.bundles)), strict=True):
        old = {skim.way.id: skim for skim in base.passage.skims[number]}
        bundles.append(
            tuple(
                replace(b, skims=tuple(_merged(ends, old[s.way.id], s) for s in b.skims))
                for b in of_class
            )
        )
    return replace(base.passage, bundles=tuple(bundles))


def _merged(where: NDArray[np.bool_], one: WaySkim, other: WaySkim) -> WaySkim:
    """One skim where `where`, the other elsewhere."""
    arrays = {
        name: np.where(where, getattr(one, name), getattr(other, name))
        for name in (*FIGURES, *ENDS, "third")
    }
    return replace(other, **arrays)
