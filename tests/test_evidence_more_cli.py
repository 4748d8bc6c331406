"""The commands over facts: one JSON object each, and clear words for bad input."""

from __future__ import annotations

import json

import pytest

from landbridge.cli.main import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("evidence")
    text = "In 2018 over 600 seaports of 220 countries are joined. Trade with Kazakhstan grew."
    (made / "a.txt").write_text(text, encoding="utf-8")
    assert run(["evidence", "conflicts", str(made / "a.txt"), "--run", str(made / "run")]) == 0
    return made


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (["conflicts"], {"conflicts", "documents"}),
        (["search", "seaports 2018"], {"query", "hits"}),
        (["compare"], {"comparisons"}),
        (["map"], {"systems", "years", "cells", "unknown"}),
        (["registers"], {"agreements", "claimed", "events", "undertakings", "opinions"}),
        (["graph"], {"nodes", "edges"}),
    ],
)
def test_a_run_answers_as_one_object(folder, capsys, command, keys):
    capsys.readouterr()
    assert run(["evidence", *command, "--run", str(folder / "run"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert keys <= set(told)


def test_conflicts_keep_the_contract(folder, capsys):
    capsys.readouterr()
    run(["evidence", "conflicts", "--run", str(folder / "run"), "--json"])
    found = json.loads(capsys.readouterr().out)["conflicts"]
    assert [one["type"] for one in found] == ["bound"]
    assert set(found[0]) == {"type", "severity", "title", "facts", "quotes", "explanation"}
    assert set(found[0]["quotes"][0]) == {"doc", "start", "end", "quote"}


@pytest.mark.parametrize(
    "command",
    [
        ["conflicts"],
        ["conflicts", "--run", "nowhere"],
        ["conflicts", "nowhere.txt"],
        ["conflicts", "--least", "hig", "--run", "RUN"],
        ["search", "the of", "--run", "RUN"],
        ["review", "no-such-fact", "--run", "RUN", "--decide", "accept", "--who", "A"],
        ["export", "--run", "RUN", "--format", "cvs"],
        ["map", "--run", "RUN", "--from", "2020", "--to", "2010"],
    ],
)
def test_bad_input_is_one_line_and_status_2(folder, capsys, monkeypatch, command, tmp_path):
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    words = [str(folder / "run") if word == "RUN" else word for word in command]
    assert run(["evidence", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


def test_what_was_only_read_into_a_run_answers_too(tmp_path, capsys):
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.txt").write_text("Over 600 seaports of 220 countries are joined.", "utf-8")
    kept = ["--run", str(tmp_path / "run")]
    assert run(["evidence", "read", str(papers), *kept]) == 0
    (papers / "b.txt").write_text("There are 51 plants.", "utf-8")
    (papers / "a.txt").write_text("Over 600 seaports of 230 countries are joined.", "utf-8")
    for titles in (["220"], ["230"]):
        capsys.readouterr()
        assert run(["evidence", "conflicts", *kept, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert all(title in found["conflicts"][0]["title"] for title in titles)
        assert run(["evidence", "read", str(papers), *kept]) == 0
    assert run(["evidence", "review", *kept, "--history", "--json"]) == 0


def test_reading_prints_tables_and_objects_piece_by_piece(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("On March 3, 2019 the Baku Forum was held in Baku.", "utf-8")
    assert run(["evidence", "read", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"documents", "facts", "conflicts", "skipped"}
    event = next(one for one in told["facts"] if one["kind"] == "event")
    assert event["attributes"]["date"] == "March 3, 2019"
    assert event["attributes"]["date_iso"] == "2019-03-03"
    assert event["attributes"]["date_basis"] == "stated"
