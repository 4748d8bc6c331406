"""The real network: borders have their right, gauges meet where listed, years hold.

These tests go over every edge at once; what they claim of small cases is argued elsewhere.
"""

import numpy as np
import pytest

from landbridge import facts
from landbridge.errors import UnreachableError
from landbridge.network import points
from landbridge.network.borders import REACH_KM
from landbridge.network.contract import CHAIN_KM
from landbridge.network.countries import countries
from landbridge.network.draft import CORNER_TRANSIT, LISTED_CROSSING, NO_BORDER, OPEN_BORDER
from landbridge.network.gauges import BREAK_KM, SAME_GAUGE_MM
from landbridge.network.geo import PointIndex, haversine_km
from landbridge.network.graph import Mode
from landbridge.network.repair import STEP_KM, components
from landbridge.routing.rates.opening import open_rows

LAND = (Mode.RAIL, Mode.ROAD)


@pytest.fixture(scope="module")
def net(world):
    return world.network


@pytest.fixture(scope="module")
def number(net):
    return {code: k for k, code in enumerate(net.economies)}


@pytest.fixture(scope="module")
def ends(net):
    """Economies at tail and head of every edge."""
    return net.node_economy[net.edge_tail], net.node_economy[net.edge_head]


def crow_km(net, edges):
    a, b = net.edge_tail[edges], net.edge_head[edges]
    return haversine_km(net.node_lat[a], net.node_lon[a], net.node_lat[b], net.node_lon[b])


def plain_land(net):
    """Edges of rail and road that no table gives a length."""
    return np.isin(net.edge_mode, LAND) & (net.edge_border_rule != CORNER_TRANSIT)


def of_rule(net, rule):
    return np.flatnonzero(net.edge_border_rule == rule)


def rows_of(table, name):
    return next(k for k, row in enumerate(facts.rows(table)) if row.id == name)


# Shapes


def test_every_column_has_its_length_and_none_can_be_changed(net):
    for name in net.__dataclass_fields__:
        column = getattr(net, name)
        if name.startswith("node_"):
            assert len(column) == net.n_nodes
        if name.startswith("edge_"):
            assert len(column) == net.n_edges
        if isinstance(column, np.ndarray):
            assert not column.flags.writeable
    assert len(net.shape_ptr) == net.n_edges + 1
    assert net.shape_ptr[-1] == len(net.shape_lat) == len(net.shape_lon)


def test_numbers_point_at_something(net):
    tables = {
        "edge_crossing": "crossings",
        "edge_section": "sections",
        "edge_terminal": "terminals",
        "edge_chokepoint": "chokepoints",
    }
    for name, table in tables.items():
        column = getattr(net, name)
        assert column.min() >= -1
        assert column.max() < len(facts.rows(table))
    for end in (net.edge_tail, net.edge_head):
        assert end.min() >= 0
        assert end.max() < net.n_nodes
    for column in (net.node_economy, net.edge_economy):
        assert column.min() >= -1
        assert column.max() < len(net.economies)
    assert net.economies == countries().codes


def test_lengths_are_real(net):
    assert np.isfinite(net.edge_length_km).all()
    transfers = net.edge_mode == Mode.TRANSFER
    assert (net.edge_length_km[transfers] == 0).all()
    assert (net.edge_length_km[~transfers] >= 0).all()
    # A long edge is divided along the straight line of the map, which bulges in the far north.
    plain = plain_land(net) & (net.edge_section < 0)
    assert (net.edge_length_km[plain] >= crow_km(net, plain) * 0.96 - 0.02).all()


def test_no_listed_length_is_shorter_than_the_crow_flies(net):
    listed = (net.edge_section >= 0) | (net.edge_border_rule == CORNER_TRANSIT)
    assert (net.edge_length_km[listed] >= crow_km(net, listed) * 0.96 - 0.02).all()


