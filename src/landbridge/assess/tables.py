"""An assessment as long labelled tables, one row a thing, ready for DuckDB or a spreadsheet.

Columns, units and meanings stand in `columns.csv`. A figure that does not exist (the change of what
was nothing, the hours of a way nobody takes) is blank, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess import rests_on
from landbridge.assess.answer import SMALLEST_FEU
from landbridge.assess.columns import framed
from landbridge.routing.choice.ways import NESTS, ways

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.assess.assessment import Assessment
    from landbridge.economy.results import Equilibrium

Floats = NDArray[np.float64]
Rows = Iterable[dict[str, Any]]
WORLD = "WLD"
_WAY = "way:"


def tables_of(assessment: Assessment) -> dict[str, pd.DataFrame]:
    """Every table of an assessment by name, in the order of `columns.csv`.

    `contributions` is empty where levers were not put alone, `bands` where nothing was drawn.
    """
    made: dict[str, Rows] = {
        "economies": _economies(assessment),
        "economies_by_sector": _by_sector(assessment),
        "economies_by_partner": _by_partner(assessment),
        "corridors": _corridors(assessment),
        "crossings": _carriers(assessment, "crossings"),
        "sections": _carriers(assessment, "sections"),
        "terminals": _carriers(assessment, "terminals"),
        "co2": _co2(assessment),
        "levers": _levers(assessment),
        "contributions": _contributions(assessment),
        "bands": map(asdict, assessment.bands),
        "convergence": [dict(assessment.convergence)],
        "facts_used": rests_on.used(),
        "facts_sources": rests_on.sources(assessment.scenario, assessment.given.table),
    }
    return {name: framed(name, rows) for name, rows in made.items()}


@cache
def _names() -> dict[str, str]:
    return {row.iso3: row.name for row in facts.rows("economies")}


def change_pct(new: float, old: float, least: float = 0.0) -> float | None:
    """Change in per cent, None where there was no more than `least` before.

    Examples
    --------
    >>> change_pct(3.0, 2.0), change_pct(1.0, 0.0), change_pct(8.0, 0.2, SMALLEST_FEU)
    (50.0, None, None)
    """
    return 100.0 * (new / old - 1.0) if old > least else None


def _economies(assessment: Assessment) -> Iterator[dict[str, Any]]:
    for economy in assessment.economies:
        yield {**asdict(economy), "name": _names().get(economy.iso3, economy.iso3)}


def _by_sector(assessment: Assessment) -> Iterator[dict[str, Any]]:
    labels = assessment.given.table.labels
    before, after = assessment.base.equilibrium, assessment.changed.equilibrium
    for flow in ("exports", "imports", "output"):
        old, new = getattr(before, flow), getattr(after, flow)
        for n, iso3 in enumerate(labels.economies):
            for j, isic in enumerate(labels.sectors):
                yield {
                    "iso3": iso3,
                    "isic": isic,
                    "sector": labels.names[j],
                    "flow": flow,
                    **_money(old[n, j], new[n, j]),
                }


def _by_partner(assessment: Assessment) -> Iterator[dict[str, Any]]:
    codes = assessment.given.table.labels.economies
    old, new = (
        _goods(state.equilibrium, assessment) for state in (assessment.base, assessment.changed)
    )
    for n, iso3 in enumerate(codes):
        for i, partner in enumerate(codes):
            for flow, at in (("exports", (i, n)), ("imports", (n, i))):
                if i != n and max(old[at], new[at]) > 0.0:
                    yield {"iso3": iso3, "partner": partner, "flow": flow} | _money(
                        old[at], new[at]
                    )


def _goods(world: Equilibrium, assessment: Assessment) -> Floats:
    """Trade in goods before tariffs, `[n, i]` bought by n from i."""
    return np.asarray(world.trade[list(assessment.given.table.labels.goods)].sum(axis=0))


def _money(old: float, new: float) -> dict[str, float | None]:
    return {
        "base_usd_mn": float(old),
        "usd_mn": float(new),
        "pct": change_pct(float(new), float(old)),
    }


def _corridors(assessment: Assessment) -> Iterator[dict[str, Any]]:
    mode = {f"{_WAY}{way.id}": NESTS[way.nest] for way in ways()}
    for way in assessment.ways:
        yield {
            **asdict(way),
            "kind": "way" if way.id in mode else "corridor",
            "mode": mode.get(way.id),
            "feu_pct": change_pct(way.feu, way.feu_base, SMALLEST_FEU),
        }


def _carriers(assessment: Assessment, table: str) -> Iterator[dict[str, Any]]:
    for carrier in assessment.carriers:
        if carrier.table == table:
            yield {
                **asdict(carrier),
                "economies": ",".join(carrier.economies),
                "feu_pct": change_pct(carrier.feu, carrier.feu_base, SMALLEST_FEU),
            }


def _co2(assessment: Assessment) -> Iterator[dict[str, Any]]:
    before, after = assessment.base.traffic, assessment.changed.traffic
    nest = np.array([way.nest for way in ways()])
    for k, mode in enumerate(NESTS):
        own = nest == k
        old, new = before.co2_t[own].sum() / 1e6, after.co2_t[own].sum() / 1e6
        yield {
            "mode": mode,
            "feu_base": before.feu[own].sum(),
            "feu": after.feu[own].sum(),
            "co2_mt_base": old,
            "co2_mt": new,
            "co2_pct": change_pct(new, old),
        }


def _levers(assessment: Assessment) -> Iterator[dict[str, Any]]:
    scenario = assessment.scenario
    for number, lever in enumerate(scenario.levers, start=1):
        yield {
            "lever": number,
            "kind": lever.kind,
            "what": lever.describe(),
            "acts": lever.acts_in(scenario.year),
            "source": lever.source,
        }


def _contributions(assessment: Assessment) -> Iterator[dict[str, Any]]:
    told: dict[str, None] = {}
    for alone in assessment.contributions:
        for iso3, pct in {WORLD: alone.world_welfare_pct, **alone.welfare_pct}.items():
            told[iso3] = None
            yield {"lever": alone.lever, "what": alone.what, "iso3": iso3, "welfare_pct": pct}
    for iso3 in told:
        together = (
            assessment.world_welfare_pct if iso3 == WORLD else assessment.economy(iso3).welfare_pct
        )
        yield {"lever": 0, "what": "all together", "iso3": iso3, "welfare_pct": together}
