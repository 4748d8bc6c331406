"""What was counted, for a whole year."""

from __future__ import annotations

from landbridge import facts
from landbridge.errors import UnknownNameError


def annual(series: str, year: int) -> float:
    """A series of `flows_observed.csv` in a year.

    Where only some months are published, the count that has the most of them, times twelve over
    their number; shares are taken as they are.

    Raises
    ------
    UnknownNameError
        For a series or a year that the table does not have.

    Examples
    --------
    >>> annual("china-europe-trains", 2023)
    17523.0
    """
    rows = [row for row in facts.rows("flows_observed") if row.series == series]
    if not rows:
        known = {row.series for row in facts.rows("flows_observed")}
        raise UnknownNameError.from_available("observed series", series, known)
    of_year = [row for row in rows if row.year == year]
    if not of_year:
        years = sorted({str(row.year) for row in rows})
        raise UnknownNameError.from_available(f"year of {series}", str(year), years)
    fullest = max(of_year, key=lambda row: row.months)
    adds_up = fullest.unit not in ("share", "ratio", "h", "km/h", "USD/bbl")
    return float(fullest.value * (12.0 / fullest.months if adds_up else 1.0))
