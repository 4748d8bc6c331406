"""Outlooks of years past: nothing of later dates is used; scored is what was counted since."""

import ast
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from landbridge import facts
from landbridge.cli.main import run as command_line
from landbridge.errors import FactError, InputError, UnknownNameError
from landbridge.outlook import hindcast as module
from landbridge.outlook import known as gate
from landbridge.outlook.engine import Engine
from landbridge.outlook.hindcast import as_object, hindcast, since, specs
from landbridge.outlook.known import DATED, STANDING, known
from landbridge.outlook.measures import Series
from outlook_sample import small_parts

ROOM = Path(gate.__file__).parent


def test_no_module_of_the_room_reads_tables_but_the_gate():
    readers = set()
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {f"{node.module}.{name.name}" for name in node.names}
            elif isinstance(node, ast.Import):
                names = {name.name for name in node.names}
            else:
                continue
            if any(name.startswith("landbridge.facts") for name in names):
                readers.add(path.name)
    assert readers == {"known.py"}


LATER = {
    "border_year_factors": {"year": 2019},
    "flows_observed": {"year": 2017},
    "freight_rate_paths": {"year": 2017},
    "gdp_paths": {"kind": "forecast", "vintage": "2017-10", "year": 2017},
    "growth_errors": {"year": 2016},
    "outlook_counts": {"year": 2017},
    "sea_market": {"year": 2017},
    "sections": {"as_of": "2017", "opens_year": 2020},
}
"""What of each table was not known by the end of 2016."""


@pytest.fixture
def planted(monkeypatch):
    """Tables with one row more each, a copy of the first with what is given."""
    held = facts.rows

    def plant(changes):
        def rows(name):
            more = ()
            if name in changes:
                more = (SimpleNamespace(**{**vars(held(name)[0]), **changes[name]}),)
            return (*held(name), *more)

        monkeypatch.setattr(facts, "rows", rows)
        gate._known.cache_clear()

    yield plant
    gate._known.cache_clear()


def _told(found):
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


def test_facts_of_later_dates_are_left_out_wherever_they_are_planted(planted):
    assert set(LATER) == set(DATED)
    before = _told(known(2016))
    wild = {
        "flows_observed": {"series": "china-europe-trains", "value": 1e9, "months": 12.0},
        "outlook_counts": {"series": "trade-chn-eu", "value": 1e9},
        "gdp_paths": {"economy": "KAZ", "real_growth_pct": 99.0},
        "sea_market": {"scfi_usd_teu": 1e9},
        "freight_rate_paths": {"level": 1e9},
        "border_year_factors": {"factor": 99.0},
        "growth_errors": {"common_pct": 99.0},
        "sections": {"id": "planted"},
    }
    planted({name: LATER[name] | wild[name] for name in LATER})
    assert _told(known(2016)) == before
    for name, told in DATED.items():
        assert all(told(row) <= 2016 for row in gate.rows(name, 2016))
        assert any(told(row) > 2016 for row in gate.rows(name))
    today = known()
    assert today.flows["trade-chn-eu"] != before["flows"]["trade-chn-eu"]


def test_a_fact_of_the_date_is_taken(planted):
    row = {"series": "trade-chn-eu", "year": 2016, "value": 7.0, "unit": "bn USD"}
    planted({"outlook_counts": row})
    assert len(gate.rows("outlook_counts", 2016)) == 1 + sum(
        row.year <= 2016 for row in gate.rows("outlook_counts")[:-1]
    )


def test_a_table_whose_dates_nothing_tells_is_refused():
    with pytest.raises(FactError, match="DATED or STANDING"):
        gate.rows("speeds", 2016)
    assert not set(DATED) & set(STANDING)
    assert set(DATED) | set(STANDING) <= set(facts.tables())
    with pytest.raises(UnknownNameError, match="planted"):
        gate.row("sections", "planted", 2016)


@pytest.mark.parametrize("as_of", [2016, 2018])
def test_growth_without_an_edition_is_made_of_what_was_observed(as_of):
    found = known(as_of)
    assert found.edition == ""
    observed = found.observed_growth_pct["KAZ"]
    last = [observed[y] for y in sorted(observed)[-gate.TREND_YEARS :]]
    assert max(observed) < as_of
    assert found.growth_pct("KAZ", 2025) == pytest.approx(np.mean(last))