def test_no_inland_edge_is_so_long_that_a_place_finds_no_node(net):
    inland = np.isin(net.edge_mode, LAND) & (net.edge_border_rule == NO_BORDER)
    long = inland & (net.edge_length_km > (CHAIN_KM + STEP_KM) * 1.1) & (net.edge_section < 0)
    # Listed links over gaps and roads to terminals are single edges of any length.
    links = [row.gap_km for row in facts.rows("rail_links")]
    assert net.edge_length_km[long].max(initial=0) < max(100 * 1.3 + 1, *links)
    assert long.sum() < 0.001 * net.n_edges


def test_shapes_run_from_tail_to_head(net):
    first, last = net.shape_ptr[:-1], net.shape_ptr[1:] - 1
    assert (last > first).all()
    for at, node in ((first, net.edge_tail), (last, net.edge_head)):
        assert np.array_equal(net.shape_lat[at], net.node_lat[node].astype(np.float32))
        assert np.array_equal(net.shape_lon[at], net.node_lon[node].astype(np.float32))


def test_edges_join_nodes_of_their_own_mode(net):
    tail, head = net.node_mode[net.edge_tail], net.node_mode[net.edge_head]
    for mode in (*LAND, Mode.SEA, Mode.AIR, Mode.FERRY):
        of = net.edge_mode == mode
        assert of.any()
        assert (tail[of] == mode).all()
        assert (head[of] == mode).all()
    transfers = net.edge_mode == Mode.TRANSFER
    assert ((tail == Mode.TRANSFER) ^ (head == Mode.TRANSFER))[transfers].all()


# Borders


def test_no_edge_joins_two_economies_without_a_right(net, ends):
    a, b = ends
    inland = net.edge_border_rule == NO_BORDER
    ground = inland & np.isin(net.edge_mode, LAND)
    assert (a[ground] == b[ground]).all()
    assert (a[ground] == net.edge_economy[ground]).all()
    assert (a[ground] >= 0).all()
    # Lanes lie in no economy at all; a transfer leads to them or stays in its own.
    lanes = np.isin(net.edge_mode, (Mode.SEA, Mode.AIR))
    assert (a[lanes] == -1).all()
    assert (b[lanes] == -1).all()
    transfers = net.edge_mode == Mode.TRANSFER
    assert ((a == b) | (a == -1) | (b == -1))[transfers].all()
    assert (inland | np.isin(net.edge_mode, (*LAND, Mode.FERRY))).all()


def test_listed_crossings_match_their_row_and_run_from_side_a(net, number):
    # A berth lies in no economy; the port that it belongs to does.
    home = net.node_economy.copy()
    for port, stand in ((net.edge_tail, net.edge_head), (net.edge_head, net.edge_tail)):
        berths = (net.node_mode[stand] == Mode.FERRY) & (net.edge_mode == Mode.TRANSFER)
        home[stand[berths]] = net.node_economy[port[berths]]
    edges = of_rule(net, LISTED_CROSSING)
    assert np.array_equal(np.flatnonzero(net.edge_crossing >= 0), edges)
    crossings = facts.rows("crossings")
    side_a = np.array([number[row.economy_a] for row in crossings])
    side_b = np.array([number[row.economy_b] for row in crossings])
    mode = np.array([Mode[row.mode.upper()] for row in crossings])
    row = net.edge_crossing[edges]
    assert np.array_equal(home[net.edge_tail[edges]], side_a[row])
    assert np.array_equal(home[net.edge_head[edges]], side_b[row])
    assert np.array_equal(net.edge_mode[edges], mode[row])


@pytest.mark.parametrize("mode", LAND)
def test_listed_crossings_are_where_the_table_has_them(net, number, mode):
    at = {c.row: (c.lat, c.lon) for c in points.crossing_points(mode, number)}
    edges = np.flatnonzero((net.edge_crossing >= 0) & (net.edge_mode == mode))
    lat, lon = np.array([at[int(row)] for row in net.edge_crossing[edges]]).T
    ends = [
        haversine_km(net.node_lat[node[edges]], net.node_lon[node[edges]], lat, lon)
        for node in (net.edge_tail, net.edge_head)
    ]
    # The middle of the edge is within reach, less half of a long edge.
    reach = REACH_KM[mode] + net.edge_length_km[edges]
    assert (np.minimum(*ends) <= reach).all()


