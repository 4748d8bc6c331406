"""Levers of transport: what they change on the edges, and what they refuse before computing."""

from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from landbridge import facts
from landbridge.economy.table.labels import labels
from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.corridor import gates_to_shut
from landbridge.levers.effects import CapacityEffect, EdgeEffect, WayEffect
from landbridge.levers.kinds import KINDS, lever_from, schema
from landbridge.levers.lever import Stage
from landbridge.network.graph import Mode
from landbridge.routing.corridors import corridors
from landbridge.routing.metrics import edge_metrics
from landbridge.routing.rates.borders import crossing_terms
from landbridge.routing.rates.cargo import cargo_class
from small_network import chain, numbers

YEAR = 2025
DOSTYK = numbers("crossings")["rail-alashankou-dostyk"]
NETWORK = chain()
STAGE = Stage(YEAR, NETWORK, SimpleNamespace(labels=labels()))
TRANSPORT = (
    "crossing",
    "section",
    "terminal",
    "corridor",
    "freight_rate",
    "chokepoint",
    "digital_customs",
    "carbon_price",
)


def lever(kind, **fields):
    return lever_from({"kind": kind, "source": "a test", **fields})


def problems(kind, **fields):
    return list(lever(kind, **fields).problems(STAGE))


def effects(kind, **fields):
    made = lever(kind, **fields)
    assert list(made.problems(STAGE)) == []
    return list(made.effects(STAGE))


@cache
def _base():
    return edge_metrics(NETWORK, YEAR, cargo_class())


def before():
    base = _base()
    return SimpleNamespace(
        time_h=base.time_h.astype(float),
        sd_h=np.sqrt(base.var_h2.astype(float)),
        cost=base.cost_usd_feu.astype(float),
        co2=base.co2_kg_feu.astype(float),
        open=base.open.copy(),
    )


def after(changes):
    """The edges with the effects applied as their documentation says, float[2, m]."""
    now, base = before(), before()
    for change in changes:
        if not isinstance(change, EdgeEffect):
            continue
        ways = {"both": [0, 1], "forward": [0], "backward": [1]}[change.direction]
        at = np.ix_(ways, change.edges)
        now.time_h[at] = now.time_h[at] * change.time_factor + change.time_add_h
        now.sd_h[at] *= change.sd_factor
        now.cost[at] = now.cost[at] * change.cost_factor + change.cost_add_usd_feu
        now.cost[at] += change.cost_usd_per_co2_kg * base.co2[at]
        if change.open is not None:
            now.open[at] = change.open
    now.cost = np.maximum(now.cost, 0.0)
    return now


def untouched(now, base, *edges):
    rest = np.setdiff1d(np.arange(NETWORK.n_edges), edges)
    for name in ("time_h", "sd_h", "cost", "open"):
        assert np.array_equal(getattr(now, name)[:, rest], getattr(base, name)[:, rest])


def test_the_hours_of_a_crossing_become_those_asked_for():
    base, now = before(), after(effects("crossing", crossing="Dostyk", hours=12))
    waited = crossing_terms(YEAR).time_h[:, DOSTYK]
    assert now.time_h[:, 1] - (base.time_h[:, 1] - waited) == pytest.approx(12.0)
    assert now.cost[:, 1] == pytest.approx(base.cost[:, 1])
    untouched(now, base, 1)


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        ({"hours_factor": 0.5}, lambda old: old / 2),
        ({"hours_add": 6}, lambda old: old + 6),
        ({"hours_add": -1000}, lambda old: old * 0),
        ({"hours": 0}, lambda old: old * 0),
    ],
)
def test_hours_may_be_a_factor_or_a_difference_and_never_fall_below_none(fields, hours):
    base, now = before(), after(effects("crossing", crossing="rail-alashankou-dostyk", **fields))
    waited = crossing_terms(YEAR).time_h[:, DOSTYK]
    assert now.time_h[:, 1] - base.time_h[:, 1] == pytest.approx(hours(waited) - waited)
    assert (now.time_h > 0).all()


