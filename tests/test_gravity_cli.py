"""`landbridge gravity`: the table, the object, and what it refuses."""

import json

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from landbridge.cli import gravity as command
from landbridge.economy.gravity.estimate import estimate
from landbridge.economy.gravity.specification import Specification
from landbridge.economy.gravity.synthetic import synthetic_panel
from landbridge.economy.gravity.table import ABSORBED, regression_table
from landbridge.errors import InputError, UnknownNameError
from test_gravity_hours import write

pytest.importorskip("pyfixest", reason="the extra gravity is not installed")

TRUE = {"ln_distance": -0.9, "contiguity": 0.4, "agreement": 0.3}


@pytest.fixture(scope="module")
def panel():
    return synthetic_panel(15, (2000, 2004, 2008), TRUE, seed=4)


@pytest.fixture(scope="module")
def file(panel, tmp_path_factory):
    path = tmp_path_factory.mktemp("gravity") / "panel.csv"
    panel.rows.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def skim(panel, tmp_path_factory):
    """Hours of 40 km an hour along the very distances of the panel, one city an economy."""
    codes = panel.economies
    hours = np.full((len(codes), len(codes)), 0.5)
    for row in panel.rows[panel.rows["year"] == 2000].itertuples():
        hours[codes.index(row.exporter), codes.index(row.importer)] = np.exp(row.ln_distance) / 40
    path = tmp_path_factory.mktemp("skim") / "skim.parquet"
    write(path, hours, [{"id": code, "economy": code, "population": 1000} for code in codes])
    return path


def ask(*arguments):
    app = typer.Typer()
    command.register(app)
    return CliRunner().invoke(app, [str(word) for word in arguments])


def test_json_is_one_object_with_errors_and_sources(file):
    answer = ask("--data", file, "--json")
    assert answer.exit_code == 0
    assert answer.stdout.count("\n") == 1
    found = json.loads(answer.stdout)
    assert [each["name"] for each in found["estimates"]] == ["distance", "pair effects"]
    assert found["time_elasticity"] is None
    distance = found["estimates"][0]["coefficients"][0]
    assert distance["name"] == "ln_distance"
    assert distance["low"] < TRUE["ln_distance"] < distance["high"]
    assert distance["source"] == "file panel.csv"
    assert found["estimates"][0]["converged"] is True
    assert found["panel"]["years"] == [2000, 2004, 2008]
    assert "estimating distance" in answer.stderr


def test_hours_stand_for_distance_and_give_the_time_elasticity(file, skim):
    answer = ask("--data", file, "--hours", "--skim", skim, "--json", "--years", "2000,2008")
    found = json.loads(answer.stdout)
    names = [each["name"] for each in found["estimates"]]
    assert names == ["distance", "pair effects", "hours", "distance and hours"]
    by_distance = found["estimates"][0]["coefficients"][0]
    elasticity = found["time_elasticity"]
    # Float32 hours in the file, four digits in the object.
    assert elasticity["estimate"] == pytest.approx(by_distance["estimate"], abs=2e-4)
    assert elasticity["low"] < TRUE["ln_distance"] < elasticity["high"]
    assert "skim.parquet" in elasticity["source"]
    # Hours proportional to distance cannot be told from it.
    assert [each["name"] for each in found["estimates"][3]["dropped"]] == ["ln_hours"]
    assert found["time_elasticity_given_distance"] is None


def test_the_table_has_errors_below_coefficients(file):
    answer = ask("--data", file, "--cluster", "pair")
    assert answer.exit_code == 0
    for words in ("(1) distance", "(2) pair effects", "exporter-year effects", "pseudo-R2",
                  "clusters pair", "file panel.csv"):  # fmt: skip
        assert words in answer.stdout
    lines = answer.stdout.splitlines()
    at = next(k for k, line in enumerate(lines) if line.startswith("ln_distance"))
    assert lines[at + 1].strip().startswith("(0.")


def test_rows_of_the_table(panel):
    both = [
        estimate(panel, Specification("a", ("ln_distance", "agreement"))),
        estimate(
            panel,
            Specification(
                "b", ("ln_distance", "agreement"), ("exporter-year", "importer-year", "pair")
            ),
        ),
    ]
    rows = {row[0]: row[1:] for row in regression_table(both) if row[0]}
    assert rows["ln_distance"][1] == ABSORBED
    assert rows["pair effects"] == ("no", "yes")
    assert rows["N"] == (f"{both[0].n:,}", f"{both[1].n:,}")


def test_two_way_clusters_change_the_errors_alone(panel):
    asked = [
        estimate(panel, Specification("c", ("ln_distance",), cluster=cluster))
        for cluster in ("exporter+importer", "pair")
    ]
    assert asked[0].coefficients[0].estimate == asked[1].coefficients[0].estimate
    assert asked[0].n_clusters == 15
    assert asked[0].coefficients[0].se != asked[1].coefficients[0].se


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((), InputError, "add --data"),
        (("--hours",), InputError, "--hours needs hours: add --skim FILE"),
        (("--years", "2000-1990"), InputError, "run backwards"),
        (("--years", "soon"), InputError, "cannot read the years"),
        (("--cluster", "country"), UnknownNameError, "unknown cluster"),
        (("--skim", "absent.parquet"), InputError, r"no file absent\.parquet"),
    ],
)
def test_bad_questions_get_one_clear_error(file, arguments, error, says):
    data = ("--data", file) if arguments else ()
    answer = ask(*data, *arguments)
    assert isinstance(answer.exception, error)
    with pytest.raises(error, match=says):
        raise answer.exception
