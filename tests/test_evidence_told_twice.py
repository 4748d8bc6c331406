"""One attribute told twice, a stage told two ways, a name one letter off; and decoys of each."""

from __future__ import annotations

import pytest

from evidence_alarms import document_of, types_of
from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.attributes import attributes
from landbridge.evidence.read import facts_of

ALARMS = [
    # length
    ("value", "The tunnel under the pass has a length of 9.2 km.\n\nTraffic is slow. Work on the "
     "11-kilometre tunnel goes on."),
    ("value", "Протяжённость дороги Чингильды – Арна составит 77 километров.\n\nСмета растёт. "
     "Строительство 94-километровой дороги Чингильды – Арна начато."),
    # area and capacity
    ("value", "The dry port of Narynkol covers 61 hectares.\n\nFences are new. On its 85 hectares "
     "the dry port has four sidings."),
    ("value", "The terminal is designed for 90,000 containers a year.\n\nIt has three cranes. The "
     "capacity of the terminal is 130,000 containers a year."),
    # staff, jobs and guests
    ("value", "Our staff of 640 people is proud of the plant.\n\nAbout us: the plant is in "
     "Oskemen. It employs 705 people."),
    ("value", "Завод создаст 300 рабочих мест.\n\nСтроят его китайцы. После пуска завода "
     "постоянную работу получат 420 человек."),
    ("value", "The forum was attended by 250 experts.\n\nThey spoke of rail. The hosts thanked all "
     "310 participants of the forum."),
    # cost and time
    ("value", "The bridge cost 45 million dollars.\n\nIt is long. The bridge was worth 61 million "
     "dollars, the minister said."),
    ("value", "A train from Yiwu to Liege takes 15 days.\n\nShips are slower. The journey of a "
     "train from Yiwu to Liege is 21 days."),
    # traffic of a year
    ("value", "In 2021 the line carried 4.1 million tonnes.\n\n5.9 million tonnes were transported "
     "on the line in 2021."),
    # stages
    ("contradiction", "4 May 2021\n\nThe Uzbek section was completed in March. Visitors wait, "
     "since the Uzbek section is still being built."),
    # names
    ("garbled", "Президент Касым-Жомарт Токаев открыл форум. Выступил Бакытжан Сагинтаев, а после "
     "него Бакытжан Сагинтаев ответил Бакытжан Сагитнаев."),
    ("garbled", "Министр Алихан Смоилов открыл форум."),
]  # fmt: skip

QUIET = [
    "The tunnel has a length of 9.2 km.\n\nWork on the 11-kilometre road goes on.",
    "The tunnel under the Tian Shan has a length of 9.2 km.\n\nThe tunnel under the Pamir is 11 km "
    "long.",
    "The dry port of Narynkol covers 61 hectares.\n\nThe dry port of Altynkol covers 85 hectares.",
    "The dry port covers 61 hectares.\n\nIt is growing: by 2030 the dry port will cover 85 "
    "hectares.",
    "The terminal can take 90,000 containers a year.\n\nAfter the works the capacity of the "
    "terminal will be 130,000 containers a year.",
    "In 2019 the terminal could take 90,000 containers a year.\n\nIn 2023 the capacity of the "
    "terminal was 130,000 containers a year.",
    "The plant has 640 permanent workers.\n\nDuring construction the plant gave work to 705 "
    "people.",
    "The plant employs 640 people.\n\nIn 2012 the plant employed 705 people.",
    "Our staff of about 640 people is proud of the plant.\n\nThe plant employs 652 people.",
    "The forum was attended by 250 experts, 110 of them from China.\n\nOf the participants of the "
    "forum 110 people spoke.",
    "A train from Yiwu to Liege takes 15 days.\n\nThe journey of a train from Xi'an to Liege is 21 "
    "days.",
    "A train from Yiwu to Liege takes 15 days in summer.\n\nIn winter the journey of a train "
    "from Yiwu to Liege is 21 days.",
    "In 2021 the line carried 4.1 million tonnes.\n\n5.9 million tonnes were transported on the "
    "line in 2022.",
    "In 2021 the line carried 4.1 million tonnes of exports.\n\n5.9 million tonnes of imports "
    "were transported on the line in 2021.",
    "4 May 2021\n\nThe Uzbek section was completed in March. The Tajik section is still being "
    "built.",
    "Выступил Бакытжан Сагинтаев. Книгу Бакытжана Сагинтаева подарили Бакытжану Сагинтаеву.",
    "Выступили Серик Ахметов и Серик Ахметова.",
]


@pytest.mark.parametrize(("kind", "text"), ALARMS)
def test_what_is_told_otherwise_is_found(kind: str, text: str) -> None:
    assert kind in types_of(text)


@pytest.mark.parametrize("text", QUIET)
def test_what_is_told_of_another_thing_raises_no_alarm(text: str) -> None:
    assert types_of(text) == set()


def test_attributes_are_told_by_kind() -> None:
    text = "The port covers 40 hectares. It employs 300 people. The port can take 2 million tonnes."
    document = document_of(text)
    held = list(attributes(Account(document, tuple(facts_of(document)))))
    assert [(one.kind, one.fact.value) for one in held] == [
        ("area", 40), ("staff", 300), ("capacity", 2e6),
    ]  # fmt: skip
