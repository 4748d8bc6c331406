"""Two settled worlds compared the way the published studies compare theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State
from landbridge.routing.choice.ways import NESTS, ways

Floats = NDArray[np.float64]
Pairs = NDArray[np.bool_]
BY_RAIL_OR_SEA = ("rail", "sea")
"""Modes whose times de Soyres et al. (2018) compare."""


@dataclass(frozen=True, eq=False)
class Worlds:
    """The world without something and with it, settled on one base; changes are per cent."""

    given: Setting
    without: State
    with_it: State

    @cached_property
    def time_pct(self) -> Floats:
        """Change of least hours by rail or sea between economies, float64[N, N].

        Hours between two economies are the mean over their cities by mass, as the paper weighs its
        cities by people; NaN where no way is open.
        """
        return _pct(self._hours(self.with_it), self._hours(self.without))

    @cached_property
    def cost_pct(self) -> Floats:
        """Change of what a container costs, money and time, mean over sectors, float64[N, N]."""
        change = _pct(self.with_it.freight, self.without.freight)
        known = np.isfinite(change)
        count = known.sum(axis=0)
        total = np.where(known, change, 0.0).sum(axis=0)
        nothing = np.full(count.shape, np.nan)
        return np.asarray(np.divide(total, count, out=nothing, where=count > 0))

    def mean(self, change: Floats, pairs: Pairs) -> float:
        """Mean over pairs of economies, each counted once, as the paper's averages."""
        chosen = pairs & np.isfinite(change)
        np.fill_diagonal(chosen, False)
        return float(change[chosen].mean())

    def exports_pct(self, codes: Sequence[str] | None = None, *, among: bool = False) -> float:
        """Change of goods exports of some economies or of the world, or among the economies."""
        at = self._at(codes)
        goods = self.given.goods.sectors
        found = []
        for state in (self.without, self.with_it):
            trade = state.equilibrium.trade[goods].sum(axis=0)
            np.fill_diagonal(trade, 0.0)
            found.append(trade[np.ix_(at, at)].sum() if among else trade[:, at].sum())
        return float(100.0 * (found[1] / found[0] - 1.0))

    def income_pct(self, codes: Sequence[str] | None = None) -> float:
        """Change of real income of some economies together or of the world."""
        at = self._at(codes)
        without, with_it = (s.equilibrium for s in (self.without, self.with_it))
        weight = without.income[at]
        hat = with_it.real_income_hat[at] / without.real_income_hat[at]
        return float(100.0 * (weight @ hat / weight.sum() - 1.0))

    def gdp_pct(self, codes: Sequence[str] | None = None) -> float:
        """Change of real GDP of some economies together or of the world."""
        at = self._at(codes)
        without, with_it = (s.equilibrium for s in (self.without, self.with_it))
        weight = without.value_added[at]
        hat = with_it.real_gdp_hat[at] / without.real_gdp_hat[at]
        return float(100.0 * (weight @ hat / weight.sum() - 1.0))

    def gain_share_pct(self, codes: Sequence[str]) -> float:
        """Part of the world's gain in real income that falls to some economies."""
        without, with_it = (s.equilibrium for s in (self.without, self.with_it))
        gain = without.income * (with_it.real_income_hat / without.real_income_hat - 1.0)
        return float(100.0 * gain[self._at(codes)].sum() / gain.sum())

    def pairs(self, one: Sequence[str], other: Sequence[str]) -> Pairs:
        """Pairs between two groups of economies, both directions, bool[N, N]."""
        chosen = np.zeros((self.given.masses.count,) * 2, bool)
        chosen[np.ix_(self._at(one), self._at(other))] = True
        return np.asarray(chosen | chosen.T)

    @property
    def every(self) -> Pairs:
        """Pairs of all economies that have a row of their own, bool[N, N]."""
        named = [code for code in self.given.table.labels.economies if code != "ROW"]
        return self.pairs(named, named)

    def _hours(self, state: State) -> Floats:
        masses = self.given.masses
        chosen = [k for k, way in enumerate(ways()) if NESTS[way.nest] in BY_RAIL_OR_SEA]
        least = np.full((len(masses.economy),) * 2, np.inf)
        for k in chosen:
            hours = state.passage.skims[0][k].time_h
            least = np.fmin(least, np.where(np.isfinite(hours), hours, np.inf))
        known = np.isfinite(least)
        weight = np.outer(masses.share, masses.share) * known
        member = np.zeros((masses.count, len(masses.economy)))
        member[masses.economy, np.arange(len(masses.economy))] = 1.0
        sums = member @ (np.where(known, least, 0.0) * weight) @ member.T
        total = member @ weight @ member.T
        return np.asarray(np.divide(sums, total, out=np.full_like(sums, np.nan), where=total > 0))

    def _at(self, codes: Sequence[str] | None) -> NDArray[np.int64]:
        known = self.given.table.labels.economies
        listed = known if codes is None else codes
        return np.array([known.index(code) for code in listed if code in known], np.int64)


def members(organisation: str, year: int) -> tuple[str, ...]:
    """Economies of an organisation in a year.

    Examples
    --------
    >>> "KAZ" in members("bri", 2019)
    True
    """
    return tuple(
        sorted(
            {
                row.economy
                for row in facts.rows("memberships")
                if row.organisation == organisation
                and (row.from_year is None or row.from_year <= year)
                and (row.to_year is None or row.to_year >= year)
            }
        )
    )


def corridor_economies(identifier: str) -> tuple[str, ...]:
    """China and the economies a corridor leads through, or to where it leads through none.

    Examples
    --------
    >>> corridor_economies("new-eurasian-land-bridge")
    ('CHN', 'KAZ', 'RUS', 'BLR', 'POL')
    """
    row = facts.row("corridors", identifier)
    return tuple(dict.fromkeys(("CHN", *(row.through or row.other_end_in or ()))))


def _pct(new: Floats, old: Floats) -> Floats:
    """Per cent change, NaN where either is not finite."""
    both = np.isfinite(new) & np.isfinite(old)
    ratio = np.divide(new, old, out=np.full_like(old, np.nan), where=both)
    return np.asarray(100.0 * (ratio - 1.0))
