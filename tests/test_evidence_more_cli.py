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
