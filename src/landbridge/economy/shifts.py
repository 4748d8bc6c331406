"""What a shock alone does to trade shares, before any cost has moved."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import Array, BaseEconomy, Shock
from landbridge.economy.kernels import shifted_shares
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
    stranded = shifted_shares(
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
    rates = base.tariff if shock.tariff is None else shock.tariff
    return np.asarray(~rates.any(axis=(1, 2)))


def _room(shape: tuple[int, ...]) -> Array:
    held: Array | None = getattr(_rooms, "held", None)
    if held is None or held.shape[1:] != shape:
        held = np.empty((2, *shape))
        _rooms.held = held
    return held
