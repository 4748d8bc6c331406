"""Where zones meet the network, and the gates between: the nodes that a way's skim runs over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError
from landbridge.network.graph import Network
from landbridge.routing.engine import Engine
from landbridge.routing.question import Question
from landbridge.routing.results import Place
from landbridge.routing.skim import Zone

FIGURES = ("time_h", "var_h2", "distance_km", "cost_usd_feu", "co2_kg_feu")


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """Nodes that zones load on under a question: D doors of Z zones, those of a zone together.

    Attributes
    ----------
    node : int64[D]
    owner : int64[D], the zone of each
    weight : float64[D], generalised cost of getting there
    figures : float64[5, D], hours, variance, km, USD and kg of getting there
    """

    node: NDArray[np.int64]
    owner: NDArray[np.int64]
    weight: NDArray[np.float64]
    figures: NDArray[np.float64]


def doors_of(engine: Engine, zones: tuple[Zone, ...], question: Question) -> Doors:
    """Find the doors of all zones; a zone without any simply has none.

    Raises
    ------
    InputError
        Where no zone at all has one.
    """
    reached = [
        engine.access(Place(z.name, "city", z.economy, z.lat, z.lon, ref=z.id), question)
        for z in zones
    ]
    counts = [len(r.nodes) for r in reached]
    if not sum(counts):
        raise InputError("none of the zones has a line within reach: try other zones")
    figures = np.stack([np.concatenate([getattr(r, name) for r in reached]) for name in FIGURES])
    weight = np.concatenate([engine.access_weight(r, question) for r in reached if len(r.nodes)])
    return Doors(
        node=np.concatenate([r.nodes for r in reached]),
        owner=np.repeat(np.arange(len(zones)), counts),
        weight=weight,
        figures=figures,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Passes:
    """Edges that pass gates, each in both directions: P passes.

    Attributes
    ----------
    edge : int64[P]
    forward : bool[P], from tail to head
    enter, leave : int64[P], nodes
    """

    edge: NDArray[np.int64]
    forward: NDArray[np.bool_]
    enter: NDArray[np.int64]
    leave: NDArray[np.int64]


def passes_of(network: Network, gates: tuple[int, ...]) -> Passes:
    """Find the passes of crossings, by their rows in the facts table."""
    edges = np.flatnonzero(np.isin(network.edge_crossing, gates))
    edge = np.concatenate([edges, edges])
    forward = np.repeat([True, False], len(edges))
    tail, head = network.edge_tail[edge], network.edge_head[edge]
    return Passes(
        edge=edge,
        forward=forward,
        enter=np.where(forward, tail, head).astype(np.int64),
        leave=np.where(forward, head, tail).astype(np.int64),
    )
