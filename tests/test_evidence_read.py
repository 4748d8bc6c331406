"""Many files: order, run folders, processes, the command line, the labelled sample."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from evidence_score import labels, score_figures
from landbridge.cli.main import run as command
from landbridge.errors import InputError
from landbridge.evidence import read as room
from landbridge.evidence import workers
from landbridge.evidence.files import Limits
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.read import Read, facts_of, read, stream

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(6):
        text = f"Report {number}\n\nThere are {number + 10} projects in Kazakhstan."
        (papers / f"{number}.txt").write_text(text, encoding="utf-8")
    return papers


def values(reading: room.Reading) -> list[float | None]:
    return [fact.value for fact in reading.facts if fact.kind == "figure"]


def test_order_is_that_of_the_paths_with_one_process_or_two(folder: Path) -> None:
    one, two = read([folder], jobs=1), read([folder], jobs=2)
    assert one == two
    assert values(one) == [10, 11, 12, 13, 14, 15]
    assert all(
        fact.quote == document.text[fact.start : fact.end]
        for document in one.documents
        for fact in facts_of(document)
    )


def test_a_run_folder_is_taken_up_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "run"
    first = read([folder], run=kept)
    (folder / "3.txt").write_text("There are 99 projects.", encoding="utf-8")
    asked: list[str] = []
    whole = room.facts_of
    monkeypatch.setattr(room, "facts_of", lambda one: asked.append(one.id) or whole(one))
    second = read([folder], run=kept)
    assert asked == ["3.txt"]
    assert values(second) == [10, 11, 12, 99, 14, 15]
    assert [one for one in second.facts if one.doc != "3.txt"] == [
        one for one in first.facts if one.doc != "3.txt"
    ]


def test_a_crash_half_way_loses_no_finished_document(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "run"
    reader = stream([folder], run=kept)
    assert [next(reader), next(reader)]
    reader.close()
    lines = kept / "documents.jsonl"
    with lines.open("a", encoding="utf-8") as torn:
        torn.write('{"version": "0.1.0", "docum')
    assert len(lines.read_text(encoding="utf-8").splitlines()) == 3
    assert values(read([folder], run=kept)) == [10, 11, 12, 13, 14, 15]
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [record["document"]["id"] for record in records] == [f"{n}.txt" for n in range(6)]


def _dies(document: object) -> tuple[()]:
    if getattr(document, "id", "") == "2.txt":
        os._exit(3)
    return ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are of POSIX")
def test_a_dead_worker_loses_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "facts_of", _dies)
    # Only a forked worker sees what was patched here.
    monkeypatch.setattr(workers, "_start_method", lambda: "fork")
    reading = read([folder], jobs=2)
    assert [one.id for one in reading.documents] == ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt"]
    assert [Path(one.path).name for one in reading.skipped] == ["2.txt"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_reader_that_fails_loses_one_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    def fails(document: Document) -> tuple[Fact, ...]:
        if document.id == "2.txt":
            raise StopIteration("no clause holds the value")
        return facts_of(document)

    monkeypatch.setattr(room, "facts_of", fails)
    monkeypatch.setattr(workers, "_start_method", lambda: "fork")
    reading = read([folder], jobs=jobs)
    assert [one.id for one in reading.documents] == ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt"]
    (skipped,) = reading.skipped
    assert Path(skipped.path).name == "2.txt"
    assert "StopIteration: no clause holds the value" in skipped.reason


def test_a_slow_file_is_skipped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(document: object) -> tuple[()]:
        while getattr(document, "id", "") == "4.txt":
            pass
        return ()

    monkeypatch.setattr(room, "facts_of", slow)
    results = list(stream([folder], limits=Limits(seconds=0.2)))
    assert sum(isinstance(one, Read) for one in results) == 5


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file to read"):
        read([tmp_path])


def test_command_prints_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "9.txt").write_bytes(b"")
    assert command(["evidence", "read", str(folder), "--json"]) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    texts = {one["id"]: one["text"] for one in told["documents"]}
    assert len(texts) == 6
    wanted = "doc kind quote start end subject value value_start value_end unit year attributes"
    for fact in told["facts"]:
        assert set(wanted.split()) <= set(fact)
        assert texts[fact["doc"]][fact["start"] : fact["end"]] == fact["quote"]
    assert told["skipped"][0]["reason"] == "empty"
    assert "9.txt: empty" in printed.err
    assert command(["evidence", "read", str(folder / "none")]) == 2


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled sample is not here")
def test_the_labelled_document() -> None:
    told = labels(SHARED / "facts" / "evidence_sample.json")
    reading = read([SHARED / "documents" / told["document"]])
    score = score_figures(reading.facts, told["facts"])
    assert (score.missed, score.false) == ((), ())
    traps = [(one["start"], one["end"]) for one in told["not_facts"]]
    assert not [
        fact
        for fact in reading.facts
        if fact.kind == "figure"
        and any(start <= (fact.value_start or 0) < end for start, end in traps)
    ]


@pytest.mark.skipif(not SHARED.exists(), reason="the documents are not here")
def test_quotes_are_exact_in_every_document() -> None:
    reading = read([SHARED / "documents"])
    texts = {one.id: one.text for one in reading.documents}
    assert len(texts) == 5
    for fact in reading.facts:
        assert texts[fact.doc][fact.start : fact.end] == fact.quote
