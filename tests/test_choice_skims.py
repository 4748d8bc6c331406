"""Skims of ways: every trip is one that the network has, over its gate, by its doors."""

import numpy as np
import pytest

from landbridge import facts
from landbridge.assess.edges import change_of
from landbridge.errors import InputError
from landbridge.levers.effects import EdgeEffect
from landbridge.network.graph import Mode
from landbridge.routing import cch
from landbridge.routing.alternatives import DETOUR_LIMIT
from landbridge.routing.choice.doors import FIGURES, doors_of, passes_of
from landbridge.routing.choice.skims import skim_ways
from landbridge.routing.choice.ways import between_sides, in_scope, ways
from landbridge.routing.metrics import generalised
from landbridge.routing.question import Question
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.skim import Zone, skim

YEAR = 2023
CITIES = (
    "Almaty", "Moscow", "Berlin", "Xi'an", "Urumqi", "Chongqing", "Harbin", "Tbilisi", "Baku",
    "Tashkent", "Tehran", "Ulaanbaatar", "Vladivostok", "Hanoi", "Tokyo", "Istanbul",
)  # fmt: skip
BY_ID = {way.id: way for way in ways()}
GATED = [way.id for way in ways() if way.gates]
ROWS = facts.rows("crossings")
BUILT = {k for k, row in enumerate(ROWS) if row.status != "planned"}
each_way = pytest.mark.parametrize("name", list(BY_ID))
SINGLE = 2e-4
"""Single precision along thousands of edges."""


@pytest.fixture(scope="module")
def cities(world):
    found = [world.place(name) for name in CITIES]
    return tuple(Zone(p.ref, p.name, p.economy, p.lat, p.lon, 1) for p in found)


@pytest.fixture(scope="module")
def bundles(world, cities):
    return skim_ways(world.router, cities, ways(), YEAR, "general")


def found(bundles, name):
    """Bundle and skim of a way."""
    return next((b, s) for b in bundles for s in b.skims if s.way.id == name)


def edges_of(bundle, skim, i, j):
    """Edges of a pair's trip, and whether each is gone along from its tail to its head."""
    doors, passes = len(bundle.doors.node), len(bundle.passes.edge)
    start, end, gate = skim.start[i, j], skim.end[i, j], skim.gate[i, j]
    through = [(start, doors + gate), (doors + passes + gate, end)]
    legs = through if gate >= 0 else [(start, end)]
    paths = [
        cch.shortest_path(bundle.metric, [bundle.nodes[a]], None, [bundle.nodes[b]], None)
        for a, b in legs
    ]
    edges, forward = [p.edges for p in paths], [p.forward for p in paths]
    if gate >= 0:
        edges.insert(1, bundle.passes.edge[[gate]])
        forward.insert(1, bundle.passes.forward[[gate]])
    return np.concatenate(edges), np.concatenate(forward)


def sample(open_, count=25):
    """Some open pairs, the same each time."""
    pairs = np.argwhere(open_)
    rng = np.random.default_rng(len(pairs))
    return pairs[rng.permutation(len(pairs))[:count]]


# What every way is


def test_every_way_is_skimmed_once(bundles):
    assert sorted(s.way.id for b in bundles for s in b.skims) == sorted(BY_ID)


def test_ways_that_ask_the_same_share_a_hierarchy(bundles):
    assert len({b.question for b in bundles}) == len(bundles) < len(BY_ID)
    assert len({id(found(bundles, name)[0]) for name in GATED}) == 1


@each_way
def test_figures_doors_and_gates_are_there_together_or_not_at_all(bundles, name):
    bundle, skim = found(bundles, name)
    open_ = np.isfinite(skim.time_h)
    assert open_.any() == (not skim.way.gates or not BUILT.isdisjoint(skim.way.gates))
    for figure in FIGURES:
        values = getattr(skim, figure)
        assert values.dtype == np.float32
        assert (np.isfinite(values) == open_).all(), figure
        assert (values[open_] >= 0).all(), figure
    assert ((skim.start >= 0) == open_).all()
    assert ((skim.end >= 0) == open_).all()
    assert ((skim.gate >= 0) == (open_ if skim.way.gates else np.zeros_like(open_))).all()
    assert skim.start.max() < len(bundle.doors.node)
    assert skim.gate.max() < len(bundle.passes.edge)


@each_way
def test_trips_start_and_end_at_doors_of_their_zones(bundles, name):
    bundle, skim = found(bundles, name)
    rows, columns = np.nonzero(np.isfinite(skim.time_h))
    assert (bundle.doors.owner[skim.start[rows, columns]] == rows).all()
    assert (bundle.doors.owner[skim.end[rows, columns]] == columns).all()


