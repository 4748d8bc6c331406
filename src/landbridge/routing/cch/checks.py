"""What callers hand over, made into the arrays the kernels take."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.errors import InputError


def checked_nodes(name: str, nodes: ArrayLike, n_nodes: int) -> NDArray[np.int64]:
    """Return nodes as int64[k]; raise `InputError` when one does not exist.

    Examples
    --------
    >>> checked_nodes("sources", [2, 0], 3)
    array([2, 0])
    """
    given = np.asarray(nodes)
    if given.size == 0:
        return np.zeros(0, dtype=np.int64)
    if given.ndim != 1 or not np.issubdtype(given.dtype, np.integer):
        raise InputError(f"{name} must be one row of whole numbers, not {given.dtype}{given.shape}")
    low, high = int(given.min()), int(given.max())
    if low < 0 or high >= n_nodes:
        raise InputError(
            f"{name} holds node {low if low < 0 else high}; nodes run from 0 to {n_nodes - 1}"
        )
    return given.astype(np.int64)


def checked_offsets(name: str, offsets: ArrayLike | None, n: int) -> NDArray[np.float32]:
    """Return offsets as float32[n], zeros when none are given; raise `InputError` below 0.

    Examples
    --------
    >>> checked_offsets("source_offsets", None, 2)
    array([0., 0.], dtype=float32)
    """
    if offsets is None:
        return np.zeros(n, dtype=np.float32)
    given = np.asarray(offsets)
    if given.shape != (n,):
        raise InputError(f"{name} has shape {given.shape}; {n} places need one each")
    if not (given >= 0).all():
        raise InputError(f"{name} holds {given[~(given >= 0)][0]}: offsets must be 0 or more")
    return given.astype(np.float32)
