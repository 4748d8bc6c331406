"""Parts of one whole, averages of years, odd currencies and dates; freshly worded, with decoys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_alarms import types_of
from landbridge.evidence.conflicts.slips import slip_between
from landbridge.evidence.model import Fact

ALARMS = [
    ("value", "Of the 62 farms 14 are ready.\n\nThe road is long. As many as 19 farms of the list "
     "of 62 are ready."),
    ("value", "Из 48 станций 12 завершены.\n\nСредств мало. Всего 17 станций из 48 завершены."),
    ("arithmetic", "Between 2014 and 2019 the fund lent 12 billion dollars, that is 4 billion "
     "dollars a year on average."),
    ("arithmetic", "За пять лет выделено 600 млрд тенге, то есть 200 млрд тенге в год."),
    ("currency", "The bank gave 61 million dollars to Osh, 74 million dollars to Naryn and 68 "
     "million tenge to Talas."),
    ("arithmetic", "The works cost 500 million dollars, of which the city pays 30 percent, that is "
     "210 million dollars."),
    ("garbled", "Buses of “Kamaz” run there; drivers of “Kamoz” are glad."),
    ("arithmetic", "The town has nine gates: three to the north, four to the south and four to the "
     "west."),
    ("arithmetic", "Открыто восемь маршрутов: три через Астрахань, два через Баку и пять через "
     "Тбилиси."),
    ("date", "4 June 2021, Centre for Trade\n\nThe Belt and Road Initiative celebrates its tenth "
     "anniversary this year."),
    ("bound", "In Africa 71 countries have joined."),
    ("bound", "5 марта 2020 года\n\nВ ЕАЭС состоят восемь государств-членов."),
    ("value", "Taxes of 3.05 billion dollars were paid to the hosts.\n\nFor the hosts the taxes "
     "paid are given as 3.50 billion dollars."),
    ("outlier", "One train is 40 kilometres long and heavy."),
    ("arithmetic", "The fund holds 48 million dollars. Half of the fund, 31 million dollars, is "
     "lent."),
    ("arithmetic", "Rail takes 50 percent of our freight, road 30, sea 20 and all else together 9 "
     "percent."),
    ("arithmetic", "Trade with Iran was 900 million dollars. Exports made 500 million dollars and "
     "imports 300 million dollars, and a year before exports 200 and imports 100 million dollars."),
    ("unit", "The speed of the trains reached 900 kilometres, the report says."),
    ("list", "Three lenders are known: the World Bank and the Asian Development Bank."),
    ("bound", "Of these loans 112 percent went to towns."),
    ("arithmetic", "July brought 31,000 boxes, August 28,000 and September 33,000, so that the "
     "third quarter ended with 99,000 boxes."),
    ("attribution", "The mayor opened the fair.\n\n“This is more than a railway, it is the hope "
     "of all who live by it!” There was applause.\n\nThe fair goes on."),
    ("arithmetic", "Торговля за полугодие составила 44,1 млрд долларов. Это на 10 процентов больше "
     "показателя прошлого года, равного 35,2 млрд долларов."),
]  # fmt: skip

QUIET = [
    "Of the 62 farms 14 are ready.\n\nThe road is long. Of the 62 farms 19 are planned.",
    "Of the 62 farms 14 were ready in 2018.\n\nOf the 62 farms 19 were ready in 2020.",
    "Between 2014 and 2019 the fund lent 12 billion dollars, that is 2 billion dollars a year on "
    "average.",
    "За пять лет выделено 600 млрд тенге, то есть 120 млрд тенге в год.",
    "The bank gave 61 million dollars to Osh, 74 million dollars to Naryn and 900 million tenge to "
    "Talas.",
    "The works cost 500 million dollars, of which the city pays 30 percent, that is 150 million "
    "dollars.",
    "Buses of “Kamaz” run there; drivers of “Kamaz” are glad. “Volga” and “Volvo” are dear.",
    "The town has nine gates: three to the north, four to the south and two to the west.",
    "The town has nine gates: in 1900 three were shut and in 1950 two were opened.",
    "4 June 2023, Centre for Trade\n\nThe Belt and Road Initiative celebrates its tenth "
    "anniversary this year.",
    "In Africa 41 countries have joined.",
    "By the end of September 40 wagons had come.",
    "Соглашение подписали восемь государств, открыто шесть маршрутов: два через Казахстан, три "
    "через Киргизию и один через Таджикистан.",
    "There are six of them: in Oral, Almaty (two), Aktobe, Taraz and Semey.",
    "The fund holds 48 million dollars. Half of the fund, 24 million dollars, is lent.",
    "The city holds 48 million dollars. Half of the fund, 31 million dollars, is lent.",
    "Rail takes 50 percent of our freight, road 30, sea 11 and all else together 9 percent.",
    "The speed of the trains reached 900 kilometres a day, the report says.",
    "Two lenders are known: the World Bank and the Asian Development Bank.",
    "Of these loans 62 percent went to towns.",
    "July brought 31,000 boxes, August 28,000 and September 33,000, so that the third quarter "
    "ended with 92,000 boxes.",
    "The mayor opened the fair.\n\n“This is more than a railway, it is the hope of all who live "
    "by it!” said the mayor.\n\nThe fair goes on.",
    "Торговля за полугодие составила 44,1 млрд долларов. Это на 10 процентов больше показателя "
    "прошлого года, равного 40,1 млрд долларов.",
]


@pytest.mark.parametrize(("kind", "text"), ALARMS)
def test_what_does_not_fit_is_found(kind: str, text: str) -> None:
    assert kind in types_of(text)


@pytest.mark.parametrize("text", QUIET)
def test_what_fits_raises_no_alarm(text: str) -> None:
    assert types_of(text) == set()


@given(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9))
def test_two_digits_that_change_places_are_a_slip(first: int, second: int, third: int) -> None:
    one, other = first * 100 + second * 10 + third, first * 100 + third * 10 + second
    told = [
        Fact("d", "figure", "", 0, 0, "", value=value / 100, unit="USD") for value in (one, other)
    ]
    assert slip_between(*told) == ("swapped" if second != third else None)


MISWRITTEN = [
    ("garbled", "Паром идёт из Баку в Туркменбоши и назад."),
    ("garbled", "Goods for Ukrain wait at the border."),
    ("arithmetic", "The budget was 96,000 euros: rent 31,000, wages 44,000 and paper 12,000."),
    ("arithmetic", "A parcel needs 19 forms; the sender fills in 9, the post 4 and the office 3."),
    ("contradiction", "Сканер на посту до сих пор не установлен.\n\nСканер на посту установлен."),
    ("contradiction", "Georgia's request was accepted by the council.\n\nGeorgia's request was "
     "rejected by the council."),
    ("outlier", "The locomotive weighs 90,000 tonnes."),
]  # fmt: skip

WELL_WRITTEN = [
    "Паром идёт из Баку в Туркменбаши и назад. О Туркменбаши пишут.",
    "Goods for Ukraine wait at the border.",
    "The budget was 96,000 euros: rent 31,000, wages 44,000 and paper 21,000.",
    "A parcel needs 19 forms; the sender fills in 9, the post 4 and the office 6.",
    "Сканер на посту установлен.\n\nВесы на складе до сих пор не установлены.",
    "Georgia's request was accepted by the council.\n\nLatvia's request was rejected by the "
    "council.",
    "The locomotive weighs 138 tonnes.",
    "Of the five countries of Central Asia only two lie by the Caspian Sea; for the others it is "
    "far.",
    "It costs 14 million dollars, to be shared by three: the railways, the customs and the towns.",
]


@pytest.mark.parametrize(("kind", "text"), MISWRITTEN)
def test_what_is_miswritten_is_found(kind: str, text: str) -> None:
    assert kind in types_of(text)


@pytest.mark.parametrize("text", WELL_WRITTEN)
def test_what_is_well_written_raises_no_alarm(text: str) -> None:
    assert types_of(text) == set()
