"""Close every economy's accounts: the output that technology, trade and GDP imply."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.economy.base import Array, BaseEconomy
from landbridge.economy.table.ras import ras
from landbridge.economy.table.technology import Technology

LEAST_SOLD_AT_HOME = 0.02
"""Least share of output that is sold at home: the rest may all be exported."""
SEED = 1e-7
"""Prior of a cell that the source has as zero, in parts of its column: RAS needs a way."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Accounts of N economies that balance.

    Attributes
    ----------
    base : BaseEconomy
        In million USD.
    raised : (N, J) array of bool
        Where output was raised to the least home share or to serve exports.
    moved : (N,) array
        How far RAS moved the cost shares: half the sum of absolute changes, weighted by output.
    prior_output_to_gdp : (N,) array
        Gross output over GDP that the technology as read implies.
    """

    base: BaseEconomy
    raised: NDArray[np.bool_]
    moved: Array
    prior_output_to_gdp: Array


def implied_output(technology: Technology, final: Array, net_exports: Array) -> Array:
    """Gross output, (N, J), that serves final spending (N,) and net exports (N, J).

    Solves (I - G) GO = alpha * final + NX for each economy.
    """
    sectors = net_exports.shape[1]
    demand = technology.final_share * final[:, None] + net_exports
    leontief = np.eye(sectors) - technology.input_share
    return np.asarray(np.linalg.solve(leontief, demand[:, :, None])[:, :, 0])


def close(technology: Technology, trade: Array, tariff: Array, gdp: Array, theta: Array) -> Closed:
    """Find the base economy with exactly this trade, these tariffs and this GDP.

    Output first follows from technology. Where an economy would then sell less at home than the
    least shares of `sectors.csv` allow (ports of transit, sectors that the technology of others
    puts in the wrong place), output is raised. Inputs, final use and value added are then fitted
    to output and GDP by RAS.

    Parameters
    ----------
    technology
    trade : (J, N, N) array
        Before tariffs, bought by n from i, zero on the diagonal.
    tariff : (J, N, N) array
    gdp : (N,) array
        Value added and tariff revenue.
    theta : (J,) array
    """
    exports = trade.sum(axis=1).T
    paid = (trade * (1.0 + tariff)).sum(axis=2).T
    revenue = (trade * tariff).sum(axis=(0, 2))
    value_added = gdp - revenue
    deficit = (trade.sum(axis=2) - trade.sum(axis=1)).sum(axis=0)
    final = gdp + deficit
    output = implied_output(technology, final, exports - paid)
    prior = output.sum(axis=1) / gdp
    home = output - exports
    least = np.array([row.least_home_share for row in facts.rows("sectors")])
    floor = paid * least / (1.0 - least)
    floor = np.maximum(floor, exports * LEAST_SOLD_AT_HOME / (1.0 - LEAST_SOLD_AT_HOME))
    floor = np.maximum(floor, 1e-6 * gdp[:, None])
    raised = home < floor
    home = np.where(raised, floor, home)
    output, spending = home + exports, home + paid
    size, sectors = output.shape
    value_share, input_share = np.empty((size, sectors)), np.empty((size, sectors, sectors))
    final_share, moved = np.empty((size, sectors)), np.empty(size)
    for n in range(size):
        cost = np.vstack([technology.input_share[n], technology.value_added_share[n]])
        uses = np.hstack([cost, np.append(technology.final_share[n], 0.0)[:, None]])
        uses[:sectors] += SEED
        uses[sectors, :sectors] += SEED
        totals = np.append(output[n], final[n])
        fitted = ras(uses * totals, np.append(spending[n], value_added[n]), totals)
        fitted /= fitted.sum(axis=0)
        input_share[n], value_share[n] = fitted[:sectors, :sectors], fitted[sectors, :sectors]
        final_share[n] = fitted[:sectors, sectors]
        gap = np.abs(fitted[:, :sectors] - cost).sum(axis=0) / 2.0
        moved[n] = (gap * output[n]).sum() / output[n].sum()
    shares = trade * (1.0 + tariff) / spending.T[:, :, None]
    diagonal = np.arange(size)
    shares[:, diagonal, diagonal] = (home / spending).T
    base = BaseEconomy(
        shares=shares,
        tariff=tariff,
        theta=theta,
        value_added_share=value_share,
        input_share=input_share,
        final_share=final_share,
        value_added=value_added,
        deficit=deficit,
        expenditure=spending,
    )
    return Closed(base, raised, moved, prior)
