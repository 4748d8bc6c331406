"""What the commands print: tables and JSON to standard output, the rest to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPED_WIDTH = 100


def console() -> Console:
    """Give a console as wide as the terminal, or 100 columns without colour when piped."""
    from rich.console import Console

    piped = not sys.stdout.isatty()
    width = PIPED_WIDTH if piped and "COLUMNS" not in os.environ else None
    return Console(width=width, highlight=False, soft_wrap=False, emoji=False)


def json_object(value: object) -> None:
    """Print one JSON object to standard output."""
    from landbridge.exchange.json import dumps

    sys.stdout.write(dumps(value) + "\n")


def note(line: str) -> None:
    """Print one line to standard error."""
    sys.stderr.write(f"{line}\n")


def wrote(path: object) -> None:
    """Say that a file is there."""
    note(f"wrote {path}")


def table(
    columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[object]], *, wide: str = ""
) -> Table:
    """Lay out a table: columns are (title, is a number); `wide` names the one that may wrap."""
    from rich import box
    from rich.table import Table

    laid = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for title, numeric in columns:
        laid.add_column(
            title,
            justify="right" if numeric else "left",
            no_wrap=title != wide,
            overflow="fold",
            ratio=1 if title == wide else None,
        )
    for row in rows:
        laid.add_row(*(_cell(value) for value in row))
    return laid


def number(value: float | None, digits: int = 0) -> str:
    """Write a number with groups of thousands, or a dash where there is none.

    Examples
    --------
    >>> number(12345.6), number(None)
    ('12,346', '–')
    """
    if value is None or value != value:
        return "–"
    return f"{value:,.{digits}f}"


def _cell(value: object) -> str:
    from rich.markup import escape

    if value is None:
        return "–"
    return escape(str(value))
