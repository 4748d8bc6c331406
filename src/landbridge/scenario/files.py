"""Reading the text of a scenario file, and refusing what cannot be one."""

from __future__ import annotations

from pathlib import Path

from landbridge.errors import InputError

MOST_BYTES = 1_000_000
"""A scenario is a page or two of text; what is larger is something else."""


def text_of(path: Path) -> str:
    """Text of a scenario file.

    Raises
    ------
    InputError
        No such file, a folder, too large, not text, or not UTF-8.
    """
    if not path.exists():
        raise InputError(
            f"no scenario file {path}; `landbridge scenarios` lists those shipped, "
            "`landbridge scenarios new FILE` writes one to start from"
        )
    if not path.is_file():
        raise InputError(f"{path} is not a file; name a TOML file")
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise InputError(
            f"{path} is larger than {MOST_BYTES:,} bytes, too large for a scenario; "
            "name a TOML file with [[lever]] tables"
        )
    if b"\0" in raw:
        raise InputError(f"{path} is a binary file; name a TOML file with [[lever]] tables")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path} line {line}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
