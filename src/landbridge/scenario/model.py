"""What a scenario is: a question, the levers that put it, the years it is put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from landbridge.levers.lever import Lever

SYSTEMS: Mapping[str, str] = MappingProxyType(
    {
        "belt": "the overland belt: rail and road from China to Europe",
        "road": "the maritime road: ports, straits and liner rates",
        "policy": "coordination of policy between governments",
        "infrastructure": "lines, crossings, terminals and what they can pass",
        "trade": "tariffs, customs and other barriers to trade",
        "finance": "loans, their terms and debt service",
        "people": "travel, visas, study and tourism",
        "industry": "plants, productivity and cooperation in making things",
        "hub": "Kazakhstan as a hub of transit",
        "programmes": "national programmes joined with the initiative",
        "blocs": "unions, organisations and the dialogue between them",
        "outlook": "the ten years ahead, in confrontation or partnership",
        "risks": "what may go wrong: closures, sanctions, prices",
    }
)
"""Parts of the Belt and Road that a scenario may exercise; `corridors:ID` names a corridor."""
CORRIDOR = "corridors:"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, pattern=r"^[^\n]*$")]


class Source(BaseModel):
    """A page, paper or table that a scenario rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Line
    address: str = ""
    as_of: str = ""


class Uncertainty(BaseModel):
    """What a run with draws varies besides the levers' own intervals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    draws: int = Field(default=200, ge=2, le=100_000)
    seed: int = Field(default=1, ge=0, lt=2**32)
    elasticities: bool = True
    value_of_time: bool = True


class Head(BaseModel):
    """Everything a scenario file says outside its levers.

    Attributes
    ----------
    name : what people call it
    question : what it answers, one sentence that ends with a question mark
    year : the year assessed
    baseline_year : year of the network and rates compared with; blank is `year`
    description : two to four sentences
    systems : parts of the Belt and Road it exercises, of `SYSTEMS` or `corridors:ID`
    sources : what it rests on
    uncertainty : what a run with draws varies
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    question: Annotated[Line, StringConstraints(pattern=r"\?$")]
    year: int
    baseline_year: int | None = None
    description: str = ""
    systems: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    uncertainty: Uncertainty = Uncertainty()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named list of levers, in a year, against a baseline.

    Attributes
    ----------
    slug : short name, that of its file without the ending
    levers : in the order of the file; `levers_in(year)` are those that act in a year
    lines : line of each lever in the file
    path : the file, None when read from text
    sha256 : of the text it was read from, so that a run can name exactly what it ran

    The other fields are those of `Head`.
    """

    slug: str
    name: str
    question: str
    year: int
    baseline_year: int
    description: str
    systems: tuple[str, ...]
    sources: tuple[Source, ...]
    uncertainty: Uncertainty
    levers: tuple[Lever, ...]
    lines: tuple[int, ...]
    path: Path | None
    sha256: str

    def levers_in(self, year: int) -> tuple[Lever, ...]:
        """Levers that act in a year."""
        return tuple(lever for lever in self.levers if lever.acts_in(year))

    @property
    def corridors(self) -> tuple[str, ...]:
        """Ids of the corridors it exercises."""
        return tuple(s.removeprefix(CORRIDOR) for s in self.systems if s.startswith(CORRIDOR))
