"""One draw of one scenario, year after year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.averaging import Averaging
from landbridge.assess.carriers import delay
from landbridge.assess.policy import shock_of
from landbridge.assess.setting import Setting
from landbridge.assess.settle import freight_hat
from landbridge.economy.equilibrium import solve
from landbridge.economy.results import Equilibrium
from landbridge.economy.table.elasticities import trade_elasticities
from landbridge.errors import NotConvergedError
from landbridge.levers.effects import Effect
from landbridge.levers.quantity import Quantity
from landbridge.outlook import known as facts
from landbridge.outlook.choice import Entries, Floats, choose
from landbridge.outlook.measures import Flows, measure
from landbridge.outlook.parts import Layer, Parts, Policy, region_of
from landbridge.outlook.states import StateName
from landbridge.outlook.unknowns import Drawn
from landbridge.routing.choice.ways import NESTS, ways

TOLERANCE = 1e-6
"""Of the economy; a hundredth of the smallest change that is shown."""
GAP, ROUNDS = 0.01, 200
"""Hours of queues that may be in doubt, as a share of hours at the carriers watched."""
MEETS = 1e-3
"""Share of what moves by a way that meets a carrier, below which the pair has no part in queues."""
_CONTEXTS = 64


@dataclass(frozen=True, eq=False)
class Shippers:
    """What a draw makes of those who choose, S sectors.

    Attributes
    ----------
    vot_usd_h : float64[S]
    reference : float64[S, E], generalised cost of ways in the reference to them over that to the
        shippers of the facts
    cost_usd_feu : float64[S, P], of a trip in the reference
    """

    vot_usd_h: Floats
    reference: Floats
    cost_usd_feu: Floats


class Chain:
    """Runs draws on parts; keeps what many draws have in common.

    Parameters
    ----------
    parts : what draws share
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._given = cast(
            "Setting", SimpleNamespace(goods=parts.goods, table=SimpleNamespace(base=parts.base))
        )
        self._held = trade_elasticities()
        self._regions = region_of(parts.labels)
        self._modes = np.array([way.nest for way in ways()])[parts.entries.way]
        self._first = parts.layers[StateName(parts.base_year)]
        self._fixed: Layer | None = None
        self._of_reference = solve(parts.base)
        self._near, self._near_entries = _near(parts)
        self._layer = lru_cache(_CONTEXTS)(self._layered)
        self._demand = lru_cache(None)(lambda year: _demand(parts, year))
        self._base_load = self._loads(
            self._weigh(parts.share, self._volume(self._of_reference, None)), self._first
        )

    def run(self, scenario: str, drawn: Drawn, years: Sequence[int]) -> Floats:
        """Measures of every year, float64[Y, M], in the order of `measures.names`.

        Raises
        ------
        NotConvergedError
            Where queues or the economy do not settle in some year.
        """
        parts = self.parts
        base = replace(
            parts.base,
            theta=np.clip(
                self._held.theta + _score(drawn.theta_share) * self._held.spread,
                self._held.low, self._held.high,
            ),
        )  # fmt: skip
        shippers = self._shippers(drawn)
        before = solve(base)
        now, found, load = before, [], self._base_load
        for year in years:
            policies = [*self._of(scenario, year), *self._on(drawn, year)]
            layer = self._fixed or self._layer(self._network(drawn, year), _edges(policies))
            scale = self._growth(drawn, year)
            times = self._times(layer, shippers, drawn, year)
            volume = self._volume(now, scale)
            queue_h, load = self._queues(layer, shippers, times, volume, drawn, load)
            share, hat = choose(
                parts.entries, parts.share, self._slowed(times, layer, shippers, queue_h, drawn),
                drawn.within, drawn.between,
            )  # fmt: skip
            effects: tuple[Effect, ...] = tuple(
                effect for policy in policies for effect in policy.effects[drawn.level]
            )
            now = self._economy(base, shippers, hat, effects, now)
            flow = self._weigh(share, self._volume(now, scale))
            found.append(
                measure(
                    parts,
                    Flows(
                        feu=flow,
                        layer=layer,
                        loads=self._loads(flow, layer),
                        border_factor=drawn.border_factor,
                        queue_h=queue_h,
                    ),
                    now,
                    before,
                    scale,
                )
            )
        return np.asarray(found)

    def fix(self, layer: Layer) -> None:
        """Take one state of the network whatever the year and the events, to compare."""
        self._fixed = layer

    def _of(self, scenario: str, year: int) -> list[Policy]:
        """Policy of a scenario; years already known have none."""
        found = self.parts.policies.get((scenario, year))
        return [] if found is None else [found]

    def _network(self, drawn: Drawn, year: int) -> StateName:
        known = self.parts.spec.known
        return self.parts.main(max(year - drawn.slip_years, known.as_of))

    def _on(self, drawn: Drawn, year: int) -> list[Policy]:
        """Events that are on in a year; of those that contradict one another, the first begun."""
        on = [
            (first, event) for event, (first, last) in drawn.events.items() if first <= year <= last
        ]
        names = [event for _, event in sorted(on)]
        sanctions = [name for name in names if name.startswith("sanctions")]
        return [self.parts.events[n] for n in names if n not in sanctions or n == sanctions[0]]

    def _layered(self, main: StateName, changes: tuple[StateName, ...]) -> Layer:
        """A state with the differences that policies made to the reference put on it."""
        layer = self.parts.layers[main]
        if not changes:
            return layer
        first = self._first
        arrays: dict[str, Any] = dict(vars(layer))
        for change in changes:
            other = self.parts.layers[change]
            with np.errstate(invalid="ignore", divide="ignore"):
                ratio = other.times / first.times
            ratio = np.where(np.isinf(first.times), 1.0, ratio)
            arrays["times"] = arrays["times"] * np.where(np.isinf(other.times), np.inf, ratio)
            for name in ("money_usd_feu", "time_h", "sd_h", "co2_kg_feu", "figures"):
                moved = arrays[name] + getattr(other, name) - getattr(first, name)
                arrays[name] = np.maximum(moved, 0.0)
        counted = [k for k, name in enumerate(self.parts.figures) if name != "border-hours"]
        arrays["figures"] = arrays["figures"].copy()
        arrays["figures"][counted] = np.minimum(arrays["figures"][counted], 1.0)
        return Layer(**arrays)

    def _growth(self, drawn: Drawn, year: int) -> Floats:
        """Size of each economy over that of the base, float64[N]."""
        return self.demand(year) * np.exp(
            np.array([drawn.growth_pct[year][region] for region in self._regions]) / 100.0
        )

    def demand(self, year: int) -> Floats:
        """Output of each economy over that of the base as far as known, float64[N].

        An outlook as of a year before the base takes the base's shape for that year's.
        """
        return self._demand(year)

    def _shippers(self, drawn: Drawn) -> Shippers:
        parts, first = self.parts, self._first
        rows = {r.sector: r for r in facts.rows("sector_freight") if r.exporter is None}
        pct = [
            max(
                Quantity(
                    value=rows[s].time_cost_pct_day,
                    low=rows[s].low_pct_day,
                    high=rows[s].high_pct_day,
                ).at(drawn.time_share),
                0.0,
            )
            for s in parts.goods.id
        ]
        vot = replace(parts.goods, time_cost_pct_day=np.array(pct)).vot_usd_h
        usual = self._paid(first, parts.tastes.vot_usd_h)
        reference = self._paid(first, vot) / usual
        dearer = np.add.reduceat(
            np.concatenate([parts.share * reference, np.zeros((len(vot), 1))], axis=1),
            parts.entries.first[:-1], axis=1,
        )  # fmt: skip
        held = np.add.reduceat(
            np.concatenate([parts.share, np.zeros((len(vot), 1))], axis=1),
            parts.entries.first[:-1], axis=1,
        )  # fmt: skip
        some = (np.diff(parts.entries.first) > 0)[None, :] & (held > 0.5)
        factor = np.where(some, dearer / np.where(held > 0.0, held, 1.0), 1.0)
        return Shippers(vot, reference, parts.cost_usd_feu * factor)

    def _paid(self, layer: Layer, vot: Floats) -> Floats:
        """Generalised cost of ways, float64[S, E]; 1 where a way is not there."""
        of = self.parts.goods.routed_as
        hours = layer.time_h + self.parts.tastes.reliability_ratio * layer.sd_h
        paid = layer.money_usd_feu[of] + vot[:, None] * hours[of]
        return np.where(paid > 0.0, paid, 1.0)

    def _times(self, layer: Layer, shippers: Shippers, drawn: Drawn, year: int) -> Floats:
        """How many times as dear ways are as in the reference, queues apart, float64[S, E]."""
        of = self.parts.goods.routed_as
        usual = self._paid(layer, self.parts.tastes.vot_usd_h)
        money = layer.money_usd_feu * self._money(drawn, year)
        border = layer.figures[self.parts.figures.index("border-hours")]
        hours = (
            layer.time_h
            + self.parts.tastes.reliability_ratio * layer.sd_h
            + border * (drawn.border_factor - 1.0)
        )
        paid = money[of] + shippers.vot_usd_h[:, None] * hours[of]
        own = np.where(paid > 0.0, paid, 1.0) / usual
        return np.asarray(layer.times * own / shippers.reference)

    def _money(self, drawn: Drawn, year: int) -> Floats:
        """Ratio of money to that of the state, float64[2, E]: the markets are those of boxes."""
        ratio = np.ones((2, len(self._modes)))
        for mode, path in drawn.money.items():
            ratio[0, self._modes == NESTS.index(mode)] = path[year]
        return ratio

    def _slowed(
        self, times: Floats, layer: Layer, shippers: Shippers, queue_h: Floats, drawn: Drawn
    ) -> Floats:
        """The same with hours of queues, float64[2, E], on top."""
        of = self.parts.goods.routed_as
        usual = self._paid(layer, shippers.vot_usd_h)
        return np.asarray(times * (1.0 + shippers.vot_usd_h[:, None] * queue_h[of] / usual))

    def _queues(
        self,
        layer: Layer,
        shippers: Shippers,
        times: Floats,
        volume: Floats,
        drawn: Drawn,
        load: Floats,
    ) -> tuple[Floats, Floats]:
        """Hours more at the carriers watched, float64[2, E], and their loads, FEU a year.

        Averages over rounds (`assess.averaging`) until hours and loads agree, from the loads given.
        """
        watched = self.parts.watched
        if not watched:
            return np.zeros_like(layer.time_h), load
        capacity = np.array([w.capacity_feu for w in watched])
        held = np.maximum(self._base_load / capacity, 1.0)
        hours = np.array([w.hours for w in watched]) * drawn.border_factor
        figures = layer.figures[-len(watched) :]
        before = delay(self._base_load / (capacity * held))
        near, of = self._near, self.parts.goods.routed_as
        at, own, here = figures[:, :, near], self.parts.share[:, near], times[:, near]
        weight = shippers.vot_usd_h[:, None] / self._paid(layer, shippers.vot_usd_h)[:, near]
        sent = volume[:, self.parts.entries.pair[near]]
        gap, steps = np.inf, Averaging()
        for _ in range(ROUNDS):
            slow = delay(load / (capacity * held)) / before
            later = hours * np.maximum(slow - 1.0, 0.0)
            queue_h = np.einsum("k,kce->ce", later, at)
            share, _ = choose(
                self._near_entries, own, here * (1.0 + weight * queue_h[of]),
                drawn.within, drawn.between,
            )  # fmt: skip
            flow = share * sent
            found = np.einsum(
                "kce,ce->k", at, np.stack([flow[of == k].sum(axis=0) for k in range(2)])
            )
            wanted = delay(found / (capacity * held)) / before
            total = float(found @ (hours * wanted))
            gap = float(found @ (hours * np.abs(wanted - slow))) / total if total > 0.0 else 0.0
            if gap <= GAP:
                return np.einsum("k,kce->ce", later, figures), found
            load = steps.towards(load, found)
        raise NotConvergedError(
            f"queues at {', '.join(w.name for w in watched)} do not settle in {ROUNDS} rounds, "
            f"{gap:.1%} of hours are in doubt ({GAP:.0%} allowed)"
        )

    def _economy(
        self,
        base: Any,
        shippers: Shippers,
        hat: Floats,
        effects: tuple[Effect, ...],
        start: Equilibrium,
    ) -> Equilibrium:
        count = self.parts.entries.count
        shape = (len(hat), count, count)
        cost = shippers.cost_usd_feu.reshape(shape)
        iceberg = freight_hat(self._given, cost, cost * hat.reshape(shape))
        shock = shock_of(effects, base, self.parts.labels, iceberg)
        return solve(base, shock, start=start, tolerance=TOLERANCE)

    def _volume(self, world: Equilibrium, scale: Floats | None) -> Floats:
        """FEU a year by sector and pair, float64[S, P]."""
        goods = self.parts.goods
        value = world.trade[goods.sector].transpose(0, 2, 1)
        value = value / world.producer_price_hat.T[goods.sector][:, :, None]
        feu = goods.feu(value)
        if scale is not None:
            feu = feu * np.sqrt(np.outer(scale, scale))
        home = np.arange(feu.shape[1])
        feu[:, home, home] = 0.0
        return np.asarray(feu.reshape(len(feu), -1))

    def _weigh(self, share: Floats, volume: Floats) -> Floats:
        return np.asarray(share * volume[:, self.parts.entries.pair])

    def _loads(self, flow: Floats, layer: Layer) -> Floats:
        """FEU a year over each carrier watched."""
        watched = self.parts.watched
        if not watched:
            return np.zeros(0)
        of = self.parts.goods.routed_as
        by_class = np.stack([flow[of == k].sum(axis=0) for k in range(2)])
        return np.asarray(np.einsum("kce,ce->k", layer.figures[-len(watched) :], by_class))


