"""Hours between economies, from hours between their cities."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

Array = NDArray[np.float64]

HEAD_MAYER_EXPONENT = -1.0
"""Head & Mayer (2009), "Illusory Border Effects": trade falls about one for one with distance."""
_COLUMNS = ("from_id", "to_id", "time_h")


@dataclass(frozen=True, slots=True, eq=False)
class EconomyHours:
    """Hours between economies.

    Attributes
    ----------
    economies : N codes, rows and columns in their order
    hours : (N, N) from the row's economy to the column's; NaN where no city has a way
    reached_share : (N, N) share of the mass of city pairs that have a way, 0 to 1
    source : where the hours come from
    """

    economies: tuple[str, ...]
    hours: Array
    reached_share: Array
    source: str


def generalised_mean(
    values: Array, economy: NDArray[np.integer], mass: Array, *, exponent: float = -1.0
) -> tuple[Array, Array]:
    """Mass-weighted generalised mean over the city pairs of each economy pair.

    d_ij = (sum_k sum_l w_k w_l d_kl ** exponent) ** (1 / exponent), where w are shares of mass
    within the economy: Head & Mayer (2009), who weigh distances so that
    trade of the cities adds up to that of the economies. A pair of cities without a way is
    infinitely far apart, so with a negative exponent it adds nothing to the sum.

    Parameters
    ----------
    values : (Z, Z) between cities, above zero, NaN where there is no way
    economy : (Z,) number of the economy of each city, from 0
    mass : (Z,) weight of each city, above zero
    exponent : not zero; negative where some values are missing

    Returns
    -------
    mean : (N, N); NaN where no pair of cities has a way
    reached : (N, N) share of the mass of city pairs that have a way

    Raises
    ------
    InputError
        For shapes that do not fit, masses or values not above zero, an exponent of zero, or
        missing values under a positive exponent, whose mean is infinite.

    Examples
    --------
    Two cities of equal mass, 10 and 30 hours from a third in another economy: the harmonic mean.

    >>> hours = np.array([[1.0, 2.0, 10.0], [2.0, 1.0, 30.0], [10.0, 30.0, 1.0]])
    >>> mean, reached = generalised_mean(hours, np.array([0, 0, 1]), np.array([5.0, 5.0, 1.0]))
    >>> mean[0, 1].round(6).item(), reached[0, 1].item()
    (15.0, 1.0)
    """
    _check(values, economy, mass, exponent)
    count = int(economy.max()) + 1
    total = np.bincount(economy, mass, count)
    if (total == 0.0).any():
        raise InputError("some economy has no city: number the economies without gaps")
    shares = np.zeros((count, len(mass)))
    shares[economy, np.arange(len(mass))] = mass / total[economy]
    known = np.isfinite(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.where(known, np.asarray(values, np.float64) ** exponent, 0.0)
        summed = shares @ powers @ shares.T
        reached = shares @ known.astype(np.float64) @ shares.T
        mean = np.where(reached > 0.0, summed ** (1.0 / exponent), np.nan)
    return mean, np.clip(reached, 0.0, 1.0)


def _check(values: Array, economy: NDArray[np.integer], mass: Array, exponent: float) -> None:
    problems = []
    zones = len(mass)
    if values.shape != (zones, zones) or economy.shape != (zones,):
        raise InputError(
            f"values {values.shape}, economies {economy.shape} and masses {mass.shape} do not fit: "
            "give (Z, Z), (Z,) and (Z,)"
        )
    if not (np.isfinite(mass) & (mass > 0.0)).all():
        problems.append("every mass must be above zero")
    if (values <= 0.0).any() or np.isinf(values).any():
        problems.append("values must be above zero, or NaN where there is no way")
    if exponent == 0.0 or not np.isfinite(exponent):
        problems.append("the exponent must be a number other than zero")
    if exponent > 0.0 and np.isnan(values).any():
        problems.append("with pairs that have no way the exponent must be negative")
    if (economy < 0).any():
        problems.append("economies are numbered from 0")
    if problems:
        raise InputError("cities cannot be drawn together: " + "; ".join(problems))


def economy_hours(
    time_h: Array,
    economies: Sequence[str],
    mass: Array,
    *,
    source: str,
    exponent: float = HEAD_MAYER_EXPONENT,
) -> EconomyHours:
    """Hours between economies from a city skim; `economies` names the economy of each city.

    Examples
    --------
    >>> found = economy_hours(np.array([[1.0, 50.0], [60.0, 1.0]]), ["CHN", "KAZ"],
    ...                       np.array([20e6, 2e6]), source="an example")
    >>> found.hours.tolist()
    [[1.0, 50.0], [60.0, 1.0]]
    """
    codes = sorted(set(economies))
    number = np.array([codes.index(code) for code in economies], np.int64)
    mean, reached = generalised_mean(
        np.asarray(time_h, np.float64), number, np.asarray(mass, np.float64), exponent=exponent
    )
    return EconomyHours(tuple(codes), mean, reached, source)


def read_skim(path: Path, *, exponent: float = HEAD_MAYER_EXPONENT) -> EconomyHours:
    """Hours between economies from a file that `landbridge skim --out FILE.parquet` wrote.

    Cities are weighted by their population.

    Raises
    ------
    InputError
        The file is not there, is not such a file, or does not hold every pair of its zones once.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        raise InputError(f"no file {path}: --skim names a Parquet file that landbridge skim wrote")
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path} is not a Parquet file: {error}") from error
    zones = _zones(table, path)
    place = {zone["id"]: number for number, zone in enumerate(zones)}
    origin, destination = (
        np.array([place.get(word, -1) for word in table[name].to_pylist()]) for name in _COLUMNS[:2]
    )
    pairs = origin * len(zones) + destination
    if (
        min(origin.min(initial=0), destination.min(initial=0)) < 0
        or len(np.unique(pairs)) < len(pairs)
        or len(pairs) < len(zones) ** 2
    ):
        raise InputError(
            f"{path} does not hold every pair of its {len(zones):,} zones once: write it anew "
            "with landbridge skim"
        )
    time_h = np.full((len(zones), len(zones)), np.nan)
    time_h[origin, destination] = table["time_h"].to_numpy()
    return economy_hours(
        time_h,
        [zone["economy"] for zone in zones],
        np.array([zone["population"] for zone in zones], np.float64),
        source=f"{path.name}: skim of {len(zones):,} cities, mean of exponent {exponent:g}",
        exponent=exponent,
    )


def _zones(table: pa.Table, path: Path) -> list[dict[str, str]]:
    missing = [name for name in _COLUMNS if name not in table.column_names]
    about = table.schema.metadata or {}
    if missing or b"zones" not in about:
        lacks = missing or ["the list of zones in its metadata"]
        raise InputError(
            f"{path} is not a skim, it lacks {', '.join(lacks)}: write one with landbridge skim "
            "--out FILE.parquet"
        )
    zones: list[dict[str, str]] = json.loads(about[b"zones"])
    return zones
