import xml.etree.ElementTree as ET

import pandas as pd
import pytest

import assessed
from landbridge.assess.tables import tables_of
from landbridge.brief.charts import (
    capacity_rows,
    contribution_rows,
    flow_rows,
    welfare_rows,
)
from landbridge.brief.figures import KINDS, draw_figures, source_line
from landbridge.exchange.runs import read_run


@pytest.fixture(scope="module")
def folder(assessor, tmp_path_factory):
    return assessed.run(assessor, tmp_path_factory)


@pytest.fixture(scope="module")
def tables(assessor):
    return assessed.tables(assessor)


@pytest.fixture(scope="module")
def parts(assessor):
    return tables_of(assessed.with_parts(assessed.dostyk(assessor)))


def test_every_figure_has_its_csv_beside_it(folder):
    drawn = {path.name for path in (folder / "figures").iterdir()}
    names = [kind.name for kind in KINDS if kind.name != "contributions"]
    assert drawn == {f"{name}.{end}" for name in names for end in ("png", "svg", "csv")}
    assert sorted(drawn) == read_run(folder).about["figures"]


def test_pictures_are_pictures(folder):
    from PIL import Image

    for path in (folder / "figures").glob("*.png"):
        with Image.open(path) as picture:
            assert min(picture.size) > 400
            # More than paper: ink, bars, and the grey of the notes.
            assert len(picture.convert("RGB").getcolors(1 << 24)) > 50
    for path in (folder / "figures").glob("*.svg"):
        assert ET.parse(path).getroot().tag.endswith("svg")


def test_winners_come_first_and_losers_last(tables):
    rows = welfare_rows(tables)
    assert rows["welfare_pct"].is_monotonic_decreasing
    told = tables["economies"].set_index("iso3")["welfare_pct"]
    assert rows["iso3"].iloc[0] == told.idxmax()
    assert (told[rows["iso3"]].to_numpy() == rows["welfare_pct"].to_numpy()).all()
    assert rows["welfare_pct"].iloc[-1] == pytest.approx(told.min())


def test_bands_stand_beside_the_economies_they_are_of(parts):
    rows = welfare_rows(parts)
    known = rows[rows["low"].notna()]
    assert len(known) > 0
    assert ((known["welfare_pct"] - known["low"] - 0.01).abs() < 1e-12).all()


def test_flows_show_what_moves_most_and_ways_before_corridors(tables):
    rows = flow_rows(tables)
    assert "way:dostyk" in rows["id"].tolist()
    assert rows["kind"].tolist() == sorted(rows["kind"], reverse=True)
    ways = tables["corridors"][tables["corridors"]["kind"] == "way"]
    most = ways.loc[(ways["feu"] - ways["feu_base"]).abs().idxmax(), "id"]
    assert most in rows["id"].tolist()


def test_capacity_shows_the_lever_and_only_published_capacities(tables):
    rows = capacity_rows(tables)
    assert "rail-alashankou-dostyk" in rows["id"].tolist()
    assert rows["capacity_share"].notna().all()
    assert rows["capacity_share"].is_monotonic_decreasing


def test_contributions_end_with_all_together_and_the_world(parts):
    rows = contribution_rows(parts)
    told = parts["economies"].set_index("iso3")["welfare_pct"]
    assert rows["iso3"].iloc[0] == told.abs().idxmax()
    assert rows["iso3"].iloc[-1] == "WLD"
    for _, own in rows.groupby("iso3"):
        assert own["lever"].tolist() == [1, 2, 0]


def test_contributions_are_drawn_where_there_are_some(parts, folder, tmp_path):
    about = read_run(folder).about
    written = draw_figures(parts, about, tmp_path)
    assert tmp_path / "contributions.svg" in written
    held = pd.read_csv(tmp_path / "contributions.csv")
    assert held["welfare_pct"].notna().all()


def test_a_scenario_that_moves_nothing_draws_only_what_has_rows(tables, folder, tmp_path):
    still = dict(tables)
    still["economies"] = tables["economies"].assign(welfare_pct=0.0)
    still["corridors"] = tables["corridors"].assign(feu=tables["corridors"]["feu_base"])
    written = draw_figures(still, read_run(folder).about, tmp_path)
    assert {path.stem for path in written} == {"crossings-capacity"}


def test_one_run_gives_one_picture(tables, folder, tmp_path):
    about = read_run(folder).about
    draw_figures(tables, about, tmp_path)
    again = (tmp_path / "corridors.svg").read_bytes()
    assert again == (folder / "figures" / "corridors.svg").read_bytes()


def test_the_source_line_names_run_base_and_licences(folder):
    line = source_line(read_run(folder).about)
    for word in ("dostyk-reform-2025", "2023", "CC-BY-NC-4.0", "OpenStreetMap"):
        assert word in line
