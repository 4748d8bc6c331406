"""The panel that gravity is estimated on: one row a pair and year, every column with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from landbridge.errors import InputError

KEYS = ("exporter", "importer", "year")
REQUIRED = (*KEYS, "trade")


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Flows and what may explain them.

    Attributes
    ----------
    rows : `exporter`, `importer` (codes), `year`, `trade` (any one unit of money, zero where
        nothing was traded) and any number of regressors; a pair has at most one row a year. Rows
        with exporter and importer alike are domestic sales.
    sources : where each column but the keys comes from
    notes : what was left out or filled on the way, and by which rule

    Raises
    ------
    InputError
        Listing every problem at once: columns that lack, empty codes, years that are not whole,
        negative or missing flows, pairs given twice in a year, regressors that are not finite
        numbers, columns without a source.

    Examples
    --------
    >>> rows = pd.DataFrame({"exporter": ["KAZ"], "importer": ["CHN"], "year": [2016],
    ...                      "trade": [-1.0]})
    >>> Panel(pd.concat([rows, rows.assign(trade=2.0)]), {"trade": "an example"})
    Traceback (most recent call last):
    landbridge.errors.InputError: the panel cannot be used:
    - trade is negative in 1 row, first KAZ-CHN 2016
    - the pair stands twice in a year in 1 row, first KAZ-CHN 2016
    """

    rows: pd.DataFrame
    sources: Mapping[str, str]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        problems = _problems(self.rows, self.sources)
        if problems:
            raise InputError("the panel cannot be used:\n- " + "\n- ".join(problems))

    @property
    def regressors(self) -> tuple[str, ...]:
        """Names of the columns that may explain trade, in order."""
        return tuple(name for name in self.rows.columns if name not in REQUIRED)

    @property
    def years(self) -> tuple[int, ...]:
        """Years, ascending."""
        return tuple(sorted({int(year) for year in self.rows["year"].unique()}))

    @property
    def economies(self) -> tuple[str, ...]:
        """Codes of all exporters and importers, in alphabetical order."""
        return tuple(sorted({*self.rows["exporter"], *self.rows["importer"]}))

    @property
    def domestic(self) -> bool:
        """Whether it holds domestic sales."""
        return bool((self.rows["exporter"] == self.rows["importer"]).any())

    def adding(self, column: str, values: pd.Series | np.ndarray, source: str) -> Panel:
        """The same panel with one more regressor."""
        rows = self.rows.assign(**{column: np.asarray(values, np.float64)})
        return replace(self, rows=rows, sources={**self.sources, column: source})

    def where(self, keep: pd.Series | np.ndarray, note: str = "") -> Panel:
        """Some of the rows, with a note on why."""
        rows = self.rows.loc[np.asarray(keep, bool)].reset_index(drop=True)
        return replace(self, rows=rows, notes=(*self.notes, note) if note else self.notes)


def _problems(rows: pd.DataFrame, sources: Mapping[str, str]) -> list[str]:
    missing = [name for name in REQUIRED if name not in rows.columns]
    found = [f"there is no column {name!r}" for name in missing]
    if rows.empty:
        found.append("it has no rows")
    found += [
        f"column {name!r} has no source: name one"
        for name in rows.columns
        if name not in KEYS and not sources.get(name)
    ]
    if rows.empty:
        return found
    for name in ("exporter", "importer"):
        if name not in missing:
            blank = rows[name].isna() | (rows[name].astype(str).str.strip() == "")
            found += _tell(f"{name} is empty", blank, rows)
    if "year" not in missing:
        year = pd.to_numeric(rows["year"], errors="coerce")
        found += _tell("year is not a whole number", ~(year % 1 == 0), rows)
    if "trade" not in missing:
        trade = pd.to_numeric(rows["trade"], errors="coerce")
        found += _tell("trade is not a finite number", ~np.isfinite(trade), rows)
        found += _tell("trade is negative", trade < 0, rows)
        if not (trade > 0).any():
            found.append("no flow is above zero")
    for name in (name for name in rows.columns if name not in REQUIRED):
        value = pd.to_numeric(rows[name], errors="coerce")
        found += _tell(f"{name} is not a finite number", ~np.isfinite(value), rows)
    if not set(KEYS) & set(missing):
        found += _tell("the pair stands twice in a year", rows.duplicated(list(KEYS)), rows)
    return found


def _tell(problem: str, bad: pd.Series, rows: pd.DataFrame) -> list[str]:
    """Say a problem, how often it occurs and where first; nothing when it does not."""
    count = int(bad.sum())
    if not count:
        return []
    plural = "row" if count == 1 else "rows"
    first = rows.loc[bad].iloc[0]
    pair = "-".join(str(first[name]) for name in ("exporter", "importer") if name in rows.columns)
    year = f" {first['year']}" if "year" in rows.columns else ""
    return [f"{problem} in {count} {plural}, first {pair}{year}"]
