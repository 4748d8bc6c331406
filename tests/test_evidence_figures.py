"""Figures: value, unit and span, in every style that documents come in."""

from __future__ import annotations

import pytest

from landbridge.evidence.figures import read_figures
from landbridge.evidence.model import Document, Fact

# Sentence, then (value, unit, the number as written) of each figure in it, in order.
ENGLISH: list[tuple[str, list[tuple[float, str | None, str]]]] = [
    (
        "There are 34 projects, nine of which have been completed, three will start this year and "
        "twelve are under construction.",
        [
            (34, "projects", "34"),
            (9, "projects", "nine"),
            (3, "projects", "three"),
            (12, "projects", "twelve"),
        ],
    ),
    ("The price of copper fell to US$45 per tonne.", [(45, "USD per tonne", "US$45")]),
    ("Investment amounted to $ 12.5 billion in 2016.", [(12.5e9, "USD", "$ 12.5 billion")]),
    ("The loan of USD 1.8 bn was signed in 2015.", [(1.8e9, "USD", "USD 1.8 bn")]),
    ("The state spent 70 billion tenge on roads.", [(70e9, "KZT", "70 billion")]),
    (
        "The fund holds €200 million and 3 billion yuan.",
        [(2e8, "EUR", "€200 million"), (3e9, "CNY", "3 billion")],
    ),
    (
        "Trade grew by 17% to reach 24.3 million tons.",
        [(17, "percent", "17%"), (24.3e6, "tonnes", "24.3 million")],
    ),
    (
        "Exports rose 9 per cent, imports fell 3.5 percent.",
        [(9, "percent", "9"), (3.5, "percent", "3.5")],
    ),
    (
        "The line carried 11,000 containers, 1.5 times more than a year before.",
        [(11000, "containers", "11,000"), (1.5, "times", "1.5")],
    ),
    (
        "Some 1 200 trains and 14\u00a0500 wagons crossed the border.",
        [(1200, "trains", "1 200"), (14500, "wagons", "14\u00a0500")],
    ),
    ("About 8 thousand kilometers of railways were repaired.", [(8000, "km", "8 thousand")]),
    (
        "Visitors enjoy a 10day visa free regime and Macau30day stay.",
        [(10, "days", "10"), (30, "days", "30")],
    ),
    (
        "A 48-hour transit and a 900-kilometre road are planned.",
        [(48, "hours", "48"), (900, "km", "900")],
    ),
    ("During 20112016 trade turnover was $ 3 trillion.", [(3e12, "USD", "$ 3 trillion")]),
    ("Delivery takes 12-14 days instead of 40.", [(12, "days", "12-14"), (40, "days", "40")]),
    ("The journey shrank from 15 to 11 days.", [(15, "days", "15"), (11, "days", "11")]),
    ("Two thirds of the cargo goes by rail.", [(2 / 3, "share", "Two thirds")]),
    ("One Belt One Road is a project of the 21st century.", []),
    ("The G20 summit and the 5th anniversary of the 16+1 format were held in 2017.", []),
    ("Article 5 of the law and Resolution 2344 are clear; see page 14.", []),
    ("On March 20, 2019, and on 3-4 May, ministers met.", []),
    ("Dozens of companies and hundreds of workers came.", []),
    ("The leaders of the two countries spoke; both sides agreed.", []),
    ("Call +7 (7172) 57-48-60 or write to 12 Abay Street, 010000, Astana.", []),
    ("In 2018 countries agreed. By 2030 growth will return.", []),
    (
        "More than 250 delegates from 31 countries and 7 international organizations attended.",
        [(250, "delegates", "250"), (31, "countries", "31"), (7, "organizations", "7")],
    ),
    (
        "The forum had 5 largescale exhibitions, 9 sessions and about 4 thousand guests.",
        [(5, "exhibitions", "5"), (9, "sessions", "9"), (4000, "guests", "4 thousand")],
    ),
    (
        "It created over 20,000 jobs at 19 large and medium-sized enterprises.",
        [(20000, "jobs", "20,000"), (19, "enterprises", "19")],
    ),
    ("A population of 18 million lives there.", [(18e6, "people", "18 million")]),
    (
        "The port handled 45.000 TEU and 2 mln t of grain.",
        [(45000, "TEU", "45.000"), (2e6, "tonnes", "2 mln")],
    ),
    (
        "44 industrial projects have been completed. As the minister said, 8 of them will be "
        "launched and 13 will be finished by year's end.",
        [(44, "projects", "44"), (8, "projects", "8"), (13, "projects", "13")],
    ),
    (
        "Twenty-five states and one hundred companies signed.",
        [(25, "states", "Twenty-five"), (100, "companies", "one hundred")],
    ),
    (
        "Half a million tourists came, a million more than expected.",
        [(5e5, "tourists", "Half a million"), (1e6, "tourists", "a million")],
    ),
    (
        "Trains run at 120 km/h on the 1,520 mm gauge.",
        [(120, "km/h", "120"), (1520, "mm", "1,520")],
    ),
    ("The plant of 300 MW cost $0.4bn.", [(300, "MW", "300"), (4e8, "USD", "$0.4bn")]),
    (
        "The two-day visit ended; a five-year plan follows.",
        [(2, "days", "two"), (5, "years", "five")],
    ),
    ("1. Policy coordination. 2. Trade of 60 goods.", [(60, "goods", "60")]),
    ("Vision 2050 and the 5G network matter, as do the 1990s.", []),
    ("Nearly 40 ships a day pass, up 6 % on 2016.", [(40, "ships", "40"), (6, "percent", "6 %")]),
    ("The number of containers reached 340,000 in 2020.", [(340000, "containers", "340,000")]),
    ("At 10:30 a.m. on 12.05.2018 the train No. 8 left.", []),
    (
        "Growth is 6.9 %, or 0.3 percentage points above plan.",
        [(6.9, "percent", "6.9 %"), (0.3, "percentage points", "0.3")],
    ),
    (
        "Kazakhstan invested 100 million euros in 3 ports, 2 of which are on the Caspian.",
        [(1e8, "EUR", "100 million"), (3, "ports", "3"), (2, "ports", "2")],
    ),
    (
        "In recent years 20 new bridges, 6 tunnels and 1 airport opened.",
        [(20, "bridges", "20"), (6, "tunnels", "6"), (1, "airport", "1")],
    ),
    (
        "The work is done by four out of ten companies.",
        [(4, "companies", "four"), (10, "companies", "ten")],
    ),
    (
        "It borders Russia for 7,500 km and China for 1,700 km.",
        [(7500, "km", "7,500"), (1700, "km", "1,700")],
    ),
    (
        "With the 7 percent growth rate it will double in 10 years.",
        [(7, "percent", "7"), (10, "years", "10")],
    ),
    (
        "The bank has 57 founding members and US$100 billion of capital.",
        [(57, "members", "57"), (1e11, "USD", "US$100 billion")],
    ),
    ("The capacity of the terminal is 540,000 TEU a year.", [(540000, "TEU", "540,000")]),
    (
        "Forty percent of respondents and 3 in 5 firms agreed.",
        [(40, "percent", "Forty"), (3, "firms", "3"), (5, "firms", "5")],
    ),
]
ENGLISH += [
    ("In the first half of 2019 transit was 347,200 TEU.", [(347200, "TEU", "347,200")]),
    (
        "It lifts 7.6 million people from extreme poverty and 32 million from moderate poverty.",
        [(7.6e6, "people", "7.6 million"), (32e6, "people", "32 million")],
    ),
    ("About 2/3 of exports go by rail.", [(2 / 3, "share", "2/3")]),
    (
        "A total of 27 agreements, including 3 intergovernmental ones, was signed.",
        [(27, "agreements", "27"), (3, "agreements", "3")],
    ),
    (
        "The cost fell from $9,000 to $5,000-6,000.",
        [(9000, "USD", "$9,000"), (5000, "USD", "$5,000-6,000")],
    ),
    ("We noted that 2024 marks a new decade.", []),
]
ENGLISH += [
    (
        "It bought a dozen ships and half a dozen cranes.",
        [(12, "ships", "a dozen"), (6, "cranes", "half a dozen")],
    ),
    (
        "It needs twice as many, and demand grew fivefold.",
        [(2, "times", "twice"), (5, "times", "fivefold")],
    ),
    ("The aim is twofold; dozens of firms, thinking twice, stayed.", []),
    ("Two of every three boxes go west.", [(2 / 3, "share", "Two of every three")]),
    ("Half of the cargo waits.", [(0.5, "share", "Half")]),
    ("It moves between 0.8 and 1.4 million tonnes.", [(8e5, "tonnes", "0.8 and 1.4 million")]),
    (
        "It holds between 900,000 and 1.2 million tons.",
        [(9e5, "tonnes", "900,000 and 1.2 million")],
    ),
    (
        "In the nineteen-nineties, in nineteen ninety-one and in the two-thousands, little moved.",
        [],
    ),
    ("It takes 1416 days by rail.", [(14, "days", "1416")]),
    ("It expects 15m tonnes on 15 m of quay.", [(15e6, "tonnes", "15m"), (15, "m", "15")]),
    (
        "Seventeen trains ran in 2011, 308 in 2014 and 3,673 in 2017.",
        [(17, "trains", "Seventeen"), (308, "trains", "308"), (3673, "trains", "3,673")],
    ),
    (
        "Turnover rose +4.8% on two more crossings.",
        [(4.8, "percent", "4.8%"), (2, "crossings", "two")],
    ),
    ("Some 22 of 64 planned projects are late.", [(22, "projects", "22"), (64, "projects", "64")]),
    ("There ran 17 container trains.", [(17, "trains", "17")]),
    ("The 2020 Annual Meeting was held.", []),
]
CHINESE: list[tuple[str, list[tuple[float, str | None, str]]]] = [
    ("货值约1800亿元，运送45万标箱。", [(1.8e11, "CNY", "1800亿"), (4.5e5, "TEU", "45万")]),
    (
        "2022年贸易额达到312亿美元，增长23.6%。",
        [(3.12e10, "USD", "312亿"), (23.6, "percent", "23.6%")],
    ),
    (
        "覆盖26个国家的100个城市，开行5200列。",
        [(26, "countries", "26"), (100, "cities", "100"), (5200, "trains", "5200")],
    ),
    ("第3条铁路有12个车站。", [(12, "车站", "12")]),
]
RUSSIAN: list[tuple[str, list[tuple[float, str | None, str]]]] = [
    (
        "В стране реализуется 55 проектов на сумму 27,6 млрд долларов.",
        [(55, "projects", "55"), (27.6e9, "USD", "27,6 млрд")],
    ),
    (
        "Объём перевозок вырос на 18% и составил 13,9 млн тонн.",
        [(18, "percent", "18%"), (13.9e6, "tonnes", "13,9 млн")],
    ),
    (
        "В форуме участвовали представители 37 стран, около 5 тыс. человек.",
        [(37, "countries", "37"), (5000, "people", "5 тыс.")],
    ),
    (
        "Построено двенадцать заводов, четыре из которых запущены в 2018 году.",
        [(12, "plants", "двенадцать"), (4, "plants", "четыре")],
    ),
    (
        "Инвестиции составили $30 млрд, или 2 трлн тенге.",
        [(30e9, "USD", "$30 млрд"), (2e12, "KZT", "2 трлн")],
    ),
    ("Товарооборот увеличился в 1,5 раза за 5 лет.", [(1.5, "times", "1,5"), (5, "years", "5")]),
    ("12 ноября 2018 года состоялось 3-е заседание клуба.", []),
    ("Срок доставки сократился с 40 до 15 дней.", [(40, "days", "40"), (15, "days", "15")]),
    ("Проложено 2 500 км железных дорог.", [(2500, "km", "2 500")]),
    (
        "Создано 20 тысяч рабочих мест на 51 совместном предприятии.",
        [(20000, "jobs", "20 тысяч"), (51, "enterprises", "51")],
    ),
    (
        "По железной дороге перевезено 341 тыс. TEU, что на 77% больше.",
        [(341e3, "TEU", "341 тыс."), (77, "percent", "77%")],
    ),
    (
        "Подано 39 проектов. Из них завершено двенадцать, спрос вырос вдвое.",
        [(39, "projects", "39"), (12, "projects", "двенадцать"), (2, "times", "вдвое")],
    ),
    ("Согласно статье 5 закона, лидеры двух стран встретились в XXI веке.", []),
]


