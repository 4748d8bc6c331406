"""Published figures as questions to the model: who asks the same, and what answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from landbridge import facts
from landbridge.network.graph import Mode
from landbridge.routing.corridors import Corridor, named
from landbridge.routing.filters import parse_modes
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.rates.lookup import constant
from landbridge.routing.rates.sea import feu_per_scfi_teu, sea_rate
from landbridge.routing.results import Leg, Place, Route
from landbridge.routing.route import Question
from landbridge.validate.left_out import reason

KM_PER_NM = 1.852
UNITS = {
    "distance_km": "km",
    "distance_nm": "nm",
    "time_days": "days",
    "time_h": "h",
    "speed_km_day": "km/day",
    "cost_usd_feu": "USD/FEU",
    "cost_usd_teu": "USD/TEU",
    "cost_usd_kg": "USD/kg",
    "co2_t": "t CO2e",
}
"""Quantities that a way between two places answers, and their units."""

SAME = ("origin", "destination", "modes", "year", "cargo", "corridor", "crossings", "quantity",
        "scope")  # fmt: skip
"""Columns that two figures share when they ask the same."""

ON_BOARD = frozenset({"market_rate", "port_to_port", "sailing_only"})
"""Scopes that begin and end on board: the terminal's yard and handling are not in the figure."""

INPUTS = {
    "sea_market": ("year", "scfi_usd_teu"),
    "rates_sea": ("day", "rate_usd_feu"),
    "rates_air": ("year", "rate_usd_kg"),
    "rates_ferry": ("year", "rate_usd_feu"),
    "price_indices": ("year", "level"),
    "speeds": ("year", "speed_km_day"),
}
"""Tables whose figures the metrics take in: the columns of their year and their value."""

TIMES = frozenset({"time_days", "time_h"})

