import json
import re

import pytest

import assessed
from landbridge.cli.main import run as command
from landbridge.errors import InputError
from landbridge.exchange.compare import compare_runs
from landbridge.exchange.runs import read_run


@pytest.fixture(scope="module")
def folder(assessor, tmp_path_factory):
    return assessed.run(assessor, tmp_path_factory)


def test_every_line_holds_the_figures_of_every_run(folder, tmp_path, assessor):
    other = assessed.copied(folder, tmp_path / "other-2025")
    found = compare_runs([read_run(folder), read_run(other)])
    assert found.labels == ("dostyk-reform-2025", "other-2025")
    assert found.same_base
    kaz = next(line for line in found.economies if line.key["iso3"] == "KAZ")
    welfare = assessed.dostyk(assessor).economy("KAZ").welfare_pct
    assert {label: run["welfare_pct"] for label, run in kaz.runs.items()} == dict.fromkeys(
        found.labels, welfare
    )
    assert len(found.crossings) == len(assessed.tables(assessor)["crossings"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"year": 2030}, "of different years .*other-2025 2030"),
        ({"baseline_year": 2013}, "network and rates of different years"),
        ({"facts_sha256": "0" * 64}, "different facts .*other-2025 00000000"),
        ({"base_economy": {"year": 2019, "sha256": "f" * 64}}, "base economies .*2019, ffffffff"),
    ],
)
def test_different_bases_are_said(folder, tmp_path, changed, said, capsys):
    other = assessed.copied(folder, tmp_path / "other-2025", **changed)
    assert command(["compare", str(folder), str(other), "--json"]) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert not told["same_base"]
    assert len(told["differences"]) == 1
    assert re.search(said, told["differences"][0])
    assert "not on one base" in printed.err


def test_a_crossing_that_one_run_lacks_is_absent_there_not_zero(folder, tmp_path):
    other = assessed.copied(folder, tmp_path / "other-2025")
    held = read_run(other).table("crossings")
    held.iloc[1:].to_parquet(other / "crossings.parquet", index=False)
    found = compare_runs([read_run(folder), read_run(other)])
    lone = next(line for line in found.crossings if line.key["id"] == held["id"].iloc[0])
    assert list(lone.runs) == ["dostyk-reform-2025"]


def test_runs_of_one_name_are_called_by_their_folders(folder, tmp_path):
    other = assessed.copied(folder, tmp_path / folder.name)
    found = compare_runs([read_run(folder), read_run(other)])
    assert found.labels == (str(folder), str(other))


def test_the_screen_shows_what_changes_most_first(folder, tmp_path, capsys):
    other = assessed.copied(folder, tmp_path / "other-2025")
    assert command(["compare", str(folder), str(other)]) == 0
    lines = capsys.readouterr().out.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("real income"))
    told = read_run(folder).table("economies")
    assert lines[first + 2].startswith(told.loc[told["welfare_pct"].abs().idxmax(), "name"])
    posts = next(k for k, line in enumerate(lines) if line.startswith("containers at crossings"))
    assert any("Dostyk" in line for line in lines[posts + 1 : posts + 4])
    assert max(map(len, lines)) <= 100


def test_one_json_object_with_the_contracts_keys(folder, tmp_path, capsys):
    other = assessed.copied(folder, tmp_path / "other-2025")
    assert command(["compare", str(folder), str(other), "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    told = json.loads(out)
    assert [run["run"] for run in told["runs"]] == ["dostyk-reform-2025", "other-2025"]
    assert {"iso3", "name", "runs"} == told["economies"][0].keys()
    way = told["corridors"][0]["runs"]["other-2025"]
    assert {"feu_base", "feu", "time_h_base", "time_h"} == way.keys()
    assert told["same_base"] is True


def test_too_few_twice_and_missing_runs_are_bad_input(folder, tmp_path, capsys):
    with pytest.raises(InputError, match="two runs or more"):
        compare_runs([read_run(folder)])
    for words, said in (
        ([folder, folder.parent / "." / folder.name], "named twice"),
        ([folder, tmp_path / "none"], "no run"),
        ([folder, tmp_path], "is not a run"),
    ):
        assert command(["compare", *map(str, words)]) == 2
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1
