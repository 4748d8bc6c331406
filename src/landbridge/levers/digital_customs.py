"""Digital customs: electronic declarations and data exchange at the borders of economies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import model_validator

from landbridge import facts
from landbridge.errors import InputError
from landbridge.levers import checks
from landbridge.levers.defaults import default
from landbridge.levers.effects import Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import territories, territory_problems
from landbridge.levers.passing import Terms, old_terms, passing_effects
from landbridge.levers.phrases import changed, joined
from landbridge.levers.places import carried
from landbridge.levers.quantity import Quantity, Uncertain
from landbridge.routing.rates.borders import border_rule

_FACTORS = ("hours_factor", "sd_factor", "cost_factor")
BORDER_MODES = ("rail", "road", "ferry")
"""Modes that have listed crossings."""


class DigitalCustoms(Lever):
    """Makes the listed crossings of some economies quicker, steadier, cheaper.

    Attributes
    ----------
    economies : every listed crossing that touches one of them
    between : only crossings between two of them
    modes : of rail, road and ferry; blank is all three
    hours_factor, sd_factor, cost_factor : on hours, their spread and payments of a crossing.
        With none of them, those of the facts table `lever_defaults` hold; a blank `sd_factor`
        follows the hours
    """

    kind: Literal["digital_customs"] = "digital_customs"
    economies: tuple[str, ...]
    between: bool = False
    modes: tuple[str, ...] = ()
    hours_factor: Uncertain | None = None
    sd_factor: Uncertain | None = None
    cost_factor: Uncertain | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, table: Any) -> Any:
        """Set sizes that all its modes agree on, so that draws vary them with the others."""
        if not isinstance(table, dict) or any(table.get(field) is not None for field in _FACTORS):
            return table
        modes = table.get("modes") or BORDER_MODES
        every = {f: {default("digital_customs", "digital", m, f) for m in modes} for f in _FACTORS}
        if any(len(sizes) > 1 for sizes in every.values()):
            return table
        return table | {field: sizes.pop() for field, sizes in every.items()}

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown economies or modes, no crossing among them, values below 0."""
        yield from checks.year_problems(self)
        yield from checks.below_zero(self, *_FACTORS)
        wrong = [mode for mode in self.modes if mode not in BORDER_MODES]
        if wrong:
            yield f"{joined(wrong)} has no customs posts: choose from {', '.join(BORDER_MODES)}"
        unknown = tuple(territory_problems(self.economies, stage))
        yield from unknown
        if not self.economies:
            yield "economies is empty: name one, an organisation, or 'all'"
        elif not unknown and not wrong and not any(self._posts(stage)):
            yield "no listed crossing with customs is among these economies and modes"

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """New terms of each crossing, both ways; crossings inside a customs union stay."""
        where = carried(stage.network, "crossings")
        for row, post in self._posts(stage):
            hours = self._size(post.mode, "hours_factor")
            cost = self._size(post.mode, "cost_factor")
            quicker = 1.0 if hours is None else checks.not_below(hours)
            cheaper = 1.0 if cost is None else checks.not_below(cost)
            spread = quicker if self.sd_factor is None else checks.not_below(self.sd_factor)
            for way in (0, 1):
                old = old_terms(row, way, stage.year)
                new = Terms(old.hours * quicker, spread, old.cost_usd_feu * cheaper)
                yield from passing_effects(stage, where[row], row, way, new)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        modes = self.modes or BORDER_MODES
        parts = []
        for field, what in (
            ("hours_factor", "hours"),
            ("sd_factor", "spread"),
            ("cost_factor", "payments"),
        ):
            sizes = {mode: self._size(mode, field) for mode in modes}
            if len(set(sizes.values())) == 1 and (size := sizes[modes[0]]) is not None:
                parts.append(changed(size, what))
            else:
                parts += [changed(s, f"{what} by {m}") for m, s in sizes.items() if s is not None]
        place = "between" if self.between else "at the borders of"
        by = f" by {joined(self.modes)}" if self.modes else ""
        return f"digital customs {place} {joined(self.economies)}{by}: {joined(parts)}"

    def _posts(self, stage: Stage) -> Iterator[tuple[int, Any]]:
        """Crossings it acts on, with their rows."""
        try:
            inside = set(territories(self.economies, stage))
        except InputError:
            return
        where = carried(stage.network, "crossings")
        for row, post in enumerate(facts.rows("crossings")):
            named = (post.economy_a in inside) + (post.economy_b in inside)
            if row not in where or named < (2 if self.between else 1):
                continue
            if post.mode in (self.modes or BORDER_MODES) and _has_customs(post, stage.year):
                yield row, post

    def _size(self, mode: str, field: str) -> Quantity | None:
        given: Quantity | None = getattr(self, field)
        if given is not None or checks.given(self, _FACTORS):
            return given
        return default("digital_customs", "digital", mode, field)


def _has_customs(post: Any, year: int) -> bool:
    """Whether goods are cleared: the rule of a border without customs asks for no payments."""
    return border_rule(post.mode, post.economy_a, post.economy_b, year).cost_usd_feu > 0
