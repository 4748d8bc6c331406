"""Ways compared with another state: what served there stands, what was no choice is none."""

import numpy as np
import pytest

from landbridge.assess.edges import change_of
from landbridge.levers.effects import EdgeEffect
from landbridge.network.graph import Mode
from landbridge.routing.choice.bundles import ENDS, FIGURES, joined, without
from landbridge.routing.choice.skims import skim_ways
from landbridge.routing.choice.tastes import constants
from landbridge.routing.choice.ways import ways
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.skim import Zone

YEAR = 2023
CITIES = (
    "Beijing", "Chengdu", "Almaty", "Andijon", "Tehran", "Dushanbe", "Baghdad", "Riga",
    "Chisinau", "Helsinki", "Istanbul", "Novosibirsk",
)  # fmt: skip
CHOSEN = [way for way in ways() if way.id in ("sea", "road", "truck", "rail-broad", "khorgos")]
FREE = ("sea", "road", "truck")
"""Ways that are not searched by all that they are chosen by."""


@pytest.fixture(scope="module")
def cities(world):
    found = [world.place(name) for name in CITIES]
    return tuple(Zone(p.ref, p.name, p.economy, p.lat, p.lon, 1) for p in found)


@pytest.fixture(scope="module")
def before(world, cities):
    return skim_ways(world.router, cities, CHOSEN, YEAR, "general")


@pytest.fixture(scope="module")
def eased(world):
    """Borders by land take a tenth of their hours, and cost nothing that can be spared."""
    network = world.network
    land = np.isin(network.edge_mode, (Mode.RAIL, Mode.ROAD)) & (network.edge_crossing >= 0)
    quicker = EdgeEffect(np.flatnonzero(land), time_factor=0.1, cost_factor=0.1)
    return world.router.changed(change_of([quicker]))


def paid(skim):
    cargo = cargo_class("general")
    spread = cargo.reliability_ratio * np.sqrt(skim.var_h2)
    own = skim.cost_usd_feu + cargo.vot_usd_h * (skim.time_h + spread)
    return own * constants()["lorry-third"] ** skim.third.astype(float)


def test_the_same_state_is_the_same(world, cities, before):
    again = joined(skim_ways(world.router, cities, CHOSEN, YEAR, "general", like=before))
    for way, skim in joined(before).items():
        for name in (*FIGURES, *ENDS, "third", "detour"):
            np.testing.assert_array_equal(getattr(again[way], name), getattr(skim, name))


@pytest.fixture(scope="module")
def after(eased, cities, before):
    return skim_ways(eased, cities, CHOSEN, YEAR, "general", like=before)


@pytest.mark.parametrize("way", [way.id for way in CHOSEN])
def test_quicker_borders_make_no_way_dearer_nor_take_it_away(before, after, way):
    old, new = joined(before)[way], joined(after)[way]
    there = np.isfinite(old.time_h)
    assert there.any()
    assert np.isfinite(new.time_h[there]).all()
    assert (paid(new)[there] <= paid(old)[there] * (1 + 1e-5)).all()


def test_without_the_other_state_some_would_be_dearer_or_gone(before, eased, cities):
    """Else nothing above was put to the test."""
    alone = joined(skim_ways(eased, cities, CHOSEN, YEAR, "general"))
    worse = 0
    for way in FREE:
        old, new = joined(before)[way], alone[way]
        there = np.isfinite(old.time_h)
        worse += np.sum(~(paid(new)[there] <= paid(old)[there] * (1 + 1e-5)))
    assert worse > 0


def test_what_was_no_choice_is_none_while_anything_else_is_open(world, cities, before):
    """The land way shut, a ship that was a detour does not become what everybody takes."""
    trucks = joined(before)["truck"]
    border = np.flatnonzero(
        (world.network.edge_crossing >= 0) & (world.network.edge_mode == Mode.ROAD)
    )
    shut = world.router.changed(change_of([EdgeEffect(border[::2], open=False)]))
    after = joined(skim_ways(shut, cities, CHOSEN, YEAR, "general", like=before))
    open_now = np.any([np.isfinite(skim.time_h) for skim in after.values()], axis=0)
    for way, skim in joined(before).items():
        others = np.any(
            [np.isfinite(each.time_h) for name, each in after.items() if name != way], axis=0
        )
        assert not np.isfinite(after[way].time_h)[skim.detour & others].any()
    assert np.isfinite(trucks.time_h).any()
    assert open_now.any()


def test_no_pair_stands_in_two_bundles(after):
    for way in FREE:
        trips = [skim.start >= 0 for b in after for skim in b.skims if skim.way.id == way]
        assert len(trips) == 2
        assert not (trips[0] & trips[1]).any()


def test_a_skim_without_pairs_has_no_trips_for_them(before):
    skim = joined(before)["sea"]
    pairs = np.zeros(skim.start.shape, bool)
    pairs[0] = True
    left = without(skim, pairs)
    assert np.isnan(left.time_h[0]).all()
    assert (left.start[0] == -1).all()
    np.testing.assert_array_equal(left.cost_usd_feu[1:], skim.cost_usd_feu[1:])