@each_way
def test_a_way_is_open_in_its_scope_alone(bundles, cities, name):
    _, skim = found(bundles, name)
    scope = in_scope(skim.way, tuple(zone.economy for zone in cities))
    if scope is None:
        assert skim.way.scope == "all"
    else:
        assert not np.isfinite(skim.time_h)[~scope].any()


@each_way
def test_the_figures_are_the_sums_along_the_trip(world, bundles, name):
    bundle, skim = found(bundles, name)
    edges_take = world.router.edge_metrics(YEAR, "general")
    for i, j in sample(np.isfinite(skim.time_h), 12):
        edges, forward = edges_of(bundle, skim, i, j)
        ends = bundle.doors.figures[:, [skim.start[i, j], skim.end[i, j]]].sum(axis=1)
        for k, figure in enumerate(FIGURES):
            each = getattr(edges_take, figure)
            both = np.stack([each, each]) if each.ndim == 1 else each
            along = np.where(forward, both[0][edges], both[1][edges])
            total = along.sum(dtype=np.float64) + ends[k]
            assert getattr(skim, figure)[i, j] == pytest.approx(total, rel=SINGLE), figure


@each_way
def test_a_trip_keeps_to_its_modes_and_out_of_what_it_avoids(world, bundles, name):
    bundle, skim = found(bundles, name)
    network = world.network
    codes = np.array([*network.economies, ""])
    for i, j in sample(np.isfinite(skim.time_h)):
        edges, _ = edges_of(bundle, skim, i, j)
        assert {Mode(m) for m in network.edge_mode[edges]} <= {*skim.way.modes, Mode.TRANSFER}
        assert not {*codes[network.edge_economy[edges]]} & skim.way.avoid


@each_way
def test_a_trip_uses_what_its_way_needs(world, bundles, name):
    bundle, skim = found(bundles, name)
    needed = skim.way.needed(world.network)
    if needed is None:
        assert skim.way.needs is None
        return
    for i, j in sample(np.isfinite(skim.time_h)):
        edges, _ = edges_of(bundle, skim, i, j)
        assert needed[edges].any()


def test_without_what_it_needs_a_way_is_not_itself(bundles, cities):
    """From Almaty to Tashkent by rail there is no ferry, and no Iran."""
    names = [zone.name for zone in cities]
    i, j = names.index("Almaty"), names.index("Tashkent")
    for name in ("middle", "southern"):
        _, skim = found(bundles, name)
        assert np.isnan(skim.time_h[i, j])
        assert np.isfinite(skim.time_h).any()
    assert np.isfinite(found(bundles, "rail-broad")[1].time_h[i, j])


# Gates


@pytest.mark.parametrize("name", GATED)
def test_a_trip_passes_its_gate_once_and_no_other_border_between_the_sides(world, bundles, name):
    """Urümqi to Almaty over Erenhot goes round by Mongolia, not over Khorgos and back."""
    bundle, skim = found(bundles, name)
    crossing = world.network.edge_crossing
    for i, j in np.argwhere(np.isfinite(skim.time_h)):
        edges, _ = edges_of(bundle, skim, i, j)
        passed = crossing[edges]
        [gate] = passed[np.isin(passed, between_sides("rail"))]
        assert gate in BUILT.intersection(skim.way.gates)


def test_cargo_by_sea_crosses_no_land_border_between_the_sides(world, bundles):
    bundle, skim = found(bundles, "sea")
    for i, j in np.argwhere(np.isfinite(skim.time_h)):
        edges, _ = edges_of(bundle, skim, i, j)
        passed = world.network.edge_crossing[edges]
        assert not np.isin(passed, between_sides("rail", "road")).any()


def test_no_way_on_the_ground_or_at_sea_is_three_times_the_shortest(bundles):
    """Lorries through third territories aside: they make nothing else a detour."""
    grounded = [s for b in bundles for s in b.skims if Mode.AIR not in s.way.modes]
    lengths = np.stack([s.distance_km for s in grounded])
    free = np.where(np.stack([s.third for s in grounded]) > 0, np.nan, lengths)
    limit = np.broadcast_to(DETOUR_LIMIT * np.fmin.reduce(free), lengths.shape)
    judged = np.isfinite(lengths) & np.isfinite(limit)
    assert (lengths[judged] <= limit[judged]).all()
    assert judged.sum() > 0.9 * np.isfinite(lengths).sum()


def test_a_lorry_notes_the_territories_between_and_nothing_else_does(bundles, cities):
    codes = [zone.economy for zone in cities]
    for bundle in bundles:
        for each in bundle.skims:
            assert each.way.by_lorry or not each.third.any()
            assert not each.third[~np.isfinite(each.time_h)].any()
    _, road = found(bundles, "road")
    near = codes.index("KAZ"), codes.index("RUS")
    assert np.isfinite(road.time_h[near])
    assert road.third[near] == 0


