import json
import os
import shutil
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import assessed
from landbridge.assess.columns import schema
from landbridge.errors import InputError, UnknownNameError
from landbridge.exchange.about import base_sha256
from landbridge.exchange.files import OutputError
from landbridge.exchange.iamc import HEAD
from landbridge.exchange.runs import read_run, runs_in, write_run
from landbridge.scenario import read_scenario


@pytest.fixture(scope="module")
def assessment(assessor):
    return assessed.dostyk(assessor)


@pytest.fixture(scope="module")
def folder(assessor, tmp_path_factory):
    return assessed.run(assessor, tmp_path_factory)


@pytest.fixture
def quick(monkeypatch):
    """No workbook: it is most of the time and not what these tests ask about."""
    monkeypatch.setattr("landbridge.exchange.book.write_book", lambda *_: None)


def test_the_folder_is_named_by_scenario_and_year_and_holds_every_table_twice(folder):
    assert folder.name == "dostyk-reform-2025"
    names = {path.name for path in folder.iterdir()}
    expected = {f"{table}.{ending}" for table in schema() for ending in ("csv", "parquet")}
    assert names == expected | {"run.json", "tables.xlsx", "iamc.csv", "flows.parquet", "figures"}
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_run_json_names_inputs_versions_hashes_and_convergence(folder, assessment):
    about = json.loads((folder / "run.json").read_text())
    scenario = read_scenario("dostyk-reform")
    assert about["scenario"]["sha256"] == scenario.sha256
    assert sha256(about["scenario"]["text"].encode()).hexdigest() == scenario.sha256
    assert about["scenario"]["file"] == "shipped:dostyk-reform"
    assert about["base_economy"]["sha256"] == base_sha256(assessment.given.table)
    assert about["convergence"]["residual"] == assessment.convergence["residual"] > 0
    assert about["notes"] == list(assessment.notes)
    assert {"landbridge", "python", "numpy"} <= about["software"].keys()
    for name, told in about["tables"].items():
        parquet = folder / f"{name}.parquet"
        assert told["sha256"] == sha256(parquet.read_bytes()).hexdigest()
        assert told["rows"] == pq.read_metadata(parquet).num_rows


def test_what_is_read_is_what_was_written(folder, assessor):
    run = read_run(folder)
    assert (run.name, run.scenario, run.year) == ("dostyk-reform-2025", "dostyk-reform", 2025)
    for name, made in assessed.tables(assessor).items():
        pd.testing.assert_frame_equal(
            run.table(name).astype(object).where(lambda x: x.notna(), None),
            made.astype(object).where(lambda x: x.notna(), None),
        )
        assert len(pd.read_csv(folder / f"{name}.csv")) == len(made)


def test_parquet_carries_units(folder):
    field = pq.read_schema(folder / "crossings.parquet").field("feu")
    assert field.metadata[b"unit"] == b"FEU a year"


def test_the_workbook_has_a_sheet_a_table_and_explains_itself(folder):
    book = pd.read_excel(folder / "tables.xlsx", sheet_name=None)
    assert list(book) == ["about", "columns", *schema()]
    assert len(book["economies"]) == 90
    assert "CC-BY-NC-4.0" in book["about"]["value"].tolist()
    assert len(book["columns"]) == sum(map(len, schema().values()))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_pyam_reads_the_iamc_file(folder):
    pyam = pytest.importorskip("pyam")
    held = pd.read_csv(folder / "iamc.csv")
    assert tuple(held.columns) == HEAD
    read = pyam.IamDataFrame(held)
    assert sorted(read.scenario) == ["dostyk-reform-2025", "dostyk-reform-2025 (baseline)"]
    total = read.filter(variable="Emissions|CO2e|Freight|*", scenario="dostyk-reform-2025")
    told = json.loads((folder / "run.json").read_text())["co2_mt"]
    assert total.data["value"].sum() == pytest.approx(told)


def test_the_page_of_runs_lists_every_column():
    page = (Path(__file__).parents[1] / "docs" / "runs.md").read_text()
    for table, columns in schema().items():
        assert f"### {table}\n" in page
        for column in columns:
            row = f"| `{column.name}` | {column.type} | {column.unit} | {column.description} |"
            assert row in page, (table, column.name)


def test_seeds_and_the_start_are_kept(assessment, tmp_path, quick):
    began = pd.Timestamp("2026-01-02T03:04:05Z").to_pydatetime()
    made = write_run(assessment, tmp_path, started=began, seeds={"draws": 7})
    about = read_run(made).about
    assert about["seeds"] == {"draws": 7}
    assert about["draws"] == assessment.draws
    assert about["started"] == "2026-01-02T03:04:05+00:00" < about["finished"]