@pytest.mark.parametrize(("direction", "way"), [("a_to_b", 0), ("b_to_a", 1)])
def test_a_direction_is_along_the_edge_or_back(direction, way):
    base = before()
    now = after(effects("crossing", crossing="Dostyk", hours_add=5, direction=direction))
    assert now.time_h[way, 1] - base.time_h[way, 1] == pytest.approx(5)
    assert now.time_h[1 - way, 1] == base.time_h[1 - way, 1]
    now = after(effects("crossing", crossing="Dostyk", open=False, direction=direction))
    assert not now.open[way, 1]
    assert now.open[1 - way, 1] == base.open[1 - way, 1]


@given(st.floats(0.0, 4.0))
def test_the_spread_of_a_crossing_changes_and_that_of_running_stays(factor):
    base = before()
    now = after(effects("crossing", crossing="rail-alashankou-dostyk", sd_factor=factor))
    crossing = crossing_terms(YEAR).var_h2[:, DOSTYK]
    running = base.sd_h[:, 1] ** 2 - crossing
    assert now.sd_h[:, 1] ** 2 == pytest.approx(running + crossing * factor**2, rel=1e-5, abs=1e-3)


def test_a_blank_spread_follows_the_hours():
    follows = after(effects("crossing", crossing="Dostyk", hours_factor=0.5))
    asked = after(effects("crossing", crossing="Dostyk", sd_factor=0.5))
    assert follows.sd_h[:, 1] == pytest.approx(asked.sd_h[:, 1])


def test_payments_and_room_of_a_crossing():
    base = before()
    paid = crossing_terms(YEAR).cost_usd_feu[:, DOSTYK]
    now = after(effects("crossing", crossing="rail-alashankou-dostyk", cost_usd_feu=1000))
    assert now.cost[:, 1] - base.cost[:, 1] == pytest.approx(1000 - paid)
    now = after(effects("crossing", crossing="rail-alashankou-dostyk", cost_factor=0))
    assert now.cost[:, 1] - base.cost[:, 1] == pytest.approx(-paid)
    made = effects("crossing", crossing="rail-alashankou-dostyk", capacity_factor=2)
    assert made == [CapacityEffect("crossings", "rail-alashankou-dostyk", factor=2.0)]
    made = effects("crossing", crossing="rail-alashankou-dostyk", capacity_feu_year=5e5)
    assert made[0].feu_per_year == 5e5


def test_a_section_is_shut_and_opened_whatever_its_year():
    assert not after(effects("section", section="dostyk-moiynty-second-track",
                             change="closed")).open[:, 2].any()  # fmt: skip
    opened = Stage(2005, *_laid("bakhty-ayagoz"))
    (effect,) = lever("section", section="Bakhty-Ayagoz", change="open").effects(opened)
    assert effect.open is True
    assert effect.edges.tolist() == [2]


def _laid(section):
    """The chain with another section on its third edge."""
    from dataclasses import replace

    rows = NETWORK.edge_section.copy()
    rows[2] = numbers("sections")[section]
    return replace(NETWORK, edge_section=rows), STAGE.table


def test_a_second_track_has_the_published_room_of_its_section_and_the_default_speed():
    made = effects("section", section="dostyk-moiynty-second-track", change="second_track")
    assert CapacityEffect("sections", "dostyk-moiynty-second-track", factor=5.0) in made
    base, now = before(), after(made)
    speed = facts.by_id("lever_defaults")["second-track-speed"].value
    assert now.time_h[:, 2] == pytest.approx(base.time_h[:, 2] / speed)
    untouched(now, base, 2)