def _near(parts: Parts) -> tuple[NDArray[np.int64], Entries]:
    """Entries of pairs that some way leads over a carrier watched, and how they are laid out."""
    entries, count = parts.entries, len(parts.watched)
    meets = np.zeros(len(entries.way), bool)
    if count:
        for layer in parts.layers.values():
            meets |= (layer.figures[-count:] > MEETS).any(axis=(0, 1))
    pairs = np.unique(entries.pair[meets])
    near = np.flatnonzero(np.isin(entries.pair, pairs))
    pair = entries.pair[near]
    first = np.searchsorted(pair, np.append(pairs, entries.count**2))
    return near, replace(entries, first=first.astype(np.int64), way=entries.way[near], pair=pair)


def _edges(policies: Sequence[Policy]) -> tuple[StateName, ...]:
    return tuple(p.edges for p in policies if p.edges is not None)


def _score(share: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(share))


def _demand(parts: Parts, year: int) -> Floats:
    known = parts.spec.known
    begin = min(parts.base_year, known.as_of)
    level = np.ones(len(parts.labels.economies))
    for k, code in enumerate(parts.labels.economies):
        for step in range(min(begin, year) + 1, max(begin, year) + 1):
            level[k] *= 1.0 + known.growth_pct(code, step) / 100.0
    return level if year >= begin else np.asarray(1.0 / level)
