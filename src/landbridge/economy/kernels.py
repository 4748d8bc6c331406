"""The inner loops of the solver: the equilibrium map, and Anderson's acceleration of it.

The fixed point is sought by Anderson's (1965) mixing over the last few steps, in the form of Walker
& Ni (2011), with three safeguards: a step in logs is limited; a step after which the gap explodes
is taken back and the memory cleared; when the gap has not improved for a while wages move half as
far and the memory is cleared.

The loops are all in this one file because the compiler's cache knows of changes by file. Sums
may be reordered (so that they vectorise); infinities and NaN keep their meaning, since the driver
reads them as "this step went too far".
"""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import Array

MATHS = {"reassoc", "contract", "nsz", "arcp"}
LONGEST_LOG_STEP = 2.0
LONGEST_WAGE_MOVE = 0.5
EXPLOSION = 1e3
PATIENCE = 60


class Terms(NamedTuple):
    """What stays fixed while the solver runs; N economies, J sectors.

    `direct` (J, N, N) is pi (kappa_hat)^-theta lambda_hat, the trade shares before costs move;
    `net` the same over one plus the tariff; `free` (J,) names the sectors without any tariff.
    """

    direct: Array
    net: Array
    free: NDArray[np.bool_]
    theta: Array
    va_share: Array
    input_share: Array
    final_share: Array
    value_added: Array
    deficit: Array
    deficit_per_output: bool
    base_output: float


class Work(NamedTuple):
    """Room for one sweep: (J, N) arrays `cost`, `output`, `home`; (N,) arrays for the rest."""

    cost: Array
    output: Array
    home: Array
    bought: Array
    pull: Array
    kept: Array
    income: Array


@nb.njit(cache=True, nogil=True, fastmath=MATHS, error_model="numpy")
def _unit_cost(terms: Terms, log_wage: Array, log_price: Array, cost: Array) -> None:
    """Fill the log of the cost of a bundle (J, N), eq. (10)."""
    n_eco, sectors = terms.va_share.shape
    row = np.empty(sectors)
    for n in range(n_eco):
        for j in range(sectors):
            row[j] = terms.va_share[n, j] * log_wage[n]
        for k in range(sectors):
            price = log_price[n, k]
            for j in range(sectors):
                row[j] += terms.input_share[n, k, j] * price
        for j in range(sectors):
            cost[j, n] = row[j]


@nb.njit(cache=True, nogil=True, fastmath=MATHS, error_model="numpy")
def _trade(terms: Terms, spending: Array, log_price: Array, work: Work) -> None:
    """Go once through eqs. (11)-(13): prices, and what spending (N, J) earns each seller.

    Fills `log_price` (N, J) and in `work` the output, of it `home` sold at home, and for each
    economy the imports `bought`, their response to the own wage `pull`, the revenue `kept`.
    """
    direct, net, theta, cost = terms.direct, terms.net, terms.theta, work.cost
    sectors, n_eco = cost.shape
    supply, earned = np.empty(n_eco), np.empty(n_eco)
    work.kept[:] = 0.0
    work.bought[:] = 0.0
    work.pull[:] = 0.0
    for j in range(sectors):
        # Costs are taken relative to the sector's lowest, so that the powers cannot all vanish.
        low = cost[j, 0]
        for i in range(1, n_eco):
            low = min(low, cost[j, i])
        for i in range(n_eco):
            supply[i] = np.exp(-theta[j] * (cost[j, i] - low))
            earned[i] = 0.0
        for n in range(n_eco):
            gross = 0.0
            for i in range(n_eco):
                gross += direct[j, n, i] * supply[i]
            log_price[n, j] = low - np.log(gross) / theta[j]
            per_unit = spending[n, j] / gross
            after = gross
            if terms.free[j]:
                for i in range(n_eco):
                    earned[i] += direct[j, n, i] * per_unit
            else:
                after = 0.0
                for i in range(n_eco):
                    after += net[j, n, i] * supply[i]
                    earned[i] += net[j, n, i] * per_unit
                work.kept[n] += spending[n, j] - per_unit * after
            stayed = net[j, n, n] * supply[n]
            work.home[j, n] = stayed * per_unit
            imported = (after - stayed) * per_unit
            work.bought[n] += imported
            work.pull[n] += imported * (1.0 + theta[j] * direct[j, n, n] * supply[n] / gross)
        for i in range(n_eco):
            work.output[j, i] = earned[i] * supply[i]


