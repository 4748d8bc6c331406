"""A small made-up world with all that an outlook draws on, for tests that take no network."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from landbridge.assess.goods import goods_of
from landbridge.assess.views import View
from landbridge.economy.synthetic import synthetic_world
from landbridge.economy.table.elasticities import trade_elasticities
from landbridge.economy.table.labels import labels
from landbridge.levers.effects import TariffEffect
from landbridge.outlook.choice import Entries
from landbridge.outlook.parts import Layer, Parts, Policy, _sides
from landbridge.outlook.spec import checked
from landbridge.outlook.states import StateName, Watched
from landbridge.outlook.unknowns import LEVELS
from landbridge.routing.choice.tastes import tastes
from landbridge.routing.choice.ways import ways

CODES = ("CHN", "KAZ", "RUS", "DEU", "AZE", "USA")
FIGURES = ("hub", "caspian", "border-hours", "rail-alashankou-dostyk")


def small_parts(scenarios=("baseline",), to=2030, as_of=None, hazards=None, seed=0):
    """Parts of six economies with made-up ways; a scenario other than the baseline is a tariff."""
    rng = np.random.default_rng(seed)
    spec = checked(list(scenarios), to, as_of, hazards)
    named = replace(labels(), economies=CODES)
    base = synthetic_world(len(CODES), len(named.sectors), seed=3)
    base = replace(base, theta=trade_elasticities().theta)
    table = SimpleNamespace(
        year=2023,
        labels=named,
        base=base,
        products={name: np.zeros(len(CODES)) for name in ("crude", "gas", "coal")},
    )
    goods = goods_of(table)
    flies = getattr(goods, "urgent", goods.flies)
    own = tastes(goods.vot_usd_h, list(flies))
    count, n_ways = len(CODES), len(ways())
    used = rng.random((n_ways, count, count)) < 0.5
    used[0] = True
    used[:, np.arange(count), np.arange(count)] = False
    entries = Entries.where(used, own.nest)
    sectors, pairs = len(goods.id), count * count
    weight = rng.random((sectors, len(entries.way)))
    total = np.zeros((sectors, pairs))
    for e, p in enumerate(entries.pair):
        total[:, p] += weight[:, e]
    share = weight / total[:, entries.pair]

    def layer(times):
        size = (2, len(entries.way))
        figures = rng.random((len(FIGURES), *size))
        figures[FIGURES.index("border-hours")] *= 60.0
        return Layer(
            times=times,
            money_usd_feu=rng.uniform(2000, 6000, size),
            time_h=rng.uniform(200, 900, size),
            sd_h=rng.uniform(10, 90, size),
            co2_kg_feu=rng.uniform(500, 3000, size),
            figures=figures,
        )

    states = {StateName(2023)} | {
        StateName(spec.known.network_year(y)) for y in (spec.known.as_of, *spec.years)
    }
    layers = {
        name: layer(np.exp(0.05 * rng.standard_normal(share.shape)))
        for name in sorted(states, key=str)
    }
    layers[StateName(2023)] = replace(layers[StateName(2023)], times=np.ones(share.shape))
    tariff = TariffEffect(("DEU",), ("CHN",), add=0.1)
    nothing = Policy(None, ((),) * LEVELS)
    policies = {
        (name, year): nothing if name == "baseline" else Policy(None, ((tariff,),) * LEVELS)
        for name in spec.scenarios
        for year in spec.years
    }
    events = {}
    for event in spec.known.hazards:
        state = StateName(2023, event)
        shut = rng.random(len(entries.way)) < 0.05
        shut[entries.way == 0] = False
        layers[state] = replace(
            layers[StateName(2023)], times=np.where(shut, np.inf, np.ones(share.shape))
        )
        events[event] = Policy(state, ((),) * LEVELS)
    given = SimpleNamespace(table=table, goods=goods)
    return Parts(
        spec=spec,
        base_year=2023,
        base=base,
        labels=named,
        goods=goods,
        tastes=own,
        entries=entries,
        share=share,
        cost_usd_feu=rng.uniform(3000, 9000, (sectors, pairs)),
        layers=layers,
        figures=FIGURES,
        watched=(Watched("rail-alashankou-dostyk", "Dostyk", 50_000.0, 20.0),),
        policies=policies,
        events=events,
        sides=_sides(View(given, np.empty(0)), entries, np.ones((count, count), bool)),
    )
