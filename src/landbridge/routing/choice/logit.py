"""Nested choice among ways: what a trip costs on the whole, and the share that goes by each way.

A shipper of a sector pays G_w = money + value of an hour x (hours + reliability ratio x spread) for
way w. Shares fall with the power of cost, as in a logit on its logarithm: within a nest
P(w | n) ~ a_w G_w^-s_n, between nests P(n) ~ I_n^-s with I_n = (sum_w a_w G_w^-s_n)^(-1/s_n), and
the trip costs C = (sum_n I_n^-s)^(-1/s), the price index that belongs to it (McFadden 1978,
Modelling the choice of residential location, for the nests; Allen & Arkolakis 2022, REStud 89(6),
for the power form in transport).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

import landbridge.compiled  # noqa: F401  (before numba)
from landbridge.routing.cch.threads import share_out
from landbridge.routing.choice.sight import Sight

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Tastes:
    """What decides the choice, S sectors and W ways.

    Attributes
    ----------
    vot_usd_h : float64[S], value of an hour, USD per FEU
    reliability_ratio : value of an hour of spread over that of an hour
    constant : float64[S, W], a_w; a way with 0 is not taken by the sector
    nest : int64[W], nest of each way
    within, between : elasticities s_n (in every nest) and s
    sight : what hours and money of some ways seem, over what they are
    """

    vot_usd_h: NDArray[np.float64]
    reliability_ratio: float
    constant: NDArray[np.float64]
    nest: NDArray[np.int64]
    within: float
    between: float
    sight: Sight = field(default_factory=Sight)


@dataclass(frozen=True, slots=True, eq=False)
class Masses:
    """Zones of N economies: Z zones, those of an economy with shares that add to one.

    Attributes
    ----------
    economy : int64[Z], number of the economy of each zone
    share : float64[Z], share of its economy's freight
    count : N
    origin : float64[S, Z], shares of what each sector sends, where goods leave from other places
        than they go to; None where they do not
    """

    economy: NDArray[np.int64]
    share: NDArray[np.float64]
    count: int
    origin: NDArray[np.float64] | None = None

    def of(self, sectors: NDArray[np.bool_]) -> Masses:
        """The same zones for some of the sectors, bool[S]."""
        return self if self.origin is None else replace(self, origin=self.origin[sectors])

    def origins(self, count: int) -> NDArray[np.float64]:
        """Share of every zone in what each of `count` sectors sends, float64[S, Z]."""
        if self.origin is not None:
            return self.origin
        return np.ascontiguousarray(np.broadcast_to(self.share, (count, len(self.share))))


def pair_costs(
    cost_usd_feu: Floats, time_h: Floats, sd_h: Floats, tastes: Tastes, masses: Masses
) -> NDArray[np.float64]:
    """Cost of a trip between economies by sector, USD per FEU, over all ways.

    The harmonic mean over pairs of zones, weighed by their shares of freight (Head & Mayer 2009,
    Illusory Border Effects, with an exponent of -1).

    Parameters
    ----------
    cost_usd_feu, time_h, sd_h : float32[W, Z, Z], NaN where a way is not open

    Returns
    -------
    float64[S, N, N], from the row's economy to the column's; inf where no way is open
    """
    sums = np.zeros((len(tastes.vot_usd_h), masses.count, masses.count))
    origin = masses.origins(len(sums))

    def work(tasks: Iterator[int]) -> None:
        for economy in tasks:
            rows = np.flatnonzero(masses.economy == economy)
            _pair_sums(  # type: ignore[call-arg]
                rows, cost_usd_feu, time_h, sd_h, *_spread(tastes), masses.economy, origin,
                masses.share, sums[:, economy],
            )  # fmt: skip

    share_out(_largest_first(masses), work)
    with np.errstate(divide="ignore"):
        return np.asarray(1.0 / sums)


def split(
    cost_usd_feu: Floats,
    time_h: Floats,
    sd_h: Floats,
    tastes: Tastes,
    masses: Masses,
    volume: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Send volumes between economies over zones and ways.

    Parameters
    ----------
    volume : float64[S, N, N], from the row's economy to the column's

    Returns
    -------
    by_zone : float64[W, Z, Z], summed over sectors
    by_pair : float64[S, W, N, N], volume of each sector by way between economies

    Notes
    -----
    Pairs of zones without any way a sector takes pass its volume on to the others of the two
    economies; volume between economies without any goes nowhere, which `pair_costs` shows as inf.
    """
    n_ways, n_zones, _ = cost_usd_feu.shape
    by_zone = np.zeros((n_ways, n_zones, n_zones))
    by_pair = np.zeros((len(volume), n_ways, masses.count, masses.count))
    origin = masses.origins(len(volume))
    reached = _reached(cost_usd_feu, tastes, masses, origin)

    def work(tasks: Iterator[int]) -> None:
        for economy in tasks:
            rows = np.flatnonzero(masses.economy == economy)
            _split_rows(  # type: ignore[call-arg]
                rows, cost_usd_feu, time_h, sd_h, *_spread(tastes), masses.economy, origin,
                masses.share, volume[:, economy], reached[:, economy], by_zone,
                by_pair[:, :, economy],
            )  # fmt: skip

    share_out(_largest_first(masses), work)
    return by_zone, by_pair


