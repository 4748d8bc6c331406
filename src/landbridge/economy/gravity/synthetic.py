"""A panel with known coefficients, for tests and for trying things out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from landbridge.economy.gravity.panel import Panel

SOURCE = "drawn at random, with known coefficients"


def synthetic_panel(
    economies: int,
    years: Sequence[int],
    coefficients: Mapping[str, float],
    *,
    seed: int,
    domestic: bool = False,
    spread: float = 0.5,
    zeros: float = 0.0,
) -> Panel:
    """Draw a panel whose flows obey gravity.

    Trade is exp(exporter-year + importer-year + coefficients x regressors) times a gamma draw of
    mean one, so PPML is consistent whatever the spread. `ln_distance` is symmetric and does not
    change; `contiguity` and `language` are symmetric dummies; `agreement` is a symmetric dummy
    that, once there, stays; any other name is standard normal by pair and year.

    Parameters
    ----------
    spread : standard deviation of the gamma draw
    zeros : share of flows made zero at random, the rest scaled up so that the mean stays

    Examples
    --------
    >>> panel = synthetic_panel(5, (2000, 2004), {"ln_distance": -1.0}, seed=0)
    >>> len(panel.rows), panel.regressors
    (40, ('ln_distance',))
    """
    random = np.random.default_rng(seed)
    n, t = economies, len(years)
    where = random.uniform(0.0, 10.0, (n, 2))
    gap = np.linalg.norm(where[:, None] - where[None], axis=2) + 0.3
    exporter = random.normal(3.0, 1.0, (n, t))[:, None, :] + np.zeros((n, n, t))
    importer = random.normal(3.0, 1.0, (n, t))[None, :, :] + np.zeros((n, n, t))
    columns: dict[str, np.ndarray] = {}
    for name in coefficients:
        if name == "ln_distance":
            columns[name] = np.repeat(np.log(gap)[:, :, None], t, axis=2)
        elif name in ("contiguity", "language"):
            dummy = _symmetric(random.uniform(size=(n, n))) < 0.2
            columns[name] = np.repeat(dummy[:, :, None], t, axis=2).astype(float)
        elif name == "agreement":
            since = _symmetric(random.uniform(size=(n, n)))[:, :, None] * 2.0
            columns[name] = (since < (np.arange(1, t + 1) / t)[None, None]).astype(float)
        else:
            columns[name] = random.normal(size=(n, n, t))
    index = exporter + importer
    index = index + sum(coefficients[name] * values for name, values in columns.items())
    shock = random.gamma(1.0 / spread**2, spread**2, index.shape) if spread else 1.0
    trade = np.exp(index) * shock
    if zeros:
        trade = np.where(random.uniform(size=trade.shape) < zeros, 0.0, trade / (1.0 - zeros))
    i, j, k = np.indices(trade.shape)
    codes = np.array([f"E{number:02d}" for number in range(n)])
    rows = pd.DataFrame(
        {
            "exporter": codes[i.ravel()],
            "importer": codes[j.ravel()],
            "year": np.asarray(years)[k.ravel()],
            "trade": trade.ravel(),
            **{name: values.ravel() for name, values in columns.items()},
        }
    )
    if not domestic:
        rows = rows[rows["exporter"] != rows["importer"]].reset_index(drop=True)
    return Panel(rows, dict.fromkeys(["trade", *coefficients], SOURCE))


def _symmetric(values: np.ndarray) -> np.ndarray:
    upper = np.triu(values, 1)
    return np.asarray(upper + upper.T + np.diag(np.ones(len(values))))
