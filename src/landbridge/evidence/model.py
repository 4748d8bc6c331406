"""What reading a document yields: frozen facts tied to exact quotes, and disagreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "figure",
    "event",
    "person",
    "organisation",
    "agreement",
    "project",
    "programme",
    "place",
    "claim",
    "forecast",
    "relation",
]
Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    Attributes
    ----------
    id : name within the collection: the file's name, made unique by its folder where needed
    text : decoded text that all offsets count in, characters as they came
    date : ISO date the document is of (2018, 2018-07 or 2018-07-12), None where unknown
    language : ISO 639-1
    title, address : where known
    sha256 : of the file
    media_type : text/plain, text/html, application/pdf, application/vnd...wordprocessingml.document
    notes : what a reader should know (an encoding guessed, pages without text)
    """

    id: str
    text: str = field(repr=False)
    date: str | None = None
    language: str = "en"
    title: str | None = None
    address: str | None = None
    sha256: str = ""
    media_type: str = "text/plain"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact tied to a quote: `document.text[start:end] == quote`.

    Attributes
    ----------
    doc : id of the document
    kind : one of `Kind`
    subject : what it is about; the canonical name of an entity
    value, unit : of figures and forecasts, else None
    value_start, value_end : span of the number itself
    year : first year it speaks of, None where unknown
    systems : what it is filed under (see `landbridge.evidence.systems`)
    attributes : what else was read: qualifier, period_basis (stated, implied, unknown), date,
        place, organiser, participants, role, affiliation, speaker, stance, type, name_as_written,
        derived_from ...
    reader : which reader found it
    """

    doc: str
    kind: Kind
    quote: str
    start: int
    end: int
    subject: str
    value: float | None = None
    value_start: int | None = None
    value_end: int | None = None
    unit: str | None = None
    year: int | None = None
    systems: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    reader: str = "rules"

    @property
    def id(self) -> str:
        """The same for the same fact in every run."""
        return f"{self.doc}:{self.kind}:{self.start}-{self.end}:{self.value_start or 0}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a document: `document.text[start:end] == quote`."""

    doc: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that disagree with each other, with arithmetic, a bound or a calendar.

    `facts` are ids of facts; every conflict has at least one quote.
    """

    type: str
    severity: Severity
    title: str
    facts: tuple[str, ...]
    quotes: tuple[Quote, ...]
    explanation: str
