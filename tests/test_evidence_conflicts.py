"""Conflicts: what must be found, and what nobody must be alarmed about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.evidence.conflicts import find_conflicts, find_within
from landbridge.evidence.conflicts.telling import agree, rounding
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.read import facts_of
from landbridge.evidence.text.dates import document_date

SHARED = Path(__file__).parents[2] / "shared"


def conflicts_of(text: str, date: str | None = "2019-05-01"):
    document = Document("d", text, date)
    found = find_conflicts([document], facts_of(document))
    for one in found:
        assert one.quotes, one
        assert one.explanation
        for quote in one.quotes:
            assert text[quote.start : quote.end] == quote.quote
    return found


FOUND = {
    "a column and its total": (
        "1 | Cement plant | USD 120 mln | 310 jobs\n2 | Wind farm | USD 160 mln | 45 jobs\n\n"
        "Total: 2 projects, USD 380 mln, 355 jobs",
        "arithmetic",
        "280,000,000",
    ),
    "shares of all": (
        "Of all transit 58% goes south, 27% west, 12% north and 18% east.",
        "arithmetic",
        "115",
    ),
    "an anniversary that lies ahead": (
        "Ministers met in April 2022. They marked the fifteenth anniversary of the accord, "
        "concluded in 2011.",
        "date",
        "2026",
    ),
    "its anniversary": (
        "Xi Jinping proposed the Silk Road Economic Belt in 2013. "
        "Its tenth anniversary was celebrated in 2021.",
        "date",
        "2023",
    ),
    "parts short of their total": (
        "There are 40 plants. Ten of them work, eight are being built and twelve are agreed. "
        "I have listed 30 plants, and 5 more are planned for 2020.",
        "arithmetic",
        "35",
    ),
    "parts above their total": (
        "There are 55 plants. 20 are built, 15 are planned, 10 are under way and 20 more wait.",
        "arithmetic",
        "65",
    ),
    "a total said outright": (
        "Kazakhstan invested $3 billion in rail and $4 billion in roads, in total $9 billion.",
        "arithmetic",
        "7,000,000,000",
    ),
    "exports and imports beside the turnover": (
        "Exports reached $12 billion and imports $5 billion in 2018. "
        "Trade turnover was $20 billion in 2018.",
        "arithmetic",
        "17,000,000,000",
    ),
    "shares above the whole": (
        "The share of rail is 60%, of road 35% and of pipelines 25%.",
        "arithmetic",
        "120",
    ),
    "a change that does not follow": (
        "Transit grew by 50% from 200 thousand TEU to 276 thousand TEU.",
        "arithmetic",
        "+38",
    ),
    "done, and still to come": (
        "60 bridges have been completed in the region. 12 of them will be opened in 2020.",
        "contradiction",
        "12",
    ),
    "an anniversary too early": ("In 2019 the SCO marked its 20th anniversary.", "date", "2001"),
    "an anniversary of a start told in the text": (
        "In 2018 it was the 10th anniversary of the Belt and Road Initiative.",
        "date",
        "2013",
    ),
    "an anniversary in Russian": (
        "В 2017 году отметили 5-летие инициативы «Один пояс, один путь».",
        "date",
        "2013",
    ),
    "a day no month has": ("The bridge opened on 31 November 2018.", "date", "31 November"),
    "a weekday that was another": ("He came on Monday, 20 March 2019.", "date", "Wednesday"),
    "years that run backwards": ("From 2018 to 2013 trade grew.", "date", "backwards"),
    "the past in the future": ("The port was opened in 2023 by the mayor.", "date", "2023"),
    "more countries than there are": ("Ports of 220 countries are joined.", "bound", "195"),
    "more countries than a continent has": (
        "The forum gathered 60 European countries.",
        "bound",
        "51",
    ),
    "countries in Russian": ("В форуме участвовали 220 стран.", "bound", "195"),
    "a share above one": ("Rail accounts for 130% of transit.", "bound", "130"),
    "a price of no quantity": ("The prices of oil and gas fell to US$42.", "unit", "42"),
    "flights by rail": ("In 2018 railways made 5,000 flights to Europe.", "unit", "flights"),
    "a currency that stands alone": (
        "Germany invested $80 billion. France invested $30 billion. Italy gave $20 billion. "
        "At the summit deals of 64 billion tenge were signed.",
        "currency",
        "KZT",
    ),
    "an amount that is missing": ("Trade was last year about US $. It grew.", "missing", "US $"),
    "a sentence that breaks off": ("The total turnover reached $ 6 trillion (", "missing", "off"),
    "a table that is not there": ("The table shows that trade grows.", "missing", "table"),
    "a list without a member": (
        "The five states of Central Asia are Kazakhstan, Uzbekistan, Kyrgyzstan and Tajikistan.",
        "list",
        "Turkmenistan",
    ),
    "a list of another length": (
        "The following five areas: trade, transport, finance and people.",
        "list",
        "4 named",
    ),
    "a numbered list that skips": (
        "1. Trade. Goods flow.\n\n2. Transport. Roads.\n\n4. Finance. Banks.",
        "list",
        "no 3",
    ),
    "a garbled port": ("Ships call at Gambitanota port in Sri Lanka.", "garbled", "Hambantota"),
    "a word joined to itself": (
        "It is uncertainty and uncertainty that grow.",
        "garbled",
        "itself",
    ),
    "two values of one thing": (
        "The forum was attended by 300 delegates from Asia in April 2019.\n\n"
        "It ended well. The forum was attended by 450 delegates from Asia in April 2019.",
        "value",
        "450",
    ),
    "two amounts of one trade": (
        "Trade between Kazakhstan and China in 2018 was $20 billion.\n\n"
        "The trade between Kazakhstan and China in 2018 was $11.7 billion.",
        "value",
        "11,700,000,000",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_is_found(name):
    text, type_, word = FOUND[name]
    found = [one for one in conflicts_of(text) if one.type == type_]
    assert found, "nothing found"
    told = " ".join(f"{one.title} {one.explanation} {one.quotes}" for one in found)
    assert word in told


QUIET = {
    "parts of a total, not all named": (
        "There are 51 projects. Four of which have been launched, and 11 are in progress."
    ),
    "parts that make their total": (
        "Kazakhstan signed 20 agreements, 12 of which concern trade and 8 concern transport."
    ),
    "a balance that holds": (
        "Trade reached $20 billion in 2018, with exports of $12 billion and imports of $8 billion."
    ),
    "a balance that holds when rounded": (
        "Exports were $11.6 billion and imports $5.2 billion in 2018. Turnover was $17 billion."
    ),
    "equal numbers of different things": (
        "The forum was attended by 29 heads of state. Some 29 organizations signed documents."
    ),
    "different numbers of different things": (
        "Some 126 states supported the plan. About 40 states took part, with 90 organizations."
    ),
    "a change that holds": (
        "Transit grew from 200 thousand TEU to 276 thousand TEU, an increase of 38%."
    ),
    "one thing in two years": (
        "In 2018 cargo was 13.9 million tonnes; in 2017 cargo was 10.1 million tonnes."
    ),
    "a bound and a value above it": (
        "The road carries over 600 thousand tonnes in 2018.\n\n"
        "About 640 thousand tonnes were carried on the road in 2018."
    ),
    "done and to come side by side": (
        "So far 15 enterprises have been launched and 11 are being built."
    ),
    "a list of levels": "Exports made 158,4 thousand TEU, imports 201 thousand in 2020.",
    "a column whose total holds": "Rail: 300 km\nRoads: 200 km\n\nTotal: 500 km",
    "anniversaries that hold": (
        "In 2018 the 5th anniversary of the Belt and Road Initiative was celebrated. "
        "In 2021 the SCO is to mark its 20th anniversary."
    ),
    "some of a set": (
        "Central Asian countries such as Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan trade."
    ),
    "three of a set, and said so": "Three Caspian states (Azerbaijan, Iran, Russia) met.",
    "a list of points": (
        "- Improve border crossing times at Khorgos and Dostyk through longer working hours\n"
        "- Build a second track between Moiynty and Dostyk so that more trains can pass\n"
        "- Agree on tariffs"
    ),
    "a president named each time": (
        "The President of Kazakhstan Kassym-Jomart Tokayev met President Xi Jinping of China."
    ),
    "shares that make the whole": "The share of rail is 40%, of road 35% and of pipelines 25%.",
    "rises of more than a hundred together": (
        "Rail grew by 40%, road by 45% and air by 60%; the share of sea fell."
    ),
    "a rise above a hundred": "Traffic rose by 130% in 2018.",
    "prices of quantities": "Oil cost US$30 per barrel. The price of wheat was $250 a tonne.",
    "countries and regions": "The agreement covers 230 countries and regions.",
    "a currency at home": (
        "Germany gave $5 billion, France $6 billion and Italy $80 billion. "
        "Kazakhstan spent 64 billion tenge of its budget on roads."
    ),
    "flights by air": "On Wednesday, 20 March 2019, the airline had 120 flights to China.",
    "stages of a whole": (
        "Total cost is $2 billion. The first stage cost $0.5 billion and the second $1.2 billion."
    ),
    "plants of two sectors": (
        "Kazakhstan has 16 plants with China in agriculture and 17 plants with China in chemistry."
    ),
    "from one value to another": (
        "Between 2013 and 2018 trade with China rose from $10 billion to $20 billion, or 100%."
    ),
    "unions within their bounds": (
        "The 27 EU member states and 18 Asian countries met. All 55 African countries came."
    ),
    "odd but right words": "The McKinsey study of iPhone sales, by Schwarzkopf and the WTO.",
    "another set of corridors": (
        "Four corridors are planned: the northern, the southern, the middle and the Arctic."
    ),
    "what is to come": "The third forum will be held in 2023. A port is to be opened in 2030.",
    "a numbered list": "1. Trade. Goods flow.\n\n2. Transport. Roads.\n\n3. Finance. Banks.",
    "a dated document": "This year trade grows; next year it will fall.",
    "an interview": (
        "The minister Ivan Petrov gave an interview and said this.\n\n"
        "- We build roads. We shall open three of them in the year, and then two more."
    ),
    "a quote of the table that is there": (
        "Table 1. Trade\nThe table shows that trade grows to $20 billion."
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_no_alarm(name):
    assert [one.title for one in conflicts_of(QUIET[name])] == []


def test_two_documents_give_two_values_for_one_programme():
    first = Document(
        "a", "Kazakhstan and China agreed on 51 joint industrial plants.", "2017-05-01"
    )
    second = Document(
        "b", "In all 55 industrial projects are joint with Kazakhstan, China says.", "2019-05-01"
    )
    found = find_conflicts([first, second], [*facts_of(first), *facts_of(second)])
    values = [one for one in found if one.type == "value"]
    assert len(values) == 1
    assert {quote.doc for quote in values[0].quotes} == {"a", "b"}
    assert find_within(first, facts_of(first)) == ()


def test_the_same_value_in_two_documents_is_no_conflict():
    text = "Kazakhstan and China agreed on 51 joint industrial plants."
    both = [Document("a", text, "2017-05-01"), Document("b", text, "2018-05-01")]
    facts = [fact for one in both for fact in facts_of(one)]
    assert [one for one in find_conflicts(both, facts) if one.type == "value"] == []


def test_an_undated_document_cannot_place_this_year():
    told = conflicts_of("Six ports will open this year.", date=None)
    assert [one.type for one in told] == ["missing"]
    assert conflicts_of("Six ports will open this year.") == ()


def test_a_dash_quotation_after_experts_say_is_nobodys():
    text = (
        "The road is long, said President Nursultan Nazarbayev at a briefing.\n\n"
        "- We build it. We shall go on building it for the sake of all who travel on it.\n\n"
        "Some agreements were signed. Experts say that trade grows.\n\n"
        "- Kazakhstan lies on the road from Paris to Beijing. It is a great talent of its leaders."
    )
    found = [one for one in conflicts_of(text) if one.type == "attribution"]
    assert len(found) == 1
    assert found[0].quotes[-1].quote == "Experts say"


@pytest.mark.skipif(not SHARED.exists(), reason="labelled documents are not here")
def test_the_labelled_document_is_found_whole_without_a_false_alarm():
    sample = json.loads((SHARED / "facts" / "evidence_sample.json").read_text(encoding="utf-8"))
    text = (SHARED / "documents" / sample["document"]).read_bytes().decode("utf-8")
    document = Document(sample["document"], text, document_date(text))
    found = find_within(document, facts_of(document))
    for one in sample["conflicts"]:
        spans = [(spot["start"], spot["end"]) for spot in one["facts"]]
        assert any(
            each.type == one["type"]
            and any(q.start < end and start < q.end for q in each.quotes for start, end in spans)
            for each in found
        ), one["title"]
    assert len(found) - len(sample["conflicts"]) <= 1


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 40), st.integers(2, 40), st.integers(2, 40))
def test_parts_that_make_their_total_are_never_an_alarm(a, b, c):
    text = f"There are {a + b + c} plants. {a} are built, {b} are planned and {c} more are agreed."
    document = Document("d", text, "2019-05-01")
    assert [
        one for one in find_within(document, facts_of(document)) if one.type == "arithmetic"
    ] == []


@given(st.integers(1, 10**9), st.integers(0, 3))
def test_a_number_always_agrees_with_its_own_rounding(value, digits):
    def figure(number: float, text: str) -> Fact:
        return Fact("d", "figure", text, 0, 0, "x", value=number, attributes={"value_text": text})

    millions = round(value / 1e6, digits)
    rounded = figure(millions * 1e6, f"{millions:.{digits}f} million")
    assert rounding(rounded) >= 0
    if millions:
        assert agree(rounded, figure(float(value), f"{value}"))
