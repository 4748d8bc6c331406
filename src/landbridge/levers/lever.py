"""What every lever is: one thing that can be changed, checked before and turned into effects."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from landbridge.levers.effects import Effect
from landbridge.levers.quantity import Quantity
from landbridge.network.graph import Network

if TYPE_CHECKING:
    from landbridge.economy.table.basetable import BaseTable


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What a lever stands on when it acts: a year, a network and a base economy.

    Attributes
    ----------
    year : int
        The year assessed.
    network : Network
    table : BaseTable
        The base economy with its labels.
    """

    year: int
    network: Network
    table: BaseTable


class Lever(BaseModel, ABC):
    """Base of every lever. Fields are those of a `[[lever]]` table of a scenario file.

    Attributes
    ----------
    kind : the kind of lever, which decides the other fields
    source : where the change and its size come from; a scenario without sources is refused
    from_year, to_year : years in which it acts, both included; blank is always
    note : for people
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    source: str = Field(min_length=3)
    from_year: int | None = None
    to_year: int | None = None
    note: str = ""

    @abstractmethod
    def problems(self, stage: Stage) -> Iterator[str]:
        """What makes this lever impossible, one sentence each, before anything is computed."""

    @abstractmethod
    def effects(self, stage: Stage) -> Iterator[Effect]:
        """What it changes."""

    @abstractmethod
    def describe(self) -> str:
        """What it does, as a phrase for people ("Dostyk: 12 hours instead of 25")."""

    def acts_in(self, year: int) -> bool:
        """Whether it acts in a year."""
        return (self.from_year is None or self.from_year <= year) and (
            self.to_year is None or year <= self.to_year
        )

    @property
    def uncertain(self) -> tuple[str, ...]:
        """Names of its fields that carry an interval."""
        return tuple(
            name
            for name in type(self).model_fields
            if isinstance(value := getattr(self, name), Quantity) and not value.is_certain
        )

    def drawn(self, shares: dict[str, float]) -> Self:
        """The lever with each named uncertain field set to its quantile (see `Quantity.at`)."""
        update: dict[str, Any] = {
            name: Quantity(value=getattr(self, name).at(share)) for name, share in shares.items()
        }
        return self.model_copy(update=update)