def test_a_killed_run_leaves_nothing_and_can_be_repeated(assessment, tmp_path, quick):
    def stopped(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_run(assessment, tmp_path, draw=stopped)
    assert list(tmp_path.iterdir()) == []
    made = write_run(assessment, tmp_path)
    (made / "mine.txt").touch()
    with pytest.raises(KeyboardInterrupt):
        write_run(assessment, tmp_path, draw=stopped)
    assert (made / "mine.txt").exists()
    assert list(tmp_path.iterdir()) == [made]
    assert write_run(assessment, tmp_path) == made
    assert not (made / "mine.txt").exists()


def test_leftovers_of_runs_killed_long_ago_are_swept(assessment, tmp_path, quick):
    old, young = (tmp_path / f".dostyk-reform-2025.partial-{word}" for word in ("old", "young"))
    for each in (old, young):
        each.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    write_run(assessment, tmp_path)
    assert not old.exists()
    assert young.exists()


def test_another_scenario_of_that_name_is_not_overwritten_unless_told(assessment, tmp_path, quick):
    made = write_run(assessment, tmp_path)
    before = (made / "run.json").read_bytes()
    own = tmp_path / "dostyk-reform.toml"
    own.write_text(assessment.scenario.path.read_text().replace("value = 0.5", "value = 0.4"))
    other = replace(assessment, scenario=read_scenario(own))
    with pytest.raises(InputError, match=r"another scenario of that name.*shipped:dostyk-reform"):
        write_run(other, tmp_path)
    assert (made / "run.json").read_bytes() == before
    write_run(other, tmp_path, replace=True)
    assert read_run(made).about["scenario"]["file"] == str(own)


def test_a_file_of_ones_own_may_be_mended_and_run_again(assessment, tmp_path, quick):
    own = tmp_path / "mine.toml"
    own.write_text(assessment.scenario.path.read_text())
    write_run(replace(assessment, scenario=read_scenario(own)), tmp_path / "runs")
    own.write_text(own.read_text().replace("value = 0.5", "value = 0.4"))
    scenario = read_scenario(own)
    made = write_run(replace(assessment, scenario=scenario), tmp_path / "runs")
    assert read_run(made).about["scenario"]["sha256"] == scenario.sha256


def test_a_file_changed_while_it_was_assessed_is_refused(assessment, tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text(assessment.scenario.path.read_text())
    scenario = read_scenario(own)
    own.write_text(own.read_text() + "# later\n")
    with pytest.raises(InputError, match="changed after it was read"):
        write_run(replace(assessment, scenario=scenario), tmp_path)


def test_a_folder_that_is_no_run_is_never_touched(assessment, tmp_path):
    place = tmp_path / "dostyk-reform-2025"
    place.mkdir()
    (place / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="is not a run"):
        write_run(assessment, tmp_path, replace=True)
    assert (place / "thesis.txt").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_named(assessment, tmp_path):
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(OutputError, match=r"cannot write .*runs"):
        write_run(assessment, tmp_path / "runs")


def test_what_is_no_run_says_so(folder, tmp_path):
    with pytest.raises(InputError, match=r"no run .*nowhere: `landbridge assess"):
        read_run(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"not a run.*it holds runs: dostyk-reform-2025"):
        read_run(folder.parent)
    with pytest.raises(InputError, match="no run in"):
        runs_in(tmp_path)
    for text, said in (
        ("{", "cannot be read"),
        ("{}", "is not the run.json of a run"),
        ("[]", "is not the run.json of a run"),
    ):
        (tmp_path / "run.json").write_text(text)
        with pytest.raises(InputError, match=said):
            read_run(tmp_path)


def test_a_run_of_a_later_format_is_refused(folder, tmp_path):
    later = assessed.copied(folder, tmp_path / "later", format_version=99)
    with pytest.raises(InputError, match="of a later landbridge"):
        read_run(later)


def test_a_lost_table_is_named(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "run")
    (tmp_path / "run" / "co2.parquet").unlink()
    run = read_run(tmp_path / "run")
    with pytest.raises(InputError, match=r"has lost co2\.parquet: assess it again"):
        run.table("co2")
    with pytest.raises(UnknownNameError, match="did you mean 'corridors'"):
        run.table("coridors")
