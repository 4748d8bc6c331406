"""The model beside published figures: the rule that judges, and what it must hold."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from landbridge import facts
from landbridge.errors import InputError
from landbridge.validate import figures, left_out, network
from landbridge.validate.page import BEGIN, END, figure, renewed, tables
from landbridge.validate.targets import Target, is_within, spanned

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
UP_TO_DATE = 0.02
"""Share by which a figure of the model may have moved since the page was made."""


def target(**changes) -> Target:
    given = {
        "id": "a-b", "what": "A-B by rail", "year": 2020, "published": 10.0, "published_low": 8.0,
        "published_high": 12.0, "model": 9.0, "unit": "days", "fitted": False, "source": "a page",
        "within": True,
    }  # fmt: skip
    return Target(**(given | changes))


class TestJudging:
    def test_ends_belong_to_the_range(self):
        assert is_within(12.0, 12.0, 16.0)
        assert is_within(16.0, 12.0, 16.0)
        assert not is_within(16.01, 12.0, 16.0)

    def test_one_end_is_enough(self):
        assert is_within(5.0, None, 12.0)
        assert not is_within(13.0, None, 12.0)

    def test_no_answer_is_a_misfit_and_no_range_is_no_verdict(self):
        assert is_within(None, 1.0, 2.0) is False
        assert is_within(1.5, None, None) is None

    def test_ranges_alone_are_not_widened(self):
        assert spanned([(14.0, 13.0, 15.0), (20.0, 18.0, 21.0)], 0.25) == (17.0, 13.0, 21.0)

    def test_points_that_agree_are_no_narrower_than_one(self):
        assert spanned([(100.0, None, None), (102.0, None, None)], 0.25) == (101, 75.75, 126.25)

    def test_a_published_end_stands(self):
        assert spanned([(12.0, None, 12.0)], 0.25) == (12.0, 9.0, 12.0)


class TestQuestions:
    def test_every_figure_is_asked_or_left_out_with_a_reason(self):
        asked = [row.id for question in figures.asked() for row in question.rows]
        out = [row.id for row in network.unanswered()]
        assert sorted(asked + out) == sorted(row.id for row in facts.rows("figures"))

    def test_askable_figures_are_left_out_for_two_reasons_only(self):
        reasons = {left_out.reason(row) for row in facts.rows("figures") if row.askable} - {""}
        assert len(reasons) == 2

    def test_figures_that_ask_the_same_are_one_question(self):
        asked = {row.id: question for question in figures.asked() for row in question.rows}
        april, express = "china-germany-by-rail-april-2024", "xian-duisburg-express-train-2024"
        assert asked[april] is asked[express]
        assert asked[april] is not asked["germany-china-by-rail-april-2024"]

    def test_what_the_rates_take_in_is_fitted(self):
        fitted = {row.id: question.fitted for question in figures.asked() for row in question.rows}
        assert fitted["erai-composite-2018"]
        assert fitted["hong-kong-europe-annual-average-by-air-2019"]
        assert not fitted["chongqing-duisburg-time-2017"]
        # The ferry's wait of 2025 was derived from this one, not from the one of 2022.
        assert fitted["middle-corridor-china-to-the-black-sea-2025"]
        assert not fitted["middle-corridor-china-to-the-black-sea-2022"]
        assert not fitted["china-europe-rail-market-rate-october-2024"]

    def test_named_crossings_narrow_a_corridor_or_lengthen_it(self):
        way = figures.gated(
            "middle", ["ferry-turkmenbashi-alat", "rail-kartsakhi-canbaz"], ["rail"]
        )
        plain = figures.gated("middle", [], ["rail"])
        assert len(plain.gates[0]) > len(way.gates[0]) == 1
        assert len(way.gates) == len(plain.gates) + 1


class TestPage:
    def test_tables_name_figure_range_and_misfit(self):
        made = tables([target(), target(id="c", model=None, within=False)], [])
        assert "| A-B by rail | 2020 | 10 | 8 to 12 | 9 | days | -10 % | yes |" in made
        assert "| no way | days |  | **no** |" in made

    def test_only_the_made_part_changes(self):
        page = renewed(f"above\n{BEGIN}\nold\n{END}\nbelow\n", "new")
        assert page.startswith("above\n")
        assert page.endswith("below\n")
        assert "new" in page
        assert "old" not in page

    def test_a_page_without_marks_is_refused(self):
        with pytest.raises(InputError, match="lacks the lines"):
            renewed("nothing here", "new")

    def test_the_page_lists_what_is_left_out(self):
        page = PAGE.read_text(encoding="utf-8")
        assert [row.what for row in network.unanswered() if row.what not in page] == []


class TestWorld:
    def test_railway_distances(self, world):
        found = {t.id: t for t in network.rail_distances(world)}
        assert all(t.model is not None and t.fitted for t in found.values())
        assert found["rail-distances-median-error"].within

    def test_times_people_quote(self, world):
        train, voyage = network.headlines(world)
        assert (train.published_low, train.published_high, train.within) == (12.0, 16.0, True)
        assert (voyage.published_low, voyage.published_high, voyage.within) == (28.0, 40.0, True)

    def test_shanghai_rotterdam_through_suez(self, world):
        asked = next(
            q for q in figures.asked() if q.first.id == "shanghai-rotterdam-suez-distance-2019"
        )
        row = asked.first
        ends = world.place(row.origin), world.place(row.destination)
        route = world.router.routes(*ends, figures.question(row))[0]
        assert figures.answer(row, route, *ends) == pytest.approx(10600, rel=0.02)


@pytest.mark.slow
def test_the_page_is_up_to_date(world):
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.count("|") == 10
    ]
    listed = {(row[0], row[1], row[5], row[3]): row[4] for row in rows}
    for found in network.run(world):
        ends = f"{figure(found.published_low)} to {figure(found.published_high)}"
        shown = listed[found.what, str(found.year), found.unit, ends]
        if found.model is None:
            assert shown == "no way"
        else:
            value = float(shown.replace(",", ""))
            assert math.isclose(value, found.model, rel_tol=UP_TO_DATE), found