@given(st.floats(0.2, 5.0))
def test_a_faster_section_takes_less_time_by_the_same_factor(speed):
    base = before()
    now = after(effects("section", section="dostyk-moiynty-second-track", change="upgrade",
                        speed_factor=speed, capacity_factor=1))  # fmt: skip
    assert now.time_h[:, 2] == pytest.approx(base.time_h[:, 2] / speed)


def test_a_section_with_a_crossing_on_it_keeps_the_hours_of_the_border():
    from dataclasses import replace

    rows = NETWORK.edge_section.copy()
    rows[1] = rows[2]
    network = replace(NETWORK, edge_section=rows)
    base = before()
    made = lever("section", section="dostyk-moiynty-second-track", change="upgrade",
                 speed_factor=2, cost_factor=0.5)  # fmt: skip
    made = made.effects(replace(STAGE, network=network))
    now, terms = after(made), crossing_terms(YEAR)
    for got, old, border in (
        (now.time_h, base.time_h, terms.time_h),
        (now.cost, base.cost, terms.cost_usd_feu),
    ):
        kept = border[:, DOSTYK]
        assert got[:, 1] == pytest.approx((old[:, 1] - kept) / 2 + kept, rel=1e-5)


def test_a_terminal_is_quicker_or_shut_with_all_that_meets_there():
    base, now = before(), after(effects("terminal", terminal="aktau-port", hours_factor=0.5))
    assert now.time_h[:, 3:5] == pytest.approx(base.time_h[:, 3:5] / 2)
    untouched(now, base, 3, 4)
    now = after(effects("terminal", terminal="aktau-port", open=False))
    assert not now.open[:, 3:6].any()
    untouched(now, base, 3, 4, 5)
    (room,) = effects("terminal", terminal="aktau-port", capacity_factor=3)
    assert room == CapacityEffect("terminals", "aktau-port", factor=3.0)


@given(st.floats(0.1, 5.0))
def test_a_freight_rate_leaves_payments_at_the_border(factor):
    if factor == 1.0:
        return
    base, now = before(), after(effects("freight_rate", modes=["rail"], factor=factor))
    paid = crossing_terms(YEAR).cost_usd_feu[:, DOSTYK]
    assert now.cost[:, 2] == pytest.approx(base.cost[:, 2] * factor, rel=1e-5)
    run = base.cost[:, 1] - paid
    assert now.cost[:, 1] == pytest.approx(run * factor + paid, rel=1e-5)
    untouched(now, base, 0, 1, 2)


def test_a_freight_rate_keeps_to_its_territory_and_sea_has_none():
    base, now = (
        before(),
        after(effects("freight_rate", modes=["rail"], factor=2, economies=["KAZ"])),
    )
    untouched(now, base, 2)
    (problem,) = problems("freight_rate", modes=["rail", "sea"], factor=2, economies=["KAZ"])
    assert "sea lies in no economy" in problem
    doubled = after(effects("freight_rate", modes=["sea"], factor=2))
    assert doubled.cost[:, 7] == pytest.approx(base.cost[:, 7] * 2, rel=1e-5)


def test_a_passage_is_shut_or_makes_ships_wait():
    base = before()
    assert not after(effects("chokepoint", chokepoint="Suez", open=False)).open[:, 7].any()
    now = after(effects("chokepoint", chokepoint="Suez", wait_h=48, cost_usd_feu=300))
    assert now.time_h[:, 7] - base.time_h[:, 7] == pytest.approx(48)
    assert now.cost[:, 7] - base.cost[:, 7] == pytest.approx(300)
    untouched(now, base, 7)


def test_a_rail_gate_acts_on_its_crossings():
    now = after(effects("chokepoint", chokepoint="Dzungarian Gate", open=False))
    assert not now.open[:, 1].any()
    (problem,) = problems("chokepoint", chokepoint="volga-don", open=False)
    assert problem == "no lane of the network passes Volga-Don Canal"


