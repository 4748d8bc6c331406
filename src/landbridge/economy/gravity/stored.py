"""Coefficients of gravity that were estimated once and are kept as facts, with their intervals."""

from __future__ import annotations

from landbridge import facts
from landbridge.economy.gravity.results import Coefficient, coefficient


def stored(name: str) -> Coefficient:
    """One kept coefficient of `gravity_estimates.csv`.

    `calibration/gravity_estimates.py` estimates them: `time-elasticity` and
    `time-elasticity-given-distance` are the two ends for what hours do to trade; `agreement` and
    `border` are in log points. The row of the table says the sample and the equation.

    Parameters
    ----------
    name
        An id of the table.

    Returns
    -------
    Coefficient
        With the 95 % interval that its clusters give.

    Raises
    ------
    UnknownNameError
        The table has no such coefficient.

    Examples
    --------
    >>> hours = stored("time-elasticity")
    >>> hours.low < hours.estimate < hours.high < 0.0
    True
    """
    row = facts.row("gravity_estimates", name)
    return coefficient(
        row.id,
        float(row.value),
        float(row.standard_error),
        row.clusters,
        f"{row.equation}. {row.sample}. {row.source_title}",
    )


def time_elasticities() -> tuple[Coefficient, Coefficient]:
    """Both ends of what hours do to trade: in place of distance, and beside it.

    The first takes in whatever else grows with distance, so trade falls by no more; the second
    leaves all of that to distance, so trade falls by no less.

    Examples
    --------
    >>> far, near = time_elasticities()
    >>> far.estimate < near.estimate < 0.0
    True
    """
    return stored("time-elasticity"), stored("time-elasticity-given-distance")
