"""Time a scenario of one lever beside what it cannot do without.

After the baseline is there, a scenario of one lever is held against ten equilibrium solves and five
full skims (every way and class between all zones), all timed in one run, each the best of its
rounds. Run with `python benchmarks/assess.py`; rows go to `benchmarks/results.json`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from equilibrium import best_of, merge, row

from landbridge import World
from landbridge.assess.assessor import Assessor
from landbridge.assess.settle import quiet, settle
from landbridge.assess.transport import passage
from landbridge.economy.base import Shock
from landbridge.economy.equilibrium import solve
from landbridge.scenario import read_scenario

SOLVES, SKIMS = 10, 5
SCENARIOS = ("khorgos-reform", "suez-closed", "oil-at-30")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    assessor = Assessor(World.base())
    rows = []
    for name in SCENARIOS:
        scenario = read_scenario(name)
        stage = assessor.stage(scenario.year)
        given, base = assessor.given(scenario.year), assessor.base(scenario.year)
        effects = [e for lever in scenario.levers[:1] for e in lever.effects(stage)]
        changed = settle(given, base, effects, quiet)
        shock: Shock = changed.equilibrium.shock
        one, skim, scenario_s = best_of(
            rounds,
            lambda shock=shock, given=given: solve(given.table.base, shock),
            lambda given=given: passage(given.world.router, given.zones, given.year),
            lambda given=given, base=base, effects=effects: settle(given, base, effects, quiet),
        )
        size = f"{len(given.zones)} zones, one lever of {name}, {changed.rounds} rounds"
        rows.append(row(f"assess: {name}", scenario_s, SOLVES * one + SKIMS * skim, size))
        print(f"{name}: {scenario_s:.1f} s; a solve {one:.3f} s, a full skim {skim:.1f} s")
    merge(rows)


if __name__ == "__main__":
    main()
