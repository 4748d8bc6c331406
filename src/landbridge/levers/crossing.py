"""A border crossing: quicker or slower, cheaper or dearer, wider, open or shut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge import facts
from landbridge.levers import checks
from landbridge.levers.effects import CapacityEffect, Direction, EdgeEffect, Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.passing import Terms, old_terms, passing_effects
from landbridge.levers.phrases import amount, changed, joined
from landbridge.levers.places import absent, carried, edges_of, rows_named, title
from landbridge.levers.quantity import Uncertain

_WAYS: dict[str, tuple[Direction, tuple[int, ...]]] = {
    "both": ("both", (0, 1)),
    "a_to_b": ("forward", (0,)),
    "b_to_a": ("backward", (1,)),
}


class Crossing(Lever):
    """Changes one crossing, in one direction or both.

    Attributes
    ----------
    crossing : id or name; a name that means several modes acts on all of them
    direction : both, or from side a of the row in the crossings table to side b, or back
    hours, hours_factor, hours_add : new mean hours, a factor on them, or hours more or less
    sd_factor : factor on the standard deviation; blank lets it follow the hours, as the base does
        (rule `dwell-spread-between-places`)
    cost_usd_feu, cost_factor : new payments, or a factor on them
    capacity_factor, capacity_feu_year : both directions together
    open : true opens it whatever the year, false shuts it
    """

    kind: Literal["crossing"] = "crossing"
    crossing: str
    direction: Literal["both", "a_to_b", "b_to_a"] = "both"
    hours: Uncertain | None = None
    hours_factor: Uncertain | None = None
    hours_add: Uncertain | None = None
    sd_factor: Uncertain | None = None
    cost_usd_feu: Uncertain | None = None
    cost_factor: Uncertain | None = None
    capacity_factor: Uncertain | None = None
    capacity_feu_year: Uncertain | None = None
    open: bool | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown or unreached crossing, contradictory fields, impossible values."""
        terms = ("hours", "hours_factor", "hours_add", "sd_factor", "cost_usd_feu", "cost_factor")
        wide = ("capacity_factor", "capacity_feu_year")
        yield from checks.year_problems(self)
        yield from checks.none_given(self, *terms, *wide, "open")
        yield from checks.many_given(self, "hours", "hours_factor", "hours_add")
        yield from checks.many_given(self, "cost_usd_feu", "cost_factor")
        yield from checks.many_given(self, *wide)
        yield from checks.shut_and_changed(self, *terms, *wide)
        yield from checks.below_zero(
            self, "hours", "sd_factor", "cost_usd_feu", "cost_factor", "hours_factor"
        )
        yield from checks.not_positive(self, *wide)
        if self.direction != "both" and checks.given(self, wide):
            yield "a capacity holds for both directions together: leave out direction"
        yield from checks.asked(lambda: rows_named("crossings", self.crossing))
        yield from absent(stage.network, "crossings", self.crossing)

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """Difference of the terms on the edges that carry the crossing; capacity by row."""
        direction, ways = _WAYS[self.direction]
        rows = rows_named("crossings", self.crossing)
        if self.open is not None:
            edges = edges_of(stage.network, "crossings", rows)
            yield EdgeEffect(edges, direction, open=self.open)
        where = carried(stage.network, "crossings")
        for row in rows:
            if row in where:
                for way in ways:
                    new = self._terms(old_terms(row, way, stage.year))
                    yield from passing_effects(stage, where[row], row, way, new)
            name = facts.rows("crossings")[row].id
            if self.capacity_factor is not None:
                yield CapacityEffect("crossings", name, factor=self.capacity_factor.value)
            if self.capacity_feu_year is not None:
                yield CapacityEffect("crossings", name, feu_per_year=self.capacity_feu_year.value)

    def _terms(self, old: Terms) -> Terms:
        hours, cost = old.hours, old.cost_usd_feu
        if self.hours is not None:
            hours = checks.not_below(self.hours)
        elif self.hours_factor is not None:
            hours = old.hours * checks.not_below(self.hours_factor)
        elif self.hours_add is not None:
            hours = max(old.hours + self.hours_add.value, 0.0)
        if self.cost_usd_feu is not None:
            cost = checks.not_below(self.cost_usd_feu)
        elif self.cost_factor is not None:
            cost = old.cost_usd_feu * checks.not_below(self.cost_factor)
        follows = hours / old.hours if old.hours > 0 else 1.0
        spread = follows if self.sd_factor is None else checks.not_below(self.sd_factor)
        return Terms(hours, spread, cost)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        parts = []
        if self.open is not None:
            parts.append("open" if self.open else "shut")
        if self.hours is not None:
            parts.append(f"{amount(self.hours)} hours to pass")
        if self.hours_factor is not None:
            parts.append(changed(self.hours_factor, "hours"))
        if self.hours_add is not None:
            more = "more" if self.hours_add.value >= 0 else "fewer"
            parts.append(f"{abs(self.hours_add.value):g} hours {more}")
        if self.sd_factor is not None:
            parts.append(changed(self.sd_factor, "spread"))
        if self.cost_usd_feu is not None:
            parts.append(f"{amount(self.cost_usd_feu)} USD per FEU to pass")
        if self.cost_factor is not None:
            parts.append(changed(self.cost_factor, "payments"))
        if self.capacity_factor is not None:
            parts.append(changed(self.capacity_factor, "capacity"))
        if self.capacity_feu_year is not None:
            parts.append(f"room for {amount(self.capacity_feu_year)} FEU a year")
        way = {"both": "", "a_to_b": " towards side b", "b_to_a": " towards side a"}
        return f"{title('crossings', self.crossing)}{way[self.direction]}: {joined(parts)}"
