"""Answers scenarios on one base: makes the baseline of a year once, then compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from landbridge.assess import answer
from landbridge.assess.assessment import Assessment, Contribution
from landbridge.assess.setting import Setting, setting
from landbridge.assess.settle import Progress, State, quiet, settle, settle_base
from landbridge.economy.table.basetable import BaseTable, load_base
from landbridge.errors import InputError
from landbridge.levers.effects import Effect
from landbridge.levers.lever import Lever, Stage

if TYPE_CHECKING:
    from landbridge.scenario.model import Scenario
    from landbridge.world import World

MOST_TOLD = 8
"""Economies whose part in a lever's contribution is told."""


class Assessor:
    """A world and a base economy, ready to assess scenarios; baselines are kept by year.

    Examples
    --------
    >>> from landbridge import World  # doctest: +SKIP
    >>> from landbridge.scenario import read_scenario  # doctest: +SKIP
    >>> answer = Assessor(World.base()).assess(read_scenario("dostyk-reform"))  # doctest: +SKIP
    >>> answer.economy("KAZ").welfare_pct  # doctest: +SKIP
    """

    def __init__(self, world: World, table: BaseTable | None = None) -> None:
        self.world = world
        self.table = load_base() if table is None else table
        self._settings: dict[int, Setting] = {}
        self._bases: dict[int, State] = {}

    def stage(self, year: int) -> Stage:
        """What levers stand on in a year."""
        return Stage(year, self.world.network, self.table)

    def given(self, year: int) -> Setting:
        """What is taken as given in a year."""
        if year not in self._settings:
            self._settings[year] = setting(self.world.at(year), self.table)
        return self._settings[year]

    def base(self, year: int, progress: Progress = quiet) -> State:
        """The baseline of a year."""
        if year not in self._bases:
            self._bases[year] = settle_base(self.given(year), progress)
        return self._bases[year]

    def assess(
        self,
        scenario: Scenario,
        *,
        contributions: bool = True,
        progress: Progress = quiet,
    ) -> Assessment:
        """Assess a scenario.

        Parameters
        ----------
        contributions : assess each lever alone too, where there are several

        Raises
        ------
        InputError
            Before any computing, for levers that cannot act; every one is named.
        NotConvergedError
            Where queues or the economy do not settle.
        """
        stage = self.stage(scenario.year)
        levers = scenario.levers_in(scenario.year)
        refuse(scenario, levers, stage)
        given = self.given(scenario.year)
        before = self._before(scenario, progress)
        changed = settle(given, before, effects_of(levers, stage), progress)
        alone: tuple[Contribution, ...] = ()
        if contributions and len(levers) > 1:
            alone = tuple(
                self._alone(number, lever, given, before, stage)
                for number, lever in enumerate(levers)
            )
        return compared(scenario, given, before, changed, alone)

    def _before(self, scenario: Scenario, progress: Progress) -> State:
        """The baseline: of the year itself, or with the network and rates of an earlier one.

        Volumes, tastes and the economy are those of the year assessed in both.
        """
        year = scenario.baseline_year or scenario.year
        if year == scenario.year:
            return self.base(year, progress)
        return settle_base(self.given(scenario.year), progress, network_of=self.world.at(year))

    def _alone(
        self, number: int, lever: Lever, given: Setting, base: State, stage: Stage
    ) -> Contribution:
        changed = settle(given, base, effects_of([lever], stage), quiet)
        found = answer.economies(given, base, changed)
        told = sorted(found, key=lambda e: -abs(e.welfare_pct))[:MOST_TOLD]
        return Contribution(
            lever=number + 1,
            what=lever.describe(),
            welfare_pct={e.iso3: e.welfare_pct for e in told},
            world_welfare_pct=answer.world_welfare_pct(base, changed),
        )


def effects_of(levers: Iterable[Lever], stage: Stage) -> tuple[Effect, ...]:
    """Effects of all levers, those that scale running before those that set hours at a post."""
    effects = [effect for lever in levers for effect in lever.effects(stage)]
    return tuple(sorted(effects, key=lambda e: 0 if getattr(e, "time_factor", 1.0) != 1.0 else 1))


def refuse(scenario: Scenario, levers: Sequence[Lever], stage: Stage) -> None:
    """Raise one error that names every lever that cannot act, with its line in the file."""
    if not levers:
        raise InputError(
            f"{scenario.name}: no lever acts in {scenario.year}: choose a year in which one does"
        )
    problems = [
        f"line {line}, lever {number} ({lever.kind}): {problem}"
        for number, (lever, line) in enumerate(
            zip(scenario.levers, scenario.lines, strict=True), start=1
        )
        if lever.acts_in(stage.year)
        for problem in lever.problems(stage)
    ]
    if problems:
        raise InputError(f"{scenario.name} cannot be assessed:\n- " + "\n- ".join(problems))


def compared(
    scenario: Scenario,
    given: Setting,
    before: State,
    changed: State,
    contributions: tuple[Contribution, ...] = (),
) -> Assessment:
    """The assessment of two settled worlds."""
    return Assessment(
        scenario=scenario,
        given=given,
        base=before,
        changed=changed,
        economies=answer.economies(given, before, changed),
        ways=answer.all_ways(given, before, changed),
        carriers=answer.all_carriers(given, before, changed),
        co2_mt_base=float(before.traffic.co2_t.sum() / 1e6),
        co2_mt=float(changed.traffic.co2_t.sum() / 1e6),
        world_welfare_pct=answer.world_welfare_pct(before, changed),
        contributions=contributions,
        notes=notes(given, scenario),
        convergence={
            "converged": True,
            "iterations": changed.equilibrium.iterations,
            "residual": changed.equilibrium.residual,
            "assignment_gap": changed.gap,
            "rounds": changed.rounds,
        },
    )


def notes(given: Setting, scenario: Scenario) -> tuple[str, ...]:
    """What a reader of any assessment must know."""
    said = [
        f"economy of {given.table.year}; network, rates and borders of {given.year}",
        "crude oil and gas ride pipelines and tankers: no container carries them, and their trade "
        "costs do not move with hours",
        "freight within an economy is in its trade costs, not in the loads of crossings and lines",
    ]
    if given.year != given.table.year:
        said.append(
            f"volumes are those of {given.table.year}, grown with the output of each economy to "
            f"{given.year}"
        )
    if any(lever.kind == "price" for lever in scenario.levers):
        said.append(
            "a price moves incomes, as a transfer from those who sell to those who buy; exports "
            "and imports of the commodity itself are shown at the base year's price"
        )
    if scenario.baseline_year not in (None, scenario.year):
        said.append(f"compared with the network and rates of {scenario.baseline_year}")
    return tuple(said)
