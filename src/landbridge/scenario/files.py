"""Reading the text of a scenario file, and refusing what cannot be one."""

from __future__ import annotations

from pathlib import Path

from landbridge.errors import InputError

MOST_BYTES, LONGEST_LINE = 250_000, 6_000
"""A scenario is a page or two of text; what is larger is something else."""


def refuse_large(text: bytes, name: str, most_bytes: int = MOST_BYTES) -> None:
    """Refuse a text that no scenario needs; a key of very many parts keeps TOML busy for hours.

    Parameters
    ----------
    name : what the error calls it
    most_bytes : of the whole; a line has `LONGEST_LINE` at most

    Raises
    ------
    InputError
        Too large, or a line too long.

    Examples
    --------
    >>> refuse_large(b"x" * 7_000, "my.toml")
    Traceback (most recent call last):
    landbridge.errors.InputError: my.toml line 1 is longer than 6,000 bytes, too long for a ...
    """
    if len(text) > most_bytes:
        raise InputError(
            f"{name} is larger than {most_bytes:,} bytes, too large for a scenario; "
            "leave out what is no lever, source or head"
        )
    for number, line in enumerate(text.split(b"\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise InputError(
                f"{name} line {number} is longer than {LONGEST_LINE:,} bytes, too long for a "
                "scenario; break it into several lines"
            )


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
    refuse_large(raw, str(path))
    if b"\0" in raw:
        raise InputError(f"{path} is a binary file; name a TOML file with [[lever]] tables")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path} line {line}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
