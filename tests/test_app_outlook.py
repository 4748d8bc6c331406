"""The page of outlooks, and its API."""

import csv
import io
import json
from importlib.resources import files

import numpy as np
import pytest

from app_running import fits
from app_samples import OUTLOOK
from landbridge import facts
from landbridge.app import fans, hindcast, outlooks
from landbridge.app.tasks import Tasks
from landbridge.errors import InputError, UnknownNameError
from landbridge.outlook import engine
from landbridge.outlook.known import known
from outlook_sample import small_parts

API = "/api/v1/outlooks"
COUNTED, OWN = "china-europe-teu", "co2-mt"


def values_of(data, series, scenario):
    """Draws of a series as they were written, by year."""
    import pandas as pd

    frames = [pd.read_parquet(p) for p in (data / "outlooks" / OUTLOOK / "draws").iterdir()]
    frame = pd.concat(frames)
    own = frame[(frame.series == series) & (frame.scenario == scenario)]
    return {int(year): group.value.to_numpy() for year, group in own.groupby("year")}


def test_fans_are_the_quantiles_of_the_draws(prepared):
    told = prepared.get(f"{API}/{OUTLOOK}/series?series={COUNTED}&scenario=baseline").json
    values = values_of(prepared.data, COUNTED, "baseline")
    assert [row["year"] for row in told["fans"]] == sorted(values)
    for row in told["fans"]:
        expected = np.quantile(values[row["year"]], fans.SHARES)
        found = [row[f"{share:g}"] for share in fans.SHARES]
        assert found == pytest.approx(expected.tolist())


def test_what_was_counted_stands_with_its_sources(prepared):
    told = prepared.get(f"{API}/{OUTLOOK}/series?series={COUNTED}").json
    flows = known().flows[COUNTED]
    assert {one["year"]: one["value"] for one in told["counted"]} == flows
    titles = {
        row.source_title
        for table in ("flows_observed", "outlook_counts")
        for row in facts.rows(table)
    }
    assert {one["source_title"] for one in told["counted"]} <= titles
    assert prepared.get(f"{API}/{OUTLOOK}/series?series={OWN}").json["counted"] == []


def test_the_csv_holds_what_the_chart_shows(prepared):
    text = prepared.get(f"{API}/{OUTLOOK}/series?series={COUNTED}&format=csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    told = prepared.get(f"{API}/{OUTLOOK}/series?series={COUNTED}").json
    assert len(rows) == len(told["fans"]) + len(told["counted"])
    last = rows[-1]
    assert float(last["0.95"]) == pytest.approx(told["fans"][-1]["0.95"])


def test_an_outlook_says_what_it_holds_and_gives_its_files(prepared):
    (brief,) = prepared.get(API).json["outlooks"]
    assert (brief["id"], brief["draws"], brief["finished"]) == (OUTLOOK, 34, True)
    told = prepared.get(f"{API}/{OUTLOOK}").json
    assert told["years"] == list(range(told["as_of"] + 1, 2031))
    counted = {one["name"] for one in told["series"] if one["counted"]}
    assert COUNTED in counted
    assert OWN not in counted
    for one in told["files"]:
        answer = prepared.get(f"{API}/{OUTLOOK}/files/{one['name']}")
        assert len(answer.body) == one["bytes"] > 0
    assert {one["name"] for one in told["files"]} == set(outlooks.FILES)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/two-to-2031", 404, OUTLOOK),
        ("/..%2F..%2Fevidence", 404, ""),
        (f"/{OUTLOOK}/files/outlook.json", 404, "unknown file of the outlook"),
        (f"/{OUTLOOK}/series?series=china-europe-tue", 404, COUNTED),
        (f"/{OUTLOOK}/series?series={OWN}&scenario=nothing", 404, "unknown scenario"),
    ],
)
def test_what_is_not_there_is_said_with_the_closest(prepared, path, status, said):
    answer = prepared.get(API + path)
    assert answer.status == status
    assert said in answer.json["error"]["what"] + answer.json["error"]["mend"]


def test_an_outlook_that_was_stopped_is_listed_and_says_how_to_go_on(tmp_path):
    (tmp_path / "half").mkdir()
    about = '{"scenarios": ["baseline"], "to": 2030, "as_of": 2025, "seed": 1, "hazards": {}}'
    (tmp_path / "half" / "outlook.json").write_text(about)
    (told,) = outlooks.listed(tmp_path)
    assert (told.finished, told.years) == (False, ())
    with pytest.raises(InputError, match="not finished"):
        fans.fans(told, COUNTED)
    with pytest.raises(UnknownNameError, match="did you mean 'half'"):
        outlooks.read(tmp_path, "halv")


