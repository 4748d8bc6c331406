"""Effects on edges, applied to what the edges take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from landbridge.levers.effects import EdgeEffect
from landbridge.routing.engine import Change
from landbridge.routing.metrics import EdgeMetrics

_WAYS = {"both": (0, 1), "forward": (0,), "backward": (1,)}


def change_of(effects: Iterable[EdgeEffect]) -> Change:
    """One change of metrics from effects in their order.

    Examples
    --------
    >>> edges = np.array([0])
    >>> one = EdgeMetrics(2023, *(np.full((2, 1), 10.0, np.float32),) * 2, np.array([5.0]),
    ...                   *(np.full((2, 1), 100.0, np.float32),) * 2, np.ones((2, 1), bool))
    >>> change_of([EdgeEffect(edges, time_factor=0.5, cost_add_usd_feu=-200.0)])(one).time_h[0]
    array([5.], dtype=float32)
    >>> change_of([EdgeEffect(edges, cost_add_usd_feu=-200.0)])(one).cost_usd_feu[0]
    array([0.], dtype=float32)
    """
    listed = tuple(effects)

    def change(metrics: EdgeMetrics) -> EdgeMetrics:
        arrays: dict[str, NDArray[np.generic]] = {}

        def own(name: str) -> NDArray[np.generic]:
            if name not in arrays:
                arrays[name] = np.array(getattr(metrics, name))
            return arrays[name]

        for effect in listed:
            for way in _WAYS[effect.direction]:
                _apply(effect, way, own)
        return replace(metrics, **arrays)  # type: ignore[arg-type]

    return change


def _apply(effect: EdgeEffect, way: int, own) -> None:  # type: ignore[no-untyped-def]
    at = (way, effect.edges)
    if effect.time_factor != 1.0 or effect.time_add_h:
        hours = own("time_h")
        hours[at] = np.maximum(hours[at] * effect.time_factor + effect.time_add_h, 0.0)
    if effect.sd_factor != 1.0:
        own("var_h2")[at] *= effect.sd_factor**2
    if effect.cost_factor != 1.0 or effect.cost_add_usd_feu:
        cost = own("cost_usd_feu")
        cost[at] = np.maximum(cost[at] * effect.cost_factor + effect.cost_add_usd_feu, 0.0)
    if effect.cost_usd_per_co2_kg:
        own("cost_usd_feu")[at] += own("co2_kg_feu")[at] * effect.cost_usd_per_co2_kg
    if effect.co2_factor != 1.0:
        own("co2_kg_feu")[at] *= effect.co2_factor
    if effect.open is not None:
        own("open")[at] = effect.open
