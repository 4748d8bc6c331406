"""A network ready to be asked: its metrics and weights, made once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.graph import Mode, Network
from landbridge.routing.access import Access, NodeFinder, access
from landbridge.routing.cch import Hierarchy, Metric, customise
from landbridge.routing.corridors import Ends
from landbridge.routing.filters import permitted
from landbridge.routing.metrics import By, EdgeMetrics, edge_metrics, generalised
from landbridge.routing.question import Question
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.results import Place

#: Weighted hierarchies kept for the next question; each takes some 30 MB.
_KEPT = 12
_PLACES_KEPT = 5_000
#: Weights of the questions that the command line asks without options stay on disk.
EVERYDAY_YEAR = 2025
_KEPT_WEIGHTS = ("forward", "backward", "up", "down")
_KEPT_FIGURES = ("time_h", "var_h2", "cost_usd_feu", "co2_kg_feu", "open")
#: A way by sea is the one that keeps its land legs short, even where a land bridge were better.
LAND_WEIGHT_BY_SEA = 3.0


class Keeper(Protocol):
    """Keeps bundles of arrays between runs."""

    def get(self, name: str) -> dict[str, NDArray[Any]] | None:
        """The arrays of a bundle, None where it is not kept."""

    def put(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep a bundle."""


Change = Callable[[EdgeMetrics], EdgeMetrics]
"""What a scenario makes of the metrics of a year."""


