"""The sea: lanes cleaned of inland water, and the passages that a closure can shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network.draft import Draft, from_layer, keep_nodes
from landbridge.network.geo import Angle, Floats
from landbridge.network.graph import Mode
from landbridge.network.layers import Layer
from landbridge.network.repair import Repair

#: South, north, west, east of the Caspian, which no ocean ship reaches: its ferries are facts.
CASPIAN_BOX_DEG = (36.0, 47.9, 46.3, 55.2)


@dataclass(frozen=True, slots=True)
class Gate:
    """A line across a passage, which every lane through it cuts: ends in degrees."""

    row: int
    lat_a: float
    lon_a: float
    lat_b: float
    lon_b: float


def sea_draft(layer: Layer, gates: Sequence[Gate]) -> tuple[Draft, Repair]:
    """The sea lanes as a draft, the Caspian left out and passages marked."""
    south, north, west, east = CASPIAN_BOX_DEG
    caspian = (layer.lat > south) & (layer.lat < north) & (layer.lon > west) & (layer.lon < east)
    whole = from_layer(layer, Mode.SEA, np.full(layer.n_nodes, -1, np.int16))
    removed = caspian[layer.tail] | caspian[layer.head]
    draft = keep_nodes(whole, ~caspian)
    passage = draft.chokepoint.copy()
    for gate in gates:
        passage[_cuts(draft, gate)] = gate.row
    return replace(draft, chokepoint=passage), Repair(
        "Caspian lanes left out of the sea (ferries there are listed crossings)",
        int(removed.sum()),
        float(layer.length_km[removed].sum()),
    )


def _cuts(draft: Draft, gate: Gate) -> NDArray[np.bool_]:
    """Whether each edge cuts the gate, in plain degrees; lanes over the date line never do."""
    ay, ax = draft.lat[draft.tail], draft.lon[draft.tail]
    by, bx = draft.lat[draft.head], draft.lon[draft.head]

    def side(px: Angle, py: Angle, qx: Angle, qy: Angle, rx: Angle, ry: Angle) -> Floats:
        return np.asarray((qx - px) * (ry - py) - (qy - py) * (rx - px))

    across = np.sign(side(ax, ay, bx, by, gate.lon_a, gate.lat_a)) != np.sign(
        side(ax, ay, bx, by, gate.lon_b, gate.lat_b)
    )
    along = np.sign(side(gate.lon_a, gate.lat_a, gate.lon_b, gate.lat_b, ax, ay)) != np.sign(
        side(gate.lon_a, gate.lat_a, gate.lon_b, gate.lat_b, bx, by)
    )
    return np.asarray(across & along & (np.abs(ax - bx) < 180))
