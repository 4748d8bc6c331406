"""Which unknown matters most: first-order and total Sobol indices from the draws themselves.

A sparse polynomial is fitted to a result on the points drawn, in Legendre polynomials orthonormal
on the unit cube up to degree two and products of two unknowns; terms come in by orthogonal matching
pursuit until the error left out one at a time no longer falls (Blatman & Sudret 2011, Journal of
Computational Physics 230(6)). Sobol indices are then sums of squared coefficients (Sudret 2008,
Reliability Engineering & System Safety 93(7)). No draws beyond those of the outlook are needed; the
share of variance that the polynomial does not catch is told beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError

Floats = NDArray[np.float64]
FEWEST = 30
"""Draws below which nothing is said."""
MOST_TERMS = 60
STRONGEST = 12
"""Unknowns whose products are tried."""
PATIENCE = 5
"""Terms that may come in without a smaller error."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Indices of one result, shares of its variance.

    Attributes
    ----------
    first : by unknown or group, alone
    total : with all it is combined with
    caught : share of variance that the polynomial catches, on draws left out
    """

    first: Mapping[str, float]
    total: Mapping[str, float]
    caught: float

    @property
    def strongest(self) -> str:
        """The unknown that matters most, by its total index."""
        return max(self.total, key=lambda name: self.total[name])


def group_of(name: str) -> str:
    """What an unknown belongs to: the words before its colon.

    Examples
    --------
    >>> group_of("growth: KAZ"), group_of("value of time")
    ('growth', 'value of time')
    """
    return name.partition(":")[0]


def sensitivity(
    points: Floats, values: Floats, names: Sequence[str], *, grouped: bool = True
) -> Sensitivity:
    """Sobol indices of a result.

    Parameters
    ----------
    points : float64[draws, U] of the unit cube
    values : float64[draws]
    names : of the U unknowns
    grouped : together by `group_of`

    Raises
    ------
    InputError
        For fewer than 30 draws, or values that are not finite or do not vary.

    Examples
    --------
    >>> points = np.random.default_rng(1).random((200, 3))
    >>> found = sensitivity(points, points[:, 0] + 2.0 * points[:, 1], ["a", "b", "c"])
    >>> {name: round(share, 2) for name, share in found.total.items()}
    {'a': 0.2, 'b': 0.8, 'c': 0.0}
    """
    if len(values) < FEWEST:
        raise InputError(
            f"{len(values)} draws say nothing of sensitivity: ask for {FEWEST} or more"
        )
    spread = float(values.std())
    if not np.isfinite(values).all() or not spread > 1e-12 * max(abs(float(values.mean())), 1e-300):
        raise InputError("values that do not vary, or are not finite, have no sensitivity")
    centred = (values - values.mean()) / spread
    terms = _terms(points, centred)
    columns = np.stack([_column(points, term) for term in terms], axis=1)
    chosen, weights, left = _pursuit(columns, centred)
    labels = [group_of(name) if grouped else name for name in names]
    first, total = dict.fromkeys(labels, 0.0), dict.fromkeys(labels, 0.0)
    squares = weights**2
    for k, square in zip(chosen, squares, strict=True):
        involved = {labels[u] for u, _ in terms[k]}
        for label in involved:
            total[label] += float(square)
        if len(involved) == 1:
            first[next(iter(involved))] += float(square)
    whole = float(squares.sum())
    scale = 1.0 / whole if whole > 0.0 else 0.0
    return Sensitivity(
        first={name: share * scale for name, share in first.items()},
        total={name: share * scale for name, share in total.items()},
        caught=max(1.0 - left, 0.0),
    )


Term = tuple[tuple[int, int], ...]


def _terms(points: Floats, values: Floats) -> list[Term]:
    """Terms tried: degrees one and two of every unknown, products of the strongest."""
    count = points.shape[1]
    single: list[Term] = [((u, d),) for u in range(count) for d in (1, 2)]
    strength = [
        sum(abs(float(_column(points, ((u, d),)) @ values)) for d in (1, 2)) for u in range(count)
    ]
    strong = sorted(np.argsort(strength)[::-1][:STRONGEST].tolist())
    pairs: list[Term] = [((a, 1), (b, 1)) for k, a in enumerate(strong) for b in strong[k + 1 :]]
    return single + pairs


def _column(points: Floats, term: Term) -> Floats:
    out = np.ones(len(points))
    for unknown, degree in term:
        x = 2.0 * points[:, unknown] - 1.0
        out *= np.sqrt(3.0) * x if degree == 1 else np.sqrt(5.0) * 0.5 * (3.0 * x * x - 1.0)
    return out


def _pursuit(columns: Floats, values: Floats) -> tuple[list[int], Floats, float]:
    """Terms that come in, their weights, and the variance left, each draw left out in turn."""
    draws = len(values)
    chosen: list[int] = []
    best: tuple[list[int], Floats, float] = ([], np.zeros(0), 1.0)
    residual, waited = values, 0
    norms = np.sqrt((columns**2).sum(axis=0))
    while len(chosen) < min(MOST_TERMS, draws // 3, columns.shape[1]) and waited < PATIENCE:
        score = np.abs(columns.T @ residual) / norms
        score[chosen] = -1.0
        chosen.append(int(score.argmax()))
        design = np.column_stack([np.ones(draws), columns[:, chosen]])
        inverse = np.linalg.pinv(design)
        weights = inverse @ values
        residual = values - design @ weights
        leverage = np.einsum("ij,ji->i", design, inverse)
        out = residual / np.maximum(1.0 - leverage, 1e-9)
        left = float((out**2).mean())
        if left < best[2]:
            best, waited = (list(chosen), weights[1:], left), 0
        else:
            waited += 1
    return best
