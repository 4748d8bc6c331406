"""A named piece of line: opened, closed, doubled, put under wires, upgraded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import model_validator

from landbridge import facts
from landbridge.errors import InputError
from landbridge.levers import checks
from landbridge.levers.defaults import default
from landbridge.levers.effects import CapacityEffect, EdgeEffect, Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import changed, joined
from landbridge.levers.places import absent, edges_of, rows_named, title
from landbridge.levers.quantity import Quantity, Uncertain
from landbridge.levers.running import running_effects
from landbridge.routing.rates.opening import NEW

_FACTORS = ("speed_factor", "capacity_factor", "cost_factor")
_SIZED = ("second_track", "electrified", "upgrade")
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

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, table: Any) -> Any:
        """Set blank sizes that all rows agree on, so that draws vary them with the others."""
        if not isinstance(table, dict) or table.get("change") not in _SIZED:
            return table
        rows = _rows(str(table.get("section", "")))
        found = {}
        for field in _FACTORS:
            sizes = {_published(row, table["change"], field) for row in rows}
            if table.get(field) is None and len(sizes) == 1 and (size := sizes.pop()) is not None:
                found[field] = size
        return table | found

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown or unlaid section, a change that fits it badly, impossible values."""
        yield from checks.year_problems(self)
        yield from checks.not_positive(self, "speed_factor", "capacity_factor")
        yield from checks.below_zero(self, "cost_factor")
        found = checks.given(self, _FACTORS)
        if self.change == "closed" and found:
            yield f"change = 'closed' leaves nothing to change: leave out {', '.join(found)}"
        yield from checks.asked(lambda: rows_named("sections", self.section))
        yield from absent(stage.network, "sections", self.section)
        for row in _rows(self.section):
            if self.change == "open" and row.effect not in NEW:
                yield (
                    f"{row.id} is a line that works already ({row.effect.replace('_', ' ')}): "
                    "ask for change = 'second_track', 'electrified' or 'upgrade'"
                )
            if row.mode == "road" and self.change in ("second_track", "electrified"):
                yield f"{row.id} is a road: ask for change = 'upgrade', 'open' or 'closed'"
            sizes = [self._size(row, field) for field in _FACTORS]
            if self.change in _SIZED and not any(sizes):
                yield (
                    f"no published figure says what {_DONE[self.change]} does to {row.id}: "
                    f"give {', '.join(_FACTORS[:2])} or {_FACTORS[2]}"
                )

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """Open or shut its edges; 1 / speed_factor on the hours of running; capacity by row."""
        rows = facts.rows("sections")
        for number in rows_named("sections", self.section):
            edges = edges_of(stage.network, "sections", (number,))
            if self.change in ("open", "closed"):
                yield EdgeEffect(edges, open=self.change == "open")
            speed, wide, cost = (self._size(rows[number], field) for field in _FACTORS)
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
            sizes = {self._size(row, field) for row in _rows(self.section)} or {
                getattr(self, field)
            }
            if len(sizes) == 1 and (size := sizes.pop()) is not None:
                parts.append(changed(size, what))
        return f"{title('sections', self.section)}: {joined(parts)}"

    def _size(self, row: Any, field: str) -> Quantity | None:
        given: Quantity | None = getattr(self, field)
        if given is not None or self.change not in _SIZED:
            return given
        return _published(row, self.change, field)


def _rows(text: str) -> tuple[Any, ...]:
    try:
        return tuple(facts.rows("sections")[row] for row in rows_named("sections", text))
    except InputError:
        return ()


def _published(row: Any, change: str, field: str) -> Quantity | None:
    """Figure of the section itself, else of the table of defaults."""
    before, after = row.capacity_before, row.capacity_after
    if field == "capacity_factor" and before and after and after > before:
        return Quantity(value=after / before)
    return default("section", change, row.mode, field)
