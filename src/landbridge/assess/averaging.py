"""Averages of loads from round to round, until what is expected is what is found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FURTHER, NEARER = 1.8, 0.3
"""What a round adds to the divisor of the next step: much where it led away, little where not."""


@dataclass(slots=True)
class Averaging:
    """Steps from loads expected towards loads found, smaller where they overshoot.

    The self-regulated averages of Liu, He & He (2009, Method of successive weighted averages and
    self-regulated averaging schemes for stochastic user equilibrium, Networks and Spatial Economics
    9, 485-503): those of equal weight (Sheffi 1985, ch. 12) grow slow whether or not they need to.

    Examples
    --------
    >>> steps = Averaging()
    >>> load = np.array([0.0])
    >>> for _ in range(30):
    ...     load = steps.towards(load, 10.0 - 3.0 * load)
    >>> load.round(3).tolist()
    [2.5]
    """

    divisor: float = 1.0
    last: float = np.inf

    def towards(self, load: NDArray[np.float64], found: NDArray[np.float64]) -> NDArray[np.float64]:
        """Loads to expect next, shaped as those given."""
        away = float(np.linalg.norm(found - load))
        if np.isfinite(self.last):
            self.divisor += FURTHER if away >= self.last else NEARER
        self.last = away
        return load + (found - load) / self.divisor
