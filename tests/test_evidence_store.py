"""The store gives back what it was given, and a broken batch leaves it as it was."""

from __future__ import annotations

import pytest

from landbridge.errors import InputError
from landbridge.evidence.model import Conflict, Document, Fact, Quote
from landbridge.evidence.store import FILE, Store, stretches

DOCUMENTS = [
    Document(
        "a", "Over 600\u00a0ports.\r\nЖелезная дорога «Восток».", "2018-07", "en", "A", notes=("x",)
    ),
    Document("b", "🚂 trains; 中欧班列.", None, "zh"),
]
FACTS = [
    Fact(
        "a", "figure", "Over 600\u00a0ports", 0, 14, "ports", 600.0, 5, 8, "ports", 2018, ("road",),
        {"qualifier": "over", "list": ["x", 1, None]},
    ),
    Fact("b", "organisation", "trains", 2, 8, "trains"),
]  # fmt: skip


def test_what_goes_in_comes_out(tmp_path):
    with Store(tmp_path / "run") as store:
        store.add(DOCUMENTS, FACTS)
    with Store.existing(tmp_path / "run") as store:
        assert list(store.documents()) == DOCUMENTS
        assert list(store.facts()) == FACTS
        assert list(store.pairs()) == [(DOCUMENTS[0], (FACTS[0],)), (DOCUMENTS[1], (FACTS[1],))]


def test_adding_again_replaces_and_does_not_double(tmp_path):
    with Store(tmp_path) as store:
        store.add(DOCUMENTS, FACTS)
        store.add(DOCUMENTS[:1], FACTS[:1])
        assert list(store.documents()) == DOCUMENTS
        assert list(store.facts()) == FACTS
        counted = store.connection.execute(
            "select count(*), count(distinct id) from passages"
        ).fetchall()
        assert counted[0][0] == counted[0][1]
        lost = store.connection.execute(
            "select count(*) from postings where passage not in (select id from passages)"
        ).fetchall()
        assert lost == [(0,)]


def test_a_batch_that_fails_changes_nothing():
    with Store() as store:
        store.add(DOCUMENTS, FACTS)
        with pytest.raises(TypeError):
            store.add(
                [Document("c", "text")],
                [Fact("c", "figure", "t", 0, 1, "s", attributes={"x": {1}})],
            )
        assert [one.id for one in store.documents()] == ["a", "b"]


def test_conflicts_are_kept_in_place_of_those_before():
    first = Conflict("bound", "high", "t", ("x",), (Quote("a", 0, 4, "Over"),), "e")
    second = Conflict("date", "low", "u", (), (Quote("b", 0, 1, "🚂"),), "f")
    with Store() as store:
        store.set_conflicts([first])
        store.set_conflicts([second, first])
        assert list(store.conflicts()) == [second, first]


def test_a_folder_without_a_store_and_a_broken_store_are_said(tmp_path):
    with pytest.raises(InputError, match="holds no"):
        Store.existing(tmp_path)
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(InputError, match="cannot be opened"):
        Store.existing(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file"):
        Store(tmp_path / "file")


def test_stretches_cover_every_word():
    text = "One road. " + "word " * 400 + "end.\n\nTwo belts"
    found = list(stretches(text))
    assert "".join(text[a:b] for a, b in found).replace(" ", "") == text.replace(" ", "").replace(
        "\n", ""
    )
    assert all(b - a <= 800 for a, b in found)
