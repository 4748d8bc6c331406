"""The model run to other years: nothing refitted, what takes long is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from landbridge.assess.assessor import Assessor
from landbridge.economy.table.basetable import load_base
from landbridge.validate import history
from landbridge.validate.kept import kept
from landbridge.validate.page import figure
from landbridge.validate.targets import Target

PAGE = Path(__file__).parents[1] / "docs" / "validation_assess.md"
TARGET = Target("a-2021", "a", 2021, 1.0, 0.75, 1.25, 1.1, "Mt", False, "a page", True)


class TestKept:
    def test_asked_once_while_nothing_changes(self, tmp_path):
        asked = []

        def make():
            asked.append(1)
            return [TARGET]

        for _ in range(2):
            assert kept("some", load_base(), make, folder=tmp_path) == [TARGET]
        assert len(asked) == 1

    def test_another_economy_is_asked_anew_and_takes_the_place(self, tmp_path):
        table = load_base()
        other = SimpleNamespace(base=SimpleNamespace(trade=table.base.trade * 1.01))
        kept("some", table, lambda: [TARGET], folder=tmp_path)
        found = kept("some", other, lambda: [replace(TARGET, model=2.0)], folder=tmp_path)
        assert found[0].model == 2.0
        assert len(list((tmp_path / "validate").iterdir())) == 1

    def test_a_broken_file_is_made_anew(self, tmp_path):
        kept("some", load_base(), lambda: [TARGET], folder=tmp_path)
        next((tmp_path / "validate").iterdir()).write_text("[{", encoding="utf-8")
        assert kept("some", load_base(), lambda: [TARGET], folder=tmp_path) == [TARGET]

    def test_a_folder_that_cannot_be_written_costs_only_time(self, tmp_path):
        blocked = tmp_path / "file"
        blocked.write_text("", encoding="utf-8")
        assert kept("some", load_base(), lambda: [TARGET], folder=blocked) == [TARGET]


class TestSuez:
    def test_ships_that_stayed_away_are_a_ratio(self):
        target = history._suez(2023, 2024, {2023: 200.0, 2024: 70.0})
        assert target.published == pytest.approx(524.6 / 1570)
        assert target.model == 0.35
        assert target.within

    def test_what_passes_as_before_is_a_misfit(self):
        assert not history._suez(2023, 2024, {2023: 200.0, 2024: 200.0}).within


@pytest.fixture(scope="module")
def found(world):
    return history.run(Assessor(world))


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestYears:
    def test_every_year_is_asked_and_nothing_is_fitted(self, found):
        assert {t.year for t in found} == set(history.YEARS)
        assert not any(t.fitted for t in found)

    def test_shippers_of_the_eu_turned_away_in_2022(self, found):
        boxes = {t.year: t.model for t in found if t.id.startswith("erai-transit-eu-teu")}
        assert boxes[2022] < 0.6 * boxes[2021]

    def test_trade_grew(self, found):
        boxes = {t.year: t.model for t in found if t.id.startswith("china-europe-teu")}
        assert boxes[2016] < boxes[2019] < boxes[2021]

    def test_the_page_is_up_to_date(self, found):
        lines = [
            [cell.strip() for cell in line.split("|")[1:-1]]
            for line in PAGE.read_text(encoding="utf-8").splitlines()
            if line.count("|") == 9
        ]
        shown = {(row[0], row[1]): row[4] for row in lines}
        for target in found:
            value = float(shown[target.what, str(target.year)].replace(",", ""))
            assert value == pytest.approx(target.model, rel=0.02), figure(target.model)
