"""The other routers, each behind the same three calls and at its own best settings.

`prepare` takes the graph, `reweight` new weights (the same both ways), `matrix` the distances
between places. Slow ones are timed on some of the sources and scaled: they search from each source
apart, so time grows with their number.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from typing import Protocol

import numpy as np
import pandas as pd
from graph import BenchmarkGraph
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra


class Peer(Protocol):
    """A router. `sources_timed` is None when all are."""

    name: str
    sources_timed: int | None

    def prepare(self, graph: BenchmarkGraph, places: NDArray[np.int64]) -> None: ...

    def reweight(self, weight: NDArray[np.float64]) -> None: ...

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray: ...


class Scipy:
    """`scipy.sparse.csgraph.dijkstra`, one thread: it has no more."""

    name = "scipy"
    sources_timed = 12

    def prepare(self, graph, places) -> None:
        self.n = graph.n_nodes
        starts, ends = np.r_[graph.tail, graph.head], np.r_[graph.head, graph.tail]
        self.order = np.lexsort((ends, starts))
        self.ends = ends[self.order]
        self.first = np.searchsorted(starts[self.order], np.arange(self.n + 1))

    def reweight(self, weight) -> None:
        both = np.r_[weight, weight][self.order]
        self.graph = csr_array((both, self.ends, self.first), shape=(self.n, self.n))

    def matrix(self, sources, targets):
        return dijkstra(self.graph, indices=sources)[:, targets]


class Igraph:
    """`igraph.Graph.distances`, undirected, one thread: it has no more."""

    name = "igraph"
    sources_timed = 12

    def prepare(self, graph, places) -> None:
        import igraph

        edges = np.c_[graph.tail, graph.head]
        self.graph = igraph.Graph(n=graph.n_nodes, edges=edges, directed=False)

    def reweight(self, weight) -> None:
        self.weight = weight.tolist()

    def matrix(self, sources, targets):
        found = self.graph.distances(
            sources.tolist(), targets.tolist(), weights=self.weight, algorithm="dijkstra"
        )
        return np.array(found)


class RoutingKit:
    """RoutingKit's hierarchy through `pyroutingkit`: whole numbers, weights in hundredths."""

    name = "RoutingKit"
    sources_timed = None
    unit = 0.01

    def prepare(self, graph, places) -> None:
        from pyroutingkit import CCHMetric, CCHTopology

        radius = np.linalg.norm(graph.xyz, axis=1)
        lat = np.degrees(np.arcsin(graph.xyz[:, 2] / radius)).astype(np.float32)
        lon = np.degrees(np.arctan2(graph.xyz[:, 1], graph.xyz[:, 0])).astype(np.float32)
        tail, head = np.r_[graph.tail, graph.head], np.r_[graph.head, graph.tail]
        self.topology = CCHTopology()
        self.topology.build(tail.astype(np.uint32), head.astype(np.uint32), lat, lon, graph.n_nodes)
        self.metric = CCHMetric(self.topology)

    def reweight(self, weight) -> None:
        whole = np.maximum(np.round(weight / self.unit), 1).astype(np.uint32)
        self.metric.customize(np.r_[whole, whole], thread_count=2)

    def matrix(self, sources, targets):
        found = self.metric.distances_many_to_many(
            sources.astype(np.uint32), targets.astype(np.uint32)
        )
        return found * self.unit


class AequilibraE:
    """AequilibraE's skimming with two threads, the sources being its centroids."""

    name = "AequilibraE"
    sources_timed = 24

    def prepare(self, graph, places) -> None:
        from aequilibrae.paths import Graph

        self.places = places[: self.sources_timed]
        links = len(graph.tail)
        self.network = pd.DataFrame(
            {
                "link_id": np.arange(1, 2 * links + 1),
                "a_node": np.r_[graph.tail, graph.head].astype(np.int64) + 1,
                "b_node": np.r_[graph.head, graph.tail].astype(np.int64) + 1,
                "direction": np.ones(2 * links, dtype=np.int8),
                "weight": np.r_[graph.weight, graph.weight],
            }
        )
        self.graph_type = Graph

    def reweight(self, weight) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.network["weight"] = np.r_[weight, weight]
            self.graph = self.graph_type()
            self.graph.network = self.network
            self.graph.prepare_graph(self.places + 1)
            self.graph.set_graph("weight")
            self.graph.set_skimming(["weight"])
            self.graph.set_blocked_centroid_flows(False)

    def matrix(self, sources, targets):
        from aequilibrae.paths import NetworkSkimming

        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            skimming = NetworkSkimming(self.graph)
            skimming.set_cores(2)
            skimming.execute()
        order = self.graph.nodes_to_indices[sources + 1]
        return np.asarray(skimming.results.skims.weight)[np.ix_(order, order)]
