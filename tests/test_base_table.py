"""The base world: balances, matches its sources, says what is imputed, builds the same again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from base_files import SHARED, needs_sources, position
from landbridge import facts
from landbridge.economy.base import Shock
from landbridge.economy.equilibrium import solve
from landbridge.economy.table import build
from landbridge.economy.table.basetable import COMMITTED, load_base
from landbridge.economy.table.build import build_base
from landbridge.economy.table.checks import check_table
from landbridge.economy.table.elasticities import trade_elasticities
from landbridge.economy.table.icio import Icio
from landbridge.economy.table.labels import labels, products
from landbridge.economy.table.services import services_from_table
from landbridge.economy.table.technology import FineTechnology
from landbridge.errors import InputError

BETWEEN = {
    "China and its west": ("CHN", "MNG", "KAZ", "KGZ", "UZB", "TJK", "TKM", "AFG"),
    "south": ("PAK", "IND", "IRN"),
    "to the sea and the Union": ("AZE", "GEO", "ARM", "TUR", "RUS", "BLR", "UKR"),
}
MEMBERS = facts.row("trade_blocs", "eu").members


@pytest.fixture(scope="module")
def world():
    return load_base()


def test_has_every_economy_between_china_and_the_union(world):
    assert set(MEMBERS).union(*BETWEEN.values()) <= set(world.labels.economies)
    assert len(MEMBERS) == 27
    assert world.labels.economies[-1] == "ROW"


@pytest.fixture(scope="module")
def checks(world):
    return {check.id: check for check in check_table(world)}


ACCOUNTS = ["expenditure", "output", "value-added", "markets", "walras", "deficits"]
SOURCES = ["gdp", "goods-exports", "goods-imports"]


@pytest.mark.parametrize(
    "check", [*ACCOUNTS, *SOURCES, "negative", "home-share", "output-to-gdp", "nothing"]
)
def test_passes(checks, check):
    assert checks[check].passed, checks[check]


def test_nothing_in_nothing_out(world):
    found = solve(world.base)
    np.testing.assert_array_equal(found.wage_hat, 1.0)
    np.testing.assert_array_equal(found.price_hat, 1.0)
    # The last bit: income is summed in another order than the base's.
    np.testing.assert_allclose(found.real_income_hat, 1.0, rtol=1e-14)


def test_a_shock_solves_and_helps_who_it_should(world):
    base = world.base
    kaz, chn = position("KAZ"), position("CHN")
    cheaper = np.ones_like(base.tariff)
    cheaper[:, kaz, chn] = cheaper[:, chn, kaz] = 0.95
    found = solve(base, Shock(iceberg_hat=cheaper))
    assert found.real_income_hat[kaz] > 1.001
    assert found.real_income_hat[chn] > 1.0
    assert found.real_income_hat[kaz] > found.real_income_hat[position("BRA")]


def test_is_small_and_names_its_licence(world):
    assert COMMITTED.stat().st_size < 3_000_000
    assert world.provenance["licence"] == "CC-BY-NC-4.0"
    for one in world.provenance["sources"]:
        assert len(one["sha256"]) == 64
        assert one["licence"]
        assert one["address"]


def test_imputed_blocks_are_marked(world):
    services = [j for j, goods in enumerate(world.labels.goods) if not goods]
    apart = ~np.eye(len(world.gdp), dtype=bool)
    electricity = labels().sector("D_E")
    for j in services:
        if j != electricity:
            assert world.imputed[j][apart].all()
    for iso3 in ["KGZ", "UZB", "TJK", "TKM", "MNG", "GEO", "AZE", "ARM", "IRN", "AFG"]:
        n = position(iso3)
        assert world.technology[n] == 2
        assert world.imputed[:, n, n].all()
    assert world.technology[position("KAZ")] == 1
    assert ((world.imputed_share > 0.0) & (world.imputed_share < 1.0)).all()
    assert world.imputed_share[position("KGZ")] > world.imputed_share[position("DEU")]


def test_elasticities_come_with_their_range():
    found = trade_elasticities()
    assert (found.low <= found.theta).all()
    assert (found.theta <= found.high).all()
    assert (found.spread >= 0.0).all()
    np.testing.assert_allclose(load_base().base.theta, found.theta)


@needs_sources
@pytest.mark.parametrize("iso3", ["KAZ", "CHN", "DEU", "USA", "RUS", "UZB", "TUR", "POL"])
def test_goods_and_gdp_are_those_of_the_sources(world, iso3):
    totals = pd.read_csv(SHARED / "baci2023_bilateral194/baci_2023_total.csv.gz")
    gdp = pd.read_csv(SHARED / "baci2023_bilateral194/countries_gdp.csv").set_index("iso3")
    n = position(iso3)
    counted = [j for j, goods in enumerate(labels().goods) if goods] + [labels().sector("D_E")]
    trade = world.base.trade[counted]
    exports = trade[:, :, n].sum() - trade[:, n, n].sum()
    imports = trade[:, n, :].sum() - trade[:, n, n].sum()
    sold = totals.loc[totals["exporter"] == iso3, "value_kusd"].sum() / 1e3
    bought = totals.loc[totals["importer"] == iso3, "value_kusd"].sum() / 1e3
    assert exports == pytest.approx(sold, rel=0.01)
    assert imports == pytest.approx(bought, rel=0.01)
    earned = world.base.value_added[n] + world.base.tariff_revenue[n]
    assert earned == pytest.approx(gdp.loc[iso3, "gdp_usd_latest"] / 1e6, rel=0.01)


@needs_sources
def test_kazakhstans_exports_look_like_those_of_2021(world):
    """Shares by sector of 2016-18, fitted to pairs of 2023, beside BACI's products of 2021."""
    table = pd.read_csv(SHARED / "kaz_hs6_and_adb/kaz_exports_2021.csv")
    crude = table.loc[table["k"] // 100 == 2709, "v"].sum() / table["v"].sum()
    exports = world.provenance["goods_musd"]["exports"][position("KAZ")]
    assert world.products["crude"][position("KAZ")] / exports == pytest.approx(crude, abs=0.06)


@needs_sources
def test_builds_the_same_again(world, tmp_path):
    built = build_base(SHARED)
    np.testing.assert_allclose(built.base.shares, world.base.shares, atol=1e-9)
    np.testing.assert_allclose(built.base.expenditure, world.base.expenditure, rtol=1e-7)
    np.testing.assert_array_equal(built.how, world.how)
    built.save(tmp_path / "again.npz")
    again = load_base(tmp_path / "again.npz")
    np.testing.assert_allclose(again.base.shares, built.base.shares, rtol=1e-12)
    assert again.provenance["licence"] == "CC-BY-NC-4.0"


def test_a_table_that_does_not_balance_fails_its_check(world):
    spending = world.base.expenditure.copy()
    spending[position("KAZ")] *= 1.001
    bent = replace(world, base=replace(world.base, expenditure=spending))
    failed = {check.id: check.where for check in check_table(bent) if not check.passed}
    assert failed["expenditure"] == "KAZ"
    assert {"expenditure", "value-added", "nothing"} <= failed.keys()


def test_foreign_files_are_refused(tmp_path):
    with pytest.raises(InputError, match="no base table"):
        load_base(tmp_path / "none.npz")
    np.savez(tmp_path / "other.npz", a=np.ones(2))
    with pytest.raises(InputError, match="it holds no"):
        load_base(tmp_path / "other.npz")
    held = dict(np.load(COMMITTED))
    held["economies"] = np.where(held["economies"] == "KAZ", "XKX", held["economies"])
    np.savez(tmp_path / "foreign.npz", **held)
    with pytest.raises(InputError, match=r"(?s)KAZ is missing.*XKX is unknown"):
        load_base(tmp_path / "foreign.npz")


HEADINGS = {"B05T06 crude": 270900, "C24": 740311, "C26T27": 847130, "A01T03": 100199}
HEADINGS |= {"B07T09": 260300, "C10T12": 150710, "C13T15": 620342, "C19": 271019, "C20T22": 300490}
HEADINGS |= {"C25_C28": 843149, "C29T30": 870323, "C16T18_C23_C31T33": 940360, "D_E": 271600}


def _as_baci(world, folder):
    """Goods of the base world as a BACI file, one product a sector."""
    names = [row.iso3 for row in facts.rows("economies") if row.iso3 != "ROW"] + ["KEN"]
    size = len(names)
    lines = ["t,i,j,k,v,q"]
    for name, product in HEADINGS.items():
        flows = world.base.trade[labels().sector(name.split()[0])]
        for n in range(size):
            lines += [
                f"2023,{i + 1},{n + 1},{product},{flows[n, i] * 1e3:.6f},1"
                for i in range(size)
                if i != n and flows[n, i] > 0.0
            ]
    order = [*world.labels.economies[:-1], "KEN"]
    codes = pd.DataFrame({"country_code": range(1, size + 1), "country_iso3": order})
    codes.to_csv(folder / "country_codes_V202501.csv", index=False)
    path = folder / "BACI_HS22_Y2023_V202501.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


@needs_sources
def test_a_baci_file_takes_the_place_of_totals_and_shares(world, tmp_path):
    built = build_base(SHARED, baci=_as_baci(world, tmp_path))
    apart = ~np.eye(len(world.gdp), dtype=bool)
    goods = np.unique(products().sector)
    ours, theirs = (t.base.trade[goods] * apart for t in (built, world))
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-6)
    assert built.provenance["licence"] == "CC-BY-4.0"
    assert (built.how[goods][:, apart] == 0).all()
    assert all(check["passed"] for check in built.provenance["checks"])


