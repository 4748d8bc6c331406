"""Small jobs on rows of numbers, for use inside kernels.

The library's own (`numpy.searchsorted`, `numpy.concatenate`, assignment of slices) do the same,
but take seconds to compile into each kernel that uses them.
"""

from __future__ import annotations

import numba as nb
import numpy as np


@nb.njit(cache=True, nogil=True)
def first_from(row, begin, end, number):  # type: ignore[no-untyped-def]
    """Return the first place in `row[begin:end]` whose entry is not below `number`, or `end`."""
    while begin < end:
        middle = (begin + end) // 2
        if row[middle] < number:
            begin = middle + 1
        else:
            end = middle
    return begin


@nb.njit(cache=True, nogil=True)
def grown(row, more):  # type: ignore[no-untyped-def]
    """Return a copy with room for as much again and `more`."""
    longer = np.empty(2 * len(row) + more, row.dtype)
    for i in range(len(row)):
        longer[i] = row[i]
    return longer
