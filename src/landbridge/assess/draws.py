"""A scenario many times over, with what is not known drawn anew each time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess import answer
from landbridge.assess.assessment import Band
from landbridge.assess.assessor import Assessor, effects_of
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State, revalued, settle
from landbridge.economy.table.elasticities import trade_elasticities
from landbridge.errors import InputError
from landbridge.levers.effects import CapacityEffect, EdgeEffect, WayEffect
from landbridge.levers.lever import Lever
from landbridge.levers.quantity import Quantity

if TYPE_CHECKING:
    from landbridge.scenario.model import Scenario

Floats = NDArray[np.float64]
LOW, HIGH = 0.05, 0.95
_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Unknown:
    """One dimension that is drawn: a lever's field, elasticities, or the value of time."""

    name: str
    lever: int | None = None
    field: str | None = None


def unknowns(scenario: Scenario, levers: Sequence[Lever]) -> tuple[Unknown, ...]:
    """What is drawn for a scenario: the levers' intervals, and what its file asks for."""
    found = [
        Unknown(f"lever {number + 1} ({lever.kind}): {field}", number, field)
        for number, lever in enumerate(levers)
        for field in lever.uncertain
    ]
    if scenario.uncertainty.elasticities:
        found.append(Unknown("trade elasticities"))
    if scenario.uncertainty.value_of_time:
        found.append(Unknown("value of time"))
    if not found:
        raise InputError(
            f"{scenario.name} has nothing to draw: give a lever low and high, or let elasticities "
            "or value_of_time vary in [uncertainty]"
        )
    return tuple(found)


def sobol(dimensions: int, draws: int, seed: int) -> Floats:
    """Scrambled Sobol points, float64[draws, dimensions] inside (0, 1); the same for a seed.

    The first points of a longer run are those of a shorter one.

    Examples
    --------
    >>> bool((sobol(3, 8, seed=1)[:4] == sobol(3, 4, seed=1)).all())
    True
    """
    from scipy.stats import qmc

    sampler = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    points = sampler.random_base2(max(int(np.ceil(np.log2(draws))), 0))[:draws]
    return np.asarray(np.clip(points, 1e-6, 1.0 - 1e-6))


@dataclass(frozen=True, eq=False)
class Draws:
    """Results of D draws.

    Attributes
    ----------
    unknowns : what was drawn
    points : float64[D, U], shares of probability of each
    measures : names of results, such as welfare_pct
    iso3 : economies
    values : float64[D, M, N]
    """

    unknowns: tuple[str, ...]
    points: Floats
    measures: tuple[str, ...]
    iso3: tuple[str, ...]
    values: Floats

    def bands(self) -> tuple[Band, ...]:
        """Median and 5th and 95th percentile of every measure and economy."""
        low, median, high = np.quantile(self.values, (LOW, 0.5, HIGH), axis=0)
        return tuple(
            Band(measure, code, float(low[m, n]), float(median[m, n]), float(high[m, n]))
            for m, measure in enumerate(self.measures)
            for n, code in enumerate(self.iso3)
        )


MEASURES = ("welfare_pct", "real_gdp_pct", "exports_pct", "imports_pct")


def draw(
    assessor: Assessor,
    scenario: Scenario,
    *,
    draws: int,
    seed: int,
    journal: Path | None = None,
    progress: Callable[[str, float], None],
) -> Draws:
    """Assess a scenario `draws` times.

    Elasticities move together, by a standard normal score times the spread of each sector's
    published estimates and never beyond them; so do values of time between the low and the high of
    each sector. Queues stay as the scenario's
    own values make them.

    Parameters
    ----------
    journal : a file that every finished draw is added to; a run that was stopped goes on from it

    Raises
    ------
    InputError
        Where there is nothing to draw, or the journal is of another run.
    """
    if draws < 2:
        raise InputError(f"{draws} draws make no band: ask for 2 or more, 200 say")
    stage = assessor.stage(scenario.year)
    levers = scenario.levers_in(scenario.year)
    names = unknowns(scenario, levers)
    points = sobol(len(names), draws, seed)
    given = assessor.given(scenario.year)
    base = assessor.base(scenario.year)
    changed = settle(given, base, effects_of(levers, stage), progress)
    key = {"scenario": scenario.sha256, "seed": seed, "unknowns": [u.name for u in names]}
    done = _resume(journal, key)
    values = np.empty((draws, len(MEASURES), given.masses.count))
    for number in range(draws):
        progress(f"draw {number + 1} of {draws}", number / draws)
        if number in done:
            values[number] = done[number]
            continue
        values[number] = _one(given, base, changed, levers, stage, names, points[number])
        if journal is not None:
            with journal.open("a", encoding="utf-8") as file:
                line = {"draw": number, "values": values[number].tolist()}
                file.write(json.dumps(line) + "\n")
    return Draws(
        tuple(u.name for u in names), points, MEASURES, given.table.labels.economies, values
    )


