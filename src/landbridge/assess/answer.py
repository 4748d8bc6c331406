"""Two settled worlds compared: economies, ways, carriers, emissions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.assessment import CarrierChange, EconomyChange, WayChange
from landbridge.assess.goods import ROUTED_AS
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State
from landbridge.assess.views import View
from landbridge.economy.results import Equilibrium
from landbridge.network.graph import Mode
from landbridge.routing.choice.ways import ways
from landbridge.routing.corridors import corridors
from landbridge.routing.rates.borders import crossing_terms

Floats = NDArray[np.float64]
SMALLEST_FEU = 0.5
"""Flows below half a container a year are none."""


def economies(given: Setting, base: State, changed: State) -> tuple[EconomyChange, ...]:
    """What becomes of every economy."""
    old, new = base.equilibrium, changed.equilibrium
    labels = given.table.labels
    exports = _pct(new.exports.sum(axis=1), old.exports.sum(axis=1))
    imports = _pct(new.imports.sum(axis=1), old.imports.sum(axis=1))
    welfare = 100.0 * (new.real_income_hat / old.real_income_hat - 1.0)
    gdp = 100.0 * (new.real_gdp_hat / old.real_gdp_hat - 1.0)
    revenue = new.tariff_revenue - old.tariff_revenue
    concentration = [_concentration(each, given) for each in (old, new)]
    imputed = given.table.imputed_share
    return tuple(
        EconomyChange(
            iso3=code,
            welfare_pct=float(welfare[n]),
            real_gdp_pct=float(gdp[n]),
            exports_pct=float(exports[n]),
            imports_pct=float(imports[n]),
            tariff_revenue_usd_mn=float(revenue[n]),
            partners_hhi_base=float(concentration[0][0][n]),
            partners_hhi=float(concentration[1][0][n]),
            products_hhi_base=float(concentration[0][1][n]),
            products_hhi=float(concentration[1][1][n]),
            imputed_share=float(imputed[n]),
        )
        for n, code in enumerate(labels.economies)
    )


def world_welfare_pct(base: State, changed: State) -> float:
    """Change in real final spending of the world, each economy by its base spending."""
    weight = base.equilibrium.income / base.equilibrium.income.sum()
    hat = changed.equilibrium.real_income_hat / base.equilibrium.real_income_hat
    return float(100.0 * (weight @ hat - 1.0))


def all_ways(given: Setting, base: State, changed: State) -> tuple[WayChange, ...]:
    """What goes by every way between all economies, then what passes every named corridor."""
    found = list(_by_way(given, base, changed))
    found += _by_corridor(given, base, changed)
    return tuple(found)


def all_carriers(given: Setting, base: State, changed: State) -> tuple[CarrierChange, ...]:
    """Every carrier that carries anything before or after, the busiest first in each table."""
    tonnes = (_carrier_tonnes(given, base), _carrier_tonnes(given, changed))
    dwell = _dwell(given, base, changed)
    found = [
        _carrier(base, changed, k, tonnes, dwell)
        for k in range(len(base.carriers.id))
        if max(base.load[k], changed.load[k]) > SMALLEST_FEU
    ]
    return tuple(sorted(found, key=lambda c: (c.table, -c.feu)))


def _pct(new: Floats, old: Floats) -> Floats:
    return np.asarray(100.0 * (new / old - 1.0))


def _concentration(world: Equilibrium, given: Setting) -> list[Floats]:
    """Herfindahl-Hirschman index of partners in goods trade and of exported goods, 0 to 1."""
    goods = given.goods.sectors
    trade = world.trade[goods].copy()
    home = np.arange(trade.shape[1])
    trade[:, home, home] = 0.0
    both = trade.sum(axis=0) + trade.sum(axis=0).T
    products = trade.sum(axis=1).T
    return [
        ((flows / flows.sum(axis=1, keepdims=True)) ** 2).sum(axis=1) for flows in (both, products)
    ]


def _by_way(given: Setting, base: State, changed: State) -> Iterator[WayChange]:
    tonnes = [View(given, s.traffic.by_pair).tonnes.sum(axis=(1, 2)) for s in (base, changed)]
    for k, way in enumerate(ways()):
        yield WayChange(
            id=f"way:{way.id}",
            name=way.name,
            feu_base=float(base.traffic.feu[k]),
            feu=float(changed.traffic.feu[k]),
            tonnes_base=float(tonnes[0][k]),
            tonnes=float(tonnes[1][k]),
            time_h_base=_hours(given, base, base, k),
            time_h=_hours(given, changed, base, k),
        )


def _hours(given: Setting, state: State, weights: State, k: int) -> float | None:
    """Mean hours by a way, over pairs of economies as the base has them (no mix effect)."""
    sums, total = 0.0, 0.0
    for number, skims in enumerate(state.passage.skims):
        own = given.goods.routed_as == number
        flow = weights.traffic.by_pair[own, k].sum(axis=0)
        hours = skims[k].time_h
        at = np.ix_(given.masses.economy, given.masses.economy)
        mass = flow[at] * np.outer(given.masses.share, given.masses.share)
        known = np.isfinite(hours) & np.isfinite(weights.passage.skims[number][k].time_h)
        sums += float((mass[known] * hours[known]).sum())
        total += float(mass[known].sum())
    return sums / total if total > SMALLEST_FEU else None


def _by_corridor(given: Setting, base: State, changed: State) -> Iterator[WayChange]:
    """What passes the corridor's gates: of its groups the one that least passes."""
    network = given.world.network
    columns = {
        "crossings": network.edge_crossing,
        "chokepoints": network.edge_chokepoint,
        "terminals": network.edge_terminal,
    }
    of_corridor = {way.corridor: k for k, way in enumerate(ways()) if way.corridor}
    for corridor in corridors():
        if not corridor.gates:
            continue
        groups = [
            [np.flatnonzero(columns[table] == row) for table, row in group]
            for group in corridor.gates
        ]
        before, after = (
            min((_group(state, group, given) for group in groups), key=_first)
            for state in (base, changed)
        )
        k = of_corridor.get(corridor.id)
        yield WayChange(
            id=corridor.id,
            name=corridor.name,
            feu_base=float(before[0]),
            feu=float(after[0]),
            tonnes_base=float(before[1]),
            tonnes=float(after[1]),
            time_h_base=None if k is None else _hours(given, base, base, k),
            time_h=None if k is None else _hours(given, changed, base, k),
        )


