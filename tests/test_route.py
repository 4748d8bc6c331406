"""Routes on the real network: exact, lawful at borders, obedient to what is asked."""

import itertools

import numpy as np
import pytest

from landbridge import facts
from landbridge.errors import InputError, LandbridgeError, UnknownNameError, UnreachableError
from landbridge.network.countries import countries
from landbridge.network.draft import NO_BORDER
from landbridge.network.graph import Mode
from landbridge.routing.cch import build_hierarchy, customise, distances, shortest_path
from landbridge.routing.corridors import corridors
from landbridge.routing.filters import parse_closed, parse_economies
from landbridge.routing.rates.lookup import constant
from landbridge.routing.results import Place
from landbridge.routing.route import Question, Router
from small_network import by_dijkstra, scattered

# Single precision rounds each addition by 6e-8; ways here have hundreds of additions.
RELATIVE = 1e-5

QUESTIONS = {
    "base": Question(2025),
    "fast apparel in 2017": Question(2017, "apparel", "time"),
    "cheap by land, sea and ferry": Question(
        2025, "grain", "cost", frozenset({Mode.RAIL, Mode.ROAD, Mode.SEA, Mode.FERRY})
    ),
    "closures, avoiding Russia": Question(2030, "general", "co2"),
}


def on(world, question):
    """The question, with what it closes and avoids understood by this network."""
    if question.year != 2030:
        return question
    names = "Suez, rail-alashankou-dostyk, aktau-port, Shalkar-Beineu"
    return Question(
        question.year,
        question.cargo,
        question.by,
        avoid=frozenset({world.network.economies.index("RUS")}),
        closed=parse_closed(names),
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_weights_of_ways_are_those_of_dijkstra(world, name):
    network, rng = world.network, np.random.default_rng(20 + len(name))
    metric = world.router.metric(on(world, QUESTIONS[name]))
    sources, targets = rng.integers(0, network.n_nodes, 6), rng.integers(0, network.n_nodes, 300)
    want = by_dijkstra(network, metric.forward, metric.backward, sources)[:, targets]
    ours = distances(metric, sources, targets)
    assert (np.isfinite(ours) == np.isfinite(want)).all()
    reached = np.isfinite(want)
    assert reached.sum() > 400
    np.testing.assert_allclose(ours[reached], want[reached], rtol=RELATIVE)
    for s, t in zip(*(axis[::9] for axis in np.nonzero(reached)), strict=True):
        path = shortest_path(metric, [sources[s]], None, [targets[t]], None)
        assert path.weight == pytest.approx(want[s, t], rel=RELATIVE)
        assert_walkable(path, network, sources[s], targets[t])
    for s, t in zip(*(axis[::40] for axis in np.nonzero(~reached)), strict=True):
        assert shortest_path(metric, [sources[s]], None, [targets[t]], None) is None


def test_undirected_weights_too(world):
    network, rng = world.network, np.random.default_rng(7)
    length = network.edge_length_km + 0.001
    metric = customise(world.router.hierarchy, length, length)
    sources, targets = rng.integers(0, network.n_nodes, 4), rng.integers(0, network.n_nodes, 400)
    want = by_dijkstra(network, length, length, sources)[:, targets]
    ours = distances(metric, sources, targets)
    assert (np.isfinite(ours) == np.isfinite(want)).all()
    np.testing.assert_allclose(ours, want, rtol=RELATIVE)
    np.testing.assert_allclose(distances(metric, targets, sources).T, ours, rtol=RELATIVE)


def assert_walkable(path, network, start, end):
    enter = np.where(path.forward, network.edge_tail[path.edges], network.edge_head[path.edges])
    leave = np.where(path.forward, network.edge_head[path.edges], network.edge_tail[path.edges])
    stations = np.r_[enter, end]
    assert stations[0] == start
    assert (leave == stations[1:]).all()
    assert len(np.unique(stations)) == len(stations)


@pytest.mark.parametrize("seed", range(15))
def test_small_networks_with_every_question(seed):
    network = scattered(seed)
    router = Router(network, build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head))
    nodes = np.arange(network.n_nodes)
    for question in (
        Question(2025),
        Question(2011, by="time"),
        Question(2025, by="co2", avoid=frozenset({network.economies.index("RUS")})),
        Question(2025, by="cost", closed=parse_closed("rail-alashankou-dostyk")),
    ):
        metric = router.metric(question)
        want = by_dijkstra(network, metric.forward, metric.backward, nodes)
        ours = distances(metric, nodes, nodes)
        assert (np.isfinite(ours) == np.isfinite(want)).all()
        np.testing.assert_allclose(ours, want, rtol=RELATIVE, atol=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_the_best_pair_of_doors_is_taken(seed):
    """Places stand between lines: the way starts and ends where truck and way together are best."""
    network = scattered(seed, 40, 160)
    router = Router(network, build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head))
    question = Question(2025, by="cost", modes=frozenset({Mode.RAIL}))
    at = [
        Place(
            f"p{k}",
            "point",
            network.economies[network.node_economy[k]],
            float(network.node_lat[k]) + 0.05,
            float(network.node_lon[k]),
        )
        for k in range(0, 40, 8)
    ]
    metric = router.metric(question)
    whole = distances(metric, np.arange(40), np.arange(40))
    for origin, destination in itertools.permutations(at, 2):
        starts, ends = router.access(origin, question), router.access(destination, question)
        through = (
            router.access_weight(starts, question)[:, None]
            + whole[np.ix_(starts.nodes, ends.nodes)]
            + router.access_weight(ends, question)[None, :]
        )
        if not np.isfinite(through).any():
            with pytest.raises(UnreachableError):
                router.routes(origin, destination, question)
            continue
        best = min(router.routes(origin, destination, question), key=lambda r: r.cost_usd_feu)
        weight = best.cost_usd_feu + constant("tie-break-usd-h") * best.time_h
        assert weight == pytest.approx(through.min(), rel=RELATIVE)


