"""The nested choice among ways in exact hat algebra, on pairs of economies.

`routing.choice.logit` gives shares from costs between zones. Here the shares of a reference state
are data, and shares and costs of another follow from how many times as dear each way becomes:
within a nest P'(w|n) ~ P(w|n) g_w^-s_n, I_n'/I_n = (sum_w P(w|n) g_w^-s_n)^(-1/s_n), between nests
P'(n) ~ P(n) (I_n'/I_n)^-s, and the trip costs C'/C = (sum_n P(n) (I_n'/I_n)^-s)^(-1/s) (Dekle,
Eaton & Kortum 2008, IMF Staff Papers 55(3), for the algebra; the nests as in `logit`).

`dearer` turns it round: it finds the g under which the reference becomes a state that the full
machinery has measured, so that such a state is met exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

import landbridge.compiled  # noqa: F401  (before numba)

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
FLOOR = 1e-9
"""Share in the reference of a way that only another state has: small enough to change nothing."""


@dataclass(frozen=True, eq=False)
class Entries:
    """Ways that some state has, pair by pair: E entries over P pairs of N economies.

    Attributes
    ----------
    first : int64[P + 1], entries of pair p are first[p] to first[p + 1]
    way, pair : int64[E]
    nest : int64[W], nest of each way
    count : N; pair p leads from economy p // N to p % N
    """

    first: Whole
    way: Whole
    pair: Whole
    nest: Whole
    count: int

    @classmethod
    def where(cls, used: NDArray[np.bool_], nest: Whole) -> Entries:
        """Entries where any state uses a way, from bool[W, N, N].

        Examples
        --------
        >>> used = np.zeros((2, 2, 2), bool)
        >>> used[:, 0, 1] = True
        >>> found = Entries.where(used, np.array([0, 0]))
        >>> found.way.tolist(), found.pair.tolist(), found.first.tolist()
        ([0, 1], [1, 1], [0, 0, 2, 2, 2])
        """
        count = used.shape[1]
        pair, way = np.nonzero(used.reshape(len(used), -1).T)
        first = np.searchsorted(pair, np.arange(count * count + 1))
        return cls(first.astype(np.int64), way, pair, np.asarray(nest, np.int64), count)

    def take(self, dense: NDArray[np.floating]) -> NDArray[np.floating]:
        """Values at the entries of [..., W, N, N], as [..., E]."""
        flat = dense.reshape(*dense.shape[:-2], -1)
        return np.ascontiguousarray(flat[..., self.way, self.pair])


def dearer(
    entries: Entries,
    share: Floats,
    cost: Floats,
    new_share: Floats,
    new_cost: Floats,
    within: float,
    between: float,
) -> Floats:
    """How many times as dear each way is, so that the reference becomes the new state.

    Parameters
    ----------
    share, new_share : float64[S, E]; 0 in the new state is a way that is shut
    cost, new_cost : float64[S, P], inf where no way is open

    Returns
    -------
    float64[S, E]; inf where a way is shut
    """
    out = np.full(share.shape, np.inf)
    _dearer(
        entries.first, entries.way, entries.nest, int(entries.nest.max()) + 1,
        share, cost, new_share, new_cost, within, between, out,
    )  # fmt: skip
    return out


def choose(
    entries: Entries, share: Floats, times: Floats, within: float, between: float
) -> tuple[Floats, Floats]:
    """Shares of ways and cost of trips when ways are `times` as dear as in the reference.

    Parameters
    ----------
    share : float64[S, E], of the reference; they add to one over the ways of a pair, or to zero
    times : float64[S, E]; inf for a way that is shut

    Returns
    -------
    share : float64[S, E]
    cost_hat : float64[S, P], inf where no way is open; 1 where the reference has none

    Examples
    --------
    >>> used = np.zeros((2, 2, 2), bool)
    >>> used[:, 0, 1] = True
    >>> entries = Entries.where(used, np.array([0, 1]))
    >>> new, hat = choose(entries, np.array([[0.5, 0.5]]), np.array([[1.0, np.inf]]), 6.8, 2.5)
    >>> new.tolist(), round(float(hat[0, 1]), 3)
    ([[1.0, 0.0]], 1.32)
    """
    # Powers of whole arrays take a quarter of the time of powers one by one.
    new = share * times**-within
    hat = np.ones((len(share), len(entries.first) - 1))
    _choose(
        entries.first, entries.way, entries.nest, int(entries.nest.max()) + 1,
        share, between / within, between, new, hat,
    )  # fmt: skip
    return new, hat


@nb.njit(cache=True, nogil=True)
def _choose(  # type: ignore[no-untyped-def]
    first, way, nest, n_nests, share, power, between, new, hat
):
    of_nest, moved, part = np.empty(n_nests), np.empty(n_nests), np.empty(n_nests)
    for s in range(share.shape[0]):
        for p in range(len(first) - 1):
            if first[p] == first[p + 1]:
                continue
            of_nest[:] = 0.0
            moved[:] = 0.0
            for e in range(first[p], first[p + 1]):
                n = nest[way[e]]
                of_nest[n] += share[s, e]
                moved[n] += new[s, e]
            whole, total = 0.0, 0.0
            for n in range(n_nests):
                whole += of_nest[n]
                if moved[n] > 0.0:
                    part[n] = of_nest[n] * (moved[n] / of_nest[n]) ** power
                    total += part[n]
            if whole == 0.0:
                continue
            if total == 0.0:
                hat[s, p] = np.inf
                continue
            hat[s, p] = (total / whole) ** (-1.0 / between)
            for e in range(first[p], first[p + 1]):
                if new[s, e] > 0.0:
                    n = nest[way[e]]
                    new[s, e] *= part[n] / total / moved[n]


@nb.njit(cache=True, nogil=True)
def _dearer(  # type: ignore[no-untyped-def]
    first, way, nest, n_nests, share, cost, new_share, new_cost, within, between, out
):
    old, new = np.empty(n_nests), np.empty(n_nests)
    for s in range(share.shape[0]):
        for p in range(len(first) - 1):
            if first[p] == first[p + 1] or not new_cost[s, p] < np.inf or not cost[s, p] < np.inf:
                continue
            old[:] = 0.0
            new[:] = 0.0
            for e in range(first[p], first[p + 1]):
                old[nest[way[e]]] += share[s, e]
                new[nest[way[e]]] += new_share[s, e]
            for e in range(first[p], first[p + 1]):
                if share[s, e] > 0.0 and new_share[s, e] > 0.0:
                    n = nest[way[e]]
                    inclusive = new_cost[s, p] / cost[s, p] * (new[n] / old[n]) ** (-1.0 / between)
                    inside = new_share[s, e] / new[n] / (share[s, e] / old[n])
                    out[s, e] = inclusive * inside ** (-1.0 / within)
