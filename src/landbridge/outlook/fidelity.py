"""How far the fast chain is from the full machinery, case by case.

A case is a scenario with events on, in a year, nothing else drawn. The fast chain puts the
differences that levers and events made to the reference on top of the network of the year; here the
full machinery is asked for that very state, levers and events on the network of the year together.
The choice, the economy and the queues after it are the same, so what differs is the error of
putting differences together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landbridge.economy.equilibrium import solve
from landbridge.outlook import states
from landbridge.outlook.chain import Chain
from landbridge.outlook.engine import Engine
from landbridge.outlook.parts import layer_of
from landbridge.outlook.spec import scenario_of

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor


@dataclass(frozen=True, slots=True)
class Apart:
    """One measure of a case, as the fast chain and as the full machinery have it."""

    measure: str
    fast: float
    full: float

    @property
    def pct(self) -> float:
        """Fast over full, per cent beyond one; NaN where the full figure is 0."""
        return 100.0 * (self.fast / self.full - 1.0) if self.full else float("nan")


def fidelity(
    engine: Engine, assessor: Assessor, year: int, scenario: str, events: Sequence[str] = ()
) -> tuple[Apart, ...]:
    """Compare the two in a case; takes one full set of skims, kept like all states.

    Parameters
    ----------
    year : one of the outlook's
    scenario : one of the outlook's
    events : ids of hazards that are on
    """
    parts = engine.parts
    usual = replace(engine.usual((year,)), events=dict.fromkeys(events, (year, year)))
    fast = engine.chain.run(scenario, usual, (year,))[0]
    named = [scenario_of(scenario)]
    named += [scenario_of(parts.spec.known.hazards[event].scenario) for event in events]
    effects = [
        effect
        for one in named
        if one is not None
        for effect in states.network_effects(one.levers_in(one.year), assessor.stage(one.year))
    ]
    given = assessor.given(parts.base_year)
    volume = given.feu(solve(parts.base).trade)
    of = parts.spec.known.network_year(year)
    dense = states.state_of(assessor, of, effects, volume, states.shelf(), lambda: None)
    exact = layer_of(parts.entries, parts.share, parts.cost_usd_feu, parts.tastes, dense)
    chain = Chain(parts)
    chain.fix(exact)
    full = chain.run(scenario, usual, (year,))[0]
    return tuple(
        Apart(name, float(a), float(b)) for name, a, b in zip(engine.raw, fast, full, strict=True)
    )
