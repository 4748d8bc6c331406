"""Productivity of sectors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge.levers.checks import year_problems
from landbridge.levers.effects import ProductivityEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import expand
from landbridge.levers.phrases import amount, joined
from landbridge.levers.quantity import Uncertain
from landbridge.levers.sectors import sector_problems, sectors_named
from landbridge.levers.sides import side_problems


class Productivity(Lever):
    """Sectors of some economies that make more, or less, of the same inputs.

    Effect: unit cost is divided by 1 + change_pct / 100 (a `ProductivityEffect`; output per
    bundle of labour and inputs, Caliendo & Parro's technology parameter to the power 1 / theta).

    Attributes
    ----------
    economies : parties
    sectors : ids, ISIC groups, names, `goods`, `services` or `all`; blank is all
    change_pct : change of productivity, per cent

    Examples
    --------
    >>> lever = Productivity(economies=["KAZ"], sectors=["food"], change_pct=5, source="example")
    >>> lever.describe()
    'productivity of food in KAZ: 5 % more'
    """

    kind: Literal["productivity"] = "productivity"
    economies: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    change_pct: Uncertain

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown economies or sectors, no change, less than nothing."""
        yield from year_problems(self)
        yield from side_problems(stage, economies=self.economies)
        yield from sector_problems(self.sectors)
        if self.change_pct.value == 0.0 and self.change_pct.is_certain:
            yield "change_pct is 0: nothing would change"
        if self.change_pct.at(0.0) <= -100.0:
            yield f"draws of change_pct reach {self.change_pct.at(0.0):g}: it must stay above -100"

    def effects(self, stage: Stage) -> Iterator[ProductivityEffect]:
        """One change of productivity."""
        yield ProductivityEffect(
            expand(self.economies, stage),
            sectors_named(self.sectors, blank="all"),
            hat=1.0 + self.change_pct.value / 100.0,
        )

    def describe(self) -> str:
        """Where productivity changes, and by how much."""
        what = joined(self.sectors) if self.sectors else "all sectors"
        return (
            f"productivity of {what} in {joined(self.economies)}: {amount(self.change_pct)} % more"
        )
