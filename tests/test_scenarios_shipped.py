"""The scenarios that come with the package: sound, sourced, and all of the Belt and Road."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from landbridge import facts
from landbridge.cli.main import run
from landbridge.economy.table.basetable import load_base
from landbridge.levers.kinds import KINDS
from landbridge.levers.lever import Stage
from landbridge.scenario import SYSTEMS, Scenario, check, coverage, read_scenario, shipped, slugs
from landbridge.scenario.shipped import FOLDER
from landbridge.scenario.template import TEMPLATE
from landbridge.world import World

EACH = pytest.mark.parametrize("scenario", shipped(), ids=lambda one: one.slug)


@pytest.fixture(scope="module")
def stage() -> Stage:
    world = World.base()
    return Stage(world.year, world.network, load_base())


@EACH
def test_it_can_be_applied_to_the_base_world(scenario: Scenario, stage: Stage) -> None:
    assert [str(problem) for problem in check(FOLDER / f"{scenario.slug}.toml", stage)] == []


@EACH
def test_it_says_what_it_asks_and_what_it_rests_on(scenario: Scenario) -> None:
    assert 2 <= len(re.findall(r"[.?](?:\s|$)", scenario.description)) <= 6
    assert scenario.systems
    titles = tuple(source.title for source in scenario.sources)
    for lever in scenario.levers:
        assert lever.source.startswith(titles), lever.source
        assert lever.describe()
    for source in scenario.sources:
        assert re.match(r"https?://[\w.-]+(:\d+)?/\S+$", source.address), source
        assert re.match(r"20\d\d", source.as_of), source
        assert any(lever.source.startswith(source.title) for lever in scenario.levers), source


@EACH
def test_it_acts_in_its_year(scenario: Scenario) -> None:
    assert scenario.levers_in(scenario.year) == scenario.levers
    assert scenario.baseline_year <= scenario.year


def test_there_are_enough_and_no_name_comes_twice() -> None:
    assert len(shipped()) >= 28
    assert len({one.name for one in shipped()}) == len(slugs()) == len(shipped())


def test_every_system_and_each_economic_corridor_is_exercised_more_than_once_or_once() -> None:
    found = coverage()
    assert [system for system in SYSTEMS if len(found[system]) < 3] == []
    economic = [f"corridors:{row.id}" for row in facts.rows("corridors") if row.bri]
    assert [corridor for corridor in economic if not found[corridor]] == []


def test_every_kind_of_lever_is_shown_at_work() -> None:
    used = {lever.kind for one in shipped() for lever in one.levers}
    assert sorted(set(KINDS) - used - {"corridor"}) == []


def test_the_command_lists_them_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenarios", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["scenarios"]
    assert [one["id"] for one in listed] == list(slugs())
    assert all(one["question"].endswith("?") and one["lever_count"] >= 1 for one in listed)


def test_the_command_lists_them_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenarios"]) == 0
    printed = capsys.readouterr().out
    assert all(slug in printed for slug in slugs())


def test_one_is_shown_with_its_levers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenarios", "show", "suez-closed"]) == 0
    printed = capsys.readouterr().out
    assert "Suez Canal: shut" in printed
    assert run(["scenarios", "show", "suez-closed", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["levers"][0]["line"] == read_scenario("suez-closed").lines[0]
    assert shown["levers"][0]["describe"] == "Suez Canal: shut"


def test_coverage_names_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenarios", "coverage", "--json"]) == 0
    systems = json.loads(capsys.readouterr().out)["systems"]
    assert "suez-closed" in systems["road"]
    assert run(["scenarios", "coverage"]) == 0
    assert "corridors:middle" in capsys.readouterr().out


def test_the_template_is_sound_and_never_written_over(
    tmp_path: Path, stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(TEMPLATE, stage) == ()
    file = tmp_path / "mine.toml"
    assert run(["scenarios", "new", str(file)]) == 0
    assert file.read_text() == TEMPLATE
    assert run(["scenarios", "new", str(file)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert run(["scenarios", "new"]) == 0
    assert capsys.readouterr().out == TEMPLATE


def test_checking_tells_every_problem_and_leaves_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(TEMPLATE.replace("alashankou-dostyk", "alashankou-dostik").replace("2025", "25"))
    good = tmp_path / "good.toml"
    good.write_text(TEMPLATE)
    assert run(["scenarios", "check", str(good), "suez-closed"]) == 0
    assert capsys.readouterr().out.count("no problem found") == 2
    assert run(["scenarios", "check", str(bad), str(tmp_path / "none.toml"), str(good)]) == 2
    told = capsys.readouterr()
    assert "`year` 25 is outside" in told.err
    assert "rail-alashankou-dostyk" in told.err
    assert "no scenario file" in told.err
    assert "good.toml: no problem found" in told.out.replace("\n", "")
    assert run(["scenarios", "check", str(bad), "--json"]) == 2
    (checked,) = json.loads(capsys.readouterr().out)["files"]
    assert {problem["line"] for problem in checked["problems"]} == {
        number
        for number, line in enumerate(bad.read_text().splitlines(), 1)
        if line.startswith(("year =", "crossing ="))
    }


def test_no_sentence_is_taken_from_the_documents() -> None:
    folder = Path(__file__).parents[2] / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip("the documents are not here")
    said = _words(" ".join(path.read_text() for path in folder.glob("*.txt")))
    known = {tuple(said[k : k + 10]) for k in range(len(said) - 9)}
    for one in shipped():
        ours = _words(f"{one.question} {one.description}")
        assert not any(tuple(ours[k : k + 10]) in known for k in range(len(ours) - 9)), one.slug


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