def figures(text: str, **more: str) -> list[Fact]:
    language = "ru" if any("а" <= letter <= "я" for letter in text) else "en"
    facts = read_figures(Document(id="d", text=text, language=language, **more))
    for fact in facts:
        assert text[fact.start : fact.end] == fact.quote
        if fact.value_start is not None:
            assert fact.value_end is not None
            assert fact.start <= fact.value_start < fact.value_end <= fact.end
    return [fact for fact in facts if fact.kind == "figure" and fact.value_start is not None]


@pytest.mark.parametrize(("text", "expected"), ENGLISH + RUSSIAN + CHINESE)
def test_value_unit_and_span(text: str, expected: list[tuple[float, str | None, str]]) -> None:
    found = [
        (fact.value, fact.unit, text[fact.value_start : fact.value_end]) for fact in figures(text)
    ]
    assert [(pytest.approx(value), unit, written) for value, unit, written in expected] == found


def year_of(text: str, date: str | None = None) -> tuple[int | None, object]:
    fact = next(one for one in read_figures(Document("d", text, date=date)) if one.value_end)
    return fact.year, fact.attributes["period_basis"]


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("In 2018, trade was $2 bn.", None, (2018, "stated")),
        ("Trade was $2 bn last year.", "2019-04-30", (2018, "implied")),
        ("Trade was $2 bn last year.", None, (None, "unknown")),
        ("There are 5 ports.", "2019", (2019, "implied")),
        ("There are 5 ports.", None, (None, "unknown")),
        ("Trade of $2 bn is more than in 2012.", "2019", (2019, "implied")),
        ("During 20112016 trade was $2 bn.", None, (2011, "stated")),
        ("Made in China 2025 has 5 parts.", "2019", (2019, "implied")),
    ],
)
def test_the_year_and_how_it_is_known(
    text: str, date: str | None, expected: tuple[int | None, str]
) -> None:
    assert year_of(text, date) == expected


