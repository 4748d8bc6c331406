"""A brief as blocks, which HTML, PDF and DOCX lay out each in their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Mark = Literal["plain", "code", "english", "bold", "link"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: plain, bold, code, English within another language, or an address."""

    text: str
    mark: Mark = "plain"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `small` for notes, `lead` for the question."""

    spans: tuple[Span, ...]
    style: Literal["body", "small", "lead"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `style` findings is the answer, set apart."""

    items: tuple[tuple[Span, ...], ...]
    style: Literal["plain", "findings", "small"] = "plain"


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: its picture twice, its caption above, its note below, and words in its stead."""

    name: str
    caption: str
    note: str
    alt: str
    svg: bytes
    png: bytes
    width_in: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: titles of columns, rows of text, which columns are numbers, where a part ends.

    Attributes
    ----------
    rules : positions of rows with a line above
    """

    caption: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rules: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and its text: what the brief is made from."""

    pairs: tuple[tuple[str, Span], ...]


Block = Heading | Paragraph | Bullets | Picture | Grid | Facts


@dataclass(frozen=True, slots=True)
class Document:
    """A brief.

    Attributes
    ----------
    language : en, ru, kk or zh
    kind : what it is, over the title
    title : of the scenario, with its year
    foot : line at the foot of each page
    page : "page {n} of {all}" in the language
    finished : when the run ended, ISO 8601: the only date in the files
    """

    language: str
    kind: str
    title: str
    foot: str
    page: str
    finished: str
    blocks: tuple[Block, ...]

    def text(self) -> Iterator[str]:
        """Every text outside pictures."""
        yield from (self.kind, self.title, self.foot)
        for block in self.blocks:
            yield from _text(block)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its figures, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Picture))


def _text(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield "".join(span.text for span in block.spans)
    elif isinstance(block, Bullets):
        yield from ("".join(span.text for span in item) for item in block.items)
    elif isinstance(block, Picture):
        yield from (block.caption, block.note, block.alt)
    elif isinstance(block, Grid):
        yield from (block.caption, block.note, *block.columns)
        yield from (cell for row in block.rows for cell in row)
    else:
        yield from (f"{label} {span.text}" for label, span in block.pairs)
