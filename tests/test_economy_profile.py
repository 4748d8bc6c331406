"""`landbridge economy` and `landbridge base check`."""

from __future__ import annotations

import json

import pytest

from base_files import SHARED, needs_sources
from landbridge.cli.main import run

KEYS = {"iso3", "year", "gdp_usd_bn", "population_m", "goods_exports_usd_bn"}
KEYS |= {"goods_imports_usd_bn", "sectors", "partners", "imputed_share"}


def asked(capsys, *words):
    assert run(words) == 0
    return json.loads(capsys.readouterr().out)


def test_the_contract(capsys):
    found = asked(capsys, "economy", "KAZ", "--json")
    assert found.keys() >= KEYS
    assert found["iso3"] == "KAZ"
    value_added = sum(line["value_added_usd_bn"] for line in found["sectors"])
    assert value_added == pytest.approx(found["gdp_usd_bn"], rel=0.02)
    assert sum(line["share_of_goods_exports"] for line in found["partners"]) == pytest.approx(
        1, abs=1e-2
    )
    exports = sum(line["goods_exports_usd_bn"] for line in found["partners"])
    assert exports == pytest.approx(found["goods_exports_usd_bn"], rel=1e-3)
    assert 0.3 < found["oil_share"] < found["fuel_share"] < 1
    assert 0 < found["hhi_partners"] < found["hhi_products"] < 1
    assert found["partners"][0]["iso3"] == "CHN"


@pytest.mark.parametrize("iso3", ["kgz", "LUX", "ROW"])
def test_others(capsys, iso3):
    found = asked(capsys, "economy", iso3, "--json")
    assert found["iso3"] == iso3.upper()
    assert (found["population_m"] is None) == (iso3 == "ROW")


def test_for_people(capsys):
    assert run(["economy", "KAZ"]) == 0
    said = capsys.readouterr().out
    assert "Kazakhstan (KAZ), 2023" in said
    assert "crude oil" in said
    assert "█" in said
    assert "imputed" in said


def test_bad_input(capsys):
    assert run(["economy", "KAS"]) == 2
    assert "KAZ" in capsys.readouterr().err
    assert run(["economy", "KAZ", "--year", "1999"]) == 2
    assert "2023" in capsys.readouterr().err
    assert run(["economy", "KAZ", "--base", "nowhere.npz"]) == 2
    assert run(["base", "build", "--data", "nowhere"]) == 2


def test_base_check(capsys):
    found = asked(capsys, "base", "check", "--json")
    assert all(one["passed"] for one in found["checks"])
    assert found["licence"] == "CC-BY-NC-4.0"
    assert run(["base", "sources"]) == 0


@needs_sources
def test_an_earlier_year(capsys):
    """Kazakhstan reported goods exports of 79.2 bn USD in 2014 (WITS)."""
    words = ("economy", "KAZ", "--year", "2014", "--data", str(SHARED))
    found = asked(capsys, *words, "--json")
    assert found.keys() >= KEYS
    assert found["year"] == 2014
    assert found["goods_exports_usd_bn"] == pytest.approx(79.2, rel=0.01)
    assert found["oil_share"] > 0.5
    assert found["sectors"][0]["value_added_usd_bn"] is None
    assert sum(line["goods_exports_usd_bn"] for line in found["partners"]) == pytest.approx(
        found["goods_exports_usd_bn"], rel=1e-3
    )
    assert run(["economy", "KAZ", "--year", "1990", "--data", str(SHARED)]) == 2
    assert "from 2005 to 2016" in capsys.readouterr().err
