"""Small hand-made layers and drafts; economies are numbers, positions near the equator."""

from dataclasses import replace

import numpy as np

from landbridge.network.draft import from_layer
from landbridge.network.geo import haversine_km
from landbridge.network.graph import Mode
from landbridge.network.layers import Layer

#: One kilometre along a meridian, in degrees.
KM = 1 / 111.19507973436875


def layer(points, edges, km=None):
    """A layer from (lat, lon) points and (tail, head) pairs; great-circle lengths unless given."""
    lat, lon = np.array(points, float).reshape(-1, 2).T.copy()
    tail, head = np.array(edges, np.int32).reshape(-1, 2).T.copy()
    if km is None:
        km = haversine_km(lat[tail], lon[tail], lat[head], lon[head])
    return Layer(lat, lon, tail, head, np.array(km, float))


def line(at_km, lat=0.0):
    """A layer of points along a parallel, at the given km east of the zero meridian."""
    points = [(lat, km * KM) for km in at_km]
    return layer(points, [(k, k + 1) for k in range(len(points) - 1)])


def draft(points, edges, economy=0, mode=Mode.RAIL, km=None, **columns):
    """A draft of one mode; `economy` one number or one a node; other columns as given."""
    base = layer(points, edges, km)
    of = np.broadcast_to(np.array(economy, np.int16), base.n_nodes).copy()
    made = from_layer(base, mode, of)
    typed = {name: np.array(value, getattr(made, name).dtype) for name, value in columns.items()}
    return replace(made, **typed)


def ends(made):
    """Edges of a layer or draft as sorted pairs of nodes."""
    return sorted(
        tuple(sorted(pair)) for pair in zip(made.tail.tolist(), made.head.tolist(), strict=True)
    )


class Halves:
    """Country shapes of two economies: 0 west of a meridian, 1 east of it; sea past `sea_lat`."""

    def __init__(self, at_lon=0.5, sea_lat=80.0):
        self.at_lon, self.sea_lat = at_lon, sea_lat

    def locate(self, lat, lon):
        """Position of the economy each point lies in, -1 at sea."""
        lat, lon = np.asarray(lat), np.asarray(lon)
        return np.where(lat > self.sea_lat, -1, np.where(lon < self.at_lon, 0, 1)).astype(np.int16)
