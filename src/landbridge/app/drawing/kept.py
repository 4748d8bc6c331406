"""Drawn files in the cache folder: made once, whole or not there, the same for all readers."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from landbridge.errors import InputError
from landbridge.exchange.files import OutputError, write_text
from landbridge.network.cache import root

_PREFIX = "drawing-"
_KEPT = 3
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,80}")


def kept(key: str, name: str, make: Callable[[], str]) -> str:
    """Give the text of a drawn file, made by `make` when the cache holds none.

    A second process that asks at the same time waits for the first. Where the folder cannot be
    written the text is made anew each time.

    Parameters
    ----------
    key : what the file depends on beside this package's own drawing code, say the network's key
    name : file name of lower case letters, digits, dots and hyphens

    Raises
    ------
    InputError
        For a name that could leave the folder.
    """
    if not _NAME.fullmatch(name) or ".." in name:
        raise InputError(f"no drawing is called {name!r}")
    path = _folder(key) / name
    found = read(path)
    if found is not None:
        return found
    from filelock import FileLock

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        lock = FileLock(path.with_suffix(path.suffix + ".lock"))
        with lock:
            found = read(path)
            if found is None:
                found = make()
                write_text(path, found)
            return found
    except (OSError, OutputError):
        return make() if found is None else found


def read(path: Path) -> str | None:
    """Read a file, None where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _folder(key: str) -> Path:
    return root() / f"{_PREFIX}{_own_key()}-{key}"


@cache
def _own_key() -> str:
    """Eight digits that change with the code that draws."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:8]


def _sweep(mine: Path) -> None:
    """Remove all but the newest few older folders."""
    others = [p for p in root().glob(f"{_PREFIX}*") if p.is_dir() and p != mine]
    others.sort(key=lambda p: p.stat().st_mtime, reverse=True)
    for old in others[2 * _KEPT :]:
        shutil.rmtree(old, ignore_errors=True)
