"""What the API says of outlooks."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class BriefOut(BaseModel):
    """An outlook in one row."""

    id: str
    scenarios: list[str]
    as_of: int
    draws: int | None
    seed: int
    first_year: int | None
    last_year: int
    finished: bool


class OutlooksOut(BaseModel):
    """Every outlook in the data folder, the last written first."""

    outlooks: list[BriefOut]


class SeriesOut(BaseModel):
    """A series that an outlook follows; `counted` says whether it goes on from counts."""

    name: str
    what: str
    unit: str
    counted: bool


class FileOut(BaseModel):
    """A file of an outlook."""

    name: str
    what: str
    bytes: int


class HazardOut(BaseModel):
    """An event that was drawn."""

    event: str
    what: str
    yearly_probability: float
    source_title: str


class OutlookOut(BriefOut):
    """What an outlook holds."""

    years: list[int]
    series: list[SeriesOut]
    hazards: list[HazardOut]
    files: list[FileOut]


class FanRow(BaseModel):
    """Quantiles of a series in a year, over the draws; null where a draw has no figure."""

    model_config = ConfigDict(populate_by_name=True)

    scenario: str
    year: int
    q05: float | None = Field(alias="0.05")
    q25: float | None = Field(alias="0.25")
    q50: float | None = Field(alias="0.5")
    q75: float | None = Field(alias="0.75")
    q95: float | None = Field(alias="0.95")


class CountOut(BaseModel):
    """What was counted in a year; `used` says whether the outlook knew it."""

    year: int
    value: float
    used: bool
    source_title: str
    address: str
    as_of: str
    confidence: str


class FanOut(BaseModel):
    """A series as fans, with what was counted of it."""

    name: str
    what: str
    unit: str
    known: int
    fans: list[FanRow]
    counted: list[CountOut]


class UnknownOut(BaseModel):
    """Share of the variance of a series that an unknown has: alone, and with all it meets."""

    unknown: str
    first: float
    total: float


class SensitivityOut(BaseModel):
    """What moves a series most; empty where too few were drawn or nothing varies."""

    series: str
    scenario: str
    year: int
    caught: float | None
    unknowns: list[UnknownOut]


class CapacityRow(BaseModel):
    """Probability that a crossing is full in a year."""

    scenario: str
    crossing: str
    name: str
    year: int
    probability_full: float


class CapacityOut(BaseModel):
    """Which crossings fill up."""

    capacity: list[CapacityRow]


class BranchesOut(BaseModel):
    """What must be true for a series to reach a figure."""

    branches: list[dict[str, Any]]
