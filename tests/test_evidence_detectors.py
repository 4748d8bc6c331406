"""Detectors one by one: the disagreement each is for, and what stands beside it unalarmed."""

from __future__ import annotations

import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts import find_conflicts
from landbridge.evidence.conflicts.people_spelled import fold
from landbridge.evidence.conflicts.tables import tables
from landbridge.evidence.conflicts.telling import rounding, spread
from landbridge.evidence.files.docx import paper
from landbridge.evidence.files.html import page
from landbridge.evidence.files.limits import Limits
from landbridge.evidence.model import Conflict, Document, Fact
from landbridge.evidence.read import facts_of
from landbridge.evidence.text.dates import document_date


def found(*texts: str) -> list[Conflict]:
    documents = [
        Document(
            f"d{at}",
            text,
            document_date(text),
            "ru" if sum("а" <= letter <= "я" for letter in text) > len(text) / 3 else "en",
        )
        for at, text in enumerate(texts)
    ]
    held = find_conflicts(documents, [fact for one in documents for fact in facts_of(one)])
    by_id = {one.id: one.text for one in documents}
    assert all(by_id[q.doc][q.start : q.end] == q.quote for one in held for q in one.quotes)
    return [one for one in held if one.type != "missing"]


ALARMS = [
    # prices in lists
    ("currency", "The fee is 350 yuan at Dostyk, 320 yuan at Bakhty and 340 dollars at Kolzhat."),
    ("outlier", "A tonne pays $45 from Khorgos, $20 over the sea and $38,000 from Baku."),
    ("outlier", "The tariff is $0.05 in Russia, $0.04 in Kazakhstan and $4 in Uzbekistan a tonne."),
    # names of places and persons
    ("garbled", "Containers go by the port of Gwadur."),
    ("garbled", "Trains leave Khorgoss every day."),
    ("garbled", "Madina Ospanova led the survey. M. Uspanova will publish the data."),
    ("garbled", "Serik Zhumangarin opened the forum. Minister S. Jumangarin answered questions."),
    ("garbled", "The Eurasian Economical Comission published the data."),
    # wholes of two kinds
    ("arithmetic", "75 students attended, 48 women and 37 men."),
    ("arithmetic", "The road, 1,300 km long, is new; 887 km of it lie in A and 513 km in B."),
    ("arithmetic", "Of the 118 thousand lorries, 70 thousand went east and 38 thousand went west."),
    ("arithmetic", "The project has three stages costing $200 million, $350 million and $150 "
     "million; its total cost is $800 million."),
    ("arithmetic", "The three lines of 120, 80 and 60 km make 280 km together."),
    ("arithmetic", "In the first quarter 210 trains passed, in the second 250, in the third 240 "
     "and in the fourth 260; 1,060 trains in the year as a whole."),
    ("arithmetic", "Sixty percent go by rail, thirty by road and the other fourteen by pipeline."),
    # fractions, differences, averages
    ("arithmetic", "Half of the 80 firms, that is 30, are foreign."),
    ("arithmetic", "Two thirds of the cargo, or 55 percent, is oil."),
    ("arithmetic", "Trade amounted to $10 billion, half of it ($6 billion) with China."),
    ("arithmetic", "The road was shortened from 1,200 km to 900 km, by 400 km."),
    ("arithmetic", "The share of rail rose from 30% to 45%, by 25 percentage points."),
    ("arithmetic", "Exports grew 3 times, from 100 to 200 million dollars."),
    ("bound", "The average speed is 1,100 km a day, the highest 900 km a day."),
    # each and all
    ("arithmetic", "The harvested area was 15.8 million ha, the harvest 20.1 million tonnes and "
     "the mean yield 21.7 tonnes per hectare."),
    ("arithmetic", "Shops count on 24 thousand visitors a year. A visitor spends $50: $12 million "
     "a year."),
    ("arithmetic", "A train has 50 wagons with two boxes each, 100 boxes in all. Fourteen trains "
     "a week thus make 2,800 boxes a week."),
    # times
    ("date", "The first lorries left Herat on 13 December 2018 and reached Istanbul on 28 "
     "November 2018."),
    ("date", "The ban, in force from 15 May to 12 April 2021, was prolonged."),
    ("date", "The exhibition runs from June 2019 to March 2019."),
    ("date", "Prof. Brown, born in 1987, joined the faculty in 1985."),
    ("date", "Bishkek, September 2019\n\nThe pipeline was opened in December 2009. It has been at "
     "work for twenty years."),
    ("date", "The forum will be held on 14 June 2018. To prepare the forum, a delegation will "
     "come on 9 July 2018."),
    ("date", "5 May 2018\n\nBy the end of 2016 the road will be completed."),
    # lists and ranks
    ("list", "It had four speakers: Dr. Saule Imanova of A University, Prof. Jennifer Brown of "
     "B University and Ms. Chen Yu of C Lines."),
    ("list", "It was founded by three railways: those of Kazakhstan and Azerbaijan."),
    ("list", "The six corridors are the New Eurasian Land Bridge, China–Mongolia–Russia, "
     "China–Central Asia–West Asia, China–Pakistan and Bangladesh–China–India–Myanmar."),
    ("contradiction", "Second by the number of projects is Almaty region, which holds the second "
     "place with seven projects. Zhambyl region with eight projects takes the fourth place."),
    ("contradiction", "Uzbekistan | 2,950\nTajikistan | 1,010\nAfghanistan | 980\n\nTajikistan was "
     "the largest buyer."),
    ("arithmetic", "Kazakhstan | 2,140\nUzbekistan | 1,870\nTajikistan | 990\nTotal | 5,000\n\n"
     "The loans of Kazakhstan make 52 percent of the sum."),
    # bounds, dimensions, scales
    ("bound", "ASEAN's 14 members took part."),
    ("bound", "The share of declarations made electronically reached 117%."),
    ("bound", "The road is 1,180 km long. A lorry covers it in six hours."),
    ("unit", "The distance is 2,700 tonnes."),
    ("outlier", "Trains run 400 days a year."),
    ("outlier", "The port cost 1.5 billion dollars, its rival 0.3 billion dollars and the northern "
     "berth 0.28 million dollars."),
    # two values, and who is meant
    ("value", "The cost of the terminal was $186 million. The terminal cost $168 million, says a "
     "critic."),
    ("ambiguous", "The presidents of three states signed the agreement. The President has said "
     "that works would begin."),
]  # fmt: skip

