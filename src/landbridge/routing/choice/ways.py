"""The ways a shipper chooses among: modes, and the corridors of the railway."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.graph import Mode, Network
from landbridge.routing.corridors import corridors
from landbridge.routing.filters import NOTHING_CLOSED, Closed
from landbridge.routing.question import Question

NESTS = ("sea", "air", "road", "rail")
BROAD_MM = 1520
XINJIANG = ("dostyk", "khorgos", "torugart")
"""Ways over the gates of Xinjiang, which lead into Kazakhstan or Kyrgyzstan."""
BROAD_WAY = "rail-broad"
"""The way from end to end of the railways of 1520 mm."""
THROUGH = (*XINJIANG, "erenhot")
"""Gates of China behind which another economy lies than Russia."""
EAST = "northern"
"""The corridor whose eastern ends are what `ways.csv` calls East Asia."""


@dataclass(frozen=True, slots=True)
class Way:
    """One alternative: a row of `ways.csv`, every name understood.

    Attributes
    ----------
    modes : modes a trip may use
    avoid : economies it keeps out of
    gates : rows of the crossings table, one of which it passes; empty for none
    needs : a mode's name or an economy, without which the way is another one
    land_weight : weight of land legs in the choice of the way
    scope : all, east-west, east, west, broad or rim
    constant : id of the constant it is chosen with
    bulk : id of the constant that multiplies it for bulk; None for none
    """

    id: str
    name: str
    nest: int
    corridor: str | None
    modes: frozenset[Mode]
    avoid: frozenset[str]
    gates: tuple[int, ...]
    needs: str | None
    land_weight: float
    scope: str
    constant: str
    bulk: str | None

    @property
    def over_russia(self) -> bool:
        """Whether the way leads from East Asia over a gate of China to the west and so Russia."""
        return bool(self.gates)

    @property
    def by_lorry(self) -> bool:
        """Whether lorries take the way."""
        return NESTS[self.nest] == "road"

    def question(self, network: Network, year: int, cargo: str) -> Question:
        """What the router is asked for the way; ways that ask the same share a skim.

        No railway is open between East Asia and the rest but to ways that lead anywhere: trains
        between the two pass the way's gate, once, and each side is reached on its own ground. Nor
        does cargo by sea cross from one to the other by land, which would make a rail of it.
        """
        return Question(
            year=year,
            cargo=cargo,
            modes=self.modes,
            avoid=frozenset(network.economies.index(code) for code in self.avoid),
            closed=self._closed(),
            land_weight=self.land_weight,
        )

    def _closed(self) -> Closed:
        if NESTS[self.nest] == "sea":
            return Closed(crossings=between_sides("rail", "road"))
        return NOTHING_CLOSED if self.scope == "all" else Closed(crossings=between_sides("rail"))

    def needed(self, network: Network) -> NDArray[np.bool_] | None:
        """Edges, one of which the way must use, bool[m]; None where it needs none."""
        if self.needs is None:
            return None
        if self.needs.upper() in Mode.__members__:
            return np.asarray(network.edge_mode == Mode[self.needs.upper()])
        return np.asarray(network.edge_economy == network.economies.index(self.needs))


@cache
def ways() -> tuple[Way, ...]:
    """Every way of `ways.csv`, in its order.

    Examples
    --------
    >>> [way.id for way in ways()][:3]
    ['sea', 'air', 'road']
    """
    crossings = {row.id: k for k, row in enumerate(facts.rows("crossings"))}
    return tuple(
        Way(
            id=row.id,
            name=row.name,
            nest=NESTS.index(row.nest),
            corridor=row.corridor,
            modes=frozenset(Mode[mode.upper()] for mode in row.modes),
            avoid=frozenset(row.avoid or ()),
            gates=tuple(crossings[gate] for gate in row.gates or ()),
            needs=row.needs,
            land_weight=row.land_weight,
            scope=row.scope,
            constant=row.constant,
            bulk=row.bulk,
        )
        for row in facts.rows("ways")
    )


@cache
def east_asia() -> frozenset[str]:
    """Economies that `ways.csv` calls East Asia.

    Examples
    --------
    >>> {"CHN", "JPN"} <= east_asia(), "MNG" in east_asia()
    (True, False)
    """
    return frozenset(next(c.one_end_in for c in corridors() if c.id == EAST))


@cache
def broad_gauge() -> frozenset[str]:
    """Economies whose railways are of 1520 mm.

    Examples
    --------
    >>> {"KAZ", "MNG"} <= broad_gauge(), "POL" in broad_gauge()
    (True, False)
    """
    return frozenset(row.economy for row in facts.rows("gauge_rules") if row.gauge_mm == BROAD_MM)


@cache
def between_sides(*modes: str) -> tuple[int, ...]:
    """Rows of the crossings of some modes with one side in East Asia and one elsewhere."""
    return tuple(
        k
        for k, row in enumerate(facts.rows("crossings"))
        if row.mode in modes and len({row.economy_a, row.economy_b} & east_asia()) == 1
    )


def in_scope(way: Way, economies: tuple[str, ...]) -> NDArray[np.bool_] | None:
    """Pairs of zones the way is open to, bool[Z, Z], by the zones' economies; None for all."""
    if way.scope == "all":
        return None
    east = np.array([code in east_asia() for code in economies])
    ends = east[:, None].astype(int) + east[None, :]
    if way.scope in ("broad", "rim"):
        on_broad = np.array([code in broad_gauge() for code in economies])
        both = on_broad[:, None] & on_broad[None, :]
        return np.asarray((ends == 0) & (both if way.scope == "broad" else ~both))
    return np.asarray(ends == {"west": 0, "east-west": 1, "east": 2}[way.scope])