PAIRS = [
    ("Chongqing", "Duisburg"),
    ("Almaty", "Tashkent"),
    ("Tashkent", "Karachi"),
    ("Minsk", "Shanghai"),
    ("Ulaanbaatar", "Hamburg"),
    ("Yiwu", "Madrid"),
    ("Hanoi", "Warsaw"),
    ("Jakarta", "Istanbul"),
    ("Nairobi", "Shanghai"),
    ("Dushanbe", "Riga"),
    ("Baku", "Yerevan"),
    ("Kaliningrad", "Moscow"),
    ("Pyongyang", "Vladivostok"),
    ("Aktau", "Baku"),
]


@pytest.fixture(scope="module")
def answers(world):
    return {pair: world.route(*pair) for pair in PAIRS}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_no_leg_changes_economy_but_at_a_border(answers, pair):
    answer = answers[pair]
    for route in answer.routes:
        assert route.legs[0].economy == answer.origin.economy
        assert route.legs[-1].economy in (answer.destination.economy, None)
        land = [leg for leg in route.legs if leg.economy is not None]
        afloat = {k for k, leg in enumerate(route.legs) if leg.economy is None}
        for k, (one, other) in enumerate(itertools.pairwise(route.legs)):
            if one.economy != other.economy and not {k, k + 1} & afloat:
                assert other.crossing is not None, (route.corridor, one.to, other.from_)
        for k in afloat:
            assert route.legs[k].mode in ("sea", "air")
            assert {route.legs[k - 1].mode, route.legs[k + 1].mode} == {"transfer"}
        assert {leg.economy for leg in land} <= set(route.economies)
        assert route.economies[0] == answer.origin.economy
        assert route.economies[-1] == answer.destination.economy


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_route_is_the_sum_of_its_legs(answers, pair):
    for route in answers[pair].routes:
        for figure in ("distance_km", "time_h", "cost_usd_feu", "co2_kg_feu"):
            total = sum(getattr(leg, figure) for leg in route.legs)
            assert getattr(route, figure) == pytest.approx(total, rel=1e-9)
        spread = np.sqrt(sum(leg.time_sd_h**2 for leg in route.legs))
        assert route.time_sd_h == pytest.approx(spread, rel=1e-9)
        assert all(np.isfinite(leg.time_h) and leg.time_h >= 0 for leg in route.legs)
        assert 0 < route.time_h < 24 * 100
        assert 0 < route.cost_usd_feu < 200_000
        assert set(route.modes) == {leg.mode for leg in route.legs} - {"transfer"}
        assert len(route.modes) >= 1


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_legs_join_on_the_map(answers, pair):
    for route in answers[pair].routes:
        for one, other in itertools.pairwise(route.legs):
            assert one.lat[-1] == pytest.approx(other.lat[0], abs=1e-3)
            assert abs((one.lon[-1] - other.lon[0] + 180) % 360 - 180) < 1e-3


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_routes_come_best_first_and_differ(answers, pair):
    routes = answers[pair].routes
    weights = [route.generalised_usd_feu for route in routes]
    assert weights == sorted(weights)
    assert len({(r.modes, r.crossings, r.chokepoints) for r in routes}) == len(routes)
    named = [route.corridor for route in routes]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("by", ["time", "cost", "co2"])