@pytest.mark.parametrize("name", GATED)
def test_going_west_leaves_china_and_going_east_enters_it(world, bundles, cities, name):
    bundle, skim = found(bundles, name)
    network = world.network
    china = network.economies.index("CHN")
    leaves = network.node_economy[bundle.passes.enter] == china
    eastern = np.array([z.economy in {"CHN", "VNM", "JPN"} for z in cities])
    rows, columns = np.nonzero(np.isfinite(skim.time_h))
    assert (eastern[rows] != eastern[columns]).all()
    assert (leaves[skim.gate[rows, columns]] == eastern[rows]).all()


def test_the_gate_of_a_trip_is_the_best_one_and_its_doors_too(world, bundles):
    """Weights of all doors and passes, compared one by one."""
    bundle, skim = found(bundles, "dostyk")
    doors, passes = len(bundle.doors.node), len(bundle.passes.edge)
    weight = cch.distances(bundle.metric, bundle.nodes, bundle.nodes)
    ahead, back = generalised(
        world.router.edge_metrics(YEAR, "general"), cargo_class("general"), "generalised"
    )
    over = np.where(bundle.passes.forward, ahead[bundle.passes.edge], back[bundle.passes.edge])
    own = np.flatnonzero(np.isin(world.network.edge_crossing[bundle.passes.edge], skim.way.gates))
    for i, j in sample(np.isfinite(skim.time_h), 30):
        best = min(
            bundle.doors.weight[a] + weight[a, doors + g] + over[g]
            + weight[doors + passes + g, b] + bundle.doors.weight[b]
            for a in np.flatnonzero(bundle.doors.owner == i)
            for b in np.flatnonzero(bundle.doors.owner == j)
            for g in own
        )  # fmt: skip
        a, b, g = skim.start[i, j], skim.end[i, j], skim.gate[i, j]
        taken = (
            bundle.doors.weight[a] + weight[a, doors + g] + over[g]
            + weight[doors + passes + g, b] + bundle.doors.weight[b]
        )  # fmt: skip
        assert taken == pytest.approx(best, rel=1e-6)


def test_passes_go_both_ways_over_the_edges_of_their_crossings(world):
    network = world.network
    gates = tuple(g for way in ways() for g in way.gates)
    passes = passes_of(network, gates)
    count = len(passes.edge) // 2
    assert count >= len(gates)
    assert set(network.edge_crossing[passes.edge]) == set(gates)
    assert (passes.enter[:count] == passes.leave[count:]).all()
    assert (passes.leave[:count] == passes.enter[count:]).all()
    assert passes.forward.tolist() == [True] * count + [False] * count


def test_no_gates_are_no_passes(world):
    assert len(passes_of(world.network, ()).edge) == 0


def test_a_gate_that_is_shut_shuts_its_way_alone(world, cities):
    """Trains of the others go on as before, which they would not if a gate were passed twice."""
    chosen = [BY_ID[name] for name in ("dostyk", "khorgos")]
    before = skim_ways(world.router, cities, chosen, YEAR, "general")
    edges = np.flatnonzero(np.isin(world.network.edge_crossing, BY_ID["khorgos"].gates))
    shut = world.router.changed(change_of([EdgeEffect(edges, open=False)]))
    after = skim_ways(shut, cities, chosen, YEAR, "general")
    assert np.isfinite(found(before, "khorgos")[1].time_h).any()
    assert not np.isfinite(found(after, "khorgos")[1].time_h).any()
    for figure in FIGURES:
        np.testing.assert_array_equal(
            getattr(found(after, "dostyk")[1], figure), getattr(found(before, "dostyk")[1], figure)
        )


def test_hours_added_at_a_gate_are_added_to_every_trip_over_it(world, cities):
    """The same two ways before and after, so that the same detours are left out."""
    edges = np.flatnonzero(np.isin(world.network.edge_crossing, BY_ID["dostyk"].gates))
    slow = world.router.changed(change_of([EdgeEffect(edges, time_add_h=7.0)]))
    chosen = [BY_ID[name] for name in ("dostyk", "khorgos")]
    before, after = (skim_ways(r, cities, chosen, YEAR, "general") for r in (world.router, slow))
    old, new = (found(b, "dostyk")[1].time_h for b in (before, after))
    open_ = np.isfinite(old)
    assert open_.any()
    np.testing.assert_allclose(new[open_] - old[open_], 7.0, atol=2e-2)
    np.testing.assert_array_equal(
        found(after, "khorgos")[1].time_h, found(before, "khorgos")[1].time_h
    )


