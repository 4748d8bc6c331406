"""A run: one folder that holds what was asked, what was answered, and what it rests on."""

from __future__ import annotations

import json
import math
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.assess.columns import columns_of, schema
from landbridge.errors import InputError
from landbridge.exchange.about import FORMAT, VERSION, about_run, file_of, run_name
from landbridge.exchange.files import OutputError

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.assess.assessment import Assessment

    Draw = Callable[[Mapping[str, "pd.DataFrame"], Mapping[str, Any], Path], Any]

ABOUT = "run.json"
BOOK, IAMC = "tables.xlsx", "iamc.csv"
_LEFTOVER_S = 3600.0


def write_run(
    assessment: Assessment,
    folder: Path,
    *,
    draw: Draw | None = None,
    started: datetime | None = None,
    seeds: Mapping[str, int] | None = None,
    replace: bool = False,
) -> Path:
    """Write an assessment as the run `folder/SCENARIO-YEAR`, whole or not at all.

    The same scenario's earlier run gives way. A run is written beside its place and moved there in
    one go, so that one killed half-way leaves nothing to mend.

    Parameters
    ----------
    folder : folder of runs, made where it is missing
    draw : draws figures, from the tables and `run.json`, into a folder that is there
        (`landbridge.brief.figures.draw_figures`)
    started : when the assessment began; left out of `run.json` when unknown
    seeds : seeds of what was drawn, by what they were for
    replace : put it in the place of another scenario's run too

    Returns
    -------
    Path
        Folder of the run.

    Raises
    ------
    InputError
        The place holds another scenario's run, or something that is no run.
    OutputError
        The system refuses: read-only place, full disk.
    """
    from landbridge.assess.tables import tables_of
    from landbridge.exchange.book import write_book
    from landbridge.exchange.flows import FLOWS, LEAST_FEU, write_flows
    from landbridge.exchange.iamc import iamc_frame

    folder = Path(folder)
    target = folder / run_name(assessment)
    _refuse(target, assessment, replace=replace)
    tables = tables_of(assessment)
    about = about_run(assessment, started=started, seeds=seeds or {})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, target.name)
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=folder))
        try:
            about["tables"] = {name: _write(scratch, name, made) for name, made in tables.items()}
            rows = write_flows(assessment, scratch / FLOWS)
            about["flows"] = {"file": FLOWS, "rows": rows, "least_feu": LEAST_FEU}
            write_book(tables, about, scratch / BOOK)
            iamc_frame(tables, about).to_csv(scratch / IAMC, index=False)
            if draw is not None:
                figures = scratch / "figures"
                figures.mkdir()
                draw(tables, about, figures)
                about["figures"] = sorted(path.name for path in figures.iterdir())
            (scratch / ABOUT).write_text(exact_json(about, indent=1) + "\n", encoding="utf-8")
            scratch.chmod(0o755)
            _move(scratch, target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise OutputError.from_os_error(target, error) from error
    return target


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was read: `about` is its `run.json`, tables are read when asked for.

    Attributes
    ----------
    folder : where it lies
    about : what `run.json` says
    """

    folder: Path
    about: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """Name of its folder, which is what tables call it."""
        return self.folder.resolve().name

    @property
    def scenario(self) -> str:
        """Short name of its scenario."""
        return str(self.about["scenario"]["id"])

    @property
    def year(self) -> int:
        """Year assessed."""
        return int(self.about["year"])

    def path(self, table: str) -> Path:
        """Parquet file of a table.

        Raises
        ------
        UnknownNameError
            A run has no such table.
        InputError
            The file is gone.
        """
        columns_of(table)
        found = self.folder / f"{table}.parquet"
        if not found.is_file():
            raise InputError(f"the run {self.folder} has lost {found.name}: assess it again")
        return found

    def table(self, name: str) -> pd.DataFrame:
        """Read a table (see `path` for the errors)."""
        import pyarrow.parquet as pq

        made: pd.DataFrame = pq.read_table(self.path(name)).to_pandas()
        return made


def read_run(folder: Path) -> Run:
    """Read a run by its folder.

    Raises
    ------
    InputError
        No such folder, or no run in it, or one of a later version.
    """
    folder = Path(folder)
    file = folder / ABOUT
    if not folder.exists():
        raise InputError(f"no run {folder}: `landbridge assess SCENARIO --out runs` writes one")
    if not file.is_file():
        inside = sorted(path.parent.name for path in folder.glob(f"*/{ABOUT}"))
        hint = f"; it holds runs: {', '.join(inside[:5])}" if inside else ""
        raise InputError(f"{folder} is not a run, it has no {ABOUT}{hint}")
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{file} cannot be read ({error}): assess it again") from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise InputError(f"{file} is not the {ABOUT} of a run: name a folder that holds one")
    if about["format_version"] > VERSION:
        raise InputError(
            f"{folder} is of a later landbridge ({about['software']['landbridge']}): upgrade this"
        )
    return Run(folder, about)


def runs_in(folder: Path) -> tuple[Run, ...]:
    """Every run right under a folder, by name.

    Raises
    ------
    InputError
        No such folder, or no run in it; or as `read_run` for one that is broken.
    """
    folder = Path(folder)
    mend = f"`landbridge assess SCENARIO --out {folder}` writes one"
    if not folder.is_dir():
        raise InputError(f"no folder of runs {folder}: {mend}")
    found = sorted(path.parent for path in folder.glob(f"*/{ABOUT}") if path.parent.name[0] != ".")
    if not found:
        raise InputError(f"no run in {folder}: {mend}")
    return tuple(read_run(each) for each in found)


def exact_json(value: object, indent: int | None = None) -> str:
    """JSON with every digit; a figure that does not exist is null.

    Examples
    --------
    >>> exact_json({"residual": 9.6e-11, "hours": float("nan")})
    '{"residual": 9.6e-11, "hours": null}'
    """
    return json.dumps(_known(value), ensure_ascii=False, allow_nan=False, indent=indent)


def _known(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _known(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_known(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return _known(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, (str, int, bool, type(None))) else str(value)


def _refuse(target: Path, assessment: Assessment, *, replace: bool) -> None:
    if not target.exists():
        return
    there = read_run(target).about["scenario"]
    mine = assessment.scenario
    same = there["sha256"] == mine.sha256 or (
        mine.path is not None and there["file"] == file_of(assessment)
    )
    if not same and not replace:
        raise InputError(
            f"{target} holds the run of another scenario of that name, {there['name']!r} from "
            f"{there['file'] or 'text'}: name another folder or file, or move that run away"
        )


def _write(folder: Path, name: str, made: pd.DataFrame) -> dict[str, Any]:
    """Write a table as Parquet, units in its metadata, and as CSV; what `run.json` says of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    laid = pa.Table.from_pandas(made, preserve_index=False)
    fields = [
        laid.schema.field(column.name).with_metadata(
            {"unit": column.unit, "description": column.description}
        )
        for column in schema()[name]
    ]
    parquet = folder / f"{name}.parquet"
    pq.write_table(laid.cast(pa.schema(fields)), parquet, compression="zstd")
    made.to_csv(folder / f"{name}.csv", index=False)
    return {"rows": len(made), "sha256": sha256(parquet.read_bytes()).hexdigest()}


def _move(scratch: Path, target: Path) -> None:
    if not target.exists():
        scratch.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent))
    target.rename(aside / target.name)
    scratch.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _sweep(folder: Path, name: str) -> None:
    """Remove what killed runs of this name left; a younger one may still be at work."""
    for left in folder.glob(f".{name}.partial-*"):
        if time.time() - left.stat().st_mtime > _LEFTOVER_S:
            shutil.rmtree(left, ignore_errors=True)
