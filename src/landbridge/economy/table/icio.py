"""An OECD inter-country input-output table as published: `YYYY_SML.csv`.

Rows and columns are named `KAZ_B05_06`; after the columns of inputs come those of final demand
(`KAZ_HFCE`, …) and `OUT`; after the rows of sellers come `TLS` (taxes less subsidies), `VA`, `OUT`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from landbridge.economy.base import Array
from landbridge.economy.table.labels import labels, sector_of_division
from landbridge.economy.table.technology import FineTechnology, check_shares
from landbridge.errors import InputError

FINAL = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "NONRES", "FD")
BALANCE = 1e-3
"""How far rows and columns may miss output: published tables are rounded and balanced loosely."""


@dataclass(frozen=True, slots=True)
class Icio:
    """What the base world takes from an ICIO table.

    Attributes
    ----------
    year : int
    technology : FineTechnology
    economies : tuple of str
        Economies with rows, in the order of `trade` and `value_added`.
    trade : (J, M, M) array
        `trade[j, n, i]`: bought by n from i, million USD, sectors of the base world.
    value_added : (M,) array
        Million USD.
    """

    year: int
    technology: FineTechnology
    economies: tuple[str, ...]
    trade: Array
    value_added: Array


def read_icio(path: Path) -> Icio:
    """Read and check `YYYY_SML.csv`.

    Raises
    ------
    InputError
        The file is no ICIO table, has foreign sector codes or missing sectors, negative value
        added or inputs beyond rounding, or does not balance; every problem is listed.
    """
    year = re.match(r"(\d{4})_SML", path.name)
    if not year:
        raise InputError(f"{path.name} is not named YYYY_SML.csv: the year of the table is unknown")
    table = pd.read_csv(path, index_col=0)
    sellers = [name for name in table.index if re.match(r"[A-Z]{3}_", str(name))]
    economies = tuple(dict.fromkeys(name[:3] for name in sellers))
    sectors = tuple(dict.fromkeys(name[4:] for name in sellers))
    problems = _layout_problems(table, economies, sectors)
    if problems:
        raise InputError(f"{path.name} cannot be used:\n- " + "\n- ".join(problems))
    m, s = len(economies), len(sectors)
    rows = [f"{iso3}_{code}" for iso3 in economies for code in sectors]
    inputs = table.loc[rows, rows].to_numpy(dtype=float).reshape(m, s, m, s)
    final = np.stack(
        [
            table.loc[rows, [c for c in table.columns if c[:3] == iso3 and c[4:] in FINAL]]
            .to_numpy(dtype=float)
            .sum(axis=1)
            for iso3 in economies
        ],
        axis=-1,
    ).reshape(m, s, m)
    output = table.loc["OUT", rows].to_numpy(dtype=float).reshape(m, s)
    value_added = table.loc["VA", rows].to_numpy(dtype=float).reshape(m, s)
    taxes = table.loc["TLS", rows].to_numpy(dtype=float) if "TLS" in table.index else 0.0
    value_added = value_added + np.reshape(taxes, (m, s) if np.ndim(taxes) else ())
    problems = _balance_problems(economies, sectors, inputs, final, output, value_added)
    if problems:
        raise InputError(f"{path.name} cannot be used:\n- " + "\n- ".join(problems))
    fine = _technology(economies, sectors, inputs, final, output)
    check_shares(
        path.name, economies, sectors, fine.value_added_share, fine.input_share, fine.final_share
    )
    flows = inputs.sum(axis=3) + final
    groups = [labels().sector(str(sector_of_division(code))) for code in sectors]
    trade = np.zeros((len(labels().sectors), m, m))
    np.add.at(trade, groups, flows.transpose(1, 2, 0))
    return Icio(int(year[1]), fine, economies, np.clip(trade, 0.0, None), value_added.sum(axis=1))


def _technology(
    economies: tuple[str, ...], sectors: tuple[str, ...], inputs: Array, final: Array, output: Array
) -> FineTechnology:
    """Shares: by-products and falling stocks (negative) count as none; value added is the rest."""
    made = output > 0.0
    use = np.clip(inputs, 0.0, None).sum(axis=0).transpose(1, 0, 2)
    share = np.divide(use, output[:, None, :], out=np.zeros_like(use), where=made[:, None, :])
    too_much = np.maximum(share.sum(axis=1), 1.0)
    share /= too_much[:, None, :]
    wanted = np.clip(final.sum(axis=0).T, 0.0, None)
    wanted /= wanted.sum(axis=1, keepdims=True)
    return FineTechnology(
        economies, sectors, 1.0 - share.sum(axis=1), share, wanted, np.clip(output, 0.0, None)
    )


def _layout_problems(
    table: pd.DataFrame, economies: tuple[str, ...], sectors: tuple[str, ...]
) -> list[str]:
    problems = []
    if not economies:
        return ["no row is named like KAZ_B05_06: it is no ICIO table"]
    problems += [f"row {name} is missing" for name in ("VA", "OUT") if name not in table.index]
    if "OUT" not in table.columns:
        problems.append("column OUT is missing")
    rows = [f"{iso3}_{code}" for iso3 in economies for code in sectors]
    present, columns = set(table.index), set(table.columns)
    problems += [f"row {name} is missing" for name in rows if name not in present]
    problems += [f"column {name} is missing" for name in rows if name not in columns]
    problems += [
        f"economy {iso3} has no column of final demand"
        for iso3 in economies
        if not any(f"{iso3}_{code}" in columns for code in FINAL)
    ]
    problems += [
        f"sector {code!r} is not in ISIC Rev. 4 as sectors.csv groups it"
        for code in sectors
        if sector_of_division(code) is None
    ]
    texts = [c for c in table.columns if not pd.api.types.is_numeric_dtype(table[c])]
    problems += [f"column {name} holds text" for name in texts[:8]]
    return problems


def _balance_problems(
    economies: tuple[str, ...],
    sectors: tuple[str, ...],
    inputs: Array,
    final: Array,
    output: Array,
    value_added: Array,
) -> list[str]:
    problems = []
    scale = output.sum(axis=1)
    sold = inputs.sum(axis=(2, 3)) + final.sum(axis=2)
    paid = inputs.sum(axis=(0, 1)) + value_added
    for what, found in (("sales", sold), ("costs", paid)):
        gap = (found - output) / scale[:, None]
        for n, j in np.argwhere(np.abs(gap) > BALANCE):
            problems.append(
                f"{economies[n]}_{sectors[j]}: {what} add to {found[n, j]:.6g}, "
                f"output is {output[n, j]:.6g}"
            )
    for n, j in np.argwhere(value_added < -BALANCE * scale[:, None]):
        problems.append(f"{economies[n]}_{sectors[j]}: value added is {value_added[n, j]:.6g}")
    negative = inputs.min(axis=(0, 1)) < -BALANCE * scale[:, None]
    for n, j in np.argwhere(negative):
        problems.append(f"{economies[n]}_{sectors[j]}: an input is negative beyond rounding")
    return problems
