"""The base layers, read from installed packages: railways, roads and sea lanes of the world.

Railways and roads are OpenStreetMap data (ODbL) through `scgraph-data`, whose modules are Python
literals that today's `scgraph` cannot import: they are read as text and never run. Sea lanes are
those of `searoute` (Apache 2.0).
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import MissingExtraError
from landbridge.network.geo import haversine_km

#: Passages that `searoute` names and container lines do not use.
EXCLUDED_PASSAGES = frozenset({"northwest", "bering"})


@dataclass(frozen=True, slots=True)
class Layer:
    """An undirected line network as it came, before any repair.

    Attributes
    ----------
    lat, lon : float64[n], degrees
    tail, head : int32[m], each pair of nodes once
    length_km : float64[m]
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    length_km: NDArray[np.float64]

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.lat)


@dataclass(frozen=True, slots=True)
class LayerCount:
    """What was thrown away on reading: shown by `landbridge network`."""

    nodes: int
    directed_edges: int
    self_loops: int
    edges: int


def package_file(package: str, name: str) -> Path:
    """Path of a data file inside an installed package, without importing the package."""
    spec = find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    path = Path(locations[0]) / name if locations else None
    if path is None or not path.is_file():
        raise MissingExtraError(
            f"the file {name!r} of the package {package!r} is not installed: "
            "run pip install --force-reinstall landbridge"
        )
    return path


def _numbers(line: bytes) -> NDArray[np.float64]:
    blank = bytes.maketrans(b"{}[]:,", b"      ")
    return np.fromstring(line.translate(blank).decode("ascii"), sep=" ")


def parse_literals(text: bytes, name: str) -> tuple[Layer, LayerCount]:
    r"""Read the `graph=[{head: km, …}, …]` and `nodes=[[lat, lon], …]` lines of a module.

    Examples
    --------
    >>> text = b"graph=[{1: 2.5, 0: 0.0}, {0: 2.5}]\nnodes=[[50.0, 10.0], [50.0, 10.035]]"
    >>> layer, count = parse_literals(text, "example")
    >>> layer.length_km.tolist(), count.self_loops
    ([2.5], 1)
    """
    lines = {key: line for line in text.splitlines() for key in (b"graph=[", b"nodes=[")
             if line.startswith(key)}  # fmt: skip
    if len(lines) != 2:
        raise _unlike(name, "does not hold the two lines 'graph=[' and 'nodes=['")
    graph = lines[b"graph=["]
    raw = np.frombuffer(graph, np.uint8)
    opens, colons = np.flatnonzero(raw == ord("{")), np.flatnonzero(raw == ord(":"))
    try:
        pairs = _numbers(graph.removeprefix(b"graph=")).reshape(-1, 2)
        nodes = _numbers(lines[b"nodes=["].removeprefix(b"nodes=")).reshape(-1, 2)
    except (ValueError, DeprecationWarning) as error:
        raise _unlike(name, "holds something else than pairs of numbers") from error
    tail = (np.searchsorted(opens, colons) - 1).astype(np.int64)
    head = pairs[:, 0].astype(np.int64)
    if len(pairs) != len(colons) or len(opens) != len(nodes) or (head >= len(nodes)).any():
        raise _unlike(name, "speaks of more or fewer nodes and edges than it lists")
    loops = tail == head
    low, high = np.minimum(tail, head)[~loops], np.maximum(tail, head)[~loops]
    key, first = np.unique(low * len(nodes) + high, return_index=True)
    layer = Layer(
        lat=nodes[:, 0].copy(),
        lon=nodes[:, 1].copy(),
        tail=(key // len(nodes)).astype(np.int32),
        head=(key % len(nodes)).astype(np.int32),
        length_km=pairs[~loops, 1][first],
    )
    return layer, LayerCount(len(nodes), len(tail), int(loops.sum()), len(key))


def _unlike(name: str, what: str) -> MissingExtraError:
    return MissingExtraError(
        f"{name} {what}, unlike version 2.0.0 of scgraph-data: "
        "run pip install --force-reinstall 'scgraph-data==2.0.0'"
    )


def read_land(name: str) -> tuple[Layer, LayerCount]:
    """Read `world_railways` or `world_highways` of scgraph-data."""
    path = package_file("scgraph_data", f"{name}.py")
    return parse_literals(path.read_bytes(), name)


def read_sea() -> Layer:
    """Sea lanes, the ice passages left out; points closer than a metre are one."""
    text = package_file("searoute", "data/marnet_searoute.geojson").read_text(encoding="utf-8")
    number: dict[tuple[float, float], int] = {}
    pairs: set[tuple[int, int]] = set()
    for item in json.loads(text)["features"]:
        if (item["properties"].get("passage") or "") in EXCLUDED_PASSAGES:
            continue
        shape = item["geometry"]
        lines = shape["coordinates"]
        for line in [lines] if shape["type"] == "LineString" else lines:
            ends = [
                number.setdefault((round(lat, 5), (round(lon, 5) + 180) % 360 - 180), len(number))
                for lon, lat in line
            ]
            pairs.update((min(a, b), max(a, b)) for a, b in itertools.pairwise(ends) if a != b)
    lat, lon = np.array(list(number), np.float64).T
    tail, head = np.array(sorted(pairs), np.int32).T
    return Layer(lat, lon, tail, head, haversine_km(lat[tail], lon[tail], lat[head], lon[head]))
