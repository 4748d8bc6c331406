"""Flows of a settled world counted as those who publish figures count them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State
from landbridge.assess.transport import send
from landbridge.assess.views import TEU_PER_FEU, View
from landbridge.network.graph import Mode, Network
from landbridge.routing.choice.ways import NESTS, east_asia, ways

Floats = NDArray[np.float64]
Pairs = NDArray[np.bool_]
Measure = Literal["teu", "t"]

GATES = ("dostyk", "khorgos", "erenhot", "manzhouli", "suifenhe")
"""Ways by rail through a gate of China to the west and north."""
SOUTH_EAST_ASIA = ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM")
MEDITERRANEAN = ("EGY", "ISR", "MAR", "TUN")
"""Economies that liner trades join to Europe, beside those that lie in it."""


@dataclass(frozen=True, eq=False)
class Sent:
    """What chosen flows put on the edges, along them and against them, float64[m]."""

    network: Network
    forward: Floats
    backward: Floats

    def over(self, crossings: Iterable[str], *, towards: str | None = None) -> float:
        """What passes crossings, both ways or towards one of the two economies only."""
        order = {row.id: k for k, row in enumerate(facts.rows("crossings"))}
        rows = [order[name] for name in crossings]
        return self._passing(rows, towards)

    def into(self, economy: str, modes: Sequence[str]) -> float:
        """What enters an economy over its crossings by some modes, every entry counted."""
        rows = [
            k
            for k, row in enumerate(facts.rows("crossings"))
            if economy in (row.economy_a, row.economy_b) and row.mode in modes
        ]
        return self._passing(rows, economy)

    def section(self, identifier: str) -> float:
        """Mean over the length of a section, both ways."""
        row = next(k for k, r in enumerate(facts.rows("sections")) if r.id == identifier)
        edges = np.flatnonzero(self.network.edge_section == row)
        km = self.network.edge_length_km[edges]
        return float((self.forward + self.backward)[edges] @ km / km.sum())

    def chokepoint(self, identifier: str) -> float:
        """What passes a chokepoint, both ways; a canal drawn as a chain counts once."""
        row = next(k for k, r in enumerate(facts.rows("chokepoints")) if r.id == identifier)
        edges = np.flatnonzero(self.network.edge_chokepoint == row)
        return float((self.forward + self.backward)[edges].max())

    def _passing(self, rows: Sequence[int], towards: str | None) -> float:
        listed = facts.rows("crossings")
        total = 0.0
        for row in rows:
            edges = self.network.edge_crossing == row
            if towards in (None, listed[row].economy_b):
                total += float(self.forward[edges].sum())
            if towards in (None, listed[row].economy_a):
                total += float(self.backward[edges].sum())
        return total


class Counts:
    """A settled world's flows, asked the way statistics are made.

    Parameters
    ----------
    given, state : of one year
    """

    def __init__(self, given: Setting, state: State) -> None:
        self.given = given
        self.state = state
        self.view = View(given, state.traffic.by_pair)
        self._sent: dict[tuple[Measure, bytes], Sent] = {}

    @property
    def year(self) -> int:
        """Year of the network and its rates."""
        return self.given.year

    @cached_property
    def europe(self) -> tuple[str, ...]:
        """Where China-Europe trains go to, Russia and Belarus included."""
        return self.view.europe

    @cached_property
    def liner_europe(self) -> tuple[str, ...]:
        """Europe and the Mediterranean, as liner trades count it."""
        return (*self.view.europe, *MEDITERRANEAN)

    @cached_property
    def far_east(self) -> tuple[str, ...]:
        """East and South-East Asia, as liner trades count Asia."""
        return (*sorted(east_asia()), *SOUTH_EAST_ASIA)

    def flow(self, origins: Sequence[str], destinations: Sequence[str]) -> Pairs:
        """Pairs of economies from the first to the second, bool[N, N]."""
        chosen = np.zeros((self.given.masses.count,) * 2, bool)
        chosen[np.ix_(self.view.at(origins), self.view.at(destinations))] = True
        return chosen

    def trade(self, one: Sequence[str], other: Sequence[str]) -> Pairs:
        """Pairs of economies in both directions, bool[N, N]."""
        return np.asarray(self.flow(one, other) | self.flow(other, one))

    def out_of(self, economy: str) -> Pairs:
        """Pairs from an economy to every other, bool[N, N]."""
        return self.flow([economy], self.given.table.labels.economies)

    def into(self, economy: str) -> Pairs:
        """Pairs from every other economy to one, bool[N, N]."""
        return self.flow(self.given.table.labels.economies, [economy])

    def without(self, economy: str) -> Pairs:
        """Pairs with neither end in an economy, bool[N, N]."""
        chosen = np.ones((self.given.masses.count,) * 2, bool)
        at = self.view.at([economy])
        chosen[at], chosen[:, at] = False, False
        return chosen

    @property
    def every(self) -> Pairs:
        """All pairs, bool[N, N]."""
        return np.ones((self.given.masses.count,) * 2, bool)

    def sent(self, pairs: Pairs, measure: Measure) -> Sent:
        """The flows of some pairs alone, loaded on the network.

        Shares of the ways do not depend on volume, so tonnes or boxes are loaded as volume is;
        `teu` counts the sectors that ride containers, `t` all of them.
        """
        key = measure, pairs.tobytes()
        if key not in self._sent:
            goods = self.given.goods
            a_feu = (
                TEU_PER_FEU * (goods.routed_as == 0) if measure == "teu" else goods.payload_t_feu
            )
            volume = self.state.volume * np.asarray(a_feu, float)[:, None, None] * pairs
            network = self.state.engine.network
            found = send(
                self.state.passage, goods, self.given.tastes, self.given.masses, volume,
                network.n_edges,
            )  # fmt: skip
            self._sent[key] = Sent(network, found.forward.sum(axis=0), found.backward.sum(axis=0))
        return self._sent[key]

    def transit(self, economy: str, measure: Measure, modes: Sequence[str], pairs: Pairs) -> float:
        """What enters an economy by some modes and ends elsewhere, of some pairs."""
        return self.sent(pairs & self.without(economy), measure).into(economy, modes)

    def teu(self, names: Iterable[str], pairs: Pairs) -> float:
        """TEU of some pairs by some ways."""
        boxed = self.given.goods.routed_as == 0
        flows = self.state.traffic.by_pair[boxed][:, _numbers(names)].sum(axis=(0, 1))
        return float(flows[pairs].sum() * TEU_PER_FEU)

    def tonnes(self, names: Iterable[str], pairs: Pairs, sectors: Sequence[str] = ()) -> float:
        """Tonnes of some pairs by some ways, of some sectors or of all."""
        goods = self.given.goods
        chosen = np.array([not sectors or name in sectors for name in goods.id])
        flows = self.state.traffic.by_pair[:, _numbers(names)].sum(axis=1)
        weighed = (flows * (goods.payload_t_feu * chosen)[:, None, None]).sum(axis=0)
        return float(weighed[pairs].sum())

    def value(self, names: Iterable[str], pairs: Pairs) -> float:
        """Million USD of some pairs by some ways."""
        flows = self.state.traffic.by_pair[:, _numbers(names)].sum(axis=1)
        worth = (flows * self.given.goods.value_usd_feu[:, :, None] / 1e6).sum(axis=0)
        return float(worth[pairs].sum())

    def value_share(self, mode: str, pairs: Pairs) -> float:
        """Part of the value of some pairs by a mode; crude oil and gas count as sea."""
        fuels = float(self._fuels_usd_mn[pairs].sum())
        own = self.value(by_mode(mode), pairs) + (fuels if mode == "sea" else 0.0)
        return own / (self.value(every_way(), pairs) + fuels)

    def weight_share(self, mode: str, pairs: Pairs) -> float:
        """Part of the weight of some pairs by a mode; crude oil and gas count as sea."""
        energy = self.given.goods.id.index("energy-mining")
        a_tonne = self.given.goods.value_usd_t[energy][:, None] / 1e6
        fuels = float((self._fuels_usd_mn / a_tonne)[pairs].sum())
        own = self.tonnes(by_mode(mode), pairs) + (fuels if mode == "sea" else 0.0)
        return own / (self.tonnes(every_way(), pairs) + fuels)

    def goods_trade_usd_bn(self, pairs: Pairs) -> float:
        """Goods trade of some pairs in the base economy, billion USD, fuels included."""
        base = self.given.table.base.trade[self.given.goods.sector].sum(axis=0).T
        return float(base[pairs].sum() / 1e3)

    @cached_property
    def _fuels_usd_mn(self) -> Floats:
        """Crude oil and gas by pair, float64[N, N], grown as freight is."""
        goods, given = self.given.goods, self.given
        value = given.table.base.trade[goods.sector].transpose(0, 2, 1)
        scale = np.sqrt(np.outer(given.growth, given.growth))
        fuels = (value * (1.0 - goods.dry_share)[:, :, None]).sum(axis=0) * scale
        np.fill_diagonal(fuels, 0.0)
        return np.asarray(fuels)


def by_mode(mode: str) -> tuple[str, ...]:
    """Ways of a mode.

    Examples
    --------
    >>> by_mode("air")
    ('air',)
    """
    return tuple(way.id for way in ways() if NESTS[way.nest] == mode)


def every_way() -> tuple[str, ...]:
    """All ways."""
    return tuple(way.id for way in ways())


def _numbers(names: Iterable[str]) -> list[int]:
    order = [way.id for way in ways()]
    return [order.index(name) for name in names]


INLAND = tuple(mode.name.lower() for mode in (Mode.RAIL, Mode.ROAD, Mode.FERRY))
"""Modes whose entries over crossings make transit."""
