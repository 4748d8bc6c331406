"""Every table and every source of the base world has its terms written down."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from landbridge import facts
from landbridge.economy.table.basetable import COMMITTED
from landbridge.facts import loader

ROOT = Path(__file__).parents[1]
LICENCES = (loader.ROOM / "data" / "LICENCE.md").read_text(encoding="utf-8")


def named() -> set[str]:
    return set(re.findall(r"`([a-z_*]+)`", LICENCES.partition("## Table by table")[2]))


@pytest.mark.parametrize("table", facts.tables())
def test_every_table_stands_in_the_licences(table):
    assert any(fnmatch(table, name) for name in named()), (
        f"add `{table}` to facts/data/LICENCE.md, Table by table"
    )


def test_rows_read_from_a_layer_are_said_to_be():
    """Tables with rows of confidence layer must stand in a line that names the layer's terms."""
    by_line = [line for line in LICENCES.splitlines() if line.startswith("| `")]
    for table in set(facts.tables()) - loader.UNSOURCED:
        if any(row.confidence == "layer" for row in facts.rows(table)):
            line = next(line for line in by_line if f"`{table}`" in line)
            assert "confidence layer" in line, table


def test_the_base_worlds_sources_stand_in_the_data_licence():
    text = (ROOT / "DATA_LICENCE.md").read_text(encoding="utf-8")
    about = json.loads(COMMITTED.with_suffix(".json").read_text(encoding="utf-8"))
    short = {"Open Trade Statistics", "OECD Inter-Country", "BACI", "GeoDist", "World Development"}
    for one in about["sources"]:
        assert any(name in one["name"] for name in short), one["name"]
        if one["noncommercial"]:
            assert one["licence"] == about["licence"]
    assert all(name in text for name in short)
    assert about["licence"].replace("CC-BY-NC-4.0", "CC BY-NC 4.0") in text
