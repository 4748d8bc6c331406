"""Scores of past forecasts, made with what was known by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from landbridge.app import hindcast as kept
from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.fans import title_of
from landbridge.app.settings import OUTLOOKS
from landbridge.outlook.record import Score, Verdict

router = APIRouter(prefix="/outlooks", tags=["outlooks"])


@dataclass(frozen=True)
class ScoreOut(Score):
    """Scores of the forecasts of one series.

    CRPS are in the unit of the series, less is better; those of naive forecasts stand beside.
    """

    as_of: int
    what: str


@dataclass(frozen=True)
class VerdictOut(Verdict):
    """Scores summed up; `as_of` is null for all years together."""

    as_of: int | None


class HindcastOut(BaseModel):
    """Scores of past forecasts; `how` says how they are made, also where there are none."""

    how: str
    draws: int | None
    scores: list[ScoreOut]
    verdicts: list[VerdictOut]


@router.get("/hindcast", response_model=HindcastOut, responses=responses())
def hindcast(request: Request, format: answer.Format = "json") -> Any:
    """Give the scores of forecasts made as of past years against what came."""
    found = kept.hindcast(request.app.state.settings.data / OUTLOOKS)
    if format == "csv":
        return answer.table(found.rows(), "hindcast")
    return HindcastOut(
        how=kept.HOW,
        draws=found.draws,
        scores=[ScoreOut(what=title_of(one["series"]), **one) for one in found.scores],
        verdicts=[VerdictOut(**one) for one in found.verdicts],
    )
