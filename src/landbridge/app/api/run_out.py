"""What the API says of runs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class RunBrief(BaseModel):
    """A run in one row."""

    id: str
    scenario: str
    name: str
    question: str
    year: int
    baseline_year: int
    world_welfare_pct: float | None
    co2_mt_base: float | None
    co2_mt: float | None
    draws: bool
    finished: str | None


class RunsOut(BaseModel):
    """Every run, the last made first."""

    runs: list[RunBrief]


class FileOut(BaseModel):
    """A file of a run."""

    path: str
    bytes: int


class ColumnOut(BaseModel):
    """A column of a table."""

    name: str
    type: str
    unit: str
    description: str


class TableOut(BaseModel):
    """A table of a run; figures that do not exist are null."""

    run: str
    table: str
    columns: list[ColumnOut]
    rows: list[dict[str, Any]]


class CityOut(BaseModel):
    """Market access of a city; the change is null where nothing could be reached before."""

    zone: str
    geonames_id: int
    economy: str
    lat: float
    lon: float
    access_base_usd_mn: float
    access_usd_mn: float
    change_pct: float | None
    reached: int


class AccessOut(BaseModel):
    """Market access of cities, before and after (`landbridge.assess.access`)."""

    run: str
    cities: list[CityOut]


class FlowOut(BaseModel):
    """A line: longitudes and latitudes of its points, containers a year in both directions."""

    x: list[float]
    y: list[float]
    mode: str
    feu_base: float
    feu: float


class FlowsOut(BaseModel):
    """What lines carry, the busiest last."""

    least_feu: float
    unit: str
    lines: list[FlowOut]


class RunOut(BaseModel):
    """A run; `about` is its `run.json`."""

    id: str
    about: dict[str, Any]
    tables: list[str]
    files: list[FileOut]
