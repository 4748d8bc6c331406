"""The pages speak of what is there: links, commands, scenarios, tables, rooms, constants."""

from __future__ import annotations

import csv
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from landbridge import facts
from landbridge.cli.main import app
from landbridge.levers.kinds import KINDS
from landbridge.routing.choice.ways import east_asia, ways
from landbridge.scenario import slugs

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "landbridge"
START = ROOT / "README.md"
PAGES = [
    START,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:\.venv/bin/)?landbridge(?:\s|$)")
SYSTEM = ROOT / "docs" / "the-system.md"
ASSESS = ROOT / "docs" / "assess.md"
SHARED_TEXTS = ROOT.parent / "shared" / "documents"


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """Anchors of headings, by the rule of the places that show Markdown."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def spans(page: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(page))


def commands(page: Path) -> list[str]:
    """Command lines of a page: in blocks of no language, and between backticks."""
    blocks = [text for language, text in FENCE.findall(page.read_text("utf-8")) if not language]
    blocks = [block.replace("\\\n", " ") for block in blocks]
    lines = [line for block in blocks for line in block.splitlines()]
    lines = [re.split(r" {2,}| #", line.strip())[0] for line in lines]
    return [line for line in (*lines, *spans(page)) if COMMAND.match(line)]


def words_of(line: str) -> list[str]:
    return [word.removesuffix("…") for word in shlex.split(line)[1:] if word != "…"]


def assessed(page: Path) -> Iterator[str]:
    """Scenarios that the commands of a page name."""
    for line in commands(page):
        words = words_of(line)
        named = words[1:] if words[:1] == ["assess"] else []
        named = words[2:3] if words[:2] == ["scenarios", "show"] else named
        for word in named:
            if word.startswith("-"):
                break
            if not (word.endswith(".toml") or word.isupper()):
                yield word


@cache
def tree() -> Any:
    return typer.main.get_command(app)


def subcommands(command: Any) -> dict[str, Any]:
    return getattr(command, "commands", {})


def refused(line: str) -> str | None:
    """Why the command line would not take a line, as far as its words tell."""
    command = tree()
    words = words_of(line)
    while words and (below := subcommands(command)) and not words[0].startswith("-"):
        if words[0] not in below:
            return f"no command {words[0]!r}"
        command, words = below[words[0]], words[1:]
    known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)} | {"--help"}
    wrong = [w for w in words if w.startswith("--") and w.split("=")[0] not in known]
    return f"no option {', '.join(wrong)}" if wrong else None


@EACH_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_every_page_is_reached_from_the_first() -> None:
    seen, todo = set(), [START]
    while todo:
        page = todo.pop()
        if page in seen:
            continue
        seen.add(page)
        for link in links(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            todo += target.glob("*.md") if target.is_dir() else [target] * (target in PAGES)
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in seen] == []


@EACH_PAGE
def test_commands_exist_with_their_options(page: Path) -> None:
    problems = {line: why for line in commands(page) if (why := refused(line))}
    assert problems == {}


def test_a_command_that_is_not_there_would_be_found() -> None:
    assert refused("landbridge assess suez-closed --draws 20") is None
    assert refused("landbridge asses suez-closed") == "no command 'asses'"
    assert refused("landbridge scenarios sho NAME") == "no command 'sho'"
    assert refused("landbridge assess suez-closed --drawn 20") == "no option --drawn"


@EACH_PAGE
def test_scenarios_named_are_shipped(page: Path) -> None:
    in_python = re.findall(r'read_scenario\("([^"]+)"\)', page.read_text("utf-8"))
    assert {*assessed(page), *in_python} - set(slugs()) == set()


@EACH_PAGE
def test_make_has_the_targets_named(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) - targets == set()


def test_every_command_is_in_the_first_page() -> None:
    shown = {words_of(line)[0] for line in commands(START) if words_of(line)}
    not_for_everyone = {"base", "demo", "gravity"}
    assert set(subcommands(tree())) - not_for_everyone - shown == set()


def test_no_scenario_is_left_out_of_the_system() -> None:
    named = {*assessed(SYSTEM), *spans(SYSTEM)}
    assert set(slugs()) - named == set()


def test_what_the_system_names_is_there() -> None:
    with (PACKAGE / "assess" / "columns.csv").open(encoding="utf-8") as file:
        columns = {word for row in csv.DictReader(file) for word in (row["table"], row["column"])}
    known = {*facts.tables(), *KINDS, *slugs(), *columns}
    for table in facts.tables():
        rows = facts.rows(table)
        for name in ("id", "series", "topic"):
            known |= {getattr(row, name) for row in rows if hasattr(row, name)}
        known |= set(type(rows[0]).model_fields) if rows else set()
    strange = [
        span
        for span in spans(SYSTEM)
        if not COMMAND.match(span)
        and span not in known
        and refused(f"landbridge {span}")
        and not (PACKAGE / span).exists()
        and span not in ("papers/", "--draws", "src/landbridge/facts/data")
    ]
    assert strange == []


def test_every_question_and_item_of_the_system_has_a_command_or_a_reason() -> None:
    rows = [line for line in prose(SYSTEM).splitlines() if line.startswith("| ")]
    rows = [row for row in rows if not row.startswith("| it speaks of")]
    assert len(rows) > 90
    for row in rows:
        speaks, lives, shown, missing = (cell.strip() for cell in row.strip("|").split("|"))
        assert speaks
        assert lives
        if lives == "–":
            assert missing, row
        elif not lives.startswith("see "):
            assert "`landbridge " in shown, row


def test_rooms_stand_in_the_order_in_which_they_import() -> None:
    page = prose(ROOT / "docs/architecture.md")
    listed = re.findall(r"^\| `(\w+)(?:/|\.py)`", page, re.MULTILINE)
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    order = [name.split(".")[-1] for name in reversed(layers["contracts"][0]["layers"])]
    order = [name for name in order if name != "compiled"]
    assert [room for room in listed if room in order] == order
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders - set(listed) == set()


def test_constants_of_the_choice_are_told_with_what_they_answer_to() -> None:
    table = {row.id: row for row in facts.rows("choice_constants")}
    told = dict(
        re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([\d.,]+|–) \|$", prose(ASSESS), re.MULTILINE)
    )
    fitted = {name: row.target for name, row in table.items() if row.fitted_to}
    assert set(fitted) - set(told) == set()
    for name, observed in told.items():
        if observed == "–":
            assert table[name].target is None, name
        else:
            assert float(observed.replace(",", "")) == pytest.approx(fitted[name], rel=0.02), name
    for name in ("elasticity-within", "elasticity-between"):
        assert f"{float(table[name].value):g}" in prose(ASSESS)


def test_railways_that_no_way_takes_are_told() -> None:
    crossings = facts.rows("crossings")
    taken = {crossings[gate].id for way in ways() for gate in way.gates}
    between = {
        row.id
        for row in crossings
        if row.mode == "rail" and len({row.economy_a, row.economy_b} & east_asia()) == 1
    }
    assert {span for span in spans(ASSESS) if span.startswith("rail-")} == between - taken


def shingles(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[k : k + length]) for k in range(len(words) - length + 1)}


@pytest.mark.skipif(not SHARED_TEXTS.is_dir(), reason="the five texts are not here")
def test_the_texts_are_told_of_and_not_quoted() -> None:
    theirs = set().union(
        *(shingles(path.read_text("utf-8"), 8) for path in SHARED_TEXTS.glob("*.txt"))
    )
    for page in PAGES:
        assert shingles(page.read_text("utf-8"), 8) & theirs == set(), page
