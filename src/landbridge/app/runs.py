"""Runs in the data folder, listed and read without leaving it."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.app.folders import inside
from landbridge.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from landbridge.exchange.runs import Run

ABOUT = "run.json"


def names(folder: Path) -> tuple[str, ...]:
    """Runs of a folder, the last made first."""
    found = [p for p in folder.glob(f"*/{ABOUT}") if not p.parent.name.startswith(".")]
    return tuple(p.parent.name for p in sorted(found, key=lambda p: -p.stat().st_mtime))


def read(folder: Path, name: str) -> Run:
    """A run by its name.

    Raises
    ------
    UnknownNameError
        There is none; the message suggests the closest.
    InputError
        It cannot be read.
    """
    from landbridge.exchange.runs import read_run

    known = names(folder)
    if name not in known:
        raise UnknownNameError.from_available("run", name[:200], known)
    return read_run(inside(folder, name, "run"))


def brief(run: Run) -> dict[str, Any]:
    """What a list says of a run."""
    about = run.about
    return {
        "id": run.folder.name,
        "scenario": run.scenario,
        "name": about["scenario"]["name"],
        "question": about["scenario"]["question"],
        "year": about["year"],
        "baseline_year": about["baseline_year"],
        "world_welfare_pct": about["world_welfare_pct"],
        "co2_mt_base": about["co2_mt_base"],
        "co2_mt": about["co2_mt"],
        "draws": "draws" in about.get("seeds", {}),
        "finished": about["finished"],
    }


def listed(folder: Path) -> list[dict[str, Any]]:
    """Every run that can be read, the last made first."""
    found = []
    for name in names(folder):
        try:
            found.append(brief(read(folder, name)))
        except (InputError, KeyError, TypeError):
            continue
    return found


def files(run: Run) -> list[dict[str, Any]]:
    """Files of a run by their path in it, with their sizes."""
    root = run.folder.resolve()
    every = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return [
        {"path": path.relative_to(root).as_posix(), "bytes": path.stat().st_size}
        for path in every
        if not path.name.startswith(".")
    ]


def packed(run: Run) -> Path:
    """A ZIP of a run, in a temporary file that the caller removes."""
    with tempfile.NamedTemporaryFile(prefix="landbridge-", suffix=".zip", delete=False) as file:
        place = Path(file.name)
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as made:
        for one in files(run):
            made.write(run.folder / one["path"], f"{run.folder.name}/{one['path']}")
    return place
