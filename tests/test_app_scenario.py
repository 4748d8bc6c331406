"""The page of scenarios, and the API of levers and scenarios."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_running import fits
from app_samples import ACCESS
from landbridge.app.checking import checked
from landbridge.app.form import form_of
from landbridge.app.names import LISTS, names
from landbridge.app.toml import scenario_toml
from landbridge.levers.kinds import KINDS, schema
from landbridge.scenario import shipped
from landbridge.scenario.shipped import FOLDER

API = "/api/v1"
DOSTYK = (FOLDER / "dostyk-reform.toml").read_text(encoding="utf-8")
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30)
values = st.one_of(
    st.booleans(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False),
    texts.filter(bool), st.lists(texts, min_size=1, max_size=4),
)  # fmt: skip
tables = st.dictionaries(texts.filter(bool), values, max_size=5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_has_every_field_of_its_kind_and_explains_it(kind):
    form = form_of(kind)
    told = schema(kind)
    fields = {field.name: field for field in (*form.fields, *form.common)}
    assert fields.keys() == told["properties"].keys() - {"kind"}
    assert {name for name, field in fields.items() if field.required} == set(told["required"])
    for field in form.fields:
        assert field.help, f"the docstring of {kind} does not say what {field.name} is"
        if field.names:
            assert field.names in LISTS


@pytest.mark.parametrize("of", LISTS)
def test_names_are_known_to_the_levers_that_take_them(of):
    found = names(of)
    assert len({one.id for one in found}) == len(found) > 2
    assert all(one.name for one in found)


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.slug)
def test_shipped_scenarios_come_back_from_the_form_as_they_were(one):
    told = tomllib.loads(one.path.read_text(encoding="utf-8"))
    again = checked(told)
    assert tomllib.loads(again.toml) == told == again.scenario
    assert again.problems == ()
    assert again.describes == dict(enumerate((lever.describe() for lever in one.levers), 1))


@given(tables, st.lists(tables, max_size=2))
def test_whatever_a_form_holds_is_written_as_toml_that_says_the_same(head, levers):
    told = {name: value for name, value in head.items() if name != "lever"}
    found = tomllib.loads(scenario_toml({**told, "lever": levers}))
    assert found == {**told, **({"lever": levers} if levers else {})}


def test_every_problem_is_told_at_once_with_its_lever_and_field(prepared):
    lever = {"kind": "crossing", "crossing": "x", "hours": {"value": 9, "low": 12, "high": 20}}
    asked = {"name": "A question", "question": "no mark", "year": 1890, "lever": [lever]}
    told = prepared.post(f"{API}/scenarios/check", asked).json
    places = {(one.get("lever"), one["field"]) for one in told["problems"]}
    assert places >= {(None, "question"), (1, "hours"), (1, "source")}
    assert not told["sound"]
    assert tomllib.loads(told["toml"]) == asked == told["scenario"]
    lines = told["toml"].splitlines()
    hours = next(one for one in told["problems"] if one["field"] == "hours")
    assert lines[hours["line"] - 1].startswith("hours")


def test_a_text_is_checked_as_it_stands(prepared):
    told = prepared.post(f"{API}/scenarios/check", DOSTYK).json
    assert told["sound"]
    assert told["toml"] == DOSTYK
    broken = prepared.post(f"{API}/scenarios/check", DOSTYK + "\n[[lever").json
    assert broken["scenario"] is None
    assert "not TOML" in broken["problems"][0]["message"]


@pytest.mark.parametrize(
    ("body", "sort", "status"),
    [(b"[1]", "application/json", 422), (b"{", "application/json", 400), (b"\xff", "a/b", 400)],
)
def test_what_is_no_scenario_at_all_is_refused(prepared, body, sort, status):
    answer = prepared.post(f"{API}/scenarios/check", body, headers={"Content-Type": sort})
    assert answer.status == status
    assert answer.json["error"]["what"]


def test_a_shipped_scenario_is_given_as_text_tables_and_levers(prepared):
    told = prepared.get(f"{API}/scenarios/dostyk-reform").json
    assert told["toml"] == DOSTYK == prepared.get(f"{API}/scenarios/dostyk-reform?format=toml").text
    assert told["tables"] == tomllib.loads(DOSTYK)
    assert [one["kind"] for one in told["levers"]] == ["crossing", "crossing"]
    assert prepared.get(f"{API}/scenarios/..%2Fdostyk-reform").status == 404
    listed = prepared.get(f"{API}/scenarios").json["scenarios"]
    assert len([one for one in listed if one["shipped"]]) == len(shipped())


def test_a_crossing_says_what_it_is_today(prepared):
    asked = f"{API}/levers/crossing/now?name=rail-alashankou-dostyk&year=2025"
    found = {one["field"]: one for one in prepared.get(asked).json["now"]}
    assert found["hours"]["value"] > 0
    assert found["capacity_feu_year"]["value"] > 1e5
    assert prepared.get(f"{API}/levers/crossing/now?name=nowhere").json["now"] == []


@pytest.mark.parametrize("language", ["en", "ru", "kk", "zh"])
def test_a_run_answers_in_four_sentences(prepared, runs, language):
    told = prepared.get(f"{API}/runs/{runs[0]}/answer?language={language}").json
    assert len(told["sentences"]) == len(set(told["sentences"])) == 4
    marks = {"ru": "Казахстан", "kk": "Қазақстан", "zh": "哈萨克斯坦", "en": "Kazakhstan"}
    assert marks[language] in told["sentences"][0]


def test_market_access_is_told_where_the_run_was_made_with_it(prepared, runs):
    told = prepared.get(f"{API}/runs/{runs[0]}/access").json
    assert told["run"] == runs[0]
    assert [(one["zone"], one["change_pct"]) for one in told["cities"]] == [
        ("Almaty", 0.5), ("Malé", None),
    ]  # fmt: skip
    assert prepared.get(f"{API}/runs/{runs[0]}/access?format=csv").text == ACCESS
    without = prepared.get(f"{API}/runs/{runs[1]}/access")
    assert without.status == 404
    assert "assess it with access" in without.text


@pytest.mark.browser
def test_a_change_in_the_form_is_checked_written_and_kept_in_the_link(browse, prepared):
    page = browse("/scenario?scenario=dostyk-reform", server=prepared)
    page.locator("#check .good").wait_for()
    field = page.locator("[data-lever='1'][data-field=hours_factor]")
    field.locator("input[type=range]").fill("0.6")
    page.locator("#levers", has_text="hours -40 %").wait_for()
    assert "value = 0.6" in page.locator("#toml").input_value()
    field.locator("input[type=number]").first.fill("0.2")
    wrong = field.locator(".wrong")
    wrong.filter(has_text="must ascend").wait_for()
    assert page.locator("#run").is_disabled()
    assert field.locator("input").first.get_attribute("aria-invalid") == "true"
    page.locator("#check .todo button").first.click()
    assert field.locator("input").first.evaluate("one => one === document.activeElement")
    field.locator("input[type=number]").first.fill("0.4")
    page.locator("#levers", has_text="hours -60 %").wait_for()
    again = browse(page.url.removeprefix(prepared.url), server=prepared)
    again.locator("#levers", has_text="hours -60 %").wait_for()
    assert again.locator("#toml").input_value() == page.locator("#toml").input_value()


@pytest.mark.browser
def test_a_pasted_text_fills_the_form_and_a_lever_is_added_by_keyboard(browse, prepared):
    page = browse("/scenario", server=prepared)
    page.locator("#check .good").wait_for()
    page.locator("#toml").fill((FOLDER / "suez-closed.toml").read_text(encoding="utf-8"))
    page.locator("#levers h2", has_text="1. Chokepoint").wait_for()
    page.locator("#kind").select_option("tariff")
    page.locator("#add").focus()
    page.keyboard.press("Enter")
    page.locator("#levers h2", has_text="2. Tariff").wait_for()
    page.locator("#check .bad").wait_for()
    card = page.locator("#levers .lever").nth(1)
    for name, words in (("importers", "EU"), ("exporters", "CHN"), ("sectors", "metals")):
        control = card.locator(f"[data-field={name}] input")
        control.focus()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    card.locator("[data-field=rate_pct] input").first.fill("10")
    card.locator("[data-field=source] input").fill("a question asked")
    page.locator("#check .good").wait_for()
    assert tomllib.loads(page.locator("#toml").input_value())["lever"][1] == {
        "kind": "tariff", "importers": ["EU"], "exporters": ["CHN"], "sectors": ["metals"],
        "rate_pct": 10, "source": "a question asked",
    }  # fmt: skip
    with page.expect_download() as saved:
        page.locator("#save").click()
    assert Path(saved.value.path()).read_text() == page.locator("#toml").input_value()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_composing_fits_and_is_accessible(browse, prepared, accessible, width):
    page = browse("/scenario?scenario=world-bank-reforms", server=prepared, width=width)
    page.locator("#check .good").wait_for()
    page.locator("#form details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert fits(page)
    accessible(page)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_two_runs_stand_side_by_side(browse, prepared, runs, accessible, width):
    page = browse(f"/scenario?tab=results&run={runs[0]}", server=prepared, width=width)
    page.locator("#answer .sentences li").nth(3).wait_for()
    page.get_by_role("checkbox", name="Show Another question").check()
    page.locator("#answer .sentences").nth(1).wait_for()
    page.locator("#answer[aria-busy=false]").wait_for(timeout=60_000)
    assert page.locator("#answer .maps .mapframe").count() == 2
    assert page.url.count("run=") == 2
    page.locator("[data-sort=run2]").click()
    assert page.locator("[aria-sort]").first.get_attribute("aria-sort") == "descending"
    assert "sort=-run2" in page.url
    assert fits(page)
    accessible(page)


@pytest.mark.browser
def test_everything_of_a_run_is_a_click_away_and_its_link_reopens_it(browse, prepared, runs):
    page = browse(f"/scenario?tab=results&run={runs[0]}&language=zh&ways=corridor", server=prepared)
    page.locator("#answer[aria-busy=false]").wait_for(timeout=60_000)
    assert page.locator(".sentences").get_attribute("lang") == "zh"
    assert "哈萨克斯坦" in page.locator(".sentences").inner_text()
    assert page.locator("#ways").input_value() == "corridor"
    links = page.locator("#answer a[download], #answer a[href*='brief']")
    found = links.evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    paths = {href for href in found if href.startswith("/")}
    assert len(paths) >= 10
    for path in paths - {one for one in paths if "/brief" in one}:
        assert prepared.get(path).status == 200, path
    cities = page.locator("section:has(#access-0) tbody tr")
    assert [row.inner_text().split("\t") for row in cities.all()] == [
        ["Almaty", "KAZ", "20", "+0.500"], ["Malé", "MDV", "0", "–"],
    ]  # fmt: skip
    first = page.locator("#answer table tbody tr th").first.inner_text()
    page.locator("[data-sort=name]").click()
    assert page.locator("#answer table tbody tr th").first.inner_text() != first


@pytest.mark.browser
@pytest.mark.timeout(900)
def test_a_scenario_is_assessed_from_click_to_map_and_the_next_is_cancelled(
    browse, served, made_run
):
    page = browse("/scenario?scenario=dostyk-reform", server=served)
    page.locator("#check .good").wait_for()
    page.locator("#run").click()
    page.locator("#job progress").wait_for()
    page.locator("#answer .sentences li").nth(3).wait_for(timeout=500_000)
    page.locator("#answer[aria-busy=false] .mapframe").wait_for()
    assert "run=dostyk-reform-2025" in page.url
    assert (served.data / "runs" / "dostyk-reform-2025" / "run.json").is_file()
    page.locator("#tab-compose").click()
    page.locator("#run").click()
    page.get_by_role("button", name="Cancel").click()
    page.locator("#job", has_text="cancelled").wait_for()
    assert served.get(f"{API}/jobs").json["jobs"][0]["status"] == "cancelled"