def test_open_borders_lie_inside_a_union(net, ends, number):
    edges = of_rule(net, OPEN_BORDER)
    assert len(edges)
    pairs = {mode: points.open_pairs(mode, number) for mode in LAND}
    low, high = np.minimum(*ends)[edges], np.maximum(*ends)[edges]
    kinds = set(zip(net.edge_mode[edges].tolist(), low.tolist(), high.tolist(), strict=True))
    assert all((a, b) in pairs[Mode(mode)] for mode, a, b in kinds)
    assert (low < high).all()


def test_corner_transits_belong_to_the_corners_of_the_facts(net, ends, number):
    edges = of_rule(net, CORNER_TRANSIT)
    assert np.array_equal(ends[0][edges], ends[1][edges])
    listed = {(c.economy, c.neighbour) for mode in LAND for c in points.corners(mode, number)}
    found = set(zip(ends[0][edges].tolist(), net.edge_economy[edges].tolist(), strict=True))
    assert found
    assert found <= listed
    assert all(a != b for a, b in found)


def test_cutting_all_borders_leaves_every_economy_to_itself(net, ends):
    inland = (net.edge_border_rule == NO_BORDER) & np.isin(net.edge_mode, LAND)
    piece = components(net.n_nodes, net.edge_tail[inland], net.edge_head[inland])
    home = np.full(piece.max() + 1, -2, np.int64)
    home[piece] = net.node_economy
    assert np.array_equal(home[piece], net.node_economy)


# Gauges


def test_gauges_of_rails_are_those_of_their_ends(net):
    rail = net.edge_mode == Mode.RAIL
    for gauge, node in (
        (net.edge_gauge_tail_mm, net.edge_tail),
        (net.edge_gauge_head_mm, net.edge_head),
    ):
        assert np.array_equal(gauge[rail], net.node_gauge_mm[node[rail]])
        assert (gauge[rail] >= 600).all()
        assert (gauge[~rail] == 0).all()


def test_gauges_meet_only_where_a_place_to_change_is_listed(net):
    step = np.abs(net.edge_gauge_tail_mm - net.edge_gauge_head_mm)
    edges = np.flatnonzero((step > SAME_GAUGE_MM) & (net.edge_mode == Mode.RAIL))
    assert len(edges) >= 20
    # A described crossing has its crane; the layer's point is where its line meets the border.
    posts = [r for r in facts.rows("crossings") if r.mode == "rail" and r.confidence != "layer"]
    places = [(r.lat, r.lon) for r in (*facts.rows("gauge_break_points"), *posts)]
    places += [(r.layer_lat, r.layer_lon) for r in posts if r.layer_lat is not None]
    index = PointIndex(*np.array(places).T)
    km = [
        index.nearest(net.node_lat[node[edges]], net.node_lon[node[edges]])[0]
        for node in (net.edge_tail, net.edge_head)
    ]
    assert (np.minimum(*km) <= BREAK_KM).all()


def test_gauges_of_well_known_lines(net, number):
    expected = {"KAZ": 1520, "RUS": 1520, "CHN": 1435, "DEU": 1435, "MNG": 1520, "IND": 1676}
    for code, gauge in expected.items():
        of = (net.node_economy == number[code]) & (net.node_mode == Mode.RAIL)
        values, counts = np.unique(net.node_gauge_mm[of], return_counts=True)
        assert values[counts.argmax()] == gauge
        assert counts.max() > 0.95 * counts.sum()


# Terminals, sea


def test_terminals_stand_where_listed_and_join_what_they_serve(net, number):
    terminals = facts.rows("terminals")
    edges = np.flatnonzero(net.edge_mode == Mode.TRANSFER)
    assert (net.edge_terminal[edges] >= 0).all()
    at_tail = net.node_mode[net.edge_tail[edges]] == Mode.TRANSFER
    node = np.where(at_tail, net.edge_tail[edges], net.edge_head[edges])
    stand = np.where(at_tail, net.edge_head[edges], net.edge_tail[edges])
    row = net.edge_terminal[edges]
    lat, lon = np.array([(t.lat, t.lon) for t in terminals])[row].T
    assert np.array_equal(net.node_lat[node], lat)
    assert np.array_equal(net.node_lon[node], lon)
    economy = np.array([number[t.economy] for t in terminals])[row]
    assert np.array_equal(net.node_economy[node], economy)
    ashore = net.node_economy[stand] >= 0
    assert np.array_equal(net.node_economy[stand][ashore], economy[ashore])
    serves = {(k, Mode[m.upper()]) for k, t in enumerate(terminals) for m in t.modes}
    # A seaport has berths for the ferries that the crossings table names.
    serves |= {(k, Mode.FERRY) for k, mode in serves if mode == Mode.SEA}
    joined = set(zip(row.tolist(), net.node_mode[stand].tolist(), strict=True))
    assert joined <= serves
    assert len(joined) == len(edges)