def _resume(journal: Path | None, key: dict[str, object]) -> dict[int, Floats]:
    if journal is None:
        return {}
    if not journal.exists():
        journal.parent.mkdir(parents=True, exist_ok=True)
        journal.write_text(json.dumps(key) + "\n", encoding="utf-8")
        return {}
    lines = journal.read_text(encoding="utf-8").splitlines()
    if not lines or json.loads(lines[0]) != json.loads(json.dumps(key)):
        raise InputError(
            f"{journal} holds the draws of another run: remove it, or choose another folder"
        )
    found = {}
    for line in lines[1:]:
        try:
            one = json.loads(line)
        except json.JSONDecodeError:
            # The line that was being written when the run was stopped.
            continue
        found[int(one["draw"])] = np.array(one["values"])
    return found


def _one(
    given: Setting,
    base: State,
    changed: State,
    levers: Sequence[Lever],
    stage: object,
    names: Sequence[Unknown],
    point: Floats,
) -> Floats:
    shares = {name: float(share) for name, share in zip(names, point, strict=True)}
    drawn = list(levers)
    for name, share in shares.items():
        if name.lever is not None and name.field is not None:
            drawn[name.lever] = drawn[name.lever].drawn({name.field: share})
    own = given
    for name, share in shares.items():
        if name.name == "trade elasticities":
            own = _with_theta(own, share)
        elif name.name == "value of time":
            own = own.valued(_days(own, share), {})
    effects = effects_of(drawn, stage)  # type: ignore[arg-type]
    fixed = effects_of(levers, stage)  # type: ignore[arg-type]
    network = [e for e in effects if isinstance(e, EdgeEffect | CapacityEffect | WayEffect)]
    as_was = [e for e in fixed if isinstance(e, EdgeEffect | CapacityEffect | WayEffect)]
    result = revalued(own, base, changed, effects, same_network=_alike(network, as_was))
    found = answer.economies(own, *result)
    return np.array([[getattr(e, measure) for e in found] for measure in MEASURES])


def _alike(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two lists of effects change the network the same."""
    if len(one) != len(other):
        return False
    for a, b in zip(one, other, strict=True):
        for name in type(a).__dataclass_fields__:  # type: ignore[attr-defined]
            left: Any = getattr(a, name)
            right: Any = getattr(b, name, None)
            if isinstance(left, np.ndarray):
                if not np.array_equal(left, right):
                    return False
            elif isinstance(left, float) and isinstance(right, float):
                if abs(left - right) > _SAME:
                    return False
            elif left != right:
                return False
    return True


def _with_theta(given: Setting, share: float) -> Setting:
    """The same base with trade elasticities moved by the spread of their estimates together."""
    from scipy.special import ndtri

    held = trade_elasticities()
    score = float(ndtri(share))
    theta = np.clip(held.theta + score * held.spread, held.low, held.high)
    return replace(given, table=replace(given.table, base=replace(given.table.base, theta=theta)))


def _days(given: Setting, share: float) -> dict[str, float]:
    """Cost of a day by sector at a share of probability, of `sector_freight.csv`."""
    rows = {r.sector: r for r in facts.rows("sector_freight") if r.exporter is None}
    return {
        sector: max(
            Quantity(
                value=rows[sector].time_cost_pct_day,
                low=rows[sector].low_pct_day,
                high=rows[sector].high_pct_day,
            ).at(share),
            0.0,
        )
        for sector in given.goods.id
    }
