"""Reading a scenario: a shipped one by its name, or a file."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.lever import Stage
from landbridge.scenario.check import LEVER, examine
from landbridge.scenario.files import text_of
from landbridge.scenario.model import Scenario
from landbridge.scenario.shipped import FOLDER, slugs


def read_scenario(name_or_path: str | Path, stage: Stage | None = None) -> Scenario:
    """Read a scenario, checked.

    Parameters
    ----------
    name_or_path : the short name of one shipped (`landbridge.scenario.slugs()`), or a file; a word
        with a slash or that ends in `.toml` is always a file
    stage : the network and economy it will act on; with one, names of places and economies are
        looked up and what is impossible is refused

    Raises
    ------
    UnknownNameError
        Neither a scenario shipped nor a file.
    InputError
        The file cannot be read, or is no sound scenario; the message lists every problem.

    Examples
    --------
    >>> read_scenario("suez-closed").levers[0].kind
    'chokepoint'
    """
    return read_file(locate(name_or_path), stage)


def locate(name_or_path: str | Path) -> Path:
    """File of a scenario by short name or path (see `read_scenario`)."""
    if isinstance(name_or_path, Path):
        return name_or_path
    word = name_or_path.strip()
    if "/" in word or "\\" in word or word.endswith(".toml"):
        return Path(word)
    slug = re.sub(r"[\s_]+", "-", word.casefold())
    if slug in slugs():
        return FOLDER / f"{slug}.toml"
    if word and Path(word).is_file():
        return Path(word)
    raise UnknownNameError.from_available("scenario", word, slugs())


def read_file(path: Path, stage: Stage | None = None) -> Scenario:
    """Read a scenario file, checked (see `read_scenario`)."""
    scenario = read_text(text_of(path), stage, name=str(path))
    return replace(scenario, path=path, slug=path.stem)


def read_text(text: str, stage: Stage | None = None, *, name: str = "scenario") -> Scenario:
    """Read a scenario from its text, checked; `name` is what errors call it.

    Raises
    ------
    InputError
        It is no sound scenario; the message lists every problem.
    """
    examined = examine(text, stage)
    head = examined.head
    if examined.problems or head is None:
        said = [f"{name} {p}" if p.line is not None else f"{name}: {p}" for p in examined.problems]
        raise InputError("\n".join(said))
    lines = (examined.lines.of(LEVER, number - 1) or 1 for number, _ in examined.levers)
    baseline = head.year if head.baseline_year is None else head.baseline_year
    return Scenario(
        slug=re.sub(r"[^a-z0-9]+", "-", head.name.casefold()).strip("-"),
        name=head.name,
        question=head.question,
        year=head.year,
        baseline_year=baseline,
        description=head.description,
        systems=head.systems,
        sources=head.sources,
        uncertainty=head.uncertainty,
        levers=tuple(lever for _, lever in examined.levers),
        lines=tuple(lines),
        path=None,
        sha256=sha256(text.encode()).hexdigest(),
    )
