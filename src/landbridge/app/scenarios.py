"""Scenarios that a server knows: those shipped, and those that visitors have made."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from landbridge.app.refused import RefusedError
from landbridge.errors import InputError, UnknownNameError
from landbridge.scenario import files
from landbridge.scenario.shipped import FOLDER, slugs

OWN = "scenarios"
MOST = 1000
MOST_BYTES = 60_000
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def own_slugs(data: Path) -> tuple[str, ...]:
    """Short names of the scenarios made here, in order."""
    return tuple(sorted(p.stem for p in (data / OWN).glob("*.toml") if _SLUG.fullmatch(p.stem)))


def path_of(data: Path, name: str) -> Path:
    """File of a scenario by its short name; those made here lie relative to the data folder.

    Raises
    ------
    UnknownNameError
        Neither shipped nor made here; paths are never followed.
    """
    slug = re.sub(r"[\s_]+", "-", name.strip().casefold())
    if slug in slugs():
        return FOLDER / f"{slug}.toml"
    if slug in own_slugs(data):
        return Path(OWN) / f"{slug}.toml"
    short = [one for one in slugs() if re.fullmatch(rf"{re.escape(slug)}-\d{{4}}", one)]
    if len(short) == 1:
        return FOLDER / f"{short[0]}.toml"
    raise UnknownNameError.from_available("scenario", name[:100], (*slugs(), *own_slugs(data)))


def file_of(data: Path, name: str) -> Path:
    """The same, from the root."""
    return data / path_of(data, name)


def refuse_large(text: str) -> None:
    """Refuse a text that is too large for a server to read (`landbridge.scenario.files`).

    Raises
    ------
    RefusedError
        Too large, or a line too long.
    """
    try:
        files.refuse_large(text.encode(), "the scenario", MOST_BYTES)
    except InputError as error:
        what, _, mend = str(error).partition("; ")
        raise RefusedError(413, what, mend=mend) from error


def keep(data: Path, text: str, slug: str) -> str:
    """Keep the text of a scenario under a short name nothing else has, and give that name.

    The same text keeps the name it has.

    Raises
    ------
    InputError
        The folder holds as many as it may.
    """
    folder = data / OWN
    folder.mkdir(parents=True, exist_ok=True)
    base = (slug if _SLUG.fullmatch(slug) else re.sub(r"[^a-z0-9-]", "", slug)[:80]) or "scenario"
    raw = text.encode()
    for number in range(1, MOST):
        name = base[:90] if number == 1 else f"{base[:90]}-{number}"
        if name in slugs():
            if (FOLDER / f"{name}.toml").read_bytes() == raw:
                return name
            continue
        place = folder / f"{name}.toml"
        if not place.exists():
            if len(own_slugs(data)) >= MOST:
                raise InputError(f"{MOST} scenarios are kept already; remove some of {OWN}/")
            handle, scratch = tempfile.mkstemp(dir=folder, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
            Path(scratch).replace(place)
            return name
        if place.read_bytes() == raw:
            return name
    raise InputError(f"{MOST} scenarios are called {base} already; choose another name")