def test_a_terminal_that_lacks_a_line_is_told_of(net, world):
    terminals = facts.rows("terminals")
    edges = np.flatnonzero(net.edge_mode == Mode.TRANSFER)
    modes = np.maximum(
        net.node_mode[net.edge_tail[edges]] % Mode.TRANSFER,
        net.node_mode[net.edge_head[edges]] % Mode.TRANSFER,
    )
    joined = set(zip(net.edge_terminal[edges].tolist(), modes.tolist(), strict=True))
    told = {note.split(":")[0] for note in world.report["notes"]}
    lacking = {
        terminal.id
        for k, terminal in enumerate(terminals)
        for mode in terminal.modes
        if mode != "ferry" and (k, Mode[mode.upper()]) not in joined
    }
    assert lacking <= told


def test_passages_lie_at_sea_and_the_caspian_is_left_to_its_ferries(net):
    passed = net.edge_chokepoint >= 0
    assert (net.edge_mode[passed] == Mode.SEA).all()
    named = {gate.row for gate in points.gates()}
    assert set(np.unique(net.edge_chokepoint[passed]).tolist()) == named
    sea = np.flatnonzero(net.edge_mode == Mode.SEA)
    lat, lon = net.node_lat[net.edge_tail[sea]], net.node_lon[net.edge_tail[sea]]
    assert not ((lat > 36) & (lat < 47) & (lon > 47) & (lon < 55)).any()
    ferries = np.flatnonzero(net.edge_mode == Mode.FERRY)
    lon = net.node_lon[net.edge_tail[ferries]]
    assert ((lon > 46) & (lon < 55)).any()


# Sections and years


def test_sections_own_edges_of_their_mode_in_their_economies(net, number):
    sections = facts.rows("sections")
    edges = np.flatnonzero(net.edge_section >= 0)
    row = net.edge_section[edges]
    mode = np.array([Mode[s.mode.upper()] for s in sections])
    assert np.array_equal(net.edge_mode[edges], mode[row])
    allowed = {(k, number[code]) for k, s in enumerate(sections) for code in s.economies}
    inland = net.edge_border_rule[edges] == NO_BORDER
    found = set(zip(row[inland].tolist(), net.edge_economy[edges[inland]].tolist(), strict=True))
    assert found <= allowed


def test_sections_that_stand_are_on_the_map_or_told_of(world):
    told = {trace["id"]: trace["how"] for trace in world.report["sections"]}
    assert set(told.values()) <= {"traced", "lengthened", "added", "missing"}
    assert set(told) == {row.id for row in facts.rows("sections") if row.mode in ("rail", "road")}
    standing = [
        row.id
        for row in facts.rows("sections")
        if row.stage == "open" and row.freight and row.effect in ("new_line", "road_new")
    ]
    assert [name for name in standing if told[name] == "missing"] == []


@pytest.mark.parametrize(
    ("section", "opens", "published_km"),
    [
        ("zhetygen-altynkol", 2012, 293),
        ("zhezkazgan-saksaulskaya", 2014, 517),
        ("shalkar-beineu", 2014, 471),
    ],
)
def test_new_lines_open_in_their_year_at_their_length(net, world, section, opens, published_km):
    row = rows_of("sections", section)
    edges = np.flatnonzero(net.edge_section == row)
    # A new line leaves a few km at each end to the older ones; the layer may be a tenth off.
    assert net.edge_length_km[edges].sum() == pytest.approx(published_km, rel=0.1)
    for year, open_ in ((opens - 1, False), (opens, True), (2025, True)):
        assert bool(open_rows("sections", year)[row]) == open_
        assert (world.router.edge_metrics(year, "general").open[:, edges] == open_).all()


