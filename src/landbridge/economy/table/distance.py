"""How easily economies reach each other: gravity fitted to goods trade, used for services.

Poisson pseudo-maximum likelihood with exporter and importer effects on one year's totals by pair
(Santos Silva & Tenreyro 2006), on CEPII GeoDist.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.labels import labels
from landbridge.errors import InputError, NotConvergedError

TERMS = ("dist", "contig", "comlang_off", "colony")
"""Columns of GeoDist used; distance in logs."""


@dataclass(frozen=True, slots=True)
class Ease:
    """What gravity says of pairs.

    Attributes
    ----------
    terms : tuple of str
    coefficients : (K,) array
        Of `terms`; the first is the elasticity to distance.
    pairs : int
        Pairs it was fitted to.
    ease : (N, N) array
        `ease[n, i]`: factor on the trade of n with i, averaged over members with their output as
        weights where an economy stands for several; symmetric.
    """

    terms: tuple[str, ...]
    coefficients: Array
    pairs: int
    ease: Array


def fit_ease(totals: pd.DataFrame, geodist: Path, gdp_musd: pd.Series) -> Ease:
    """Fit gravity to totals by pair and give the ease of every pair of the base world.

    Parameters
    ----------
    totals
        exporter, importer, value_musd; pairs that are missing did not trade.
    geodist
        `dist_cepii.csv`.
    gdp_musd
        By ISO3, of every economy, those inside the rest of the world too.
    """
    table = _distances(geodist)
    present = sorted(set(table["iso_o"]) & set(totals["exporter"]) & set(gdp_musd.index))
    covered = {labels().economies[labels().place(iso3)] for iso3 in present}
    missing = [iso3 for iso3 in labels().economies if iso3 not in covered]
    if missing:
        raise InputError(f"no distance, GDP or exports of {', '.join(missing)}")
    spot = {iso3: n for n, iso3 in enumerate(present)}
    table = table[table["iso_o"].isin(present) & table["iso_d"].isin(present)]
    size = len(present)
    x = np.full((len(TERMS), size, size), np.nan)
    rows, columns = table["iso_d"].map(spot).to_numpy(), table["iso_o"].map(spot).to_numpy()
    for k, term in enumerate(TERMS):
        values = table[term].to_numpy(dtype=float)
        x[k, rows, columns] = np.log(values) if term == "dist" else values
    flows = np.zeros((size, size))
    kept = totals[totals["exporter"].isin(present) & totals["importer"].isin(present)]
    np.add.at(
        flows,
        (kept["importer"].map(spot).to_numpy(), kept["exporter"].map(spot).to_numpy()),
        kept["value_musd"].to_numpy(),
    )
    coefficients = ppml_two_way(flows, x, ~np.eye(size, dtype=bool) & np.isfinite(x).all(axis=0))
    raw = np.exp(np.einsum("k,kni->ni", coefficients, np.nan_to_num(x, nan=0.0)))
    raw = np.where(np.isfinite(x).all(axis=0), raw, 0.0)
    raw = 0.5 * (raw + raw.T)
    member = np.zeros((len(labels().economies), size))
    weight = gdp_musd.reindex(present).to_numpy(dtype=float)
    member[[labels().place(iso3) for iso3 in present], np.arange(size)] = weight
    member /= member.sum(axis=1, keepdims=True)
    return Ease(TERMS, coefficients, size * (size - 1), member @ raw @ member.T)


def ppml_two_way(
    flows: Array, x: Array, use: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> Array:
    """Poisson regression of flows on x with effects of both sides; returns coefficients, (K,).

    Parameters
    ----------
    flows : (N, N) array
    x : (K, N, N) array
    use : (N, N) array of bool
        Cells that count.

    Raises
    ------
    NotConvergedError
        Newton steps do not settle.

    Examples
    --------
    >>> x = np.arange(16.0).reshape(1, 4, 4) % 3
    >>> size = np.arange(1.0, 5.0)
    >>> flows = np.exp(-0.5 * x[0]) * np.outer(size, size[::-1])
    >>> ppml_two_way(flows, x, ~np.eye(4, dtype=bool)).round(6).tolist()
    [-0.5]
    """
    x = np.where(use, x, 0.0)
    flows = np.where(use, flows, 0.0)
    beta = np.zeros(len(x))
    for _ in range(100):
        fitted = _with_effects(flows, np.where(use, np.exp(np.einsum("k,kni->ni", beta, x)), 0.0))
        centred = np.stack([_residual(one, fitted) for one in x])
        hessian = np.einsum("kni,lni,ni->kl", centred, centred, fitted)
        step = np.linalg.solve(hessian, np.einsum("kni,ni->k", centred, flows - fitted))
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            return beta
    raise NotConvergedError(f"gravity does not settle: the last step was {np.abs(step).max():.2g}")


def _with_effects(flows: Array, shape: Array) -> Array:
    fitted = shape
    for _ in range(2000):
        fitted = fitted * _safe(flows.sum(axis=1), fitted.sum(axis=1))[:, None]
        ratio = _safe(flows.sum(axis=0), fitted.sum(axis=0))
        fitted = fitted * ratio
        if np.abs(ratio - 1.0)[flows.sum(axis=0) > 0.0].max() < 1e-11:
            break
    return fitted


def _residual(x: Array, weight: Array) -> Array:
    """Take out of x what effects of both sides explain, with weights."""
    left = x.copy()
    for _ in range(2000):
        left = left - _safe((weight * left).sum(axis=1), weight.sum(axis=1))[:, None]
        shift = _safe((weight * left).sum(axis=0), weight.sum(axis=0))
        left = left - shift
        if np.abs(shift).max() < 1e-11:
            break
    return left


def _safe(over: Array, under: Array) -> Array:
    return np.divide(over, under, out=np.zeros_like(over), where=under > 0.0)


def _distances(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, sep=";", decimal=",", na_values=".")
    if "iso_o" not in table.columns:
        table = pd.read_csv(path, na_values=".")
    missing = [column for column in ("iso_o", "iso_d", *TERMS) if column not in table.columns]
    if missing:
        raise InputError(f"{path.name} lacks the columns {', '.join(missing)}")
    old = {row.geodist_code: row.iso3 for row in facts.rows("economies") if row.geodist_code}
    table[["iso_o", "iso_d"]] = table[["iso_o", "iso_d"]].replace(old)
    for term in TERMS:
        table[term] = pd.to_numeric(table[term])
    return table
