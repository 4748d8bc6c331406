"""The scenarios that come with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from landbridge.scenario.model import CORRIDOR, SYSTEMS, Scenario

FOLDER = Path(__file__).parent / "shipped"


def slugs() -> tuple[str, ...]:
    """Short names of the scenarios shipped, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def shipped() -> tuple[Scenario, ...]:
    """All scenarios shipped, by short name."""
    from landbridge.scenario.read import read_file

    return tuple(read_file(FOLDER / f"{slug}.toml") for slug in slugs())


def coverage() -> dict[str, tuple[str, ...]]:
    """Which scenarios exercise each system and each corridor of the facts table; maybe none."""
    from landbridge import facts

    corridors = [f"{CORRIDOR}{row.id}" for row in facts.rows("corridors")]
    return {
        system: tuple(one.slug for one in shipped() if system in one.systems)
        for system in (*SYSTEMS, *corridors)
    }
