"""Runs side by side: economies, corridors and crossings, and whether their bases are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from landbridge.errors import InputError
from landbridge.exchange.runs import Run

KEYS: Mapping[str, tuple[str, ...]] = {
    "economies": ("iso3", "name"),
    "corridors": ("id", "name", "kind"),
    "crossings": ("id", "name", "mode"),
}
VALUES = {
    "economies": ("welfare_pct", "real_gdp_pct", "exports_pct", "imports_pct"),
    "corridors": ("feu_base", "feu", "time_h_base", "time_h"),
    "crossings": ("feu_base", "feu", "hours_base", "hours", "capacity_share"),
}
_LOOKED_AT: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "they are of different years": lambda a: str(a["year"]),
    "they are compared with the network and rates of different years": lambda a: str(
        a["baseline_year"]
    ),
    "they rest on different base economies": lambda a: (
        f"{a['base_economy']['year']}, {a['base_economy']['sha256'][:8]}"
    ),
    "they rest on different facts": lambda a: str(a["facts_sha256"][:8]),
    "they were made by different versions": lambda a: str(a["software"]["landbridge"]),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One economy, corridor or crossing in every run.

    Attributes
    ----------
    key : what it is (`KEYS` of its table)
    runs : figures (`VALUES` of its table) by label of the run; a run that lacks it is not there
    """

    key: Mapping[str, str]
    runs: Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs side by side.

    Attributes
    ----------
    labels : what each run is called, its name or, where two share one, its folder
    about : `run.json` of each
    differences : sentences on what else than the scenario differs between the runs
    economies, corridors, crossings : lines in the order of the first run that has them
    """

    labels: tuple[str, ...]
    about: tuple[Mapping[str, Any], ...]
    differences: tuple[str, ...]
    economies: tuple[Line, ...]
    corridors: tuple[Line, ...]
    crossings: tuple[Line, ...]

    @property
    def same_base(self) -> bool:
        """Whether the runs differ by their scenario alone."""
        return not self.differences


def compare_runs(runs: Sequence[Run]) -> Comparison:
    """Put runs side by side.

    Raises
    ------
    InputError
        Fewer than two runs, or one of them twice.
    """
    folders = [run.folder.resolve() for run in runs]
    if len(runs) < 2:
        raise InputError("a comparison needs two runs or more: name the folders of two")
    if twice := [str(f) for f, count in Counter(folders).items() if count > 1]:
        raise InputError(f"the run {twice[0]} is named twice: name each once")
    names = Counter(run.name for run in runs)
    labels = tuple(run.name if names[run.name] == 1 else str(run.folder) for run in runs)
    lines = {table: _lines(table, labels, runs) for table in KEYS}
    return Comparison(
        labels=labels,
        about=tuple(run.about for run in runs),
        differences=tuple(_differences(labels, runs)),
        **lines,
    )


def _lines(table: str, labels: Sequence[str], runs: Sequence[Run]) -> tuple[Line, ...]:
    keys: dict[str, dict[str, str]] = {}
    figures: dict[str, dict[str, dict[str, float | None]]] = {}
    for label, run in zip(labels, runs, strict=True):
        for row in run.table(table).to_dict("records"):
            name = str(row[KEYS[table][0]])
            keys.setdefault(name, {key: str(row[key]) for key in KEYS[table]})
            found = {value: _known(row[value]) for value in VALUES[table]}
            figures.setdefault(name, {})[label] = found
    return tuple(Line(key, figures[name]) for name, key in keys.items())


def _known(value: float) -> float | None:
    return None if value != value else float(value)


def _differences(labels: Sequence[str], runs: Sequence[Run]) -> list[str]:
    said = []
    for what, look in _LOOKED_AT.items():
        found = [look(run.about) for run in runs]
        if len(set(found)) > 1:
            each = ", ".join(f"{label} {value}" for label, value in zip(labels, found, strict=True))
            said.append(f"{what} ({each})")
    return said
