"""The World Bank's study of the Middle Corridor (2023), asked of the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.assessor import Assessor
from landbridge.assess.transport import Passage, passage
from landbridge.routing.choice.ways import ways
from landbridge.scenario import read_scenario
from landbridge.validate.counts import Counts

if TYPE_CHECKING:
    from landbridge.assess.setting import Setting
    from landbridge.assess.settle import Progress

SCENARIO = "middle-corridor-2030"
STUDY_YEAR, COUNTED_FROM = 2022, 2021
"""Year of the study's times, and the year its volumes grow from."""
ECONOMIES = ("KAZ", "AZE", "GEO")
NORTHERN = ("dostyk", "khorgos")


def answers(assessor: Assessor, progress: Progress) -> Mapping[str, float]:
    """The study's figures in the model, by id of `world_bank_ranges.csv`.

    Volumes of 2030 are those of the scenario, with economies grown to that year; times are of
    China with the EU, over the ways' own gates, cities weighed by mass.
    """
    scenario = read_scenario(SCENARIO)
    own = Assessor(assessor.world, assessor.table)
    answer = own.assess(scenario, contributions=False)
    then = Counts(answer.given, answer.changed)
    progress(f"flows of {COUNTED_FROM}", 0.8)
    before = Assessor(assessor.world, assessor.table)
    start = Counts(before.given(COUNTED_FROM), before.base(COUNTED_FROM))
    freight = {c.year: c.tonnes(("middle",), c.every) / 1e6 for c in (start, then)}
    boxed = then.teu(("middle",), then.every)
    payload = _boxed_payload(then)
    old = passage(before.world.router, start.given.zones, STUDY_YEAR)
    hours = {
        "before": _hours(start.given, old, ("middle",)),
        "after": _hours(then.given, answer.changed.passage, ("middle",)),
        "northern": _hours(start.given, old, NORTHERN),
    }
    return {
        "wbmc-volume-2030": freight[then.year],
        "wbmc-growth-2030": 100.0 * (freight[then.year] / freight[COUNTED_FROM] - 1.0),
        "wbmc-container-2030": boxed / 2.0 * payload / 1e6,
        "wbmc-time-2030": 100.0 * (hours["after"] / hours["before"] - 1.0),
        "wbmc-time-ratio-2022": hours["before"] / hours["northern"],
        "wbmc-trade-2030": _growth(then, start, ECONOMIES, None),
        "wbmc-trade-eu-2030": _growth(then, start, ECONOMIES, start.view.eu),
        "wbmc-china-eu-2030": _growth(then, start, ("CHN",), start.view.eu),
    }


def _boxed_payload(counts: Counts) -> float:
    """Tonnes in a container on the way over the Caspian."""
    goods = counts.given.goods
    k = [way.id for way in ways()].index("middle")
    flows = counts.state.traffic.by_pair[:, k].sum(axis=(1, 2)) * (goods.routed_as == 0)
    return float(flows @ goods.payload_t_feu / flows.sum())


def _hours(given: Setting, passed: Passage, names: tuple[str, ...]) -> float:
    """Mean hours from China to the EU by the quickest of some ways, cities weighed by mass."""
    from landbridge import facts

    codes = [zone.economy for zone in given.zones]
    eu = next(row for row in facts.rows("trade_blocs") if row.id == "eu").members
    order = [way.id for way in ways()]
    least: NDArray[np.float64] = np.full((len(codes),) * 2, np.inf)
    for name in names:
        hours = passed.skims[0][order.index(name)].time_h
        least = np.fmin(least, np.where(np.isfinite(hours), hours, np.inf))
    chosen = np.outer([c == "CHN" for c in codes], [c in eu for c in codes]) & np.isfinite(least)
    weight = np.outer(given.masses.share, given.masses.share)[chosen]
    return float(weight @ least[chosen] / weight.sum())


def _growth(
    then: Counts, start: Counts, one: tuple[str, ...], other: tuple[str, ...] | None
) -> float:
    """Growth of trade at constant prices, per cent, crude oil and gas left out."""
    value = {}
    for counts in (then, start):
        codes = counts.given.table.labels.economies if other is None else other
        worth = counts.state.volume * counts.given.goods.value_usd_feu[:, :, None]
        value[counts] = worth.sum(axis=0)[counts.trade(one, codes)].sum()
    return float(100.0 * (value[then] / value[start] - 1.0))
