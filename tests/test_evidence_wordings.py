"""Disagreements of many wordings: what must be found, and what only looks like one."""

from __future__ import annotations

import pytest

from landbridge.evidence.conflicts import find_conflicts
from landbridge.evidence.model import Document
from landbridge.evidence.read import facts_of
from landbridge.evidence.text.dates import document_date


def types_of(*texts: str) -> list[str]:
    documents = [
        Document(
            f"d{at}",
            text,
            document_date(text),
            "ru" if sum(letter > "А" for letter in text) > len(text) / 3 else "en",
        )
        for at, text in enumerate(texts)
    ]
    facts = [fact for one in documents for fact in facts_of(one)]
    found = find_conflicts(documents, facts)
    by_id = {one.id: one.text for one in documents}
    for one in found:
        assert one.quotes, one
        assert all(by_id[q.doc][q.start : q.end] == q.quote for q in one.quotes), one
    return [one.type for one in found]


FOUND = [
    (
        "value",
        (
            "The port of Aktau handled 5.2 million tonnes of cargo in 2019.\n\nCargo turnover "
            "of Aktau port in 2019 was 7.2 million tonnes.",
        ),
    ),
    (
        "value",
        (
            "The capacity of the Kuryk port is 4 million tonnes a year.",
            "Порт Курык имеет мощность 6 миллионов тонн в год.",
        ),
    ),
    (
        "value",
        (
            "The length of the Western Europe Western China highway in Kazakhstan is 2,787 km.",
            "The Western Europe Western China highway crosses Kazakhstan for 2,878 km.",
        ),
    ),
    (
        "value",
        (
            "Construction of the Aral bridge cost 40 million dollars.",
            "The Aral bridge was built for 400 million dollars.",
        ),
    ),
    (
        "value",
        (
            "In 2019 11.8 thousand students from Kazakhstan studied in China.",
            "В Китае в 2019 году учились 18,1 тысячи студентов из Казахстана.",
        ),
    ),
    (
        "currency",
        ("The loan of 600 million dollars (2.3 billion tenge) was granted for 15 years.",),
    ),
    (
        "currency",
        (
            "The plant cost 10 billion tenge, or about 250 million dollars, at the rate of "
            "400 tenge.",
        ),
    ),
    ("outlier", ("The depth at the berths of the port is 12 kilometers.",)),
    ("outlier", ("The consular fee for a visa is 60 million dollars.",)),
    ("outlier", ("The wagon carries 68 thousand tonnes of grain.",)),
    (
        "arithmetic",
        (
            "By rail 12 million tonnes went, by road 7 million tonnes, by sea 3 million "
            "tonnes. The total volume of trade cargo is 25 million tonnes.",
        ),
    ),
    (
        "arithmetic",
        (
            "Sector | Projects | Cost\nEnergy | 12 | 340\nMining | 7 | 120\nTransport | 5 | "
            "90\nTotal | 26 | 550",
        ),
    ),
    (
        "arithmetic",
        ("В делегацию вошли 45 человек: 20 предпринимателей, 15 чиновников и 12 журналистов.",),
    ),
    (
        "arithmetic",
        (
            "The terminal has 5 cranes of 40 tonnes each with a total lifting capacity of 250 "
            "tonnes.",
        ),
    ),
    ("arithmetic", ("Passenger traffic doubled from 100 thousand to 300 thousand people.",)),
    (
        "arithmetic",
        (
            "In 2018 exports made 5.8 billion dollars, in 2019 7.0 billion dollars, an "
            "increase of 40 percent.",
        ),
    ),
    (
        "arithmetic",
        (
            "В 2019 году порт перевалил 2,1 миллиона тонн, а в 2018 году 3 миллиона тонн. "
            "Снижение составило 50 процентов.",
        ),
    ),
    ("arithmetic", ("Of the 500 km of the road 350 km, or 60 percent, are finished.",)),
    ("arithmetic", ("China owns 60 percent of the terminal and Kazakhstan 50 percent.",)),
    ("arithmetic", ("60 percent of 200 wagons, that is 90 wagons, went back empty.",)),
    ("bound", ("By now 12 of the 10 agreed projects are launched.",)),
    ("outlier", ("The border works 26 hours a day.",)),
    ("bound", ("Грузовой поезд проходит 2700 километров за 10 часов.",)),
    (
        "date",
        ("Document date\n\n12 March 2021\n\nThe road will be opened in 2019, the ministry said.",),
    ),
    ("date", ("12 March 2018\n\nFive years ago, in 2010, the initiative was proposed.",)),
    ("date", ("The construction began in May 2020 and was completed in March 2019.",)),
    ("date", ("The AIIB approved a loan for the road in 2011.",)),
    ("date", ("The programme is designed for five years, from 2015 to 2025.",)),
    ("date", ("The seminar was held from 20 to 15 March 2021.",)),
    (
        "ambiguous",
        (
            "Kassym-Jomart Tokayev, President of Kazakhstan, met President of Uzbekistan "
            "Shavkat Mirziyoyev. They spoke of trade. The President noted that the border is open.",
        ),
    ),
    (
        "ambiguous",
        (
            "The Presidents of Kazakhstan and China signed a statement. After that the "
            "President visited the university.",
        ),
    ),
    (
        "ambiguous",
        (
            "Президент Казахстана Касым-Жомарт Токаев встретился с Президентом Узбекистана "
            "Шавкатом Мирзиёевым. Президент отметил рост торговли.",
        ),
    ),
    (
        "contradiction",
        (
            "In 2017 the first container train from Lianyungang to Istanbul passed through Aktau.",
            "12 May 2021\n\nIn May 2021 for the first time a container train went from "
            "Lianyungang to Istanbul through Aktau.",
        ),
    ),
    ("garbled", ("The loan was given by the Asian Infrastructure Inventory Bank.",)),
    (
        "list",
        (
            "There are six economic corridors. They are the New Eurasian Land Bridge, China "
            "Mongolia Russia, China Central Asia West Asia, China Pakistan and Bangladesh "
            "China India Myanmar.",
        ),
    ),
    ("list", ("Выделены пять направлений: транспорт, энергия, торговля и туризм.",)),
    (
        "list",
        (
            "The report names four risks. The first is debt. The second is ecology. The third "
            "is security.",
        ),
    ),
    (
        "contradiction",
        (
            "China is the largest trade partner of Kazakhstan.\n\nRussia remains the first "
            "trade partner of Kazakhstan.",
        ),
    ),
    (
        "contradiction",
        (
            "The largest investor in Kazakhstan is the Netherlands.\n\nChina is the biggest "
            "investor in Kazakhstan.",
        ),
    ),
    (
        "contradiction",
        (
            "Aktau is the largest port of Kazakhstan.",
            "Крупнейшим портом Казахстана является Курык.",
        ),
    ),
    (
        "contradiction",
        (
            "The bridge over the Aras river was opened in 2018.",
            "20 May 2021\n\nThe bridge over the Aras is under construction.",
        ),
    ),
    (
        "contradiction",
        (
            "В 2019 году сдан в эксплуатацию тоннель Камчик.",
            "20 May 2021\n\nThe Kamchik tunnel is 40 percent ready.",
        ),
    ),
]

