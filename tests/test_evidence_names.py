"""Names: one entity under many spellings, kept as written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.evidence.names import find_names, likely_name, likely_place, name_of, names
from landbridge.evidence.names.tokens import key, tokens

BRI = "Belt and Road Initiative"
SPELLINGS = [
    ("OBOR", BRI),
    ("One Belt, One Road", BRI),
    ("“One belt, one way”", BRI),
    ("Belt and Way", BRI),
    ("BELT AND ROAD", BRI),
    ("Belt & Road", BRI),
    ("«Один пояс, один путь»", BRI),
    ("«Одного пояса и одного пути»", None),
    ("инициативы «Пояса и пути»", BRI),
    ("一带一路", BRI),
    ("Silk Road in the 21st Century Tengiz", "21st Century Maritime Silk Road"),
    ("Nur-Sultan", "Astana"),
    ("НУР-СУЛТАН", "Astana"),
    ("阿斯塔纳", "Astana"),
    ("в Казахстане", "Kazakhstan"),
    ("P.R. China", "China"),
    ("People’s Republic of China", "China"),
    ("ChinaMongoliaRussia economic corridor", "China-Mongolia-Russia Economic Corridor"),
    ("China–Mongolia–Russia Economic Corridor", "China-Mongolia-Russia Economic Corridor"),
    ("EEU", "Eurasian Economic Union"),
    ("ЕАЭС", "Eurasian Economic Union"),
    ("Касым-Жомарта Токаева", "Kassym-Jomart Tokayev"),
    ("习近平", "Xi Jinping"),
    ("CPEC", "China-Pakistan Economic Corridor"),
    ("Türkiye", "Turkey"),
    ("it gave us who we are", None),
    ("a belt and a road", None),
    ("the eu and the sco", None),
    ("US$30", None),
]


@pytest.mark.parametrize(("text", "canonical"), SPELLINGS)
def test_a_spelling_leads_to_its_entity(text, canonical):
    found = [mention.name.name for mention in find_names(text)]
    assert found == ([canonical] if canonical else [])


def test_the_longest_name_wins():
    found = find_names("the Asian Infrastructure Investment Bank of Asia")
    assert [m.name.name for m in found] == ["Asian Infrastructure Investment Bank", "Asia"]


def test_six_economic_corridors():
    assert sum(name.type == "economic_corridor" for name in names()) == 6


def test_a_garbled_name_is_marked_so():
    garbled = find_names("“Belt and Way” and “Belt and Road”")
    assert [m.garbled for m in garbled] == [True, False]


def test_no_spelling_belongs_to_two_entities_of_a_kind():
    seen: dict[tuple[str, str], str] = {}
    for name in names():
        for spelling in (name.name, *name.other):
            first = seen.setdefault((name.kind, spelling), name.name)
            assert first == name.name, spelling


def test_codes_are_those_of_the_table():
    assert name_of("Kazakhstan").iso3 == "KAZ"
    assert name_of("Hambantota").un_locode == "LKHBA"
    assert all(row.source_title for row in facts.rows("evidence_names"))


def test_likely_meanings_need_likeness():
    assert likely_place("Gambitanota", "LKA")[0].name == "Hambantota"
    assert likely_place("Gambitanota", "KAZ") is None
    assert likely_name("Uzbekstan")[0].name == "Uzbekistan"
    assert likely_name("quyuin") is None


def test_russian_endings_fall_away():
    assert len({key(word) for word in ("Россия", "России", "Россией", "Россию")}) == 1
    assert key("Назарбаев") == key("Назарбаевым") == key("Назарбаева")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_mentions_and_words_stand_where_they_say(text):
    for mention in find_names(text):
        assert text[mention.start : mention.end] == mention.written
    for token in tokens(text):
        assert text[token.start : token.end] == token.written
