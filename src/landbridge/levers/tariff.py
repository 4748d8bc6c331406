"""Tariffs: a rate set, moved by points, or multiplied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge.levers.checks import below_zero, many_given, none_given, not_below, year_problems
from landbridge.levers.effects import TariffEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import amount, joined
from landbridge.levers.quantity import Uncertain
from landbridge.levers.sectors import sector_problems, sectors_named
from landbridge.levers.sides import side_problems, sides

_CHANGES = ("rate_pct", "change_pct", "factor")


class Tariff(Lever):
    """Tariffs that some economies levy on goods of others.

    Effect: t' = rate_pct / 100, or t + change_pct / 100, or factor x t, for every pair and sector
    named (a `TariffEffect`; t is the ad-valorem rate of the base world). Revenue stays with the
    importer.

    Attributes
    ----------
    importers, exporters : parties; `others` means all that the other side does not name
    sectors : goods; blank is all of them
    rate_pct, change_pct, factor : exactly one of them

    Examples
    --------
    >>> Tariff(importers=["EU"], exporters=["CHN"], factor=0, source="example").describe()
    'tariffs of EU on all goods of CHN: 0 times what they were'
    """

    kind: Literal["tariff"] = "tariff"
    importers: tuple[str, ...]
    exporters: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    rate_pct: Uncertain | None = None
    change_pct: Uncertain | None = None
    factor: Uncertain | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown parties or sectors, no or several changes, rates that cannot be."""
        yield from year_problems(self)
        yield from side_problems(stage, importers=self.importers, exporters=self.exporters)
        yield from sector_problems(self.sectors, goods_only=True)
        yield from none_given(self, *_CHANGES)
        yield from many_given(self, *_CHANGES)
        yield from below_zero(self, "rate_pct", "factor")

    def effects(self, stage: Stage) -> Iterator[TariffEffect]:
        """One change of tariffs."""
        importers, exporters = sides(self.importers, self.exporters, stage)
        yield TariffEffect(
            importers,
            exporters,
            sectors_named(self.sectors),
            factor=1.0 if self.factor is None else not_below(self.factor),
            add=0.0 if self.change_pct is None else self.change_pct.value / 100.0,
            level=None if self.rate_pct is None else not_below(self.rate_pct) / 100.0,
        )

    def describe(self) -> str:
        """What happens to whose tariffs."""
        what = joined(self.sectors) if self.sectors else "all goods"
        whose = f"tariffs of {joined(self.importers)} on {what} of {joined(self.exporters)}"
        if self.rate_pct is not None:
            return f"{whose}: {amount(self.rate_pct)} %"
        if self.change_pct is not None:
            return f"{whose}: {amount(self.change_pct)} points more"
        return (
            f"{whose}: {'1' if self.factor is None else amount(self.factor)} times what they were"
        )
