"""What people type for a place, in many spellings and scripts, and what is said in doubt."""

import re

import pytest

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError

CITY = 60.0


@pytest.mark.parametrize(
    ("text", "name", "economy"),
    [
        ("Chongqing", "Chongqing", "CHN"),
        ("重庆", "Chongqing", "CHN"),
        ("chongqing", "Chongqing", "CHN"),
        ("Алматы", "Almaty", "KAZ"),
        ("ALMATY", "Almaty", "KAZ"),
        ("乌鲁木齐", "Ürümqi", "CHN"),
        ("Urumqi", "Ürümqi", "CHN"),
        ("Ташкент", "Tashkent", "UZB"),
        ("Nur-Sultan", "Astana", "KAZ"),
        ("Нур-Султан", "Astana", "KAZ"),
        ("Astana", "Astana", "KAZ"),
        ("Małaszewicze", "Malaszewicze", "POL"),
        ("malaszewicze", "Malaszewicze", "POL"),
        ("Xi'an", "Xi’an", "CHN"),
        ("Xian", "Xi’an", "CHN"),
        ("Liege", "Liège", "BEL"),
        ("St Petersburg", "Saint Petersburg", "RUS"),
        ("St. Petersburg", "Saint Petersburg", "RUS"),
        ("Saigon", "Ho Chi Minh City", "VNM"),
        ("Moscow, USA", "Moscow", "USA"),
        ("Moscow, United States", "Moscow", "USA"),
        ("Moscow, Russia", "Moscow", "RUS"),
        ("Beijing, China", "Beijing", "CHN"),
        ("London, UK", "London", "GBR"),
        ("London, GB", "London", "GBR"),
        ("Brest, FRA", "Brest", "FRA"),
        ("Brest, Belarus", "Brest", "BLR"),
        ("Ankara, Türkiye", "Ankara", "TUR"),
        ("Almaty, KAZ", "Almaty", "KAZ"),
        ("DEDUI", "Duisburg", "DEU"),
        ("dedui", "Duisburg", "DEU"),
        ("DE DUI", "Duisburg", "DEU"),
        ("  Duisburg ", "Duisburg", "DEU"),
        ("Dostyk", "Dostyk", "KAZ"),
    ],
)
def test_a_city_in_any_spelling(world, text, name, economy):
    place = world.place(text)
    assert (place.name, place.economy, place.kind) == (name, economy, "city")


def test_every_code_of_the_facts_means_a_place_with_that_code(world):
    codes = {
        row.un_locode
        for table in ("terminals", "places")
        for row in facts.rows(table)
        if row.un_locode
    }
    assert len(codes) > 200
    assert {code: world.place(code).un_locode for code in codes} == {code: code for code in codes}


@pytest.mark.parametrize(
    ("text", "code"),
    [("Almaty", "KZALA"), ("Алматы", "KZALA"), ("Chongqing", "CNCKG"), ("Duisburg", "DEDUI"),
     ("Moscow, USA", None), ("51.43,6.77", None)],
)  # fmt: skip
def test_a_city_found_by_name_carries_its_code(world, text, code):
    assert world.place(text).un_locode == code


@pytest.mark.parametrize("table", ["terminals", "crossings"])
def test_every_terminal_and_crossing_is_found_by_its_id(world, table):
    kind = table.removesuffix("s")
    for row in facts.rows(table)[::7]:
        place = world.place(f"{kind}:{row.id}")
        assert (place.kind, place.ref) == (kind, row.id)
        assert (place.lat, place.lon) == (row.lat, row.lon)


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("terminal:Aktau", "aktau-port"),
        ("Terminal: Khorgos Gateway", "khorgos-gateway"),
        ("crossing:Khorgos-Altynkol", "rail-khorgos-altynkol"),
        ("crossing:rail-khorgos-altynkol", "rail-khorgos-altynkol"),
        ("crossing:road-alashankou-dostyk", "road-alashankou-dostyk"),
        ("crossing:Torugart", "road-topa-torugart"),
    ],
)
def test_a_kind_before_the_name_keeps_to_it(world, text, ref):
    assert world.place(text).ref == ref


def test_a_crossing_of_two_modes_says_so(world):
    note = world.place("crossing:Alashankou-Dostyk").note
    assert "was taken as Alashankou–Dostyk (rail)" in note
    assert "'crossing:road-alashankou-dostyk'" in note


