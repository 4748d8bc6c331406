"""Shapes of the answers that draw maps: land and lines."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class CountryOut(BaseModel):
    """A country's shape and names; see `LandOut`."""

    iso3: str
    name: str
    ru: str
    zh: str
    label: list[float]
    rank: int
    rings: list[list[list[int]]]


class CityOut(BaseModel):
    """A city to put on a map."""

    name: str
    ru: str
    zh: str
    iso3: str
    lon: float
    lat: float


class LandOut(BaseModel):
    """Country shapes: polygons of rings, each its first point and the steps to the next ones.

    Longitudes of rings are counted from `centre_lon`; those of labels from Greenwich.
    """

    unit_deg: float
    centre_lon: float
    countries: list[CountryOut]
    cities: list[CityOut]


class GroupOut(BaseModel):
    """Lines that look alike; see `LinesOut`."""

    mode: str
    gauge_mm: int
    section: str | None
    opens_year: int | None
    lines: list[list[int]]


class LinesOut(BaseModel):
    """Lines of the network: each its first point and the steps to the next, in `unit_deg`."""

    unit_deg: float
    groups: list[GroupOut]


class FeaturesOut(BaseModel):
    """The same lines as GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]
