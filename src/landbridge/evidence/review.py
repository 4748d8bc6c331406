"""A person's word on a fact: accepted, mended or rejected, by whom and when; nothing is lost."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from landbridge.errors import InputError, UnknownNameError
from landbridge.evidence.model import Fact

Decision = Literal["accept", "mend", "reject"]
FILE = "reviews.jsonl"
MENDABLE = {"subject": str, "value": float, "unit": str, "year": int}
"""What may be mended, and of what type it is; the quote is the document's and stays."""


@dataclass(frozen=True, slots=True)
class Review:
    """One decision on one fact; later ones stand before earlier ones.

    Attributes
    ----------
    fact : its id
    decision : accept, mend or reject
    who : the person
    when : UTC, ISO 8601 to the second
    changes : of a mended fact, what it says now
    note : why
    """

    fact: str
    decision: Decision
    who: str
    when: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


class Reviews:
    """The decisions of a run folder, in a file that is only ever added to.

    Parameters
    ----------
    folder : run folder

    Raises
    ------
    InputError
        where a line of the file cannot be read: it is named, and nothing is overwritten; a line
        that a crash tore off is left out with a warning
    """

    def __init__(self, folder: Path) -> None:
        self.path = Path(folder) / FILE

    def history(self, fact: str | None = None) -> tuple[Review, ...]:
        """Every decision in the order they were taken, of one fact or of all."""
        if not self.path.exists():
            return ()
        found: list[Review] = []
        for number, line in enumerate(self.path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            try:
                found.append(Review(**json.loads(line)))
            except (ValueError, TypeError) as error:
                if not line.rstrip().endswith("}"):
                    warnings.warn(
                        f"{self.path} line {number} was torn off by a crash and is left out; "
                        "it stays in the file",
                        stacklevel=2,
                    )
                    continue
                raise InputError(
                    f"{self.path} line {number} is no review ({error}): mend that line by hand, "
                    "nothing was overwritten"
                ) from error
        return tuple(one for one in found if fact is None or one.fact == fact)

    def add(
        self,
        fact: Fact,
        decision: str,
        who: str,
        changes: Mapping[str, str] | None = None,
        note: str = "",
    ) -> Review:
        """Take down a decision, on disk before it is returned.

        Raises
        ------
        InputError
            for an unknown decision, no person, a mending that changes nothing or what cannot be
            mended, changes without mending
        """
        if decision not in get_args(Decision):
            raise UnknownNameError.from_available("decision", decision, get_args(Decision))
        if not who.strip():
            raise InputError("who decides? give --who NAME, so that the history says it")
        made = _checked(changes or {})
        if (decision == "mend") != bool(made):
            raise InputError(
                "a mending says what changes: --set value=52"
                if decision == "mend"
                else f"--set belongs to mend, not to {decision}"
            )
        when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        review = Review(fact.id, decision, who.strip(), when, made, note)  # type: ignore[arg-type]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as lines:
            if lines.tell() and not self._ends_whole():
                lines.write(b"\n")
            lines.write(json.dumps(asdict(review), ensure_ascii=False).encode() + b"\n")
            lines.flush()
            os.fsync(lines.fileno())
        return review

    def _ends_whole(self) -> bool:
        with self.path.open("rb") as lines:
            lines.seek(-1, os.SEEK_END)
            return lines.read(1) == b"\n"

    def latest(self) -> dict[str, Review]:
        """The decision that stands, by id of its fact."""
        return {one.fact: one for one in self.history()}


def _checked(changes: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, text in changes.items():
        if name not in MENDABLE:
            raise UnknownNameError.from_available("field to mend", name, MENDABLE)
        try:
            made[name] = None if text == "" and name != "subject" else MENDABLE[name](text)
        except ValueError as error:
            raise InputError(f"{name}={text!r}: {name} is {_words(name)}") from error
        if name == "value" and made[name] is not None and not abs(made[name]) < float("inf"):
            raise InputError(f"value={text!r}: a finite number is needed")
    return made


def _words(name: str) -> str:
    return "a number" if MENDABLE[name] is float else "a whole year"


def reviewed(facts: Iterable[Fact], reviews: Mapping[str, Review]) -> tuple[Fact, ...]:
    """Facts as the reviews leave them, all at once; see `as_reviewed`."""
    return tuple(as_reviewed(facts, reviews))


def as_reviewed(facts: Iterable[Fact], reviews: Mapping[str, Review]) -> Iterator[Fact]:
    """Facts as the reviews leave them: the rejected left out, the mended changed.

    `attributes["review"]` says accepted or mended and by whom; a mended fact keeps what was read
    in `attributes["as_read"]`.

    Examples
    --------
    >>> fact = Fact("d", "figure", "51 plants", 0, 9, "plants", value=51.0)
    >>> review = Review(fact.id, "mend", "A. B.", "2024-01-01T00:00:00Z", {"value": 52.0})
    >>> [(one.value, one.attributes["as_read"]) for one in as_reviewed([fact], {fact.id: review})]
    [(52.0, {'value': 51.0})]
    """
    for fact in facts:
        review = reviews.get(fact.id)
        if review is None:
            yield fact
        elif review.decision != "reject":
            told: dict[str, Any] = {
                "review": {"decision": review.decision, "who": review.who, "when": review.when}
            }
            if review.changes:
                told["as_read"] = {name: getattr(fact, name) for name in review.changes}
            yield replace(fact, **review.changes, attributes={**fact.attributes, **told})
