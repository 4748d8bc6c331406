"""Registers and the graph of who met whom."""

from __future__ import annotations

import csv
from xml.etree import ElementTree as Tree

import pytest

from landbridge.errors import UnknownNameError
from landbridge.evidence.graphs import write_graph
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.read import facts_of
from landbridge.evidence.registers import graph, registers

TEXT = (
    "In May 2018 Kazakhstan and China signed a treaty on water. In all 174 documents were signed. "
    "The Khorgos Dry Port is under construction for $600 million and will give 5,000 jobs. "
    "Xu Hai, Director of Huawei Technologies, said that the road is good for all of us."
)


@pytest.fixture(scope="module")
def drawn():
    document = Document("d", TEXT, "2018-06-01")
    start = TEXT.index("Khorgos Dry Port")
    port = Fact("d", "project", "Khorgos Dry Port", start, start + 16, "Khorgos Dry Port")
    return registers([document], [*facts_of(document), port])


def test_agreements_named_stand_beside_the_total_claimed(drawn):
    assert any("water" in row["subject"] for row in drawn.agreements)
    assert [(row["claimed"], row["named"]) for row in drawn.claimed] == [
        (174.0, len(drawn.agreements))
    ]


def test_an_undertaking_has_stage_sector_and_money(drawn):
    port = next(row for row in drawn.undertakings if "Dry Port" in row["quote"])
    assert port["stage"] == "building"
    assert "transport" in port["sectors"]
    assert [(one["value"], one["unit"]) for one in port["money"]] == [(6e8, "USD")]


def test_every_row_quotes_its_document(drawn):
    every = (drawn.agreements, drawn.claimed, drawn.events, drawn.undertakings, drawn.opinions)
    held = [row for register in every for row in register]
    assert held
    for row in held:
        assert TEXT[row["start"] : row["end"]] == row["quote"]


EVENT = Fact(
    "d", "event", "forum & fair", 0, 12, "forum & <fair>",
    attributes={"participants": ["Xu Hai"], "organiser": ["Huawei"], "place": "Astana"},
)  # fmt: skip
PERSON = Fact("d", "person", "Xu Hai", 0, 6, "Xu Hai", attributes={"affiliation": "Huawei"})
MET = Fact(
    "e", "relation", "Xu Hai met B", 0, 12, "Xu Hai met B",
    attributes={"predicate": "met", "from": "Xu Hai", "to": "B"},
)  # fmt: skip


def test_one_name_is_one_node():
    drawn = graph([EVENT, PERSON, MET, EVENT])
    assert len({node["id"] for node in drawn.nodes}) == len(drawn.nodes) == 5
    told = {
        (e["source"].split(":")[0], e["relation"], e["target"].split(":", 1)[1])
        for e in drawn.edges
    }
    assert ("person", "took_part", "forum & <fair>") in told
    assert ("organisation", "organised", "forum & <fair>") in told
    assert ("event", "held_in", "Astana") in told
    assert ("person", "belongs_to", "Huawei") in told
    assert ("person", "met", "B") in told
    assert {e["source"] for e in drawn.edges} <= {node["id"] for node in drawn.nodes}


def test_the_graph_is_written_for_others(tmp_path):
    drawn = graph([EVENT, PERSON, MET])
    write_graph(drawn, tmp_path, ["csv", "graphml", "json"])
    tree = Tree.parse(tmp_path / "graph.graphml")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(list(tree.iter(f"{space}node"))) == len(drawn.nodes)
    assert len(list(tree.iter(f"{space}edge"))) == len(drawn.edges)
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as file:
        assert [row["source"] for row in csv.DictReader(file)] == [e["source"] for e in drawn.edges]
    with pytest.raises(UnknownNameError, match="graphml"):
        write_graph(drawn, tmp_path, ["graphm"])
