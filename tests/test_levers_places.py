"""Names in levers: places become rows and edges, parties become economies; the rest is refused."""

from types import SimpleNamespace

import numpy as np
import pytest

from landbridge import facts
from landbridge.economy.table.labels import labels
from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.lever import Stage
from landbridge.levers.parties import (
    expand,
    members,
    party_problems,
    territories,
    territory_problems,
)
from landbridge.levers.places import (
    absent,
    carried,
    edges_in,
    edges_of,
    posts_of,
    rows_named,
    shut_by,
    title,
)
from landbridge.network.graph import Mode
from landbridge.routing.filters import Closed, parse_closed
from small_network import ECONOMIES, chain, numbers


def ids(table, text):
    return {facts.rows(table)[row].id for row in rows_named(table, text)}


def stage(year=2025):
    return Stage(year, chain(), SimpleNamespace(labels=labels()))


@pytest.mark.parametrize(
    ("table", "text", "meant"),
    [
        ("crossings", "rail-khorgos-altynkol", {"rail-khorgos-altynkol"}),
        ("crossings", "khorgos – ALTYNKOL", {"rail-khorgos-altynkol"}),
        ("crossings", "Altynkol-Khorgos", {"rail-khorgos-altynkol"}),
        ("crossings", "Dostyk", {"rail-alashankou-dostyk", "road-alashankou-dostyk"}),
        ("terminals", "aktau-port", {"aktau-port"}),
        ("chokepoints", "Good Hope", {"cape"}),
        ("sections", "Dostyk-Moiynty second track", {"dostyk-moiynty-second-track"}),
        (
            "sections",
            "zhezkazgan-beineu",
            {r.id for r in facts.rows("sections") if r.part_of == "zhezkazgan-beineu"},
        ),
    ],
)
def test_ids_names_and_aliases_are_understood(table, text, meant):
    assert ids(table, text) == meant


@pytest.mark.parametrize("table", ["crossings", "sections", "terminals", "chokepoints"])
def test_every_id_means_its_own_row(table):
    rows = [rows_named(table, row.id) for row in facts.rows(table)]
    assert rows == [(k,) for k in range(len(rows))]


def test_a_misspelling_is_answered_with_the_closest_name():
    with pytest.raises(UnknownNameError, match=r"did you mean .*rail-alashankou-dostyk"):
        rows_named("crossings", "rail-alashankow-dostyk")
    with pytest.raises(UnknownNameError, match="unknown passage 'Suetz'"):
        rows_named("chokepoints", "Suetz")


@pytest.mark.parametrize(
    ("table", "text", "among"),
    [
        ("crossings", "Alat", "ferry-aktau-alat"),
        ("terminals", "Hong Kong", "hong-kong-hkg"),
    ],
)
def test_a_name_of_several_places_is_answered_with_their_ids(table, text, among):
    with pytest.raises(InputError, match=f"means several {table}: name one of .*{among}"):
        rows_named(table, text)


def test_titles_are_for_people_and_never_fail():
    assert title("crossings", "rail-alashankou-dostyk") == "Alashankou–Dostyk"
    assert title("crossings", "Dostyk") == "Alashankou–Dostyk (rail and road)"
    assert title("crossings", "rail-astara-astara") == "Astara"
    assert title("crossings", " nowhere ") == "nowhere"


def test_edges_are_those_of_the_network():
    network = chain()
    assert edges_of(network, "crossings", rows_named("crossings", "Dostyk")).tolist() == [1]
    assert edges_of(network, "terminals", rows_named("terminals", "aktau-port")).tolist() == [3, 4]
    assert edges_of(network, "sections", (numbers("sections")["rail-baltica"],)).tolist() == []
    for table, column in (("crossings", "edge_crossing"), ("chokepoints", "edge_chokepoint")):
        for row, edges in carried(network, table).items():
            assert np.array_equal(edges, np.flatnonzero(getattr(network, column) == row))


def test_edges_by_mode_and_territory_are_those_of_both():
    network = chain()
    assert edges_in(network, None, None).tolist() == list(range(8))
    assert edges_in(network, ["CHN"], None).tolist() == [0, 1]
    assert edges_in(network, None, [Mode.SEA, Mode.ROAD]).tolist() == [6, 7]
    assert edges_in(network, ["KAZ"], [Mode.RAIL]).tolist() == [2]
    assert 7 not in edges_in(network, ECONOMIES, None)


def test_a_closure_takes_what_a_request_would():
    assert shut_by(chain(), parse_closed("aktau-port")).tolist() == [3, 4, 5]
    assert shut_by(chain(), Closed()).tolist() == []


def test_a_mountain_pass_consists_of_its_crossings():
    gate = numbers("chokepoints")["dzungarian-gate"]
    assert posts_of(gate) == (numbers("crossings")["rail-alashankou-dostyk"],)
    assert posts_of(numbers("chokepoints")["suez"]) == ()


def test_what_no_edge_carries_is_named():
    (problem,) = absent(chain(), "crossings", "rail-khorgos-altynkol")
    assert "rail-khorgos-altynkol lies on no line of the network" in problem
    assert not list(absent(chain(), "crossings", "rail-alashankou-dostyk"))
    assert not list(absent(chain(), "crossings", "a name that is understood elsewhere"))


def test_parties_come_in_the_order_of_the_base_world_and_once():
    assert expand(["Uzbekistan", "kz", "KAZ"], stage()) == ("KAZ", "UZB")
    assert expand([], stage()) == ()
    assert expand(["all"], stage()) == labels().economies


def test_others_are_all_that_are_not_named():
    rest = expand(["others"], stage(), others_than=frozenset({"KAZ", "CHN"}))
    assert set(labels().economies) - set(rest) == {"KAZ", "CHN"}


def test_an_organisation_is_its_full_members_in_the_year():
    assert set(expand(["EAEU"], stage())) == {"ARM", "BLR", "KAZ", "KGZ", "RUS"}
    assert set(expand(["Eurasian Economic Union"], stage())) == set(expand(["eaeu"], stage()))
    assert "IRN" in members("SCO", 2024)
    assert "IRN" not in members("SCO", 2015)
    with pytest.raises(InputError, match="EAEU has no members in 1990"):
        expand(["EAEU"], stage(1990))


def test_what_is_no_party_is_refused():
    with pytest.raises(UnknownNameError, match="Kazakhstan"):
        expand(["Kazakstan"], stage())
    with pytest.raises(InputError, match=r"Albania \(ALB\) has no row of its own"):
        expand(["Albania"], stage())
    assert len(list(party_problems(["KAZ", "Kazakstan", "Albania", "EAEU"], stage()))) == 2


def test_territories_are_economies_of_the_network():
    assert territories(["EAEU"], stage()) == ("BLR", "KAZ", "RUS")
    assert territories(["all"], stage()) == ECONOMIES
    assert list(territory_problems(["China"], stage())) == []
    (problem,) = territory_problems(["Germany"], stage())
    assert "has no land in the network" in problem