def _table(world):
    """An input-output table of the economies that OECD ICIO has, made from the base world."""
    kept = [row.iso3 for row in facts.rows("economies") if row.in_icio]
    place = [position(iso3) for iso3 in kept]
    base = world.base
    fine = FineTechnology(
        tuple(kept),
        tuple(isic.split("_")[0] for isic in labels().sectors),
        base.value_added_share[place],
        base.input_share[place],
        base.final_share[place],
        base.output[place],
    )
    trade = base.trade[:, place][:, :, place]
    return Icio(2020, fine, tuple(kept), 0.5 * trade, 0.5 * base.value_added[place])


def test_services_of_a_table_grow_with_gdp(world):
    table = _table(world)
    gravity = np.where(world.how == 3, world.base.trade, 0.0)
    found, given = services_from_table(gravity, table, 2.0 * world.base.value_added)
    kaz, chn, kgz = position("KAZ"), position("CHN"), position("KGZ")
    j = labels().sector("H")
    # Half the trade, at half the GDP of a world that has since grown fourfold.
    assert found[j, kaz, chn] == pytest.approx(2.0 * gravity[j, kaz, chn])
    assert found[j, kaz, kgz] == pytest.approx(2.0 * gravity[j, kaz, kgz])
    assert given[kaz, chn]
    assert not given[kaz, kgz]
    assert not given[kaz, kaz]
    assert (found[labels().sector("C24")] == 0.0).all()


@needs_sources
def test_an_icio_table_takes_the_place_of_parameters_and_gravity(world, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "read_icio", lambda _: _table(world))
    path = tmp_path / "2020_SML.csv"
    path.write_text("stands for the table")
    built = build_base(SHARED, icio=path)
    assert built.technology[position("KAZ")] == 0
    j, kaz, chn = labels().sector("H"), position("KAZ"), position("CHN")
    assert built.how[j, kaz, chn] == 0
    assert built.how[j, kaz, position("KGZ")] == 3
    assert built.base.trade[j, kaz, chn] == pytest.approx(world.base.trade[j, kaz, chn], rel=0.05)
    assert all(check["passed"] for check in built.provenance["checks"])


def test_no_check_is_left_out(checks):
    assert len(checks) == len(ACCOUNTS) + len(SOURCES) + 4
