"""Which files are to be read: folders are walked, and links may not lead out of them."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from landbridge.errors import InputError


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, with the id its document gets."""

    id: str
    path: Path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why."""

    path: str
    reason: str


def find(paths: Iterable[Path | str]) -> tuple[tuple[Found, ...], tuple[Skipped, ...]]:
    """List the files of paths and folders, sorted, each with an id.

    The id is the file's name; where two share one, the folder is put before it.

    Parameters
    ----------
    paths : files and folders

    Returns
    -------
    (files, skipped)
        links that leave their folder, pipes and devices are skipped with the reason; hidden files
        and folders are passed over

    Raises
    ------
    InputError
        a path that does not exist
    """
    files: list[tuple[Path, Path]] = []
    skipped: list[Skipped] = []
    seen: set[Path] = set()
    for given in map(Path, paths):
        if not given.exists():
            raise InputError(f"{given}: no such file or folder; check the spelling")
        root = given.resolve()
        for path in _walk(root) if root.is_dir() else [root]:
            reason = _refusal(path, root if root.is_dir() else root.parent)
            if reason:
                skipped.append(Skipped(str(path), reason))
            elif path not in seen:
                seen.add(path)
                files.append((path, root if root.is_dir() else root.parent))
    return _named(files), tuple(skipped)


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root, followlinks=False):
        for name in list(folders):
            linked = Path(folder, name)
            if linked.is_symlink():
                yield linked
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name)


def _refusal(path: Path, root: Path) -> str | None:
    try:
        target = path.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, RuntimeError):
        return "a link that leads nowhere"
    if path.is_symlink() and not target.is_relative_to(root):
        return "a link that leads out of the folder; name its target to read it"
    if path.is_symlink() and target.is_dir():
        return "a link to a folder; the folder itself is read where it stands"
    if not stat.S_ISREG(mode):
        return "no regular file (a pipe, socket or device)"
    return None


def _named(files: list[tuple[Path, Path]]) -> tuple[Found, ...]:
    names = Counter(path.name for path, _ in files)
    taken: set[str] = set()
    found = []
    for path, root in files:
        name = path.name
        if names[name] > 1:
            name = path.relative_to(root).as_posix()
        if name in taken:
            name = path.as_posix().lstrip("/")
        taken.add(name)
        found.append(Found(name, path))
    return tuple(found)
