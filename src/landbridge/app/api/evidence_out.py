"""What the API takes and says of documents and facts."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from landbridge.evidence.search import Hit


class HeadOut(BaseModel):
    """What a document says of itself."""

    id: str
    title: str | None
    date: str | None
    language: str
    address: str | None
    media_type: str
    characters: int
    notes: list[str]


class DocumentOut(HeadOut):
    """A document that was read, without its text."""

    facts: int
    conflicts: int


class DocumentsOut(BaseModel):
    """Every document that was read."""

    documents: list[DocumentOut]


class FactOut(BaseModel):
    """A fact tied to its quote: `text[start:end] == quote`, counted in Unicode characters."""

    id: str
    doc: str
    kind: str
    quote: str
    start: int
    end: int
    subject: str
    value: float | None
    value_start: int | None
    value_end: int | None
    unit: str | None
    year: int | None
    systems: list[str]
    attributes: dict[str, Any]
    reader: str


class QuoteOut(BaseModel):
    """A stretch of a document."""

    doc: str
    start: int
    end: int
    quote: str


class ConflictOut(BaseModel):
    """Facts that disagree, with their quotes."""

    number: int
    type: str
    severity: str
    title: str
    facts: list[str]
    quotes: list[QuoteOut]
    explanation: str


class TextOut(HeadOut):
    """A document with its text, its facts in place and the conflicts that quote it."""

    text: str
    facts: list[FactOut]
    conflicts: list[ConflictOut]


class FactsOut(BaseModel):
    """Facts, with how many there are in all."""

    total: int
    facts: list[FactOut]


class ConflictsOut(BaseModel):
    """What disagrees."""

    conflicts: list[ConflictOut]


class HitsOut(BaseModel):
    """Passages found, best first."""

    query: str
    hits: list[Hit]


class CellOut(BaseModel):
    """How many facts are known of a system in a year."""

    system: str
    year: int
    facts: int


class MapOut(BaseModel):
    """What is known, by system and year."""

    systems: list[str]
    years: list[int]
    cells: list[CellOut]
    undated: dict[str, int]
    unknown: list[str]


class SentOut(BaseModel):
    """Documents that are being read: the job that does it, and their names."""

    id: str
    status: str
    files: list[str]


class ReviewIn(BaseModel):
    """A person's word on a fact."""

    fact: str = Field(max_length=600)
    decision: str = Field(pattern="^(accept|reject)$")
    who: str = Field(min_length=1, max_length=200)
    note: str = Field("", max_length=2000)


class ReviewOut(BaseModel):
    """A decision as it was taken down."""

    fact: str
    decision: str
    who: str
    when: str
    note: str
