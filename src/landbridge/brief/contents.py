"""What stands in a brief, in which order, in its language: from a run to blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from landbridge.brief import atlas, grids, origins
from landbridge.brief.answer import LEADS, Speaker
from landbridge.brief.changes import change
from landbridge.brief.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Span,
)
from landbridge.brief.numbers import Numbers
from landbridge.brief.pen import Pen
from landbridge.brief.pictures import charts
from landbridge.brief.told import told
from landbridge.brief.words import Words, asset

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.exchange.runs import Run

    Tables = Mapping[str, pd.DataFrame]

TABLES = (
    "economies", "corridors", "crossings", "levers", "bands", "facts_used", "facts_sources",
)  # fmt: skip
_LEVERS = 8
_LEFT = ("left.1", "left.2", "left.3", "left.4", "left.5")


def contents(run: Run, tables: Tables, pen: Pen) -> Document:
    """Every block of a brief.

    Parameters
    ----------
    run : read from its folder
    tables : those of `TABLES`, by name
    pen : language and fonts of its pictures
    """
    about, words = run.about, pen.words
    map_ = atlas.atlas(tables, pen)
    figures = [map_, *charts(tables, pen)]
    numbered = [
        replace(picture, caption=words.say("figure", n=n, title=picture.caption))
        for n, picture in enumerate(figures, 1)
    ]
    made = [grids.economies(tables, pen), grids.ways(tables, pen)]
    grown = [
        replace(grid, caption=words.say("table", n=n, title=grid.caption))
        for n, grid in enumerate(made, 1)
    ]
    title, question = titles(about, pen.language)
    blocks = [
        Paragraph((Span(question),), "lead"),
        Heading(words["answer"]),
        _answer(tables, about, pen.language),
        numbered[0],
        *_changed(tables, about, pen.language),
        *_interleaved(numbered[1:], grown),
        Heading(words["method"]),
        Paragraph((Span(_method(about, pen.language)),)),
        Heading(words["sure"]),
        *_sure(tables, about, pen.language),
        Heading(words["left"]),
        Bullets(tuple((Span(words[key]),) for key in _LEFT), "small"),
        Heading(words["sources"]),
        *origins.sources(tables, about, pen.language),
        _made(run, pen.language),
    ]
    finished = str(about["finished"])
    date = Numbers(pen.language).date(datetime.fromisoformat(finished).date())
    return Document(
        language=pen.language,
        kind=f"landbridge · {words['kind']}",
        title=title,
        foot=f"{about['run']} · {date} · landbridge {about['software']['landbridge']}",
        page=words["page"],
        finished=finished,
        blocks=tuple(blocks),
    )


def titles(about: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Title and question: of a scenario shipped in the language, of others as they were written."""
    scenario = about["scenario"]
    name, question = str(scenario["name"]), str(scenario["question"])
    if str(scenario["file"]) == f"shipped:{scenario['id']}":
        known = asset("brief_scenarios.toml").get(str(scenario["id"]), {})
        # A title carried over holds only while the scenario still asks what it asked.
        if known.get("asks") == question:
            name, question = known.get(language, (name, question))
    year = str(about["year"])
    return name if year in name else Words(language).say("title", name=name, year=year), question


def _answer(tables: Tables, about: Mapping[str, Any], language: str) -> Bullets:
    said = Speaker(language).sentences(told(tables, about))
    words = Words(language)
    gap = "" if language == "zh" else " "
    return Bullets(
        tuple(
            (Span(words[lead] + gap, "bold"), Span(sentence))
            for lead, sentence in zip(LEADS, said, strict=True)
        ),
        "findings",
    )


def _changed(tables: Tables, about: Mapping[str, Any], language: str) -> Iterator[Block]:
    words, levers = Words(language), tables["levers"]
    late = f" ({words['changed.waits']})"
    items = [
        (Span(change(lever, language) + ("" if acts else late)),)
        for lever, acts in zip(about["scenario"]["levers"][:_LEVERS], levers["acts"], strict=False)
    ]
    if len(levers) > _LEVERS:
        items.append((Span(words.say("changed.more", n=len(levers) - _LEVERS)),))
    yield Heading(words["changed"])
    yield Paragraph((Span(words.say("changed.lead", year=about["year"])),))
    yield Bullets(tuple(items))


def _interleaved(pictures: list[Picture], grown: list[Grid]) -> Iterator[Block]:
    """Incomes with their table, then freight with its."""
    by_name = {picture.name: picture for picture in pictures}
    incomes, freight = grown
    for name, grid in (("incomes", incomes), ("flows", None), ("capacity", freight)):
        if name in by_name:
            yield by_name[name]
        if grid is not None:
            yield grid


def _method(about: Mapping[str, Any], language: str) -> str:
    words, numbers = Words(language), Numbers(language)
    base, settled = about["base_economy"], about["convergence"]
    rounds = int(settled["rounds"])
    text = words.say(
        "method.text",
        zones=numbers.number(about["zones"]),
        economies=base["economies"],
        sectors=base["sectors"],
        base=base["year"],
        rounds=words.counted("round", str(rounds), rounds),
        gap=numbers.share(float(settled["assignment_gap"])),
        network=about["baseline_year"] or about["year"],
    )
    if about["year"] == base["year"]:
        return text
    gap = "" if language == "zh" else " "
    return text + gap + words.say("method.grown", base=base["year"], year=about["year"])


def _sure(tables: Tables, about: Mapping[str, Any], language: str) -> Iterator[Block]:
    words = Words(language)
    if len(tables["bands"]):
        text = words["sure.bands"]
        for seed in about["seeds"].values():
            text += ("" if language == "zh" else " ") + words.say("sure.seed", n=seed)
        yield Paragraph((Span(text),))
    else:
        name = str(about["scenario"]["file"] or about["scenario"]["id"]).removeprefix("shipped:")
        yield Paragraph((Span(words["sure.none"]),))
        yield Paragraph((Span(f"landbridge assess {name} --draws 200 --out DIR", "code"),))
    yield Paragraph((Span(origins.standing(tables, language)),))


def _made(run: Run, language: str) -> Facts:
    about, words = run.about, Words(language)
    date = Numbers(language).date(datetime.fromisoformat(str(about["finished"])).date())
    digest = sha256((run.folder / "run.json").read_bytes()).hexdigest()
    return Facts(
        (
            (words["about.run"], Span(str(about["run"]), "code")),
            (words["about.date"], Span(date)),
            (words["about.version"], Span(f"landbridge {about['software']['landbridge']}", "code")),
            (words["about.sha"], Span(digest, "code")),
            (words["about.facts"], Span(str(about["facts_sha256"]), "code")),
            ("", Span(words["about.note"])),
        )
    )
