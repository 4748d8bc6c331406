"""Networks of a few nodes, for laws that can be checked by hand or by another method."""

from functools import cache

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import dijkstra

from landbridge import facts
from landbridge.network.draft import LISTED_CROSSING, NO_BORDER, OPEN_BORDER
from landbridge.network.graph import Mode, Network

#: Those the nodes lie in, and those a corridor may keep out of.
ECONOMIES = ("AZE", "BLR", "CHN", "IRN", "KAZ", "MNG", "RUS")
_COLUMNS = {
    "node_lat": np.float64,
    "node_lon": np.float64,
    "node_mode": np.int8,
    "node_economy": np.int16,
    "node_gauge_mm": np.int16,
    "edge_tail": np.int32,
    "edge_head": np.int32,
    "edge_mode": np.int8,
    "edge_length_km": np.float64,
    "edge_economy": np.int16,
    "edge_crossing": np.int32,
    "edge_border_rule": np.int8,
    "edge_section": np.int32,
    "edge_terminal": np.int32,
    "edge_chokepoint": np.int32,
}


@cache
def numbers(table):
    """Position of each id of a facts table."""
    return {row.id: k for k, row in enumerate(facts.rows(table))}


def sealed(nodes, edges, economies=ECONOMIES):
    """A network of node rows (mode, economy, gauge, lat, lon) and edge dicts."""
    mode, economy, gauge, lat, lon = zip(*nodes, strict=True)
    economy = [economies.index(e) if e else -1 for e in economy]
    defaults = {"km": 10.0, "crossing": None, "rule": NO_BORDER, "section": None,
                "terminal": None, "chokepoint": None, "economy": None}  # fmt: skip
    rows = [defaults | edge for edge in edges]

    def refer(table, name):
        return [numbers(table)[e[name]] if e[name] else -1 for e in rows]

    columns = {
        "node_lat": lat,
        "node_lon": lon,
        "node_mode": mode,
        "node_economy": economy,
        "node_gauge_mm": gauge,
        "edge_tail": [e["tail"] for e in rows],
        "edge_head": [e["head"] for e in rows],
        "edge_mode": [e["mode"] for e in rows],
        "edge_length_km": [e["km"] for e in rows],
        "edge_economy": [
            economies.index(e["economy"]) if e["economy"] else economy[e["tail"]] for e in rows
        ],
        "edge_crossing": refer("crossings", "crossing"),
        "edge_border_rule": [e["rule"] for e in rows],
        "edge_section": refer("sections", "section"),
        "edge_terminal": refer("terminals", "terminal"),
        "edge_chokepoint": refer("chokepoints", "chokepoint"),
    }
    arrays = {name: np.array(columns[name], kind) for name, kind in _COLUMNS.items()}
    rail = arrays["edge_mode"] == Mode.RAIL
    ends = np.column_stack((arrays["edge_tail"], arrays["edge_head"]))
    for side, name in enumerate(("edge_gauge_tail_mm", "edge_gauge_head_mm")):
        arrays[name] = np.where(rail, arrays["node_gauge_mm"][ends[:, side]], 0).astype(np.int16)
    return Network(
        **arrays,
        shape_ptr=np.arange(0, 2 * len(rows) + 1, 2),
        shape_lat=arrays["node_lat"][ends].ravel().astype(np.float32),
        shape_lon=arrays["node_lon"][ends].ravel().astype(np.float32),
        economies=economies,
    )


