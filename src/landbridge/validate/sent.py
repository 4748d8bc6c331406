"""What chosen flows put on the network: over crossings, into economies, along lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.graph import Network

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sent:
    """What chosen flows put on the edges, along them and against them, float64[m]."""

    network: Network
    forward: Floats
    backward: Floats

    def over(self, crossings: Iterable[str], *, towards: str | None = None) -> float:
        """What passes crossings, both ways or towards one of the two economies only."""
        order = {row.id: k for k, row in enumerate(facts.rows("crossings"))}
        rows = [order[name] for name in crossings]
        return self._passing(rows, towards)

    def into(self, economy: str, modes: Sequence[str]) -> float:
        """What enters an economy over its crossings by some modes, every entry counted."""
        return self._passing(border_posts(economy, modes), economy)

    def section(self, identifier: str) -> float:
        """Mean over the length of a section, both ways."""
        row = next(k for k, r in enumerate(facts.rows("sections")) if r.id == identifier)
        edges = np.flatnonzero(self.network.edge_section == row)
        km = self.network.edge_length_km[edges]
        return float((self.forward + self.backward)[edges] @ km / km.sum())

    def chokepoint(self, identifier: str) -> float:
        """What passes a chokepoint, both ways; a canal drawn as a chain counts once."""
        row = next(k for k, r in enumerate(facts.rows("chokepoints")) if r.id == identifier)
        edges = np.flatnonzero(self.network.edge_chokepoint == row)
        return float((self.forward + self.backward)[edges].max())

    def _passing(self, rows: Sequence[int], towards: str | None) -> float:
        listed = facts.rows("crossings")
        total = 0.0
        for row in rows:
            edges = self.network.edge_crossing == row
            if towards in (None, listed[row].economy_b):
                total += float(self.forward[edges].sum())
            if towards in (None, listed[row].economy_a):
                total += float(self.backward[edges].sum())
        return total


def border_posts(economy: str, modes: Sequence[str]) -> list[int]:
    """Rows of an economy's crossings of some modes."""
    return [
        k
        for k, row in enumerate(facts.rows("crossings"))
        if economy in (row.economy_a, row.economy_b) and row.mode in modes
    ]
