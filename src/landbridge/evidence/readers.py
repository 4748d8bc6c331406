"""Readers behind one interface: rules by default, spaCy or a language model for who has them."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol, get_args

from landbridge.errors import InputError, MissingExtraError
from landbridge.evidence.model import Document, Fact, Kind

_KINDS = get_args(Kind)
_SPACY_KINDS: dict[str, Kind] = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place",
    "EVENT": "event", "LAW": "agreement",
}  # fmt: skip
_WAIT_S = 60.0
PROMPT = (
    "List the facts of the text as a JSON array of objects with kind (one of "
    + ", ".join(_KINDS)
    + "), quote (copied letter by letter from the text), subject, value (number or null), unit, "
    "year, attributes (object). Answer with the array alone.\n\n"
)


class Reader(Protocol):
    """Anything that reads facts from a document."""

    def read(self, document: Document) -> Iterable[Fact]:
        """Read the facts of one document."""
        ...


@dataclass(frozen=True, slots=True)
class Checked:
    """Facts whose quotes stand in the text, and how many were dropped because theirs do not."""

    facts: tuple[Fact, ...]
    dropped: int


def checked(document: Document, facts: Iterable[Fact]) -> Checked:
    """Keep the facts tied to an exact quote of the document, count the others.

    A fact whose offsets are wrong but whose quote stands in the text exactly once gets the right
    ones. The number's own span must lie within the text too.

    Examples
    --------
    >>> document = Document("a", "Nur-Sultan grew.")
    >>> good = Fact("a", "place", "Nur-Sultan", 0, 10, "Astana")
    >>> result = checked(document, [good, replace(good, quote="Astana")])
    >>> result.facts == (good,), result.dropped
    (True, 1)
    """
    kept: list[Fact] = []
    dropped = 0
    for fact in facts:
        placed = _placed(document, fact)
        if placed is None:
            dropped += 1
        else:
            kept.append(placed)
    return Checked(tuple(kept), dropped)


def _placed(document: Document, fact: Fact) -> Fact | None:
    text = document.text
    if not fact.quote or fact.kind not in _KINDS or fact.doc != document.id:
        return None
    if not (0 <= fact.start < fact.end <= len(text)) or text[fact.start : fact.end] != fact.quote:
        if text.count(fact.quote) != 1:
            return None
        start = text.index(fact.quote)
        fact = replace(
            fact, start=start, end=start + len(fact.quote), value_start=None, value_end=None
        )
    spanned = fact.value_start is not None and fact.value_end is not None
    if spanned and not 0 <= (fact.value_start or 0) < (fact.value_end or 0) <= len(text):
        return None
    return fact


class RulesReader:
    """Rules, gazetteers and grammars: needs nothing but the package itself."""

    def read(self, document: Document) -> tuple[Fact, ...]:
        """Read figures, entities, claims and forecasts, filed under systems."""
        from landbridge.evidence.read import facts_of

        return facts_of(document)


class SpacyReader:
    """Entities found by a spaCy pipeline.

    Parameters
    ----------
    pipeline : a loaded pipeline, or the name of an installed one

    Raises
    ------
    MissingExtraError
        where spaCy is not installed
    InputError
        where the named pipeline is not
    """

    def __init__(self, pipeline: Any = "en_core_web_sm") -> None:
        self._pipeline = pipeline if callable(pipeline) else _spacy(str(pipeline))

    def read(self, document: Document) -> Iterator[Fact]:
        """Yield the first mention of each entity of a kind this room knows."""
        from landbridge.evidence.names import find_names

        seen: set[tuple[str, str]] = set()
        for entity in self._pipeline(document.text).ents:
            kind = _SPACY_KINDS.get(entity.label_)
            if kind is None:
                continue
            known = next(
                (m.name.name for m in find_names(entity.text) if m.written == entity.text), None
            )
            subject = known or entity.text
            if (kind, subject) in seen:
                continue
            seen.add((kind, subject))
            yield Fact(
                document.id, kind, entity.text, entity.start_char, entity.end_char, subject,
                reader="spacy",
            )  # fmt: skip


def _spacy(name: str) -> Any:
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        raise MissingExtraError.for_package("spacy", "spacy", "the spaCy reader") from error
    try:
        return spacy.load(name)
    except OSError as error:
        raise InputError(
            f"spaCy has no pipeline {name!r}: install it with `python -m spacy download {name}`, "
            "or pass a loaded pipeline"
        ) from error


class ModelReader:
    """Facts listed by a language model that the user brings.

    Parameters
    ----------
    ask : what answers a prompt with a text: a function, or the http(s) address of a service that
        takes `{"prompt": ...}` and answers `{"text": ...}`

    Examples
    --------
    >>> answer = '[{"kind": "place", "quote": "Aktau", "subject": "Aktau"}]'
    >>> [fact.start for fact in ModelReader(lambda prompt: answer).read(Document("a", "To Aktau"))]
    [3]
    """

    def __init__(self, ask: Callable[[str], str] | str) -> None:
        if isinstance(ask, str):
            if not re.match(r"https?://", ask):
                raise InputError(f"{ask!r} is no http(s) address of a language model's service")
            address = ask
            self._ask: Callable[[str], str] = lambda prompt: _post(address, prompt)
        else:
            self._ask = ask

    def read(self, document: Document) -> Iterator[Fact]:
        """Yield the facts of the answer; quotes are looked up in the text, never trusted."""
        for item in _listed(self._ask(PROMPT + document.text)):
            quote = str(item.get("quote") or "")
            if item.get("kind") not in _KINDS or not quote:
                continue
            start = max(0, document.text.find(quote))
            value, year = item.get("value"), item.get("year")
            attributes = item.get("attributes")
            yield Fact(
                doc=document.id,
                kind=item["kind"],
                quote=quote,
                start=start,
                end=start + len(quote),
                subject=str(item.get("subject") or quote),
                value=float(value) if isinstance(value, int | float) else None,
                unit=str(item["unit"]) if item.get("unit") else None,
                year=year if isinstance(year, int) else None,
                attributes=attributes if isinstance(attributes, dict) else {},
                reader="model",
            )


def _listed(answer: str) -> list[dict[str, Any]]:
    """Objects of the JSON array in an answer, whatever stands around it."""
    match = re.search(r"\[.*\]", answer, re.DOTALL)
    try:
        found = json.loads(match.group()) if match else None
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, list):
        raise InputError(
            f"the language model answered no JSON array but {answer[:80]!r}: ask one that does"
        )
    return [item for item in found if isinstance(item, dict)]


def _post(address: str, prompt: str) -> str:
    from urllib.request import Request, urlopen

    body = json.dumps({"prompt": prompt}).encode()
    request = Request(address, body, {"Content-Type": "application/json"})  # noqa: S310
    with urlopen(request, timeout=_WAIT_S) as answer:  # noqa: S310
        return str(json.load(answer)["text"])
