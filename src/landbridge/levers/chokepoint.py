"""A passage of ships or a mountain pass: shut, open, slow or dear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from landbridge.levers import checks
from landbridge.levers.effects import EdgeEffect, Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import amount, joined
from landbridge.levers.places import Edges, edges_of, posts_of, rows_named, title
from landbridge.levers.quantity import Uncertain
from landbridge.network.graph import Network


class Chokepoint(Lever):
    """Changes a row of the chokepoints table.

    The gate of a strait is a line drawn across all its lanes, so that a way passes exactly one
    of its edges and meets the wait once. A pass or a rail gate acts through the crossings listed
    in its row.

    Attributes
    ----------
    chokepoint : id, name or alias
    open : true opens it whatever the year, false shuts it
    wait_h, cost_usd_feu : hours and money more for each passage
    """

    kind: Literal["chokepoint"] = "chokepoint"
    chokepoint: str
    open: bool | None = None
    wait_h: Uncertain | None = None
    cost_usd_feu: Uncertain | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown passage or one the network does not have, contradictions, values below 0."""
        yield from checks.year_problems(self)
        yield from checks.none_given(self, "open", "wait_h", "cost_usd_feu")
        yield from checks.shut_and_changed(self, "wait_h", "cost_usd_feu")
        yield from checks.below_zero(self, "wait_h", "cost_usd_feu")
        unknown = tuple(checks.asked(lambda: rows_named("chokepoints", self.chokepoint)))
        yield from unknown
        if not unknown and not len(self._edges(stage.network)):
            yield f"no lane of the network passes {title('chokepoints', self.chokepoint)}"

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """Open or shut its edges, or add to them, once for each passage."""
        edges = self._edges(stage.network)
        if self.open is not None:
            yield EdgeEffect(edges, open=self.open)
        wait = 0.0 if self.wait_h is None else checks.not_below(self.wait_h)
        cost = 0.0 if self.cost_usd_feu is None else checks.not_below(self.cost_usd_feu)
        if wait or cost:
            yield EdgeEffect(edges, time_add_h=wait, cost_add_usd_feu=cost)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        parts = [] if self.open is None else ["open" if self.open else "shut"]
        if self.wait_h is not None:
            parts.append(f"{amount(self.wait_h)} hours of waiting more")
        if self.cost_usd_feu is not None:
            parts.append(f"{amount(self.cost_usd_feu)} USD per FEU more")
        return f"{title('chokepoints', self.chokepoint)}: {joined(parts)}"

    def _edges(self, network: Network) -> Edges:
        rows = rows_named("chokepoints", self.chokepoint)
        posts = tuple(post for row in rows for post in posts_of(row))
        lanes = edges_of(network, "chokepoints", rows)
        return np.union1d(lanes, edges_of(network, "crossings", posts))
