"""Sentences, numbers, dates and units: offsets are exact in any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.evidence.text.dates import dates, document_date
from landbridge.evidence.text.numbers import numbers, value_of
from landbridge.evidence.text.sentences import paragraphs, sentences
from landbridge.evidence.text.units import sign_before, unit_after

MESSY = st.text(
    st.sampled_from(list("aZя12.,;:!?-–—\n\r\t \u00a0\u202f\u2028«»“”()$%№中。")) | st.characters(),
    max_size=120,
)


@given(MESSY)
def test_sentences_hold_every_character_once_in_order(text: str) -> None:
    spans = sentences(text)
    covered = [at for span in spans for at in range(*span)]
    assert covered == sorted(set(covered))
    left = {at for at, letter in enumerate(text) if not letter.isspace()} - set(covered)
    assert not left
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@given(MESSY)
def test_numbers_and_dates_lie_within_the_text(text: str) -> None:
    for number in numbers(text):
        assert text[number.start : number.end].startswith(number.bare)
        assert number.value == number.value
    for mention in dates(text):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. K. Tokayev met Mr. Li. They spoke.", ["Dr. K. Tokayev met Mr. Li.", "They spoke."]),
        ("It cost $3.5 bn. in the U.S. market.", ["It cost $3.5 bn. in the U.S. market."]),
        ("Zh.Arynov said so.The end came.", ["Zh.Arynov said so.", "The end came."]),
        ("1. Policy\n2. Trade", ["1. Policy", "2. Trade"]),
        ("В 2018 г. экспорт вырос. Это хорошо.", ["В 2018 г. экспорт вырос.", "Это хорошо."]),
        ("“Is it so?” he asked. Yes!", ["“Is it so?” he asked.", "Yes!"]),
        ("中国有14亿人。很好！", ["中国有14亿人。", "很好！"]),
        ("cut off at the", ["cut off at the"]),
        (
            "Перевезено 341 тыс. TEU, что на 77% больше. Рост продолжится.",
            ["Перевезено 341 тыс. TEU, что на 77% больше.", "Рост продолжится."],
        ),
        ("Это 27 млрд. долл. США. Рост есть.", ["Это 27 млрд. долл. США.", "Рост есть."]),
        ("Объём достиг 5 млн. Казахстан рад.", ["Объём достиг 5 млн.", "Казахстан рад."]),
        ("Форум прошёл в г. Алматы на ул. Абая.", ["Форум прошёл в г. Алматы на ул. Абая."]),
        ("Были Китай, Иран и др. Казахстан помог.", ["Были Китай, Иран и др.", "Казахстан помог."]),
        ("Длина составила 300 км. Дорога открыта.", ["Длина составила 300 км.", "Дорога открыта."]),
        ("Университет им. Аль-Фараби, т.е. КазНУ.", ["Университет им. Аль-Фараби, т.е. КазНУ."]),
        ("He said no. Then train No. 8 left.", ["He said no.", "Then train No. 8 left."]),
        (
            "It paid approx. USD 3 mln. USD is strong. On Jan. 5 St. Petersburg slept.",
            ["It paid approx. USD 3 mln. USD is strong.", "On Jan. 5 St. Petersburg slept."],
        ),
        (
            "Huawei Co., Ltd. said so. Acme Inc. The U.S. It went on.",
            ["Huawei Co., Ltd. said so.", "Acme Inc.", "The U.S.", "It went on."],
        ),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


def test_wrapped_lines_are_one_paragraph_and_headings_are_their_own() -> None:
    text = (
        "The road\n\nGoods that leave the port by rail reach the border in about six days\n"
        "and are moved there to other wagons, since the gauge differs.\nTrade"
    )
    assert len(paragraphs(text)) == 3


@pytest.mark.parametrize(
    ("digits", "language", "value"),
    [
        ("1,200", "en", 1200), ("1.200", "en", 1.2), ("45.000", "en", 45000), ("3,5", "en", 3.5),
        ("1 234 567", "en", 1234567), ("1'200", "en", 1200), ("1.234.567,8", "en", 1234567.8),
        ("1,234.5", "en", 1234.5), ("13,9", "ru", 13.9), ("0,125", "en", 0.125),
    ],
)  # fmt: skip
def test_marks_of_thousands_and_decimals(digits: str, language: str, value: float) -> None:
    assert value_of(digits, language) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five", 25), ("one hundred and five", 105), ("half a million", 5e5),
        ("two and a half", 2.5), ("three thousand two hundred", 3200), ("двадцать пять", 25),
        ("полтора миллиона", 1.5e6), ("5 тыс.", 5000), ("2,3 млрд", 2.3e9),
        ("3亿", 3e8), ("7 bln", 7e9),
    ],
)  # fmt: skip
def test_words_and_scales(text: str, value: float) -> None:
    (number,) = numbers(text)
    assert number.value == pytest.approx(value)
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "iso", "first", "last"),
    [
        ("12 November 2017", "2017-11-12", 2017, 2017), ("Nov. 12, 2017", "2017-11-12", 2017, 2017),
        ("2017-11-12", "2017-11-12", 2017, 2017), ("12.11.2017", "2017-11-12", 2017, 2017),
        ("12 ноября 2017", "2017-11-12", 2017, 2017), ("в ноябре 2017", "2017-11", 2017, 2017),
        ("20132018", None, 2013, 2018), ("2013–2018", None, 2013, 2018),
        ("2013/14", None, 2013, 2014),
        ("November 1314, 2017", "2017-11-13", 2017, 2017), ("May 14-15", None, None, None),
        ("2017年5月14日", "2017-05-14", 2017, 2017), ("1999", "1999", 1999, 1999),
    ],
)  # fmt: skip
def test_dates(text: str, iso: str | None, first: int | None, last: int | None) -> None:
    (mention,) = dates(text)
    assert (mention.iso, mention.first, mention.last) == (iso, first, last)


@pytest.mark.parametrize("text", ["$2000", "2000.5", "20 000", "12018", "2013 %", "№ 2018x"])
def test_no_dates(text: str) -> None:
    assert [mention for mention in dates(text) if mention.certain] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("News\nby May 3, 2019 Staff\n\nThe text.", "2019-05-03"),
        ("ALMATY, 3 May 2019 – A forum opened.", "2019-05-03"),
        ("Дата события:\n02 ноября 2017\n\nФорум.", "2017-11-02"),
        ("On May 3, 2019, ministers met. It was May 4, 2019.", None),
        ("Ministers will meet on May 3.", None),
    ],
)
def test_the_date_of_a_document(text: str, date: str | None) -> None:
    assert document_date(text) == date


def test_units_beside_a_number() -> None:
    assert sign_before("for US$ 30", 8) is not None
    assert sign_before("plus 30", 5) is None
    unit = unit_after("5 кв. км", 1)
    assert unit is not None
    assert unit.name == "km2"
