"""The data of Caliendo & Parro (2015) as a base economy: 31 economies, 40 sectors, 1993.

Reads the authors' files from a folder of the user's own (they carry no licence to pass them on) and
makes the four models of the paper's Table 11 from them, step by step as the authors do: shares from
the tables, consumption shares as what is left after inputs (cut at zero), an equilibrium at 1993
tariffs, then the same with trade balanced everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from landbridge.economy.base import Array, BaseEconomy
from landbridge.economy.equilibrium import solve
from landbridge.errors import InputError

Model = Literal["benchmark", "one_sector", "no_materials", "no_io"]

ECONOMIES = (
    *("ARG", "AUS", "AUT", "BRA", "CAN", "CHL", "CHN", "DNK", "FIN", "FRA", "DEU"),
    *("GRC", "HUN", "IND", "IDN", "IRL", "ITA", "JPN", "KOR", "MEX", "NLD", "NZL"),
    *("NOR", "PRT", "ZAF", "ESP", "SWE", "TUR", "GBR", "USA", "ROW"),
)
TRADABLE = 20
SECTORS = 40
SERVICES_THETA = 8.22
ONE_SECTOR_THETA = 4.55
TEXT_FILES = (
    "B.txt",
    "GO.txt",
    "IO.txt",
    "T.txt",
    "tariffs1993.txt",
    "tariffs2005.txt",
    "xbilat1993.txt",
)


@dataclass(frozen=True, slots=True)
class PaperTables:
    """The authors' tables, N economies and J sectors.

    Attributes
    ----------
    flows : (J, N, N) array
        Trade before tariffs in dollars, `[j, n, i]` bought by n from i, no home sales.
    tariff_1993, tariff_2005 : (J, N, N) array
        Ad-valorem rates.
    output : (N, J) array
        Gross output in dollars.
    value_added_share : (N, J) array
    input_mix : (N, J, J) array
        `[n, k, j]`: share of sector k in the inputs of sector j of economy n.
    theta : (J,) array
    """

    flows: Array
    tariff_1993: Array
    tariff_2005: Array
    output: Array
    value_added_share: Array
    input_mix: Array
    theta: Array


def read_tables(folder: Path) -> PaperTables:
    """Read the authors' text files; raise `InputError` naming the files that are missing."""
    missing = [name for name in TEXT_FILES if not (folder / name).is_file()]
    if missing:
        raise InputError(
            f"{folder} lacks {', '.join(missing)}: point to a folder with the replication files of "
            "Caliendo & Parro (2015), as published with the article"
        )
    n = len(ECONOMIES)
    text = {name: np.loadtxt(folder / name) for name in TEXT_FILES}
    services = SECTORS - TRADABLE

    def by_sector(name: str) -> Array:
        traded = text[name].reshape(TRADABLE, n, n)
        return np.concatenate([traded, np.zeros((services, n, n))])

    return PaperTables(
        flows=by_sector("xbilat1993.txt") * 1000.0,
        tariff_1993=by_sector("tariffs1993.txt") / 100.0,
        tariff_2005=by_sector("tariffs2005.txt") / 100.0,
        output=text["GO.txt"].T.copy(),
        value_added_share=text["B.txt"].T.copy(),
        input_mix=text["IO.txt"].reshape(n, SECTORS, SECTORS),
        theta=np.concatenate([text["T.txt"], np.full(services, SERVICES_THETA)]),
    )


def model_tables(tables: PaperTables, model: Model) -> PaperTables:
    """Reduce the tables to one of the models of the paper's Table 11.

    `no_materials`: all cost is value added. `no_io`: a sector uses inputs of its own kind only, at
    its own share in the input mix. `one_sector`: tradables and services as one sector each, tariffs
    and value-added shares the medians, input mixes the means, the aggregate elasticity.
    """
    if model not in get_args(Model):
        raise InputError(f"model is {model!r}, it must be one of {get_args(Model)}")
    if model == "one_sector":
        return _one_sector(tables)
    share, mix = tables.value_added_share, tables.input_mix
    if model == "no_materials":
        share = np.ones_like(share)
    elif model == "no_io":
        own = np.diagonal(mix, axis1=1, axis2=2)
        share, mix = 1.0 - own, np.broadcast_to(np.eye(mix.shape[1]), mix.shape)
    return PaperTables(
        tables.flows,
        tables.tariff_1993,
        tables.tariff_2005,
        tables.output,
        share,
        mix,
        tables.theta,
    )


