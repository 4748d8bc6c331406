"""One small real assessment and the run it makes, each made once whoever asks first."""

import json
import shutil
from dataclasses import replace
from functools import cache

from landbridge.assess.assessment import Band, Contribution
from landbridge.assess.tables import tables_of
from landbridge.brief.figures import draw_figures
from landbridge.exchange.runs import write_run
from landbridge.scenario import read_scenario

_RUNS = {}


@cache
def dostyk(assessor):
    """The assessment of `dostyk-reform`, levers not put alone."""
    return assessor.assess(read_scenario("dostyk-reform"), contributions=False)


@cache
def tables(assessor):
    """Its tables."""
    return tables_of(dostyk(assessor))


def run(assessor, factory):
    """Folder of its run with figures; copy it before changing anything."""
    if assessor not in _RUNS:
        _RUNS[assessor] = write_run(dostyk(assessor), factory.mktemp("runs"), draw=draw_figures)
    return _RUNS[assessor]


def copied(folder, place, **changed):
    """The run copied to `place`, with other values in its run.json."""
    shutil.copytree(folder, place)
    about = json.loads((place / "run.json").read_text())
    (place / "run.json").write_text(json.dumps(about | changed))
    return place


def with_parts(assessment):
    """The assessment with contributions and bands of known size, made from its own changes."""
    told = {e.iso3: e.welfare_pct for e in assessment.largest(8)}
    share = {1: 0.75, 2: 0.25}
    return replace(
        assessment,
        contributions=tuple(
            Contribution(
                number,
                lever.describe(),
                {code: share[number] * pct for code, pct in told.items()},
                share[number] * assessment.world_welfare_pct,
            )
            for number, lever in enumerate(assessment.scenario.levers, start=1)
        ),
        bands=tuple(
            Band("welfare_pct", code, pct - 0.01, pct, pct + 0.01) for code, pct in told.items()
        ),
    )
