"""Running on an edge: hours, spread, money and CO2 a kilometre, by mode and economy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.graph import Mode
from landbridge.routing.rates.cargo import CargoClass
from landbridge.routing.rates.lookup import by_economy, by_place, in_year

RUNNING = (Mode.RAIL, Mode.ROAD, Mode.SEA, Mode.AIR, Mode.FERRY)
"""Modes that run over a distance (a transfer does not)."""


@dataclass(frozen=True, slots=True)
class PerKm:
    """What a kilometre takes; every array is float64[6, n_economies + 1], rows by `Mode`.

    The last column serves edges outside any economy; the row of `Mode.TRANSFER` is 0. `usd_feu`
    is 0 for sea and ferry, whose rates depend on direction and basin.
    """

    hours: NDArray[np.float64]
    var_h2: NDArray[np.float64]
    usd_feu: NDArray[np.float64]
    co2_kg_feu: NDArray[np.float64]


def per_km(economies: Sequence[str], year: int, cargo: CargoClass) -> PerKm:
    """Rates of running in a year for a cargo, for every mode and economy.

    Examples
    --------
    >>> from landbridge.routing.rates.cargo import cargo_class
    >>> rates = per_km(("CHN", "POL"), 2017, cargo_class())
    >>> (24 / rates.hours[Mode.RAIL]).round().tolist()[:2]
    [1100.0, 375.0]
    """
    shape = (len(Mode), len(economies) + 1)
    hours, var_h2, usd, co2 = (np.zeros(shape) for _ in range(4))
    for mode in RUNNING:
        word = mode.name.lower()
        hours[mode] = 24.0 / by_economy(speeds_km_day(word, year), economies)
        co2[mode] = by_economy(emissions_g_tkm(word), economies) * cargo.payload_t_feu / 1000.0
    for mode in (Mode.RAIL, Mode.ROAD):
        word = mode.name.lower()
        usd[mode] = by_economy(land_rates_usd_feu_km(word, year), economies)
        var_h2[mode] = running_var_h2_km(word, year)
    usd[Mode.AIR] = air_rate_usd_t_km(year) * cargo.payload_t_feu
    return PerKm(hours, var_h2, usd, co2)


def speeds_km_day(mode: str, year: int) -> dict[str, float]:
    """Speed of a mode in km a day by place, in the year that stands for `year`.

    Examples
    --------
    >>> speeds_km_day("rail", 2020)["RUS"]
    1058.0
    """
    return by_place(_of_mode("speeds", mode), year, lambda row: row.speed_km_day)


def land_rates_usd_feu_km(mode: str, year: int) -> dict[str, float]:
    """Charge of rail or road in USD per FEU-km by place, carried to `year` by its index.

    Examples
    --------
    >>> rates = land_rates_usd_feu_km("rail", 2024)
    >>> round(rates["KAZ"], 2)
    0.61
    """

    def carried(row: Any) -> float:
        if row.index is None:
            return float(row.rate_usd_feu_km)
        series = [r for r in facts.rows("price_indices") if r.index == row.index]
        now, then = in_year(series, year).level, in_year(series, row.year).level
        return float(row.rate_usd_feu_km * now / then)

    return by_place(_of_mode("rates_land", mode), year, carried)


def running_var_h2_km(mode: str, year: int) -> float:
    """Variance that a kilometre of rail or road adds, h2: a share of a whole journey's.

    Examples
    --------
    >>> running_var_h2_km("rail", 2021) > running_var_h2_km("rail", 2019)
    True
    """
    row = in_year(_of_mode("running_spread", mode), year)
    return float(row.share * row.sd_h**2 / row.over_km)


def emissions_g_tkm(mode: str) -> dict[str, float]:
    """Greenhouse gas well to wheel, g per tonne of payload and km, by place.

    Examples
    --------
    >>> emissions_g_tkm("sea")
    {'world': 10.7}
    """
    return {row.place: float(row.co2e_g_tkm) for row in _of_mode("emissions", mode)}


def air_rate_usd_t_km(year: int) -> float:
    """Air rate in USD per tonne and great-circle km.

    Examples
    --------
    >>> round(air_rate_usd_t_km(2019), 2)
    0.3
    """
    row = in_year(facts.rows("rates_air"), year)
    return float(row.rate_usd_kg * 1000.0 / row.distance_km)


def ferry_rate_usd_feu_km(lon: NDArray[np.float64], year: int) -> NDArray[np.float64]:
    """Ferry charge a km by the basin a longitude lies in; elsewhere the mean of the basins.

    Examples
    --------
    >>> ferry_rate_usd_feu_km(np.array([51.0, 35.0]), 2023).round(2).tolist()
    [2.31, 0.65]
    """
    basins: dict[str, list[Any]] = {}
    for row in facts.rows("rates_ferry"):
        basins.setdefault(row.basin, []).append(row)
    chosen = [in_year(group, year) for group in basins.values()]
    rates = [row.rate_usd_feu / row.distance_km for row in chosen]
    out = np.full(len(lon), float(np.mean(rates)))
    for row, rate in zip(chosen, rates, strict=True):
        out[(lon >= row.west_lon) & (lon <= row.east_lon)] = rate
    return out


def _of_mode(table: str, mode: str) -> list[Any]:
    return [row for row in facts.rows(table) if row.mode == mode]
