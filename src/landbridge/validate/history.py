"""The model run back and forward with what it was fitted to in the base year, nothing refitted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from landbridge.assess.assessor import Assessor
from landbridge.assess.settle import quiet
from landbridge.validate import flows
from landbridge.validate.counts import Counts
from landbridge.validate.kept import kept
from landbridge.validate.targets import Target, is_within

if TYPE_CHECKING:
    from landbridge.assess.settle import Progress

YEARS = (2016, 2018, 2019, 2021, 2022, 2024, 2025)
"""Years asked: network, sections, rates and wariness of each; volumes grown from the base year."""
SUEZ = "suez-net-tonnage"


def run(
    assessor: Assessor, progress: Progress | None = None, years: Sequence[int] = YEARS
) -> list[Target]:
    """Other years' flows beside the published ones, year by year.

    Returns
    -------
    One target a series and year. The economy's prices and trade shares stay those of the base
    year; volumes grow with output (`landbridge.assess.growth`).
    """
    name = "history-" + "-".join(map(str, years))
    return kept(name, assessor.table, lambda: _run(assessor, progress or quiet, years))


def _run(assessor: Assessor, progress: Progress, years: Sequence[int]) -> list[Target]:
    found: list[Target] = []
    through: dict[int, float] = {}
    asked = sorted({*years, *({assessor.table.year} if 2024 in years else ())})
    for number, year in enumerate(asked):
        progress(f"flows of {year}", number / len(asked))
        # A settled year is large; only the base year is worth keeping for what comes after.
        own = assessor if year == assessor.table.year else Assessor(assessor.world, assessor.table)
        counts = flows.counted(own, year)
        if year in years:
            found += flows.compared(counts)
        if year in (assessor.table.year, 2024):
            through[year] = through_suez(counts)
    if 2024 in through:
        found.append(_suez(assessor.table.year, 2024, through))
    return found


def through_suez(counts: Counts) -> float:
    """Tonnes a year through Suez, fuels left out."""
    return counts.sent(counts.every, "t").chokepoint("suez")


def _suez(before: int, after: int, through: dict[int, float]) -> Target:
    """What was left at Suez: net tonnage is of ships, so only its change can be compared."""
    old, new = (flows.fullest(SUEZ, year) for year in (before, after))
    published = new.value / old.value
    low, high = (published * (1.0 + way * flows.TOLERANCE) for way in (-1, 1))
    model = through[after] / through[before]
    return Target(
        id=f"{SUEZ}-{after}-over-{before}",
        what=f"{new.what}: {after} over {before} (tonnes of dry freight)",
        year=after,
        published=published,
        published_low=low,
        published_high=high,
        model=model,
        unit="ratio",
        fitted=False,
        source=", ".join(part for part in (new.source_title, new.address) if part),
        within=is_within(model, low, high),
    )