_NO_MODES: frozenset[Mode] = frozenset()
_ANY_WAY = Corridor(
    id="any-way",
    name="any way",
    family="any-way",
    compare=False,
    modes=_NO_MODES,
    gates=(),
    through=frozenset(),
    avoids=frozenset(),
    one_end_in=frozenset(),
    other_end_in=frozenset(),
)
_TONNES = re.compile(r"(\d[\d,]*) t\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the model, and the published figures that answer it."""

    rows: tuple[Any, ...]

    @property
    def first(self) -> Any:
        """The row whose columns put the question; the others put the same."""
        return self.rows[0]

    @property
    def fitted(self) -> bool:
        """Whether the model takes one of the figures in, or was fitted to one.

        A figure that is recalled rather than read (`confidence` general) counts as fitted: what
        was recalled for the figure was recalled for the rate. So does a time on a page from which
        a terminal's time in the same year was derived.
        """
        return any(
            row.confidence == "general"
            or (row.year, float(row.published)) in _taken_in()
            or (row.quantity in TIMES and (row.year, row.address) in _pages_of_times())
            for row in self.rows
        )


def asked() -> tuple[Asked, ...]:
    """Every question of the askable figures, those of one year and mode after each other.

    Examples
    --------
    >>> sum(len(question.rows) for question in asked()) > 150
    True
    """
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in facts.rows("figures"):
        if not reason(row):
            groups.setdefault(tuple(getattr(row, column) for column in SAME), []).append(row)
    found = [Asked(tuple(rows)) for rows in groups.values()]
    return tuple(sorted(found, key=lambda a: (a.first.year, a.first.modes, a.first.corridor or "")))


def question(row: Any) -> Question:
    """The question to the router that a figure puts."""
    modes = parse_modes(row.modes)
    return Question(
        year=row.year,
        cargo=cargo_class(row.cargo or "general").id,
        modes=modes,
        via=gated(row.corridor, row.crossings, row.modes),
    )


def gated(corridor: str | None, crossings: Iterable[str], modes: Iterable[str]) -> Corridor:
    """The corridor narrowed to the crossings that a figure names, in their order.

    A crossing that is one of the choices of a gate takes its place; any other is a gate of its
    own after those of the corridor. Without a corridor only the crossings are kept to, and
    without these nothing: the best way by the modes.

    Examples
    --------
    >>> len(gated("middle", ["ferry-aktau-alat"], ["rail", "ferry"]).gates[0])
    1
    >>> gated(None, [], ["rail"]).gates
    ()
    """
    order = {row.id: k for k, row in enumerate(facts.rows("crossings"))}
    wanted = [("crossings", order[name]) for name in crossings]
    way = named(corridor) if corridor else replace(_ANY_WAY, modes=parse_modes(modes) or _NO_MODES)
    gates = [tuple(gate for gate in group if gate in wanted) or group for group in way.gates]
    placed = {gate for group in way.gates for gate in group}
    return replace(way, gates=(*gates, *((gate,) for gate in wanted if gate not in placed)))


def answer(row: Any, route: Route, origin: Place, destination: Place) -> float:
    """The quantity that a figure asks for, along a route, over what its scope includes.

    `door_to_door` takes everything. `terminal_to_terminal` and `section` leave out the truck and
    the loading between a place and its terminal. Scopes on board take the ship or aircraft alone:
    a line's transit time with half a ship's call at each port, a market rate with the fixed part
    of the sea rate but without terminal handling.
    """
    legs = list(route.legs)
    if row.scope != "door_to_door":
        legs = [leg for leg in legs if not _is_access(leg, origin, destination)]
    if row.scope in ON_BOARD:
        legs = [leg for leg in legs if leg.mode in row.modes]
    km, hours = sum(leg.distance_km for leg in legs), sum(leg.time_h for leg in legs)
    usd = sum(leg.cost_usd_feu for leg in legs)
    if row.scope == "port_to_port":
        hours += constant("ship-call-h")
    if row.scope == "market_rate" and "sea" in row.modes:
        usd += sea_rate().fixed_usd_feu
    payload_t = cargo_class(row.cargo or "general").payload_t_feu
    values = {
        "distance_km": km,
        "distance_nm": km / KM_PER_NM,
        "time_days": hours / 24.0,
        "time_h": hours,
        "speed_km_day": km / hours * 24.0,
        "cost_usd_feu": usd,
        "cost_usd_teu": usd / feu_per_scfi_teu(),
        "cost_usd_kg": usd / payload_t / 1000.0,
    }
    if row.quantity == "co2_t":
        kg = sum(leg.co2_kg_feu for leg in legs)
        return kg / payload_t / 1000.0 * _tonnes(row.what)
    return values[row.quantity]


def _is_access(leg: Leg, origin: Place, destination: Place) -> bool:
    """Whether a leg lies between a place and its terminal, whose name begins with the place's."""
    return leg.crossing is None and any(
        place.name in (leg.from_, leg.to)
        and {f"{place.name} {at}" for at in ("freight station", "road", "terminal")}
        & {leg.from_, leg.to}
        for place in (origin, destination)
    )


def _tonnes(what: str) -> float:
    """The load a figure of emissions is about, t.

    Examples
    --------
    >>> _tonnes("Malaszewicze-Madrid, 1,400 t, by rail")
    1400.0
    """
    found = _TONNES.search(what)
    return float(found[1].replace(",", "")) if found else 1.0


@cache
def _taken_in() -> frozenset[tuple[int, float]]:
    return frozenset(
        (int(str(getattr(row, year))[:4]), float(getattr(row, value)))
        for table, (year, value) in INPUTS.items()
        for row in facts.rows(table)
    )


@cache
def _pages_of_times() -> frozenset[tuple[int, str]]:
    """Year and address of the pages that terminals' times were derived from."""
    return frozenset(
        (row.year, row.address)
        for row in facts.rows("terminal_times")
        if row.confidence == "derived" and row.address
    )