def test_a_way_passes_the_gate_of_a_strait_once(world):
    """So a wait on every edge of the gate is met once for each passage."""
    network = world.network
    edges = np.flatnonzero(network.edge_mode == Mode.SEA)
    edges = edges[np.argsort(network.edge_length_km[edges], kind="stable")]
    ends = np.sort(np.stack([network.edge_tail[edges], network.edge_head[edges]]), axis=0)
    ends, first = np.unique(ends, axis=1, return_index=True)
    edges = edges[first]
    nodes, places = np.unique(ends, return_inverse=True)
    tail, head = places.reshape(2, -1)
    shape = (len(nodes), len(nodes))
    km = sp.csr_matrix((network.edge_length_km[edges], (tail, head)), shape)
    number = sp.csr_matrix((np.arange(len(edges)) + 1, (tail, head)), shape)
    number = (number + number.T).tocsr()
    sources = np.linspace(0, len(nodes) - 1, 6).astype(int)
    _, came = dijkstra(km, directed=False, indices=sources, return_predecessors=True)
    met = set()
    for row in came:
        for end in range(0, len(nodes), 97):
            gates, node = [], end
            while row[node] >= 0:
                edge = edges[number[row[node], node] - 1]
                if network.edge_chokepoint[edge] >= 0:
                    gates.append(int(network.edge_chokepoint[edge]))
                node = row[node]
            assert len(gates) == len(set(gates))
            met.update(gates)
    assert {numbers("chokepoints")[name] for name in ("suez", "malacca", "cape")} <= met


def test_digital_customs_shortens_the_crossings_of_its_economies():
    base, now = before(), after(effects("digital_customs", economies=["KAZ"], hours_factor=0.5))
    for edge, name in ((1, "rail-alashankou-dostyk"), (5, "ferry-aktau-alat")):
        waited = crossing_terms(YEAR).time_h[:, numbers("crossings")[name]]
        assert base.time_h[:, edge] - now.time_h[:, edge] == pytest.approx(waited / 2, rel=1e-5)
    untouched(now, base, 1, 5)
    between = effects("digital_customs", economies=["KAZ", "CHN"], between=True, hours_factor=0.5)
    assert {e for effect in between for e in effect.edges.tolist()} == {1}
    assert not problems("digital_customs", economies=["EAEU", "CHN"], modes=["rail"])


def test_digital_customs_without_sizes_takes_the_published_ones():
    made = lever("digital_customs", economies=["KAZ"], modes=["rail"])
    base, now = before(), after(made.effects(STAGE))
    size = facts.by_id("lever_defaults")["digital-customs-hours-rail"].value
    waited = crossing_terms(YEAR).time_h[:, DOSTYK]
    assert now.time_h[:, 1] - base.time_h[:, 1] == pytest.approx((size - 1) * waited, rel=1e-5)
    assert made.describe() == "digital customs at the borders of KAZ by rail: hours -19 %"


def test_digital_customs_leaves_borders_without_customs(world):
    made = lever("digital_customs", economies=["EAEU"], between=True)
    (problem,) = made.problems(Stage(YEAR, world.network, STAGE.table))
    assert "no listed crossing with customs" in problem


def test_a_carbon_price_charges_what_is_emitted_where_it_holds():
    base, now = before(), after(effects("carbon_price", usd_t=100, economies=["KAZ"]))
    land = NETWORK.edge_economy == NETWORK.economies.index("KAZ")
    assert now.cost[:, land] - base.cost[:, land] == pytest.approx(base.co2[:, land] / 10, rel=1e-5)
    untouched(now, base, *np.flatnonzero(land))
    everywhere = after(effects("carbon_price", usd_t=100))
    assert everywhere.cost - base.cost == pytest.approx(base.co2 / 10, rel=1e-4, abs=1e-6)


