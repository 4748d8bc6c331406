"""Names of places: written once, found however people spell them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.network import gazetteer
from landbridge.network.gazetteer import Entry, Gazetteer, cities, key, known_points, write

ALMATY = Entry(
    "1", "Almaty", "city", "KAZ", 43.25, 76.92, 2_000_000, "KZALA", ("Алматы", "Alma-Ata")
)
ALMATY_FARM = Entry("2", "Alma-Ata", "city", "RUS", 55.0, 60.0, 900, None)
DOSTYK = Entry("dostyk", "Dostyk", "terminal", "KAZ", 45.25, 82.49, 0, "KZDRU", ("Druzhba",))
KHORGOS = Entry("khorgos", "Khorgos–Altynkol (rail)", "crossing", "CHN", 44.2, 80.4, 0, None)
MARKS = Entry("3", "—", "city", "KAZ", 0.0, 0.0, 20_000, None, ("!", "Almaty"))


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "50% of #1 ?.sqlite"
    assert write(path, [ALMATY, ALMATY_FARM, DOSTYK, KHORGOS, MARKS]) == 5
    found = Gazetteer(path)
    yield found
    found.close()


def bare(entry):
    """The entry as the store gives it back: other names serve to find it only."""
    return Entry(*[getattr(entry, name) for name in list(Entry.__dataclass_fields__)[:8]])


@pytest.mark.parametrize(
    ("spellings", "plain"),
    [
        (["Małaszewicze", "malaszewicze", "MALASZEWICZE", " Małaszewicze "], "malaszewicze"),
        (["Xi'an", "Xi’an", "Xi‘an", "Xiʼan", "Xian"], "xian"),
        (["Ust-Kamenogorsk", "Ust Kamenogorsk", "ust—kamenogorsk"], "ust kamenogorsk"),
        (["İstanbul", "ISTANBUL", "Istanbul"], "istanbul"),
        (["Diyarbakır", "Diyarbakir", "DİYARBAKIR"], "diyarbakir"),
        (["Tromsø", "TROMSØ", "Tromso"], "tromso"),
        (["Đà Nẵng", "Da Nang"], "da nang"),
        (["Straßburg", "Strassburg"], "strassburg"),
        (["Ürümqi", "Urumqi", "U\u0308ru\u0308mqi"], "urumqi"),
        (["Алматы", "АЛМАТЫ"], "алматы"),
        (["重庆", " 重庆"], "重庆"),
        (["", "  ", "—", "!?"], ""),
    ],
)
def test_spellings_of_one_name(spellings, plain):
    assert {key(name) for name in spellings} == {plain}


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_key_is_its_own_key(name):
    assert key(key(name)) == key(name)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x2FF)))
def test_capitals_make_no_difference(name):
    assert key(name.lower()) == key(name)


def test_own_names_come_marked(store):
    assert store.named("almaty") == ((bare(ALMATY), True), (bare(MARKS), False))
    assert set(store.named("Alma Ata")) == {(bare(ALMATY), False), (bare(ALMATY_FARM), True)}
    assert store.named("АЛМАТЫ") == ((bare(ALMATY), False),)
    assert store.named("druzhba") == ((bare(DOSTYK), False),)
    assert store.named("Khorgos Altynkol rail") == ((bare(KHORGOS), True),)


def test_a_name_without_letters_names_nothing(store):
    for name in ("", "!", "—", "'"):
        assert store.named(name) == ()


def test_a_quotation_mark_is_a_name_and_no_command(store):
    assert store.named("'; drop table place; --") == ()
    assert store.named("Almaty")


def test_locodes_in_any_case(store):
    assert store.with_locode("kzdru") == store.with_locode("KZDRU") == (bare(DOSTYK),)
    assert store.with_locode("ZZZZZ") == ()


def test_the_largest_cities_are_cities(store):
    assert [e.ref for e in store.largest_cities(9)] == ["1", "3", "2"]
    assert [e.ref for e in store.largest_cities(1)] == ["1"]


def test_the_nearest_city_of_an_economy(store):
    assert store.nearest_city(43.3, 77.0, None) == bare(ALMATY)
    assert store.nearest_city(43.3, 77.0, "KAZ") == bare(ALMATY)
    assert store.nearest_city(43.3, 77.0, "RUS") is None
    assert store.nearest_city(45.25, 82.49, None) is None


def test_suggestions_are_large_or_facts(store):
    assert store.well_known()[0] == "Almaty"
    assert set(store.well_known()) == {"Almaty", "—", "Dostyk", "Khorgos–Altynkol (rail)"}


def test_the_store_is_read_only(store, tmp_path):
    with pytest.raises(gazetteer.sqlite3.OperationalError):
        store._store.execute("delete from place")


def test_cities_carry_alpha_3_codes_and_unknown_codes_are_left_out():
    found = {entry.name: entry for entry in cities({"KZ": "KAZ"})}
    assert {entry.economy for entry in found.values()} == {"KAZ"}
    assert found["Almaty"].population > 1_000_000
    assert "Алматы" in found["Almaty"].other_names
    small = [entry for entry in found.values() if entry.population < gazetteer.OTHER_NAMES_FROM]
    assert small
    assert not any(entry.other_names for entry in small)


def test_points_of_the_facts_are_found_by_id_and_by_each_side():
    points = {(entry.kind, entry.ref): entry for entry in known_points()}
    post = points["crossing", "rail-alashankou-dostyk"]
    assert "Alashankou-Dostyk" in post.other_names
    assert post.ref in post.other_names
    assert any(kind == "terminal" for kind, _ in points)
    for entry in points.values():
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
