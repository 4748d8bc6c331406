"""Assessments, comparisons, scenarios and crossings as the JSON objects of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from landbridge.assess.assessment import Assessment
    from landbridge.exchange.compare import Comparison
    from landbridge.facts import Row
    from landbridge.scenario import Scenario


def assessment_object(told: Assessment) -> dict[str, Any]:
    """The object of an assessment."""
    from landbridge.assess.sentences import sentences

    scenario = told.scenario
    return {
        "scenario": scenario.slug,
        "name": scenario.name,
        "question": scenario.question,
        "year": scenario.year,
        "baseline_year": scenario.baseline_year or scenario.year,
        "base_economy_year": told.given.table.year,
        "summary": list(sentences(told)),
        "world_welfare_pct": told.world_welfare_pct,
        "economies": [asdict(e) for e in told.economies],
        "corridors": [asdict(w) for w in told.ways],
        "crossings": [asdict(c) for c in told.carriers if c.table == "crossings"],
        "sections": [asdict(c) for c in told.carriers if c.table == "sections"],
        "terminals": [asdict(c) for c in told.carriers if c.table == "terminals"],
        "co2_mt_base": told.co2_mt_base,
        "co2_mt": told.co2_mt,
        "contributions": [asdict(c) for c in told.contributions],
        "bands": [asdict(b) for b in told.bands],
        "notes": list(told.notes),
        "convergence": dict(told.convergence),
    }


def comparison_object(found: Comparison) -> dict[str, Any]:
    """The object of runs side by side."""
    return {
        "runs": [
            {
                "run": label,
                "scenario": about["scenario"]["id"],
                "name": about["scenario"]["name"],
                "year": about["year"],
                "baseline_year": about["baseline_year"],
                "world_welfare_pct": about["world_welfare_pct"],
                "co2_mt_base": about["co2_mt_base"],
                "co2_mt": about["co2_mt"],
            }
            for label, about in zip(found.labels, found.about, strict=True)
        ],
        "same_base": found.same_base,
        "differences": list(found.differences),
        **{
            table: [{**line.key, "runs": dict(line.runs)} for line in getattr(found, table)]
            for table in ("economies", "corridors", "crossings")
        },
    }


def scenario_brief(scenario: Scenario) -> dict[str, Any]:
    """What a list of scenarios says of one."""
    return {
        "id": scenario.slug,
        "name": scenario.name,
        "year": scenario.year,
        "baseline_year": scenario.baseline_year,
        "question": scenario.question,
        "lever_count": len(scenario.levers),
        "systems": scenario.systems,
    }


def scenario_object(scenario: Scenario) -> dict[str, Any]:
    """Everything a scenario holds; fields of levers that say nothing are left out."""
    return {
        **scenario_brief(scenario),
        "description": scenario.description,
        "sources": [source.model_dump() for source in scenario.sources],
        "uncertainty": scenario.uncertainty.model_dump(),
        "sha256": scenario.sha256,
        "levers": [
            {"line": line, "describe": lever.describe(), **_filled(lever.model_dump())}
            for line, lever in zip(scenario.lines, scenario.levers, strict=True)
        ],
    }


def crossing_object(row: Row, measured: Iterable[Row]) -> dict[str, Any]:
    """A crossing with what was measured at it."""
    own = [item.model_dump(mode="json") for item in measured if item.key == row.id]
    return {**row.model_dump(mode="json"), "dwell": own}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", ())}