def test_a_subsidy_is_paid_to_every_way_of_the_family_and_may_be_a_charge():
    (paid,) = effects("corridor", corridor="northern", subsidy_usd_feu=2500)
    assert paid == WayEffect(("dostyk", "khorgos"), -2500.0)
    (ended,) = effects("corridor", corridor="northern", subsidy_usd_feu=-2500)
    assert ended == WayEffect(("dostyk", "khorgos"), 2500.0)
    made = lever("corridor", corridor="northern", subsidy_usd_feu=-2500)
    assert made.describe().endswith("2,500 USD of subsidy less per FEU")
    found = problems("corridor", corridor="china-indochina", subsidy_usd_feu=100)
    assert any("no way of ways.csv" in problem for problem in found)


def test_a_corridor_is_shut_at_the_gates_that_others_need_least():
    by_id = {way.id: way for way in corridors()}
    for way in corridors():
        if way.gates:
            group = set(gates_to_shut(way))
            kin = [w for w in corridors() if w.family == way.family]
            assert any(group == set(g) for w in kin for g in w.gates)
    northern = set(gates_to_shut(by_id["northern"]))
    assert northern == set(by_id["new-eurasian-land-bridge"].gates[1])
    middle = after(effects("corridor", corridor="middle", open=False))
    assert not middle.open[:, 5].any()
    untouched(middle, before(), 5)


def test_every_other_corridor_survives_but_those_that_need_the_same_gates():
    """No choice of a group of its own would have closed fewer corridors of other families."""
    for way in corridors():
        others = [w for w in corridors() if w.family != way.family]

        def lost(group, others=others):
            return sum(any(set(g) <= set(group) for g in w.gates) for w in others)

        if way.gates:
            assert lost(gates_to_shut(way)) <= min(lost(group) for group in way.gates)


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("crossing", {"crossing": "Dostyk"}, "nothing is changed"),
        ("crossing", {"crossing": "Dostik-Alashankou", "hours": 1}, "did you mean"),
        ("crossing", {"crossing": "Dostyk", "hours": 1, "hours_add": 1}, "contradict each other"),
        ("crossing", {"crossing": "Dostyk", "hours": 1, "open": False}, "nothing to change"),
        ("crossing", {"crossing": "Dostyk", "hours": -1}, "hours is -1"),
        ("crossing", {"crossing": "Dostyk", "capacity_factor": 0}, "must be above 0"),
        (
            "crossing",
            {"crossing": "Dostyk", "capacity_factor": 2, "direction": "a_to_b"},
            "both directions",
        ),
        (
            "crossing",
            {"crossing": "Dostyk", "hours": 1, "from_year": 2030, "to_year": 2020},
            "from_year 2030 is after to_year 2020",
        ),
        ("crossing", {"crossing": "rail-khorgos-altynkol", "hours": 1}, "lies on no line"),
        (
            "section",
            {"section": "kerung-kathmandu", "change": "open"},
            "lies on no line of the network",
        ),
        (
            "section",
            {"section": "dostyk-moiynty-second-track", "change": "open"},
            "works already",
        ),
        ("terminal", {"terminal": "Aktau Prot", "hours_factor": 1}, "did you mean"),
        ("freight_rate", {"modes": ["rial"], "factor": 2}, "did you mean 'rail'"),
        ("freight_rate", {"modes": ["rail"], "factor": 1}, "factor is 1"),
        ("chokepoint", {"chokepoint": "Suez", "wait_h": -1}, "wait_h is -1"),
        ("digital_customs", {"economies": []}, "economies is empty"),
        ("digital_customs", {"economies": ["KAZ"], "modes": ["sea"]}, "no customs posts"),
        ("carbon_price", {"usd_t": 0}, "usd_t is 0"),
        ("carbon_price", {"usd_t": 10, "economies": ["Kazakstan"]}, "did you mean"),
        ("corridor", {"corridor": "nothern", "open": False}, "did you mean 'northern'"),
        ("corridor", {"corridor": "air", "capacity_factor": 2}, "has no gates"),
        ("corridor", {"corridor": "manzhouli", "open": False}, "lies on a line"),
    ],
)
def test_what_cannot_be_is_said_before_computing(kind, fields, said):
    found = problems(kind, **fields)
    assert any(said in problem for problem in found), found
    assert lever(kind, **fields).describe()


