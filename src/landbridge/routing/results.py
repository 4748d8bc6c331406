"""What a question about routes is answered with: small frozen objects."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a route: one mode in one economy, or one border, or one transfer.

    `mode` is one of rail, road, sea, air, ferry, transfer. A border is a leg of its own with the
    mode that crosses it and `crossing` set; it belongs to the economy entered.
    `economy` is None at sea and in the air.
    """

    mode: str
    from_: str
    to: str
    economy: str | None
    distance_km: float
    time_h: float
    time_sd_h: float
    cost_usd_feu: float
    co2_kg_feu: float
    crossing: str | None = None
    gauge_from_mm: int | None = None
    gauge_to_mm: int | None = None
    section: str | None = None
    lat: tuple[float, ...] = field(default=(), repr=False)
    lon: tuple[float, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Route:
    """One way from origin to destination.

    `corridor` is the id of a row of the corridors table, or "direct" when no named corridor is
    followed; `corridor_name` is for people. `chokepoints` and `crossings` list what is passed, in
    order. `time_sd_h` is the square root of the summed variances of the legs.
    """

    corridor: str
    corridor_name: str
    modes: tuple[str, ...]
    distance_km: float
    time_h: float
    time_sd_h: float
    cost_usd_feu: float
    co2_kg_feu: float
    generalised_usd_feu: float
    economies: tuple[str, ...]
    crossings: tuple[str, ...]
    chokepoints: tuple[str, ...]
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A point freight can start or end at, as it was understood.

    `kind` is one of city, terminal, crossing, point; `note` says which of several places of the
    same name was taken and how to say the other (empty when there was no doubt); `ref` is the id
    of the place in its own table.
    """

    name: str
    kind: str
    economy: str
    lat: float
    lon: float
    un_locode: str | None = None
    note: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RouteAnswer:
    """The answer to `World.route`: the ways side by side, best first by `by`."""

    origin: Place
    destination: Place
    year: int
    cargo: str
    by: str
    routes: tuple[Route, ...]
    notes: tuple[str, ...] = ()
