"""Reads BACI as CEPII publishes it."""

from __future__ import annotations

import pytest

from base_files import position, write_baci
from landbridge.economy.table.labels import labels, products
from landbridge.economy.table.trade import read_baci
from landbridge.errors import InputError

ROWS = [
    (398, 156, 270900, "1000.5", "2.0"),
    (398, 156, 740311, "200", "          NA"),
    (156, 251, 847130, "5000", "1"),
    (490, 398, 854231, "70", "1"),
]


def test_values_land_in_product_and_pair(tmp_path):
    goods = read_baci(write_baci(tmp_path, ROWS))
    crude = products().names.index("B05T06 crude")
    assert goods.flows[crude, position("CHN"), position("KAZ")] == pytest.approx(1.0005)
    electronics = labels().sector("C26T27")
    assert goods.by_sector[electronics, position("FRA"), position("CHN")] == pytest.approx(5.0)
    # Other Asia has no row of its own.
    assert goods.by_sector[electronics, position("KAZ"), position("ROW")] == pytest.approx(0.07)
    assert goods.flows.sum() == pytest.approx(6.2705)
    # What importers take by heading weighs their tariffs.
    assert goods.headings[position("CHN"), [2709, 7403]].tolist() == pytest.approx([1.0005, 0.2])
    assert goods.headings.sum() == pytest.approx(6.2705)


def test_every_problem_is_in_one_message(tmp_path):
    bad = [
        *ROWS,
        (999, 156, 270900, "1", "1"),
        (398, 156, 980000, "1", "1"),
        (398, 156, 10121, "-3", "1"),
    ]
    with pytest.raises(InputError) as failure:
        read_baci(write_baci(tmp_path, bad))
    said = str(failure.value)
    assert "country code 999" in said
    assert "product 980000" in said
    assert "1 values v are negative" in said


def test_codes_must_lie_beside_it(tmp_path):
    path = write_baci(tmp_path, ROWS)
    (tmp_path / "country_codes_V202501.csv").unlink()
    with pytest.raises(InputError, match="country_codes"):
        read_baci(path)


def test_a_foreign_file_is_named(tmp_path):
    path = write_baci(tmp_path, ROWS)
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="lacks the columns t, i, j, k, v"):
        read_baci(path)