def _group(state: State, gates: list[NDArray[np.intp]], given: Setting) -> Floats:
    return np.asarray(np.sum([_across(state, edges, given) for edges in gates], axis=0))


def _first(pair: Floats) -> float:
    return float(pair[0])


def _across(state: State, edges: NDArray[np.intp], given: Setting) -> Floats:
    """FEU and tonnes a year over edges side by side; a canal drawn as a chain counts once."""
    both = state.traffic.forward[:, edges] + state.traffic.backward[:, edges]
    if not len(edges):
        return np.zeros(2)
    network = given.world.network
    chain = (network.edge_mode[edges] == Mode.SEA).all()
    by_class = both.max(axis=1) if chain else both.sum(axis=1)
    return np.array([by_class.sum(), by_class @ mean_payloads(given, state)])


def mean_payloads(given: Setting, state: State) -> Floats:
    """Tonnes in a container of each class that chooses a way, by what moves, float64[2]."""
    moved = state.volume.sum(axis=(1, 2))
    tonnes = moved * given.goods.payload_t_feu
    return np.array(
        [
            tonnes[given.goods.routed_as == number].sum()
            / max(moved[given.goods.routed_as == number].sum(), 1e-9)
            for number in range(len(state.traffic.forward))
        ]
    )


def _carrier_tonnes(given: Setting, state: State) -> Floats:
    network = given.world.network
    payload = mean_payloads(given, state)
    both = state.traffic.forward + state.traffic.backward
    return np.asarray(
        sum(payload[k] * state.carriers.load(both[k], network) for k in range(len(payload)))
    )


def _dwell(given: Setting, base: State, changed: State) -> tuple[Floats, Floats]:
    """Mean hours at every carrier before and after, both directions; running is not in them."""
    terms = crossing_terms(given.year).time_h.mean(axis=0)
    cargo = ROUTED_AS[0]
    old = base.engine.edge_metrics(given.year, cargo).time_h
    new = changed.engine.edge_metrics(given.year, cargo).time_h
    before = np.full(len(base.carriers.id), np.nan)
    after = before.copy()
    for k, (table, edges) in enumerate(zip(base.carriers.table, base.carriers.edges, strict=True)):
        if table == "crossings":
            before[k] = terms[base.carriers.row[k]]
            after[k] = before[k] + float((new[:, edges] - old[:, edges]).mean())
    return before, after


def _carrier(
    base: State,
    changed: State,
    k: int,
    tonnes: tuple[Floats, Floats],
    dwell: tuple[Floats, Floats],
) -> CarrierChange:
    table, identifier = base.carriers.table[k], base.carriers.id[k]
    row = facts.row(table, identifier)
    trains: tuple[float | None, float | None] = (None, None)
    mode = row.mode if table != "terminals" else "terminal"
    if mode == "rail":
        a_train = float(facts.row("capacity_rules", "feu-a-container-train").value)
        trains = (base.load[k] / a_train / 365.0, changed.load[k] / a_train / 365.0)
    return CarrierChange(
        table=table,
        id=identifier,
        name=f"{row.name_a}-{row.name_b}" if table == "crossings" else row.name,
        economies=_economies(table, row),
        mode=mode,
        feu_base=float(base.load[k]),
        feu=float(changed.load[k]),
        tonnes_base=float(tonnes[0][k]),
        tonnes=float(tonnes[1][k]),
        trains_day_base=trains[0],
        trains_day=trains[1],
        hours_base=_known(dwell[0][k]),
        hours=_known(dwell[1][k]),
        capacity_share_base=_known(base.load[k] / base.carriers.capacity_feu[k]),
        capacity_share=_known(changed.load[k] / changed.carriers.capacity_feu[k]),
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _economies(table: str, row: Any) -> tuple[str, ...]:
    if table == "crossings":
        return (row.economy_a, row.economy_b)
    return tuple(row.economies) if table == "sections" else (row.economy,)