class Engine:
    """A network with its hierarchy, ready to be asked; keeps metrics and weights it has made."""

    _unchanged: Self | None = None
    _change: Change | None = None

    def __init__(
        self, network: Network, hierarchy: Hierarchy, keeper: Keeper | None = None
    ) -> None:
        self._keeper = keeper
        self.network = network
        self.hierarchy = hierarchy
        self.finder = NodeFinder(network)
        self._edge_metrics: dict[tuple[int, str], EdgeMetrics] = {}
        self._weighted: dict[Question, Metric] = {}
        self._access: dict[tuple[Place, frozenset[Mode] | None, int, str], Access] = {}
        self._plain_weights: dict[
            tuple[int, str, By], tuple[NDArray[np.float32], NDArray[np.float32]]
        ] = {}

    def changed(self, change: Change) -> Self:
        """The same network where every edge takes what `change` makes of it.

        Places meet the network at the same nodes; nothing is kept between runs.
        """
        other = type(self)(self.network, self.hierarchy)
        other.finder = self.finder
        other._access = self._access
        other._unchanged, other._change = self, change
        return other

    def edge_metrics(self, year: int, cargo: str) -> EdgeMetrics:
        """Hours, money and CO2 of every edge, made once for a year and a cargo."""
        if (year, cargo) not in self._edge_metrics:
            if self._unchanged is not None and self._change is not None:
                made = self._change(self._unchanged.edge_metrics(year, cargo))
            else:
                made = self._made_or_kept(year, cargo)
            self._edge_metrics[year, cargo] = made
        return self._edge_metrics[year, cargo]

    def _made_or_kept(self, year: int, cargo: str) -> EdgeMetrics:
        name = f"{year}-{cargo}"
        km = self.network.edge_length_km
        kept = self._keeper.get(name) if self._keeper else None
        if kept is not None and kept.keys() == set(_KEPT_FIGURES):
            return EdgeMetrics(year=year, distance_km=km, **kept)
        made = edge_metrics(self.network, year, cargo_class(cargo))
        if self._keeper:
            self._keeper.put(name, {figure: getattr(made, figure) for figure in _KEPT_FIGURES})
        return made

    def metric(self, question: Question) -> Metric:
        """The weighted hierarchy of a question (`via` plays no part); the last few are kept."""
        plain = replace(question, via=None)
        if question.via is not None and Mode.SEA in question.via.modes:
            plain = replace(plain, land_weight=LAND_WEIGHT_BY_SEA)
        if plain not in self._weighted:
            while len(self._weighted) >= _KEPT:
                self._weighted.pop(next(iter(self._weighted)))
            self._weighted[plain] = self._kept_weights(plain) or self._customised(plain)
        return self._weighted[plain]

    def _kept_weights(self, question: Question) -> Metric | None:
        """The weighted hierarchy of an everyday question, if an earlier run kept it."""
        if self._keeper is None or not _everyday(question):
            return None
        kept = self._keeper.get(_name(question))
        if kept is None or kept.keys() != set(_KEPT_WEIGHTS):
            return None
        return Metric(hierarchy=self.hierarchy, **kept)

    def _customised(self, plain: Question) -> Metric:
        usable = permitted(self.network, plain.modes, plain.avoid, plain.closed)
        forward, backward = (
            np.where(usable, weight, np.float32(np.inf)) for weight in self._weights(plain)
        )
        if plain.land_weight != 1.0:
            mode = self.network.edge_mode
            land = (mode == Mode.RAIL) | (mode == Mode.ROAD)
            forward[land] *= np.float32(plain.land_weight)
            backward[land] *= np.float32(plain.land_weight)
        metric = customise(self.hierarchy, forward, backward)
        if self._keeper is not None and _everyday(plain):
            arrays = {part: getattr(metric, part) for part in _KEPT_WEIGHTS}
            self._keeper.put(_name(plain), arrays)
        return metric

    def _weights(self, question: Question) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights of all edges before any is shut, the same for every corridor of a question."""
        asked = (question.year, question.cargo, question.by)
        if asked not in self._plain_weights:
            metrics = self.edge_metrics(question.year, question.cargo)
            forward, backward = generalised(metrics, cargo_class(question.cargo), question.by)
            self._plain_weights.clear()
            self._plain_weights[asked] = (
                forward.astype(np.float32),
                backward.astype(np.float32),
            )
        return self._plain_weights[asked]

    def access(self, place: Place, question: Question) -> Access:
        """Where a place meets the network under the modes of a question."""
        asked = (place, question.modes, question.year, question.cargo)
        if asked not in self._access:
            if len(self._access) >= _PLACES_KEPT:
                self._access.clear()
            self._access[asked] = access(
                place,
                self.finder,
                question.modes,
                question.year,
                cargo_class(question.cargo),
                _row_of,
            )
        return self._access[asked]

    def access_weight(self, reached: Access, question: Question) -> NDArray[np.float64]:
        """Weight of getting to each node of an access, by the question's measure, float64[k]."""
        cargo = cargo_class(question.cargo)
        one = EdgeMetrics(
            question.year,
            np.vstack([reached.time_h] * 2).astype(np.float32),
            np.vstack([reached.var_h2] * 2).astype(np.float32),
            reached.distance_km,
            np.vstack([reached.cost_usd_feu] * 2).astype(np.float32),
            np.vstack([reached.co2_kg_feu] * 2).astype(np.float32),
            np.ones((2, len(reached.nodes)), bool),
        )
        return generalised(one, cargo, question.by)[0]

    def ends(self, reached: Access, question: Question) -> Ends:
        """Nodes of an access with their weights, as the corridors take them."""
        return Ends(reached.nodes, self.access_weight(reached, question))


def _everyday(question: Question) -> bool:
    """Whether a question is of the base year, general cargo, and closes nothing of its own."""
    closed = question.closed
    plain = not (closed.crossings or closed.sections or closed.terminals)
    usual = (question.year, question.cargo, question.by) == (
        EVERYDAY_YEAR,
        "general",
        "generalised",
    )
    return plain and usual


def _name(question: Question) -> str:
    """A name for the weights of an everyday question, the same in every run."""
    modes = "all" if question.modes is None else sorted(int(mode) for mode in question.modes)
    parts = (modes, sorted(question.avoid), question.closed.chokepoints, question.land_weight)
    return "weights-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _row_of(table: str, ref: str) -> int:
    return next(k for k, row in enumerate(facts.rows(table)) if row.id == ref)