FINE = [
    "From Almaty the fare is $45, from Astana $60 and from Paris $900 by air.",
    "The price of wheat is 250 dollars a tonne, of barley 200 and of saffron 9,000 dollars.",
    "The ticket costs 120 dollars (850 yuan), the visa 90 dollars and the hotel 100 dollars.",
    "Company A has 1,200 employees, 700 men and 500 women.",
    "Karimov and Karimova spoke. A. Ivanov and A. Ivanova answered. Dr. Gwandar listened.",
    "The road, 1,400 km long, is new; 887 km of it lie in A and 513 km in B.",
    "Of 30 projects 12 are done and 10 are being built.",
    "Of 120 wagons, 70 carried grain, including 30 from the north.",
    "Investment came to $3.3 billion: $1.4 billion in energy, $1.1 billion in transport and "
    "$0.9 billion in industry, in total $3.3 billion.",
    "Two thirds of the cargo, or 67 percent, is oil.",
    "The road was shortened from 1,200 km to 900 km, by 300 km.",
    "The two banks hold 30% and 40% of the debt; in 2010 they held 20% and 35%.",
    "80% of the firms use rail, 65% road and 9% air.",
    "From 20 December to 10 January the pass is closed.",
    "The forum will be held on 14 June 2018. To prepare the forum, a delegation came on 9 May "
    "2018.",
    "Four speakers, among them Anna Petrova and Ivan Smirnov, took part.",
    "Uzbekistan | 2,950\nTajikistan | 1,010\nAfghanistan | 980\n\nUzbekistan was the largest "
    "buyer.",
    "A | 25%\nB | 35%\nC | 52%",
    "Germany ranks first with 5.2 million tonnes, Poland is third with 4.1 million tonnes.",
    "The SCO has ten members; ASEAN's ten members and three partners met.",
    "Presidents Tokayev and Mirziyoyev met. The President of Uzbekistan said that it was so.",
    "Exports were $186 million in 2018. In 2019 exports reached $168 million.",
    "On 5 April 2019: Anna Petrova and Ivan Smirnov.",
    "- The first point of a list is made of many words and of two sentences. It says so.\n"
    "- The second point is as long as the first one and says the same thing once more.",
]


