"""An ensemble in few numbers: bands, when capacity is reached, what moved and by what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from landbridge.errors import InputError
from landbridge.outlook.branches import (
    MIDDLE_CORRIDOR_MT,
    MIDDLE_CORRIDOR_YEAR,
    Branch,
    branch,
)
from landbridge.outlook.ensemble import Ensemble
from landbridge.outlook.sensitivity import FEWEST, Sensitivity, sensitivity

BANDS = (0.05, 0.5, 0.95)
_LOAD = "load-"


@dataclass(frozen=True, slots=True)
class Band:
    """Quantiles of one series in one scenario, year by year.

    Attributes
    ----------
    quantiles : by share of probability, as text: "0.05", "0.5", "0.95"
    """

    scenario: str
    name: str
    unit: str
    what: str
    years: tuple[int, ...]
    quantiles: dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Reached:
    """Probability that a crossing's load is over its published capacity, by year."""

    scenario: str
    carrier: str
    years: tuple[int, ...]
    probability: tuple[float, ...]


def bands(ensemble: Ensemble) -> Iterator[Band]:
    """Every series of every scenario, the scenarios side by side."""
    for one in ensemble.series:
        found = ensemble.quantiles(one.name, BANDS)
        for k, scenario in enumerate(ensemble.spec.scenarios):
            yield Band(
                scenario=scenario,
                name=one.name,
                unit=one.unit,
                what=one.what,
                years=ensemble.years,
                quantiles={f"{share:g}": found[q, k].tolist() for q, share in enumerate(BANDS)},
            )


def reached(ensemble: Ensemble) -> Iterator[Reached]:
    """When crossings are full: for each whose load is followed."""
    for one in ensemble.series:
        if one.name.startswith(_LOAD):
            over = (ensemble.values(one.name) >= 1.0).mean(axis=1)
            for k, scenario in enumerate(ensemble.spec.scenarios):
                yield Reached(
                    scenario,
                    one.name.removeprefix(_LOAD),
                    ensemble.years,
                    tuple(map(float, over[k])),
                )


def sensitivities(ensemble: Ensemble) -> dict[tuple[str, str], Sensitivity]:
    """Of every series in the last year, by scenario and series; few draws say nothing."""
    if ensemble.draws < FEWEST:
        return {}
    found = {}
    for one in ensemble.series:
        values = ensemble.values(one.name)[:, :, -1]
        for k, scenario in enumerate(ensemble.spec.scenarios):
            try:
                found[scenario, one.name] = sensitivity(
                    ensemble.points, values[k], ensemble.unknowns
                )
            except InputError:
                # What does not vary has no sensitivity, and needs none.
                continue
    return found


def middle_corridor(ensemble: Ensemble) -> tuple[Branch, ...]:
    """What must be true for the Middle Corridor to reach what is planned, scenario by scenario."""
    if MIDDLE_CORRIDOR_YEAR not in ensemble.years:
        return ()
    return tuple(
        branch(ensemble, "trans-caspian-mt", scenario, MIDDLE_CORRIDOR_YEAR, MIDDLE_CORRIDOR_MT)
        for scenario in ensemble.spec.scenarios
    )


def as_object(ensemble: Ensemble) -> dict[str, Any]:
    """Everything as one JSON object, by the contract of the command line."""
    return {
        "scenarios": list(ensemble.spec.scenarios),
        "as_of": ensemble.spec.known.as_of,
        "draws": ensemble.draws,
        "seed": ensemble.seed,
        "series": [
            {
                "scenario": band.scenario,
                "name": band.name,
                "unit": band.unit,
                "what": band.what,
                "years": list(band.years),
                "quantiles": {
                    share: [_number(v) for v in values] for share, values in band.quantiles.items()
                },
            }
            for band in bands(ensemble)
        ],
        "capacity": [
            {
                "scenario": one.scenario,
                "crossing": one.carrier,
                "years": list(one.years),
                "probability_full": list(one.probability),
            }
            for one in reached(ensemble)
        ],
        "sensitivity": [
            {
                "scenario": scenario,
                "series": series,
                "year": ensemble.years[-1],
                "first": dict(found.first),
                "total": dict(found.total),
                "caught": found.caught,
            }
            for (scenario, series), found in sensitivities(ensemble).items()
        ],
        "branches": [
            {
                "scenario": one.scenario,
                "series": one.series,
                "year": one.year,
                "figure": one.figure,
                "share": one.share,
                "share_low": one.low,
                "share_high": one.high,
                "splits": [
                    {
                        "unknown": split.unknown,
                        "apart": split.apart,
                        "median_reached": split.median_reached,
                        "median_missed": split.median_missed,
                    }
                    for split in one.splits
                ],
            }
            for one in middle_corridor(ensemble)
        ],
        "hazards": ensemble.spec.probabilities,
    }


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
