"""Solve for what happens to the world economy when trade costs, productivity or deficits change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import Array, BaseEconomy, Shock
from landbridge.economy.continuation import between, follow
from landbridge.economy.kernels import Terms, iterate
from landbridge.economy.results import Equilibrium
from landbridge.economy.shifts import shares_before_costs, untaxed
from landbridge.errors import InputError, NotConvergedError

Deficits = Literal["held", "scaled", "closed"]
NOTHING = Shock()
BALANCED = 1e-5
MEMORY = 12
STRAIGHT_LIMIT = 300


def solve(
    base: BaseEconomy,
    shock: Shock = NOTHING,
    *,
    deficits: Deficits = "held",
    tolerance: float = 1e-10,
    max_iterations: int = 5000,
    start: Equilibrium | None = None,
    check_balance: bool = True,
) -> Equilibrium:
    """Find the counterfactual equilibrium of Caliendo & Parro (2015), eqs. (9)-(15).

    Parameters
    ----------
    base
        The balanced world in the base year.
    shock
        What changes.
    deficits
        What becomes of trade deficits: `held` keeps them in the money of the base, in which world
        value added does not change; `scaled` lets them grow with the value of world output;
        `closed` sets them to zero. Deficits given in the shock take the place of the base's.
    tolerance
        Largest gap allowed: in labour markets, log prices and spending, all relative.
    max_iterations
        Sweeps through the equilibrium conditions allowed.
    start
        An equilibrium to start from, of a world of the same shape: a near one saves time.
    check_balance
        Refuse a base whose accounts do not balance to 1e-5. Without the check the result is the
        equilibrium nearest to what the tables say, as the paper makes its own base year.

    Returns
    -------
    Equilibrium
        Frozen; wages are in the unit that leaves world value added what it was in the base.

    Raises
    ------
    InputError
        The shock does not fit, leaves a buyer without supplier, closes off an economy whose
        deficit is not zero, or the base does not balance.
    NotConvergedError
        The tolerance was not met, or is met only with an economy owing more than it earns.

    Examples
    --------
    >>> from landbridge.economy.armington import armington_base
    >>> import numpy as np
    >>> base = armington_base(np.array([[8.0, 2.0], [2.0, 8.0]]), theta=5.0)
    >>> dearer = Shock(iceberg_hat=np.array([[[1.0, 1.1], [1.1, 1.0]]]))
    >>> found = solve(base, dearer)
    >>> found.converged, found.real_income_hat.round(4).tolist()
    (True, [0.9844, 0.9844])
    """
    if deficits not in get_args(Deficits):
        raise InputError(f"deficits is {deficits!r}, it must be one of {get_args(Deficits)}")
    shock = shock.checked(base)
    if check_balance and base.imbalance > BALANCED:
        raise InputError(
            f"the accounts of the base are off by {base.imbalance:.2g} (allowed {BALANCED:g}): "
            "balance the table first, or pass check_balance=False to let the solver balance it"
        )
    direct, net, linked = shares_before_costs(base, shock, reuse=True)
    deficit = base.deficit if shock.deficit is None else shock.deficit
    if deficits == "closed":
        deficit = np.zeros(base.economies)
    _refuse_closed_off(base, linked, deficit)
    question = _Question(base, direct, net, untaxed(base, shock), deficit, deficits == "scaled")
    begin = _starting_point(base, start)
    best, made, gap = question.seek(1.0, begin, tolerance, min(max_iterations, STRAIGHT_LIMIT))
    if not gap < tolerance and made < max_iterations:
        begin = _starting_point(base, None)
        reached = follow(
            question.seek, begin, slice(_logs(base), begin.size), tolerance, max_iterations - made
        )
        best, made, gap = reached.point, made + reached.sweeps, min(gap, reached.gap)
    if not gap < tolerance or not np.isfinite(best).all():
        raise NotConvergedError(
            f"no equilibrium within {tolerance:g}: the gap is {gap:.3g} after {made} sweeps; "
            "raise max_iterations, start from a solution of a milder shock, or look for a shock "
            "that leaves an economy without income"
        )
    return Equilibrium.from_unknowns(
        base,
        shock,
        best,
        deficit=deficit,
        deficits=deficits,
        iterations=made,
        residual=gap,
    )


def solve_many(
    base: BaseEconomy,
    shocks: Iterable[Shock],
    *,
    workers: int = 2,
    deficits: Deficits = "held",
    tolerance: float = 1e-10,
    max_iterations: int = 5000,
) -> list[Equilibrium]:
    """Solve several counterfactuals on one base, side by side on `workers` threads.

    The inner loops hold no lock, so that threads run on as many cores. Results come in the order
    of the shocks. Raises what `solve` raises, for the first shock that fails.

    Examples
    --------
    >>> from landbridge.economy.armington import armington_base
    >>> import numpy as np
    >>> base = armington_base(np.array([[8.0, 2.0], [2.0, 8.0]]), theta=5.0)
    >>> [found.converged for found in solve_many(base, [Shock(), Shock()])]
    [True, True]
    """
    waiting: Sequence[Shock] = list(shocks)

    def one(shock: Shock) -> Equilibrium:
        return solve(
            base, shock, deficits=deficits, tolerance=tolerance, max_iterations=max_iterations
        )

    if workers <= 1 or len(waiting) <= 1:
        return [one(shock) for shock in waiting]
    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(one, waiting))


def _refuse_closed_off(base: BaseEconomy, linked: NDArray[np.bool_], deficit: Array) -> None:
    stuck = np.flatnonzero(~linked & (np.abs(deficit) > 1e-9 * base.value_added))
    if stuck.size:
        raise InputError(
            f"economies {stuck.tolist()} trade with nobody after the shock but keep a deficit: "
            "pass deficits='closed', or give the new deficits in the shock"
        )


def _starting_point(base: BaseEconomy, start: Equilibrium | None) -> Array:
    if start is None:
        return np.concatenate([np.zeros(_logs(base)), base.expenditure.ravel()])
    if start.price_hat.shape != base.expenditure.shape:
        raise InputError(
            f"start is of {start.price_hat.shape} economies and sectors, "
            f"the base of {base.expenditure.shape}"
        )
    return np.concatenate(
        [np.log(start.wage_hat), np.log(start.price_hat).ravel(), start.expenditure.ravel()]
    )


def _logs(base: BaseEconomy) -> int:
    return base.economies * (1 + base.sectors)


@dataclass(frozen=True, slots=True)
class _Question:
    """Everything the inner loops need, for the shock in full or let in in part."""

    base: BaseEconomy
    direct: Array
    net: Array
    free: NDArray[np.bool_]
    deficit: Array
    deficit_per_output: bool

    def seek(
        self, stage: float, start: Array, tolerance: float, limit: int
    ) -> tuple[Array, int, float]:
        """Seek the equilibrium with the part `stage` of the shock; returns point, sweeps, gap."""
        base = self.base
        direct, net, deficit = self.direct, self.net, self.deficit
        if stage < 1.0:
            shares = base.supplied_shares
            direct = between(shares, direct, stage)
            net = between(shares / base.gross_tariff, net, stage)
            deficit = base.deficit + stage * (deficit - base.deficit)
        spending = start[_logs(base) :].reshape(base.expenditure.shape)
        floor = 1e-6 * spending.sum(axis=1, keepdims=True)
        weights = np.concatenate([np.ones(_logs(base)), 1.0 / (spending + floor).ravel()])
        terms = Terms(
            direct,
            net,
            self.free & (stage == 1.0),
            base.theta,
            base.value_added_share,
            base.input_share,
            base.final_share,
            base.value_added,
            deficit,
            self.deficit_per_output,
            base.world_output,
        )
        point, made, gap, income = iterate(terms, start, weights, tolerance, limit, MEMORY)
        if stage == 1.0 and gap < tolerance and (income <= 0.0).any():
            raise NotConvergedError(
                f"no equilibrium with incomes above zero: economies "
                f"{np.flatnonzero(income <= 0.0).tolist()} would owe more abroad than they earn; "
                "pass deficits='closed', or give smaller deficits in the shock"
            )
        return point, made, gap
