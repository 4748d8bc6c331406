"""Where bulky goods leave from: mines, works, forests and fields, not where people live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.geo import haversine_km
from landbridge.routing.choice.logit import Masses
from landbridge.routing.skim import Zone

FAR_KM = 500.0
"""A place farther than this from every city of its economy gets a city of its own."""


def far_places(zones: Sequence[Zone], cities: Iterable[Zone]) -> list[Zone]:
    """Cities to add so that no place of `origins.csv` is far from one of its economy.

    Places are gone through by what they are worth, largest first; the city added is the nearest of
    `cities`, whatever its size.
    """
    known = list(zones)
    offered = list(cities)
    added: list[Zone] = []
    economies = {zone.economy for zone in zones}
    for row in sorted(facts.rows("origins"), key=lambda r: -_worth(r)):
        own = [zone for zone in known if zone.economy == row.economy]
        if row.economy not in economies or _away(row, own).min() <= FAR_KM:
            continue
        there = [zone for zone in offered if zone.economy == row.economy]
        nearest = there[int(np.argmin(_away(row, there)))]
        if nearest not in known:
            known.append(nearest)
            added.append(nearest)
    return added


def origin_shares(
    sectors: Sequence[str], urgent: Sequence[bool], zones: Sequence[Zone], masses: Masses
) -> NDArray[np.float64]:
    """Share of each zone in what its economy sends of a sector, float64[S, Z].

    A place of `origins.csv` sends from the city nearest to it, by output and worth. What its places
    do not cover, sectors without places and urgent goods leave from where people live.

    Parameters
    ----------
    sectors : ids of the S rows of goods
    urgent : whether the row is of goods that may fly
    """
    shares = np.tile(masses.share, (len(sectors), 1))
    groups: dict[tuple[str, str], list[Any]] = {}
    for row in facts.rows("origins"):
        groups.setdefault((row.economy, row.sector), []).append(row)
    for (economy, sector), rows in groups.items():
        at = np.array([k for k, zone in enumerate(zones) if zone.economy == economy], np.int64)
        if not len(at):
            continue
        sent = np.zeros(len(zones))
        for row in rows:
            sent[at[np.argmin(_away(row, [zones[k] for k in at]))]] += _worth(row)
        covered = min(row.covered_share for row in rows)
        mixed = covered * sent / sent.sum() + (1.0 - covered) * masses.share
        for k, (name, flies) in enumerate(zip(sectors, urgent, strict=True)):
            if name == sector and not flies:
                shares[k, at] = mixed[at]
    return shares


def _worth(row: Any) -> float:
    return float(row.output * (row.worth_usd_unit or 1.0))


def _away(row: Any, zones: Sequence[Zone]) -> NDArray[np.float64]:
    lat, lon = (np.array([getattr(zone, name) for zone in zones]) for name in ("lat", "lon"))
    return np.asarray(haversine_km(row.lat, row.lon, lat, lon))
