"""Outlooks in a folder, read for people: what they hold, what matters, what fills up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError

RUN, SUMMARY, DRAWS = "outlook.json", "summary.json", "draws"
FILES: Mapping[str, str] = {
    "summary.json": "everything but the draws, as JSON",
    "outlook.xlsx": "workbook",
    "iamc.csv": "quantiles in the long form of the IAMC",
    "draws.nc": "every draw, netCDF",
}
"""Files of an outlook that may be fetched, and what they hold."""


@dataclass(frozen=True, slots=True)
class Told:
    """An outlook that was read.

    Attributes
    ----------
    id : name of its folder
    folder : where it lies
    about : its `summary.json`; that of its `outlook.json` alone where it is not finished
    finished : whether all draws are done and summed up
    """

    id: str
    folder: Path
    about: Mapping[str, Any]
    finished: bool

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of its scenarios."""
        return tuple(self.about["scenarios"])

    @property
    def years(self) -> tuple[int, ...]:
        """Years looked at; none where it is not finished."""
        series = self.about.get("series") or [{}]
        return tuple(series[0]["years"]) if self.finished else ()

    def refuse_unfinished(self) -> None:
        """Refuse what only a finished outlook has.

        Raises
        ------
        InputError
            It is not finished.
        """
        if not self.finished:
            raise InputError(
                f"the outlook {self.id} is not finished: run it again with the same scenarios, "
                "year and seed, and it goes on"
            )


def listed(folder: Path) -> tuple[Told, ...]:
    """Every outlook right under a folder, the last written first; what cannot be read is left out.

    Examples
    --------
    >>> listed(Path("/nowhere/at/all"))
    ()
    """
    found = []
    for note in folder.glob(f"*/{RUN}"):
        try:
            found.append(read(folder, note.parent.name))
        except InputError:
            continue
    return tuple(sorted(found, key=lambda one: -(one.folder / RUN).stat().st_mtime))


def read(folder: Path, identifier: str) -> Told:
    """Read an outlook by the name of its folder.

    Raises
    ------
    UnknownNameError
        With the closest; also for a name that would leave the folder.
    InputError
        A file of it cannot be read.
    """
    known = sorted(note.parent.name for note in folder.glob(f"*/{RUN}"))
    if identifier not in known:
        raise UnknownNameError.from_available("outlook", identifier, known)
    own = folder / identifier
    finished = (own / SUMMARY).is_file()
    file = own / (SUMMARY if finished else RUN)
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file.name} of {identifier} cannot be read: make it again") from error
    return Told(identifier, own, about, finished)


def sensitivity(told: Told, series: str, scenario: str) -> dict[str, Any]:
    """What moves a series most in the last year: shares of its variance by unknown.

    An empty list of unknowns means that there were too few draws, or that it does not vary.
    """
    told.refuse_unfinished()
    for one in told.about["sensitivity"]:
        if (one["series"], one["scenario"]) == (series, scenario):
            unknowns = [
                {"unknown": name, "first": one["first"][name], "total": total}
                for name, total in one["total"].items()
            ]
            unknowns.sort(key=lambda row: -row["total"])
            return {"year": one["year"], "caught": one["caught"], "unknowns": unknowns}
    return {"year": told.years[-1], "caught": None, "unknowns": []}


def capacity(told: Told) -> list[dict[str, Any]]:
    """Probability that a crossing's load is over its published capacity, a row a year."""
    told.refuse_unfinished()
    return [
        {
            "scenario": one["scenario"],
            "crossing": one["crossing"],
            "name": _title(one["crossing"]),
            "year": year,
            "probability_full": share,
        }
        for one in told.about["capacity"]
        for year, share in zip(one["years"], one["probability_full"], strict=True)
    ]


def branches(told: Told) -> list[dict[str, Any]]:
    """What must be true for a series to reach a figure, scenario by scenario."""
    told.refuse_unfinished()
    return [dict(one) for one in told.about["branches"]]


def hazards(told: Told) -> list[dict[str, Any]]:
    """Yearly probability of each event that was drawn, with what it is and where it is from."""
    rows = facts.by_id("outlook_hazards")
    return [
        {
            "event": event,
            "what": rows[event].what if event in rows else event,
            "yearly_probability": chance,
            "source_title": rows[event].source_title if event in rows else "",
        }
        for event, chance in told.about["hazards"].items()
    ]


def _title(crossing: str) -> str:
    from landbridge.levers.places import title

    return title("crossings", crossing)
