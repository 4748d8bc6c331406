"""Sums, shares and orders that must follow: freshly worded, each beside what only looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_alarms import types_of
from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import amounts
from landbridge.evidence.model import Document
from landbridge.evidence.read import facts_of

ALARMS = [
    # a sum that is said to follow
    ("arithmetic", "The bank gave 3.2 billion dollars to rail, 1.1 billion to roads and 0.6 "
     "billion to ports; these three sectors thus took 6.9 billion dollars."),
    ("arithmetic", "April saw 210 trains, May 190 and June 230, so that the quarter closed with "
     "690 trains."),
    ("arithmetic", "Область получила 12 млрд тенге, город 9 млрд тенге, а район 4 млрд тенге, "
     "таким образом три получателя освоили 31 млрд тенге."),
    # kinds that are all there are
    ("arithmetic", "The yard received 940 wagons. Grain filled 410 wagons and ore 380 wagons; "
     "there was no other cargo."),
    ("arithmetic", "Терминал принял 5,4 млн тонн грузов. Автомобилями завезено 2,3 млн тонн, "
     "по железной дороге – 2,5 млн тонн. Других путей доставки нет."),
    # what came and what went
    ("arithmetic", "The alliance had 14 members. Since then five joined and three left, so there "
     "are now 19."),
    ("arithmetic", "В ассоциации было 20 компаний. За год вступили 6 и вышли 2, теперь в ней 28 "
     "компаний."),
    # shares counted out
    ("arithmetic", "Out of 80 wagons 60, or 65 percent, were repaired."),
    ("arithmetic", "A third of the members, 12 of the 60, voted against."),
    ("arithmetic", "Из 50 станций 20, то есть 60 процентов, электрифицированы."),
    # an order that the numbers do not follow
    ("contradiction", "The leader is Poland with 4.1 million tonnes, followed by Germany with 5.6 "
     "million tonnes."),
    ("contradiction", "Крупнейший покупатель – Узбекистан с 2,1 млн тонн, за ним следует Иран с "
     "3,4 млн тонн."),
    # a time of another order
    ("outlier", "Wagons wait 12 hours at the first border, 16 hours at the second and 1,500 hours "
     "at the third."),
    # parts whose noun is left out before a direction
    ("arithmetic", "The line carried 800 trains, of which 300 went westwards, 250 eastwards and "
     "130 stayed within the country."),
]  # fmt: skip

QUIET = [
    "The bank gave 3.2 billion dollars to rail, 1.1 billion to roads and 0.6 billion to ports; "
    "these three sectors thus took 4.9 billion dollars.",
    "April saw 210 trains, May 190 and June 230, so that the year closed with 2,690 trains.",
    "Rail got 3.2 billion dollars and roads 1.1 billion; the whole plan thus needs 12 billion.",
    "The yard received 940 wagons. Grain filled 410 wagons and ore 530 wagons; there was no other "
    "cargo.",
    "The yard received 940 wagons. Grain filled 41 wagons and ore 38 wagons; there was no other "
    "delay.",
    "The alliance had 14 members. Since then five joined and three left, so there are now 16.",
    "There were 14 ports. Ships left 5 and joined 3 lines; today 200 vessels sail.",
    "Out of 80 wagons 60, or 75 percent, were repaired.",
    "Out of 80 wagons 60 were repaired, and costs fell by 12 percent.",
    "A third of the members, 20 of the 60, voted against.",
    "A quarter of the budget went to roads, and 9 of the 30 projects are ready.",
    "The leader is Poland with 5.6 million tonnes, followed by Germany with 4.1 million tonnes.",
    "The cheapest is Poland with 410 dollars, followed by Germany with 560 dollars; the largest "
    "yards are there.",
    "Wagons wait 12 hours at the first border, 16 hours at the second and 30 hours at the third.",
    "A ship takes 30 days, a train 14 days and a plane 2 days.",
    "Из 50 станций 30, то есть 60 процентов, электрифицированы.",
]


@pytest.mark.parametrize(("kind", "text"), ALARMS)
def test_what_does_not_follow_is_found(kind: str, text: str) -> None:
    assert kind in types_of(text)


@pytest.mark.parametrize("text", QUIET)
def test_what_follows_raises_no_alarm(text: str) -> None:
    assert types_of(text) == set()


@given(st.integers(4, 90), st.data())
def test_a_counted_share_is_right_only_near_its_quotient(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(1, whole - 1))
    told = data.draw(st.integers(1, 99))
    share = round(100 * part / whole)
    text = f"Out of {whole} wagons {part}, or {told} percent, were mended."
    found = "arithmetic" in types_of(text)
    assert found or abs(told - share) <= 2
    assert not found or abs(told - 100 * part / whole) > 1


@given(st.lists(st.integers(2, 999).filter(lambda n: n % 100), min_size=2, max_size=5))
def test_amounts_are_every_number_in_order(numbers: list[int]) -> None:
    text = "Trains: " + ", ".join(f"{n} went west" for n in numbers) + "."
    document = Document("d", text)
    held = amounts(Account(document, tuple(facts_of(document))), 0, len(text))
    assert [one.value for one in held] == numbers
    assert [text[one.start : one.end] for one in held] == [str(n) for n in numbers]
