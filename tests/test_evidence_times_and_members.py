"""Times that cannot follow each other, and members there are not: freshly worded, with decoys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_alarms import types_of
from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.moments import moments
from landbridge.evidence.model import Document
from landbridge.evidence.names import find_names

ALARMS = [
    # what came before its own beginning
    ("date", "The silo, whose building began in March 2021, took its first grain in the autumn of "
     "2020."),
    ("date", "The yard was founded in June 2019, and its first crane was unloaded in the spring of "
     "that year."),
    ("date", "Терминал был заложен в октябре 2019 года, и первый поезд он принял в августе того же "
     "года."),
    ("date", "The dam will open in 2026, although its construction is to be completed in 2028."),
    # a beginning, a length and an end
    ("date", "Works start in April 2022 and will last ten months, so the tunnel opens in November "
     "2024."),
    ("date", "Строительство начнётся в мае 2024 года, продлится два года и завершится в декабре "
     "2029 года."),
    # years before and after a known beginning
    ("date", "In 2010, three years after the founding of the AIIB, the fund lent to Laos."),
    ("date", "В 2009 году, за год до подписания Договора о Евразийском экономическом союзе, "
     "пошлины отменили."),
    # years of work
    ("date", "The first ferry sailed in May 2004. Its twentieth birthday was marked in May 2022."),
    ("date", "Музей был открыт в 2001 году. В 2019 году он отметил 20 лет работы."),
    # members
    ("bound", "10 June 2019\n\nThe SCO met in Bishkek. The eleven member states of the "
     "Organisation agreed."),
    ("bound", "10 июня 2021 года\n\nВ совете представлены семь государств – членов Евразийского "
     "экономического союза."),
    ("bound", "A treaty of the six Caspian states was signed in the port."),
    ("list", "5 May 2020\n\nThe EAEU was praised by its members: Armenia, Belarus, Kyrgyzstan and "
     "Russia."),
    ("list", "5 мая 2020 года\n\nШОС расширяется. Её участники – Индия, Казахстан, Киргизия, "
     "Китай, Пакистан, Россия и Таджикистан – подписали план."),
    ("list", "The line crosses four countries, these are Latvia, Poland and Germany."),
]  # fmt: skip

QUIET = [
    "The silo, whose building began in March 2021, took its first grain in the autumn of 2022.",
    "The second line was begun in May 2019, and the first one was opened in 2012.",
    "The yard was founded in May 2019, and the port of Batumi was opened in 1878.",
    "The dam will open in 2028, its construction is to be completed in 2027.",
    "Works start in April 2022 and will last ten months, so the tunnel opens in February 2023.",
    "Works began in April 2022 and should have lasted ten months; after delays the tunnel opened "
    "in November 2024.",
    "In 2018, three years after the founding of the AIIB, the fund lent to Laos.",
    "In 2010, three years after the founding of the yard, the fund lent to Laos.",
    "В 2001 году, через год после принятия Хартии Организации Исламская конференция, был съезд.",
    "The first ferry sailed in May 2004. Its twentieth birthday was marked in May 2024.",
    "The first ferry sailed in May 2004. The captain, who has had 30 years of service, retired in "
    "2022.",
    "10 June 2024\n\nThe SCO met in Astana. The ten member states of the Organisation agreed.",
    "10 June 2019\n\nThe SCO met. The 57 members of the Organisation of Islamic Cooperation "
    "agreed.",
    "10 June 2019\n\nThe SCO met with ten states, observers of the Organisation.",
    "The EAEU has partners. Its neighbours are many, including Armenia, Belarus and Kazakhstan.",
    "The line crosses three countries, these are Latvia, Poland and Germany.",
    "5 May 2020\n\nThe EAEU lives. Four of its members (Armenia, Belarus, Kyrgyzstan and Russia) "
    "agreed.",
    "The draught at the berths fell by 0.7 m.",
    "В 2016 году прошло 90 поездов, в 2017 году 120, в 2 раза больше, чем в 2014 году.",
]


@pytest.mark.parametrize(("kind", "text"), ALARMS)
def test_what_cannot_be_is_found(kind: str, text: str) -> None:
    assert kind in types_of(text)


@pytest.mark.parametrize("text", QUIET)
def test_what_can_be_raises_no_alarm(text: str) -> None:
    assert types_of(text) == set()


@given(st.integers(1990, 2030), st.sampled_from(["spring", "summer", "autumn", "winter"]))
def test_a_season_lies_within_its_year(year: int, season: str) -> None:
    text = f"It opened in the {season} of {year} and closed in May of the same year."
    first, second = moments(Account(Document("d", text), ()), 0, len(text))
    assert first.first // 12 == first.last // 12 == second.first // 12 == year
    assert 1 <= first.last - first.first <= 2
    assert second.first % 12 == second.last % 12 == 4
    assert text[first.start : first.end] == f"{season} of {year}"


def test_a_genitive_names_the_same_place() -> None:
    for word in ("Китай", "Китая", "Китаю", "Китаем", "Китае"):
        assert [m.name.name for m in find_names(f"о {word} и мире")] == ["China"]
