"""What a reader of a year's answer should know: figures that stand in for it, passages avoided."""

from __future__ import annotations

from collections.abc import Iterable

from landbridge import facts
from landbridge.routing.rates.opening import closed_share, open_rows

DATED = {
    "speeds": ("mode", "speeds"),
    "rates_land": ("mode", "rates"),
    "price_indices": ("index", "price index"),
    "rates_air": ("", "air rates"),
    "rates_ferry": ("basin", "ferry rates"),
    "sea_market": ("", "sea rates"),
    "schedule_reliability": ("", "schedule reliability"),
    "border_year_factors": ("mode", "border times"),
}
"""Tables whose figures move with the years, the column that splits them, and what they are."""


def notes(year: int, passages: Iterable[str] = ()) -> tuple[str, ...]:
    """Sentences on where a year rests on figures of an earlier one, and on passages ships avoid.

    Parameters
    ----------
    passages : ids of the chokepoints that the routes at hand pass.

    Examples
    --------
    >>> notes(2019, ["suez"])
    ()
    >>> notes(2024, ["suez"])[0]
    'Suez Canal is counted as open in 2024, but ships mostly avoided it: close suez to go round'
    """
    return _avoided(year, frozenset(passages)) + _carried(year)


def _avoided(year: int, passages: frozenset[str]) -> tuple[str, ...]:
    works = open_rows("chokepoints", year)
    return tuple(
        f"{row.name} is counted as open in {year}, but ships mostly avoided it: "
        f"close {row.id} to go round"
        for row, is_open in zip(facts.rows("chokepoints"), works, strict=True)
        if row.id in passages and is_open and closed_share(row.restricted or (), year) > 0.5
    )


def _carried(year: int) -> tuple[str, ...]:
    late = []
    for table, (column, what) in DATED.items():
        series: dict[str, set[int]] = {}
        for row in facts.rows(table):
            series.setdefault(getattr(row, column) if column else "", set()).add(row.year)
        # A single year is a constant, not a series that could have gone on.
        late += [
            f"{key} {what} ({max(years)})".strip()
            for key, years in series.items()
            if len(years) > 1 and max(years) < year
        ]
    if not late:
        return ()
    return (f"{year} uses the last published figures of: {', '.join(sorted(late))}",)
