"""Draws of an outlook: from parts and a seed to the series of every draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from landbridge.errors import InputError
from landbridge.outlook.anchor import Anchor, anchor, excess, joined
from landbridge.outlook.chain import Chain
from landbridge.outlook.choice import Floats
from landbridge.outlook.damped import usual_errors, usual_trend
from landbridge.outlook.measures import Series, raw_names, series
from landbridge.outlook.parts import Parts, prepare
from landbridge.outlook.spec import MOST_DRAWS, Spec
from landbridge.outlook.unknowns import Drawn, Unknowns

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor
    from landbridge.outlook.ensemble import Ensemble

Progress = Callable[[str, float], None]
CHUNK = 8
"""Draws that are done and kept together; a power of two, as Sobol points come in."""
HISTORY = 2010
"""First year in which counts are compared with the model's growth."""


def run(
    spec: Spec,
    draws: int,
    seed: int,
    *,
    assessor: Assessor | None = None,
    parts: Parts | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    folder: Path | None = None,
    progress: Progress = lambda stage, share: None,
) -> Ensemble:
    """Run an outlook.

    Draw `i` is the same whatever the number of draws or of workers.

    Parameters
    ----------
    spec : of `landbridge.outlook.spec.checked`
    draws : how many, 2 or more
    seed : of the Sobol points
    assessor : a world and a base economy, made where neither it nor `parts` is given
    parts : made before by `prepare`
    workers : processes, as many as cores if None; 1 stays in this one
    scheduler : address of a Dask scheduler that does the work instead
    folder : where finished chunks stay, so that a run that was stopped goes on
    progress : called with a stage and the share done

    Raises
    ------
    InputError
        Before any work: too few draws, a scheduler that is not there, a folder of another run.
    """
    from landbridge.outlook import ensemble

    if not 2 <= draws <= MOST_DRAWS:
        raise InputError(f"{draws} draws: ask for 2 to {MOST_DRAWS:,}, 1000 say")
    if workers is not None and workers < 1:
        raise InputError(f"{workers} workers: ask for 1 or more")
    pool = ensemble.pool(workers, scheduler)
    try:
        if parts is None:
            if assessor is None:
                from landbridge import World
                from landbridge.assess.assessor import Assessor as Made

                assessor = Made(World.base())
            parts = prepare(spec, assessor, progress)
        return ensemble.gather(Engine(parts, seed), draws, pool, folder, progress)
    finally:
        pool.close()


@dataclass(frozen=True, eq=False)
class Engine:
    """What a worker needs to do any draw.

    Attributes
    ----------
    parts : what draws share
    seed : of the Sobol points
    """

    parts: Parts
    seed: int

    def __reduce__(self) -> tuple[type[Engine], tuple[Parts, int]]:
        """Go to workers without what is made of the parts there."""
        return Engine, (self.parts, self.seed)

    @cached_property
    def chain(self) -> Chain:
        """Runs single draws."""
        return Chain(self.parts)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Every series, in the order of results."""
        return series(self.parts)

    @cached_property
    def raw(self) -> tuple[str, ...]:
        """Names of the model's own measures."""
        return raw_names(self.parts)

    @cached_property
    def unknowns(self) -> Unknowns:
        """What is drawn."""
        spec = self.parts.spec
        return Unknowns.of(spec.known, spec.probabilities, list(self._counts))

    @cached_property
    def _counts(self) -> Mapping[str, Mapping[int, float]]:
        """Counts by series, of those that have any as far as known."""
        known = self.parts.spec.known
        found = {
            one.name: joined([known.flows.get(name, {}) for name in one.counted])
            for one in self.series
            if one.counted
        }
        return {name: path for name, path in found.items() if path}

    @cached_property
    def _history(self) -> dict[str, dict[int, float]]:
        """The model's measures in the years counted, with growth and nothing else changed."""
        known = self.parts.spec.known
        years = tuple(range(HISTORY, known.as_of + 1))
        still = replace(
            self.usual(years),
            growth_pct={y: dict.fromkeys(self._regions, 0.0) for y in years},
        )
        values = self.chain.run("", still, years)
        return {
            name: dict(zip(years, values[:, k].tolist(), strict=True))
            for k, name in enumerate(self.raw)
        }

    @cached_property
    def _regions(self) -> list[str]:
        return sorted(set(self.unknowns.at(self._middle, (0,)).growth_pct[0]))

    @property
    def _middle(self) -> Floats:
        return np.full(len(self.unknowns.names), 0.5)

    def usual(self, years: Sequence[int]) -> Drawn:
        """Nothing but medians, no event, money as it is."""
        drawn = self.unknowns.at(self._middle, years)
        return replace(
            drawn,
            slip_years=0,
            money={mode: dict.fromkeys(years, 1.0) for mode in drawn.money},
            events={},
        )

    @cached_property
    def anchors(self) -> Mapping[str, Anchor]:
        """How every count goes on from what is known."""
        beyond = {}
        for one in self.series:
            if one.name in self._counts:
                beyond[one.name] = excess(self._counts[one.name], self._history[one.raw])
        every = list(beyond.values())
        trend = usual_trend(every)
        usual = usual_errors(every, trend)
        return {
            name: anchor(self._counts[name], found, trend, usual) for name, found in beyond.items()
        }

    def points(self, first: int, last: int) -> Floats:
        """Points of draws `first` to `last` - 1, float64[draws, U], inside (0, 1).

        Scrambled Sobol points: those of a draw do not depend on how many are asked for.
        """
        from scipy.stats import qmc

        sampler = qmc.Sobol(
            len(self.unknowns.names), scramble=True, rng=np.random.default_rng(self.seed)
        )
        begin = first - first % CHUNK
        if begin:
            sampler.fast_forward(begin)
        blocks = [sampler.random(CHUNK) for _ in range(-(-(last - begin) // CHUNK))]
        found = np.concatenate(blocks)[first - begin : last - begin]
        return np.asarray(np.clip(found, 1e-6, 1.0 - 1e-6))

    def draws(self, first: int, last: int) -> Floats:
        """Series of draws `first` to `last` - 1, float64[draws, scenario, series, year]."""
        names = self.parts.spec.scenarios
        return np.stack(
            [
                np.stack([self.one(name, point) for name in names])
                for point in self.points(first, last)
            ]
        )

    def one(self, scenario: str, point: Floats) -> Floats:
        """Series of one draw of one scenario, float64[series, year]."""
        years = self.parts.spec.years
        drawn = self.unknowns.at(point, years)
        raw = self.chain.run(scenario, drawn, years)
        place = {name: k for k, name in enumerate(self.raw)}
        out = np.empty((len(self.series), len(years)))
        for number, one in enumerate(self.series):
            path = raw[:, place[one.raw]]
            if one.name in self._counts:
                held = self.anchors[one.name]
                then = self._history[one.raw][held.year]
                beyond = [held.beyond(year, drawn.beyond[one.name]) for year in years]
                path = held.value * path / then * np.exp(beyond)
            out[number] = path
        return out
