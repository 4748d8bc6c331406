"""Reads an OECD ICIO table as published, and says everything that is wrong with one."""

from __future__ import annotations

import numpy as np
import pytest

from base_files import ICIO_ECONOMIES, icio_frame, write_icio
from landbridge.economy.table.icio import read_icio
from landbridge.economy.table.labels import labels, sector_of_division
from landbridge.economy.table.technology import base_technology
from landbridge.errors import InputError


def test_reads_shares_trade_and_value_added(tmp_path):
    table = icio_frame()
    found = read_icio(write_icio(tmp_path, table))
    assert found.year == 2020
    assert found.economies == ICIO_ECONOMIES
    fine = found.technology
    np.testing.assert_allclose(fine.value_added_share + fine.input_share.sum(axis=1), 1.0)
    np.testing.assert_allclose(fine.final_share.sum(axis=1), 1.0)
    j = labels().sector("B05T06")
    bought = table.loc["KAZ_B05_06", [c for c in table.columns if c.startswith("CHN_")]].sum()
    assert found.trade[j, 0, 1] == pytest.approx(bought)
    taxed = table.loc[["VA", "TLS"], [c for c in table.columns if c.startswith("KAZ_")]].sum().sum()
    assert found.value_added[1] == pytest.approx(taxed)


def test_every_problem_is_in_one_message(tmp_path):
    table = icio_frame()
    table.loc["KAZ_C24", "OUT"] = 0.0
    table.loc["OUT", "KAZ_C24"] *= 1.5
    table.loc["CHN_F", "KAZ_L"] = -5.0
    with pytest.raises(InputError) as failure:
        read_icio(write_icio(tmp_path, table))
    said = str(failure.value)
    assert "KAZ_C24: sales add to" in said
    assert "KAZ_C24: costs add to" in said
    assert "KAZ_L: an input is negative" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.rename(index={"KAZ_C24": "KAZ_Z99"}, columns={"KAZ_C24": "KAZ_Z99"}), "'Z99'"),
        (lambda t: t.drop(index="KAZ_C24"), "row KAZ_C24 is missing"),
        (lambda t: t.drop(columns="KAZ_C24"), "column KAZ_C24 is missing"),
        (lambda t: t.drop(index="VA"), "row VA is missing"),
        (lambda t: t.drop(columns=["KAZ_HFCE", "KAZ_GFCF"]), "KAZ has no column of final demand"),
        (lambda t: t.reset_index(drop=True), "no ICIO table"),
    ],
)
def test_a_bent_table_is_refused(tmp_path, change, words):
    with pytest.raises(InputError, match=words):
        read_icio(write_icio(tmp_path, change(icio_frame())))


def test_a_sector_left_out_everywhere_is_named(tmp_path):
    table = icio_frame()
    oil = [name for name in table.index if name.endswith("B05_06")]
    table = table.drop(index=oil, columns=oil)
    for name in [n for n in table.index if n[3:4] == "_"]:
        table.loc["OUT", name] = table.loc[name].drop("OUT").sum()
        table.loc["VA", name] = table.loc["OUT", name] - table[name].drop(["VA", "OUT"]).sum()
    with pytest.raises(InputError, match="sector B05T06 has no rows"):
        read_icio(write_icio(tmp_path, table))


def test_the_year_is_in_the_name(tmp_path):
    with pytest.raises(InputError, match="YYYY_SML"):
        read_icio(write_icio(tmp_path, icio_frame(), "table.csv"))


def test_economies_that_are_missing_are_listed(tmp_path):
    fine = read_icio(write_icio(tmp_path, icio_frame())).technology
    with pytest.raises(InputError, match="no rows of ARG, AUS"):
        base_technology(fine)


def test_divisions_of_every_edition_have_a_sector():
    later = ["A01", "A02", "B05", "B06", "B07", "B08", "C301", "C302T309", "C24A", "C24B", "J58T60"]
    assert all(sector_of_division(code) for code in later)
    assert sector_of_division("C24A") == "C24"
    assert sector_of_division("X1") is None
