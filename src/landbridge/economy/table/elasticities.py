"""Trade elasticity of each sector from published estimates, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.labels import labels

FIRST, SECOND = "fontagne-guimbard-orefice", "caliendo-parro"


@dataclass(frozen=True, slots=True)
class Elasticities:
    """One value a sector.

    Attributes
    ----------
    theta : (J,) array
        Median over the industries of Fontagné, Guimbard & Orefice (2022) in the sector; where they
        have none (most services), the aggregate of Caliendo & Parro (2015).
    low, high : (J,) arrays
        Least and greatest published estimate for an industry of the sector, of both studies.
    spread : (J,) array
        Standard deviation over all these estimates: how far theta may be off.
    """

    theta: Array
    low: Array
    high: Array
    spread: Array


def trade_elasticities() -> Elasticities:
    """Elasticities of the sectors of the base world.

    Examples
    --------
    >>> found = trade_elasticities()
    >>> bool((found.low <= found.theta).all() and (found.theta <= found.high).all())
    True
    """
    rows = facts.rows("trade_elasticities")
    theta, low, high, spread = [], [], [], []
    for isic in labels().sectors:
        speaking = [row for row in rows if isic in row.isic]
        first = [row.theta for row in speaking if row.study == FIRST]
        aggregate = [row.theta for row in speaking if row.id == "cp-aggregate"]
        theta.append(float(np.median(first or aggregate)))
        every = [row.theta for row in speaking]
        low.append(min(every))
        high.append(max(every))
        spread.append(float(np.std(every)))
    return Elasticities(*(np.array(values) for values in (theta, low, high, spread)))