@nb.njit(cache=True, nogil=True, fastmath=MATHS, error_model="numpy")
def equilibrium_map(
    terms: Terms, x: Array, out: Array, damping: float, tolerance: float, work: Work
) -> float:
    """Apply the joint map once to x = (log wage N, log price N*J, spending N*J).

    Fixed points are the equilibria, eqs. (10)-(15). Writes the image to `out` and returns the
    largest gap: in labour markets and the balance of payments, log prices, spending, all relative.

    A wage moves by the log of what an economy takes in from abroad over what it pays abroad,
    divided by the response of that to the wage: the diagonal of Newton's matrix. Being relative to
    trade, it does not fade where trade has all but vanished.
    """
    n_eco, sectors = terms.va_share.shape
    at_x = n_eco + n_eco * sectors
    log_price = x[n_eco:at_x].reshape((n_eco, sectors))
    spending = x[at_x:].reshape((n_eco, sectors))
    new_price = out[n_eco:at_x].reshape((n_eco, sectors))
    new_spending = out[at_x:].reshape((n_eco, sectors))
    _unit_cost(terms, x[:n_eco], log_price, work.cost)
    _trade(terms, spending, new_price, work)
    scale = work.output.sum() / terms.base_output if terms.deficit_per_output else 1.0
    gap, level, world = 0.0, 0.0, 0.0
    row = np.empty(sectors)
    for n in range(n_eco):
        earned, total, sold, push = 0.0, 0.0, 0.0, 0.0
        for j in range(sectors):
            row[j] = work.output[j, n]
            abroad = row[j] - work.home[j, n]
            sold += abroad
            push += terms.theta[j] * abroad
        for j in range(sectors):
            earned += terms.va_share[n, j] * row[j]
            total += spending[n, j]
        paid = np.exp(x[n]) * terms.value_added[n]
        owed = scale * terms.deficit[n]
        gap = max(gap, abs(earned / paid - 1.0), abs(sold - work.bought[n] + owed) / paid)
        # Trade too small to matter at this tolerance is rounding, and moves no wage.
        least = 0.01 * tolerance * paid
        taken = sold + max(owed, 0.0)
        given = work.bought[n] + max(-owed, 0.0)
        move = 0.0
        if taken + given > least:
            taken += 1e-3 * least
            given += 1e-3 * least
            move = damping * np.log(taken / given) / (push / taken + work.pull[n] / given + 1e-6)
        out[n] = x[n] + max(-LONGEST_WAGE_MOVE, min(LONGEST_WAGE_MOVE, move))
        level += np.exp(out[n]) * terms.value_added[n]
        world += terms.value_added[n]
        work.income[n] = paid + work.kept[n] + owed
        for k in range(sectors):
            used = terms.final_share[n, k] * work.income[n]
            for j in range(sectors):
                used += terms.input_share[n, k, j] * row[j]
            new_spending[n, k] = used
            gap = max(gap, abs(used - spending[n, k]) / (abs(spending[n, k]) + 1e-6 * total))
            gap = max(gap, abs(new_price[n, k] - log_price[n, k]))
    shift = np.log(level / world)
    for n in range(n_eco):
        out[n] -= shift
    return gap if np.isfinite(shift) else np.inf


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _solve_small(system: Array, right: Array) -> None:
    """Solve a small positive definite system in place, by Cholesky's method, into `right`.

    Not the library's routine: that one takes a lock, which costs when threads solve side by side.
    A direction without information (a pivot that vanishes) gets no weight.
    """
    size = len(right)
    for a in range(size):
        for b in range(a):
            system[a, a] -= system[a, b] * system[a, b]
        usable = system[a, a] > 0.0
        system[a, a] = np.sqrt(system[a, a]) if usable else np.inf
        for c in range(a + 1, size):
            for b in range(a):
                system[c, a] -= system[c, b] * system[a, b]
            system[c, a] /= system[a, a]
    for a in range(size):
        for b in range(a):
            right[a] -= system[a, b] * right[b]
        right[a] /= system[a, a]
    for a in range(size - 1, -1, -1):
        for b in range(a + 1, size):
            right[a] -= system[b, a] * right[b]
        right[a] /= system[a, a]


