"""Which rows and regressors can tell anything: separation, singletons, collinearity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import lsmr

from landbridge.errors import NotConvergedError

Array = NDArray[np.float64]

ABSORBED_SHARE = 1e-6
"""A regressor with less of its variation left than this is taken as explained by the others."""
_TOLERANCE = 1e-10
_MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Rows that can tell something of the coefficients.

    Attributes
    ----------
    rows : bool[rows]
    separated : rows left out because every flow of one of their groups is zero
    singletons : rows left out because they are alone in one of their groups
    """

    rows: NDArray[np.bool_]
    separated: int
    singletons: int


def kept_rows(trade: Array, groups: Sequence[NDArray[np.int64]], *, poisson: bool) -> Kept:
    """Leave out what a fixed effect fits exactly, until nothing more is.

    A group whose flows are all zero has no finite effect under PPML (Santos Silva & Tenreyro
    2010; Correia, Guimarães & Zylkin 2019), and a row alone in its group is fitted whatever the
    coefficients are.

    Parameters
    ----------
    trade : (rows,) flows
    groups : for each fixed effect, (rows,) group numbers
    poisson : whether groups of zeros are left out

    Examples
    --------
    >>> kept = kept_rows(np.array([0.0, 0.0, 2.0, 3.0, 1.0]), [np.array([0, 0, 1, 1, 2])],
    ...                  poisson=True)
    >>> kept.rows.tolist(), kept.separated, kept.singletons
    ([False, False, True, True, False], 2, 1)
    """
    keep = np.ones(len(trade), bool)
    separated = singletons = 0
    changed = True
    while changed:
        changed = False
        for codes in groups:
            size = codes.max(initial=-1) + 1
            if poisson:
                total = np.bincount(codes[keep], trade[keep], size)
                out = keep & (total[codes] <= 0.0)
                separated += int(out.sum())
                changed |= bool(out.any())
                keep &= ~out
            members = np.bincount(codes[keep], minlength=size)
            out = keep & (members[codes] == 1)
            singletons += int(out.sum())
            changed |= bool(out.any())
            keep &= ~out
    return Kept(keep, separated, singletons)


def unidentified(
    values: Array, names: Sequence[str], groups: Sequence[NDArray[np.int64]]
) -> dict[str, str]:
    """Regressors that cannot be told from the fixed effects or from earlier ones, and why.

    Parameters
    ----------
    values : (rows, K) regressors
    names : K names
    groups : for each fixed effect, (rows,) group numbers

    Raises
    ------
    NotConvergedError
        The regressors could not be freed of the fixed effects.

    Examples
    --------
    >>> x = np.array([[1.0, 2.0, 5.0], [2.0, 4.0, 5.0], [4.0, 8.0, 7.0], [5.0, 10.0, 7.0]])
    >>> unidentified(x, ["a", "twice_a", "by_group"], [np.array([0, 0, 1, 1])])
    {'twice_a': 'a combination of a and the fixed effects', 'by_group': 'absorbed by the fixed \
effects'}
    """
    centred = values - values.mean(axis=0)
    spread = np.linalg.norm(centred, axis=0)
    free = _without_effects(centred, groups)
    reasons: dict[str, str] = {}
    basis: list[Array] = []
    used: list[str] = []
    for column, name in enumerate(names):
        if spread[column] <= 1e-12 * max(1.0, float(np.abs(values[:, column]).max())):
            reasons[name] = "the same in every row"
            continue
        left = free[:, column]
        if _share(left, spread[column]) < ABSORBED_SHARE:
            reasons[name] = "absorbed by the fixed effects"
            continue
        rest = left.copy()
        # Twice, for one pass loses digits where regressors are nearly alike.
        for _ in range(2):
            for direction in basis:
                rest -= direction * float(direction @ rest)
        if _share(rest, float(np.linalg.norm(left))) < ABSORBED_SHARE:
            others = ", ".join(used)
            reasons[name] = f"a combination of {others}" + (
                " and the fixed effects" if groups else ""
            )
            continue
        basis.append(rest / np.linalg.norm(rest))
        used.append(name)
    return reasons


def _share(left: Array, whole: float) -> float:
    return float(left @ left) / whole**2


def _without_effects(values: Array, groups: Sequence[NDArray[np.int64]]) -> Array:
    """Residuals of each column on the dummies of all groups, (rows, K)."""
    if not groups:
        return values
    rows = np.arange(len(values))
    blocks = []
    for codes in groups:
        size = np.maximum(np.bincount(codes), 1)
        weight = 1.0 / np.sqrt(size[codes])
        blocks.append(sparse.csr_matrix((weight, (rows, codes)), (len(values), len(size))))
    dummies = sparse.hstack(blocks, format="csr")
    free = np.empty_like(values)
    for column in range(values.shape[1]):
        found = lsmr(
            dummies, values[:, column], atol=_TOLERANCE, btol=_TOLERANCE, maxiter=_MOST_STEPS
        )
        if found[1] == 7:
            raise NotConvergedError(
                "the fixed effects could not be taken out of a regressor within "
                f"{_MOST_STEPS:,} steps: take fewer effects or fewer years"
            )
        free[:, column] = values[:, column] - dummies @ found[0]
    return free