def chain():
    """China by rail to Aktau, a ferry to Azerbaijan; a road from Aktau to Russia; a lane by Suez.

    Nodes: 0, 1 rail in China; 2, 3 rail in Kazakhstan; 4 Aktau port; 5, 6 road in Kazakhstan and
    Russia; 7 Baku port; 8, 9 at sea.
    """
    nodes = [
        (Mode.RAIL, "CHN", 1435, 45.0, 81.0),
        (Mode.RAIL, "CHN", 1435, 45.2, 82.5),
        (Mode.RAIL, "KAZ", 1520, 45.2, 82.6),
        (Mode.RAIL, "KAZ", 1520, 43.6, 51.3),
        (Mode.TRANSFER, "KAZ", 0, 43.6, 51.2),
        (Mode.ROAD, "KAZ", 0, 43.7, 51.2),
        (Mode.ROAD, "RUS", 0, 46.5, 48.5),
        (Mode.TRANSFER, "AZE", 0, 39.9, 49.4),
        (Mode.SEA, None, 0, 30.0, 33.0),
        (Mode.SEA, None, 0, 31.5, 32.5),
    ]
    edges = [
        {"tail": 0, "head": 1, "mode": Mode.RAIL, "km": 120.0},
        {"tail": 1, "head": 2, "mode": Mode.RAIL, "km": 8.0, "rule": LISTED_CROSSING,
         "crossing": "rail-alashankou-dostyk"},
        {"tail": 3, "head": 2, "mode": Mode.RAIL, "km": 3000.0,
         "section": "dostyk-moiynty-second-track"},
        {"tail": 4, "head": 3, "mode": Mode.TRANSFER, "km": 0.0, "terminal": "aktau-port"},
        {"tail": 4, "head": 5, "mode": Mode.TRANSFER, "km": 0.0, "terminal": "aktau-port"},
        {"tail": 4, "head": 7, "mode": Mode.FERRY, "km": 430.0, "rule": LISTED_CROSSING,
         "crossing": "ferry-aktau-alat"},
        {"tail": 5, "head": 6, "mode": Mode.ROAD, "km": 700.0, "rule": OPEN_BORDER},
        {"tail": 8, "head": 9, "mode": Mode.SEA, "km": 160.0, "chokepoint": "suez"},
    ]  # fmt: skip
    return sealed(nodes, edges)


def scattered(seed, n_nodes=60, n_edges=150):
    """Random railways of three economies, joined by listed crossings and open borders."""
    rng = np.random.default_rng(seed)
    owner = rng.choice(["CHN", "KAZ", "RUS"], n_nodes)
    nodes = [
        (Mode.RAIL, str(code), 1435 if code == "CHN" else 1520, 40 + 20 * rng.random(),
         60 + 40 * rng.random())
        for code in owner
    ]  # fmt: skip
    posts = {"KAZ": ("rail-alashankou-dostyk", "rail-khorgos-altynkol"),
             "RUS": ("rail-manzhouli-zabaikalsk", "rail-suifenhe-grodekovo")}  # fmt: skip
    edges = []
    for tail, head in rng.integers(0, n_nodes, (n_edges, 2)):
        if tail == head:
            continue
        if owner[head] == "CHN" != owner[tail]:
            tail, head = head, tail
        edge = {"tail": int(tail), "head": int(head), "mode": Mode.RAIL,
                "km": float(rng.integers(1, 900))}  # fmt: skip
        if owner[tail] == "CHN" != owner[head]:
            edge |= {"rule": LISTED_CROSSING, "crossing": str(rng.choice(posts[owner[head]]))}
        elif owner[tail] != owner[head]:
            edge |= {"rule": OPEN_BORDER}
        edges.append(edge)
    return sealed(nodes, edges)


def by_dijkstra(network, forward, backward, sources):
    """Distances by scipy on the same weights, float64[sources, n]; inf where there is no way."""
    tail = np.r_[network.edge_tail, network.edge_head]
    head = np.r_[network.edge_head, network.edge_tail]
    weight = np.r_[forward, backward].astype(np.float64)
    # Of parallel edges the lightest counts, where a sparse matrix would add them up.
    order = np.lexsort((weight, head, tail))
    tail, head, weight = tail[order], head[order], weight[order]
    first = np.r_[True, (np.diff(tail) != 0) | (np.diff(head) != 0)] & np.isfinite(weight)
    shape = (network.n_nodes, network.n_nodes)
    graph = sp.csr_matrix((weight[first], (tail[first], head[first])), shape=shape)
    return np.atleast_2d(dijkstra(graph, indices=sources))
