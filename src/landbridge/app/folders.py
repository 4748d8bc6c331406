"""Paths that a request names, kept inside the data folder."""

from __future__ import annotations

import re
from pathlib import Path

from landbridge.errors import UnknownNameError

NAME = re.compile(r"[^\W_][\w .+()-]{0,199}")


def inside(folder: Path, path: str, kind: str = "file") -> Path:
    """The file or folder of a name, or of names with slashes, under a folder.

    Links are followed only as long as they stay under it; hidden names are not given out.

    Raises
    ------
    UnknownNameError
        It is not there, or would lead out.

    Examples
    --------
    >>> inside(Path("/tmp"), "../etc/passwd")
    Traceback (most recent call last):
        ...
    landbridge.errors.UnknownNameError: unknown file '../etc/passwd'
    """
    parts = path.split("/")
    if all(NAME.fullmatch(part) for part in parts):
        try:
            root = folder.resolve(strict=True)
            found = root.joinpath(*parts).resolve(strict=True)
        except (OSError, RuntimeError):
            pass
        else:
            if found.is_relative_to(root) and found != root:
                return found
    raise UnknownNameError(f"unknown {kind} {path[:200]!r}")


def safe_name(name: str, fallback: str = "document") -> str:
    r"""A file name without folders or anything that could be taken for more than a name.

    Examples
    --------
    >>> safe_name("../../.profile"), safe_name("C:\\x\\Доклад №5.pdf"), safe_name("...")
    ('profile', 'Доклад 5.pdf', 'document')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"\s+", " ", re.sub(r"[^\w .+()-]", "", last)).strip(" .-_()+")
    stem, dot, ending = kept.rpartition(".")
    short = f"{stem[:150]}.{ending[:10]}" if dot else kept[:150]
    return short if NAME.fullmatch(short) else fallback
