"""Who buys from whom: the two sides of a lever on trade."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.levers.lever import Stage
from landbridge.levers.parties import OTHERS, expand, party_problems
from landbridge.network.gazetteer import key

Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""Codes of those who buy, and of those who sell."""


def sides(importers: tuple[str, ...], exporters: tuple[str, ...], stage: Stage) -> Sides:
    """Economies on each side; `others` on one means all that the other does not name."""
    buys = expand([name for name in importers if key(name) != OTHERS], stage)
    sells = expand(exporters, stage, others_than=frozenset(buys))
    return expand(importers, stage, others_than=frozenset(sells)), sells


def side_problems(stage: Stage, **names: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with named lists of parties, one sentence each."""
    for side, given in names.items():
        if not given:
            yield f"{side} names nobody: give codes, names, an organisation, or 'all'"
        for problem in party_problems(given, stage):
            yield f"{side}: {problem}"
    if all(given and {key(name) for name in given} == {OTHERS} for given in names.values()):
        yield f"'others' in {' and '.join(names)} names nobody: name one side"


def single_problems(stage: Stage, **names: str) -> Iterator[str]:
    """What is wrong with fields that each name one economy."""
    for field, name in names.items():
        found = list(party_problems([name], stage))
        yield from (f"{field}: {problem}" for problem in found)
        if not found and len(expand([name], stage)) != 1:
            yield f"{field}: {name} means several economies: name one"