def test_what_is_derived_is_labelled_and_has_no_span() -> None:
    text = "In 2018 there were 6000 trips, which is 50% higher than the previous year."
    (made,) = [f for f in read_figures(Document("d", text)) if "derived_from" in f.attributes]
    assert made.value == pytest.approx(4000)
    assert (made.year, made.unit, made.value_start) == (2017, "trips", None)
    assert made.quote == text[:-1]


@pytest.mark.parametrize(
    ("text", "quote", "qualifier"),
    [
        ("More than 100 guests came, it is said.", "More than 100 guests came", "over"),
        ("Oil and gas cost about $30.", "Oil and gas cost about $30", "about"),
        ("Ports opened and up to 9 banks failed.", "up to 9 banks failed", "up to"),
    ],
)
def test_the_quote_is_the_smallest_clause(text: str, quote: str, qualifier: str) -> None:
    (fact,) = figures(text)
    assert (fact.quote, fact.attributes["qualifier"]) == (quote, qualifier)


def test_a_forecast_carries_its_figure() -> None:
    facts = read_figures(Document("d", "Transit will reach 2 million TEU by 2030."))
    (ahead,) = [fact for fact in facts if fact.kind == "forecast"]
    assert (ahead.value, ahead.unit, ahead.year) == (2e6, "TEU", 2030)
    assert ahead.attributes["horizon"] == "2030"