def _spread(tastes: Tastes) -> tuple[Any, ...]:
    return (
        tastes.vot_usd_h,
        tastes.reliability_ratio,
        tastes.constant,
        tastes.nest,
        int(tastes.nest.max()) + 1,
        tastes.within,
        tastes.between,
    )


def _largest_first(masses: Masses) -> list[int]:
    return list(np.argsort(-np.bincount(masses.economy, minlength=masses.count), kind="stable"))


def _reached(
    cost: Floats, tastes: Tastes, masses: Masses, origin: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share of the mass of zone pairs that have a way the sector takes, float64[S, N, N]."""
    member = np.zeros((masses.count, len(masses.share)))
    member[masses.economy, np.arange(len(masses.share))] = 1.0
    alike: dict[bytes, NDArray[np.float64]] = {}
    shares = np.empty((len(origin), masses.count, masses.count))
    for s, (sent, taken) in enumerate(zip(origin, tastes.constant > 0.0, strict=True)):
        key = sent.tobytes() + taken.tobytes()
        if key not in alike:
            linked = np.isfinite(cost[taken]).any(axis=0).astype(float)
            alike[key] = (member * sent) @ linked @ (member * masses.share).T
        shares[s] = alike[key]
    return shares


@nb.njit(cache=True, nogil=True)
def _choice(  # type: ignore[no-untyped-def]
    cost, time, sd, vot, ratio, constant, nest, n_nests, within, between, i, j, utility, inclusive
):
    """Fill utility [W] with a_w G_w^-s_n and inclusive [n] with I_n^-s; return their sum."""
    inclusive[:] = 0.0
    for w in range(len(nest)):
        utility[w] = 0.0
        if constant[w] > 0.0 and cost[w, i, j] == cost[w, i, j]:
            paid = cost[w, i, j] + vot * (time[w, i, j] + ratio * sd[w, i, j])
            utility[w] = constant[w] * paid ** (-within)
            inclusive[nest[w]] += utility[w]
    total = 0.0
    for n in range(n_nests):
        if inclusive[n] > 0.0:
            inclusive[n] = inclusive[n] ** (between / within)
            total += inclusive[n]
    return total


@nb.njit(cache=True, nogil=True)
def _pair_sums(  # type: ignore[no-untyped-def]
    rows, cost, time, sd, vot, ratio, constant, nest, n_nests, within, between, economy, origin,
    share, sums,
):  # fmt: skip
    utility, inclusive = np.empty(len(nest)), np.empty(n_nests)
    for i in rows:
        for j in range(cost.shape[2]):
            for s in range(len(vot)):
                if origin[s, i] * share[j] <= 0.0:
                    continue
                total = _choice(
                    cost, time, sd, vot[s], ratio, constant[s], nest, n_nests, within, between,
                    i, j, utility, inclusive,
                )  # fmt: skip
                if total > 0.0:
                    sums[s, economy[j]] += origin[s, i] * share[j] * total ** (1.0 / between)


@nb.njit(cache=True, nogil=True)
def _split_rows(  # type: ignore[no-untyped-def]
    rows, cost, time, sd, vot, ratio, constant, nest, n_nests, within, between, economy, origin,
    share, volume, reached, by_zone, by_pair,
):  # fmt: skip
    utility, inclusive = np.empty(len(nest)), np.empty(n_nests)
    within_nest = np.empty(n_nests)
    for i in rows:
        for j in range(cost.shape[2]):
            there = economy[j]
            for s in range(len(vot)):
                if volume[s, there] <= 0.0 or origin[s, i] <= 0.0 or reached[s, there] <= 0.0:
                    continue
                sent = volume[s, there] * origin[s, i] * share[j] / reached[s, there]
                total = _choice(
                    cost, time, sd, vot[s], ratio, constant[s], nest, n_nests, within, between,
                    i, j, utility, inclusive,
                )  # fmt: skip
                if total <= 0.0:
                    continue
                within_nest[:] = 0.0
                for w in range(len(nest)):
                    within_nest[nest[w]] += utility[w]
                for w in range(len(nest)):
                    if utility[w] > 0.0:
                        n = nest[w]
                        part = sent * inclusive[n] / total * utility[w] / within_nest[n]
                        by_zone[w, i, j] += part
                        by_pair[s, w, there] += part
