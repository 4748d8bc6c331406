"""A server whose data folder holds an outlook, hindcasts, documents that were read, and runs.

`conftest.py` loads it: `prepared` is the server, `runs` puts the runs that a real job made into
its folder.
"""

import json
from dataclasses import asdict

import pytest

import assessed
from app_running import serving
from app_samples import ACCESS, OUTLOOK, RUNS, TEXTS
from landbridge.app.settings import WARM
from landbridge.evidence.read import read
from landbridge.outlook.engine import run
from landbridge.outlook.publish import write
from landbridge.outlook.record import score, verdict
from outlook_sample import small_parts


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """The server."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    _outlook(data / "outlooks")
    _documents(data / "evidence")
    # Nothing that is asked of it needs the world.
    with serving(data, environment={WARM: "0"}) as server:
        yield server


@pytest.fixture(scope="session")
def runs(prepared, served, made_run):
    """Names of two runs it holds: the one a real server made, and the same with another question.

    Both go under the names of `app_samples`; the rest is as it was made.
    """
    own = served.data / "runs" / made_run["made"]["run"]
    about = json.loads((own / "run.json").read_text())["scenario"]
    for name, said in zip(RUNS, ("Dostyk in half a day", "Another question"), strict=True):
        scenario = about | {"id": name.rpartition("-")[0], "name": said}
        assessed.copied(own, prepared.data / "runs" / name, run=name, scenario=scenario)
    (prepared.data / "runs" / RUNS[0] / "access.csv").write_text(ACCESS)
    return RUNS


def _outlook(folder):
    parts = small_parts(["baseline", "confrontation"], to=2030)
    ensemble = run(parts.spec, 34, 2, parts=parts, workers=1, folder=folder / OUTLOOK)
    write(ensemble)
    counts, outcomes = {2014: 10.0, 2015: 12.0, 2016: 15.0}, {2017: 17.0, 2018: 20.0}
    values = ensemble.values("trans-caspian-mt")[0][:, :2] + 15.0
    made = score("trans-caspian-mt", "Mt", values, (2017, 2018), counts, outcomes)
    total = asdict(verdict([made]))
    told = {
        "draws": 34,
        "scores": [{"as_of": 2016, **asdict(made)}],
        "verdict": total,
        "verdicts": [{"as_of": 2016, **total}],
    }
    (folder / "hindcast").mkdir()
    (folder / "hindcast" / "hindcast.json").write_text(json.dumps(told))


def _documents(folder):
    files = folder / "files"
    files.mkdir(parents=True)
    for name, text in TEXTS.items():
        (files / name).write_text(text, encoding="utf-8")
    read([files], run=folder, jobs=1)
