"""What an outlook follows: names, units, and how each is measured on one year of one draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.assess.boxes import teu_of_feu
from landbridge.economy.results import Equilibrium
from landbridge.outlook.choice import Floats

if TYPE_CHECKING:
    from landbridge.outlook.parts import Layer, Parts


@dataclass(frozen=True, slots=True)
class Series:
    """One series of an outlook.

    Attributes
    ----------
    name, unit, what : for people and files
    counted : series of `flows_observed.csv` that it is joined to, the later first where one takes
        up another; none where nothing is counted
    raw : name of the measure it moves with
    """

    name: str
    unit: str
    what: str
    counted: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, eq=False)
class Flows:
    """Freight of a year.

    Attributes
    ----------
    feu : float64[S, E], FEU a year
    layer : the state of the network
    loads : float64[C], FEU a year over carriers watched
    border_factor : hours at borders over those of the facts
    queue_h : float64[2, E], hours of queues on top
    """

    feu: Floats
    layer: Layer
    loads: Floats
    border_factor: float
    queue_h: Floats


GATES = {
    "dostyk": ("alashankou-dostyk-trains",),
    "khorgos": ("khorgos-altynkol-trains",),
    "erenhot": ("erenhot-trains",),
    "manzhouli": ("manzhouli-trains",),
    "suifenhe": ("suifenhe-trains",),
}
"""Ways over a gate of China whose trains are counted."""


def raw_names(parts: Parts) -> tuple[str, ...]:
    """Names of what `measure` gives, in its order."""
    return (
        "china-europe-rail-teu",
        "china-eu-rail-teu",
        "hub-transit-teu",
        "caspian-teu",
        "caspian-mt",
        *(f"way-{way}-teu" for way in parts.sides.gates),
        "hub-share-overland",
        "co2-mt",
        "border-hours",
        *(f"trade-{pair}" for pair in parts.sides.trade),
        *(f"welfare-{group}" for group in parts.sides.groups),
        *(f"load-{carrier.id}" for carrier in parts.watched),
    )


def measure(
    parts: Parts, flows: Flows, now: Equilibrium, before: Equilibrium, scale: Floats
) -> Floats:
    """Every raw measure of a year, float64[M]."""
    sides, of = parts.sides, parts.goods.routed_as
    figures = dict(zip(parts.figures, flows.layer.figures, strict=True))
    feu = np.stack([flows.feu[of == k].sum(axis=0) for k in range(2)])
    tonnes = flows.feu * parts.goods.payload_t_feu[:, None]
    mass = np.stack([tonnes[of == k].sum(axis=0) for k in range(2)])
    of_feu = flows.feu * teu_of_feu(parts.goods)[:, parts.entries.way]
    by_class = np.stack([of_feu[of == k].sum(axis=0) for k in range(2)])
    teu = by_class.sum(axis=0)
    rail = sides.china_europe & sides.rail
    overland = feu * (sides.east_west & sides.land)
    boxes = feu[0] * rail
    hours = figures["border-hours"][0] * flows.border_factor + flows.queue_h[0]
    eu = sides.china_eu & sides.rail
    goods = list(parts.labels.goods)
    trade = now.trade[goods].sum(axis=0) * np.sqrt(np.outer(scale, scale)) / 1e3
    weight = before.income
    hat = now.real_income_hat / before.real_income_hat
    return np.array(
        [
            teu[rail].sum(),
            teu[eu].sum(),
            (by_class * figures["hub"])[:, sides.land & sides.not_hub].sum(),
            (by_class * figures["caspian"]).sum(),
            (mass * figures["caspian"]).sum() / 1e6,
            *(teu[way].sum() for way in sides.gates.values()),
            _ratio((overland * figures["hub"])[:, sides.not_hub].sum(), overland.sum()),
            (feu * flows.layer.co2_kg_feu).sum() / 1e9,
            _ratio((boxes * hours).sum(), boxes.sum()),
            *(trade[mask].sum() for mask in sides.trade.values()),
            *(
                100.0 * (_ratio(weight[g] @ hat[g], weight[g].sum()) - 1.0)
                for g in sides.groups.values()
            ),
            *(load / c.capacity_feu for load, c in zip(flows.loads, parts.watched, strict=True)),
        ]
    )


def _ratio(part: Any, whole: Any) -> float:
    """A share of what moves; NaN where nothing does, which no reader takes for a number."""
    return float(part / whole) if whole > 0.0 else float("nan")


def series(parts: Parts) -> tuple[Series, ...]:
    """Every series of an outlook, in order."""
    found = [
        Series(
            "china-europe-trains", "trains", "China–Europe trains a year as China Railway counts",
            ("china-europe-trains",), "china-europe-rail-teu",
        ),
        Series(
            "china-europe-teu", "TEU", "Containers on China–Europe trains",
            ("china-europe-teu",), "china-europe-rail-teu",
        ),
        Series(
            "china-eu-transit-teu", "TEU", "China–EU containers over the broad gauge",
            ("erai-transit-eu-teu",), "china-eu-rail-teu",
        ),
        Series(
            "kazakhstan-transit-teu", "TEU", "Containers in transit over Kazakhstan",
            ("kaz-transit-teu-ktz-2024", "kaz-transit-teu"), "hub-transit-teu",
        ),
        Series(
            "trans-caspian-teu", "TEU", "Containers on the Trans-Caspian route",
            ("titr-teu",), "caspian-teu",
        ),
        Series(
            "trans-caspian-mt", "Mt", "Freight on the Trans-Caspian route",
            ("titr-mt",), "caspian-mt",
        ),
    ]  # fmt: skip
    for way in parts.sides.gates:
        if way in GATES:
            what = f"China–Europe trains over {way}"
            found.append(Series(f"{way}-trains", "trains", what, GATES[way], f"way-{way}-teu"))
    told = {
        "hub-share-overland": ("share", "Kazakhstan's share of east–west overland containers"),
        "co2-mt": ("Mt", "Emissions of freight between economies, CO2e"),
        "border-hours": ("h", "Hours at borders of a China–Europe container by rail"),
    }
    found += [Series(name, unit, what, (), name) for name, (unit, what) in told.items()]
    for pair in parts.sides.trade:
        counted = "china-kaz-trade-gacc" if pair == "CHN-KAZ" else f"trade-{pair.lower()}"
        what = f"Goods trade {pair}, both ways, current USD"
        found.append(Series(f"trade-{pair}", "bn USD", what, (counted,), f"trade-{pair}"))
    for group in parts.sides.groups:
        what = f"Real income of {group} against the base network and policy"
        found.append(Series(f"welfare-{group}", "%", what, (), f"welfare-{group}"))
    for carrier in parts.watched:
        what = f"Load of {carrier.name} over its published capacity"
        found.append(Series(f"load-{carrier.id}", "share", what, (), f"load-{carrier.id}"))
    return tuple(found)
