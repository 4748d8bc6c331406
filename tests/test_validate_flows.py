"""Flows of the base year counted as those who publish them count, beside what they published."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from landbridge import facts
from landbridge.validate import flows, series_left_out
from landbridge.validate.counts import GATES, INLAND, by_mode, every_way
from landbridge.validate.question import as_published
from landbridge.validate.questions_rail import XINJIANG, teu_a_train
from landbridge.validate.sent import Sent
from landbridge.validate.targets import is_within

PUBLISHED = Path(__file__).parents[2] / "shared" / "facts" / "figures.csv"


@pytest.fixture(scope="module")
def counts(assessor):
    return flows.counted(assessor, assessor.table.year)


@pytest.fixture(scope="module")
def found(counts):
    return flows.compared(counts)


class TestQuestions:
    def test_every_series_is_asked_or_left_out_with_a_reason(self):
        asked = {question.series for question in flows.questions()}
        out = series_left_out.unasked()
        every = {row.series for row in facts.rows("flows_observed")}
        assert asked | set(out) | {"suez-net-tonnage"} == every
        assert not asked & set(out)
        assert all(out.values())

    def test_no_series_is_asked_twice(self):
        asked = [question.series for question in flows.questions()]
        assert len(asked) == len(set(asked))

    def test_a_year_without_a_count_has_none(self):
        assert as_published("titr-teu", 2016) is None

    def test_months_are_made_a_year(self):
        row = facts.row("flows_observed", "erenhot-teu-2023-m7")
        assert as_published("erenhot-teu", 2023) == pytest.approx(row.value * 12 / 7)

    def test_trains_after_the_last_count_are_as_full_as_in_it(self):
        assert teu_a_train(2025) == teu_a_train(2024)

    def test_every_fitted_constant_is_asked(self):
        fitted = {row.id for row in facts.rows("choice_constants") if row.fitted_to}
        assert fitted == set(flows.CONSTANTS)


class TestSent:
    """On the real network, with one edge loaded by hand."""

    @pytest.fixture
    def sent(self, world):
        network = world.network
        forward, backward = np.zeros((2, network.n_edges))
        row = [r.id for r in facts.rows("crossings")].index(XINJIANG[0])
        edge = np.flatnonzero(network.edge_crossing == row)[0]
        forward[edge], backward[edge] = 3.0, 1.0
        return Sent(network, forward, backward)

    def test_a_crossing_counts_both_ways_or_one(self, sent):
        assert sent.over(XINJIANG) == 4.0
        assert sent.over(XINJIANG, towards="KAZ") == 3.0
        assert sent.over(XINJIANG, towards="CHN") == 1.0

    def test_entries_count_towards_the_economy_by_its_modes(self, sent):
        assert sent.into("KAZ", ["rail"]) == 3.0
        assert sent.into("CHN", INLAND) == 1.0
        assert sent.into("KAZ", ["road"]) == 0.0
        assert sent.into("MNG", INLAND) == 0.0


@pytest.mark.slow
class TestCounts:
    def test_flows_with_and_without_an_economy_add_up(self, counts):
        through = counts.sent(counts.without("KAZ"), "t")
        own = counts.sent(~counts.without("KAZ"), "t")
        every = counts.sent(counts.every, "t")
        assert np.allclose(through.forward + own.forward, every.forward, rtol=1e-4, atol=1.0)

    def test_what_goes_through_leaves_again(self, counts):
        sent = counts.sent(counts.without("KAZ"), "t")
        out = 0.0
        for row in facts.rows("crossings"):
            if "KAZ" in (row.economy_a, row.economy_b) and row.mode in INLAND:
                other = row.economy_b if row.economy_a == "KAZ" else row.economy_a
                out += sent.over([row.id], towards=other)
        assert sent.into("KAZ", INLAND) == pytest.approx(out, rel=1e-3)

    def test_a_trip_that_enters_twice_is_one_transit(self, counts):
        once = counts.transit("KAZ", "t", ("rail",), counts.every)
        entries = counts.sent(counts.without("KAZ"), "t").into("KAZ", ("rail",))
        assert 0.5 * entries < once < 1.1 * entries

    def test_gates_of_xinjiang_carry_what_chose_them(self, counts):
        pairs = counts.trade(["CHN"], counts.europe)
        chose = counts.teu(("dostyk", "khorgos"), pairs)
        assert counts.sent(pairs, "teu").over(XINJIANG) >= chose * 0.999

    def test_shares_of_the_modes_are_the_whole(self, counts):
        pairs = counts.flow(["CHN"], counts.view.eu)
        for share in (counts.value_share, counts.weight_share):
            total = sum(share(mode, pairs) for mode in ("sea", "air", "road", "rail"))
            assert total == pytest.approx(1.0)

    def test_views_and_counts_agree(self, counts):
        pairs = counts.trade(["CHN"], counts.europe)
        assert counts.teu(GATES, pairs) == pytest.approx(
            sum(counts.view.china_europe_teu(way) for way in GATES)
        )
        assert counts.tonnes(every_way(), counts.every) == pytest.approx(counts.view.tonnes.sum())

    def test_agriculture_by_rail_is_a_part_of_all(self, counts):
        pairs = counts.out_of("KAZ")
        part = counts.tonnes(by_mode("rail"), pairs, ("agriculture",))
        assert 0.0 < part < counts.tonnes(by_mode("rail"), pairs)


@pytest.mark.slow
class TestTargets:
    def test_shipped_constants_fit_the_model_as_it_is(self, counts):
        off = {t.id: (t.published, t.model) for t in flows.constants(counts) if not t.within}
        assert off == {}

    def test_each_is_judged_by_its_range_and_has_an_answer(self, found):
        assert len({t.id for t in found}) == len(found)
        for t in found:
            assert t.model is not None
            assert math.isfinite(t.model)
            assert t.within == is_within(t.model, t.published_low, t.published_high)
            assert t.source

    def test_what_was_fitted_is_marked(self, found):
        marks = {t.id: t.fitted for t in found}
        assert marks["china-europe-teu-2023"]
        assert marks["china-europe-sea-teu-2023"]
        assert marks["extra-eu-imports-value-road-2023"]
        assert marks["titr-mt-2023"]
        for each in ("china-kaz-rail-transit-mt", "china-kaz-rail-mt", "kaz-transit-mt"):
            assert marks[f"{each}-2023"]
        for free in (
            "kaz-exports-china-rail-mt",
            "extra-eu-imports-value-air",
            "extra-eu-exports-value-air",
        ):
            assert not marks[f"{free}-2023"]

    def test_an_upper_limit_has_no_figure_of_its_own(self, found):
        laos = next(t for t in found if t.id.startswith("china-laos"))
        assert (laos.published, laos.published_low) == (None, None)
        assert laos.published_high == pytest.approx(29.1 - 11.2)
        assert laos.within == (laos.model <= laos.published_high)

    def test_a_published_range_stands_and_a_point_gets_the_tolerance(self, found):
        by_id = {t.id: t for t in found}
        ranged = by_id["eu-imports-china-value-rail-2023"]
        assert (ranged.published_low, ranged.published_high) == (0.018, 0.029)
        point = by_id["titr-mt-2023"]
        assert point.published_high == pytest.approx(2.764 * (1 + flows.TOLERANCE))


@pytest.mark.slow
@pytest.mark.skipif(not PUBLISHED.exists(), reason="the list of published figures is not at hand")
def test_figures_of_the_list_that_are_flows_are_in_the_targets(found):
    from csv import DictReader

    with PUBLISHED.open(encoding="utf-8") as file:
        listed = {
            (row["topic"], row["item"]): row["value"]
            for row in DictReader(file)
            if row["year"] == "2023"
        }
    published = {t.id: t.published for t in found}
    for series, key in (
        ("titr-mt", ("titr", "TITR freight volume")),
        ("titr-teu", ("titr", "TITR containers")),
        ("china-europe-teu", ("china_europe_trains", "China-Europe freight trains, TEU per year")),
        ("china-europe-value", ("china_europe_trains", "goods value")),
    ):
        assert published[f"{series}-2023"] == float(listed[key]), series
