"""Flows drawn together as those who publish them count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.boxes import teu_of_feu
from landbridge.assess.goods import ENERGY, METALS
from landbridge.assess.setting import Setting
from landbridge.routing.choice.ways import NESTS, XINJIANG, broad_gauge, east_asia, ways

APART = {ENERGY: "sea", METALS: "air"}
"""Mode in statistics of what fills no container of a sector: tankers, vaults."""
CENTRAL_ASIA = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
#: China Railway counts as China-Europe what ends in Russia and Belarus too, not in Central Asia.
EUROPE_MORE = ("GBR", "CHE", "NOR", "RUS", "BLR", "UKR", "MDA", "SRB", "TUR", "GEO", "AZE", "ARM")


@dataclass(frozen=True, eq=False)
class View:
    """Flows by sector, way and pair, `by_pair` float64[S, W, N, N] FEU a year from the row."""

    given: Setting
    by_pair: NDArray[np.float64]

    @cached_property
    def _boxes(self) -> NDArray[np.float64]:
        """TEU by way and pair, float64[W, N, N]."""
        return np.asarray(np.einsum("swij,sw->wij", self.by_pair, teu_of_feu(self.given.goods)))

    @cached_property
    def _value(self) -> NDArray[np.float64]:
        """Million USD by way and pair, float64[W, N, N]."""
        worth = self.given.goods.value_usd_feu[:, None, :, None] / 1e6
        return np.asarray((self.by_pair * worth).sum(axis=0))

    @cached_property
    def tonnes(self) -> NDArray[np.float64]:
        """Tonnes by way and pair, float64[W, N, N]."""
        payload = self.given.goods.payload_t_feu[:, None, None, None]
        return np.asarray((self.by_pair * payload).sum(axis=0))

    def at(self, codes: Sequence[str]) -> NDArray[np.int64]:
        """Positions of economies that the base has a row for."""
        known = self.given.table.labels.economies
        return np.array([known.index(code) for code in codes if code in known], np.int64)

    @cached_property
    def eu(self) -> tuple[str, ...]:
        """Members of the European Union."""
        return tuple(next(r for r in facts.rows("trade_blocs") if r.id == "eu").members)

    @cached_property
    def europe(self) -> tuple[str, ...]:
        """Where China-Europe trains go to."""
        return (*self.eu, *EUROPE_MORE)

    def teu(self, way: str) -> float:
        """TEU a year by a way, all pairs."""
        return float(self._boxes[_number(way)].sum())

    def tonnes_by(self, way: str) -> float:
        """Tonnes a year by a way, all pairs."""
        return float(self.tonnes[_number(way)].sum())

    def china_europe_teu(self, way: str) -> float:
        """TEU a year of China and Europe by a way, both directions, Russia and Belarus included."""
        return _both(self._boxes[_number(way)], self.at(["CHN"]), self.at(self.europe))

    def china_to_europe_teu(self, way: str) -> float:
        """TEU a year from China to Europe by a way, one direction."""
        at = np.ix_(self.at(["CHN"]), self.at(self.europe))
        return float(self._boxes[_number(way)][at].sum())

    def china_eu_teu(self, way: str) -> float:
        """TEU a year of China and the EU by a way, both directions."""
        return _both(self._boxes[_number(way)], self.at(["CHN"]), self.at(self.eu))

    def china_eu_value(self, mode: str) -> tuple[float, float]:
        """Million USD of EU imports from China and exports to it by a mode."""
        china, eu = self.at(["CHN"]), self.at(self.eu)
        flows = self._value[_of_mode(mode)].sum(axis=0)
        return float(flows[np.ix_(china, eu)].sum()), float(flows[np.ix_(eu, china)].sum())

    def broad_gauge_t(self, mode: str) -> float:
        """Tonnes a year among the economies of 1520 mm by a mode."""
        at = self.at(sorted(broad_gauge()))
        return float(self.tonnes[_of_mode(mode)].sum(axis=0)[np.ix_(at, at)].sum())

    def china_central_asia(self, mode: str) -> float:
        """Million USD a year of China and Central Asia by a mode, both directions."""
        flows = self._value[_of_mode(mode)].sum(axis=0)
        return _both(flows, self.at(["CHN"]), self.at(CENTRAL_ASIA))

    def land_over_air(self) -> float:
        """Value of the trade of China and Central Asia by road and rail over that by air."""
        land = self.china_central_asia("road") + self.china_central_asia("rail")
        return land / self.china_central_asia("air")

    def over_gates_mt(self, economy: str) -> float:
        """Million tonnes by rail between East Asia and the west over the gates of Xinjiang.

        With no end in the economy named, and without what goes on over the Caspian and Iran.
        """
        others = [code for code in self.given.table.labels.economies if code != economy]
        east = [code for code in others if code in east_asia()]
        west = [code for code in others if code not in east_asia()]
        by = [k for k, way in enumerate(ways()) if way.id in XINJIANG]
        return _both(self.tonnes[by].sum(axis=0), self.at(east), self.at(west)) / 1e6

    def between_mt(self, one: str, other: str, mode: str) -> float:
        """Million tonnes a mode carries between two economies, both directions."""
        flows = self.tonnes[_of_mode(mode)].sum(axis=0)
        return _both(flows, self.at([one]), self.at([other])) / 1e6

    def extra_eu(self, mode: str) -> float:
        """Million USD a year of the EU with the rest of the world by a mode, both directions.

        Crude oil and gas count as sea: statistics of trade by mode hold tankers, and what rides
        pipelines (a quarter or so) is in no source by pair. Precious metals count as air.
        """
        eu = self.at(self.eu)
        others = np.setdiff1d(np.arange(self.given.masses.count), eu)
        flows = self._value[_of_mode(mode)].sum(axis=0)
        return _both(flows + self.apart(mode), eu, others)

    def apart(self, mode: str) -> NDArray[np.float64]:
        """Million USD by pair, float64[N, N], of what fills no container, by the mode it goes by.

        Crude oil and gas by sea, precious metals by air, nothing by rail and road.
        """
        goods, trade = self.given.goods, self.given.table.base.trade
        of_mode = np.array([APART.get(name) == mode for name in goods.id])
        value = trade[goods.sector].transpose(0, 2, 1)
        share = (1.0 - goods.dry_share) * (goods.part * of_mode)[:, None]
        return np.asarray((value * share[:, :, None]).sum(axis=0))


def _both(flows: NDArray[np.float64], one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    return float(flows[np.ix_(one, other)].sum() + flows[np.ix_(other, one)].sum())


def _number(way: str) -> int:
    return next(k for k, each in enumerate(ways()) if each.id == way)


def _of_mode(mode: str) -> list[int]:
    return [k for k, way in enumerate(ways()) if NESTS[way.nest] == mode]
