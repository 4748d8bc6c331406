"""A brief as an A4 PDF, set by Typst: offline, fonts embedded, the same bytes for the same run."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from landbridge.brief.document import Block, Document, Grid, Picture
from landbridge.brief.fonts import LATIN, Font
from landbridge.errors import LandbridgeError

_SERIF = "Libertinus Serif"
"""Comes within Typst; holds Latin and Cyrillic with the Kazakh letters."""
_COLUMN_MM = (15.0, 30.0)
_LETTER_MM, _WIDE_MM = 1.75, 2.9


class TypesettingError(LandbridgeError, RuntimeError):
    """Typst could not set a page."""


def pdf(document: Document, fonts: tuple[Font, ...]) -> bytes:
    """The pages.

    Parameters
    ----------
    fonts : that hold its letters (`landbridge.brief.fonts.needed`)

    Raises
    ------
    TypesettingError
        Typst refuses, which is a fault of this package.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="landbridge-brief-") as name:
        folder = Path(name)
        _lay_out(document, fonts, folder)
        places = [str(folder / "fonts")]
        try:
            return bytes(
                typst.compile(
                    str(folder / "brief.typ"),
                    root=name,
                    font_paths=places,
                    ignore_system_fonts=True,
                    format="pdf",
                    timestamp=_moment(document),
                )
            )
        except typst.TypstError as error:
            raise TypesettingError(
                f"the brief of {document.title!r} could not be set ({error}): report it, and take "
                "HTML meanwhile"
            ) from error


def _lay_out(document: Document, fonts: tuple[Font, ...], folder: Path) -> None:
    """Write what the template reads: the blocks, the pictures, the fonts."""
    assets = files("landbridge.brief").joinpath("assets")
    template = assets.joinpath("brief.typ").read_text(encoding="utf-8")
    (folder / "brief.typ").write_text(template, encoding="utf-8")
    for picture in document.pictures:
        (folder / f"{picture.name}.svg").write_bytes(picture.svg)
    held = folder / "fonts"
    held.mkdir()
    for font in fonts:
        shutil.copy(font.path, held / font.path.name)
    bold = fonts[0].path.with_name("DejaVuSans-Bold.ttf")
    shutil.copy(bold, held / bold.name)
    families = [font.family for font in fonts]
    wide = [family for family in families if family != LATIN]
    if document.language == "zh":
        serif, sans = [*wide, LATIN], [*wide, LATIN]
    else:
        serif, sans = [_SERIF, *families], families
    day = datetime.fromisoformat(document.finished).date()
    held_text = {
        "language": document.language,
        "kind": document.kind,
        "title": document.title,
        "foot": document.foot,
        "page": document.page,
        "day": [day.year, day.month, day.day],
        "serif": serif,
        "sans": sans,
        "blocks": [_plain(block) for block in document.blocks],
    }
    text = json.dumps(held_text, ensure_ascii=False)
    (folder / "document.json").write_text(text, encoding="utf-8")


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Picture):
        held: dict[str, Any] = {
            "name": block.name, "caption": block.caption, "note": block.note, "alt": block.alt,
        }  # fmt: skip
    else:
        held = asdict(block)
    if isinstance(block, Grid):
        held["widths"] = [_width_mm(block, place) for place in range(len(block.columns))]
    return {"block": type(block).__name__, **held}


def _width_mm(grid: Grid, place: int) -> float:
    """Room for the longest word of a column's title and for its longest cell."""
    words = grid.columns[place].split(" ") + [row[place] for row in grid.rows]
    longest = max(sum(_WIDE_MM if ord(c) > 0x2E80 else _LETTER_MM for c in w) for w in words)
    return min(max(longest, _COLUMN_MM[0]), _COLUMN_MM[1])


def _moment(document: Document) -> int:
    return int(datetime.fromisoformat(document.finished).timestamp())
