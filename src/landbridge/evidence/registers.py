"""Registers drawn from facts: agreements, events, undertakings, opinions, who met whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from landbridge.evidence.account import Account
from landbridge.evidence.model import Document, Fact

_SIGNED_UNITS = frozenset(
    [
        "agreements",
        "documents",
        "contracts",
        "memoranda",
        "memorandums",
        "treaties",
        "deals",
        "accords",
        "protocols",
        "outcomes",
        "соглашений",
        "соглашения",
        "документов",
        "документа",
        "контрактов",
        "договоров",
        "меморандумов",
    ]
)
_STAGES = (
    (
        "stopped",
        re.compile(
            r"\b(?:suspended|cancel\w+|stopped|frozen|abandon\w+)\b|(?<!\w)(?:приостановлен"
            r"|отменен)\w*",
            re.I,
        ),
    ),
    (
        "building",
        re.compile(
            r"\b(?:under construction|in progress|being built|is building|are building)\b"
            r"|(?<!\w)строи(?:тся|тельств)\w*",
            re.I,
        ),
    ),
    (
        "planned",
        re.compile(
            r"\b(?:will|planned|plans? to|to be|proposed|intends?|scheduled)\b|(?<!\w)(?:планируе"
            r"|будет|будут)\w*",
            re.I,
        ),
    ),
    (
        "operating",
        re.compile(
            r"\b(?:completed|commissioned|launched|opened|put into operation|operat\w+|works)\b"
            r"|(?<!\w)(?:запущен|введен|открыт|завершен)\w*",
            re.I,
        ),
    ),
    (
        "agreed",
        re.compile(
            r"\b(?:signed|agreed|approved|adopted)\b|(?<!\w)(?:подписан|утвержден|согласован)\w*",
            re.I,
        ),
    ),
)
_SECTORS = (
    (
        "transport",
        r"rail\w*|road|highway|port|transport\w*|logistic\w*|corridor|airport|железн\w*|порт\w*"
        r"|транспорт\w*",
    ),
    (
        "energy",
        r"energy|power|oil|gas|pipeline|electric\w*|solar|wind|nuclear|энерг\w*|нефт\w*|газ\w*",
    ),
    (
        "industry",
        r"industr\w*|plant|factory|enterprise\w*|manufactur\w*|metallurg\w*|chemical|промышл\w*"
        r"|завод\w*",
    ),
    ("agriculture", r"agricultur\w*|agro\w*|food|grain|сельск\w*|агро\w*"),
    ("digital", r"digital|e-commerce|5G|technolog\w*|цифров\w*"),
    ("finance", r"financ\w*|bank\w*|fund|currency|финанс\w*|банк\w*"),
    ("education", r"educat\w*|universit\w*|student\w*|образован\w*"),
)
_SECTOR = tuple((name, re.compile(rf"\b(?:{form})\b", re.IGNORECASE)) for name, form in _SECTORS)
_CURRENCY = re.compile(r"[A-Z]{3}")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Registers:
    """Rows of each register; every row carries doc, start, end and quote.

    `claimed` are totals of agreements ("174 documents were signed") beside how many of them the
    same document names.
    """

    agreements: tuple[Row, ...]
    claimed: tuple[Row, ...]
    events: tuple[Row, ...]
    undertakings: tuple[Row, ...]
    opinions: tuple[Row, ...]


def registers(documents: Iterable[Document], facts: Iterable[Fact]) -> Registers:
    """Draw the registers.

    Examples
    --------
    >>> text = "174 documents were signed, among them a treaty on water."
    >>> facts = [Fact("d", "figure", "174 documents were signed", 0, 25, "documents", value=174.0,
    ...               value_start=0, value_end=3, unit="documents"),
    ...          Fact("d", "agreement", "treaty on water", 40, 55, "treaty on water")]
    >>> found = registers([Document("d", text)], facts)
    >>> found.claimed[0]["claimed"], found.claimed[0]["named"]
    (174.0, 1)
    """
    held: dict[str, list[Fact]] = {}
    for fact in facts:
        held.setdefault(fact.doc, []).append(fact)
    return registers_in_pairs((one, held.get(one.id, ())) for one in documents)


def registers_in_pairs(pairs: Iterable[tuple[Document, Iterable[Fact]]]) -> Registers:
    """Draw the registers, given each document with its facts, one held at a time."""
    agreements: list[Row] = []
    claimed: list[Row] = []
    events: list[Row] = []
    undertakings: list[Row] = []
    opinions: list[Row] = []
    for document, own in pairs:
        account = Account(document, tuple(own))
        named = account.of_kind("agreement")
        agreements += [_row(f, "parties", "status", "occasion", "type") for f in named]
        claimed += [
            _row(f, "qualifier")
            | {"claimed": f.value, "unit": f.unit, "year": f.year, "named": len(named)}
            for f in account.figures
            if f.unit in _SIGNED_UNITS
        ]
        events += [
            _row(f, "type", "date", "date_iso", "place", "organiser", "participants", "number")
            | {"year": f.year}
            for f in account.of_kind("event")
        ]
        undertakings += [_undertaking(account, f) for f in account.of_kind("project", "programme")]
        opinions += [
            _row(f, "speaker", "stance", "type", "direction", "horizon") | {"kind": f.kind}
            for f in account.of_kind("claim", "forecast")
            if f.attributes.get("speaker") or f.attributes.get("stance")
        ]
    return Registers(
        *(tuple(rows) for rows in (agreements, claimed, events, undertakings, opinions))
    )


def _row(fact: Fact, *names: str) -> Row:
    told = {name: fact.attributes.get(name) for name in names}
    return {
        "subject": fact.subject,
        **told,
        "doc": fact.doc,
        "start": fact.start,
        "end": fact.end,
        "quote": fact.quote,
        "fact": fact.id,
    }


def _undertaking(account: Account, fact: Fact) -> Row:
    """A project or programme with what its own sentence says of stage, sector, money and jobs."""
    sentence = account.sentence_at(fact.start)
    text = sentence.of(account.text)
    figures = account.figures_in(*sentence)
    money = [f for f in figures if _CURRENCY.fullmatch(f.unit or "")]
    jobs = [f for f in figures if f.unit in {"jobs", "workplaces", "workers"}]
    return _row(fact, "type", "likely_meaning") | {
        "kind": fact.kind,
        "stage": next((name for name, word in _STAGES if word.search(text)), None),
        "sectors": [name for name, word in _SECTOR if word.search(text)],
        "money": [{"value": f.value, "unit": f.unit, "fact": f.id} for f in money],
        "jobs": [{"value": f.value, "fact": f.id} for f in jobs],
        "sentence": text,
    }


@dataclass(frozen=True, slots=True)
class Graph:
    """Who met whom: nodes with id, kind and label, edges with source, target, relation, quote."""

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


def graph(facts: Iterable[Fact]) -> Graph:
    """Join persons, organisations, events and places by what events and relations say.

    Nodes are one for a canonical name; edges are `took_part`, `organised`, `held_in`,
    `belongs_to`, and the predicates of relations.

    Examples
    --------
    >>> event = Fact("d", "event", "forum", 0, 5, "forum", attributes={"participants": ["Xu Hai"]})
    >>> [(edge["source"], edge["relation"], edge["target"]) for edge in graph([event]).edges]
    [('person:Xu Hai', 'took_part', 'event:forum')]
    """
    joined = {"person", "organisation", "event", "place", "programme", "project", "relation"}
    facts = [fact for fact in facts if fact.kind in joined]
    kinds = {
        f.subject: f.kind
        for f in facts
        if f.kind in {"person", "organisation", "event", "place", "programme", "project"}
    }
    nodes: dict[str, Row] = {}
    edges: dict[tuple[str, str, str, str], Row] = {}

    def node(label: str, kind: str) -> str:
        found = f"{kind}:{label}"
        nodes.setdefault(found, {"id": found, "kind": kind, "label": label})
        return found

    def edge(source: str, target: str, relation: str, fact: Fact) -> None:
        told = {
            "source": source,
            "target": target,
            "relation": relation,
            "doc": fact.doc,
            "start": fact.start,
            "end": fact.end,
            "quote": fact.quote,
        }
        edges.setdefault((source, target, relation, fact.doc), told)

    for fact in facts:
        told: Mapping[str, Any] = fact.attributes
        if fact.kind == "event":
            event = node(fact.subject, "event")
            for name in told.get("participants") or ():
                edge(node(name, kinds.get(name, "person")), event, "took_part", fact)
            for name in _names(told.get("organiser")):
                edge(node(name, kinds.get(name, "organisation")), event, "organised", fact)
            if told.get("place"):
                edge(event, node(str(told["place"]), "place"), "held_in", fact)
        elif fact.kind == "person" and not told.get("ambiguous"):
            person = node(fact.subject, "person")
            if told.get("affiliation"):
                home = str(told["affiliation"])
                edge(person, node(home, kinds.get(home, "organisation")), "belongs_to", fact)
        elif fact.kind == "relation" and told.get("from") and told.get("to"):
            source, target = str(told["from"]), str(told["to"])
            edge(
                node(source, kinds.get(source, "person")),
                node(target, kinds.get(target, "organisation")),
                str(told.get("predicate", "related")),
                fact,
            )
    return Graph(tuple(nodes.values()), tuple(edges.values()))


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