@pytest.mark.parametrize(
    ("kind", "fields", "phrase"),
    [
        ("crossing", {"crossing": "rail-khorgos-altynkol", "hours": {"value": 12, "low": 8,
         "high": 20}}, "Khorgos–Altynkol: 12 (8 to 20) hours to pass"),
        ("section", {"section": "dostyk-moiynty-second-track", "change": "closed"},
         "Dostyk-Moiynty second track: closed"),
        ("terminal", {"terminal": "aktau-port", "capacity_factor": 3},
         "Aktau: 3 times the capacity"),
        ("corridor", {"corridor": "manzhouli", "open": False},
         "China-Mongolia-Russia Economic Corridor (Manzhouli): shut at rail-manzhouli-zabaikalsk"),
        ("freight_rate", {"modes": ["sea", "air"], "factor": 1.5},
         "sea and air freight rates +50 %"),
        ("chokepoint", {"chokepoint": "malacca", "wait_h": 24},
         "Strait of Malacca: 24 hours of waiting more"),
        ("carbon_price", {"usd_t": 80, "modes": ["sea"]}, "80 USD per tonne of CO2 on sea"),
    ],
)  # fmt: skip
def test_a_lever_says_what_it_does(kind, fields, phrase):
    assert lever(kind, **fields).describe() == phrase


def test_every_kind_has_a_form_and_asks_for_a_source():
    assert set(TRANSPORT) <= set(KINDS)
    for kind in TRANSPORT:
        form = schema(kind)
        assert "source" in form["required"]
        assert form["properties"]["kind"]["const"] == kind
        with pytest.raises(InputError, match="lacks the field source"):
            lever_from({"kind": kind})


def test_a_misspelt_kind_or_field_is_answered_with_the_closest():
    with pytest.raises(UnknownNameError, match="did you mean 'crossing'"):
        lever_from({"kind": "crosing", "source": "a test"})
    with pytest.raises(InputError, match=r"unknown field of crossing 'hour'; .*'hours'"):
        lever_from({"kind": "crossing", "source": "a test", "crossing": "Dostyk", "hour": 3})
    with pytest.raises(InputError, match="low, value and high must ascend"):
        lever_from({"kind": "carbon_price", "source": "a test",
                    "usd_t": {"value": 1, "low": 2, "high": 3}})  # fmt: skip


def test_drawn_levers_are_certain_and_follow_their_interval():
    made = lever("crossing", crossing="Dostyk", hours={"value": 12, "low": 8, "high": 20})
    assert made.uncertain == ("hours",)
    drawn = made.drawn({"hours": 0.95})
    assert drawn.hours.value == pytest.approx(20)
    assert drawn.uncertain == ()


def test_sizes_taken_from_the_tables_are_drawn_with_their_interval():
    doubled = lever("section", section="jinghe-alashankou-second-track", change="second_track")
    assert doubled.uncertain == ("speed_factor", "capacity_factor")
    assert doubled.capacity_factor.high == 5.0
    ready = lever("section", section="dostyk-moiynty-second-track", change="second_track")
    assert ready.uncertain == ("speed_factor",)
    by_rail = lever("digital_customs", economies=["KAZ"], modes=["rail", "ferry"])
    assert by_rail.uncertain == ("hours_factor",)
    anyhow = lever("digital_customs", economies=["KAZ"])
    assert anyhow.uncertain == ()
    assert "hours by rail -19 %" in anyhow.describe()


def test_defaults_are_ordered_and_say_what_they_rest_on():
    for row in facts.rows("lever_defaults"):
        assert 0 < row.low <= row.value <= row.high
        assert row.confidence == "derived"
        assert row.address
        assert len(row.computed_from) > 40
