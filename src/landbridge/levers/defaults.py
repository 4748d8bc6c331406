"""Sizes that stand in for fields left blank, from the facts table `lever_defaults`."""

from __future__ import annotations

from landbridge import facts
from landbridge.levers.quantity import Quantity


def default(kind: str, change: str, mode: str, field: str) -> Quantity | None:
    """Size of an effect where the lever does not give it, None where no figure was published.

    Examples
    --------
    >>> default("section", "second_track", "rail", "capacity_factor")
    Quantity(value=4.0, low=3.2, high=5.0)
    >>> default("section", "electrified", "rail", "speed_factor") is None
    True
    """
    wanted = (kind, change, mode, field)
    for row in facts.rows("lever_defaults"):
        if (row.kind, row.change, row.mode, row.field) == wanted:
            return Quantity(value=row.value, low=row.low, high=row.high)
    return None
