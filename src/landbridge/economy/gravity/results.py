"""What an estimation answers with: frozen, every coefficient with its error and its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from landbridge.economy.gravity.specification import Specification
from landbridge.errors import UnknownNameError

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient or combination of coefficients.

    `low` and `high` hold 95 %; `p` is of the two-sided test against zero; both from Student's t
    with one degree of freedom less than there are clusters. `source` says where the column it
    belongs to comes from.
    """

    name: str
    estimate: float
    se: float
    low: float
    high: float
    p: float
    source: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A regressor that was asked for and cannot be told apart, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class GravityEstimate:
    """An equation of gravity, estimated.

    Attributes
    ----------
    specification : what was asked for
    coefficients : K, in the order asked for, without those dropped
    covariance : (K, K), clustered as the specification says
    dropped : regressors that the fixed effects or other regressors explain
    n : rows used; `n_zero` of them without trade
    n_separated, n_singletons : rows that can tell nothing and were left out
    n_clusters : groups within which errors may be correlated (rows where there are none)
    years, n_economies, n_pairs : what the rows used span; a pair counts once for both directions
    pseudo_r2 : share of the null deviance explained (Cameron & Windmeijer 1996); for OLS the R2
    r2 : squared correlation of trade and its fitted value (for OLS of their logs)
    flow_source : where trade comes from
    notes : what was left out or filled when the panel was made
    converged : always true: an estimation that does not converge raises
    """

    specification: Specification
    coefficients: tuple[Coefficient, ...]
    covariance: NDArray[np.float64]
    dropped: tuple[Dropped, ...]
    n: int
    n_zero: int
    n_separated: int
    n_singletons: int
    n_clusters: int
    years: tuple[int, ...]
    n_economies: int
    n_pairs: int
    pseudo_r2: float
    r2: float
    flow_source: str
    notes: tuple[str, ...]
    converged: bool = True

    @property
    def name(self) -> str:
        """Heading of its column in a table."""
        return self.specification.name

    def coefficient(self, name: str) -> Coefficient:
        """One coefficient by name.

        Raises
        ------
        UnknownNameError
            For a name not estimated; a dropped one is said to be so.
        """
        for found in self.coefficients:
            if found.name == name:
                return found
        for out in self.dropped:
            if out.name == name:
                raise UnknownNameError(f"{name} was dropped from {self.name!r}: {out.reason}")
        names = [found.name for found in self.coefficients]
        raise UnknownNameError.from_available("coefficient", name, names)

    def total(self, names: Sequence[str]) -> Coefficient:
        """Sum of several coefficients, as of an agreement phased in over years."""
        chosen = [self.coefficient(name) for name in names]
        gradient = np.array([float(c.name in names) for c in self.coefficients])
        return self._combined(
            " + ".join(names), sum(c.estimate for c in chosen), gradient, chosen[0].source
        )

    def change_pct(self, first: str, last: str) -> Coefficient:
        """By how much one coefficient is larger than another, in per cent (delta method)."""
        start, end = self.coefficient(first), self.coefficient(last)
        gradient = np.zeros(len(self.coefficients))
        for position, each in enumerate(self.coefficients):
            if each.name == first:
                gradient[position] = -100.0 * end.estimate / start.estimate**2
            elif each.name == last:
                gradient[position] = 100.0 / start.estimate
        value = 100.0 * (end.estimate - start.estimate) / start.estimate
        return self._combined(f"{first} to {last}, %", value, gradient, start.source)

    def _combined(
        self, name: str, value: float, gradient: NDArray[np.float64], source: str
    ) -> Coefficient:
        variance = float(gradient @ self.covariance @ gradient)
        return coefficient(name, value, float(np.sqrt(variance)), self.n_clusters, source)


def coefficient(name: str, estimate: float, se: float, clusters: int, source: str) -> Coefficient:
    """Interval and test of a coefficient from its standard error.

    Examples
    --------
    >>> found = coefficient("ln_distance", -0.9, 0.1, 1000, "an example")
    >>> round(found.low, 3), round(found.high, 3), found.p < 0.001
    (-1.096, -0.704, True)
    """
    estimate, se = float(estimate), float(se)
    freedom = max(clusters - 1, 1)
    reach = float(student.ppf(0.5 + CONFIDENCE / 2, freedom)) * se
    p = float(2.0 * student.sf(abs(estimate) / se, freedom))
    return Coefficient(name, estimate, se, estimate - reach, estimate + reach, p,
                       source)  # fmt: skip