@pytest.mark.parametrize(
    ("text", "lat", "lon", "economy"),
    [
        ("43.24,76.9", 43.24, 76.9, "KAZ"),
        ("43.24, 76.9", 43.24, 76.9, "KAZ"),
        ("43.24 76.9", 43.24, 76.9, "KAZ"),
        ("-6.2;106.8", -6.2, 106.8, "IDN"),
        ("40,-75", 40.0, -75.0, "USA"),
    ],
)
def test_points(world, text, lat, lon, economy):
    place = world.place(text)
    assert (place.kind, place.lat, place.lon, place.economy) == ("point", lat, lon, economy)


@pytest.mark.parametrize("text", ["95,10", "10,200", "-91,0", "0,-180.5"])
def test_a_point_off_the_globe(world, text):
    with pytest.raises(InputError, match="off the globe: give latitude first"):
        world.place(text)


@pytest.mark.parametrize("text", ["0,-30", "42.0,51.0", "35,-160"])
def test_a_point_at_sea(world, text):
    with pytest.raises(InputError, match="lies in no economy: give a point on land"):
        world.place(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Chongqin", "Chongqing"),
        ("Duisberg", "Duisburg"),
        ("Almatty", "Almaty"),
        ("Samarkant", "Samarkand"),
        ("terminal:khorgos-gatway", "khorgos-gateway"),
        ("crossing:rail-alashankow-dostyk", "rail-alashankou-dostyk"),
        ("Almaty, DEU", "Almaty, KAZ"),
    ],
)
def test_an_unknown_name_comes_with_what_was_meant(world, text, suggestion):
    with pytest.raises(UnknownNameError) as caught:
        world.place(text)
    assert suggestion in caught.value.suggestions
    assert suggestion in str(caught.value)


@pytest.mark.parametrize("text", ["Алматыы", "!!!", "🚂", "重庆市市市"])
def test_without_a_close_name_the_forms_are_told(world, text):
    with pytest.raises(UnknownNameError, match="give a city, a UN/LOCODE, terminal:NAME"):
        world.place(text)


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_an_empty_place(world, text):
    with pytest.raises(InputError, match="a place is empty"):
        world.place(text)


def test_a_very_long_name_makes_a_short_message(world):
    with pytest.raises(UnknownNameError) as caught:
        world.place("x" * 5000)
    assert len(str(caught.value)) < 300


def test_an_unknown_economy_after_the_comma(world):
    with pytest.raises(UnknownNameError, match="unknown economy 'Kazahstan'; did you mean 'Kaza"):
        world.place("Almaty, Kazahstan")


def test_short_names_are_no_hint_for_long_ones(world):
    with pytest.raises(UnknownNameError) as caught:
        world.place("Chongqin")
    assert all(len(name) > 3 for name in caught.value.suggestions)


@pytest.mark.parametrize(
    "text",
    ["Brest", "Hyderabad", "Aktau", "Venice", "Moscow, USA", "Saint Petersburg", "Vostochny",
     "Birmingham", "Santiago", "Frankfurt", "Aktogay", "London"],
)  # fmt: skip
def test_in_doubt_the_other_is_told_and_typing_it_works(world, text):
    place = world.place(text)
    assert f"{text!r} was taken as {place.name} ({place.kind}, {place.economy})" in place.note
    ways = re.findall(r"'([^']+)'", place.note.partition("say ")[2])
    assert ways
    others = [world.place(way) for way in ways]
    points = {(round(other.lat, 3), round(other.lon, 3)) for other in others}
    assert len(points) == len(ways)
    assert (round(place.lat, 3), round(place.lon, 3)) not in points


@pytest.mark.parametrize("text", ["Chongqing", "Almaty", "Duisburg", "Beijing", "DEDUI", "Ürümqi"])
def test_without_doubt_nothing_is_noted(world, text):
    assert world.place(text).note == ""


def test_an_economy_taken_for_a_village_is_noted(world):
    assert "not as the economy KAZ" in world.place("Kazakhstan").note


def test_the_port_of_a_city_is_no_other_place(world):
    assert "terminal" not in world.place("Rotterdam").note
    assert "terminal" not in world.place("Shanghai").note