@nb.njit(cache=True, nogil=True, fastmath=MATHS, error_model="numpy")
def _mix(
    x: Array, image: Array, gap: Array, steps: Array, images: Array, gram: Array, logs: int
) -> None:
    """Set `x` to the mixture of the held images that least squares calls best."""
    held = len(gram)
    weight = np.zeros(held)
    system = gram.copy()
    for a in range(held):
        for i in range(x.size):
            weight[a] += steps[a, i] * gap[i]
        system[a, a] += 1e-12 * gram[a, a] + 1e-300
    _solve_small(system, weight)
    x[:] = 0.0
    for a in range(held):
        for i in range(x.size):
            x[i] -= weight[a] * images[a, i]
    shrink = min(1.0, LONGEST_LOG_STEP / (np.abs(x[:logs]).max() + 1e-300))
    for i in range(x.size):
        mixed = image[i] + shrink * x[i]
        x[i] = mixed if mixed > 0.0 or i < logs else image[i]


@nb.njit(cache=True, nogil=True, fastmath=MATHS, error_model="numpy")
def iterate(
    terms: Terms, start: Array, weights: Array, tolerance: float, limit: int, memory: int
) -> tuple[Array, int, float, Array]:
    """Seek the fixed point of `equilibrium_map` from `start`.

    `weights` scales each unknown in the least squares. Returns the best point met, the sweeps made,
    its gap, and the incomes of the last sweep; whether that is enough is for the caller to say.
    """
    n_eco, sectors = terms.va_share.shape
    size, logs = start.size, n_eco * (1 + sectors)
    by_sector, by_economy = np.empty((3, sectors, n_eco)), np.empty((4, n_eco))
    work = Work(
        by_sector[0],
        by_sector[1],
        by_sector[2],
        by_economy[0],
        by_economy[1],
        by_economy[2],
        by_economy[3],
    )
    x, image = start.copy(), np.empty(size)
    best, best_image = start.copy(), start.copy()
    gap, last_gap, last_image = np.empty(size), np.empty(size), np.empty(size)
    steps, images = np.zeros((memory, size)), np.zeros((memory, size))
    gram = np.zeros((memory, memory))
    damping, best_gap = 1.0, np.inf
    made, since, held, slot, fresh = 0, 0, 0, 0, True
    while made < limit:
        made += 1
        since += 1
        worst = equilibrium_map(terms, x, image, damping, tolerance, work)
        if worst < best_gap:
            best_gap, since = worst, 0
            best[:] = x
            best_image[:] = image
            if worst < tolerance:
                break
        exploded = not worst < EXPLOSION * best_gap
        if exploded and not np.isfinite(best_gap):
            break
        if exploded or since > PATIENCE:
            if since > PATIENCE or fresh:
                damping *= 0.5
            x[:] = best_image
            held, slot, since, fresh = 0, 0, 0, True
            continue
        for i in range(size):
            gap[i] = (image[i] - x[i]) * weights[i]
        if not fresh:
            for i in range(size):
                steps[slot, i] = gap[i] - last_gap[i]
                images[slot, i] = image[i] - last_image[i]
            held = min(held + 1, memory)
            for a in range(held):
                total = 0.0
                for i in range(size):
                    total += steps[a, i] * steps[slot, i]
                gram[a, slot] = total
                gram[slot, a] = total
            slot = (slot + 1) % memory
        last_gap[:] = gap
        last_image[:] = image
        if held > 0:
            _mix(x, image, gap, steps, images, gram[:held, :held], logs)
        else:
            x[:] = image
        fresh = False
    return best, made, best_gap, work.income.copy()