def test_sorted_by_the_measure_asked_for(world, by):
    figure = {"time": "time_h", "cost": "cost_usd_feu", "co2": "co2_kg_feu"}[by]
    for pair in PAIRS[:2]:
        values = [getattr(route, figure) for route in world.route(*pair, by=by).routes]
        assert values == sorted(values)


@pytest.mark.parametrize("pair", PAIRS[::8], ids="-".join)
def test_what_is_asked_for_is_never_worse(world, pair):
    """Without aircraft, whose doors differ, the best by a measure is best of the best by others."""
    modes = "rail,road,sea,ferry"
    best = {by: world.route(*pair, by=by, modes=modes).routes[0] for by in ("time", "cost", "co2")}
    figure = {"time": "time_h", "cost": "cost_usd_feu", "co2": "co2_kg_feu"}
    for by, other in itertools.permutations(best, 2):
        ours, theirs = (getattr(best[k], figure[by]) for k in (by, other))
        # A corridor's name is given to a way within a thousandth of the best.
        assert ours <= theirs * 1.002, (by, other)


@pytest.mark.parametrize(
    ("pair", "avoid"),
    [
        (("Chongqing", "Duisburg"), "Russia, BLR"),
        (("Chongqing", "Duisburg"), "KAZ"),
        (("Chongqing", "Istanbul"), "RUS,IRN"),
        (("Tashkent", "Karachi"), "AFG"),
        (("Almaty", "Aktobe"), "RUS"),
    ],
    ids=str,
)
def test_avoided_economies_are_kept_out_of(world, pair, avoid):
    shapes = countries()
    codes = {world.network.economies[k] for k in parse_economies(avoid, world.network.economies)}
    for route in world.route(*pair, avoid=avoid).routes:
        assert not codes & set(route.economies)
        assert not any(f"through {code}" in (leg.crossing or "") for leg in route.legs
                       for code in codes)  # fmt: skip
        ground = [leg for leg in route.legs if leg.mode in ("rail", "road")]
        if not ground:
            assert "air" in route.modes
            continue
        lat = np.concatenate([np.array(leg.lat) for leg in ground])
        lon = np.concatenate([np.array(leg.lon) for leg in ground])
        owner = np.array([*shapes.codes, "-"])[shapes.locate(lat.astype(float), lon.astype(float))]
        # Lines run along borders, and the shapes are drawn to about a kilometre.
        assert np.isin(owner, list(codes)).mean() < 0.01, route.corridor


def test_walled_in_is_an_error_that_names_the_walls(world):
    walls = "CHN,RUS,UZB,KGZ,TKM,AZE,IRN"
    with pytest.raises(UnreachableError) as caught:
        world.route("Almaty", "Berlin", avoid=walls, modes="rail,road,sea,ferry")
    said = str(caught.value)
    assert "no way from Almaty (KAZ) to Berlin (DEU) in 2025" in said
    assert all(code in said for code in walls.split(","))


def test_an_end_in_an_avoided_economy_is_an_error(world):
    with pytest.raises(InputError, match="Almaty lies in KAZ, which is to be avoided"):
        world.route("Almaty", "Berlin", avoid="KAZ")


@pytest.mark.parametrize(
    ("pair", "options", "close", "figure"),
    [
        (("Shanghai", "Rotterdam"), {"modes": "sea"}, "Suez", "chokepoints"),
        (("Shanghai", "Rotterdam"), {"modes": "sea", "by": "time"}, "Malacca", "chokepoints"),
        (("Urumqi", "Almaty"), {"modes": "rail"}, "rail-khorgos-altynkol", "crossings"),
        (("Chongqing", "Duisburg"), {"modes": "rail"}, "Dzungarian Gate", "crossings"),
        (("Almaty", "Aktobe"), {"modes": "rail"}, "rail-lugovaya-kaindy", "crossings"),
    ],
    ids=str,
)
def test_what_is_closed_is_not_passed_and_costs_no_less(world, pair, options, close, figure):
    before = world.route(*pair, **options).routes
    after = world.route(*pair, **options, close=close).routes
    closed = parse_closed(close)
    rows = facts.rows(figure)
    shut = {rows[k].id for k in getattr(closed, figure)}
    assert shut
    assert not any(shut & set(getattr(route, figure)) for route in after)
    assert after[0].generalised_usd_feu >= before[0].generalised_usd_feu * 0.999


