"""Flows of the base year beside what was counted: what was fitted, and what was not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from landbridge import facts
from landbridge.assess.views import View
from landbridge.errors import FactError
from landbridge.validate.counts import Counts
from landbridge.validate.question import Answer, Question
from landbridge.validate.questions_modes import modes, sea
from landbridge.validate.questions_rail import caspian, gates, kazakhstan, trains
from landbridge.validate.targets import Target, is_within, spanned

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor
    from landbridge.assess.settle import Progress

TOLERANCE = 0.25
"""A flow or share published as a point is met within this share of it."""
FIT_TOLERANCE = 0.02
"""The same for what a constant was fitted to."""

CONSTANTS: Mapping[str, Answer] = {
    "urgent-share": lambda c: c.view.china_to_europe_teu("sea"),
    "a-road": lambda c: _over_sea(c.view, "road"),
    "a-rail": lambda c: _over_sea(c.view, "rail"),
    "a-rail-broad": lambda c: c.view.broad_gauge_t("rail") / c.view.broad_gauge_t("road"),
    "air-landlocked": lambda c: c.view.land_over_air(),
    "lorry-third": lambda c: c.transit("KAZ", "t", ("road",), c.every) / 1e6,
    "a-truck": lambda c: c.view.china_central_asia("road") / c.view.china_central_asia("rail"),
    "a-dostyk": lambda c: c.view.china_europe_teu("dostyk"),
    "a-khorgos": lambda c: c.view.china_europe_teu("khorgos"),
    "a-erenhot": lambda c: c.view.china_europe_teu("erenhot"),
    "a-manzhouli": lambda c: c.view.china_europe_teu("manzhouli"),
    "a-suifenhe": lambda c: c.view.china_europe_teu("suifenhe"),
    "eu-over-russia": lambda c: c.view.china_eu_teu("dostyk") + c.view.china_eu_teu("khorgos"),
    "a-middle": lambda c: c.view.teu("middle"),
    "bulk-transit": lambda c: c.view.over_gates_mt("KAZ"),
    "bulk-lorry": lambda c: (
        c.view.between_mt("KAZ", "CHN", "rail") / c.view.between_mt("KAZ", "CHN", "road")
    ),
    "bulk-middle": lambda c: c.tonnes(("middle",), c.every) / 1e6,
}
"""What each fitted constant answers to, in the model."""
IN_MT = ("bulk-middle", "bulk-transit", "lorry-third")
"""Constants that answer to tonnes; the others answer to TEU or a ratio."""


@cache
def questions() -> tuple[Question, ...]:
    """Every observed series that the model can speak to, by topic.

    Examples
    --------
    >>> [q.series for q in questions() if q.fitted][:2]
    ['china-europe-teu', 'erai-transit-eu-teu']
    """
    return (*trains(), *gates(), *kazakhstan(), *caspian(), *sea(), *modes())


def run(assessor: Assessor, progress: Progress | None = None) -> list[Target]:
    """The base year's flows beside the published ones.

    Returns
    -------
    One target a fitted constant, then one an observed series of that year.

    Raises
    ------
    FactError
        Where a constant was fitted to something that nothing here asks.
    """
    counts = counted(assessor, assessor.table.year, progress)
    return [*constants(counts), *compared(counts)]


def counted(assessor: Assessor, year: int, progress: Progress | None = None) -> Counts:
    """The settled flows of a year, nothing refitted."""
    from landbridge.assess.settle import quiet

    return Counts(assessor.given(year), assessor.base(year, progress or quiet))


def constants(counts: Counts) -> list[Target]:
    """What the constants of the choice were fitted to, and the same in the model as it is now."""
    found = []
    for row in facts.rows("choice_constants"):
        if row.fitted_to is None:
            continue
        if row.id not in CONSTANTS:
            raise FactError(
                f"choice_constants.csv says that {row.id} was fitted to {row.fitted_to}, which "
                "validate.flows.CONSTANTS does not ask: name its answer there"
            )
        model = CONSTANTS[row.id](counts)
        low, high = (row.target * (1.0 + way * FIT_TOLERANCE) for way in (-1, 1))
        found.append(
            Target(
                id=f"constant-{row.id}",
                what=f"{row.id}: {row.fitted_to}",
                year=counts.year,
                published=row.target,
                published_low=low,
                published_high=high,
                model=model,
                unit=_unit_of(row.id, row.target),
                fitted=True,
                source="choice_constants.csv, from flows_observed.csv",
                within=is_within(model, low, high),
            )
        )
    return found


def _unit_of(constant: str, target: float) -> str:
    if constant in IN_MT:
        return "Mt"
    return "TEU" if target > 100 else "ratio"


def compared(counts: Counts) -> list[Target]:
    """Every series that was counted in the year of these flows, beside the model."""
    base = counts.year == counts.given.table.year
    found = []
    for question in questions():
        published = question.published(question.series, counts.year)
        if published is not None and (base or not question.base_only):
            found.append(_target(question, counts, published, fitted=base and question.fitted))
    return found


def _target(question: Question, counts: Counts, published: float, *, fitted: bool) -> Target:
    row = fullest(question.series, counts.year)
    model = question.model(counts)
    low: float | None
    if question.at_most:
        low, high = None, published
    else:
        scale = published / row.value
        ends = (None if end is None else end * scale for end in (row.low, row.high))
        _, low, high = spanned([(published, *ends)], TOLERANCE)  # type: ignore[list-item]
    return Target(
        id=f"{question.series}-{counts.year}",
        what=_what(row, question),
        year=counts.year,
        published=None if question.at_most else published,
        published_low=low,
        published_high=high,
        model=model,
        unit=row.unit,
        fitted=fitted,
        source=", ".join(part for part in (row.source_title, row.address) if part),
        within=is_within(model, low, high),
    )


def fullest(series: str, year: int) -> Any:
    """The row of a series in a year that covers the most months."""
    of_year = [r for r in facts.rows("flows_observed") if r.series == series and r.year == year]
    return max(of_year, key=lambda row: row.months)


def _what(row: Any, question: Question) -> str:
    months = f"{row.months:g} months, made a year" if row.months < 12 else ""
    notes = "; ".join(part for part in (months, question.note) if part)
    return f"{row.what} ({notes})" if notes else str(row.what)


def _over_sea(view: View, mode: str) -> float:
    return view.extra_eu(mode) / view.extra_eu("sea")
