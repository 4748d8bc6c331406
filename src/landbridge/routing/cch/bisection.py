"""Where a number stands in a sorted row."""

from __future__ import annotations

import numba as nb


@nb.njit(cache=True, nogil=True)
def first_from(row, begin, end, number):  # type: ignore[no-untyped-def]
    """Return the first place in `row[begin:end]` whose entry is not below `number`, or `end`.

    `numpy.searchsorted` does the same and takes a second to compile for each kernel that uses it.
    """
    while begin < end:
        middle = (begin + end) // 2
        if row[middle] < number:
            begin = middle + 1
        else:
            end = middle
    return begin
