"""What a base table must pass before anyone computes with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge.economy.base import Array
from landbridge.economy.equilibrium import solve
from landbridge.economy.table.basetable import BaseTable
from landbridge.economy.table.labels import products
from landbridge.errors import LandbridgeError

BALANCE = 1e-9
TOTALS = 0.01
HOME_SHARE = (0.4, 0.98)
"""Plausible share of an economy's spending that stays at home, all sectors together."""
OUTPUT_TO_GDP = (1.2, 4.0)
"""Plausible gross output over GDP."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes
    ----------
    id, what : str
    value : float
        What was found: the largest gap, or the value farthest out.
    limit : str
        What is allowed.
    passed : bool
    where : str
        The economy it was found at, blank where it is of the whole.
    """

    id: str
    what: str
    value: float
    limit: str
    passed: bool
    where: str = ""


def check_table(
    table: BaseTable, exports: Array | None = None, imports: Array | None = None
) -> tuple[Check, ...]:
    """Look at everything a base table must hold.

    Parameters
    ----------
    table
    exports, imports : (N,) arrays, optional
        Goods trade of the sources, million USD; when not given, those that provenance keeps.
    """
    base, trade = table.base, table.base.trade
    output, use = base.output, base.expenditure
    whole = use.sum(axis=1, keepdims=True)
    uses = np.einsum("nkj,nj->nk", base.input_share, output)
    uses += base.final_share * base.income[:, None]
    costs = base.value_added_share + base.input_share.sum(axis=1)
    earned = (base.value_added_share * output).sum(axis=1)
    abroad = trade.sum(axis=(0, 2)) - trade.sum(axis=(0, 1))
    gdp_gap = (base.value_added + base.tariff_revenue) / table.gdp - 1.0
    gaps = {
        "expenditure": ("spending is inputs and final use", (uses - use) / whole),
        "output": ("output is inputs and value added", costs - 1.0),
        "value-added": ("value added is what output earns", earned / base.value_added - 1.0),
        "markets": ("shares of all sellers add to one", base.shares.sum(axis=2).T - 1.0),
        "walras": ("imports less exports are the deficit", (abroad - base.deficit) / table.gdp),
    }
    found = [_gap(table, key, what, gap) for key, (what, gap) in gaps.items()]
    found += [
        _one("deficits", "deficits add to zero", base.deficit.sum() / table.gdp.sum(), BALANCE),
        _gap(table, "gdp", "value added and duties are GDP of the source", gdp_gap, TOTALS),
    ]
    negative = float(min(trade.min(), base.input_share.min(), base.final_share.min()))
    found.append(Check("negative", "no flow is negative", negative, "at least 0", negative >= 0.0))
    kept = table.provenance.get("goods_musd", {})
    goods = np.unique(products().sector)
    for name, wanted, axis in (("exports", exports, 1), ("imports", imports, 2)):
        source = kept.get(name) if wanted is None else wanted
        if source is not None:
            flows = trade * ~np.eye(len(table.gdp), dtype=bool)
            ours = flows[goods].sum(axis=(0, axis))
            gap = ours / np.array(source) - 1.0
            what = f"goods {name} are those of the source"
            found.append(_gap(table, f"goods-{name}", what, gap, TOTALS))
    home = np.arange(len(table.gdp))
    domestic = (base.shares[:, home, home].T * use).sum(axis=1) / whole[:, 0]
    gross = output.sum(axis=1) / table.gdp
    found += [
        _range(table, "home-share", "share of spending that stays at home", domestic, HOME_SHARE),
        _range(table, "output-to-gdp", "gross output over GDP", gross, OUTPUT_TO_GDP),
    ]
    found.append(_one("nothing", "nothing in gives nothing out", _change(table), BALANCE))
    return tuple(found)


def _change(table: BaseTable) -> float:
    """Largest change of wages and prices when nothing is asked; infinite when nothing solves."""
    try:
        nothing = solve(table.base)
    except LandbridgeError:
        return float("inf")
    return float(max(np.abs(nothing.wage_hat - 1.0).max(), np.abs(nothing.price_hat - 1.0).max()))


def _gap(table: BaseTable, key: str, what: str, gaps: Array, limit: float = BALANCE) -> Check:
    size = np.abs(gaps)
    n = int(size.reshape(len(size), -1).max(axis=1).argmax())
    worst = float(size.max())
    where = table.labels.economies[n]
    return Check(key, what, worst, f"at most {limit:g}", bool(worst <= limit), where)


def _one(key: str, what: str, value: float, limit: float) -> Check:
    size = abs(float(value))
    return Check(key, what, size, f"at most {limit:g}", size <= limit)


def _range(
    table: BaseTable, key: str, what: str, values: Array, bounds: tuple[float, float]
) -> Check:
    low, high = bounds
    n = int(np.maximum(low - values, values - high).argmax())
    passed = bool(((values >= low) & (values <= high)).all())
    where = table.labels.economies[n]
    return Check(key, what, float(values[n]), f"{low:g} to {high:g}", passed, where)