def calibrate(tables: PaperTables, *, balanced_trade: bool = True) -> BaseEconomy:
    """Make the base year from the tables, with trade balanced everywhere or as it was.

    Final spending is what is left of spending after inputs, cut at zero; the equilibrium at
    unchanged tariffs then restores the accounts, and `balanced_trade` closes all deficits.
    """
    gross = 1.0 + tables.tariff_1993
    sold = tables.flows.sum(axis=1).T
    output = np.maximum(tables.output, sold)
    n = output.shape[0]
    trade = tables.flows.copy()
    home = np.arange(n)
    trade[:, home, home] += (output - sold).T
    paid = trade * gross
    spending = paid.sum(axis=2).T
    inputs = (1.0 - tables.value_added_share[:, None, :]) * tables.input_mix
    final = np.maximum(spending - np.einsum("nkj,nj->nk", inputs, trade.sum(axis=1).T), 0.0)
    unbalanced = BaseEconomy(
        shares=paid / paid.sum(axis=2, keepdims=True),
        tariff=tables.tariff_1993,
        theta=tables.theta,
        value_added_share=tables.value_added_share,
        input_share=inputs,
        final_share=final / final.sum(axis=1, keepdims=True),
        value_added=(tables.value_added_share * output).sum(axis=1),
        deficit=tables.flows.sum(axis=(0, 2)) - tables.flows.sum(axis=(0, 1)),
        expenditure=spending,
    )
    base = solve(unbalanced, check_balance=False).as_base()
    return solve(base, deficits="closed").as_base() if balanced_trade else base


def read_base_year(folder: Path, *, balanced_trade: bool = True) -> BaseEconomy:
    """Read the authors' own base-year equilibrium, a MATLAB file in the folder."""
    from scipy.io import loadmat

    name = f"initial_condition_1993_{'noS' if balanced_trade else 'withS'}.mat"
    if not (folder / name).is_file():
        raise InputError(f"{folder} lacks {name}, the authors' base year")
    held: dict[str, Any] = loadmat(folder / name)
    n = len(ECONOMIES)

    def cube(key: str) -> Array:
        return np.asarray(held[key], dtype=np.float64).reshape(SECTORS, n, n)

    share = np.asarray(held["B"], dtype=np.float64).T
    mix = np.asarray(held["G"], dtype=np.float64).reshape(n, SECTORS, SECTORS)
    return BaseEconomy(
        shares=cube("Din"),
        tariff=cube("tau") - 1.0,
        theta=1.0 / np.asarray(held["T"], dtype=np.float64).ravel(),
        value_added_share=share,
        input_share=(1.0 - share[:, None, :]) * mix,
        final_share=np.asarray(held["alphas"], dtype=np.float64).T,
        value_added=np.asarray(held["VAn"], dtype=np.float64).ravel(),
        deficit=-np.asarray(held["Sn"], dtype=np.float64).ravel(),
        expenditure=np.asarray(held["X0"], dtype=np.float64).T,
    )


def _one_sector(tables: PaperTables) -> PaperTables:
    groups = (slice(0, TRADABLE), slice(TRADABLE, SECTORS))
    n = tables.output.shape[0]

    def summed(values: Array, axis: int) -> Array:
        return np.stack(
            [np.take(values, range(*g.indices(SECTORS)), axis).sum(axis) for g in groups]
        )

    def typical_tariff(rates: Array) -> Array:
        return np.stack([np.median(rates[groups[0]], axis=0), np.zeros((n, n))])

    mix = np.empty((n, 2, 2))
    share = np.empty((n, 2))
    for a, inputs in enumerate(groups):
        share[:, a] = np.median(tables.value_added_share[:, inputs], axis=1)
        for b, users in enumerate(groups):
            mix[:, a, b] = tables.input_mix[:, inputs, users].mean(axis=(1, 2))
    return PaperTables(
        flows=summed(tables.flows, 0),
        tariff_1993=typical_tariff(tables.tariff_1993),
        tariff_2005=typical_tariff(tables.tariff_2005),
        output=summed(tables.output, 1).T.copy(),
        value_added_share=share,
        input_mix=mix / mix.sum(axis=1, keepdims=True),
        theta=np.full(2, ONE_SECTOR_THETA),
    )
