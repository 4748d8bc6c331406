"""A named piece of line: opened, closed, doubled, put under wires, upgraded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from landbridge import facts
from landbridge.levers import checks
from landbridge.levers.defaults import default
from landbridge.levers.effects import CapacityEffect, EdgeEffect, Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import changed, joined
from landbridge.levers.places import absent, edges_of, rows_named, title
from landbridge.levers.quantity import Quantity, Uncertain
from landbridge.levers.running import running_effects
from landbridge.routing.rates.opening import NEW

_DONE = {
    "open": "open",
    "closed": "closed",
    "second_track": "second track",
    "electrified": "under wires",
    "upgrade": "upgraded",
}


class Section(Lever):
    """Changes one row of the sections table, or all of a published project.

    Attributes
    ----------
    section : id or name of a section, or the project it is a part of
    change : what is done; `open` opens the line in the year assessed, whatever its opening year
    speed_factor, capacity_factor, cost_factor : blank takes the figures of the section itself
        (capacity before and after), else the facts table `lever_defaults`, else no change
    """

    kind: Literal["section"] = "section"
    section: str
    change: Literal["open", "closed", "second_track", "electrified", "upgrade"]
    speed_factor: Uncertain | None = None
    capacity_factor: Uncertain | None = None
    cost_factor: Uncertain | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown or unlaid section, a change that fits it badly, impossible values."""
        factors = ("speed_factor", "capacity_factor", "cost_factor")
        yield from checks.year_problems(self)
        yield from checks.not_positive(self, "speed_factor", "capacity_factor")
        yield from checks.below_zero(self, "cost_factor")
        found = checks.given(self, factors)
        if self.change == "closed" and found:
            yield f"change = 'closed' leaves nothing to change: leave out {', '.join(found)}"
        yield from checks.asked(lambda: rows_named("sections", self.section))
        yield from absent(stage.network, "sections", self.section)
        for row in self._rows():
            if self.change == "open" and row.effect not in NEW:
                yield (
                    f"{row.id} is a line that works already ({row.effect.replace('_', ' ')}): "
                    "ask for change = 'second_track', 'electrified' or 'upgrade'"
                )
            if row.mode == "road" and self.change in ("second_track", "electrified"):
                yield f"{row.id} is a road: ask for change = 'upgrade', 'open' or 'closed'"
            sizes = [self._size(row, field) for field in factors]
            if self.change not in ("open", "closed") and not any(sizes):
                yield (
                    f"no published figure says what {_DONE[self.change]} does to {row.id}: "
                    f"give {', '.join(factors[:2])} or {factors[2]}"
                )

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """Open or shut its edges; 1 / speed_factor on the hours of running; capacity by row."""
        rows = facts.rows("sections")
        for number in rows_named("sections", self.section):
            edges = edges_of(stage.network, "sections", (number,))
            if self.change in ("open", "closed"):
                yield EdgeEffect(edges, open=self.change == "open")
            speed, wide, cost = (
                self._size(rows[number], field)
                for field in ("speed_factor", "capacity_factor", "cost_factor")
            )
            yield from running_effects(
                stage,
                edges,
                time_factor=1.0 if speed is None else 1.0 / speed.value,
                cost_factor=1.0 if cost is None else checks.not_below(cost),
            )
            if wide is not None:
                yield CapacityEffect("sections", rows[number].id, factor=wide.value)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        words = (
            ("speed_factor", "speed"),
            ("capacity_factor", "capacity"),
            ("cost_factor", "cost of running"),
        )
        parts = [_DONE[self.change]]
        for field, what in words:
            sizes = {self._size(row, field) for row in self._rows()} or {getattr(self, field)}
            if len(sizes) == 1 and (size := sizes.pop()) is not None:
                parts.append(changed(size, what))
        return f"{title('sections', self.section)}: {joined(parts)}"

    def _rows(self) -> tuple[Any, ...]:
        if any(checks.asked(lambda: rows_named("sections", self.section))):
            return ()
        return tuple(facts.rows("sections")[k] for k in rows_named("sections", self.section))

    def _size(self, row: Any, field: str) -> Quantity | None:
        given: Quantity | None = getattr(self, field)
        if given is not None or self.change in ("open", "closed"):
            return given
        before, after = row.capacity_before, row.capacity_after
        if field == "capacity_factor" and before and after and after > before:
            return Quantity(value=after / before)
        return default("section", self.change, row.mode, field)
