"""Time the routing kernel beside other routers on one graph, in one process.

    python benchmarks/routing.py [--quick]

Everything is timed in turn, round by round, and the least of the rounds is taken, so that what
else the machine does falls on all alike.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from graph import BenchmarkGraph, load_graph, reweighted, subregion
from peers import AequilibraE, Igraph, Peer, RoutingKit, Scipy
from results import merge, row, show
from sweep import Sweep

from landbridge.routing.cch import build_hierarchy, customise, distances, shortest_path

PREFIX = "routing: "
CHANGED_SHARE = 0.05
OURS_EACH_ROUND = 5
KHORGOS = (44.2, 80.4)


def timed(call: Callable[[], object]) -> tuple[float, object]:
    """Return the seconds a call took, and what it returned."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def least(call: Callable[[], object], rounds: int) -> float:
    """Return the least seconds of several calls."""
    return min(timed(call)[0] for _ in range(rounds))


def beside_peers(graph: BenchmarkGraph, peers: list[Peer], n_cities: int, rounds: int) -> list:
    """Matrices between the largest cities after a change of 5 % of the weights."""
    cities = graph.cities[:n_cities]
    size = f"{n_cities}x{n_cities} cities, {graph.n_nodes} nodes, {len(graph.tail)} edges"
    hierarchy = build_hierarchy(graph.n_nodes, graph.tail, graph.head)
    metric = customise(hierarchy, graph.weight, graph.weight)
    sweeps = {kind: Sweep(metric, cities, kind) for kind in Sweep.KINDS}
    seconds: dict[str, list[float]] = {}
    for turn in range(rounds):
        weight = reweighted(graph.weight, CHANGED_SHARE, seed=turn)
        for _ in range(OURS_EACH_ROUND):
            took, metric = timed(lambda w=weight: customise(hierarchy, w, w))
            seconds.setdefault("re-weight", []).append(took)
            took, ours = timed(lambda m=metric: distances(m, cities, cities))
            seconds.setdefault("matrix", []).append(took)
            for kind, sweep in sweeps.items():
                seconds.setdefault(f"sweep {kind}", []).append(timed(sweep.run)[0])
        for peer in peers:
            took, _ = timed(lambda p=peer, w=weight: p.reweight(w))
            seconds.setdefault(f"{peer.name} re-weight", []).append(took)
            sources = cities[: peer.sources_timed]
            targets = sources if isinstance(peer, AequilibraE) else cities
            took, theirs = timed(lambda p=peer, s=sources, t=targets: p.matrix(s, t))
            seconds.setdefault(peer.name, []).append(took * n_cities / len(sources))
            check(peer, ours[: len(sources), : len(targets)], theirs)
    best = {name: min(times) for name, times in seconds.items()}
    rows = []
    for peer in peers:
        part = f", {peer.sources_timed} sources timed and scaled" if peer.sources_timed else ""
        rows.append(
            row(f"{PREFIX}matrix, {peer.name}", size + part, "s", best["matrix"], best[peer.name])
        )
        rows.append(
            row(
                f"{PREFIX}re-weight and matrix, {peer.name}",
                size + part,
                "s",
                best["re-weight"] + best["matrix"],
                best[f"{peer.name} re-weight"] + best[peer.name],
            )
        )
    rows += [
        row(
            f"{PREFIX}re-weight and matrix, {kind} copy-and-minimum sweep",
            size,
            "s",
            best["re-weight"] + best["matrix"],
            best[f"sweep {kind}"],
        )
        for kind in Sweep.KINDS
    ]
    rows.append(row(f"{PREFIX}re-weight", size, "s", best["re-weight"]))
    return rows


def check(peer: Peer, ours: np.ndarray, theirs: np.ndarray) -> None:
    """Stop when a peer finds other distances: then one of the two did not do the job."""
    # RoutingKit rounds every edge to hundredths; paths have up to some thousand edges.
    tolerance = 1e-3 if isinstance(peer, RoutingKit) else 1e-5
    np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance * ours.max())


