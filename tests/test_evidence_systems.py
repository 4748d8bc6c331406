"""Systems: each fact is filed under what its words speak of."""

from __future__ import annotations

import pytest

from landbridge import facts
from landbridge.evidence.entities import read_entities
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.systems import SYSTEMS, filed, systems_of

SENTENCES = [
    ("Ships call at the seaports of the Maritime Silk Road", "road"),
    ("The Silk Road Economic Belt runs overland", "belt"),
    ("Presidents signed a treaty", "policy"),
    ("A highway and an airport were built", "infrastructure"),
    ("Exports pass customs", "trade"),
    ("The bank lends to investors", "finance"),
    ("Students study at universities abroad", "people"),
    ("Factories and metallurgy", "industry"),
    ("The economic corridor through Pakistan", "corridors"),
    ("Transit through Khorgos", "hub"),
    ("The Nurly Zhol program", "programmes"),
    ("The SCO and ASEAN", "blocs"),
    ("Volumes will grow by 2030", "outlook"),
    ("Sanctions and conflicts", "risks"),
    ("Товарооборот и экспорт выросли", "trade"),
    ("Инвестиции банка", "finance"),
    ("Угрозы и риски", "risks"),
    ("一带一路的铁路", "belt"),
]


@pytest.mark.parametrize(("text", "system"), SENTENCES)
def test_words_lead_to_their_system(text, system):
    assert system in systems_of(text)


def test_every_system_has_rules():
    assert {row.id for row in facts.rows("evidence_systems")} == set(SYSTEMS)


def test_words_within_words_do_not_count():
    assert "road" not in systems_of("important support for reporters")
    assert systems_of("") == ()


def test_a_name_that_says_nothing_is_filed_by_its_sentence():
    text = "Anna Weiss, a scholar, spoke. Exports grew, as Olga Brovkina showed."
    fact = Fact("d", "person", "Olga Brovkina", 47, 60, "Olga Brovkina")
    assert text[47:60] == fact.quote
    assert filed(Document("d", text), [fact])[0].systems == ("trade",)


def test_what_is_filed_stays():
    fact = Fact("d", "claim", "Exports grew", 0, 12, "exports", systems=("people",))
    assert filed(Document("d", "Exports grew"), [fact]) == (fact,)


def test_kinds_and_types_file_too():
    text = "The EAEU met; CPEC goes on."
    by_subject = {
        f.subject: f.systems for f in filed(Document("d", text), read_entities(Document("d", text)))
    }
    assert "blocs" in by_subject["Eurasian Economic Union"]
    assert "corridors" in by_subject["China-Pakistan Economic Corridor"]