def test_planned_lines_are_laid_and_shut(net, world):
    planned = [
        row.id
        for row in facts.rows("sections")
        if row.stage in ("planned", "idea")
        and row.freight
        and row.length_km
        and row.effect in ("new_line", "road_new")
    ]
    assert {"trans-afghan-railway", "rasht-astara", "meghri-section", "mosul-ovakoy"} <= {*planned}
    for name in planned:
        row = facts.row("sections", name)
        edges = np.flatnonzero(net.edge_section == rows_of("sections", name))
        # Where no line is near an end, the line may be joined from a little further.
        assert net.edge_length_km[edges].sum() == pytest.approx(row.length_km, rel=0.03), name
        for year in (2025, 2040):
            assert not world.router.edge_metrics(year, "general").open[:, edges].any(), name


@pytest.mark.parametrize(
    ("origin", "destination", "modes"),
    [
        ("Chongqing", "Duisburg", "rail"),
        ("Moscow", "Tehran", "rail"),
        ("Baku", "Tehran", "rail"),
        ("Basra", "Baghdad", "rail"),
        ("Tashkent", "Bandar Abbas", "rail"),
        ("Istanbul", "Sofia", "rail"),
        ("Bangkok", "Vientiane", "rail"),
        ("Kashgar", "Tashkent", "rail"),
        ("Karachi", "Peshawar", "rail"),
        ("Herat", "Mashhad", "road"),
        ("Mosul", "Istanbul", "road"),
        ("Yerevan", "Tbilisi", "rail"),
    ],
)
def test_planned_lines_change_no_route(world, origin, destination, modes):
    plans = ",".join(
        row.id
        for row in facts.rows("sections")
        if row.stage in ("planned", "idea") and row.effect in ("new_line", "road_new")
    )
    assert plans
    with_them = world.at(2025).route(origin, destination, modes=modes).routes[0]
    shut = world.at(2025).route(origin, destination, modes=modes, close=plans).routes[0]
    assert with_them.distance_km == shut.distance_km
    assert with_them.time_h == shut.time_h


def test_a_short_line_does_not_end_where_it_starts(net):
    # Julfa's yard is the only line within reach of Ordubad, 34 km on.
    edges = np.flatnonzero(net.edge_section == rows_of("sections", "julfa-ordubad"))
    assert net.node_lon[np.r_[net.edge_tail[edges], net.edge_head[edges]]].max() == pytest.approx(
        46.02, abs=0.01
    )


@pytest.mark.parametrize(
    ("origin", "destination", "crossing", "longest_km"),
    [
        ("London", "Paris", "road-calais-folkestone", 500),
        ("Singapore", "Kuala Lumpur", "road-woodlands-johor-bahru", 400),
        ("Copenhagen", "Stockholm", "road-kastrup-lernacken", 720),
        ("Casablanca", "Madrid", "road-algeciras-tanger-med", 1100),
        ("Dublin", "London", "road-holyhead-dublin", 650),
        ("Helsinki", "Tallinn", "road-helsinki-tallinn", 130),
    ],
)
def test_lorries_cross_narrow_seas(world, origin, destination, crossing, longest_km):
    route = world.at(2025).route(origin, destination, modes="road").routes[0]
    assert route.crossings == (crossing,)
    assert route.distance_km < longest_km


@pytest.mark.parametrize(
    ("origin", "destination", "longest_km"), [("Palermo", "Rome", 1000), ("Malmo", "Hamburg", 560)]
)
def test_islands_hang_on_their_mainland_by_road(world, origin, destination, longest_km):
    route = world.at(2025).route(origin, destination, modes="road").routes[0]
    assert route.distance_km < longest_km


def test_altynkol_has_no_railway_before_its_line(world):
    with pytest.raises(UnreachableError, match="Altynkol"):
        world.at(2010).route("Altynkol", "Almaty", modes="rail")
    route = world.at(2012).route("Altynkol", "Almaty", modes="rail").routes[0]
    assert route.economies == ("KAZ",)
    assert 300 < route.distance_km < 400


