"""Deeds, beginnings, ranks, products and names that contradict; freshly worded, with decoys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_alarms import types_of
from landbridge.evidence.text.compound import joined_scales
from landbridge.evidence.text.numbers import numbers

ALARMS = [
    # done, and not done
    ("contradiction", "Turkmenistan joined the convention in spring.\n\nLorries wait, since "
     "Turkmenistan has not joined the convention."),
    ("contradiction", "Laos never received a loan from the Eximbank.\n\nThe loan that Laos "
     "received from the Eximbank bears two percent."),
    ("contradiction", "Парламент Грузии ратифицировал соглашение о транзите.\n\nПошлины остаются, "
     "ведь парламент Грузии соглашение о транзите так и не ратифицировал."),
    # two beginnings
    ("value", "The Sary-Agash terminal was opened in 2014.\n\nCranes came later. Since the "
     "Sary-Agash terminal was opened in 2017, trade has doubled."),
    # so many years later
    ("date", "The loan was agreed in May 2012. Two years later, in June 2017, it was drawn."),
    ("date", "Договор подписан в 2009 году. Через три года, в 2015-м, открыли мост."),
    # done after the document's own day
    ("date", "3 March 2020\n\nThe protocol, signed on 17 April 2020, opens the border."),
    # first and last
    ("contradiction", "Kuryk is the busiest port of the coast.\n\nIn the yearbook Kuryk comes last "
     "among the ports of the coast."),
    # each, parts, steps, shares
    ("arithmetic", "Each of the 20 trains has 50 wagons, which makes 1,200 wagons."),
    ("bound", "The yard has 30 hectares, of which 44 hectares are paved."),
    ("arithmetic", "The tunnel shortens the way by 40 km: drivers will do 210 km instead of "
     "290 km."),
    ("arithmetic", "A ship needs 38 days, 20 days longer than the 16 days of a train."),
    ("currency", "The bridge costs 200 million dollars, of which the bank lends 60 percent, that "
     "is 120 million yuan."),
    ("arithmetic", "Trade with Iran was 900 million dollars. Exports made 500 million dollars and "
     "imports 300 million dollars."),
    ("arithmetic", "It is 410 km long: 220 km lie in Georgia and 150 km in Armenia."),
    # a price and a measure of another order
    ("outlier", "Prices differ: 6,200 dollars by sea, 8,100 dollars by rail and 95 dollars by "
     "air."),
    ("outlier", "The runway is 2,800 km long."),
    # lists
    ("list", "The plan has five parts: roads, rails and ports, and each part has a budget."),
    ("list", "Филиалы открыты в четырёх городах: в Атырау, Актобе и Семее."),
    # names
    ("garbled", "A loan of the Eurasian Developing Bank was signed."),
    ("garbled", "Margarethe Lindqvist opened the forum. Later Margarethi Lindqvist thanked all."),
    # a count told twice, a weekday
    ("value", "There are 38 tenants in the park.\n\nWith its 52 tenants the park is full."),
    ("date", "Форум открылся в понедельник, 5 апреля 2022 года."),
    # all, and not all; a roadmap adopted and not
    ("contradiction", "All carriers signed the charter.\n\nThe Latvian carrier did not sign it."),
    ("contradiction", "Программа развития порта до сих пор не принята.\n\nПрограмма развития порта "
     "принята весной."),
    ("contradiction", "The line Aral – Beyneu was completed.\n\nOf the unfinished line Aral – "
     "Beyneu nobody speaks.\n\n5 May 2020"),
    # before another time that is told; from now
    ("date", "The bridge was opened in May 2015, three months before the date of June 2015."),
    ("date", "Мост сдали в мае 2015 года, за пять месяцев до срока – июня 2015 года."),
    ("date", "9 May 2021\n\nThe lease runs until 2050, nine years from now."),
    # shares
    ("arithmetic", "По направлениям: на запад приходится 54 процента, на север 31, на юг 25 "
     "процентов."),
    ("bound", "The share of loaded wagons was 81 percent and of empty wagons 33 percent."),
    ("bound", "Nineteen of the country's fourteen regions gain."),
    ("arithmetic", "For the first half 210.5 million euros, for the second 88 million, that makes "
     "318.5 million together."),
    ("unit", "The depth of the basin will be 14 square metres."),
    ("list", "Два участника договора, Латвия, Литва и Польша, ввели пошлину."),
]  # fmt: skip

QUIET = [
    "Turkmenistan joined the convention in spring.\n\nTajikistan has not joined the convention.",
    "Laos received a loan from the Eximbank in 2016.\n\nIn 2012 Laos had not received a loan from "
    "the Eximbank.",
    "Turkmenistan will join the convention.\n\nTurkmenistan has not joined the convention.",
    "The Sary-Agash terminal was opened in 2014.\n\nThe second Sary-Agash terminal was opened in "
    "2017.",
    "The Sary-Agash terminal was founded in 2012.\n\nThe Sary-Agash terminal was opened in 2014.",
    "The loan was agreed in May 2012. Two years later, in June 2014, it was drawn.",
    "Договор подписан в 2009 году. Через три года, в 2012-м, открыли мост.",
    "3 March 2020\n\nThe protocol is to be signed on 17 April 2020.",
    "Kuryk is the busiest port of the coast.\n\nIn the yearbook Aktau comes last among the ports "
    "of the coast.",
    "Each of the 20 trains has 50 wagons, which makes 1,000 wagons.",
    "Each of the 20 trains has 50 wagons, and a month has 1,200 wagons.",
    "The yard has 44 hectares, of which 30 hectares are paved.",
    "The tunnel shortens the way by 80 km: drivers will do 210 km instead of 290 km.",
    "A ship needs 36 days, 20 days longer than the 16 days of a train.",
    "The bridge costs 200 million dollars, of which the bank lends 60 percent, that is 850 million "
    "yuan.",
    "Trade with Iran was 800 million dollars. Exports made 500 million dollars and imports 300 "
    "million dollars.",
    "Trade reached $ 3 billion 640 million: export $ 482 million, import $ 3 billion 158 million, "
    "the negative balance was $ 2 billion 676 million.",
    "It is 410 km long: 220 km lie in Georgia and 190 km in Armenia.",
    "Prices differ: 6,200 dollars by sea, 8,100 dollars by rail and 21,000 dollars by air.",
    "The runway is 2.8 km long. The airport lies 1,900 km from the sea.",
    "The plan has three parts: roads, rails and ports, and each part has a budget.",
    "A loan of the Eurasian Development Bank was signed.",
    "Margarethe Lindqvist opened the forum. Later Johannes Lindqvist thanked all.",
    "There are 38 tenants in the park.\n\nIn 2030 the park will have its 52 tenants.",
    "There are 38 tenants in the park.\n\nOf its 52 tenants of the year before many left.",
    "Форум открылся во вторник, 5 апреля 2022 года.",
    "The works were bought for 46 million euros, and its goods for export were worth 750 million "
    "dollars.",
    "The China Development Bank lent 3.5 billion yuan. The Eximbank lent 350 million dollars, the "
    "city 500 million dollars.",
    "All carriers signed the charter.\n\nThe Latvian port did not raise it.",
    "Программа развития порта до сих пор не принята.\n\nДоговор о пошлинах принят весной.",
    "The bridge was opened in May 2015, three months before the date of August 2015.",
    "9 May 2021\n\nThe lease runs until 2030, nine years from now.",
    "По направлениям: на запад приходится 54 процента, на север 31, на юг 15 процентов.",
    "The share of loaded wagons was 67 percent and of empty wagons 33 percent.",
    "Nine of the country's fourteen regions gain.",
    "For the first half 210.5 million euros, for the second 88 million, that makes 298.5 million "
    "together.",
    "Три участника договора, Латвия, Литва и Польша, ввели пошлину.",
]


@pytest.mark.parametrize(("kind", "text"), ALARMS)
def test_what_contradicts_is_found(kind: str, text: str) -> None:
    assert kind in types_of(text)


@pytest.mark.parametrize("text", QUIET)
def test_what_agrees_raises_no_alarm(text: str) -> None:
    assert types_of(text) == set()


@given(st.integers(1, 999), st.integers(1, 999))
def test_two_scales_make_one_amount(billions: int, millions: int) -> None:
    text = f"It cost {billions} billion {millions} million dollars."
    held = joined_scales(text, numbers(text))
    assert [one.value for one in held] == [billions * 1e9 + millions * 1e6]
    assert text[held[0].start : held[0].end] == f"{billions} billion {millions} million"
