"""Market access of cities beside the tables of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.assess.assessment import Assessment


def write_access(assessment: Assessment, run: Path) -> None:
    """Write `access.parquet` and `access.csv` into the folder of a run."""
    from landbridge.assess.access import access_table

    table = access_table(assessment)
    table.to_parquet(run / "access.parquet", index=False)
    table.to_csv(run / "access.csv", index=False)
