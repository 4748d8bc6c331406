"""Chokepoints: closing a gate really closes the passage on the sea layer."""

from __future__ import annotations

import itertools
import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from landbridge import facts

NM_KM = 1.852
PLACES = {
    "Shanghai": (31.2, 122.2),
    "Rotterdam": (51.98, 4.0),
    "Odesa": (46.45, 30.8),
    "Piraeus": (37.9, 23.6),
    "Novorossiysk": (44.6, 37.8),
    "Mariupol": (46.9, 37.5),
    "Izmit": (40.7, 29.3),
    "Jebel Ali": (25.05, 55.0),
    "Mumbai": (18.9, 72.8),
    "Singapore": (1.2, 103.8),
    "Los Angeles": (33.7, -118.3),
    "New York": (40.5, -73.9),
    "Gdansk": (54.4, 18.8),
    "Copenhagen": (55.72, 12.65),
    "Hong Kong": (22.2, 114.2),
    "Algeciras": (36.1, -5.4),
}


class Sea:
    """Every vertex of every lane a node; the ice passages left out, as the network reads it."""

    def __init__(self) -> None:
        root = Path(find_spec("searoute").submodule_search_locations[0])
        lanes = json.loads((root / "data" / "marnet_searoute.geojson").read_text("utf-8"))
        number: dict[tuple[float, float], int] = {}
        pairs: set[tuple[int, int]] = set()
        for lane in lanes["features"]:
            if lane["properties"].get("passage") in {"northwest", "bering"}:
                continue
            shape = lane["geometry"]
            parts = shape["coordinates"]
            for line in [parts] if shape["type"] == "LineString" else parts:
                ids = [
                    number.setdefault((round(y, 5), (round(x, 5) + 180) % 360 - 180), len(number))
                    for x, y in line
                ]
                pairs |= {(min(p), max(p)) for p in itertools.pairwise(ids)}
        self.lat, self.lon = np.array(list(number)).T
        self.tail, self.head = np.array(sorted(p for p in pairs if p[0] != p[1])).T
        self.km = self.distance(
            self.lat[self.tail], self.lon[self.tail], self.lat[self.head], self.lon[self.head]
        )

    @staticmethod
    def distance(lat_a, lon_a, lat_b, lon_b):
        lat_a, lon_a, lat_b, lon_b = map(np.radians, (lat_a, lon_a, lat_b, lon_b))
        half = (
            np.sin((lat_b - lat_a) / 2) ** 2
            + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
        )
        return 2 * 6371.0088 * np.arcsin(np.sqrt(half))

    def tagged(self, point):
        """Edges that cut the gate of a chokepoint."""
        ax, ay = self.lon[self.tail], self.lat[self.tail]
        bx, by = self.lon[self.head], self.lat[self.head]
        cx, cy, dx, dy = point.gate_lon_a, point.gate_lat_a, point.gate_lon_b, point.gate_lat_b

        def side(px, py, qx, qy, rx, ry):
            return np.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))

        apart = side(ax, ay, bx, by, cx, cy) != side(ax, ay, bx, by, dx, dy)
        astride = side(cx, cy, dx, dy, ax, ay) != side(cx, cy, dx, dy, bx, by)
        return apart & astride & (np.abs(ax - bx) < 180)

    def nm(self, origin, destination, closed=()):
        keep = np.ones(len(self.km), bool)
        for identifier in closed:
            keep &= ~self.tagged(facts.row("chokepoints", identifier))
        shape = (len(self.lat), len(self.lat))
        graph = coo_array((self.km[keep] + 1e-6, (self.tail[keep], self.head[keep])), shape)
        start, end = (
            int(np.argmin(self.distance(self.lat, self.lon, *PLACES[name])))
            for name in (origin, destination)
        )
        return float(dijkstra(graph.tocsr(), directed=False, indices=start)[end]) / NM_KM


@pytest.fixture(scope="module")
def sea():
    return Sea()


def test_open_sea_is_as_long_as_published(sea):
    published_nm = facts.row("figures", "shanghai-rotterdam-suez-distance-2019").published
    assert sea.nm("Shanghai", "Rotterdam") == pytest.approx(published_nm, rel=0.02)


@pytest.mark.parametrize("closed", ["suez", "bab-el-mandeb"])
def test_closing_the_red_sea_sends_ships_round_the_cape(sea, closed):
    open_nm = sea.nm("Shanghai", "Rotterdam")
    round_nm = sea.nm("Shanghai", "Rotterdam", [closed, "panama"])
    published_extra_nm = facts.row("chokepoints", "suez").detour_extra_nm
    assert round_nm - open_nm == pytest.approx(published_extra_nm, rel=0.05)
    without_cape_nm = sea.nm("Shanghai", "Rotterdam", [closed, "panama", "cape"])
    assert without_cape_nm > round_nm + 3000


@pytest.mark.parametrize(
    ("closed", "origin", "destination"),
    [
        ("bosporus", "Odesa", "Piraeus"),
        ("dardanelles", "Izmit", "Piraeus"),
        ("hormuz", "Jebel Ali", "Mumbai"),
        ("kerch", "Mariupol", "Novorossiysk"),
        ("danish-straits", "Gdansk", "Rotterdam"),
    ],
)
def test_closing_the_only_way_out_cuts_a_sea_off(sea, closed, origin, destination):
    assert np.isfinite(sea.nm(origin, destination))
    assert np.isinf(sea.nm(origin, destination, [closed]))


@pytest.mark.parametrize(
    ("closed", "origin", "destination", "at_least_nm"),
    [
        (["malacca"], "Shanghai", "Mumbai", 300),
        (["malacca", "sunda"], "Shanghai", "Mumbai", 1000),
        (["malacca", "sunda", "lombok"], "Shanghai", "Mumbai", 1200),
        (["panama"], "Los Angeles", "New York", 7000),
        (["gibraltar"], "Piraeus", "Rotterdam", 8000),
        (["dover"], "Algeciras", "Rotterdam", 500),
        (["taiwan-strait"], "Shanghai", "Hong Kong", 150),
    ],
)
def test_closing_forces_a_detour(sea, closed, origin, destination, at_least_nm):
    longer_nm = sea.nm(origin, destination, closed)
    assert np.isfinite(longer_nm)
    assert longer_nm - sea.nm(origin, destination) > at_least_nm


@pytest.mark.parametrize(
    ("closed", "origin", "destination"),
    [("bosporus", "Odesa", "Novorossiysk"), ("danish-straits", "Gdansk", "Copenhagen")],
)
def test_closing_leaves_the_sea_inside_as_it_was(sea, closed, origin, destination):
    inside_nm = sea.nm(origin, destination)
    assert sea.nm(origin, destination, [closed]) == pytest.approx(inside_nm)


def test_a_gate_touches_few_lanes(sea):
    for point in facts.rows("chokepoints"):
        if point.gate_lat_a is not None:
            assert 1 <= sea.tagged(point).sum() <= 10, point.id
