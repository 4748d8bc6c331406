"""What a shock alone does to trade shares, before any cost has moved."""

from __future__ import annotations

import threading

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import Array, BaseEconomy, Shock
from landbridge.economy.kernels import MATHS
from landbridge.errors import InputError

_rooms = threading.local()


def shares_before_costs(
    base: BaseEconomy, shock: Shock, *, reuse: bool = False
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Return pi (kappa_hat)^-theta lambda_hat, the same net of tariffs, and who still trades.

    The first two are (J, N, N), the last (N,). With `reuse` they stand in this thread's own memory,
    good until its next call: fresh pages for each of thousands of scenarios would cost more than
    filling them.

    Raises
    ------
    InputError
        A buyer is left without any supplier of a sector.
    """
    old = base.gross_tariff
    new = old if shock.tariff is None else 1.0 + shock.tariff
    lift = np.ones((1, 1))
    if shock.productivity_hat is not None:
        lift = np.ascontiguousarray((shock.productivity_hat**base.theta).T)
    direct, net = _room(base.shares.shape) if reuse else np.empty((2, *base.shares.shape))
    linked = np.zeros(base.economies, dtype=np.bool_)
    stranded = _fill(
        base.supplied_shares,
        old,
        new,
        np.ones((1, 1, 1)) if shock.iceberg_hat is None else shock.iceberg_hat,
        lift,
        base.theta,
        (
            shock.tariff is not None,
            shock.iceberg_hat is not None,
            shock.productivity_hat is not None,
        ),
        direct,
        net,
        linked,
    )
    if stranded >= 0:
        sector, economy = divmod(stranded, base.economies)
        raise InputError(
            f"the shock leaves economy {economy} without any supplier of sector {sector}: "
            "keep one pair open, its own or another"
        )
    return direct, net, linked


def untaxed(base: BaseEconomy, shock: Shock) -> NDArray[np.bool_]:
    """Tell which sectors (J,) no economy levies a tariff on after the shock."""
    if shock.tariff is None:
        return base.untaxed
    return np.asarray(~shock.tariff.any(axis=(1, 2)))


@nb.njit(cache=True, nogil=True, fastmath=MATHS, error_model="numpy")
def _fill(
    shares: Array,
    old: Array,
    new: Array,
    iceberg: Array,
    lift: Array,
    theta: Array,
    flags: tuple[bool, bool, bool],
    direct: Array,
    net: Array,
    linked: NDArray[np.bool_],
) -> int:
    """Fill `direct` and `net` from base shares and gross tariffs, old and new, eq. (12).

    `flags` says whether tariffs, iceberg costs and productivity (`lift`, to the power theta) move
    at all. `linked` (N,) tells who still trades. Returns -1, or the flat index j * N + n of a buyer
    left without any supplier.
    """
    with_tariff, with_iceberg, with_lift = flags
    sectors, n_eco = shares.shape[0], shares.shape[1]
    for j in range(sectors):
        power = -theta[j]
        for n in range(n_eco):
            total = 0.0
            for i in range(n_eco):
                value = shares[j, n, i]
                if value != 0.0:
                    ratio = 1.0
                    if with_tariff:
                        ratio = new[j, n, i] / old[j, n, i]
                    if with_iceberg:
                        ratio *= iceberg[j, n, i]
                    if ratio != 1.0:
                        value *= np.exp(power * np.log(ratio))
                    if with_lift:
                        value *= lift[j, i]
                    if value > 0.0 and i != n:
                        linked[n] = True
                        linked[i] = True
                direct[j, n, i] = value
                total += value
            if total <= 0.0:
                return int(j * n_eco + n)
            for i in range(n_eco):
                net[j, n, i] = direct[j, n, i] / new[j, n, i]
    return -1


def _room(shape: tuple[int, ...]) -> Array:
    held: Array | None = getattr(_rooms, "held", None)
    if held is None or held.shape[1:] != shape:
        held = np.empty((2, *shape))
        _rooms.held = held
    return held