QUIET = [
    ("The port handled 5.2 million tonnes in 2018 and 7.2 million tonnes in 2019.",),
    ("Aktau port handled 5.2 million tonnes.", "Kuryk port handled 2.5 million tonnes in 2019."),
    ("The plan for 2020 was 47 trains.\n\nIn 2019 74 trains ran.",),
    ("The plant cost 10 billion tenge, or about 25 million dollars, at the rate of 400 tenge.",),
    ("The loan was 26 billion yuan, that is around 3.8 billion dollars.",),
    ("Trade doubled from 10 billion dollars in 2015 to 20 billion dollars in 2018.",),
    ("In 2018 exports made 5 billion dollars, in 2019 7 billion dollars, up 40 percent.",),
    ("The delegation has 45 people: 20 officials, 15 businessmen and 10 journalists.",),
    ("Of the 500 km of the road 350 km, or 70 percent, are finished.",),
    ("12 May 2021\n\nFive years ago, in 2016, the road was opened.",),
    ("The programme is designed for five years, from 2015 to 2020.",),
    ("12 May 2021\n\nIn 2015 the ministry promised that the road will be opened in 2018.",),
    ("President Tokayev met the ambassador. The President noted that trade grows.",),
    ("The bridge over the Aras was opened in 2018.", "In 2016 the Aras bridge was being built."),
    ("The bank granted credits at an interest rate of 6 percent per annum.",),
    ("Aktau is the largest port of Kazakhstan. Poti is the largest port of Georgia.",),
    ("There are three directions: transport, energy and trade.",),
    ("The Asian Infrastructure Investment Bank approved a loan in 2017.",),
    ("Wages are 130 percent of the level of the previous year.",),
]


@pytest.mark.parametrize(("kind", "texts"), FOUND)
def test_found(kind: str, texts: tuple[str, ...]) -> None:
    assert kind in types_of(*texts)


@pytest.mark.parametrize("texts", QUIET)
def test_no_alarm(texts: tuple[str, ...]) -> None:
    assert not set(types_of(*texts)) - {"missing"}
