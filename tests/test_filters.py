"""What a request leaves open: names are understood or refused, and what they mean is shut."""

import numpy as np
import pytest

from landbridge.errors import InputError, UnknownNameError
from landbridge.network.graph import Mode
from landbridge.routing.economies import economy_choices, economy_named
from landbridge.routing.filters import (
    MODE_NAMES,
    NOTHING_CLOSED,
    Closed,
    parse_closed,
    parse_economies,
    parse_modes,
    permitted,
)
from small_network import chain, numbers

ALL = frozenset(Mode)
RAILS, PORT_RAIL, PORT_ROAD, FERRY, ROAD, SEA = [0, 1, 2], 3, 4, 5, 6, 7


def shut(modes=None, avoid=(), closed=NOTHING_CLOSED):
    network = chain()
    places = frozenset(network.economies.index(code) for code in avoid)
    return set(np.flatnonzero(~permitted(network, modes, places, closed)).tolist())


def test_nothing_asked_leaves_everything_open():
    assert shut() == set()
    assert shut(modes=ALL) == set()


@pytest.mark.parametrize(
    ("modes", "kept"),
    [
        ("rail", {*RAILS, PORT_RAIL}),
        ("road", {ROAD, PORT_ROAD}),
        ("sea", {SEA}),
        ("ferry", {FERRY}),
        ("rail,ferry", {*RAILS, PORT_RAIL, FERRY}),
        (["Rail ", "ROAD"], {*RAILS, PORT_RAIL, PORT_ROAD, ROAD}),
    ],
)
def test_a_mode_keeps_its_lines_and_its_side_of_the_terminals(modes, kept):
    assert set(range(8)) - shut(parse_modes(modes)) == kept


@pytest.mark.parametrize(
    ("avoid", "gone"),
    [
        (["CHN"], {0, 1}),
        (["KAZ"], {1, 2, PORT_RAIL, PORT_ROAD, FERRY, ROAD}),
        (["RUS"], {ROAD}),
        (["AZE", "RUS"], {FERRY, ROAD}),
    ],
)
def test_an_avoided_economy_is_shut_with_the_borders_into_it(avoid, gone):
    assert shut(avoid=avoid) == gone


@pytest.mark.parametrize(
    ("names", "gone"),
    [
        ("Suez", {SEA}),
        ("suez canal", {SEA}),
        ("rail-alashankou-dostyk", {1}),
        ("Alashankou-Dostyk", {1}),
        ("Dzungarian Gate", {1}),
        ("Dostyk–Moiynty second track", {2}),
        ("aktau-port", {PORT_RAIL, PORT_ROAD, FERRY}),
        ("ferry-aktau-alat, Suez", {FERRY, SEA}),
    ],
)
def test_what_is_closed_by_name_is_shut(names, gone):
    assert shut(closed=parse_closed(names)) == gone


def test_a_passage_of_several_crossings_shuts_them_all():
    closed = parse_closed("Khunjerab Pass")
    assert closed.crossings == (numbers("crossings")["road-khunjerab-sost"],)
    assert closed.chokepoints == (numbers("chokepoints")["khunjerab"],)


def test_closing_nothing_is_the_same_question():
    assert parse_closed(["", " "]) == parse_closed("") == NOTHING_CLOSED == Closed()


def test_every_closable_id_means_its_own_row():
    for table in ("chokepoints", "crossings", "sections", "terminals"):
        for name, number in numbers(table).items():
            if "-" in name or table == "chokepoints":
                assert number in getattr(parse_closed(name), table), name


def test_a_name_of_a_crossing_means_it_in_every_mode():
    closed = parse_closed("Torugart")
    names = {name for name, number in numbers("crossings").items() if number in closed.crossings}
    assert "road-topa-torugart" in names


@pytest.mark.parametrize("text", ["Suz Canal", "Dostik-Alashankou", "Khorgoss Gateway"])
def test_a_misspelt_closure_is_refused_with_suggestions(text):
    with pytest.raises(UnknownNameError, match="did you mean") as caught:
        parse_closed(text)
    assert caught.value.suggestions


def test_modes_by_name():
    assert parse_modes(None) is None
    assert parse_modes(",".join(MODE_NAMES)) == ALL - {Mode.TRANSFER}
    with pytest.raises(UnknownNameError, match="unknown mode 'rial'; did you mean 'rail'"):
        parse_modes("rial")
    with pytest.raises(InputError, match="no mode is given: choose from rail"):
        parse_modes(" , ")
    with pytest.raises(UnknownNameError, match="unknown mode 'transfer'"):
        parse_modes("transfer")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CHN", "CHN"),
        ("cn", "CHN"),
        ("China", "CHN"),
        ("People's Republic of China", "CHN"),
        ("Russia", "RUS"),
        ("United States", "USA"),
        ("united states of america", "USA"),
        ("UK", "GBR"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Czechia", "CZE"),
        ("Czech Republic", "CZE"),
        ("South Korea", "KOR"),
        ("Kyrgyzstan", "KGZ"),
        ("Iran", "IRN"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_economies_by_code_and_name(text, code):
    assert economy_named(text) == code


def test_economies_are_kept_to_those_the_network_holds():
    assert parse_economies("China, kaz,RUS", ("CHN", "KAZ", "RUS")) == {0, 1, 2}
    assert parse_economies([], ("CHN",)) == frozenset()
    with pytest.raises(UnknownNameError, match="unknown economy 'Germany'"):
        parse_economies("Germany", ("CHN", "KAZ"))
    with pytest.raises(UnknownNameError, match="did you mean 'Kazakhstan'"):
        parse_economies("Kazahstan", ("CHN", "KAZ"))


def test_suggestions_come_as_people_write_them():
    assert {"KAZ", "Kazakhstan", "China"} <= set(economy_choices())
