"""What is not known of the years ahead: one dimension each, and what a point of them means."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from landbridge.levers.quantity import Quantity
from landbridge.outlook import known as facts
from landbridge.outlook.anchor import joined
from landbridge.outlook.known import SEA, Known
from landbridge.outlook.past_errors import regions
from landbridge.routing.rates.sea import feu_per_scfi_teu, market_usd_feu

Floats = NDArray[np.float64]
COMMON = "growth: common"
SLIP, BORDERS = "sections: slip", "borders: hours"
THETA, TIME = "trade elasticities", "value of time"
BETWEEN, WITHIN = "choice: between modes", "choice: between routes"
SIZES = "sizes of levers"
LEVELS = 9
"""Sizes of levers that are worked out; a draw takes the nearest."""
_CHOICE = {BETWEEN: "elasticity-between", WITHIN: "elasticity-within"}


@dataclass(frozen=True, slots=True)
class Market:
    """A freight market in its two regimes, from an index as far as known.

    Attributes
    ----------
    mode : whose money it moves
    level : log of the index at the money that the network of that date takes
    calm, tight : mean log level of each regime; tight is None where no year was
    spread : standard deviation of log levels within regimes
    begins_tight : whether that level is a tight one
    to_tight, to_calm : yearly probability of a change, by Jeffreys from the years known
    """

    mode: str
    level: float
    calm: float
    tight: float | None
    spread: float
    begins_tight: bool
    to_tight: float
    to_calm: float


def markets(known: Known) -> tuple[Market, ...]:
    """Every market of `rate_regimes.csv` whose index has three years known.

    Examples
    --------
    >>> from landbridge.outlook.known import known
    >>> [market.mode for market in markets(known())]
    ['sea', 'rail', 'air']
    """
    found = []
    for row in facts.rows("rate_regimes"):
        path = joined([known.rates.get(index, {}) for index in row.indices])
        if len(path) < 3:
            continue
        years = sorted(path)
        middle = median(path.values())
        is_tight = {y: path[y] > row.tight_over_median * middle for y in years}
        logs = {y: math.log(path[y]) for y in years}
        calm = [logs[y] for y in years if not is_tight[y]]
        tight = [logs[y] for y in years if is_tight[y]]
        means = {False: sum(calm) / len(calm), True: sum(tight) / len(tight) if tight else 0.0}
        spread = math.sqrt(sum((logs[y] - means[is_tight[y]]) ** 2 for y in years) / (len(years)))
        changes = {False: 0, True: 0}
        stays = {False: 0, True: 0}
        for one, other in pairwise(years):
            stays[is_tight[one]] += other - one
            changes[is_tight[one]] += is_tight[one] != is_tight[other]
        level = logs[years[-1]]
        if SEA in row.indices and known.as_of > years[-1]:
            # The network's own rate of the year: after the last index it is made of quotes.
            level = math.log(market_usd_feu(known.as_of) / feu_per_scfi_teu())
        found.append(
            Market(
                mode=row.mode,
                level=level,
                calm=means[False],
                tight=means[True] if tight else None,
                spread=spread,
                begins_tight=math.exp(level) > row.tight_over_median * middle,
                to_tight=(changes[False] + 0.5) / (stays[False] + 1.0),
                to_calm=(changes[True] + 0.5) / (stays[True] + 1.0),
            )
        )
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Unknowns:
    """Names of the U dimensions and what their points mean.

    Attributes
    ----------
    names : of every dimension; what stands before a colon is its group
    """

    known: Known
    names: tuple[str, ...]
    markets: tuple[Market, ...]
    probabilities: Mapping[str, float]
    anchored: tuple[str, ...]

    @classmethod
    def of(
        cls, known: Known, probabilities: Mapping[str, float], anchored: Sequence[str]
    ) -> Unknowns:
        """Everything that is drawn.

        Parameters
        ----------
        probabilities : yearly, of each event of `known.hazards`
        anchored : series whose growth beyond the model's is drawn
        """
        of_markets = markets(known)
        names = [COMMON, *(f"growth: {region}" for region in _regions())]
        names += [SLIP, BORDERS, THETA, TIME, BETWEEN, WITHIN, SIZES]
        for market in of_markets:
            names.append(f"rates: {market.mode} level")
            if market.tight is not None:
                names += [f"rates: {market.mode} first turn", f"rates: {market.mode} second turn"]
        for event in known.hazards:
            names += [f"{event}: begins", f"{event}: lasts"]
        names += [f"beyond the model: {series}" for series in anchored]
        return cls(known, tuple(names), of_markets, dict(probabilities), tuple(anchored))

    def at(self, point: Floats, years: Sequence[int]) -> Drawn:
        """What a point of the unit cube means for these years."""
        share = dict(zip(self.names, map(float, point), strict=True))
        z = {name: float(ndtri(value)) for name, value in share.items()}
        return Drawn(
            growth_pct={year: self._growth_errors(z, year) for year in years},
            slip_years=int(max(_quantity("slip").at(share[SLIP]), 0.0)),
            border_factor=math.exp(self._border_spread * z[BORDERS]),
            theta_share=share[THETA],
            time_share=share[TIME],
            between=max(_choice(BETWEEN).at(share[BETWEEN]), 0.1),
            within=max(_choice(WITHIN).at(share[WITHIN]), 0.2),
            level=min(int(share[SIZES] * LEVELS), LEVELS - 1),
            money={m.mode: _path(m, share, z, years) for m in self.markets},
            events={event: self._when(event, share, years) for event in self.known.hazards},
            beyond={series: z[f"beyond the model: {series}"] for series in self.anchored},
        )

    @property
    def _border_spread(self) -> float:
        """Standard deviation of the log of yearly hours at borders of rail, as far as known."""
        logs = [
            math.log(factor)
            for (_, mode), path in self.known.border_factors.items()
            if mode == "rail" and len(path) > 1
            for factor in path.values()
        ]
        return float(np.std(logs)) if len(logs) > 2 else 0.0

    def _growth_errors(self, z: Mapping[str, float], year: int) -> dict[str, float]:
        """Error of the level of output by region, per cent (log)."""
        known = self.known
        start = int(known.edition[:4]) if known.edition else known.as_of
        common, regional, single = _error_sizes(known, max(year - start, 0))
        alone = {"CHN", "KAZ", "RUS"}
        return {
            region: common * z[COMMON]
            + (single if region in alone else regional) * z[f"growth: {region}"]
            for region in _regions()
        }

    def _when(
        self, event: str, share: Mapping[str, float], years: Sequence[int]
    ) -> tuple[int, int]:
        """First and last year of an event; the first is after the last where it does not come."""
        chance = self.probabilities[event]
        if chance <= 0.0:
            return years[-1] + 1, years[-1]
        wait = _geometric(share[f"{event}: begins"], chance)
        lasts = 1 + _geometric(
            share[f"{event}: lasts"], 1.0 / max(self.known.hazards[event].mean_years, 1.0)
        )
        begins = years[0] + wait
        return begins, begins + lasts - 1


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One possible course of what is not known.

    Attributes
    ----------
    growth_pct : error of the level of output by year and region, per cent
    slip_years : by which what is to open opens late
    border_factor : hours at borders over those of the facts
    theta_share, time_share : shares of probability of trade elasticities and the cost of a day
    between, within : elasticities of the choice
    level : which of the sizes of levers
    money : by mode, ratio of its money to that of the last year known, for every year
    events : first and last year of each
    beyond : standard normal score of the growth of a series beyond the model's
    """

    growth_pct: Mapping[int, Mapping[str, float]]
    slip_years: int
    border_factor: float
    theta_share: float
    time_share: float
    between: float
    within: float
    level: int
    money: Mapping[str, Mapping[int, float]]
    events: Mapping[str, tuple[int, int]]
    beyond: Mapping[str, float]