@pytest.mark.parametrize(
    ("as_of", "to", "said"),
    [
        ([], None, "--as-of"),
        ([2016, 2016], None, "twice"),
        ([1990], None, "from 2013"),
        ([2016], 2090, "nothing has been counted after"),
        ([2018], 2018, "no year to be scored"),
        ([gate.last_year()], None, "no year to be scored"),
    ],
)
def test_what_cannot_be_scored_is_said_before_work(as_of, to, said):
    with pytest.raises(InputError, match=said):
        specs(as_of, to)


def test_counts_of_a_part_of_a_year_are_no_outcome():
    own = Series("erenhot-trains", "trains", "", ("erenhot-trains",), "")
    parts = known().parts_of_years["erenhot-trains"]
    assert parts
    assert not parts & since(own).keys()


@pytest.fixture(scope="module")
def small():
    spec = specs([2018], 2021)[0]
    made = small_parts(to=2021, as_of=2018)
    return made, hindcast(spec, 16, 3, parts=made, workers=1)


def test_a_hindcast_scores_what_was_counted_since_with_what_was_known_then(small):
    made, found = small
    assert (found.as_of, found.to) == (2018, 2021)
    named = {one.series: one for one in found.scores}
    trains = named["china-europe-trains"]
    counted = known().flows["china-europe-trains"]
    assert trains.years == (2019, 2020, 2021)
    assert trains.outcomes == tuple(counted[year] for year in trains.years)
    engine = Engine(made, 3)
    number = [one.name for one in engine.series].index("china-europe-trains")
    draws = engine.draws(0, 16)[:, 0, number]
    assert trains.median == pytest.approx(np.median(draws, axis=0))
    assert trains.crps_last_value == pytest.approx(
        np.mean([abs(counted[y] - counted[2018]) for y in trains.years])
    )
    assert "trans-caspian-mt" in found.unscored
    for one in found.scores:
        assert one.crps >= 0.0
        assert 0.0 <= one.coverage_50 <= one.coverage_90 <= 1.0
        assert one.n == len(one.years) == len(one.outcomes) > 0


def test_the_object_of_the_contract(small):
    found = small[1]
    told = json.loads(json.dumps(as_object([found])))
    assert told["as_of"] == 2018
    keys = {
        "series",
        "crps",
        "crps_last_value",
        "crps_last_growth",
        "coverage_50",
        "coverage_90",
        "n",
    }
    for one in told["scores"]:
        assert keys <= set(one)
        assert isinstance(one["n"], int)
    assert told["taken_as_today"].keys() == STANDING.keys()
    assert told["verdict"]["series"] == len(told["scores"])
    both = as_object([found, found])
    assert both["as_of"] == [2018, 2018]
    assert len(both["scores"]) == 2 * len(told["scores"])


def test_the_command_prints_one_object_and_nothing_else(small, monkeypatch, capsys, tmp_path):
    asked = []

    def instead(spec, draws, seed, **options):
        asked.append((spec.as_of, draws, seed))
        return small[1]

    monkeypatch.setattr(module, "hindcast", instead)
    line = ["outlook", "hindcast", "--as-of", "2018,2016", "--to", "2021", "--seed", "3"]
    assert command_line([*line, "--json", "--out", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["scores"]
    assert asked == [(2018, module.DRAWS, 3), (2016, module.DRAWS, 3)]
    assert json.loads((tmp_path / "hindcast.json").read_text("utf-8")) == json.loads(out)
    assert command_line(line) == 0
    shown = capsys.readouterr().out
    assert "china-europe-trains" in shown
    assert "beat both naive forecasts" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hindcast"], "--as-of"),
        (["hindcast", "--as-of", "soon"], "year"),
        (["hindcast", "--as-of", "2001"], "from 2013"),
        (["hindcast", "--as-of", "2016", "--to", "2090"], "counted after"),
        (["hindcast", "partnership", "--as-of", "2016"], "baseline"),
        (["hindcast", "--as-of", "2016", "--hazard", "suez-closed=0.5"], "--hazard"),
        (["baseline", "--as-of", "2016,2018"], "one year"),
    ],
)
def test_bad_input_leaves_with_two_and_one_line(words, said, capsys):
    assert command_line(["outlook", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert len(told.err.strip().splitlines()) == 1
