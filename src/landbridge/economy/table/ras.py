"""RAS: the table nearest to a given one (in entropy) that has the wanted sums."""

from __future__ import annotations

import numpy as np

from landbridge.economy.base import Array
from landbridge.errors import InputError, NotConvergedError


def ras(
    table: Array,
    rows: Array,
    columns: Array,
    *,
    tolerance: float = 1e-13,
    max_rounds: int = 20_000,
) -> Array:
    """Scale rows and columns in turn until both add to what is wanted.

    Parameters
    ----------
    table : (R, C) array
        The prior, not negative.
    rows : (R,) array
        Wanted sums of rows.
    columns : (C,) array
        Wanted sums of columns; they add to the same total as `rows`.

    Returns
    -------
    (R, C) array
        Zeros stay zeros.

    Raises
    ------
    InputError
        Something is negative, totals differ, or a wanted sum stands over zeros only; every
        problem is listed.
    NotConvergedError
        No table with these zeros has these sums.

    Examples
    --------
    >>> ras(np.ones((2, 2)), np.array([3.0, 1.0]), np.array([2.0, 2.0])).tolist()
    [[1.5, 1.5], [0.5, 0.5]]
    """
    problems = _problems(table, rows, columns)
    if problems:
        raise InputError("the table cannot be balanced:\n- " + "\n- ".join(problems))
    found = np.array(table, dtype=np.float64)
    scale = float(rows.sum())
    for _ in range(max_rounds):
        found *= _ratio(columns, found.sum(axis=0))
        sums = found.sum(axis=1)
        if np.abs(sums - rows).max() <= tolerance * scale:
            return found
        found *= _ratio(rows, sums)[:, None]
    gap = np.abs(found.sum(axis=0) - columns).max() / scale
    raise NotConvergedError(
        f"the table does not balance: sums are off by {gap:.2g} of the total after {max_rounds} "
        "rounds; look for a row or column whose zeros leave no room for its sum"
    )


def _ratio(wanted: Array, found: Array) -> Array:
    return np.divide(wanted, found, out=np.zeros_like(found), where=found > 0.0)


def _problems(table: Array, rows: Array, columns: Array) -> list[str]:
    problems = []
    for what, values in (("cells", table), ("wanted rows", rows), ("wanted columns", columns)):
        bad = np.argwhere(~(values >= 0.0))
        if len(bad):
            problems.append(f"{what} are negative or not finite at {bad[:4].tolist()}")
    if problems:
        return problems
    total = max(float(rows.sum()), float(columns.sum()))
    if abs(rows.sum() - columns.sum()) > 1e-9 * total:
        problems.append(f"rows add to {rows.sum():.9g}, columns to {columns.sum():.9g}")
    for what, wanted, sums in (
        ("row", rows, table.sum(axis=1)),
        ("column", columns, table.sum(axis=0)),
    ):
        empty = np.flatnonzero((wanted > 0.0) & (sums == 0.0))
        if empty.size:
            problems.append(f"{what}s {empty.tolist()} are all zero and should add to more")
    return problems