def test_a_closed_section_is_gone_round(world):
    ask = {"modes": "rail", "by": "time"}
    before = world.route("Almaty", "Aktau", **ask).routes[0]
    assert any("Shalkar-Beineu" in (leg.section or "") for leg in before.legs)
    after = world.route("Almaty", "Aktau", **ask, close="Shalkar-Beineu").routes[0]
    assert not any("Shalkar-Beineu" in (leg.section or "") for leg in after.legs)
    assert after.distance_km > before.distance_km + 300


def test_a_closed_port_is_closed_even_where_the_trip_starts(world):
    open_ = world.route("terminal:aktau-port", "Baku").routes[0]
    assert "ferry" in open_.modes
    with pytest.raises(UnreachableError, match="no way from Aktau"):
        world.route("terminal:aktau-port", "Baku", close="aktau-port")


@pytest.mark.parametrize(
    ("modes", "pair"),
    [
        ("rail", ("Chongqing", "Duisburg")),
        ("road", ("Almaty", "Tashkent")),
        ("sea", ("Shanghai", "Rotterdam")),
        ("air", ("Shanghai", "Frankfurt")),
        ("rail,ferry", ("Almaty", "Baku")),
    ],
)
def test_a_request_keeps_to_its_modes(world, modes, pair):
    for route in world.route(*pair, modes=modes).routes:
        assert set(route.modes) <= set(modes.split(","))
        assert route.modes


VIA = {
    "new-eurasian-land-bridge": ("Chongqing", "Duisburg", 2025),
    "northern": ("Xi'an", "Moscow", 2025),
    "china-mongolia-russia": ("Tianjin", "Moscow", 2025),
    "manzhouli": ("Harbin", "Moscow", 2025),
    "suifenhe": ("Harbin", "Vladivostok", 2025),
    "middle": ("Xi'an", "Istanbul", 2025),
    "china-central-asia-west-asia": ("Urumqi", "Tehran", 2025),
    "china-indochina": ("Kunming", "Vientiane", 2025),
    "china-pakistan": ("Kashgar", "Gwadar", 2025),
    "bangladesh-china-india-myanmar": ("Kunming", "Kolkata", 2019),
    "maritime-suez": ("Shanghai", "Rotterdam", 2025),
    "maritime-cape": ("Shanghai", "Rotterdam", 2025),
    "trans-siberian": ("Busan", "Moscow", 2025),
    "air": ("Shanghai", "Frankfurt", 2025),
    "instc-western": ("Mumbai", "Moscow", 2025),
    "instc-trans-caspian": ("Mumbai", "Moscow", 2025),
    "instc-eastern": ("Bandar Abbas", "Astana", 2025),
    "china-kyrgyzstan-uzbekistan": ("Kashgar", "Andijan", 2031),
    "western-europe-western-china": ("Urumqi", "Saint Petersburg", 2025),
    "sea-shortest": ("Kunming", "Singapore", 2025),
}


def test_every_corridor_is_tried():
    assert set(VIA) == {corridor.id for corridor in corridors()}


@pytest.mark.parametrize(
    "name",
    VIA,
)
def test_a_corridor_passes_its_gates_in_order(world, name):
    origin, destination, year = VIA[name]
    (route,) = world.at(year).route(origin, destination, via=name).routes
    assert route.corridor == name
    row = facts.by_id("corridors")[name]
    (corridor,) = (c for c in corridors() if c.id == name)
    by_terminal = {row.name: row.id for row in facts.rows("terminals")}
    terminals = [by_terminal.get(leg.from_) for leg in route.legs if leg.mode == "transfer"]
    seen = [route.crossings, route.chokepoints, terminals]
    at = []
    for group in row.gates or ():
        places = [ids.index(gate) for gate in group for ids in seen if gate in ids]
        assert places, (name, group)
        at.append(min(places))
    assert at in (sorted(at), sorted(at, reverse=True))
    assert corridor.through <= set(route.economies)
    assert not corridor.avoids & set(route.economies)
    if not row.gates:
        assert {mode.name.lower() for mode in corridor.modes} <= set(route.modes)


def test_a_corridor_that_the_modes_exclude_is_an_error(world):
    with pytest.raises(UnreachableError, match="by rail, via Air freight"):
        world.route("Almaty", "Berlin", via="air", modes="rail")