@pytest.mark.parametrize(("type_", "text"), ALARMS)
def test_a_disagreement_is_found(type_: str, text: str) -> None:
    assert type_ in [one.type for one in found(text)]


@pytest.mark.parametrize("text", FINE)
def test_what_holds_raises_no_alarm(text: str) -> None:
    assert [one.title for one in found(text)] == []


def test_one_person_in_two_documents() -> None:
    one = "Marat Zhaksylykov, head of the Transit Foundation, spoke."
    other = "Present: Murat Jaksilikof, head of the Transit Foundation."
    stranger = "Present: Murat Jaksilikof, driver of a bus in Lodz."
    assert [c.type for c in found(one, other)] == ["garbled"]
    assert found(one, stranger) == []


def test_rupees_are_of_the_country_named() -> None:
    told = "Trade through Sost in Pakistan amounted to 8 billion rupees."
    units = [f.unit for f in facts_of(Document("d", told)) if f.kind == "figure"]
    assert units == ["PKR"]


def test_nouns_left_out() -> None:
    def figures(text: str) -> list[tuple[float | None, str | None]]:
        return [(f.value, f.unit) for f in facts_of(Document("d", text)) if f.kind == "figure"]

    assert figures("In 2019 it handled 95 thousand containers; in 2020, 133 thousand, 40% more.")[
        :2
    ] == [(95_000.0, "containers"), (133_000.0, "containers")]
    assert figures("There are 9,800 wagons; 3,900 belong to the state.")[1] == (3900.0, "wagons")
    assert figures("Trade is 7.5 billion dollars. We expect ten billion with them.")[1] == (
        1e10,
        "USD",
    )
    assert (2.0, "railways") not in figures("Five crossings serve roads and two serve railways.")


steps = st.lists(st.floats(0.01, 9.99).map(lambda x: round(x, 1)), min_size=1, max_size=9)


@given(steps)
def test_the_rounding_of_a_sum_is_at_most_that_of_all_its_parts(values: list[float]) -> None:
    facts = [
        Fact("d", "figure", "", 0, 0, "", value=v, attributes={"value_text": f"{v}"})
        for v in values
    ]
    each = [rounding(fact) for fact in facts]
    assert max(each) <= spread(facts) * (1 + 1e-6)
    assert spread(facts) <= sum(each) * (1 + 1e-6)
    assert math.isclose(spread(facts[:1]), each[0], rel_tol=1e-6, abs_tol=1e-12)


@given(st.lists(st.sampled_from(["ba", "ri", "no", "mul", "tan"]), min_size=1, max_size=5))
def test_folding_ignores_case_and_doubled_consonants(parts: list[str]) -> None:
    name = "".join(parts)
    assert fold(name.upper()) == fold(name)
    assert fold(name.replace("n", "nn").replace("t", "tt")) == fold(name)


def test_rows_of_a_page_are_lines() -> None:
    source = "<p>A</p><table><tr><th>Land</th><th>Trains</th></tr><tr><td>B</td><td>5</td></tr>"
    assert page(source).text == "A\n\nLand | Trains\n\nB | 5"
    layout = "<table><tr><td><p>Left</p></td><td><p>Right</p></td></tr></table>"
    assert "|" not in page(layout).text


def test_rows_of_a_word_file_are_lines_and_tables_are_read() -> None:
    from docx import Document as Word

    word = Word()
    word.add_paragraph("Loans by country")
    table = word.add_table(rows=0, cols=3)
    for row in (("Country", "Number", "Sum"), ("A", "9", "2,140"), ("B", "11", "1,870"),
                ("Total", "20", "4,010")):  # fmt: skip
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    held = io.BytesIO()
    word.save(held)
    text = paper(held.getvalue(), Limits()).text
    assert text == "Loans by country\n\nCountry | Number | Sum\nA | 9 | 2,140\nB | 11 | 1,870\n" \
        "Total | 20 | 4,010"  # fmt: skip
    (read,) = tables(Account(Document("d", text), ()))
    assert [row.numbers for row in read.rows] == [(9.0, 2140.0), (11.0, 1870.0)]
    assert read.total is not None
    assert read.total.numbers == (20.0, 4010.0)
