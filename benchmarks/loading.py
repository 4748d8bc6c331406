"""Time traffic loads on the real network beside a skim, and beside one path after another.

    python benchmarks/loading.py [--quick]

Everything is timed in turn, round by round, and the least of the rounds is taken, so that what
else the machine does falls on all alike. Each zone stands at its nearest door to the network.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from results import merge, row, show

from landbridge import World
from landbridge.routing import cch
from landbridge.routing.question import Question
from landbridge.routing.results import Place

PREFIX = "loading: "
FIGURES = ("time_h", "var_h2", "cost_usd_feu", "co2_kg_feu")
PAIRS_TIMED = 2_000
QUESTION = Question(year=2023)


def timed(call: Callable[[], object]) -> tuple[float, object]:
    """Return the seconds a call took, and what it returned."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def doors(world: World, count: int) -> np.ndarray:
    """The nearest node of the first `count` zones that have one."""
    nodes = []
    for z in world.zones(count + count // 4):
        place = Place(z.name, "city", z.economy, z.lat, z.lon, ref=z.id)
        nodes.extend(world.router.access(place, QUESTION).nodes[:1])
    if len(nodes) < count:
        raise SystemExit(f"only {len(nodes)} zones have a door: ask for fewer")
    return np.array(nodes[:count])


def attributes(world: World) -> tuple[np.ndarray, np.ndarray]:
    """The five figures of a skim, [5, m] forward and back."""
    edges = world.router.edge_metrics(QUESTION.year, QUESTION.cargo)
    forward, backward = (
        np.stack([edges.distance_km, *(getattr(edges, name)[way] for name in FIGURES)])
        for way in (0, 1)
    )
    return forward, backward


def along_paths(metric: cch.Metric, nodes: np.ndarray, pairs: np.ndarray, flow: np.ndarray):
    """Load the edges one path after another; return loads in both directions."""
    forward, backward = np.zeros((2, metric.hierarchy.n_edges))
    for i, j in pairs:
        path = cch.shortest_path(metric, nodes[i : i + 1], None, nodes[j : j + 1], None)
        forward[path.edges[path.forward]] += flow[i, j]
        backward[path.edges[~path.forward]] += flow[i, j]
    return forward, backward


def total(forward: np.ndarray, backward: np.ndarray, values: tuple[np.ndarray, np.ndarray]):
    """Sum of loads times what each edge adds, over the edges in use."""
    return sum(
        load[load > 0] @ value[load > 0].astype(float)
        for load, value in zip((forward, backward), values, strict=True)
    )


def check(metric: cch.Metric, nodes: np.ndarray, figures, flow: np.ndarray, pairs, path_loads):
    """Stop where loads times figures are not flows times skim, or paths take other ways."""
    loads = cch.load(metric, nodes, nodes, flow)
    found = cch.skim(metric, nodes, nodes, *figures).attributes
    for k in range(len(found)):
        by_pairs = (found[k][flow > 0].astype(float) * flow[flow > 0]).sum()
        by_edges = total(loads.forward, loads.backward, (figures[0][k], figures[1][k]))
        np.testing.assert_allclose(by_edges, by_pairs, rtol=1e-6)
    sample = np.zeros_like(flow)
    sample[tuple(pairs.T)] = flow[tuple(pairs.T)]
    loads = cch.load(metric, nodes, nodes, sample)
    weights = metric.forward, metric.backward
    np.testing.assert_allclose(
        total(loads.forward, loads.backward, weights), total(*path_loads, weights), rtol=1e-6
    )


def beside_others(world: World, count: int, rounds: int) -> list:
    """Loads of all pairs of zones, a skim of five figures, and paths."""
    metric, figures = world.router.metric(QUESTION), attributes(world)
    nodes = doors(world, count)
    rng = np.random.default_rng(0)
    reached = np.isfinite(cch.skim(metric, nodes, nodes, *figures).weight)
    flow = np.where(reached, rng.exponential(1.0, reached.shape), 0.0)
    with_flow = np.argwhere(flow > 0)
    pairs = rng.choice(with_flow, PAIRS_TIMED, replace=False)
    along_paths(metric, nodes, pairs[:1], flow)
    cch.load(metric, nodes, nodes, flow)
    seconds: dict[str, list[float]] = {"load": [], "skim": [], "paths": []}
    for _ in range(rounds):
        took, path_loads = timed(lambda: along_paths(metric, nodes, pairs, flow))
        seconds["paths"].append(took * len(with_flow) / len(pairs))
        for name, call in (
            ("skim", lambda: cch.skim(metric, nodes, nodes, *figures)),
            ("load", lambda: cch.load(metric, nodes, nodes, flow)),
        ):
            seconds[name] += [timed(call)[0] for _ in range(3)]
    check(metric, nodes, figures, flow, pairs, path_loads)
    best = {name: min(times) for name, times in seconds.items()}
    size = f"{count}x{count} zones, {world.network.n_nodes} nodes, {len(with_flow)} pairs with flow"
    return [
        row(
            f"{PREFIX}all pairs, skim of {len(figures[0])} figures",
            size,
            "s",
            best["load"],
            best["skim"],
        ),
        row(
            f"{PREFIX}all pairs, one path after another",
            f"{size}, {PAIRS_TIMED} paths timed on one core and scaled",
            "s",
            best["load"],
            best["paths"],
        ),
    ]


def main() -> None:
    """Run, print, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, 250 zones only")
    quick = parser.parse_args().quick
    world = World.base()
    rows = []
    for count, rounds in ((250, 1),) if quick else ((250, 3), (500, 3), (1000, 3)):
        rows += beside_others(world, count, rounds)
    show(rows, "Loads: ours beside others; ratio is reference over ours")
    merge(rows, PREFIX)


if __name__ == "__main__":
    main()
