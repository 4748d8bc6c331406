"""Outlooks as of years past, held against what was counted since.

An outlook of the baseline uses what was known by the end of a year (`landbridge.outlook.known`) and
is scored on the counts of later years. Beside it stand two naive forecasts, as points and with the
spread of the errors that they made before (`landbridge.outlook.scores`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError
from landbridge.outlook import known as facts
from landbridge.outlook.anchor import joined
from landbridge.outlook.measures import Series
from landbridge.outlook.record import Score, reason, score, verdict
from landbridge.outlook.spec import BASELINE, Spec, checked

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor

Progress = Callable[[str, float], None]
DRAWS = 128


@dataclass(frozen=True, slots=True)
class Hindcast:
    """An outlook as of a year past and its scores.

    Attributes
    ----------
    as_of, to : year by whose end everything was known, and the last year forecast
    scores : of every series that could be scored
    unscored : why the others could not, by series
    growth : where expected growth is from
    draws, seed : of the ensemble
    """

    as_of: int
    to: int
    scores: tuple[Score, ...]
    unscored: Mapping[str, str]
    growth: str
    draws: int
    seed: int


def specs(as_of: Sequence[int], to: int | None = None) -> tuple[Spec, ...]:
    """What hindcasts as of these years ask, checked before any work.

    Raises
    ------
    InputError
        For no year, one twice, one that nothing is known of or counted after, or a last year that
        is not over.

    Examples
    --------
    >>> specs([2016])[0].years[-1] == facts.last_year()
    True
    """
    last = facts.last_year()
    end = last if to is None else to
    if not as_of:
        raise InputError("a hindcast needs a year by whose end all was known: --as-of 2016")
    if len(set(as_of)) < len(as_of):
        raise InputError(f"a year is named twice: {', '.join(map(str, as_of))}")
    if end > last:
        raise InputError(
            f"a hindcast to {end}: nothing has been counted after {last} to score it on; choose a "
            f"year up to {last}"
        )
    found = []
    for year in as_of:
        facts.known(year)
        if year >= end:
            raise InputError(
                f"a hindcast as of {year} to {end} has no year to be scored on: choose an earlier "
                "--as-of"
            )
        found.append(checked([BASELINE], end, year))
    return tuple(found)


def hindcast(
    spec: Spec,
    draws: int = DRAWS,
    seed: int = 1,
    *,
    assessor: Assessor | None = None,
    parts: Any = None,
    workers: int | None = None,
    scheduler: str | None = None,
    folder: Path | None = None,
    progress: Progress = lambda stage, share: None,
) -> Hindcast:
    """Run an outlook as of a year past and score it; takes what `landbridge.outlook.run` takes."""
    from landbridge.outlook.engine import run

    ensemble = run(
        spec, draws, seed, assessor=assessor, parts=parts, workers=workers, scheduler=scheduler,
        folder=folder, progress=progress,
    )  # fmt: skip
    scores, unscored = [], {}
    for one in ensemble.series:
        if not one.counted:
            continue
        counts = joined([spec.known.flows.get(name, {}) for name in one.counted])
        outcomes = {y: v for y, v in since(one).items() if y in spec.years}
        if why := reason(counts, outcomes):
            unscored[one.name] = why
        else:
            values = ensemble.values(one.name)[0]
            scores.append(score(one.name, one.unit, values, spec.years, counts, outcomes))
    known = spec.known
    growth = (
        f"International Monetary Fund, World Economic Outlook, edition {known.edition}"
        if known.edition
        else f"no edition of forecasts is known that early: mean growth of the last "
        f"{facts.TREND_YEARS} years observed"
    )
    return Hindcast(
        as_of=known.as_of,
        to=spec.to,
        scores=tuple(scores),
        unscored=unscored,
        growth=growth,
        draws=draws,
        seed=seed,
    )


def since(one: Series) -> dict[int, float]:
    """All that was counted of a series to this day, in years counted whole or nearly."""
    today = facts.known()
    return joined(
        [
            {
                year: value
                for year, value in today.flows.get(name, {}).items()
                if year not in today.parts_of_years.get(name, frozenset())
            }
            for name in one.counted
        ]
    )


def as_object(found: Sequence[Hindcast]) -> dict[str, Any]:
    """Hindcasts as one JSON object, by the contract of the command line.

    One year gives `as_of` as a number; several give a list, and every score says whose it is.
    """
    from dataclasses import asdict

    scores = [{"as_of": one.as_of, **asdict(each)} for one in found for each in one.scores]
    return {
        "as_of": found[0].as_of if len(found) == 1 else [one.as_of for one in found],
        "to": found[0].to,
        "draws": found[0].draws,
        "seed": found[0].seed,
        "scores": scores,
        "verdict": asdict(verdict([each for one in found for each in one.scores])),
        "verdicts": [
            {"as_of": one.as_of, **asdict(verdict(one.scores))} for one in found if one.scores
        ],
        "unscored": [
            {"as_of": one.as_of, "series": name, "why": why}
            for one in found
            for name, why in one.unscored.items()
        ],
        "growth": [{"as_of": one.as_of, "source": one.growth} for one in found],
        "taken_as_today": dict(facts.STANDING),
    }
