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
from landbridge.assess.through import transit
from landbridge.assess.transport import passage, split_ways
from landbridge.assess.views import View
from landbridge.economy.table.basetable import load_base
from landbridge.routing.choice.tastes import constants

ROUNDS = 150
CLOSE = 2e-3
GATES = ("a-dostyk", "a-khorgos", "a-erenhot", "a-manzhouli", "a-suifenhe")
TABLE = Path(landbridge.__file__).parent / "facts" / "data" / "choice_constants.csv"

LANDBRIDGE = "KAZ"


@dataclass(frozen=True)
class Seen:
    """Flows as counts are made: by pair, and what of them crosses Kazakhstan by lorry."""

    view: View
    lorries_mt: float


Measure = Callable[[Seen], float]


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
    lorries = teu("kaz-transit-road-mt")
    by_road = teu("china-central-asia-value-road") / teu("china-central-asia-value-rail")
    by_land = sum(teu(f"china-central-asia-value-{mode}") for mode in ("road", "rail"))
    return (
        Fit("urgent-share", "china-europe-sea-teu", teu("china-europe-sea-teu"),
            lambda s: s.view.china_to_europe_teu("sea"), -1.0),
        Fit("a-road", "extra-eu road over sea, value", eu_ratio("road"),
            lambda s: s.view.extra_eu("road") / s.view.extra_eu("sea"), nest),
        Fit("a-rail", "extra-eu rail over sea, value", eu_ratio("rail"),
            lambda s: s.view.extra_eu("rail") / s.view.extra_eu("sea"), nest),
        Fit("a-rail-broad", "kaz-transit-mt less kaz-transit-road-mt over it",
            teu("kaz-transit-mt") / lorries - 1.0,
            lambda s: s.view.broad_gauge_t("rail") / s.view.broad_gauge_t("road"), nest),
        Fit("lorry-third", "kaz-transit-road-mt", lorries, lambda s: s.lorries_mt,
            -1.0 / between),
        Fit("air-landlocked", "china-central-asia road and rail over air, value",
            by_land / teu("china-central-asia-value-air"),
            lambda s: s.view.land_over_air(), 1.0 / between),
        Fit("a-truck", "china-central-asia road over rail, value", by_road,
            lambda s: s.view.china_central_asia("road") / s.view.china_central_asia("rail"), nest),
        Fit("a-dostyk", "china-europe-teu less other gates, times dostyk's part of trains",
            western * (1.0 - khorgos), lambda s: s.view.china_europe_teu("dostyk"), 1.0),
        Fit("a-khorgos", "china-europe-teu less other gates, times khorgos' part of trains",
            western * khorgos, lambda s: s.view.china_europe_teu("khorgos"), 1.0),
        Fit("a-erenhot", "erenhot-teu", teu("erenhot-teu"),
            lambda s: s.view.china_europe_teu("erenhot"), 1.0),
        Fit("a-manzhouli", "manzhouli-teu", teu("manzhouli-teu"),
            lambda s: s.view.china_europe_teu("manzhouli"), 1.0),
        Fit("a-suifenhe", "suifenhe-trains times TEU of a train at manzhouli", suifenhe,
            lambda s: s.view.china_europe_teu("suifenhe"), 1.0),
        Fit("eu-over-russia", "erai-transit-eu-teu", teu("erai-transit-eu-teu"),
            lambda s: sum(s.view.china_eu_teu(way) for way in ("dostyk", "khorgos")),
            -1.0 / between),
        Fit("a-middle", "titr-teu", teu("titr-teu"), lambda s: s.view.teu("middle"), 1.0),
        Fit("bulk-transit", "china-kaz-rail-transit-mt", teu("china-kaz-rail-transit-mt"),
            lambda s: s.view.over_gates_mt(LANDBRIDGE), -1.0 / within),
        Fit("bulk-lorry", "china-kaz-rail-mt less transit over kaz-road-trade-mt",
            (teu("china-kaz-rail-mt") - teu("china-kaz-rail-transit-mt"))
            / teu("kaz-road-trade-mt"),
            lambda s: s.view.between_mt(LANDBRIDGE, "CHN", "rail")
            / s.view.between_mt(LANDBRIDGE, "CHN", "road"), -nest),
        Fit("bulk-middle", "titr-mt", teu("titr-mt"),
            lambda s: s.view.tonnes_by("middle") / 1e6, 1.0),
    )  # fmt: skip


def fit(given: Setting) -> tuple[Mapping[str, float], list[tuple[Fit, float]]]:
    """Fit every constant; raises where an observation cannot be met."""
    held = dict(constants())
    wanted = fits(given.table.year, held["elasticity-within"], held["elasticity-between"])
    passed = passage(given.world.router, given.zones, given.year)
    payload = given.goods.payload_t_feu[:, None, None]
    zones = [zone.economy for zone in given.zones]
    elsewhere = np.array([code != LANDBRIDGE for code in zones])
    lorries = transit(
        given.world.network, passed, LANDBRIDGE, ("road",), elsewhere[:, None] & elsewhere[None, :]
    )
    worst = np.inf
    for _ in range(ROUNDS):
        own = given.valued({}, held)
        volume = own.feu(own.table.base.trade)
        by_zone, tonnes = split_ways(passed, own.goods, own.tastes, own.masses, volume * payload)
        seen = Seen(
            View(own, tonnes / payload[:, None]),
            sum(float(f[used].sum()) for f, used in zip(by_zone, lorries, strict=True)) / 1e6,
        )
        found = [(each, each.model(seen)) for each in wanted]
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
        # Nor ships to economies without a sea, with a land leg over another economy.
        held["sea-landlocked"] = held["a-southern"] ** (-1.0 / held["elasticity-within"])
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
        elif row["id"] in ("a-southern", "sea-landlocked"):
            row |= {"rule": "as-the-middle-corridor", "confidence": "rule"}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


YEAR = load_base().year

if __name__ == "__main__":
    assert facts.rows("flows_observed")
    write(*fit(setting(World.base().at(YEAR), load_base())))
