"""What published studies found, beside the same asked of the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge import facts
from landbridge.assess.assessor import effects_of
from landbridge.assess.settle import quiet, settle
from landbridge.levers.section import Section
from landbridge.routing.rates.opening import NEW
from landbridge.scenario import read_scenario
from landbridge.validate import middle
from landbridge.validate.flows import TOLERANCE
from landbridge.validate.kept import kept
from landbridge.validate.targets import Target, is_within
from landbridge.validate.worlds import Worlds, corridor_economies, members

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor
    from landbridge.assess.settle import Progress, State

WITHOUT = "without-belt-and-road"
BRI, BRI_YEAR = "bri", 2019
"""The studies' Belt and Road economies: those that had signed by the year of the book."""
STANDING, PLANNED = "what stands", "what stands and is planned"

UNASKED = {
    "bre-fdi-low-income": "investment across borders is not in the model",
    "bre-undertrade": "a gap to a gravity estimate's potential, not an effect",
    "ing-half-cost-trade": "half of all costs of trade, which freight charges are a part of",
    "wps8694-day-trade": "a regression's slope: the model takes such an estimate in",
    "vox-welfare-bri": "the cost of building is not in the model",
    "wbmc-oil-2030": "oil rides no container in the model",
    "edb-corridors-2030-mt": "which ways the three corridors take in is not published",
    "edb-corridors-2030-teu": "which ways the three corridors take in is not published",
    "edb-linking-traffic": "what is linked to what is not published",
    "edb-linking-cost": "what is linked to what is not published",
}
"""Rows of `world_bank_ranges.csv` that the model does not answer, and why."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """A published result that the model has no answer to."""

    id: str
    what: str
    reason: str


def run(assessor: Assessor, progress: Progress | None = None) -> list[Target]:
    """Studies of the Belt and Road and of the Middle Corridor beside the model.

    The Belt and Road is asked backwards: lines and terminals opened since 2013 are shut, and the
    world as it is compared with that one. The studies count what was planned too, so the same is
    asked with every line on the list open.
    """
    return kept("studies", assessor.table, lambda: _run(assessor, progress or quiet))


def unasked() -> list[Unasked]:
    """Published results that `run` leaves out.

    Examples
    --------
    >>> [row.id for row in unasked()][0]
    'bre-fdi-low-income'
    """
    return [
        Unasked(row.id, row.what, UNASKED[row.id])
        for row in facts.rows("world_bank_ranges")
        if row.id in UNASKED
    ]


def _run(assessor: Assessor, progress: Progress) -> list[Target]:
    found: list[Target] = []
    for what, worlds in belt_and_road(assessor, progress):
        found += list(_belt_and_road(what, worlds))
    progress("the Middle Corridor in 2030", 0.5)
    answers = middle.answers(assessor, progress)
    for row in facts.rows("world_bank_ranges"):
        if row.id in answers:
            found.append(_target(row, answers[row.id], row.scenario))
    return found


def belt_and_road(assessor: Assessor, progress: Progress) -> Iterator[tuple[str, Worlds]]:
    """The world as it is, and with all that is planned, each against the world without."""
    scenario = read_scenario(WITHOUT)
    year = scenario.year
    given, stage = assessor.given(year), assessor.stage(year)
    progress(f"the world of {year}", 0.0)
    base = assessor.base(year)
    progress("without the Belt and Road", 0.1)
    without = settle(given, base, effects_of(scenario.levers_in(year), stage), quiet)
    yield STANDING, Worlds(given, without, base)
    progress("with all that is planned", 0.3)
    planned: State = settle(given, base, effects_of(to_come(assessor, year), stage), quiet)
    yield PLANNED, Worlds(given, without, planned)


def to_come(assessor: Assessor, year: int) -> list[Section]:
    """Every listed line that opens after a year or has no year yet, as levers that open it."""
    stage = assessor.stage(year)
    levers = [
        Section(section=row.id, change="open", source=row.source_title or row.id)
        for row in facts.rows("sections")
        if row.effect in NEW and (row.opens_year is None or row.opens_year > year)
    ]
    return [lever for lever in levers if not list(lever.problems(stage))]


def _belt_and_road(what: str, worlds: Worlds) -> Iterator[Target]:
    bri = members(BRI, BRI_YEAR)
    rest = [c for c in worlds.given.table.labels.economies if c not in bri]
    among = worlds.pairs(bri, bri)
    answers = {
        "bre-time-world": worlds.mean(worlds.time_pct, worlds.every),
        "bre-time-bri": worlds.mean(worlds.time_pct, among),
        "bre-time-corridor": _largest_fall(worlds, "time_pct"),
        "bre-cost-world": worlds.mean(worlds.cost_pct, worlds.every),
        "bre-cost-bri": worlds.mean(worlds.cost_pct, among),
        "bre-cost-corridor": _largest_fall(worlds, "cost_pct"),
        "bre-trade-world": worlds.exports_pct(),
        "bre-trade-corridor": worlds.exports_pct(bri),
        "bre-income-world": worlds.income_pct(),
        "wps8694-trade-bri": worlds.exports_pct(bri, among=True),
        "ifdp1273-gdp-bri": worlds.gdp_pct(bri),
        "ifdp1273-gdp-world": worlds.gdp_pct(),
        "wps8814-share-bri": worlds.gain_share_pct(bri),
        "wps8814-income-world": worlds.income_pct(),
        "wps8814-exports-world": worlds.exports_pct(),
        "wps8814-exports-bri": worlds.exports_pct(bri),
        "wps8814-income-rest": worlds.income_pct(rest),
    }
    for row in facts.rows("world_bank_ranges"):
        if row.study == "wps-8814-2019" and row.economies:
            answers[row.id] = worlds.income_pct(row.economies)
        if row.id in answers:
            yield _target(row, answers[row.id], what)


def _largest_fall(worlds: Worlds, quantity: str) -> float:
    """The corridor with the largest mean fall over the pairs of its economies."""
    change = getattr(worlds, quantity)
    falls = []
    for row in facts.rows("corridors"):
        codes = corridor_economies(row.id)
        if row.bri and len(codes) > 1:
            falls.append(worlds.mean(change, worlds.pairs(codes, codes)))
    return min(falls)


def _target(row: Any, model: float, scenario: str) -> Target:
    """One published result; a value without a range is met within the tolerance of flows."""
    low, high = row.low, row.high
    if low is None and high is None:
        low, high = sorted(row.value * (1.0 + way * TOLERANCE) for way in (-1, 1))
    suffix = {STANDING: "-standing", PLANNED: "-planned"}.get(scenario, "")
    return Target(
        id=row.id + suffix,
        what=f"{row.what} ({scenario})",
        year=int(row.as_of[:4]),
        published=row.value,
        published_low=low,
        published_high=high,
        model=model,
        unit=row.unit,
        fitted=False,
        source=f"{row.source_title}, {row.address}",
        within=is_within(model, low, high),
    )
