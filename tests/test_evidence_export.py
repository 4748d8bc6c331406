"""What is exported can be read back: by CSV, JSON and Parquet readers and by the facts room."""

from __future__ import annotations

import csv
import json

import pyarrow.parquet as pq
import pytest

from landbridge.errors import UnknownNameError
from landbridge.evidence.export import TABLE, export, schema
from landbridge.evidence.model import Document, Fact
from landbridge.facts.loader import check_rows

TEXT = 'Over 600 ports, "all" open;\nтри поезда.'
DOCUMENTS = [
    Document("A b.txt", TEXT, "2018-07-01", title="Ports", address="https://example.org/a"),
    Document("c.txt", TEXT, None),
]
FACTS = [
    Fact(
        "A b.txt", "figure", TEXT[:27], 0, 27, "ports", 600.0, 5, 8, "ports", 2018,
        ("road", "trade"),
        {"qualifier": "over", "period_basis": "implied", "last_year": 2018},
    ),
    Fact(
        "A b.txt", "figure", TEXT[:27], 0, 27, "ports", 500.0, None, None, "ports", 2017,
        attributes={"derived_from": ("x", "y"), "period_basis": "stated"},
    ),
    Fact("c.txt", "figure", TEXT[28:], 28, 39, "поезда", 3.0, 28, 31, "trains"),
    Fact("c.txt", "figure", TEXT[28:], 28, 39, "поезда", 3.0, 28, 31, "trains", 99999),
    Fact("c.txt", "place", "open", 22, 26, "open"),
]  # fmt: skip


def test_the_facts_room_takes_the_table(tmp_path):
    files = export(DOCUMENTS, FACTS, tmp_path, ["table"])
    rows = check_rows(TABLE, schema(), tmp_path / "data" / f"{TABLE}.csv")
    assert {path.name for path in files} == {f"{TABLE}.csv"}
    assert [row.value for row in rows] == [600.0, 500.0, 3.0, 3.0]
    assert [row.confidence for row in rows] == ["published", "derived", "rule", "rule"]
    assert rows[0].quote == FACTS[0].quote
    assert rows[0].systems == ("road", "trade")
    assert rows[0].as_of == "2018-07-01" or str(rows[0].as_of) == "2018-07-01"
    assert rows[1].derived_from == ("x", "y")
    assert rows[3].year is None
    assert len({row.id for row in rows}) == 4


def test_csv_json_and_parquet_say_the_same(tmp_path):
    export(DOCUMENTS, FACTS, tmp_path, ["csv", "json", "parquet"])
    with (tmp_path / "facts.csv").open(encoding="utf-8", newline="") as file:
        by_csv = list(csv.DictReader(file))
    by_json = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))["facts"]
    by_parquet = pq.read_table(tmp_path / "facts.parquet").to_pylist()
    assert len(by_csv) == len(by_json) == len(by_parquet) == len(FACTS)
    for fact, one, two, three in zip(FACTS, by_csv, by_json, by_parquet, strict=True):
        assert one["quote"] == two["quote"] == three["quote"] == fact.quote
        assert two["value"] == three["value"] == fact.value
        assert (float(one["value"]) if one["value"] else None) == fact.value
        assert TEXT[three["start"] : three["end"]] == three["quote"]
    assert by_json[0]["attributes"]["qualifier"] == "over"
    assert not list(tmp_path.rglob("*.part"))


def test_no_facts_give_empty_but_whole_files(tmp_path):
    export([], [], tmp_path, ["csv", "json", "parquet", "table"])
    assert check_rows(TABLE, schema(), tmp_path / "data" / f"{TABLE}.csv") == ()
    assert pq.read_table(tmp_path / "facts.parquet").num_rows == 0


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UnknownNameError, match="did you mean 'csv'"):
        export(DOCUMENTS, FACTS, tmp_path / "x", ["json", "cvs"])
    assert not (tmp_path / "x").exists()
