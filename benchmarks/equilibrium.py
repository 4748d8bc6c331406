"""Time the equilibrium solver beside the published algorithm and `gegravity`.

Everything is measured in one run and told as ratios; rounds are taken in turn, and the best of each
counts. Run with `python benchmarks/equilibrium.py`; rows go to `benchmarks/results.json`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from caliendo_parro_port import solve_as_published

from landbridge.economy.armington import gravity_shares, solve_fixed_shares
from landbridge.economy.base import BaseEconomy, Shock
from landbridge.economy.equilibrium import solve, solve_many
from landbridge.economy.synthetic import synthetic_world

RESULTS = Path(__file__).parent / "results.json"
TOLERANCE = 1e-7
EXTRAS = ("cpu_ratio", "processes_ratio", "power")
Row = dict[str, Any]


def best_of(rounds: int, *calls: Callable[[], Any]) -> list[float]:
    """Take the calls in turn `rounds` times; the shortest time of each, in seconds."""
    times = [[] for _ in calls]
    for _ in range(rounds):
        for call, taken in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]


def row(name: str, ours: float, reference: float, size: str, unit: str = "s") -> Row:
    """Make a row of results; the ratio says how many times longer the reference takes."""
    return {
        "name": name,
        "ours": ours,
        "reference": reference,
        "ratio": reference / ours,
        "unit": unit,
        "size": size,
    }


def mild_shock(base: BaseEconomy, seed: int = 0) -> Shock:
    """Make three pairs in ten a tenth cheaper to trade."""
    n = base.economies
    cheaper = np.random.default_rng(seed).random((n, n)) < 0.3
    np.fill_diagonal(cheaper, False)
    iceberg = np.where(cheaper, 0.9, 1.0)
    return Shock(iceberg_hat=np.broadcast_to(iceberg, base.shares.shape).copy())


def against_port(economies: int, sectors: int, rounds: int) -> Row:
    """Time a multi-sector counterfactual; the answers must agree."""
    base = synthetic_world(economies, sectors)
    shock = mild_shock(base)
    ours = solve(base, shock, tolerance=TOLERANCE)
    answers = []
    (port_s,) = best_of(rounds, lambda: answers.append(solve_as_published(base, shock, TOLERANCE)))
    (ours_s,) = best_of(15 * rounds, lambda: solve(base, shock, tolerance=TOLERANCE))
    gap = np.abs(answers[0].wage_hat / ours.wage_hat - 1.0).max()
    if gap > 1e-5:
        raise SystemExit(f"the port and the solver disagree by {gap:.2g} on wages")
    return row("equilibrium_vs_published_algorithm", ours_s, port_s, f"{economies}x{sectors}")


def against_gegravity(economies: int, rounds: int) -> Row:
    """Time one-sector gravity under fixed shares; the answers must agree to 1e-6."""
    import gegravity
    import pandas as pd

    rng = np.random.default_rng(0)
    output = np.exp(rng.normal(0.0, 1.0, economies)) * 1e3
    expenditure = output * np.exp(rng.normal(0.0, 0.05, economies))
    expenditure *= output.sum() / expenditure.sum()
    distance = rng.uniform(0.5, 2.5, (economies, economies))
    distance = (distance + distance.T) / 2.0
    cheaper = distance - 0.3 * (rng.random(distance.shape) < 0.3)
    np.fill_diagonal(distance, 0.0)
    np.fill_diagonal(cheaper, 0.0)
    theta = 4.0
    names = [f"E{k:03d}" for k in range(economies)]
    exporter, importer = np.divmod(np.arange(economies**2), economies)
    table = pd.DataFrame(
        {
            "exporter": np.take(names, exporter),
            "importer": np.take(names, importer),
            "year": "2020",
            "trade": 1.0,
            "Y": output[exporter],
            "E": expenditure[importer],
            "cost": distance[importer, exporter],
        }
    )
    experiment = table.assign(cost=cheaper[importer, exporter])
    coefficients = gegravity.CostCoeffs(
        pd.DataFrame({"name": ["cost"], "value": [-1.0]}),
        identifier_col="name",
        coeff_col="value",
    )
    taken, real = [], None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(rounds):
            model = gegravity.OneSectorGE(
                gegravity.BaselineData(
                    table, trade_var_name="trade", expend_var_name="E", output_var_name="Y"
                ),
                year="2020",
                reference_importer=names[-1],
                expend_var_name="E",
                output_var_name="Y",
                sigma=theta + 1.0,
                cost_variables=["cost"],
                cost_coeff_values=coefficients,
                quiet=True,
            )
            model.build_baseline()
            model.define_experiment(experiment)
            start = time.perf_counter()
            model.simulate(ge_tolerance=1e-8)
            taken.append(time.perf_counter() - start)
            real = 1.0 / model.country_results.sort_index()["welfare statistic"].to_numpy(float)
    shares = gravity_shares(np.exp(-distance), output, expenditure)
    iceberg = np.exp((cheaper - distance) / theta)

    def ours() -> Any:
        return solve_fixed_shares(shares, output, expenditure, iceberg, theta, tolerance=1e-8)

    found = ours()
    gap = np.abs(found.factory_price_hat / found.price_hat / real - 1.0).max()
    if gap > 1e-6:
        raise SystemExit(f"gegravity and the solver disagree by {gap:.2g} on real spending")
    (ours_s,) = best_of(20, ours)
    return row("gravity_fixed_shares_vs_gegravity", ours_s, min(taken), f"{economies}x1")


def batch(economies: int, sectors: int, count: int, rounds: int) -> Row:
    """Time a batch of counterfactuals on one thread and on two; ratio 2 is linear.

    `cpu_ratio` is processor time on one thread over that on two: near one, the threads cost each
    other nothing. `processes_ratio` is the ratio that two processes, which share nothing, reach in
    the same rounds: what the machine has to give beside its other work.
    """
    base = synthetic_world(economies, sectors)
    shocks = [mild_shock(base, seed) for seed in range(count)]
    processor: dict[int, list[float]] = {1: [], 2: []}

    def on(workers: int) -> None:
        start = time.process_time()
        solve_many(base, shocks, workers=workers, tolerance=TOLERANCE)
        processor[workers].append(time.process_time() - start)

    def part(k: int) -> None:
        for shock in shocks[k::2]:
            solve(base, shock, tolerance=TOLERANCE)

    def apart() -> None:
        children = [get_context("fork").Process(target=part, args=(k,)) for k in range(2)]
        for child in children:
            child.start()
        for child in children:
            child.join()

    one, two, processes = best_of(rounds, lambda: on(1), lambda: on(2), apart)
    made = row("equilibrium_batch_two_threads_vs_one", two, one, f"{economies}x{sectors}x{count}")
    made["cpu_ratio"] = min(processor[1]) / min(processor[2])
    made["processes_ratio"] = one / processes
    return made


def growth(rounds: int) -> list[Row]:
    """Say how time grows: the power of economies and of sectors, each doubled twice."""

    def taken(economies: int, sectors: int) -> float:
        base = synthetic_world(economies, sectors)
        shock = mild_shock(base)
        solve(base, shock, tolerance=TOLERANCE)
        return best_of(rounds, lambda: solve(base, shock, tolerance=TOLERANCE))[0]

    small, wide, deep = taken(40, 20), taken(160, 20), taken(40, 80)
    rows = [
        row("equilibrium_time_when_economies_grow_fourfold", small, wide, "40x20 to 160x20"),
        row("equilibrium_time_when_sectors_grow_fourfold", small, deep, "40x20 to 40x80"),
    ]
    for made in rows:
        made["power"] = float(np.log(made["ratio"]) / np.log(4.0))
    return rows


def merge(rows: list[Row]) -> None:
    """Put the rows in the file of results, in place of earlier ones of the same name and size."""
    held = json.loads(RESULTS.read_text()) if RESULTS.is_file() else []
    fresh = {(made["name"], made["size"]) for made in rows}
    kept = [made for made in held if (made["name"], made["size"]) not in fresh]
    RESULTS.write_text(json.dumps(kept + rows, indent=1) + "\n")


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1, help="rounds of the slow references")
    rounds = parser.parse_args().rounds
    rows = [
        against_port(77, 20, rounds),
        against_port(77, 45, rounds),
        against_gegravity(60, rounds),
        batch(77, 20, 40, 12),
        *growth(10),
    ]
    for made in rows:
        print(
            f"{made['name']:48s} {made['size']:16s} ours {made['ours']:.3g} {made['unit']}  "
            f"reference {made['reference']:.3g} {made['unit']}  ratio {made['ratio']:.3g}"
            + "".join(f"  {key} {made[key]:.3g}" for key in EXTRAS if key in made)
        )
    merge(rows)


if __name__ == "__main__":
    main()
