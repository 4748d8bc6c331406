"""Flows of a settled world counted as those who publish figures count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.boxes import teu_of_feu
from landbridge.assess.goods import ENERGY
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State
from landbridge.assess.through import transit
from landbridge.assess.transport import send, split_ways
from landbridge.assess.views import View
from landbridge.network.graph import Mode
from landbridge.routing.choice.ways import NESTS, east_asia, ways
from landbridge.validate.sent import Sent

Floats = NDArray[np.float64]
Pairs = NDArray[np.bool_]
Measure = Literal["teu", "t"]

GATES = ("dostyk", "khorgos", "erenhot", "manzhouli", "suifenhe")
"""Ways by rail through a gate of China to the west and north."""
SOUTH_EAST_ASIA = ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM")
MEDITERRANEAN = ("EGY", "ISR", "MAR", "TUN")
"""Economies that liner trades join to Europe, beside those that lie in it."""


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
        self._trips: dict[tuple[str, tuple[str, ...]], tuple[Pairs, ...]] = {}

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
        `teu` counts what rides containers, `t` everything.
        """
        key = measure, pairs.tobytes()
        if key not in self._sent:
            network = self.state.engine.network
            forward, backward = np.zeros((2, network.n_edges))
            for volume, only in self._amounts(measure, pairs):
                found = send(
                    self.state.passage, self.given.goods, self.given.tastes, self.given.masses,
                    volume, network.n_edges, only=only,
                )  # fmt: skip
                forward += found.forward.sum(axis=0)
                backward += found.backward.sum(axis=0)
            self._sent[key] = Sent(network, forward, backward)
        return self._sent[key]

    def transit(self, economy: str, measure: Measure, modes: Sequence[str], pairs: Pairs) -> float:
        """What crosses an economy's borders by some modes on its way elsewhere, each trip once."""
        crossed = self._crossed(economy, tuple(modes))
        total = 0.0
        for volume, only in self._amounts(measure, pairs & self.without(economy)):
            by_zone, _ = split_ways(
                self.state.passage, self.given.goods, self.given.tastes, self.given.masses, volume
            )
            for flow, used in zip(by_zone, crossed, strict=True):
                total += float(flow[only][used[only]].sum())
        return total

    def _crossed(self, economy: str, modes: tuple[str, ...]) -> tuple[Pairs, ...]:
        """Trips from one neighbour of an economy to another by some modes, bool[W, Z, Z]."""
        key = economy, modes
        if key not in self._trips:
            here = np.array([zone.economy == economy for zone in self.given.zones])
            self._trips[key] = transit(
                self.state.engine.network, self.state.passage, economy, modes,
                ~(here[:, None] | here[None, :]),
            )  # fmt: skip
        return self._trips[key]

    def _amounts(self, measure: Measure, pairs: Pairs) -> Iterator[tuple[Floats, Pairs]]:
        """Boxes or tonnes of some pairs, float64[S, N, N], and the ways they are so by, bool[W].

        Ways by which an FEU of every sector counts alike stand together.
        """
        goods = self.given.goods
        a_feu = teu_of_feu(goods) if measure == "teu" else goods.payload_t_feu[:, None]
        kinds, kind = np.unique(a_feu, axis=1, return_inverse=True)
        kind = np.broadcast_to(kind.ravel(), len(ways()))
        for number in range(kinds.shape[1]):
            each = kinds[:, number][:, None, None]
            yield np.asarray(self.state.volume * each * pairs), np.asarray(kind == number)

    def teu(self, names: Iterable[str], pairs: Pairs) -> float:
        """TEU of some pairs by some ways."""
        rows = _numbers(names)
        a_feu = teu_of_feu(self.given.goods)[:, rows]
        flows = np.einsum("swij,sw->ij", self.state.traffic.by_pair[:, rows], a_feu)
        return float(flows[pairs].sum())

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
        """Part of the value of some pairs by a mode; oil and gas count as sea, gold as air."""
        apart = {each: float(self._apart_usd_mn(each)[pairs].sum()) for each in NESTS}
        own = self.value(by_mode(mode), pairs) + apart[mode]
        return own / (self.value(every_way(), pairs) + sum(apart.values()))

    def weight_share(self, mode: str, pairs: Pairs) -> float:
        """Part of the weight of some pairs by a mode; crude oil and gas count as sea."""
        energy = self.given.goods.id.index(ENERGY)
        a_tonne = self.given.goods.value_usd_t[energy][:, None] / 1e6
        fuels = float((self._apart_usd_mn("sea") / a_tonne)[pairs].sum())
        own = self.tonnes(by_mode(mode), pairs) + (fuels if mode == "sea" else 0.0)
        return own / (self.tonnes(every_way(), pairs) + fuels)

    def goods_trade_usd_bn(self, pairs: Pairs) -> float:
        """Goods trade of some pairs in the base economy, billion USD, fuels included."""
        base = self.given.table.base.trade[self.given.goods.sectors].sum(axis=0).T
        return float(base[pairs].sum() / 1e3)

    def _apart_usd_mn(self, mode: str) -> Floats:
        """What fills no container by pair, float64[N, N], grown as freight is."""
        scale = np.sqrt(np.outer(self.given.growth, self.given.growth))
        apart = self.view.apart(mode) * scale
        np.fill_diagonal(apart, 0.0)
        return np.asarray(apart)


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