# Beside the router


@pytest.mark.parametrize(
    ("start", "end", "way"),
    [
        ("Xi'an", "Moscow", "dostyk"),
        ("Chongqing", "Berlin", "dostyk"),
        ("Xi'an", "Moscow", "khorgos"),
        ("Xi'an", "Moscow", "erenhot"),
        ("Harbin", "Moscow", "manzhouli"),
    ],
)
def test_trips_are_those_of_the_router_with_the_other_gates_shut(
    world, cities, bundles, start, end, way
):
    names = [zone.name.replace("’", "'") for zone in cities]
    _, skim_of = found(bundles, way)
    i, j = names.index(start), names.index(end)
    shut = [ROWS[k].id for k in between_sides("rail") if k not in BY_ID[way].gates]
    answer = world.at(YEAR).route(start, end, modes="rail", avoid="IRN", close=shut)
    best = answer.routes[0]
    for figure in ("time_h", "distance_km", "cost_usd_feu", "co2_kg_feu"):
        assert getattr(skim_of, figure)[i, j] == pytest.approx(getattr(best, figure), rel=1e-3)


@pytest.mark.parametrize("name", ["sea", "road-east", "rail"])
def test_ways_without_gates_are_plain_skims_of_their_question(world, cities, bundles, name):
    bundle, of_way = found(bundles, name)
    plain = skim(world.router, cities, bundle.question, lambda stage, share: None)
    open_ = np.isfinite(of_way.time_h)
    for figure in ("time_h", "distance_km", "cost_usd_feu", "co2_kg_feu"):
        ours, theirs = getattr(of_way, figure), getattr(plain, figure)
        np.testing.assert_allclose(ours[open_], theirs[open_], rtol=SINGLE)


def test_the_middle_corridor_is_slower_than_the_northern_gates_and_keeps_off_russia(
    bundles, cities
):
    """To Istanbul by the Caspian it is the shorter way, to Berlin the longer."""
    names = [zone.name.replace("’", "'") for zone in cities]
    middle, dostyk = (found(bundles, name)[1] for name in ("middle", "dostyk"))
    east = names.index("Xi'an")
    to_berlin, to_istanbul = (east, names.index("Berlin")), (east, names.index("Istanbul"))
    if np.isfinite(middle.time_h[to_berlin]):
        assert middle.time_h[to_berlin] > dostyk.time_h[to_berlin]
    assert middle.distance_km[to_istanbul] < dostyk.distance_km[to_istanbul]


# Doors


def test_doors_are_the_access_of_the_zones_in_their_order(world, cities):
    question = Question(YEAR, modes=frozenset({Mode.RAIL}))
    doors = doors_of(world.router, cities, question)
    assert (np.diff(doors.owner) >= 0).all()
    owner = np.array(world.network.economies)[world.network.node_economy[doors.node]]
    assert owner.tolist() == [cities[k].economy for k in doors.owner]
    assert doors.figures.shape == (len(FIGURES), len(doors.node))
    assert (doors.weight > 0).all()
    # Money alone is less than the generalised cost.
    assert (doors.weight >= doors.figures[FIGURES.index("cost_usd_feu")] * (1 - 1e-6)).all()


def test_a_zone_without_a_line_has_no_door_and_no_trips(world, cities):
    island = Zone("x", "Reykjavík", "ISL", 64.15, -21.95, 1)
    [bundle] = skim_ways(world.router, (island, *cities[:3]), [BY_ID["rail"]], YEAR, "general")
    assert 0 not in bundle.doors.owner
    [skim_of] = bundle.skims
    assert np.isnan(skim_of.time_h[0]).all()
    assert np.isnan(skim_of.time_h[:, 0]).all()
    assert np.isfinite(skim_of.time_h[1:, 1:]).any()


def test_zones_without_any_line_at_all_are_refused(world):
    island = Zone("x", "Reykjavík", "ISL", 64.15, -21.95, 1)
    with pytest.raises(InputError, match="none of the zones has a line within reach"):
        skim_ways(world.router, (island,), [BY_ID["rail"]], YEAR, "general")


def test_bulk_is_skimmed_by_its_own_rates(world, cities, bundles):
    [bundle] = skim_ways(world.router, cities, [BY_ID["dostyk"]], YEAR, "bulk")
    bulk, general = bundle.skims[0], found(bundles, "dostyk")[1]
    both = np.isfinite(bulk.cost_usd_feu) & np.isfinite(general.cost_usd_feu)
    assert both.any()
    assert not np.allclose(bulk.cost_usd_feu[both], general.cost_usd_feu[both])
