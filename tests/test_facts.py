"""The facts room: what the loader promises for every table."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from landbridge import facts
from landbridge.errors import FactError, UnknownNameError
from landbridge.facts import loader

PROVENANCE = {"source_title", "address", "as_of", "confidence", "rule", "note"}


@pytest.mark.parametrize("table", facts.tables())
def test_every_table_obeys_its_schema(table):
    rows = facts.rows(table)
    header = (loader.ROOM / "data" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert set(header.split(",")) == {column.name for column in facts.columns(table)}
    assert len(facts.frame(table)) == len(rows)


@pytest.mark.parametrize("table", [t for t in facts.tables() if t not in loader.UNSOURCED])
def test_every_row_says_where_it_comes_from(table):
    assert {column.name for column in facts.columns(table)} >= PROVENANCE
    for row in facts.rows(table):
        if row.confidence == "published":
            assert row.source_title
            assert row.address
        if not row.address:
            assert row.confidence in {"general", "rule", "derived", "layer"}, row


def test_references_lead_somewhere():
    facts.check()


def test_rows_are_frozen_and_refuse_unknown_columns():
    row = facts.rows("chokepoints")[0]
    with pytest.raises(ValidationError, match="frozen"):
        row.name = "Somewhere else"
    with pytest.raises(ValidationError, match="colour"):
        type(row).model_validate({**row.model_dump(), "colour": "blue"})


def test_unknown_table_and_row_suggest_the_right_one():
    with pytest.raises(UnknownNameError, match="'terminals'"):
        facts.rows("terminal")
    with pytest.raises(UnknownNameError, match="'hormuz'"):
        facts.row("chokepoints", "hormouz")


def broken(tmp_path: Path, **changes: str) -> Path:
    source = loader.ROOM / "data" / "chokepoints.csv"
    with source.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    lines[1] |= changes
    path = tmp_path / "chokepoints.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return path


def load(path: Path):
    return loader.check_rows("chokepoints", facts.columns("chokepoints"), path)


def test_all_problems_are_told_at_once_with_line_value_and_fix(tmp_path):
    path = broken(tmp_path, lat="96", kind="lake", transits_year="next year", id="")
    with pytest.raises(FactError) as error:
        load(path)
    text = str(error.value)
    assert text.startswith("4 problems")
    for piece in ("line 3, column lat: '96'", "degrees north", "'lake'", "one of strait, canal"):
        assert piece in text
    assert "column id: ''" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "suez"}, "stands already on line 2"),
        ({"address": "", "confidence": "published"}, "column address"),
        ({"confidence": "rule", "rule": "", "note": ""}, "column rule"),
        ({"lon": "nan"}, "column lon"),
        ({"closed": "2021/soon"}, "column closed: '2021/soon'"),
    ],
)
def test_what_a_schema_alone_cannot_say_is_checked_too(tmp_path, changes, said):
    with pytest.raises(FactError, match=said):
        load(broken(tmp_path, **changes))


def test_a_row_with_too_many_cells_is_named(tmp_path):
    path = broken(tmp_path)
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*text[:2], text[2] + ",one more", *text[3:]]), encoding="utf-8")
    with pytest.raises(FactError, match=r"27 cells; should be: 26 cells"):
        load(path)


def test_a_wrong_header_is_named(tmp_path):
    path = broken(tmp_path)
    text = path.read_text(encoding="utf-8").replace("id,name,", "id,title,", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FactError, match=r"missing \['name'\], unknown \['title'\]"):
        load(path)


def test_content_hash_follows_the_content(monkeypatch, tmp_path):
    for folder in ("data", "schemas"):
        (tmp_path / folder).mkdir()
        for path in (loader.ROOM / folder).glob("*.csv"):
            (tmp_path / folder / path.name).write_bytes(path.read_bytes())
    loader.content_hash.cache_clear()
    before = facts.content_hash()
    monkeypatch.setattr(loader, "ROOM", tmp_path)
    loader.content_hash.cache_clear()
    assert facts.content_hash() == before
    with (tmp_path / "data" / "terminals.csv").open("a", encoding="utf-8") as file:
        file.write("x")
    loader.content_hash.cache_clear()
    assert facts.content_hash() != before
    loader.content_hash.cache_clear()


def test_importing_the_room_brings_neither_pandas_nor_pydantic():
    code = "import sys, landbridge.facts; print({'pandas', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_dictionary_describes_every_column():
    text = facts.dictionary()
    for table in facts.tables():
        assert f"## `{table}.csv`" in text
        assert all(f"| `{column.name}` |" in text for column in facts.columns(table))
        assert all(column.description for column in facts.columns(table))


def test_packaged_layers_are_the_ones_the_registry_names():
    import hashlib
    import importlib.util

    for source in facts.sources():
        if source.sha256 is None:
            continue
        package, _, name = source.file.partition("/")
        spec = importlib.util.find_spec(package)
        assert spec is not None
        path = Path(next(iter(spec.submodule_search_locations))) / name
        assert hashlib.sha256(path.read_bytes()).hexdigest() == source.sha256, source.id
