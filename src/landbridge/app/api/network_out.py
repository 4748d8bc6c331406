"""Shapes of the answers about the network."""

from __future__ import annotations

from pydantic import BaseModel, Field

from landbridge.app.localnames import LocalNames
from landbridge.app.search import Found


class StateOut(BaseModel):
    """Whether the network is loaded, and what is being done where it is not."""

    ready: bool
    stage: str
    share: float


class CrossingBrief(BaseModel):
    """A border crossing and what passing it takes; both directions."""

    id: str
    name: str
    name_a: str
    name_b: str
    economy_a: str
    economy_b: str
    mode: str
    lat: float
    lon: float
    gauge_a_mm: int | None
    gauge_b_mm: int | None
    open: bool
    status: str
    open_year: int | None
    hours_a_to_b: float
    hours_b_to_a: float
    cost_usd_feu_a_to_b: float
    cost_usd_feu_b_to_a: float
    capacity_feu_year: float | None


class CrossingsOut(BaseModel):
    """Every listed crossing in a year."""

    year: int
    crossings: list[CrossingBrief]


class SourceOut(BaseModel):
    """Where a row comes from."""

    source_title: str | None
    address: str | None
    as_of: str | None
    confidence: str | None
    rule: str | None
    note: str | None


class FigureOut(SourceOut):
    """A figure that was read about a crossing."""

    year: int
    direction: str
    hours: float | None
    cost_usd_feu: float | None
    sides: str
    unit_basis: str
    use: str


class DirectionOut(BaseModel):
    """Passing a crossing one way."""

    direction: str
    from_economy: str
    to_economy: str
    hours: float
    hours_sd: float
    cost_usd_feu: float
    sailing_h: float


class CrossingOut(CrossingBrief):
    """A crossing whole."""

    year: int
    economy_a_name: str
    economy_b_name: str
    local_a: LocalNames
    local_b: LocalNames
    directions: list[DirectionOut]
    basis: str
    own_figures: bool
    cargo: str | None
    closed: list[str]
    planned_year: int | None
    capacity_per_day: float | None
    capacity_unit: str | None
    gauge_break: bool
    source: SourceOut
    figures: list[FigureOut]


class CorridorBrief(SourceOut):
    """A named corridor."""

    id: str
    name: str
    name_short: str
    family: str
    bri: bool
    modes: list[str]
    stage: str
    ends: list[str]
    gates: list[list[str]]
    through: list[str]


class CorridorsOut(BaseModel):
    """Every named corridor."""

    year: int
    corridors: list[CorridorBrief]


class LineOut(BaseModel):
    """A stretch of a way."""

    mode: str
    crossing: str | None = None
    x: list[float]
    y: list[float]


class CorridorOut(CorridorBrief):
    """A corridor with the way through it, where one is open in the year."""

    year: int
    between: list[str]
    why: str
    lines: list[LineOut]
    distance_km: float | None = None
    time_h: float | None = None
    cost_usd_feu: float | None = None
    economies: list[str] = Field(default_factory=list)
    crossings: list[str] = Field(default_factory=list)


class TerminalBrief(BaseModel):
    """A place where cargo changes mode."""

    id: str
    name: str
    economy: str
    kind: str
    modes: list[str]
    lat: float
    lon: float
    un_locode: str | None
    open: bool
    stage: str
    open_year: int | None


class TerminalsOut(BaseModel):
    """Every terminal in a year."""

    year: int
    terminals: list[TerminalBrief]


class TerminalOut(TerminalBrief):
    """A terminal whole."""

    year: int
    economy_name: str
    local: LocalNames
    capacity: float | None
    capacity_unit: str | None
    capacity_feu_year: float | None
    throughput: float | None
    throughput_unit: str | None
    throughput_year: int | None
    source: SourceOut


class PlacesOut(BaseModel):
    """Places that a beginning of a name may mean."""

    places: list[Found]