def _regions() -> list[str]:
    return sorted(set(regions().values()))


def _quantity(identifier: str) -> Quantity:
    row = facts.row("outlook_unknowns", identifier)
    return Quantity(value=row.value, low=row.low, high=row.high)


def _choice(name: str) -> Quantity:
    row = facts.row("choice_constants", _CHOICE[name])
    return Quantity(value=row.value, low=row.low, high=row.high)


def _geometric(share: float, chance: float) -> int:
    """Years before the first success of yearly chance, at a share of probability."""
    if chance >= 1.0:
        return 0
    return math.floor(math.log1p(-share) / math.log1p(-chance))


@cache
def _error_sizes(known: Known, horizon: int) -> tuple[float, float, float]:
    """Root mean square errors at a horizon: common, regional, single; beyond the record by sqrt."""
    rows = known.growth_errors
    if not rows:
        return _errors_of_trend(known, horizon)
    reach = max(row.horizon_years for row in rows)
    at = [row for row in rows if row.horizon_years == min(horizon, reach)]
    scale = math.sqrt(max(horizon, 1) / max(reach, 1)) if horizon > reach else 1.0
    common, regional, single = (
        scale * math.sqrt(sum(getattr(row, name) ** 2 for row in at) / len(at))
        for name in ("common_pct", "regional_pct", "single_pct")
    )
    return common, regional, single


def _errors_of_trend(known: Known, horizon: int) -> tuple[float, float, float]:
    """Where no forecast has been followed up yet: spread of observed growth round its mean."""
    paths = [p for p in known.observed_growth_pct.values() if len(p) > 2]
    years = sorted({y for p in paths for y in p})
    shared = [
        median([p[y] - float(np.mean(list(p.values()))) for p in paths if y in p]) for y in years
    ]
    own = [
        p[y] - float(np.mean(list(p.values()))) - s
        for y, s in zip(years, shared, strict=True)
        for p in paths
        if y in p
    ]
    root = math.sqrt(max(horizon, 0.5))
    common, single = float(np.std(shared)) * root, float(np.std(own)) * root
    return common, 0.5 * single, single


def _path(
    market: Market, share: Mapping[str, float], z: Mapping[str, float], years: Sequence[int]
) -> dict[int, float]:
    """Money over that of today: today's level until the market turns, then its regimes' means."""
    shift = market.spread * z[f"rates: {market.mode} level"]
    if market.tight is None:
        return dict.fromkeys(years, math.exp(shift))
    chances = [market.to_calm, market.to_tight]
    means = [market.calm, market.tight]
    if not market.begins_tight:
        chances.reverse()
        means.reverse()
    first = years[0] + _geometric(share[f"rates: {market.mode} first turn"], chances[0])
    second = first + 1 + _geometric(share[f"rates: {market.mode} second turn"], chances[1])
    found = {}
    for year in years:
        level = market.level if year < first else means[0 if year < second else 1]
        found[year] = math.exp(level + shift - market.level)
    return found
