"""The command line on a stand-in world: what is printed, where, and with which status."""

import json
import re
from types import SimpleNamespace

import pytest

import sample
from landbridge.cli import load
from landbridge.cli.main import run
from landbridge.errors import CacheError, UnknownNameError, UnreachableError


class StandIn:
    """Answers every question with the sample, and remembers how it was asked."""

    network = sample.network()

    def __init__(self):
        self.asked = {}

    def route(self, origin, destination, **how):
        self.asked = {"origin": origin, "destination": destination, **how}
        return sample.answer()

    def skim(self, zones, **how):
        self.asked = {"zones": zones, **how}
        return sample.skim()

    def summary(self):
        return {
            "year": 2025,
            "modes": {"rail": {"nodes": 2, "edges": 1, "km": 9.5}},
            "repairs": [{"what": "gaps bridged", "count": 12, "note": "up to 3 km"}],
        }


@pytest.fixture
def world(monkeypatch):
    stand_in = StandIn()
    monkeypatch.setattr(load, "world", lambda year=None, rebuild=False: stand_in)
    return stand_in


def failing(monkeypatch, error):
    def world(year=None, rebuild=False):
        raise error

    monkeypatch.setattr(load, "world", world)


def test_json_is_one_object_and_the_notes_go_to_standard_error(world, capsys):
    assert run(["route", "Chongqing", "Duisburg", "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 1
    assert len(json.loads(printed.out)["routes"]) == 4
    assert "say Duisburg, USA" in printed.err


def test_every_option_reaches_the_world(world):
    options = "--cargo bulk --modes rail,ferry --by time --via cmr --avoid RUS,BLR --close Suez"
    assert run(["route", " Chongqing", "Duisburg", *options.split(), "--avoid", "UKR"]) == 0
    assert world.asked == {
        "origin": "Chongqing",
        "destination": "Duisburg",
        "cargo": "bulk",
        "modes": ("rail", "ferry"),
        "by": "time",
        "via": "cmr",
        "avoid": ("RUS", "BLR", "UKR"),
        "close": ("Suez",),
    }


def test_a_point_south_of_the_equator_is_no_option(world):
    assert run(["route", "-33.9,18.4", "-6.2,106.8"]) == 0
    assert (world.asked["origin"], world.asked["destination"]) == ("-33.9,18.4", "-6.2,106.8")


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_the_table_fits_and_has_no_colour_when_piped(world, capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(["route", "Chongqing", "Duisburg", "--legs"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= columns
    assert "\x1b" not in out
    figures = r"By air \(air\) +200 +0\.8 ± 0\.2 +400 +100 +1"
    assert re.search(figures, out)
    assert "CHN → KAZ → RUS → POL → DEU" in out
    assert "note: figures of a test" in out


def test_files_are_written_where_asked(world, tmp_path, capsys):
    geojson, page = tmp_path / "r.geojson", tmp_path / "r.html"
    assert run(["route", "A", "B", "--geojson", str(geojson), "--map", str(page), "--json"]) == 0
    assert json.loads(geojson.read_text())["type"] == "FeatureCollection"
    assert page.read_text().startswith("<!doctype html>")
    assert f"wrote {page}" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["skims.omx", "skims.parquet"])
def test_skim_writes_the_format_of_the_ending(world, tmp_path, capsys, name):
    out = tmp_path / name
    assert run(["skim", "--zones", "3", "--out", str(out), "--json", "--avoid", "RUS"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["zones"], told["unreachable_pairs"]) == (3, 1)
    assert out.stat().st_size > 0
    assert world.asked["avoid"] == ("RUS",)


def test_skim_into_an_unknown_format_computes_nothing(world, capsys):
    assert run(["skim", "--out", "skims.csv"]) == 2
    assert "end it in .omx or .parquet" in capsys.readouterr().err
    assert world.asked == {}


def test_network_says_what_it_holds(world, capsys):
    assert run(["network"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"rail +2 +1 +9\.5", out)
    assert "gaps bridged" in out
    assert run(["network", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["repairs"][0]["count"] == 12


def test_network_exports(world, tmp_path):
    gmns, parquet = tmp_path / "gmns", tmp_path / "n.parquet"
    assert run(["network", "--gmns", str(gmns), "--geoparquet", str(parquet)]) == 0
    assert (gmns / "link.csv").exists()
    assert parquet.exists()


def test_crossings_are_found_by_part_of_a_name(capsys):
    assert run(["crossings", "khorgos", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["crossings"]
    assert {(row["economy_a"], row["economy_b"]) for row in found} == {("CHN", "KAZ")}
    assert all(row["source_title"] or row["rule"] for row in found)
    assert run(["crossings", "MNG"]) == 0
    assert "Zamyn" in capsys.readouterr().out


def test_validate_prints_the_targets(world, monkeypatch, capsys):
    target = SimpleNamespace(
        id="x",
        what="Shanghai–Rotterdam via Suez",
        year=2019,
        published=10600.0,
        published_low=10388.0,
        published_high=10812.0,
        model=10550.0,
        unit="nm",
        fitted=False,
        source="a table",
        within=True,
    )
    module = SimpleNamespace(run=lambda _: [target])
    monkeypatch.setitem(__import__("sys").modules, "landbridge.validate.network", module)
    monkeypatch.setattr("landbridge.validate.network", module, raising=False)
    assert run(["validate", "network"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"10,388–10,812 +10,550 +nm +yes", out)
    assert "1 of 1 within" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["route", "Chongqing"], "missing argument"),
        (["rout"], "no such command"),
        (["route", "A", "B", "--jsn"], "no such option"),
        (["skim", "--out", "a.omx", "--zones", "1"], "zones"),
        (["crossings", "Khorgoz"], "did you mean"),
        (["validate", "netwrk"], "did you mean 'network'"),
        (["validate", "caliendo-parro"], "--data DIR"),
    ],
)
def test_bad_input_is_one_line_and_status_2(world, capsys, arguments, said):
    assert run(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err.lower().replace("dir", "DIR" if "DIR" in said else "dir")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnknownNameError("unknown place 'Duisburgh'"), 2),
        (UnreachableError("no way is open"), 1),
        (CacheError("the disk is full"), 1),
        (PermissionError(13, "Permission denied", "/nowhere"), 1),
        (RuntimeError("a bug"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_failure_is_one_line_without_a_traceback(monkeypatch, capsys, error, status):
    failing(monkeypatch, error)
    assert run(["route", "A", "B"]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    ("kind", "status"), [(UnknownNameError, 2), (UnreachableError, 1), (RuntimeError, 1)]
)
def test_several_problems_are_a_line_each_without_a_traceback(monkeypatch, capsys, kind, status):
    failing(monkeypatch, kind("the first  problem\n\n  the second\tproblem\n"))
    assert run(["route", "A", "B"]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    first, second = printed.err.splitlines()
    assert first.startswith("landbridge: ")
    assert "the first problem" in first
    assert second.startswith("the second problem")
    assert printed.err.endswith("\n")
    assert "Traceback" not in printed.err


def test_debug_lets_the_error_through(monkeypatch):
    failing(monkeypatch, UnreachableError("no way is open"))
    with pytest.raises(UnreachableError):
        run(["route", "A", "B", "--debug"])


def test_progress_is_a_line_a_stage_when_piped(capsys):
    with load.progress() as report:
        for share in (0.0, 0.25):
            report("reading the layers", share)
        report("contracting", 0.5)
    assert capsys.readouterr().err == "[  0%] reading the layers\n[ 50%] contracting\n"