def test_hindcasts_are_read_from_the_folder_or_are_those_shipped(prepared, tmp_path):
    told = prepared.get(f"{API}/hindcast").json
    (score,) = told["scores"]
    assert (score["as_of"], score["what"]) == (2016, "Freight on the Trans-Caspian route")
    assert told["verdicts"][0]["as_of"] is None
    assert "landbridge outlook hindcast" in told["how"]
    shipped = hindcast.hindcast(tmp_path)
    assert shipped.draws == 128
    assert {one["as_of"] for one in shipped.rows()} == {2016, 2018, 2019, 2021}
    assert all(isinstance(one["years"], tuple) for one in shipped.scores)


def test_hindcasts_that_cannot_be_read_say_so(tmp_path):
    made = json.loads((files("landbridge") / "outlook" / "hindcast.json").read_text())
    made["scores"][3]["crps"] = "small"
    (tmp_path / "hindcast.json").write_text(json.dumps(made))
    with pytest.raises(InputError, match=r"(?s)hindcast\.json cannot be read.*crps"):
        hindcast.hindcast(tmp_path)
    (tmp_path / "hindcast.json").write_text("{}")
    with pytest.raises(InputError, match="make it again"):
        hindcast.hindcast(tmp_path)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_shows_fans_counts_and_scores(browse, prepared, accessible, width):
    page = browse("/outlook", server=prepared, width=width)
    page.wait_for_selector("#fan-body .chart canvas, #fan-body .chart .bk-Figure")
    page.wait_for_selector("#hindcast-body .chart .bk-Figure")
    page.locator("#matters-body table").nth(1).wait_for()
    page.locator("#middle-body .statement").nth(1).wait_for()
    assert page.locator("#fan-title").inner_text() == "Containers on China–Europe trains"
    assert "counted" in page.locator("#fan-body .legend").inner_text()
    label = page.locator("#fan-body .chart").get_attribute("aria-label")
    assert "nine draws in ten" in label
    assert page.locator("#matters-body table").count() == 2
    assert page.locator("#middle-body .statement").count() == 2
    assert page.locator("#hindcast-body tbody tr").count() == 1
    assert fits(page)
    accessible(page)


@pytest.mark.browser
def test_a_view_is_chosen_and_its_link_reopens_it(browse, prepared):
    page = browse("/outlook", server=prepared)
    page.wait_for_selector("#scenarios input")
    page.locator("#series").select_option(OWN)
    page.get_by_role("checkbox", name="Baseline").uncheck()
    page.locator("#fan-title", has_text="Emissions of freight").wait_for()
    page.wait_for_url("**scenario=confrontation-2027**")
    again = browse(page.url.removeprefix(prepared.url), server=prepared)
    again.wait_for_selector("#fan-body .legend")
    assert again.locator("#fan-title").inner_text().startswith("Emissions of freight")
    assert again.locator("#scenarios input:checked").count() == 1
    again.locator("#fan-body .behind summary").click()
    rows = again.locator("#fan-body .behind tbody tr")
    assert rows.count() == 5
    again.locator("#fan-body [data-sort=year]").click()
    assert again.locator("#fan-body [aria-sort=descending]").inner_text().startswith("year")
    assert rows.first.locator("td").first.inner_text() == "2030"


@pytest.mark.browser
def test_without_an_outlook_the_page_says_how_to_make_one(browse, served):
    page = browse("/outlook", server=served)
    page.wait_for_selector("#fan-body .empty")
    assert page.locator("#make").get_attribute("open") is not None
    page.locator("#add").select_option("suez-closed")
    assert page.locator("#added li").count() == 2
    page.get_by_role("button", name="Take out Baseline").click()
    assert page.locator("#added li").count() == 1


def test_an_outlook_job_is_drawn_told_on_the_way_and_written(tmp_path, monkeypatch):
    parts = small_parts(["baseline", "confrontation"], to=2028)
    draw = engine.run

    def on_parts(spec, *given, assessor, **more):
        assert spec.scenarios == parts.spec.scenarios
        return draw(parts.spec, *given, parts=parts, **more)

    monkeypatch.setattr(engine, "run", on_parts)
    tasks = Tasks(tmp_path)
    vars(tasks)["assessor"] = None
    asked = {
        "scenarios": ["baseline", "confrontation-2027"], "folder": "far", "to": 2028, "draws": 4,
        "seed": 1, "as_of": None, "hazards": {},
    }  # fmt: skip
    told = []
    job = {"kind": "outlook", "asked": asked}
    made, result = tasks.do(job, lambda stage, share: told.append((stage, share)))
    assert made == {"outlook": "far"}
    (found,) = outlooks.listed(tmp_path / "outlooks")
    assert (found.id, found.finished, found.years[-1]) == ("far", True, 2028)
    drawn = fans.fans(found, COUNTED, ["baseline"])
    (same,) = [
        one for one in result["series"] if (one["name"], one["scenario"]) == (COUNTED, "baseline")
    ]
    assert [row["0.5"] for row in drawn] == pytest.approx(same["quantiles"]["0.5"])
    assert told[-1] == ("writing", 0.98)
    assert any("of 4 draws" in stage for stage, _ in told)