def test_before_the_line_to_khorgos_trains_go_by_dostyk(world):
    before = world.at(2010).route("Urumqi", "Almaty", modes="rail").routes[0]
    after = world.at(2025).route("Urumqi", "Almaty", modes="rail").routes[0]
    assert before.crossings == ("rail-alashankou-dostyk",)
    assert after.crossings == ("rail-khorgos-altynkol",)
    assert after.distance_km < before.distance_km - 200


def test_before_the_line_to_beineu_trains_go_round(world):
    before = world.at(2013).route("Zhezkazgan", "Beineu", modes="rail").routes[0]
    after = world.at(2014).route("Zhezkazgan", "Beineu", modes="rail").routes[0]
    # The line was built to save some 1,000 km.
    assert before.distance_km - after.distance_km > 900
    assert after.economies == ("KAZ",)


def test_the_second_track_from_dostyk_lies_on_the_line_that_stood_before(net, world):
    name = "dostyk-moiynty-second-track"
    row = facts.rows("sections")[rows_of("sections", name)]
    assert (row.opens_year, row.tracks_before, row.tracks_after) == (2025, 1, 2)
    edges = net.edge_section == rows_of("sections", name)
    assert net.edge_length_km[edges].sum() == pytest.approx(836, rel=0.03)
    for year in (2010, 2025):
        assert world.router.edge_metrics(year, "general").open[:, edges].all()
        route = world.at(year).route("Dostyk", "Moiynty", modes="rail").routes[0]
        assert route.distance_km == pytest.approx(836, rel=0.03)


# Whole


def test_nearly_everything_hangs_together(net):
    piece = components(net.n_nodes, net.edge_tail, net.edge_head)
    assert np.bincount(piece).max() > 0.98 * net.n_nodes
    rail = np.flatnonzero(net.edge_mode == Mode.RAIL)
    piece = components(net.n_nodes, net.edge_tail[rail], net.edge_head[rail])
    index = PointIndex(net.node_lat, net.node_lon)
    stations = {
        "Chongqing": (29.62, 106.33),
        "Dostyk": (45.25, 82.49),
        "Moscow": (55.78, 37.66),
        "Duisburg": (51.40, 6.75),
        "Istanbul": (41.0, 28.9),
        "Tehran": (35.66, 51.4),
        "Ulaanbaatar": (47.91, 106.88),
        "Vladivostok": (43.11, 131.88),
        "Tashkent": (41.29, 69.29),
    }
    on_rail = np.zeros(net.n_nodes, bool)
    on_rail[net.edge_tail[rail]] = on_rail[net.edge_head[rail]] = True
    main = np.bincount(piece[on_rail]).argmax()
    for name, (lat, lon) in stations.items():
        near = index.within(lat, lon, 15.0)
        assert (piece[near[on_rail[near]]] == main).any(), name


def test_cities_have_a_road_near(net, world):
    roads = np.flatnonzero(net.node_mode == Mode.ROAD)
    index = PointIndex(net.node_lat[roads], net.node_lon[roads])
    largest = world.gazetteer.largest_cities(500)
    km, _ = index.nearest(*np.array([(e.lat, e.lon) for e in largest]).T)
    assert np.median(km) < 2
    assert (km < 30).mean() > 0.99


def test_every_listed_crossing_is_on_a_line_or_told_of(net, world):
    on_a_line = set(net.edge_crossing.tolist())
    off = {row.id for k, row in enumerate(facts.rows("crossings")) if k not in on_a_line}
    told = {note.split(":")[0] for note in world.report["notes"]}
    assert off <= set(world.report["unreached_crossings"]) | told


def test_every_section_found_is_on_the_map(net, world):
    on_the_map = {facts.rows("sections")[k].id for k in np.unique(net.edge_section) if k >= 0}
    found = {t["id"] for t in world.report["sections"] if t["how"] != "missing"}
    # A later stage of a project lies on the edges of the earlier one.
    assert found - on_the_map <= {"eastern-polygon-3"}
