"""Sea rates: a rule fitted to published lanes, so that any port pair has a rate.

rate = fixed + per_km x km x market(year) x direction, direction = ((1 + g) + back (1 - g)) / 2

`market` is the Shanghai-Rotterdam rate of the year; `g` is the gradient of the sea distance to
Shanghai along the way: 1 where a ship moves straight away from East Asia (headhaul), -1 where
it comes back, 0 across. `back` is the geometric mean of Rotterdam-Shanghai over
Shanghai-Rotterdam on the days that quote both; `fixed` and `per_km` are least squares on
relative errors over the days that quote Shanghai-Rotterdam and another lane beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import fmean, geometric_mean, median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import FactError
from landbridge.routing.rates.lookup import in_year

REFERENCE = ("CNSHA", "NLRTM")
"""The lane whose rate is the market level."""


@dataclass(frozen=True, slots=True)
class SeaRate:
    """The fitted rule, and how far off it is.

    Attributes
    ----------
    fixed_usd_feu : float
        Part that grows neither with distance nor with the market (half at each port).
    per_km : float
        Share of the market level a km away from East Asia.
    backhaul : float
        Direction factor towards East Asia (1 away from it).
    lanes : tuple of (origin, destination, day, observed_usd_feu, fitted_usd_feu)
        The quotes fitted.
    """

    fixed_usd_feu: float
    per_km: float
    backhaul: float
    lanes: tuple[tuple[str, str, str, float, float], ...]

    @property
    def misfit(self) -> float:
        """Root mean square of fitted over observed less one."""
        return float(np.sqrt(fmean((f / o - 1.0) ** 2 for *_, o, f in self.lanes)))

    def direction(self, gradient: NDArray[np.float64]) -> NDArray[np.float64]:
        """Direction factor, by the gradient of the distance to Shanghai in [-1, 1]."""
        return ((1.0 + gradient) + self.backhaul * (1.0 - gradient)) / 2.0


@cache
def sea_rate() -> SeaRate:
    """Fit the rule to the published quotes that have a reference quote on the same day.

    Raises
    ------
    FactError
        When the quotes do not determine the rule or give it a part below 0.

    Examples
    --------
    >>> 0 < sea_rate().backhaul < 1
    True
    """
    quotes = facts.rows("rates_sea")
    market = {q.day: q.rate_usd_feu for q in quotes if _is_reference(q)}
    compared = {q.day for q in quotes if not _is_reference(q)}
    used = [q for q in quotes if q.day in market and q.day in compared]
    km = np.array([q.distance_km for q in used])
    moved = np.array([q.destination_from_shanghai_km - q.origin_from_shanghai_km for q in used])
    ratios = [q.rate_usd_feu / market[q.day] for q in used if _is_return(q)]
    if not ratios:
        raise FactError(f"rates_sea.csv: add a day that quotes {REFERENCE} in both directions")
    backhaul = geometric_mean(ratios)
    gradient = moved / km
    direction = ((1.0 + gradient) + backhaul * (1.0 - gradient)) / 2.0
    observed = np.array([q.rate_usd_feu for q in used])
    level = np.array([market[q.day] for q in used])
    design = np.column_stack([np.ones(len(used)), level * km * direction])
    parts, _, rank, _ = np.linalg.lstsq(design / observed[:, None], np.ones(len(used)), rcond=None)
    if rank < 2 or parts.min() < 0.0:
        raise FactError(
            f"rates_sea.csv: the quotes give fixed and per_km {parts.tolist()}, not two positive "
            "parts; add lanes of other lengths"
        )
    return SeaRate(
        fixed_usd_feu=float(parts[0]),
        per_km=float(parts[1]),
        backhaul=backhaul,
        lanes=tuple(
            (q.origin, q.destination, q.day, float(o), float(f))
            for q, o, f in zip(used, observed, design @ parts, strict=True)
        ),
    )


def _is_reference(quote: Any) -> bool:
    return (quote.origin, quote.destination) == REFERENCE


def _is_return(quote: Any) -> bool:
    return (quote.destination, quote.origin) == REFERENCE


@cache
def market_usd_feu(year: int) -> float:
    """Shanghai-Rotterdam rate of a year, USD per FEU.

    The SCFI of the year (USD per TEU) times the median, over the years that have both, of the
    mean published Shanghai-Rotterdam quote (USD per FEU) over that SCFI. A year after the last
    SCFI has the mean of its own quotes, where there are any.

    Examples
    --------
    >>> market_usd_feu(2021) > 3 * market_usd_feu(2019)
    True
    """
    scfi = {row.year: row.scfi_usd_teu for row in facts.rows("sea_market")}
    quoted = _quoted()
    if year > max(scfi) and (later := [y for y in quoted if max(scfi) < y <= year]):
        return quoted[max(later)]
    return float(in_year(facts.rows("sea_market"), year).scfi_usd_teu) * feu_per_scfi_teu()


@cache
def feu_per_scfi_teu() -> float:
    """Median ratio of the published FEU rate to the SCFI TEU rate of the same year.

    Examples
    --------
    >>> 1.0 < feu_per_scfi_teu() < 2.5
    True
    """
    scfi = {row.year: row.scfi_usd_teu for row in facts.rows("sea_market")}
    quoted = _quoted()
    return float(median(quoted[y] / scfi[y] for y in quoted if y in scfi))


def _quoted() -> dict[int, float]:
    by_year: dict[int, list[float]] = {}
    for q in facts.rows("rates_sea"):
        if _is_reference(q):
            by_year.setdefault(int(q.day[:4]), []).append(q.rate_usd_feu)
    return {year: fmean(rates) for year, rates in by_year.items()}
