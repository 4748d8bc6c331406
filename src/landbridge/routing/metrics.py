"""What every edge takes in a year for a cargo: hours, spread, money, CO2; is it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import UnknownNameError
from landbridge.network.graph import Network
from landbridge.routing.rates.cargo import CargoClass
from landbridge.routing.rates.edges import EdgeSums, edge_sums, open_edges
from landbridge.routing.rates.lookup import constant

By = Literal["time", "cost", "co2", "generalised"]
"""What a route is the best by."""


def parse_by(by: str) -> By:
    """Return the measure of this name.

    Raises
    ------
    UnknownNameError
        When it is none of time, cost, co2, generalised.

    Examples
    --------
    >>> parse_by("time")
    'time'
    """
    for measure in get_args(By):
        if by == measure:
            return cast("By", measure)
    raise UnknownNameError.from_available("measure", by, get_args(By))


@dataclass(frozen=True, slots=True)
class EdgeMetrics:
    """What every edge takes; [0] is from tail to head, [1] back. All arrays are read-only.

    Attributes
    ----------
    year : int
    time_h : float32[2, m]
        Mean hours.
    var_h2 : float32[2, m]
        Variance of the hours; variances add along a path, spreads do not.
    distance_km : float64[m]
    cost_usd_feu : float32[2, m]
        USD a laden forty-foot container.
    co2_kg_feu : float32[2, m]
        Greenhouse gas well to wheel, kg CO2e a container.
    open : bool[2, m]
        False where freight of this cargo cannot pass in the year.
    """

    year: int
    time_h: NDArray[np.float32]
    var_h2: NDArray[np.float32]
    distance_km: NDArray[np.float64]
    cost_usd_feu: NDArray[np.float32]
    co2_kg_feu: NDArray[np.float32]
    open: NDArray[np.bool_]


def edge_metrics(network: Network, year: int, cargo: CargoClass) -> EdgeMetrics:
    """Hours, spread, money and CO2 of every edge in a year, by the rules of `docs/costs.md`.

    The rows that `edge_crossing`, `edge_section`, `edge_terminal` and `edge_chokepoint` name are
    those of the facts tables, in their order.
    """
    open_ = open_edges(network, year, cargo)
    sums: EdgeSums = edge_sums(network, year, cargo, open_[0])
    frozen = (sums.time_h, sums.var_h2, sums.cost_usd_feu, sums.co2_kg_feu, open_)
    for array in frozen:
        array.flags.writeable = False
    return EdgeMetrics(
        year=year,
        time_h=sums.time_h,
        var_h2=sums.var_h2,
        distance_km=network.edge_length_km,
        cost_usd_feu=sums.cost_usd_feu,
        co2_kg_feu=sums.co2_kg_feu,
        open=open_,
    )


def generalised(
    metrics: EdgeMetrics, cargo: CargoClass, by: By = "generalised"
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights to find the best routes with; a closed edge weighs inf.

    Generalised cost, USD per FEU, is money + value of time x hours + value of reliability x
    spread. The spread of a path is the root of its summed variances, which is not a sum over
    edges; each edge is charged variance / reference spread instead. Along a path that sums to
    spread^2 / reference: exact where the spread is the reference (or 0), less below, more above.
    Time, cost and CO2 carry a small share of cost or time, which breaks ties between equal ways.

    Returns
    -------
    forward, backward : float64[m]
        From tail to head, and back; h, USD, kg or USD.

    Raises
    ------
    UnknownNameError
        When `by` is none of time, cost, co2, generalised.
    """
    by = parse_by(by)
    time_h = metrics.time_h.astype(np.float64)
    cost = metrics.cost_usd_feu.astype(np.float64)
    if by == "time":
        weight = time_h + constant("tie-break-h-usd") * cost
    elif by == "cost":
        weight = cost + constant("tie-break-usd-h") * time_h
    elif by == "co2":
        weight = metrics.co2_kg_feu + constant("tie-break-usd-h") * time_h
    else:
        spread = metrics.var_h2 * (cargo.vor_usd_h / constant("reference-spread-h"))
        weight = cost + cargo.vot_usd_h * time_h + spread
    weight[~metrics.open] = np.inf
    return weight[0], weight[1]
