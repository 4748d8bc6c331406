"""Finding every problem of a scenario at once, before anything is computed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from landbridge.errors import LandbridgeError
from landbridge.levers.lever import Lever, Stage
from landbridge.scenario.files import text_of
from landbridge.scenario.lines import Lines, lines_of
from landbridge.scenario.model import CORRIDOR, SYSTEMS, Head
from landbridge.scenario.problems import Problem, coerced, explain, unknown

LEVER: Final = "lever"
M = TypeVar("M", bound=BaseModel)
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Examined:
    """What a text holds as far as it can be read, and everything wrong with it.

    Attributes
    ----------
    head : None where it cannot be read
    levers : those that could be read, with their numbers from 1
    lines : of the text
    problems : in the order of the text
    """

    head: Head | None
    levers: tuple[tuple[int, Lever], ...]
    lines: Lines
    problems: tuple[Problem, ...]


def check(text_or_path: str | Path, stage: Stage | None = None) -> tuple[Problem, ...]:
    r"""Every problem of a scenario; none means that it can be assessed.

    Parameters
    ----------
    text_or_path : the text of a scenario, or a `Path` of its file
    stage : the network and economy it would act on; without one, names of places and economies
        are not looked up

    Raises
    ------
    InputError
        The file cannot be read as text.

    Examples
    --------
    >>> for problem in check('name = "Nothing"\nyaer = 2025'):
    ...     print(problem)
    the text has no lever; add a [[lever]] table
    `question` is missing; add question = …
    `year` is missing; add year = …
    line 2: unknown field 'yaer'; did you mean 'year'?
    """
    text = text_of(text_or_path) if isinstance(text_or_path, Path) else text_or_path
    return examine(text, stage).problems


def kinds() -> Mapping[str, type[Lever]]:
    """Class of each kind of lever."""
    from landbridge.levers.kinds import KINDS

    return KINDS


def examine(text: str, stage: Stage | None = None) -> Examined:
    """Read a text as far as it goes, and collect what is wrong."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Examined(None, (), Lines({}), (_syntax(error, text),))
    lines = lines_of(text)
    found: list[Problem] = []
    tables = table.pop(LEVER, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        found.append(Problem("`lever` is not a table", "write [[lever]]", lines.of(LEVER)))
        tables = []
    elif not tables:
        found.append(Problem("the text has no lever", "add a [[lever]] table"))
    head, wrong = _validated(Head, table, lines, ())
    found += wrong
    if head is not None:
        found += _of_head(head, lines)
        stage = None if stage is None else replace(stage, year=head.year)
    levers = []
    for number, one in enumerate(tables, 1):
        lever, wrong = _lever(number, one, lines)
        found += wrong
        if lever is not None:
            levers.append((number, lever))
            found += _of_lever(number, lever, lines, stage if head is not None else None)
    found += _together(head, levers, tables, lines)
    ordered = sorted(found, key=lambda p: (p.line or 0, p.lever or 0))
    return Examined(head, tuple(levers), lines, tuple(ordered))


def _syntax(error: Exception, text: str) -> Problem:
    if isinstance(error, RecursionError):
        return Problem("tables or lists are nested too deep", "a scenario needs two levels")
    said = str(error)
    place = _PLACE.search(said)
    line = None if place is None else int(place[1] or text.count("\n") + 1)
    message = f"not TOML: {_PLACE.sub('', said)}"
    return Problem(message, "mend this first: the rest can only be read then", line)


def _validated(
    model: type[M], table: Mapping[str, Any], lines: Lines, inside: tuple[str | int, ...]
) -> tuple[M | None, list[Problem]]:
    """Validate a table, taking nothing for what it is not: "12" is no number."""
    number = int(inside[1]) + 1 if inside else None
    kind = str(table.get("kind", "")) if inside else ""

    def line(field: str, path: tuple[str | int, ...]) -> int | None:
        return lines.of(*inside, *path) if inside or field in table else None

    try:
        read = model.model_validate(table)
    except ValidationError as error:
        known = [name for name in model.model_fields if name != "kind"]
        found = []
        for record in error.errors(include_url=False):
            field, message, suggestion = explain(record, known)
            place = line(field, record["loc"])
            found.append(Problem(message, suggestion, place, number, kind, field))
        return None, found
    wrong = [
        Problem(message, "", line(str(path[0]), path), number, kind, str(path[0]))
        for path, message in coerced(table, read)
    ]
    return (None if wrong else read), wrong


def _of_head(head: Head, lines: Lines) -> Iterator[Problem]:
    for field in ("year", "baseline_year"):
        year = getattr(head, field)
        if year is not None and (said := _outside(year)):
            yield Problem(f"`{field}` {said}", "", lines.of(field), field=field)
    for system in head.systems:
        corridor = system.startswith(CORRIDOR)
        known = _corridors() if corridor else [*SYSTEMS, f"{CORRIDOR}ID"]
        name = system.removeprefix(CORRIDOR)
        if name not in known:
            message, suggestion = unknown("corridor" if corridor else "system", name, known)
            yield Problem(message, suggestion, lines.of("systems"), field="systems")


def _lever(number: int, table: dict[str, Any], lines: Lines) -> tuple[Lever | None, list[Problem]]:
    inside = (LEVER, number - 1)
    kind = table.get("kind")

    def problem(message: str, suggestion: str) -> tuple[None, list[Problem]]:
        line = lines.of(*inside, "kind")
        return None, [Problem(message, suggestion, line, number, "", "kind")]

    if kind is None:
        return problem("`kind` is missing", f"add kind = one of {', '.join(sorted(kinds()))}")
    if not isinstance(kind, str) or kind not in kinds():
        return problem(*unknown("kind of lever", str(kind), kinds()))
    return _validated(kinds()[kind], table, lines, inside)


def _of_lever(number: int, lever: Lever, lines: Lines, stage: Stage | None) -> Iterator[Problem]:
    inside = (LEVER, number - 1)

    def problem(message: str, field: str = "", suggestion: str = "") -> Problem:
        line = lines.of(*inside, *([field] if field else []))
        return Problem(message, suggestion, line, number, lever.kind, field)

    if len(lever.source.strip()) < 3:
        yield problem("`source` is blank", "source", "say where the change comes from")
    sound = True
    for field in ("from_year", "to_year"):
        year = getattr(lever, field)
        if year is not None and (said := _outside(year)):
            sound = False
            yield problem(f"`{field}` {said}", field)
    reverse = lever.from_year and lever.to_year and lever.from_year > lever.to_year
    if sound and reverse and stage is None:
        message = f"acts from {lever.from_year} to {lever.to_year}, which is no year"
        yield problem(message, "from_year", "exchange from_year and to_year")
    if stage is not None:
        for message in _guarded(lever.problems, stage):
            what, _, mend = message.partition("; ")
            yield problem(what, _field_in(what, lever), mend)


def _guarded(ask: Callable[[Stage], Iterator[str]], stage: Stage) -> Iterator[str]:
    """What a lever finds, with an error that it raises while looking as one more."""
    try:
        yield from ask(stage)
    except LandbridgeError as error:
        yield str(error)


def _field_in(message: str, lever: Lever) -> str:
    """The field that a message speaks of, by its name or by its value in quotes; else blank."""
    fields = type(lever).model_fields
    named = re.findall(r"`(\w+)`", message) + message.replace(":", " ").split()[:1]
    quoted = re.findall(r"'([^']+)'", message)
    valued = (name for name in fields if name != "kind" and getattr(lever, name) in quoted)
    return next((name for name in named if name in fields), "") or next(valued, "")


def _together(
    head: Head | None,
    levers: list[tuple[int, Lever]],
    tables: list[dict[str, Any]],
    lines: Lines,
) -> Iterator[Problem]:
    """What is wrong with levers beside each other."""
    for number, lever in levers:
        twin = next((n for n, other in levers if n < number and other == lever), None)
        if twin is not None:
            line = lines.of(LEVER, number - 1)
            yield Problem(f"repeats lever {twin}", "take one out", line, number, lever.kind)
    all_read = head is not None and 0 < len(levers) == len(tables)
    if head is not None and all_read and not any(lever.acts_in(head.year) for _, lever in levers):
        yield Problem(
            f"no lever acts in {head.year}, the year assessed",
            "change `year`, or from_year and to_year of the levers",
            lines.of("year"),
            field="year",
        )


def _outside(year: int) -> str:
    from landbridge.world import FIRST_YEAR, LAST_YEAR

    if FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    return f"{year} is outside {FIRST_YEAR}–{LAST_YEAR}, the years the facts speak of"


def _corridors() -> list[str]:
    from landbridge import facts

    return [row.id for row in facts.rows("corridors")]
