"""Published effects of policies, as quantities a lever may take for its default."""

from __future__ import annotations

from landbridge import facts
from landbridge.levers.quantity import Quantity

Z_90 = 1.6449
"""Standard errors from the estimate to either end of a 90 % interval (normal)."""


def effect(identifier: str) -> Quantity:
    """One row of `effect_sizes.csv`, or of `gravity_estimates.csv`, with its 90 % interval.

    The interval is the published one; where only a standard error is, it reaches 1.645 of them
    to either side; where neither is, the value stands alone.

    Raises
    ------
    UnknownNameError
        With the closest ids of `effect_sizes.csv`.

    Examples
    --------
    >>> effect("visa-travel").value
    0.2231
    >>> effect("agreement").low < 0.4 < effect("agreement").value < 0.6
    True
    """
    estimates = facts.by_id("gravity_estimates")
    if identifier in estimates:
        row = estimates[identifier]
        return _around(row.value, row.standard_error)
    row = facts.row("effect_sizes", identifier)
    if row.low is not None:
        return Quantity(value=row.value, low=row.low, high=row.high)
    return _around(row.value, row.standard_error)


def _around(value: float, error: float | None) -> Quantity:
    if not error:
        return Quantity(value=value)
    half = Z_90 * error
    low, middle, high = (round(x, 4) for x in (value - half, value, value + half))
    return Quantity(value=middle, low=low, high=high)
