"""What `run.json` says of a run: inputs, versions, seeds, hashes, convergence."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge import facts
from landbridge.economy.table.basetable import FIELDS
from landbridge.errors import InputError
from landbridge.exchange.sources import ATTRIBUTION

if TYPE_CHECKING:
    from landbridge.assess.assessment import Assessment
    from landbridge.economy.table.basetable import BaseTable

FORMAT, VERSION = "landbridge-run", 1
_PACKAGES = ("numpy", "scipy", "numba", "pandas", "pyarrow", "scgraph-data", "searoute")


def run_name(assessment: Assessment) -> str:
    """Name of the folder of a run, the scenario's short name and the year."""
    return f"{assessment.scenario.slug}-{assessment.scenario.year}"


def file_of(assessment: Assessment) -> str | None:
    """File of a scenario as a run names it; those shipped are `shipped:NAME`."""
    from landbridge.scenario.shipped import FOLDER

    path = assessment.scenario.path
    if path is None:
        return None
    return f"shipped:{path.stem}" if path.parent == FOLDER else str(path)


def about_run(
    assessment: Assessment, *, started: datetime | None, seeds: Mapping[str, int]
) -> dict[str, Any]:
    """Everything a reader needs to trust a run or to make it again, tables and figures aside.

    Raises
    ------
    InputError
        The scenario's file is no longer what was assessed.
    """
    from landbridge import __version__

    scenario, table = assessment.scenario, assessment.given.table
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "run": run_name(assessment),
        "year": scenario.year,
        "baseline_year": scenario.baseline_year,
        "scenario": {
            "id": scenario.slug,
            "name": scenario.name,
            "question": scenario.question,
            "file": file_of(assessment),
            "sha256": scenario.sha256,
            "text": scenario_text(assessment),
            "levers": [lever.model_dump(mode="json") for lever in scenario.levers],
        },
        "base_economy": {
            "year": table.year,
            "sha256": base_sha256(table),
            "economies": len(table.labels.economies),
            "sectors": len(table.labels.sectors),
            "unit": table.provenance.get("unit"),
            "licence": table.provenance.get("licence"),
        },
        "facts_sha256": facts.content_hash(),
        "software": {
            "landbridge": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _PACKAGES},
        },
        "draws": assessment.draws,
        "seeds": dict(seeds),
        "started": None if started is None else started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "zones": len(assessment.given.zones),
        "world_welfare_pct": assessment.world_welfare_pct,
        "co2_mt_base": assessment.co2_mt_base,
        "co2_mt": assessment.co2_mt,
        "convergence": dict(assessment.convergence),
        "notes": list(assessment.notes),
        "attribution": ATTRIBUTION,
    }


def scenario_text(assessment: Assessment) -> str | None:
    """The scenario as it was read; None for one that came from no file."""
    from landbridge.scenario.files import text_of

    scenario = assessment.scenario
    if scenario.path is None:
        return None
    text = text_of(scenario.path)
    if sha256(text.encode()).hexdigest() != scenario.sha256:
        raise InputError(
            f"{scenario.path} was changed after it was read: assess it again, so that the run "
            "holds the text that it answers"
        )
    return text


def base_sha256(table: BaseTable) -> str:
    """SHA-256 of a base economy: its year, labels and arrays, however the file packs them."""
    words = (str(table.year), *table.labels.economies, *table.labels.sectors)
    digest = sha256("\0".join(words).encode())
    for name in FIELDS:
        digest.update(np.ascontiguousarray(getattr(table.base, name)).tobytes())
    return digest.hexdigest()