def growth(graph: BenchmarkGraph, rounds: int) -> list:
    """How time grows with nodes (500 places drawn at random) and with cities."""
    rows = []
    for n_nodes in (50_000, 100_000, 200_000, graph.n_nodes):
        part = graph if n_nodes == graph.n_nodes else subregion(graph, n_nodes, *KHORGOS)
        places = np.random.default_rng(0).choice(part.n_nodes, 500, replace=False)
        took, hierarchy = timed(lambda p=part: build_hierarchy(p.n_nodes, p.tail, p.head))
        metric = customise(hierarchy, part.weight, part.weight)
        size = f"{part.n_nodes} nodes, {hierarchy.n_arcs} arcs, 500x500 random places"
        rows += [
            row(f"{PREFIX}prepare, by nodes", size, "s", took),
            row(
                f"{PREFIX}re-weight, by nodes",
                size,
                "s",
                least(lambda h=hierarchy, p=part: customise(h, p.weight, p.weight), rounds),
            ),
            row(
                f"{PREFIX}matrix, by nodes",
                size,
                "s",
                least(lambda m=metric, p=places: distances(m, p, p), rounds),
            ),
        ]
    for n_cities in (250, 500, 1000, 2000):
        cities = graph.cities[:n_cities]
        took = least(lambda m=metric, c=cities: distances(m, c, c), rounds)
        rows.append(row(f"{PREFIX}matrix, by cities", f"{n_cities}x{n_cities} cities", "s", took))
    rows.append(single_paths(graph, metric))
    return rows


def single_paths(graph: BenchmarkGraph, metric) -> dict:
    """The median of 300 shortest paths between cities, edges included."""
    pairs = np.random.default_rng(1).choice(graph.cities, (300, 2))
    times = [timed(lambda p=p: shortest_path(metric, p[:1], None, p[1:], None))[0] for p in pairs]
    return row(f"{PREFIX}one path", f"{graph.n_nodes} nodes", "s", float(np.median(times)))


def peak_memory_gb() -> float:
    """Prepare, re-weight and ask for 1000x1000 in a fresh process; return its peak memory."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_work_alone)


def _work_alone() -> float:
    graph = load_graph()
    hierarchy = build_hierarchy(graph.n_nodes, graph.tail, graph.head)
    metric = customise(hierarchy, graph.weight, graph.weight)
    distances(metric, graph.cities[:1000], graph.cities[:1000])
    # What a process inherits from its parent counts in getrusage, but not here.
    status = Path("/proc/self/status")
    if status.exists():
        return float(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> None:
    """Run, print, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, 500 cities only")
    quick = parser.parse_args().quick
    graph = load_graph()
    warm = subregion(graph, 5_000, *KHORGOS)
    metric = customise(
        build_hierarchy(warm.n_nodes, warm.tail, warm.head), warm.weight, warm.weight
    )
    distances(metric, [0], [1])
    shortest_path(metric, [0], None, [1], None)
    peers: list[Peer] = [AequilibraE(), Scipy(), RoutingKit(), Igraph()]
    rows = []
    for peer in peers:
        took, _ = timed(lambda p=peer: p.prepare(graph, graph.cities))
        ours, _ = timed(lambda: build_hierarchy(graph.n_nodes, graph.tail, graph.head))
        rows.append(row(f"{PREFIX}prepare, {peer.name}", f"{graph.n_nodes} nodes", "s", ours, took))
    for n_cities, rounds in ((500, 1),) if quick else ((500, 3), (1000, 2)):
        rows += beside_peers(graph, peers, n_cities, rounds)
    rows += growth(graph, 3 if quick else 10)
    size = f"1000x1000 cities, {graph.n_nodes} nodes, prepare included"
    rows.append(row(f"{PREFIX}peak memory", size, "GB", peak_memory_gb()))
    show(rows, "Routing: ours beside others; ratio is reference over ours")
    merge(rows, PREFIX)


if __name__ == "__main__":
    main()
