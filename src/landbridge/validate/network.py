"""The network's distances, times, rates and emissions beside published figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from landbridge import facts
from landbridge.errors import UnreachableError
from landbridge.network.graph import Mode
from landbridge.routing.results import Place, Route
from landbridge.routing.route import Question
from landbridge.validate import figures, left_out
from landbridge.validate.targets import Target, is_within, spanned

if TYPE_CHECKING:
    from landbridge.world import World

TOLERANCE = 0.25
"""A time, rate or emission published as a point is met within this share of it."""
DISTANCE_TOLERANCE = 0.10
"""The same for a distance over land."""
SEA_DISTANCE_TOLERANCE = 0.02
"""The same for a distance by sea."""
MEDIAN_PER_CENT, LARGEST_PER_CENT = 3.0, 10.0
"""Limits of the absolute errors of railway distances, per cent."""

HEADLINES = (
    ("chongqing-duisburg-time-2017", "Chongqing-Duisburg train", 12.0, 16.0),
    ("shanghai-rotterdam-suez-time-2019", "Shanghai-Rotterdam voyage with port time", 28.0, 40.0),
)
"""Figures whose sources together span a range: row that asks, what, low, high (days)."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A published figure that the model does not speak to, and why."""

    id: str
    what: str
    year: int
    published: float
    quantity: str
    reason: str


def run(world: World) -> list[Target]:
    """Every published figure that a way between two places answers, beside the model's.

    Parameters
    ----------
    world : any year; every figure is asked in its own.

    Returns
    -------
    Railway distances and their summary, then the headline times, then one target a question of
    the figures table: figures that ask the same are one target, judged by the range they span.
    """
    return [*rail_distances(world), *headlines(world), *published_figures(world)]


def unanswered() -> list[Unanswered]:
    """Every figure that `run` leaves out, with the reason.

    Examples
    --------
    >>> all(row.reason for row in unanswered())
    True
    """
    return [
        Unanswered(row.id, row.what, row.year, row.published, row.quantity, reason)
        for row in facts.rows("figures")
        if (reason := left_out.reason(row))
    ]


def rail_distances(world: World) -> list[Target]:
    """Distances by rail beside the published ones, then their median and largest error."""
    targets = []
    for row in sorted(facts.rows("rail_distances"), key=lambda r: r.year):
        asked = Question(
            year=row.year,
            modes=frozenset({Mode.RAIL}),
            via=figures.gated(None, row.via, ["rail"]),
        )
        origin = world.place(f"{row.from_lat},{row.from_lon}")
        destination = world.place(f"{row.to_lat},{row.to_lon}")
        route = _best(world, origin, destination, asked)
        km = (
            None
            if route is None
            else sum(leg.distance_km for leg in route.legs if leg.mode == "rail")
        )
        low, high = (row.published_km * (1 + way * DISTANCE_TOLERANCE) for way in (-1, 1))
        targets.append(
            Target(
                id=f"rail-distance-{row.id}",
                what=f"{row.from_name}-{row.to_name} by rail",
                year=row.year,
                published=row.published_km,
                published_low=low,
                published_high=high,
                model=km,
                unit="km",
                fitted=True,
                source=_source(row),
                within=is_within(km, low, high),
            )
        )
    return [*targets, *_errors(targets)]


def _errors(targets: list[Target]) -> list[Target]:
    errors = [
        100.0 * abs(t.model / t.published - 1.0)
        for t in targets
        if t.model is not None and t.published
    ]
    whole = len(errors) == len(targets)
    return [
        Target(
            id=f"rail-distances-{name}-error",
            what=f"Railway distances, {name} absolute error of {len(targets)}",
            year=max(t.year for t in targets),
            published=None,
            published_low=0.0,
            published_high=limit,
            model=error if whole else None,
            unit="per cent",
            fitted=True,
            source="rail_distances.csv",
            within=is_within(error if whole else None, 0.0, limit),
        )
        for name, limit, error in (
            ("median", MEDIAN_PER_CENT, median(errors)),
            ("largest", LARGEST_PER_CENT, max(errors)),
        )
    ]


def headlines(world: World) -> list[Target]:
    """The times that people quote, under the ranges that several figures span together."""
    targets = []
    for name, what, low, high in HEADLINES:
        row = facts.row("figures", name)
        found = _ask(world, row.model_copy(update={"scope": "terminal_to_terminal"}))
        targets.append(
            Target(
                id=f"headline-{name}",
                what=what,
                year=row.year,
                published=None,
                published_low=low,
                published_high=high,
                model=found,
                unit="days",
                fitted=False,
                source="range of the published figures together",
                within=is_within(found, low, high),
            )
        )
    return targets


def published_figures(world: World) -> list[Target]:
    """One target a question of the figures table."""
    targets = []
    for asked in figures.asked():
        row = asked.first
        found = _ask(world, row)
        middle, low, high = spanned(
            [(r.published, r.published_low, r.published_high) for r in asked.rows],
            _tolerance(row.quantity),
        )
        count = f" ({len(asked.rows)} figures)" if len(asked.rows) > 1 else ""
        targets.append(
            Target(
                id=row.id,
                what=row.what + count,
                year=row.year,
                published=middle,
                published_low=low,
                published_high=high,
                model=found,
                unit=figures.UNITS[row.quantity],
                fitted=asked.fitted,
                source="; ".join(dict.fromkeys(_source(r) for r in asked.rows)),
                within=is_within(found, low, high),
            )
        )
    return targets


def _ask(world: World, row: Any) -> float | None:
    origin, destination = world.place(row.origin), world.place(row.destination)
    route = _best(world, origin, destination, figures.question(row))
    return None if route is None else figures.answer(row, route, origin, destination)


def _best(world: World, origin: Place, destination: Place, asked: Question) -> Route | None:
    try:
        return world.router.routes(origin, destination, asked)[0]
    except UnreachableError:
        return None


def _tolerance(quantity: str) -> float:
    return {"distance_km": DISTANCE_TOLERANCE, "distance_nm": SEA_DISTANCE_TOLERANCE}.get(
        quantity, TOLERANCE
    )


def _source(row: Any) -> str:
    parts: Iterable[str | None] = (row.source_title, row.address)
    return ", ".join(part for part in parts if part)
