"""How much larger each economy's freight is in a year than in the base year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge import facts

if TYPE_CHECKING:
    from landbridge.economy.table.basetable import BaseTable


def growth(table: BaseTable, year: int) -> NDArray[np.float64]:
    """Real output of each economy in a year over that of the base year, float64[N].

    Chains the real growth of `gdp_paths.csv`, the latest edition of each year; years without a
    figure grow as the economy's nearest year with one, an economy without any as the world's
    median. Volumes between two economies are multiplied by the root of the product of both:
    elasticity of freight to output of one.

    Examples
    --------
    >>> from landbridge.economy.table.basetable import load_base
    >>> bool((growth(load_base(), 2023) == 1.0).all())
    True
    """
    rates: dict[str, dict[int, float]] = defaultdict(dict)
    for row in sorted(facts.rows("gdp_paths"), key=lambda row: str(row.vintage)):
        if row.real_growth_pct is not None:
            rates[row.economy][row.year] = row.real_growth_pct
    every = sorted({y for path in rates.values() for y in path})
    world = {y: float(np.median([p[y] for p in rates.values() if y in p])) for y in every}
    level = np.ones(len(table.labels.economies))
    for k, code in enumerate(table.labels.economies):
        path = rates.get(code) or world
        known = np.array(sorted(path))
        for step in range(min(table.year, year) + 1, max(table.year, year) + 1):
            nearest = int(known[np.abs(known - step).argmin()])
            level[k] *= 1.0 + path[nearest] / 100.0
    return level if year >= table.year else 1.0 / level
