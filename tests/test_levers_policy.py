"""Levers of policy: who is hit by how much, nothing counted twice, everything wrong named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from landbridge import facts
from landbridge.economy.table.basetable import load_base
from landbridge.levers.agreement import Agreement
from landbridge.levers.bargain import (
    grouped,
    pairs_between,
    share_agreement,
    tariff_part,
    without_agreement,
)
from landbridge.levers.bloc import Bloc
from landbridge.levers.effects import EdgeEffect, TariffEffect, TradeEffect
from landbridge.levers.lever import Stage
from landbridge.levers.mobility import CARRIED, Mobility
from landbridge.levers.nontariff import NonTariff
from landbridge.levers.parties import expand, members
from landbridge.levers.plant import Plant
from landbridge.levers.productivity import Productivity
from landbridge.levers.published import Z_90, effect
from landbridge.levers.quantity import Quantity
from landbridge.levers.rates import usual_tariff
from landbridge.levers.sanction import Sanction
from landbridge.levers.sectors import sector_problems, sectors_named
from landbridge.levers.tariff import Tariff
from small_network import chain

TABLE = load_base()
SOURCE = {"source": "a test"}
GOODS = sectors_named(["goods"])
CODES = st.lists(st.sampled_from(TABLE.labels.economies), min_size=1, max_size=6, unique=True)


def stage(year=2025):
    return Stage(year, chain(), TABLE)


def applied(effects, rates=None):
    """Tariffs after the effects, as the assessment applies them."""
    after = np.array(TABLE.base.tariff if rates is None else rates)
    at = TABLE.labels
    for change in effects:
        if not isinstance(change, TariffEffect):
            continue
        grid = np.ix_(
            [at.sector(s) for s in change.sectors],
            [at.economy(n) for n in change.importers],
            [at.economy(i) for i in change.exporters],
        )
        level = change.level
        after[grid] = level if level is not None else after[grid] * change.factor + change.add
    return after


# Sectors


@pytest.mark.parametrize("row", facts.rows("sectors"), ids=lambda row: row.id)
def test_a_sector_is_known_by_id_isic_and_name(row):
    assert [sectors_named([name]) for name in (row.id, row.isic, row.name)] == [(row.isic,)] * 3


def test_groups_of_sectors_add_up_to_all():
    both = {*sectors_named(["goods"]), *sectors_named(["services"])}
    assert both == {*sectors_named(["all"])} == {*TABLE.labels.sectors}
    assert sectors_named([]) == GOODS


def test_wrong_sectors_are_named_with_suggestions():
    found = list(sector_problems(["metls", "transport", "food"], goods_only=True))
    assert "did you mean 'metals'" in found[0]
    assert "'transport' is not goods" in found[1]
    assert len(found) == 2


# Published sizes


def test_a_default_carries_its_published_interval():
    row = facts.by_id("gravity_estimates")["agreement"]
    found = effect("agreement")
    assert found.value == pytest.approx(row.value, abs=1e-4)
    assert found.high - found.value == pytest.approx(Z_90 * row.standard_error, abs=1e-4)
    assert effect("sanction-complete").low == pytest.approx(np.log(0.15), abs=1e-4)


@pytest.mark.parametrize(
    "lever",
    [
        Agreement(parties_a=["EAEU"], parties_b=["CHN"], **SOURCE),
        Bloc(bloc="EAEU", joins=["UZB"], **SOURCE),
        Sanction(by=["EU"], on=["RUS"], **SOURCE),
        Mobility(parties_a=["CHN"], parties_b=["C5"], visa_free=True, **SOURCE),
    ],
    ids=lambda lever: lever.kind,
)
def test_defaults_are_drawn_with_their_interval(lever):
    assert lever.uncertain == ("trade_log",)
    low, high = (lever.drawn({"trade_log": share}).trade_log.value for share in (0.05, 0.95))
    assert low == pytest.approx(lever.trade_log.low)
    assert high == pytest.approx(lever.trade_log.high)


# Tariffs and other costs


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"rate_pct": 4}, lambda t: 0.04),
        ({"change_pct": -1}, lambda t: t - 0.01),
        ({"factor": 0.5}, lambda t: t / 2),
    ],
)
def test_a_tariff_is_set_moved_or_multiplied(change, expected):
    lever = Tariff(importers=["CHN"], exporters=["EAEU"], sectors=["food"], **change, **SOURCE)
    assert list(lever.problems(stage())) == []
    after, at = applied(lever.effects(stage())), TABLE.labels
    food, chn, kaz = at.sector("C10T12"), at.economy("CHN"), at.economy("KAZ")
    assert after[food, chn, kaz] == pytest.approx(expected(TABLE.base.tariff[food, chn, kaz]))
    untouched = np.ones(after.shape, dtype=bool)
    untouched[food, chn, [at.economy(c) for c in expand(["EAEU"], stage())]] = False
    assert (after == TABLE.base.tariff)[untouched].all()


def test_everything_wrong_with_a_tariff_is_said_at_once():
    lever = Tariff(
        importers=["Kazakstan"],
        exporters=[],
        sectors=["vehicle", "construction"],
        rate_pct=5,
        factor=2,
        from_year=2030,
        to_year=2025,
        **SOURCE,
    )
    said = " | ".join(lever.problems(stage()))
    for part in (
        "did you mean 'Kazakhstan'",
        "exporters names nobody",
        "did you mean 'vehicles'",
        "'construction' is not goods",
        "rate_pct and factor contradict",
        "from_year 2030 is after",
    ):
        assert part in said


def test_others_are_those_whom_the_other_side_does_not_name():
    lever = Tariff(importers=["EAEU"], exporters=["others"], change_pct=1, **SOURCE)
    (change,) = lever.effects(stage())
    assert set(change.exporters) == {*TABLE.labels.economies} - {*change.importers}
    nobody = Tariff(importers=["others"], exporters=["others"], change_pct=1, **SOURCE)
    assert any("names nobody" in said for said in nobody.problems(stage()))


def test_non_tariff_costs_need_one_size():
    sizes = {"importers": ["KAZ"], "exporters": ["all"], **SOURCE}
    (change,) = NonTariff(cost_pct=-3.5, **sizes).effects(stage())
    assert (change.cost_pct, change.trade_log, change.sectors) == (-3.5, 0.0, GOODS)
    assert "nothing is changed" in " ".join(NonTariff(**sizes).problems(stage()))
    both = NonTariff(cost_pct=1, trade_log=0.1, **sizes)
    assert "contradict" in " ".join(both.problems(stage()))


def test_a_lever_takes_no_field_it_does_not_know():
    with pytest.raises(ValidationError, match="rate"):
        Tariff(importers=["KAZ"], exporters=["CHN"], rate=5, **SOURCE)


# Agreements


@given(buys=CODES, sells=CODES)
@settings(deadline=None, max_examples=30)
def test_grouped_pairs_are_the_pairs(buys, sells):
    pairs = pairs_between(buys, sells)
    back = {(n, i) for sellers, buyers in grouped(pairs).items() for n in buyers for i in sellers}
    assert back == pairs


def test_tariffs_are_not_counted_twice():
    lever = Agreement(parties_a=["CHN"], parties_b=["EU"], trade_log=0.6, **SOURCE)
    pairs = pairs_between(["CHN"], members("EU", 2025))
    effects = list(lever.effects(stage()))
    part = tariff_part(pairs, GOODS, TABLE)
    assert 0.05 < part < 0.6
    (beyond,) = {e.trade_log for e in effects if isinstance(e, TradeEffect)}
    assert beyond == pytest.approx(0.6 - part)
    after, at = applied(effects), TABLE.labels
    held = after[: len(GOODS), at.economy("CHN"), at.economy("DEU")]
    assert (held == 0.0).all()


def test_the_tariff_part_is_the_weighted_log_of_the_cut():
    at, base = TABLE.labels, TABLE.base
    j, n, i = at.sector("C29T30"), at.economy("CHN"), at.economy("DEU")
    found = tariff_part([("CHN", "DEU")], ("C29T30",), TABLE)
    assert found == pytest.approx(base.theta[j] * np.log(1 + base.tariff[j, n, i]))
    assert tariff_part([("CHN", "DEU")], GOODS, TABLE, base.tariff) == pytest.approx(0.0)


def test_an_agreement_smaller_than_its_tariff_cut_adds_no_cost():
    lever = Agreement(parties_a=["CHN"], parties_b=["EU"], trade_log=0.01, **SOURCE)
    assert not [e for e in lever.effects(stage()) if isinstance(e, TradeEffect)]


def test_without_tariff_cuts_only_the_rest_is_left():
    whole = {"parties_a": ["EAEU"], "parties_b": ["CHN"], **SOURCE}
    kept = list(Agreement(tariffs="keep", **whole).effects(stage()))
    assert all(isinstance(e, TradeEffect) for e in kept)
    cut = [e for e in Agreement(**whole).effects(stage()) if isinstance(e, TradeEffect)]
    assert kept == cut


def test_pairs_that_have_an_agreement_gain_nothing_more():
    assert share_agreement(("KAZ", "UZB"), 2023)
    assert not without_agreement([("KAZ", "UZB")], TABLE)
    lever = Agreement(parties_a=["EAEU"], parties_b=["UZB"], **SOURCE)
    assert "nothing would change" in " ".join(lever.problems(stage()))
    assert list(lever.effects(stage())) == []


def test_services_take_the_whole_effect_where_they_are_named():
    lever = Agreement(
        parties_a=["CHN"], parties_b=["EU"], depth="goods+services", trade_log=0.5, **SOURCE
    )
    services = sectors_named(["services"])
    held = [e for e in lever.effects(stage()) if isinstance(e, TradeEffect)]
    assert {e.trade_log for e in held if e.sectors == services} == {0.5}


# Blocs


def test_who_joins_a_customs_union_takes_its_outer_tariff():
    lever = Bloc(bloc="EAEU", joins=["Uzbekistan"], **SOURCE)
    assert list(lever.problems(stage())) == []
    after, at = applied(lever.effects(stage())), TABLE.labels
    uzb, rus = at.economy("UZB"), at.economy("RUS")
    outside = [k for k, c in enumerate(at.economies) if c not in {"UZB", *members("EAEU", 2025)}]
    goods = [at.sector(isic) for isic in GOODS]
    grid = np.ix_(goods, [uzb], outside)
    largest = TABLE.base.tariff[np.ix_(goods, [rus], outside)]
    np.testing.assert_allclose(after[grid], largest, atol=1e-6)
    assert (after[:, uzb, rus] == 0.0).all()


def test_a_free_trade_area_leaves_outer_tariffs_alone():
    lever = Bloc(bloc="CIS FTA", joins=["TKM"], **SOURCE)
    after, at = applied(lever.effects(stage())), TABLE.labels
    tkm = at.economy("TKM")
    assert (after[:, tkm, at.economy("CHN")] == TABLE.base.tariff[:, tkm, at.economy("CHN")]).all()
    assert (after[: len(GOODS), tkm, at.economy("RUS")] == 0.0).all()


def test_who_leaves_pays_the_usual_tariff_and_loses_the_rest():
    effects = list(Bloc(bloc="GCC", leaves=["QAT"], **SOURCE).effects(stage()))
    after, at = applied(effects), TABLE.labels
    are, qat = at.economy("ARE"), at.economy("QAT")
    usual = usual_tariff("ARE", TABLE)[: len(GOODS)]
    np.testing.assert_allclose(after[: len(GOODS), are, qat], usual, atol=1e-6)
    logs = {e.trade_log for e in effects if isinstance(e, TradeEffect)}
    assert len(logs) == 1
    assert -effect("agreement").value < logs.pop() < 0.0


def test_leaving_the_eu_ends_what_holds_through_the_eu():
    assert share_agreement(("HUN", "DEU"), 2023)
    assert not share_agreement(("HUN", "DEU"), 2023, besides="eu")
    lever = Bloc(bloc="EU", leaves=["HUN"], **SOURCE)
    assert list(lever.problems(stage())) == []
    after, at = applied(lever.effects(stage())), TABLE.labels
    assert after[at.sector("C29T30"), at.economy("DEU"), at.economy("HUN")] > 0.0
    assert (after[:, at.economy("DEU"), at.economy("FRA")] == 0.0).all()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"bloc": "SCO", "joins": ["TUR"]}, "unknown trade bloc 'SCO'"),
        ({"bloc": "EAEU", "joins": ["KAZ"]}, "is a member of EAEU in 2025 already"),
        ({"bloc": "EAEU", "leaves": ["UZB"]}, "no member of EAEU"),
        ({"bloc": "EAEU"}, "at least one of joins, leaves"),
        ({"bloc": "EAEU", "leaves": ["KGZ"]}, "shares another agreement"),
    ],
)
def test_impossible_blocs_are_refused(fields, said):
    assert said in " | ".join(Bloc(**fields, **SOURCE).problems(stage()))


def test_a_bloc_before_its_time_is_refused():
    said = " ".join(Bloc(bloc="EAEU", joins=["UZB"], **SOURCE).problems(stage(2010)))
    assert "in force from 2015" in said


# Sanctions


def test_a_sanction_hits_both_ways_unless_told_otherwise():
    both = Sanction(by=["EU"], on=["BLR"], **SOURCE)
    hit = {(n, i) for e in both.effects(stage()) for n in e.importers for i in e.exporters}
    assert {("BLR", "DEU"), ("DEU", "BLR")} < hit
    one = both.model_copy(update={"both_ways": False})
    hit = {(n, i) for e in one.effects(stage()) for n in e.importers for i in e.exporters}
    assert ("BLR", "DEU") in hit
    assert ("DEU", "BLR") not in hit


def test_shut_trade_needs_no_size():
    lever = Sanction(by=["EU"], on=["BLR"], sectors=["chemicals"], shut=True, **SOURCE)
    assert list(lever.problems(stage())) == []
    assert all(e.shut and e.sectors == ("C20T22",) for e in lever.effects(stage()))
    two = Sanction(by=["EU"], on=["BLR"], trade_log=-1, shut=True, **SOURCE)
    assert "contradict" in " ".join(two.problems(stage()))


def test_a_sanction_does_not_help():
    lever = Sanction(by=["EU"], on=["BLR"], trade_log=0.2, **SOURCE)
    assert "lowers trade" in " ".join(lever.problems(stage()))


def test_transit_shuts_the_borders_between_the_two():
    net = chain()
    tail, head = net.node_economy[net.edge_tail], net.node_economy[net.edge_head]
    between = np.flatnonzero(net.edge_border_rule > 0)
    assert len(between)
    a, b = (net.economies[int(code[between[0]])] for code in (tail, head))
    lever = Sanction(by=[a], on=[b], transit=True, **SOURCE)
    assert list(lever.problems(stage())) == []
    (shut,) = [e for e in lever.effects(stage()) if isinstance(e, EdgeEffect)]
    assert shut.open is False
    assert {frozenset((int(tail[k]), int(head[k]))) for k in shut.edges} == {
        frozenset((int(tail[between[0]]), int(head[between[0]])))
    }


def test_transit_across_no_border_is_refused():
    lever = Sanction(by=["KAZ"], on=["KAZ"], transit=True, **SOURCE)
    assert "no crossing leads" in " ".join(lever.problems(stage()))


# Plants and productivity


def test_a_plant_of_the_table_makes_what_its_cost_allows():
    row = facts.row("industrial_projects", "copper-smelter-near-aktogay")
    lever = Plant(project=row.id, **SOURCE)
    assert list(lever.problems(stage())) == []
    (change,) = lever.effects(stage())
    at = TABLE.labels
    share = TABLE.base.value_added_share[at.economy("KAZ"), at.sector("C24")]
    value_added = change.output_usd_mn * share
    assert value_added == pytest.approx(row.cost_usd_mn / effect("capital-output").value)
    assert (change.economies, change.sectors) == (("KAZ",), ("C24",))
    assert f"{row.jobs:,.0f} jobs" in lever.describe()


def test_output_that_is_given_wins_over_the_rule():
    lever = Plant(economy="KAZ", sector="vehicles", output_usd_mn=700, **SOURCE)
    assert list(lever.problems(stage())) == []
    (change,) = lever.effects(stage())
    assert change.output_usd_mn == 700.0


@given(cost=st.floats(1.0, 1e5), factor=st.floats(1.1, 10.0))
@settings(deadline=None, max_examples=20)
def test_output_grows_with_cost_in_proportion(cost, factor):
    def made(money):
        lever = Plant(economy="KAZ", sector="food", cost_usd_mn=money, **SOURCE)
        return lever.output(stage())

    assert made(cost * factor) == pytest.approx(made(cost) * factor)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"project": "copper-smelter-near-aktogai"}, "did you mean 'copper-smelter-near-aktogay'"),
        ({"project": "programme-list-november-2017"}, "is no plant"),
        ({"economy": "KAZ", "sector": "food"}, "give one, or a project with a cost"),
        ({"sector": "food", "cost_usd_mn": 3}, "economy is missing"),
        ({"economy": "KAZ", "sector": "goods", "cost_usd_mn": 3}, "name one of each"),
        ({"economy": "KAZ", "sector": "food", "cost_usd_mn": -3}, "must be above 0"),
    ],
)
def test_impossible_plants_are_refused(fields, said):
    assert said in " | ".join(Plant(**fields, **SOURCE).problems(stage()))


def test_productivity_divides_cost():
    lever = Productivity(economies=["C5"], sectors=["services"], change_pct=5, **SOURCE)
    (change,) = lever.effects(stage())
    assert change.hat == pytest.approx(1.05)
    assert set(change.economies) == {"KAZ", "KGZ", "TJK", "TKM", "UZB"}
    assert change.sectors == sectors_named(["services"])
    wild = Productivity(
        economies=["KAZ"], change_pct=Quantity(value=-60, low=-90, high=-40), **SOURCE
    )
    assert "must stay above -100" in " ".join(wild.problems(stage()))


# Mobility


def test_visas_fall_for_what_people_carry_both_ways():
    lever = Mobility(parties_a=["CHN"], parties_b=["KAZ"], visa_free=True, **SOURCE)
    assert list(lever.problems(stage())) == []
    effects = list(lever.effects(stage()))
    assert {(e.importers, e.exporters) for e in effects} == {
        (("CHN",), ("KAZ",)),
        (("KAZ",), ("CHN",)),
    }
    assert {e.sectors for e in effects} == {sectors_named(CARRIED)}
    assert [e.trade_log for e in effects] == pytest.approx([-np.log(0.8)] * 2, abs=1e-4)
    nothing = Mobility(parties_a=["CHN"], parties_b=["KAZ"], **SOURCE)
    assert "nothing is changed" in " ".join(nothing.problems(stage()))