@pytest.mark.parametrize(
    ("origin", "destination", "mode"),
    [
        ("crossing:rail-alashankou-dostyk", "Almaty", "rail"),
        ("Urumqi", "Almaty", "rail"),
        ("Urumqi", "Almaty", "road"),
        ("Tashkent", "Kabul", "road"),
    ],
)
def test_there_and_back_take_the_same_way_but_not_the_same_time(world, origin, destination, mode):
    out = world.route(origin, destination, modes=mode, by="time").routes[0]
    back = world.route(destination, origin, modes=mode, by="time").routes[0]
    assert out.distance_km == pytest.approx(back.distance_km, rel=0.05)
    assert out.time_h == pytest.approx(back.time_h, rel=0.5)


def test_dwell_differs_by_direction(world):
    out = world.route("Gwadar", "Kashgar", modes="road", via="china-pakistan").routes[0]
    back = world.route("Kashgar", "Gwadar", modes="road", via="china-pakistan").routes[0]
    hours = [
        next(leg.time_h for leg in route.legs if leg.crossing and "Khunjerab" in leg.crossing)
        for route in (out, back)
    ]
    assert hours[0] != hours[1]
    others = [route.time_h - h for route, h in zip((out, back), hours, strict=True)]
    assert others[0] == pytest.approx(others[1], rel=1e-3)


def test_generalised_weights_obey_the_triangle(world):
    rng = np.random.default_rng(3)
    metric = world.router.metric(Question(2025))
    nodes = rng.choice(np.flatnonzero(world.network.node_mode == Mode.RAIL), 120, replace=False)
    table = distances(metric, nodes, nodes).astype(np.float64)
    for k in range(len(nodes)):
        around = table[:, [k]] + table[[k], :]
        assert (table <= around * (1 + RELATIVE) + 1e-6).all()
    assert (np.diag(table) == 0).all()


def test_only_border_edges_join_two_economies(world):
    network = world.network
    ends = network.node_economy[np.column_stack((network.edge_tail, network.edge_head))]
    apart = (ends[:, 0] != ends[:, 1]) & (ends >= 0).all(axis=1)
    lawful = (network.edge_border_rule != NO_BORDER) | (network.edge_mode == Mode.AIR)
    assert (lawful | ~apart).all()


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"cargo": "gold"}, UnknownNameError, "unknown cargo class 'gold'"),
        ({"by": "speed"}, UnknownNameError, "unknown measure 'speed'"),
        ({"modes": "rial"}, UnknownNameError, "did you mean 'rail'"),
        ({"modes": ""}, InputError, "no mode is given"),
        ({"avoid": "Rusia"}, UnknownNameError, "unknown economy 'Rusia'; did you mean"),
        ({"close": "Suez Kanal"}, UnknownNameError, "did you mean.*'suez canal'"),
        ({"via": "midle corridor"}, UnknownNameError, "unknown corridor"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_says_why(world, options, error, said):
    with pytest.raises(error, match=said) as caught:
        world.route("Almaty", "Berlin", **options)
    assert isinstance(caught.value, LandbridgeError)


@pytest.mark.parametrize("twin", ["Алматы", "KAZ:Almaty", "Almaty, KAZ", " almaty "])
def test_the_same_place_twice(world, twin):
    if ":" in twin:
        with pytest.raises(UnknownNameError):
            world.route("Almaty", twin)
    else:
        with pytest.raises(InputError, match="origin and destination are one place, Almaty"):
            world.route("Almaty", twin)


def test_two_ends_at_one_node_are_joined_by_truck(world):
    (route, *_) = world.route("43.2400,76.9000", "43.2401,76.9000", modes="road").routes
    assert route.distance_km < 20
    assert route.time_h < 2
    assert route.economies == ("KAZ",)


def test_a_place_that_nothing_comes_near_says_so(world):
    with pytest.raises(UnreachableError, match="no rail line comes near"):
        world.route("64.15,-21.95", "Berlin", modes="rail")
    with pytest.raises(UnreachableError, match="no line comes near"):
        world.route("-80,0", "Berlin")


def test_cargo_that_does_not_fly(world):
    assert not any("air" in r.modes for r in world.route("Shanghai", "Berlin", cargo="bulk").routes)
    with pytest.raises(UnreachableError):
        world.route("Shanghai", "Berlin", cargo="bulk", modes="air")


@pytest.mark.parametrize("pair", [("Seoul", "Beijing"), ("Nairobi", "Shanghai")], ids="-".join)
def test_no_way_goes_to_a_gate_and_back(world, pair):
    for route in world.route(*pair).routes:
        lane = [leg for leg in route.legs if leg.mode == "sea"]
        points = [p for leg in lane for p in zip(leg.lat, leg.lon, strict=True)]
        stops = [p for k, p in enumerate(points) if k == 0 or p != points[k - 1]]
        assert len(set(stops)) == len(stops), route.corridor
