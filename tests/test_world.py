"""The World: years, what opens and closes in them, and answers that say how they were asked."""

import dataclasses

import pytest

from landbridge.errors import InputError, UnreachableError
from landbridge.world import BASE_YEAR, FIRST_YEAR, LAST_YEAR


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1, 0, -2025, 20250])
def test_a_year_no_table_speaks_of(world, year):
    with pytest.raises(InputError, match=rf"the year {year} is outside {FIRST_YEAR}–{LAST_YEAR}"):
        world.at(year)


def test_another_year_is_another_world_on_the_same_network(world):
    later = world.at(2030)
    assert (world.year, later.year) == (BASE_YEAR, 2030)
    assert later.network is world.network
    with pytest.raises(dataclasses.FrozenInstanceError):
        later.year = 2031


@pytest.mark.parametrize("year", [FIRST_YEAR, LAST_YEAR])
def test_the_first_and_last_year_answer(world, year):
    answer = world.at(year).route("Urumqi", "Almaty", modes="rail")
    assert answer.year == year
    assert answer.routes


#: pair, section or crossing that opened, the year before and the year of it, shorter by km
OPENINGS = [
    (("Urumqi", "Almaty"), "rail-khorgos-altynkol", 2010, 2014, 250),
    (("Almaty", "Aktau"), "Shalkar-Beineu", 2013, 2016, 400),
    (("Ashgabat", "Aktau"), "rail-bolashak-serhetyaka", 2012, 2016, 300),
]


@pytest.mark.parametrize(("pair", "what", "before", "after", "km"), OPENINGS, ids=str)
def test_a_line_shortens_the_way_from_the_year_it_opens(world, pair, what, before, after, km):
    def best(year):
        return world.at(year).route(*pair, modes="rail", by="time").routes[0]

    def uses(route):
        return what in route.crossings or any(what in (leg.section or "") for leg in route.legs)

    assert not uses(best(before))
    assert uses(best(after))
    assert best(after).distance_km < best(before).distance_km - km


def test_the_kars_line_opens_in_2017(world):
    with pytest.raises(UnreachableError, match=r"no way from Ankara .* in 2015, by rail"):
        world.at(2015).route("Ankara", "Baku", modes="rail")
    (route, *_) = world.at(2018).route("Ankara", "Baku", modes="rail").routes
    assert "rail-kartsakhi-canbaz" in route.crossings


def test_a_war_closes_a_border(world):
    def ways(year):
        answer = world.at(year).route("Kyiv", "Moscow", modes="rail,road", avoid="BLR")
        return [route.economies for route in answer.routes]

    assert ("UKR", "RUS") in ways(2012)
    assert ("UKR", "RUS") not in ways(2025)


def test_closed_borders_are_gone_round(world):
    (route, *_) = world.route("Baku", "Yerevan", modes="road").routes
    assert route.economies == ("AZE", "GEO", "ARM")


def test_an_answer_says_what_was_asked_and_understood(world):
    answer = world.at(2019).route("Brest", "DEDUI", cargo="apparel", by="time")
    assert (answer.year, answer.cargo, answer.by) == (2019, "apparel", "time")
    assert (answer.origin.economy, answer.destination.un_locode) == ("BLR", "DEDUI")
    (note,) = answer.notes
    assert "'Brest' was taken as Brest (city, BLR)" in note
    assert "'Brest, FRA'" in note


def test_dearer_cargo_weighs_time_more(world):
    def way(cargo):
        return world.route("Shanghai", "Hamburg", cargo=cargo).routes[0]

    assert way("electronics").time_h < way("bulk").time_h
    assert way("electronics").cost_usd_feu > way("bulk").cost_usd_feu


def test_the_summary_counts_what_the_network_holds(world):
    summary = world.summary()
    assert sum(row["nodes"] for row in summary.modes) == world.network.n_nodes
    assert sum(row["edges"] for row in summary.modes) == world.network.n_edges
    assert any("ODbL" in row["licence"] for row in summary.sources)


def test_two_questions_in_a_row_do_not_mix(world):
    first = world.route("Urumqi", "Almaty", modes="rail")
    world.route("Urumqi", "Almaty", modes="road", close="rail-khorgos-altynkol")
    world.at(2010).route("Urumqi", "Almaty", modes="rail")
    assert world.route("Urumqi", "Almaty", modes="rail") == first
