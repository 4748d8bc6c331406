"""The API says what the command line says, in JSON and in CSV, and tells errors apart."""

import csv
import io
import json
import shutil

import pytest

from app_running import TOML
from landbridge.errors import UnknownNameError

# One assessment is made for all; on a busy machine that takes minutes.
pytestmark = pytest.mark.timeout(900)


def rows_of(answer):
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.fixture(scope="module")
def api(served):
    return lambda path, **more: served.get(f"/api/v1{path}", **more)


@pytest.fixture(scope="module")
def paths(api):
    return api("/openapi.json").json["paths"]


def test_the_first_address_lists_every_other(api, paths):
    told = api("/").json
    assert told["name"] == "landbridge"
    listed = {(one["path"], one["method"].lower()) for one in told["resources"]}
    assert listed == {(path, method) for path, of in paths.items() for method in of}
    assert all(len(one["what"]) > 10 for one in told["resources"])


def test_every_operation_is_described_with_its_errors(paths):
    for path, methods in paths.items():
        for method, told in methods.items():
            assert told["summary"].endswith((".", ":", ";", "`")) or told["summary"], path
            good = [status for status in told["responses"] if status.startswith("2")]
            assert len(good) == 1, (method, path)
            assert {"401", "421", "422"} <= set(told["responses"]), (method, path)
            for status, answer in told["responses"].items():
                if status[0] in "45":
                    schema = answer["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/ErrorOut"}, (path, status)


def test_whatever_needs_nothing_answers(api, paths):
    for path, methods in paths.items():
        told = methods.get("get")
        needed = told and [one for one in told.get("parameters", ()) if one["required"]]
        if told and not needed:
            assert api(path.removeprefix("/api/v1")).status == 200, path


def test_every_table_is_a_csv_of_as_many_rows(api):
    for path, key in (
        ("/scenarios", "scenarios"),
        ("/economies", "economies"),
        ("/crossings?year=2025", "crossings"),
        ("/corridors?year=2025", "corridors"),
        ("/terminals?year=2025", "terminals"),
        ("/jobs", "jobs"),
        ("/runs", "runs"),
        ("/outlooks", "outlooks"),
        ("/evidence/documents", "documents"),
        ("/evidence/facts", "facts"),
        ("/validate", "targets"),
    ):
        joined = "&" if "?" in path else "?"
        assert len(rows_of(api(f"{path}{joined}format=csv"))) == len(api(path).json[key]), path


def test_a_route_is_the_command_lines(api, world):
    from landbridge.exchange.json import dumps, route_object

    told = api("/route?from=Almaty&to=Duisburg&modes=rail&avoid=RUS").json
    same = json.loads(
        dumps(route_object(world.route("Almaty", "Duisburg", modes="rail", avoid="RUS")))
    )
    assert [{name: way[name] for name in same["routes"][0]} for way in told["routes"]] == same[
        "routes"
    ]
    assert (told["origin"], told["destination"]) == (same["origin"], same["destination"])


def test_an_error_is_the_command_lines(api, world):
    with pytest.raises(UnknownNameError) as said:
        world.route("Almaty", "Dusburgg")
    answer = api("/route?from=Almaty&to=Dusburgg")
    error = answer.json["error"]
    assert answer.status == 404
    assert f"{error['what']}; {error['mend']}" == str(said.value)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/route?from=Almaty", 422, "to"),
        ("/route?from=Almaty&to=Duisburg&year=1800", 422, "year"),
        ("/route?from=Almaty&to=Duisburg&modes=teleport", 404, "teleport"),
        ("/route?from=Almaty&to=Almaty", 422, "one place"),
        ("/route?from=Almaty&to=Duisburg&modes=sea", 422, ""),
        ("/economies/XXX", 404, "XXX"),
        ("/crossings/nowhere", 404, "nowhere"),
        ("/runs/none", 404, "none"),
        ("/runs/compare?run=one", 422, "run"),
        ("/jobs/none", 404, "none"),
        ("/outlooks/none", 404, "none"),
        ("/evidence/documents/none", 404, "none"),
        ("/scenarios/none", 404, "none"),
        ("/nothing", 404, "nothing"),
        ("/runs?format=xml", 422, "format"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_form(api, path, status, said):
    answer = api(path)
    assert answer.status == status
    error = answer.json["error"]
    assert said in f"{error['what']} {error['where']} {error['mend']}"
    assert set(error) <= {"what", "where", "mend", "problems"}


def test_a_body_that_is_no_json_is_told_from_one_that_is_wrong(served):
    headers = {"Content-Type": "application/json"}
    assert served.post("/api/v1/jobs", b"{", headers=headers).status == 400
    wrong = served.post("/api/v1/jobs", {"kind": "dance"})
    assert wrong.status == 422
    assert "dance" in wrong.text
    assert served.ask("PUT", "/api/v1/jobs", {}).status == 405


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "assess"},
        {"kind": "assess", "scenario": "dostyk-reform", "toml": TOML},
        {"kind": "assess", "scenario": "dostyk-refrom"},
        {"kind": "assess", "scenario": "dostyk-reform", "draws": 1},
        {"kind": "assess", "scenario": "dostyk-reform", "draws": -1},
        {"kind": "assess", "scenario": "dostyk-reform", "drows": 10},
        {"kind": "assess", "toml": "name ="},
        {"kind": "assess", "tables": {"name": "No lever", "lever": []}},
        {"kind": "outlook", "scenarios": []},
        {"kind": "outlook", "scenarios": ["none-such"]},
        {"kind": "outlook", "scenarios": ["baseline"], "to": 2010},
        {"kind": "outlook", "scenarios": ["baseline"], "hazards": {"suez-closed": 2}},
        {"kind": "outlook", "scenarios": ["baseline"], "draws": 10**9},
        {"kind": "hub", "iso3": "Mars"},
        {"kind": "validate", "what": "everything"},
    ],
)
def test_a_job_that_cannot_be_done_is_refused_at_once(served, asked):
    answer = served.post("/api/v1/jobs", asked)
    assert answer.status == 422, answer.text
    assert answer.json["error"]["what"]


