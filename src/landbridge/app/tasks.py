"""What each kind of job does, in the worker's process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.app.settings import EVIDENCE, OUTLOOKS, RUNS
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.assess.assessment import Assessment
    from landbridge.assess.assessor import Assessor

Progress = Callable[[str, float], None]
Done = tuple[dict[str, Any], Any]
#: What one uploaded file may take of the one worker there is.
FILE_SECONDS = 60.0


class Tasks:
    """Does jobs on one world, which stays loaded, with its baselines, from job to job.

    Parameters
    ----------
    data : the data folder
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self._loading: Progress = lambda stage, share: None

    @cached_property
    def assessor(self) -> Assessor:
        """The world with the economy on it."""
        from landbridge.assess.assessor import Assessor
        from landbridge.world import World

        return Assessor(World.base(self._loading))

    def warm(self) -> None:
        """Load the world before the first job comes."""
        assert self.assessor

    def do(self, job: Mapping[str, Any], progress: Progress) -> Done:
        """Do a job.

        Returns
        -------
        made : what it wrote, for the job's record
        result : what it found, for the job's result
        """
        self._loading = progress
        kinds = {
            "assess": self._assess,
            "outlook": self._outlook,
            "hub": self._hub,
            "read": self._read,
            "validate": self._validate,
        }
        return kinds[job["kind"]](job["asked"], progress)

    def _assess(self, asked: Mapping[str, Any], progress: Progress) -> Done:
        from landbridge.app.scenarios import path_of
        from landbridge.brief.figures import draw_figures
        from landbridge.exchange.objects import assessment_object
        from landbridge.exchange.runs import write_run
        from landbridge.scenario.read import read_file

        started = datetime.now(UTC)
        path = path_of(self.data, asked["scenario"])
        scenario = read_file(path)
        scenario = read_file(path, self.assessor.stage(scenario.year))
        told = self.assessor.assess(scenario, contributions=asked["alone"], progress=progress)
        seed = scenario.uncertainty.seed if asked["seed"] is None else asked["seed"]
        if asked["draws"]:
            told = self._banded(told, asked["draws"], seed, progress)
        progress("writing", 0.95)
        seeds = {"draws": seed} if asked["draws"] else None
        runs = self.data / RUNS
        run = write_run(told, runs, draw=draw_figures, started=started, seeds=seeds)
        if asked["access"]:
            from landbridge.exchange.access import write_access

            write_access(told, run)
        return {"run": run.name}, assessment_object(told)

    def _banded(self, told: Assessment, draws: int, seed: int, progress: Progress) -> Assessment:
        from landbridge.assess.draws import draw

        found = draw(self.assessor, told.scenario, draws=draws, seed=seed, progress=progress)
        return replace(told, bands=found.bands(), draws=draws)

    def _outlook(self, asked: Mapping[str, Any], progress: Progress) -> Done:
        from landbridge.app.scenarios import path_of
        from landbridge.outlook.engine import run
        from landbridge.outlook.publish import write
        from landbridge.outlook.spec import BASELINE, checked
        from landbridge.outlook.summary import as_object

        names = [
            name if name == BASELINE else str(path_of(self.data, name))
            for name in asked["scenarios"]
        ]
        spec = checked(names, asked["to"], asked["as_of"], asked["hazards"])
        found = run(
            spec,
            asked["draws"],
            asked["seed"],
            assessor=self.assessor,
            workers=1,
            folder=self.data / OUTLOOKS / asked["folder"],
            progress=progress,
        )
        progress("writing", 0.98)
        write(found)
        return {"outlook": asked["folder"]}, as_object(found)

    def _hub(self, asked: Mapping[str, Any], progress: Progress) -> Done:
        from landbridge.assess.hub import hub, named
        from landbridge.exchange.json import plain

        code = named(asked["iso3"], self.assessor.world.network.economies)
        return {}, plain(asdict(hub(self.assessor, code, asked["year"], progress)))

    def _read(self, asked: Mapping[str, Any], progress: Progress) -> Done:
        from landbridge.app.documents import FILES
        from landbridge.evidence.files import Limits, Skipped
        from landbridge.evidence.read import stream

        folder = self.data / EVIDENCE
        limits = Limits(file_bytes=asked["file_bytes"], seconds=FILE_SECONDS)
        if not any((folder / FILES).iterdir()):
            raise InputError("no document to read; send some first")
        documents, skipped = [], []
        for one in stream(
            [folder / FILES],
            run=folder,
            limits=limits,
            jobs=1,
            progress=lambda done, of: progress(f"read {done} of {of}", done / of),
        ):
            if isinstance(one, Skipped):
                skipped.append({"name": Path(one.path).name, "reason": one.reason})
            else:
                documents.append({"id": one.document.id, "facts": len(one.facts)})
        return {"documents": asked.get("files", [])}, {"documents": documents, "skipped": skipped}

    def _validate(self, asked: Mapping[str, Any], progress: Progress) -> Done:
        from landbridge.app.checks import make

        found = make(asked["what"], self.assessor, progress)
        return {"validate": asked["what"]}, {"targets": [asdict(one) for one in found]}
