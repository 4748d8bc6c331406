import csv
import io
import json
import re
from pathlib import Path

import pytest

import assessed
from landbridge.cli.main import run as command
from landbridge.errors import InputError
from landbridge.exchange.query import query_runs, query_schema
from landbridge.exchange.runs import read_run


@pytest.fixture(scope="module")
def runs(assessor, tmp_path_factory):
    """A folder of two runs, the second a copy with brackets in its name."""
    folder = assessed.run(assessor, tmp_path_factory)
    place = tmp_path_factory.mktemp("queried")
    assessed.copied(folder, place / folder.name)
    assessed.copied(folder, place / "other[1]-2025", year=2030)
    return place


def test_every_row_names_its_run(runs, assessor):
    found = query_runs(
        "SELECT run, welfare_pct FROM economies WHERE iso3 = 'KAZ' ORDER BY run", runs
    )
    welfare = assessed.dostyk(assessor).economy("KAZ").welfare_pct
    assert found.columns == ("run", "welfare_pct")
    assert found.rows == (("dostyk-reform-2025", welfare), ("other[1]-2025", welfare))
    assert found.runs == ("dostyk-reform-2025", "other[1]-2025")


def test_every_table_of_the_schema_is_there_with_its_columns(runs):
    for table, columns in query_schema().items():
        found = query_runs(f"SELECT * FROM {table} LIMIT 1", runs)
        assert found.columns == tuple(column.name for column in columns)


def test_tables_can_be_joined(runs):
    found = query_runs(
        "SELECT r.year, sum(c.feu) AS feu FROM corridors c JOIN runs r USING (run) "
        "WHERE c.kind = 'way' GROUP BY 1 ORDER BY 1",
        runs,
    )
    assert [row[0] for row in found.rows] == [2025, 2030]
    assert found.rows[0][1] == pytest.approx(found.rows[1][1]) != 0


@pytest.mark.parametrize(
    "sql",
    [
        "WITH best AS (SELECT * FROM economies) SELECT count(*) FROM best",
        "FROM co2",
        "DESCRIBE economies",
        "SUMMARIZE co2",
        "SHOW TABLES",
        "EXPLAIN SELECT * FROM co2",
        'SELECT * FROM "ECONOMIES" LIMIT 1',
        "SELECT 1;",
        "PIVOT economies_by_sector ON flow IN ('exports') USING sum(usd_mn) GROUP BY iso3",
    ],
)
def test_forms_a_question_may_take(runs, sql):
    assert len(query_runs(sql, runs).rows) > 0


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM econmies", 'Did you mean "economies"'),
        ("SELECT wellfare_pct FROM economies", 'Candidate bindings: "welfare_pct"'),
        ("SELECT 1; SELECT 2", "one question at a time"),
        ("", "0 statements"),
        ("DROP TABLE economies", "DROP is not for them"),
        ("DELETE FROM economies", "DELETE is not for them"),
        ("COPY (SELECT 1) TO 'x.csv'", "COPY is not for them"),
        ("ATTACH 'x.db'", "ATTACH is not for them"),
        ("SET enable_external_access = true", "SET is not for them"),
        ("INSTALL httpfs", "is not for them"),
        ("PRAGMA database_list", "is not for them"),
        ("PIVOT economies_by_sector ON flow USING sum(usd_mn)", "must list its columns"),
        ("SELECT 1/0 + 'a'", "Conversion Error"),
    ],
)
def test_what_is_no_question_is_one_clear_line(runs, sql, said):
    with pytest.raises(InputError, match=r"^SQL: ") as error:
        query_runs(sql, runs)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "source",
    [
        "read_csv('{file}')",
        "read_text('{file}')",
        "read_blob('{file}')",
        "read_parquet('{file}')",
        "read_json('{file}')",
        "glob('{file}')",
        "sniff_csv('{file}')",
        "'{file}'",
        "read_csv('http://127.0.0.1:9/x.csv')",
        "duckdb_secrets()",
        "secret",
    ],
)
def test_no_file_no_network_no_variable_is_seen(runs, tmp_path, source):
    secret = assessed  # noqa: F841 - a name that the question must not reach
    file = tmp_path / "secret.csv"
    file.write_text("word\nhidden\n")
    with pytest.raises(InputError, match=r"^SQL: ") as error:
        query_runs(f"SELECT * FROM {source.format(file=file)}", runs)
    assert "hidden" not in str(error.value)


def test_asking_changes_no_run(runs):
    def seen():
        return {path: path.stat().st_mtime_ns for path in runs.rglob("*")}

    before = seen()
    query_runs("SELECT * FROM economies", runs)
    assert seen() == before


def test_json_is_one_object_with_every_digit(runs, capsys):
    assert (
        command(["query", "SELECT run, residual FROM convergence", "--runs", str(runs), "--json"])
        == 0
    )
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    told = json.loads(out)
    assert told["columns"][1] == {"name": "residual", "type": "DOUBLE"}
    run = read_run(runs / "dostyk-reform-2025")
    assert told["rows"][0]["residual"] == run.about["convergence"]["residual"] > 0


def test_the_questions_of_the_page_can_be_asked(runs):
    page = (Path(__file__).parents[1] / "docs" / "runs.md").read_text()
    questions = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    assert len(questions) >= 5
    for sql in questions:
        assert len(query_runs(sql, runs).rows) > 0, sql


def test_columns_of_one_name_are_told_apart(runs):
    assert query_runs("SELECT 1 AS a, 2 AS a", runs).columns == ("a", "a_2")


def test_csv_is_csv(runs, capsys):
    sql = "SELECT id, name FROM crossings WHERE name LIKE '%Dostyk%' ORDER BY run"
    assert command(["query", sql, "--runs", str(runs), "--csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["id", "name"]
    assert ["rail-alashankou-dostyk", "Alashankou-Dostyk"] in rows


def test_a_row_too_wide_for_the_screen_is_shown_whole(runs, capsys):
    assert (
        command(["query", "SELECT * FROM economies WHERE iso3 = 'KAZ'", "--runs", str(runs)]) == 0
    )
    out = capsys.readouterr().out
    for name in ("welfare_pct", "tariff_revenue_usd_mn", "imputed_share"):
        assert out.count(name) == 2


def test_the_schema_needs_no_runs(capsys):
    assert command(["query", "--schema", "--json"]) == 0
    told = {
        each["table"]: each["columns"] for each in json.loads(capsys.readouterr().out)["tables"]
    }
    assert told["economies"][0]["column"] == "run"
    assert all(column["meaning"] for columns in told.values() for column in columns)
    assert command(["query", "--schema"]) == 0
    assert "tariff_revenue_usd_mn" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--runs", "RUNS"], "nothing is asked"),
        (["SELECT 1", "--runs", "RUNS", "--json", "--csv"], "choose one"),
        (["SELECT 1", "--runs", "nowhere"], "no folder of runs nowhere"),
        (["SELECT x", "--runs", "RUNS"], "SQL: "),
    ],
)
def test_bad_questions_leave_with_two(runs, capsys, words, said):
    assert command(["query", *[str(runs) if word == "RUNS" else word for word in words]]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
