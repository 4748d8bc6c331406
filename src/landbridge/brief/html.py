"""A brief as one HTML page that needs nothing beside it and runs no script."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files

from landbridge.brief.document import Block, Document, Picture
from landbridge.brief.numbers import TAGS


def html(document: Document) -> bytes:
    """The page; pictures are in it, and its letters are the reader's own fonts'."""
    from jinja2 import Environment

    assets = files("landbridge.brief").joinpath("assets")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(assets.joinpath("brief.html").read_text(encoding="utf-8"))
    page = template.render(
        document=document,
        tag=TAGS[document.language],
        css=_safe(assets.joinpath("brief.css").read_text(encoding="utf-8")),
        kind=_kind,
        address=_address,
    )
    return page.encode("utf-8")


def _kind(block: Block) -> str:
    return type(block).__name__


def _address(picture: Picture) -> str:
    return "data:image/svg+xml;base64," + b64encode(picture.svg).decode("ascii")


def _safe(css: str) -> object:
    from markupsafe import Markup

    # The file is the package's own; nothing of a run gets into it.
    return Markup(css)  # noqa: S704