def test_the_closest_name_is_suggested(served):
    answer = served.post("/api/v1/jobs", {"kind": "assess", "scenario": "dostyk-refrom"})
    assert "dostyk-reform" in answer.json["error"]["mend"]


def test_problems_of_a_scenario_are_all_said_with_their_lines(served):
    from landbridge.scenario import check

    text = TOML.replace("hours = 12", "hour = 12").replace("2025", "1900")
    told = served.post("/api/v1/scenarios/check", text).json
    assert not told["sound"]
    said = {(one["line"], one["message"]) for one in told["problems"]}
    assert {(one.line, one.message) for one in check(text)} <= said
    assert served.post("/api/v1/scenarios/check", TOML).json["sound"]


def test_an_economy_is_the_command_lines(api):
    from landbridge.economy.table.basetable import load_base
    from landbridge.economy.table.profile import profile
    from landbridge.exchange.json import dumps

    told = api("/economies/KAZ").json
    same = json.loads(dumps(profile(load_base(), "KAZ")))
    assert {name: told[name] for name in same} == same


def test_a_scenario_composed_is_assessed_kept_and_told(served, api, made_run):
    """One assessment, followed to its end, and everything that is told of it."""
    job = made_run
    name = job["made"]["run"]
    found = api(f"/jobs/{job['id']}/result").json
    assert {"scenario", "year", "economies", "corridors", "crossings", "co2_mt_base", "co2_mt",
            "convergence", "summary"} <= set(found)  # fmt: skip
    assert found["convergence"]["converged"]
    assert name in [one["id"] for one in api("/runs").json["runs"]]
    about = api(f"/runs/{name}").json
    assert about["about"]["scenario"]["id"] == found["scenario"]
    assert "run.json" in [one["path"] for one in about["files"]]
    table = api(f"/runs/{name}/tables/economies").json
    as_csv = rows_of(api(f"/runs/{name}/tables/economies?format=csv"))
    welfare = {one["iso3"]: one["welfare_pct"] for one in found["economies"]}
    assert {row["iso3"]: row["welfare_pct"] for row in table["rows"]} == pytest.approx(welfare)
    assert [row["iso3"] for row in as_csv] == [row["iso3"] for row in table["rows"]]
    assert [one["name"] for one in table["columns"]] == list(as_csv[0])
    assert {one["unit"] for one in table["columns"]} > {"%"}
    flows = api(f"/runs/{name}/flows?least_feu=1000").json
    assert {line["mode"] for line in flows["lines"]} >= {"rail", "sea"}
    assert all(max(line["feu"], line["feu_base"]) >= 999 for line in flows["lines"])
    assert len(rows_of(api(f"/runs/{name}/flows?least_feu=1000&format=csv"))) == len(flows["lines"])
    assert api(f"/runs/{name}/files/figures/corridors.svg").headers["Content-Type"] == (
        "image/svg+xml"
    )
    assert api(f"/runs/{name}.zip").body[:2] == b"PK"
    assert api(f"/runs/{name}/tables/nothing").status == 404


def test_runs_stand_side_by_side(served, api, made_run):
    name = made_run["made"]["run"]
    folder = served.data / "runs"
    shutil.copytree(folder / name, folder / "copied-2025")
    try:
        told = api(f"/runs/compare?run={name}&run=copied-2025").json
        assert told["same_base"]
        assert [one["run"] for one in told["runs"]] == [name, "copied-2025"]
        line = told["economies"][0]["runs"]
        assert line[name] == line["copied-2025"]
        rows = rows_of(api(f"/runs/compare?run={name}&run=copied-2025&format=csv"))
        assert len(rows) == len(told["economies"])
        assert f"{name} welfare_pct" in rows[0]
    finally:
        shutil.rmtree(folder / "copied-2025")


@pytest.mark.parametrize(("kind", "start"), [("html", b"<!doctype html>"), ("docx", b"PK")])
def test_a_run_is_written_as_a_brief(api, made_run, kind, start):
    answer = api(f"/runs/{made_run['made']['run']}/brief?format={kind}&language=ru")
    assert answer.status == 200
    assert answer.body.startswith(start)


def test_a_composed_scenario_has_a_name_of_its_own(api, made_run):
    assert made_run["asked"]["scenario"] == "quicker-at-dostyk"
    told = api("/scenarios/quicker-at-dostyk").json
    assert told["toml"] == TOML
    assert not told["shipped"]


def test_a_text_keeps_its_name_and_another_of_that_name_has_a_number(prepared):
    asked = [{"kind": "assess", "toml": text} for text in (TOML, TOML, TOML.replace("12", "13"))]
    jobs = [prepared.post("/api/v1/jobs", one).json for one in asked]
    for job in reversed(jobs):
        prepared.delete(f"/api/v1/jobs/{job['id']}")
    name = "quicker-at-dostyk"
    assert [job["asked"]["scenario"] for job in jobs] == [name, name, f"{name}-2"]
