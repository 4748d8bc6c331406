"""Skims: the same figures as the routes, complete or with a reason, and bounded."""

import itertools

import numpy as np
import pytest

from landbridge.errors import InputError, LandbridgeError
from landbridge.network.graph import Mode
from landbridge.routing.cch import build_hierarchy
from landbridge.routing.results import Place
from landbridge.routing.route import Question, Router
from landbridge.routing.skim import MOST_ZONES, NO_ACCESS, NO_WAY, Zone, skim
from small_network import scattered

FIGURES = ("time_h", "time_sd_h", "distance_km", "cost_usd_feu", "co2_kg_feu")
#: Single precision along hundreds of edges; a corridor's name goes to ways a thousandth off.
RELATIVE = 2e-3


@pytest.fixture(scope="module")
def fifty(world):
    return world.skim(50)


@pytest.fixture(scope="module")
def by_land(world):
    return world.skim(world.zones(400)[::8], modes="rail,road,sea,ferry", by="time")


def test_every_pair_has_figures_or_a_reason(fifty):
    for figure in FIGURES:
        matrix = getattr(fifty, figure)
        assert matrix.shape == (50, 50)
        assert matrix.dtype == np.float32
        gone = {(int(i), int(j)) for i, j in np.argwhere(np.isnan(matrix))}
        assert gone == set(fifty.reasons)
        assert not np.isinf(matrix).any()
        known = matrix[~np.isnan(matrix)]
        assert (known >= 0).all()
    assert set(fifty.reasons.values()) <= {NO_ACCESS, NO_WAY}


def test_what_can_be_reached_can_be_left(fifty):
    known = ~np.isnan(fifty.time_h)
    assert (known == known.T).all()
    # The largest cities of fifty economies trade with each other.
    assert known.mean() > 0.9


def test_the_diagonal_is_collecting_and_delivering_in_the_city(fifty):
    for figure in FIGURES:
        inside = np.diag(getattr(fifty, figure))
        across = np.nanmean(getattr(fifty, figure))
        assert np.isfinite(inside).all()
        assert (inside >= 0).all()
        assert inside.max() < across
    assert (np.diag(fifty.distance_km) > 0).any()


def test_zones_are_the_largest_cities_each_once(world):
    zones = world.zones(200)
    assert len({zone.id for zone in zones}) == len(zones) == 200
    assert len({zone.economy for zone in zones[:100]}) == 100
    assert {"KAZ", "CHN", "DEU", "UZB", "RUS"} <= {zone.economy for zone in zones[:100]}
    assert world.zones(20) == zones[:20]


@pytest.mark.parametrize("seed", range(14))
def test_a_skim_says_what_the_route_says(world, by_land, seed):
    rng = np.random.default_rng(seed)
    i, j = rng.choice(len(by_land.zones), 2, replace=False)
    start, end = (
        Place(z.name, "city", z.economy, z.lat, z.lon, ref=z.id)
        for z in (by_land.zones[i], by_land.zones[j])
    )
    question = Question(
        2025, by="time", modes=frozenset({Mode.RAIL, Mode.ROAD, Mode.SEA, Mode.FERRY})
    )
    if np.isnan(by_land.time_h[i, j]):
        with pytest.raises(LandbridgeError):
            world.router.routes(start, end, question)
        return
    best = world.router.routes(start, end, question)[0]
    assert by_land.time_h[i, j] == pytest.approx(best.time_h, rel=RELATIVE)
    if abs(by_land.time_h[i, j] / best.time_h - 1) < 1e-5:
        for figure in FIGURES:
            assert getattr(by_land, figure)[i, j] == pytest.approx(
                getattr(best, figure), rel=RELATIVE
            ), figure


def test_a_small_skim_says_what_the_routes_say():
    network = scattered(5, 50, 200)
    router = Router(network, build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head))
    zones = tuple(
        Zone(
            str(k),
            f"z{k}",
            network.economies[network.node_economy[k]],
            float(network.node_lat[k]) + 0.03,
            float(network.node_lon[k]),
            1000,
        )
        for k in range(0, 50, 6)
    )
    question = Question(2025, by="cost", modes=frozenset({Mode.RAIL}))
    found = skim(router, zones, question, lambda stage, share: None)
    at = [Place(z.name, "city", z.economy, z.lat, z.lon, ref=z.id) for z in zones]
    for i, j in itertools.permutations(range(len(zones)), 2):
        if (i, j) in found.reasons:
            continue
        best = min(router.routes(at[i], at[j], question), key=lambda r: r.cost_usd_feu)
        for figure in FIGURES:
            assert getattr(found, figure)[i, j] == pytest.approx(
                getattr(best, figure), rel=RELATIVE
            ), figure


def test_asked_for_a_measure_no_other_skim_has_less_of_it(world, by_land):
    cheap = world.skim(by_land.zones, modes="rail,road,sea,ferry", by="cost")
    both = ~np.isnan(by_land.time_h)
    assert (np.isnan(cheap.time_h) == ~both).all()
    assert (by_land.time_h[both] <= cheap.time_h[both] * (1 + 1e-4)).all()
    assert (cheap.cost_usd_feu[both] <= by_land.cost_usd_feu[both] * (1 + 1e-4)).all()


def test_by_road_alone_a_stop_on_the_way_never_saves_time(world):
    """One door a zone, so that arriving and leaving join up; the stop adds its own truck."""
    table = world.skim(world.zones(300)[::6], modes="road", by="time").time_h.astype(np.float64)
    assert np.isfinite(table).mean() > 0.2
    for k in range(len(table)):
        around = table[:, [k]] + table[[k], :]
        worse = table > around * (1 + 1e-5)
        assert not (worse & np.isfinite(around)).any()
        assert not (np.isnan(table) & np.isfinite(around)).any()


def test_an_avoided_economy_has_no_ways_but_within_its_cities(world):
    zones = world.zones(40)
    inside = np.array([zone.economy == "CHN" for zone in zones])
    assert inside.any()
    found = world.skim(zones, avoid="CHN")
    off = ~np.eye(len(zones), dtype=bool)
    touched = (inside[:, None] | inside[None, :]) & off
    assert np.isnan(found.time_h[touched]).all()
    assert np.isfinite(found.time_h[~touched]).mean() > 0.8


def test_zones_without_a_line_say_so(world):
    zones = (
        *world.zones(3),
        Zone("reykjavik", "Reykjavík", "ISL", 64.15, -21.95, 120_000),
    )
    found = world.skim(zones, modes="rail")
    assert found.reasons[0, 3] == found.reasons[3, 0] == found.reasons[3, 3] == NO_ACCESS
    with pytest.raises(InputError, match="none of the zones has a line within reach"):
        world.skim(zones[3:] * 2, modes="rail")


@pytest.mark.parametrize("count", [0, 1, -5, MOST_ZONES + 1, 10**9])
def test_too_few_or_too_many_zones(world, count):
    with pytest.raises(InputError, match="zones: ask for 2 to 4,000"):
        world.skim(count)


def test_too_many_zones_of_ones_own(world):
    with pytest.raises(InputError, match="zones: give at most 4,000"):
        world.skim(world.zones(2) * MOST_ZONES)


def test_a_zone_of_no_known_economy(world):
    with pytest.raises(InputError, match="unknown economy 'XXX'"):
        world.skim((*world.zones(2), Zone("x", "X", "XXX", 50.0, 10.0, 1)))


def test_progress_is_told(world):
    told = []
    world.skim(3, progress=lambda stage, share: told.append(share))
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1
