"""A port, dry port, railway terminal or airport: quicker, cheaper, wider, open or shut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge import facts
from landbridge.levers import checks
from landbridge.levers.effects import CapacityEffect, EdgeEffect, Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import changed, joined
from landbridge.levers.places import absent, edges_of, rows_named, shut_by, title
from landbridge.levers.quantity import Uncertain
from landbridge.routing.filters import Closed


class Terminal(Lever):
    """Changes one terminal: what a transfer there takes, what it can handle, whether it works.

    Attributes
    ----------
    terminal : id, name or alias
    hours_factor, cost_factor : on every transfer there; of a seaport these hold half a ship's
        call and half of the fixed part of the sea rate
    capacity_factor : on what it can handle
    open : true opens it whatever the year, false shuts it with all that meets there
    """

    kind: Literal["terminal"] = "terminal"
    terminal: str
    hours_factor: Uncertain | None = None
    cost_factor: Uncertain | None = None
    capacity_factor: Uncertain | None = None
    open: bool | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown or unreached terminal, contradictory fields, impossible values."""
        factors = ("hours_factor", "cost_factor", "capacity_factor")
        yield from checks.year_problems(self)
        yield from checks.none_given(self, *factors, "open")
        yield from checks.shut_and_changed(self, *factors)
        yield from checks.below_zero(self, "hours_factor", "cost_factor")
        yield from checks.not_positive(self, "capacity_factor")
        yield from checks.asked(lambda: rows_named("terminals", self.terminal))
        yield from absent(stage.network, "terminals", self.terminal)

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """Factors on its transfer edges; shut, every edge that meets there is shut."""
        rows = rows_named("terminals", self.terminal)
        edges = edges_of(stage.network, "terminals", rows)
        if self.open is False:
            yield EdgeEffect(shut_by(stage.network, Closed(terminals=rows)), open=False)
        elif self.open:
            yield EdgeEffect(edges, open=True)
        hours, cost = (
            1.0 if factor is None else checks.not_below(factor)
            for factor in (self.hours_factor, self.cost_factor)
        )
        if hours != 1.0 or cost != 1.0:
            yield EdgeEffect(edges, time_factor=hours, cost_factor=cost)
        if self.capacity_factor is not None:
            for row in rows:
                name = facts.rows("terminals")[row].id
                yield CapacityEffect("terminals", name, factor=self.capacity_factor.value)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        parts = [] if self.open is None else ["open" if self.open else "shut"]
        for factor, what in (
            (self.hours_factor, "hours of handling"),
            (self.cost_factor, "charges"),
            (self.capacity_factor, "capacity"),
        ):
            if factor is not None:
                parts.append(changed(factor, what))
        return f"{title('terminals', self.terminal)}: {joined(parts)}"
