"""Flows of a run for the map: lines with what they carry before and after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from landbridge.exchange.flows import LEAST_FEU, read_flows

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 2
"""Decimals of a degree: a kilometre, which is less than a line is wide."""


def flows_text(folder: Path, least_feu: float = LEAST_FEU) -> str:
    """Flows of a run's folder as JSON text, the busiest last.

    `lines` is a list of {x, y, mode, feu_base, feu}: longitudes and latitudes in degrees, and
    containers a year in both directions. A line that branches stands once for each branch.

    Parameters
    ----------
    least_feu : lines that carry less before and after are left out

    Raises
    ------
    InputError
        The run was written without flows.
    """
    made = read_flows(folder)
    busy = made[["feu_base", "feu"]].max(axis=1) >= least_feu
    told = {"least_feu": max(least_feu, LEAST_FEU), "unit": "FEU a year, both directions"}
    return json.dumps({**told, "lines": _lines(made[busy])}, separators=(",", ":"))


def _lines(made: pd.DataFrame) -> list[dict[str, Any]]:
    parts, of = shapely.get_parts(made["geometry"].to_numpy(), return_index=True)
    points, owner = shapely.get_coordinates(parts, return_index=True)
    # Whole hundredths divided are the shortest decimals, where rounding floats is slow to write.
    at = np.rint(points * 10**DIGITS) / 10**DIGITS
    cuts = np.flatnonzero(np.diff(owner)) + 1
    mode = made["mode"].to_numpy()
    old, new = (_figures(made[name].to_numpy(np.float64)) for name in ("feu_base", "feu"))
    return [
        {
            "x": line[:, 0].tolist(),
            "y": line[:, 1].tolist(),
            "mode": str(mode[row]),
            "feu_base": old[row],
            "feu": new[row],
        }
        for line, row in zip(np.split(at, cuts), of.tolist(), strict=True)
    ]


def _figures(values: np.ndarray[Any, Any]) -> list[float]:
    return [round(value, 1) for value in values.tolist()]
