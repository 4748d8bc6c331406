"""Ways that are no choice: so much longer than the shortest that nobody takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from landbridge.network.graph import Mode
from landbridge.routing.alternatives import DETOUR_LIMIT
from landbridge.routing.choice.bundles import Bools, Bundle, Floats, WaySkim, joined, without


def without_detours(
    bundles: tuple[Bundle, ...], like: Sequence[Bundle] | None = None
) -> tuple[Bundle, ...]:
    """The same bundles without ways that are `DETOUR_LIMIT` times longer than the shortest.

    Aircraft fly straight: the shortest is that on the ground or at sea, as for routes; and not by
    lorries through third territories, which few may take and which would be all that is left.

    Parameters
    ----------
    like : the state compared with. What was a choice there stays one, or a new line, by being
        short, would take the ship away from those who use it and leave them worse off; what was a
        detour stays one as long as anything else is open
    """
    grounded = [
        np.where(skim.third > 0, np.float32(np.nan), skim.distance_km)
        for bundle in bundles
        for skim in bundle.skims
        if Mode.AIR not in skim.way.modes
    ]
    shortest: Floats = np.fmin.reduce(grounded)
    shortest[np.isnan(shortest)] = np.inf
    longest = np.float32(DETOUR_LIMIT) * shortest
    now = {way: skim for way, skim in joined(bundles).items() if Mode.AIR not in skim.way.modes}
    left_out = {way: skim.distance_km > longest for way, skim in now.items()}
    if like is not None:
        left_out = _as_before(now, joined(like), left_out)
    return tuple(
        replace(
            bundle,
            skims=tuple(
                _left_out(skim, left_out[skim.way.id]) if skim.way.id in left_out else skim
                for skim in bundle.skims
            ),
        )
        for bundle in bundles
    )


def _as_before(
    now: Mapping[str, WaySkim], like: Mapping[str, WaySkim], left_out: Mapping[str, Bools]
) -> dict[str, Bools]:
    """What is left out here, bool[Z, Z] by way, given what was left out in another state."""
    found = {
        way: out & ~np.isfinite(like[way].time_h) | like[way].detour if way in like else out
        for way, out in left_out.items()
    }
    remains = np.any([np.isfinite(now[way].time_h) & ~out for way, out in found.items()], axis=0)
    return {way: np.where(remains, out, left_out[way]) for way, out in found.items()}


def _left_out(skim: WaySkim, pairs: Bools) -> WaySkim:
    if not pairs.any():
        return skim
    return replace(without(skim, pairs), detour=skim.detour | pairs)
