"""Scores of past forecasts, as a folder of outlooks or the package holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from landbridge.errors import InputError
from landbridge.outlook.record import Score, Verdict

HOW = (
    "`landbridge outlook hindcast --as-of 2016,2018,2020 --out DATA/outlooks/hindcast` makes them: "
    "it forecasts from what was known by then, and scores the forecasts on what was counted since"
)
"""How scores of past forecasts are made; DATA is the data folder."""
SCORES = "hindcast.json"
_SHIPPED = Path(__file__).parent.parent / "outlook" / SCORES
_LONG = ("years", "outcomes", "median", "low_90", "high_90")


@dataclass(frozen=True, slots=True)
class Hindcast:
    """Scores of past forecasts.

    Attributes
    ----------
    scores : one a series and year by whose end all was known (`landbridge.outlook.record.Score`);
        none where none were made
    verdicts : of all of them (`as_of` is None) and of each year
    draws : of each forecast
    """

    scores: tuple[dict[str, Any], ...] = ()
    verdicts: tuple[dict[str, Any], ...] = ()
    draws: int | None = None

    def rows(self) -> list[dict[str, Any]]:
        """Scores without the courses behind them."""
        return [{k: v for k, v in one.items() if k not in _LONG} for one in self.scores]


def hindcast(folder: Path) -> Hindcast:
    """Scores in a folder of outlooks, the last made; else those that come with the package.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    made = [*folder.glob(SCORES), *folder.glob(f"*/{SCORES}")]
    file = max(made, key=lambda path: path.stat().st_mtime, default=_SHIPPED)
    if not file.is_file():
        return Hindcast()
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        verdicts = ({"as_of": None, **told["verdict"]}, *told["verdicts"])
        return Hindcast(
            scores=tuple(_taken(one, Score) for one in told["scores"]),
            verdicts=tuple(_taken(one, Verdict) for one in verdicts),
            draws=told["draws"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file.name} cannot be read ({error}); make it again") from error


def _taken(one: Mapping[str, Any], kind: type[Score | Verdict]) -> dict[str, Any]:
    return {"as_of": one["as_of"], **asdict(TypeAdapter(kind).validate_python(one))}
