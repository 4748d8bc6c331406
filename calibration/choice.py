"""Fit the constants of the choice among ways to what was observed, and write them down.

Each constant answers to one observation of the base year and to nothing else; elasticities are not
fitted. Run `python calibration/choice.py` after a change of network, rates or base economy.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import landbridge
from landbridge import World, facts
from landbridge.assess.observed import annual
from landbridge.assess.setting import Setting, setting
from landbridge.assess.transport import passage, split_ways
from landbridge.assess.views import View
from landbridge.economy.table.basetable import load_base
from landbridge.routing.choice.tastes import constants

ROUNDS = 150
CLOSE = 2e-3
LORRIES = 2019
"""The year for which transit by lorry is published beside all transit."""
GATES = ("a-dostyk", "a-khorgos", "a-erenhot", "a-manzhouli", "a-suifenhe")
TABLE = Path(landbridge.__file__).parent / "facts" / "data" / "choice_constants.csv"

Measure = Callable[[View], float]


@dataclass(frozen=True)
class Fit:
    """A constant, the series it answers to, what was observed, and the same in the model."""

    constant: str
    series: str
    observed: float
    model: Measure
    power: float


def fits(year: int, within: float, between: float) -> tuple[Fit, ...]:
    """What each constant is fitted to. Powers turn a ratio of shares into one of constants."""
    nest = within / between

    def teu(series: str) -> float:
        return annual(series, year)

    eu_sea = teu("extra-eu-imports-value-sea") + teu("extra-eu-exports-value-sea")

    def eu_ratio(mode: str) -> float:
        both = teu(f"extra-eu-imports-value-{mode}") + teu(f"extra-eu-exports-value-{mode}")
        return both / eu_sea

    per_train = teu("manzhouli-teu") / teu("manzhouli-trains")
    suifenhe = teu("suifenhe-trains") * per_train
    western = teu("china-europe-teu") - teu("erenhot-teu") - teu("manzhouli-teu") - suifenhe
    khorgos = teu("khorgos-altynkol-trains") / teu("xinjiang-gates-trains")
    by_lorry = annual("kaz-transit-road-mt", LORRIES)
    by_rail = annual("kaz-transit-mt", LORRIES) / by_lorry - 1.0
    by_road = teu("china-central-asia-value-road") / teu("china-central-asia-value-rail")
    return (
        Fit("urgent-share", "china-europe-sea-teu", teu("china-europe-sea-teu"),
            lambda v: v.china_to_europe_teu("sea"), -1.0),
        Fit("a-road", "extra-eu road over sea, value", eu_ratio("road"),
            lambda v: v.extra_eu("road") / v.extra_eu("sea"), nest),
        Fit("a-rail", "extra-eu rail over sea, value", eu_ratio("rail"),
            lambda v: v.extra_eu("rail") / v.extra_eu("sea"), nest),
        Fit("a-rail-broad", "kaz-transit-mt less kaz-transit-road-mt over it, 2019", by_rail,
            lambda v: v.broad_gauge_t("rail") / v.broad_gauge_t("road"), nest),
        Fit("a-truck", "china-central-asia road over rail, value", by_road,
            lambda v: v.china_central_asia("road") / v.china_central_asia("rail"), nest),
        Fit("a-dostyk", "china-europe-teu less other gates, times dostyk's part of trains",
            western * (1.0 - khorgos), lambda v: v.china_europe_teu("dostyk"), 1.0),
        Fit("a-khorgos", "china-europe-teu less other gates, times khorgos' part of trains",
            western * khorgos, lambda v: v.china_europe_teu("khorgos"), 1.0),
        Fit("a-erenhot", "erenhot-teu", teu("erenhot-teu"),
            lambda v: v.china_europe_teu("erenhot"), 1.0),
        Fit("a-manzhouli", "manzhouli-teu", teu("manzhouli-teu"),
            lambda v: v.china_europe_teu("manzhouli"), 1.0),
        Fit("a-suifenhe", "suifenhe-trains times TEU of a train at manzhouli", suifenhe,
            lambda v: v.china_europe_teu("suifenhe"), 1.0),
        Fit("eu-over-russia", "erai-transit-eu-teu", teu("erai-transit-eu-teu"),
            lambda v: v.china_eu_teu("dostyk") + v.china_eu_teu("khorgos"), -1.0 / between),
        Fit("a-middle", "titr-teu", teu("titr-teu"), lambda v: v.teu("middle"), 1.0),
        Fit("bulk-east-west", "china-kaz-rail-mt", teu("china-kaz-rail-mt"),
            lambda v: (v.tonnes_by("dostyk") + v.tonnes_by("khorgos")) / 1e6, 1.0),
        Fit("bulk-middle", "titr-mt", teu("titr-mt"),
            lambda v: v.tonnes_by("middle") / 1e6, 1.0),
    )  # fmt: skip


def fit(given: Setting) -> tuple[Mapping[str, float], list[tuple[Fit, float]]]:
    """Fit every constant; raises where an observation cannot be met."""
    held = dict(constants())
    wanted = fits(given.table.year, held["elasticity-within"], held["elasticity-between"])
    passed = passage(given.world.router, given.zones, given.year)
    worst = np.inf
    for _ in range(ROUNDS):
        own = given.valued({}, held)
        volume = own.feu(own.table.base.trade)
        _, by_pair = split_ways(passed, own.goods, own.tastes, own.masses, volume)
        view = View(own, by_pair)
        found = [(each, each.model(view)) for each in wanted]
        misfits = {each.constant: abs(np.log(each.observed / model)) for each, model in found}
        worst = max(misfits.values())
        print(f"largest misfit {worst:.4f}, {max(misfits, key=misfits.__getitem__)}", flush=True)
        if worst < CLOSE:
            return held, found
        for each, model in found:
            held[each.constant] *= (each.observed / model) ** (0.8 * each.power)
        # All gates together compete with the sea as a nest, which answers less than each alone.
        gates = [(each, model) for each, model in found if each.constant in GATES]
        together = sum(each.observed for each, _ in gates) / sum(model for _, model in gates)
        nest = held["elasticity-within"] / held["elasticity-between"]
        for each, _ in gates:
            held[each.constant] *= together ** (0.8 * (nest - 1.0))
        # Nobody counted the way over Iran by itself: as hard to choose as that over the Caspian.
        held["a-southern"] = held["a-middle"]
        if not 0.0 < held["urgent-share"] < 1.0:
            raise SystemExit("no part of what flies is large enough for the trade by air observed")
    listed = "".join(
        f"\n  {each.constant}: {each.series} {each.observed:.5g}, model {model:.5g}"
        for each, model in found
    )
    raise SystemExit(f"no fit, the largest misfit is still {worst:.1%}:{listed}")


def write(held: Mapping[str, float], found: list[tuple[Fit, float]]) -> None:
    """Write the table anew; elasticities stay as they are."""
    by_constant = {each.constant: (each, model) for each, model in found}
    rows = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
    for row in rows:
        row["value"] = f"{held[row['id']]:.6g}"
        if row["id"] in by_constant:
            each, model = by_constant[row["id"]]
            row |= {
                "fitted_to": each.series, "target": f"{each.observed:.6g}",
                "model": f"{model:.6g}", "confidence": "derived", "rule": "fitted-to-observed",
                "as_of": str(YEAR),
            }  # fmt: skip
        elif row["id"] in ("a-air", "a-sea"):
            row |= {"value": "1", "fitted_to": "", "target": "", "model": "", "rule": "numeraire",
                    "confidence": "rule", "as_of": "2026"}  # fmt: skip
        elif row["id"] == "a-southern":
            row |= {"rule": "as-the-middle-corridor", "confidence": "rule"}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


YEAR = load_base().year

if __name__ == "__main__":
    assert facts.rows("flows_observed")
    write(*fit(setting(World.base().at(YEAR), load_base())))
