"""Faster or dearer running over edges, without touching what stands at borders on them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from landbridge.levers.effects import EdgeEffect
from landbridge.levers.lever import Stage
from landbridge.levers.passing import WAYS
from landbridge.levers.places import Edges
from landbridge.routing.rates.borders import crossing_terms


def running_effects(
    stage: Stage, edges: Edges, *, time_factor: float = 1.0, cost_factor: float = 1.0
) -> Iterator[EdgeEffect]:
    """Multiply the hours and the money of running.

    On an edge with a listed crossing of d hours, f times its hours plus (1 - f) d is f times
    those of running plus d; money likewise.
    """
    if (time_factor == 1.0 and cost_factor == 1.0) or not len(edges):
        return
    rows = stage.network.edge_crossing[edges]
    plain, border = edges[rows < 0], edges[rows >= 0]
    if len(plain):
        yield EdgeEffect(plain, time_factor=time_factor, cost_factor=cost_factor)
    terms, rows = crossing_terms(stage.year), rows[rows >= 0]
    for way, direction in enumerate(WAYS):
        kept = np.stack([terms.time_h[way, rows], terms.cost_usd_feu[way, rows]])
        kinds, which = np.unique(kept, axis=1, return_inverse=True)
        for kind, (hours, usd) in enumerate(kinds.T):
            yield EdgeEffect(
                border[which.ravel() == kind],
                direction,
                time_factor=time_factor,
                time_add_h=float((1.0 - time_factor) * hours),
                cost_factor=cost_factor,
                cost_add_usd_feu=float((1.0 - cost_factor) * usd),
            )
