"""What the API says of scenarios."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from landbridge.scenario.problems import Problem


class BriefOut(BaseModel):
    """A scenario in one row.

    Attributes
    ----------
    id : its short name
    shipped : whether it comes with the package; else it was made here
    """

    id: str
    name: str
    question: str
    year: int
    baseline_year: int
    lever_count: int
    systems: list[str]
    shipped: bool


class ScenariosOut(BaseModel):
    """Every scenario known."""

    scenarios: list[BriefOut]


class SourceOut(BaseModel):
    """What a scenario rests on."""

    title: str
    address: str = ""
    as_of: str = ""


class LeverOut(BaseModel):
    """A lever of a scenario: what it does and where its size comes from."""

    lever: int
    kind: str
    describe: str
    source: str


class ScenarioOut(BriefOut):
    """A scenario whole.

    Attributes
    ----------
    toml : its text
    tables : its tables, for a form
    """

    description: str
    sources: list[SourceOut]
    levers: list[LeverOut]
    sha256: str
    toml: str
    tables: dict[str, Any]


class CoverageOut(BaseModel):
    """Which scenarios exercise each system and corridor."""

    systems: dict[str, list[str]]


class CheckedOut(BaseModel):
    """What is wrong with a scenario, and what it says.

    Attributes
    ----------
    sound : whether it can be assessed; only then nothing is wrong
    problems : all at once, each with the lever and field it is about
    toml : its text
    scenario : its tables, for a form; null where the text is no TOML
    describes : what each lever does, by its number from 1
    names_checked : whether names of places and economies were looked up; not before the world is
        loaded
    """

    sound: bool
    problems: list[Problem]
    toml: str
    scenario: dict[str, Any] | None
    describes: dict[int, str]
    names_checked: bool
