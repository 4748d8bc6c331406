"""What a job that was cut off leaves behind, removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from landbridge.app.jobstore import Job
from landbridge.app.settings import EVIDENCE, OUTLOOKS, RUNS


def clean(data: Path, job: Job, begun: float) -> None:
    """Remove what a job that was cut off has half written."""
    sweepers: dict[str, Callable[[Path, Job, float], None]] = {
        "assess": _clean_runs,
        "outlook": _clean_outlook,
        "read": _clean_documents,
    }
    if job.kind in sweepers:
        sweepers[job.kind](data, job, begun)


def _clean_runs(data: Path, job: Job, begun: float) -> None:
    for left in (data / RUNS).glob(".*.partial-*"):
        if left.stat().st_mtime >= begun - 1.0:
            shutil.rmtree(left, ignore_errors=True)


def _clean_outlook(data: Path, job: Job, begun: float) -> None:
    folder = data / OUTLOOKS / str(job.asked["folder"])
    if not (folder / "summary.json").exists():
        shutil.rmtree(folder, ignore_errors=True)


def _clean_documents(data: Path, job: Job, begun: float) -> None:
    from landbridge.app.documents import FILES, known

    read = known(data / EVIDENCE)
    for name in job.asked.get("files", []):
        if name not in read:
            (data / EVIDENCE / FILES / name).unlink(missing_ok=True)
