"""Series of an outlook as fans, with what was counted of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from landbridge import facts
from landbridge.app.outlooks import DRAWS, Told
from landbridge.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from landbridge.outlook.measures import Series

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
_TRADE = "trade-"


def series_of(told: Told) -> tuple[dict[str, Any], ...]:
    """Name, unit and meaning of each series once, and whether it is counted.

    Raises
    ------
    InputError
        The outlook is not finished.
    """
    told.refuse_unfinished()
    found: dict[str, dict[str, Any]] = {}
    for one in told.about["series"]:
        found.setdefault(
            one["name"],
            {
                "name": one["name"],
                "what": one["what"],
                "unit": one["unit"],
                "counted": bool(_path(one["name"])),
            },
        )
    return tuple(found.values())


def fans(told: Told, name: str, scenarios: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Quantiles of a series over the draws, by scenario and year.

    Returns
    -------
    list of {scenario, year, 0.05, 0.25, 0.5, 0.75, 0.95}; None where a draw has no figure.

    Raises
    ------
    UnknownNameError
        No such series or scenario.
    InputError
        The outlook is not finished, or its draws are gone.
    """
    import duckdb

    names = [one["name"] for one in series_of(told)]
    if name not in names:
        raise UnknownNameError.from_available("series", name, names)
    wanted = _scenarios(told, scenarios)
    draws = str(told.folder / DRAWS / "*.parquet")
    query = (
        "select scenario, year, quantile_cont(value, ?::double[]) as found, "
        "bool_or(isnan(value)) as torn from read_parquet(?) "
        "where series = ? and draw < ? group by scenario, year order by scenario, year"
    )
    try:
        with duckdb.connect() as connection:
            asked = [list(SHARES), draws, name, told.about["draws"]]
            rows = connection.execute(query, asked).fetchall()
    except duckdb.Error as error:
        raise InputError(
            f"the draws of {told.id} cannot be read: make the outlook again"
        ) from error
    made = [
        {
            "scenario": scenario,
            "year": year,
            **{
                f"{share:g}": None if torn or not math.isfinite(value) else value
                for share, value in zip(SHARES, found, strict=True)
            },
        }
        for scenario, year, found, torn in rows
        if scenario in wanted
    ]
    return sorted(made, key=lambda row: (wanted.index(row["scenario"]), row["year"]))


def counts(name: str, as_of: int | None = None) -> list[dict[str, Any]]:
    """What was counted of a series, year by year, as the outlook joins it, each with its source.

    Parameters
    ----------
    as_of : last year taken; None is all

    Examples
    --------
    >>> [(row["year"], row["value"]) for row in counts("china-europe-trains")][:2]
    [(2011, 17.0), (2012, 42.0)]
    """
    defined = _defined(name)
    own = () if defined is None else defined.counted
    rows = {
        (row.series, row.year): row
        for table in ("outlook_counts", "flows_observed")
        for row in facts.rows(table)
    }
    found = []
    for year, value in sorted(_path(name).items()):
        row = next((rows[series, year] for series in own if (series, year) in rows), None)
        found.append(
            {
                "year": year,
                "value": float(value),
                "used": as_of is None or year <= as_of,
                "source_title": "" if row is None else row.source_title,
                "address": "" if row is None else row.address or "",
                "as_of": "" if row is None else row.as_of,
                "confidence": "" if row is None else row.confidence,
            }
        )
    return found


def title_of(name: str) -> str:
    """What a series of an outlook is, in words; its name where it belongs to one world alone.

    Examples
    --------
    >>> title_of("china-europe-teu")
    'Containers on China–Europe trains'
    """
    found = _defined(name)
    return name if found is None else str(found.what)


@cache
def _defined(name: str) -> Series | None:
    """A series by its name, as far as it does not depend on the world."""
    from landbridge.outlook.measures import GATES, series

    pair = (name.removeprefix(_TRADE),) if name.startswith(_TRADE) else ()
    sides = SimpleNamespace(gates=GATES, trade=pair, groups=())
    every = series(SimpleNamespace(sides=sides, watched=()))  # type: ignore[arg-type]
    return next((one for one in every if one.name == name), None)


def _path(name: str) -> dict[int, float]:
    """Counts that a series goes on from, as the outlook joins them."""
    from landbridge.outlook.anchor import joined
    from landbridge.outlook.known import known

    found = _defined(name)
    flows = known().flows
    own = () if found is None else found.counted
    return joined([flows.get(one, {}) for one in own]) if own else {}


def _scenarios(told: Told, wanted: Sequence[str]) -> list[str]:
    for name in wanted:
        if name not in told.scenarios:
            raise UnknownNameError.from_available("scenario of the outlook", name, told.scenarios)
    return list(wanted or told.scenarios)
