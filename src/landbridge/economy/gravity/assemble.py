"""Put a panel together from a folder of the providers' files, or read one that is ready."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from landbridge.economy.gravity import covariates
from landbridge.economy.gravity.flows import KINDS, Flows, chosen_years
from landbridge.economy.gravity.hours import EconomyHours
from landbridge.economy.gravity.panel import KEYS, Panel
from landbridge.errors import InputError, UnknownNameError


def read_panel(data: Path, *, flows: str | None = None, years: Iterable[int] = ()) -> Panel:
    """Read the panel from a folder or a file.

    Parameters
    ----------
    data : a folder that holds, itself or in folders one below, a file of flows (see
        `flows.KINDS`), GeoDist's `dist_cepii.csv` and DESTA's dyads; or a CSV or Parquet file with
        the columns exporter, importer, year, trade and regressors
    flows : which file of flows to take where there are several
    years : years to keep; every fourth of the file's, back from the last, when empty

    Raises
    ------
    InputError
        Naming every file that lacks, or every problem of the panel.
    """
    if data.is_file():
        return _read_ready(data, tuple(years))
    if not data.is_dir():
        raise InputError(f"no file or folder {data}: --data names where the panel's files are")
    name, path = _flow_file(data, flows)
    wanted = sorted(set(years)) or chosen_years(path, KINDS[name])
    read = KINDS[name].read(path, wanted)
    empty = sorted(set(wanted) - {int(year) for year in read.rows["year"].unique()})
    if empty:
        raise InputError(f"{path} has no flows of {', '.join(map(str, empty))}: take other years")
    if "ln_distance" in read.sources:
        return _with_border(Panel(read.rows.reset_index(drop=True), read.sources, read.notes))
    return _with_covariates(read, data)


def _flow_file(data: Path, flows: str | None) -> tuple[str, Path]:
    if flows is not None and flows not in KINDS:
        raise UnknownNameError.from_available("file of flows", flows, KINDS)
    for name, kind in KINDS.items():
        if flows in (None, name) and (path := _find(data, kind.file)):
            return name, path
    files = [kind.file for name, kind in KINDS.items() if flows in (None, name)]
    raise InputError(f"{data} holds no flows: put {' or '.join(files)} there or in a folder below")


def _find(data: Path, file: str) -> Path | None:
    return next(iter([*data.glob(file), *sorted(data.glob(f"*/{file}"))]), None)


def _read_ready(data: Path, years: tuple[int, ...]) -> Panel:
    if data.suffix not in (".csv", ".parquet"):
        raise InputError(f"cannot tell the format of {data}: end it in .csv or .parquet")
    try:
        rows = pd.read_csv(data) if data.suffix == ".csv" else pd.read_parquet(data)
    except (ValueError, OSError) as error:
        raise InputError(f"cannot read {data}: {error}") from error
    panel = Panel(rows, {str(n): f"file {data.name}" for n in rows.columns if n not in KEYS})
    if not years:
        return panel
    missing = sorted(set(years) - set(panel.years))
    if missing:
        raise InputError(f"{data} has no rows of {', '.join(map(str, missing))}")
    return panel.where(panel.rows["year"].isin(years))


def _with_covariates(read: Flows, data: Path) -> Panel:
    geodist = _find(data, covariates.GEODIST_FILE)
    desta = _find(data, covariates.DESTA_FILE)
    missing = [
        name
        for name, path in ((covariates.GEODIST_FILE, geodist), (covariates.DESTA_FILE, desta))
        if path is None
    ]
    if geodist is None or desta is None:
        raise InputError(f"{data} lacks {' and '.join(missing)}: put them there or one below")
    pairs, told = covariates.read_geodist(geodist)
    rows = read.rows.merge(pairs, on=["exporter", "importer"], how="left")
    placed = rows["ln_distance"].notna()
    told = (*told, *_unplaced(rows, {*pairs["exporter"]}))
    rows = rows[placed].merge(
        covariates.read_agreements(desta), on=["exporter", "importer"], how="left"
    )
    rows["agreement"] = (rows["year"] >= rows["since"]).astype(float)
    sources = {
        **read.sources,
        **dict.fromkeys(
            ("ln_distance", "contiguity", "language", "colony"), covariates.GEODIST_SOURCE
        ),
        "agreement": covariates.DESTA_SOURCE,
    }
    rows = rows.drop(columns="since").reset_index(drop=True)
    return _with_border(Panel(rows, sources, (*read.notes, *told)))


def _unplaced(rows: pd.DataFrame, placed: set[str]) -> list[str]:
    """Notes on flows left out for want of a distance: of groups and former states, of economies."""
    codes = {*rows["exporter"], *rows["importer"]} - placed
    groups = codes - covariates.iso3_codes()
    whole = float(rows["trade"].sum())
    of_group = rows["exporter"].isin(groups) | rows["importer"].isin(groups)
    lost = rows["exporter"].isin(codes) | rows["importer"].isin(codes)
    found = (
        ("codes of no economy (groups, former states)", groups, of_group),
        ("economies without a distance", codes - groups, lost & ~of_group),
    )
    return [
        f"left out, {float(rows.loc[out, 'trade'].sum()) / whole:.1%} of the file's value: "
        f"{what}: {', '.join(sorted(names))}"
        for what, names, out in found
        if names
    ]


def _with_border(panel: Panel) -> Panel:
    """Add the dummy of trade that crosses a border, where domestic sales tell it apart."""
    if not panel.domestic:
        return panel
    abroad = panel.rows["exporter"] != panel.rows["importer"]
    return panel.adding("border", abroad.astype(float), "exporter and importer differ")


def with_hours(panel: Panel, hours: EconomyHours) -> Panel:
    """Add `ln_hours`, leaving out pairs between which the skim has no way.

    Raises
    ------
    InputError
        No pair of the panel is in the skim.
    """
    place = {code: number for number, code in enumerate(hours.economies)}
    origin, destination = (
        panel.rows[side].map(lambda code: place.get(code, -1)).to_numpy(np.int64)
        for side in ("exporter", "importer")
    )
    known = (origin >= 0) & (destination >= 0)
    time_h = np.where(known, hours.hours[origin, destination], np.nan)
    reached = np.isfinite(time_h)
    if not reached.any():
        raise InputError(
            f"{hours.source} has hours for no pair of the panel: codes are ISO 3166 alpha-3"
        )
    trade = panel.rows["trade"].to_numpy(np.float64)
    lost = trade[~reached].sum() / trade.sum()
    note = f"{int((~reached).sum()):,} rows ({lost:.1%} of value) have no hours and are left out"
    kept = panel.where(reached, note)
    return kept.adding("ln_hours", np.log(time_h[reached]), hours.source)
