"""Score facts read from documents against labels: precision, recall and F1 of a kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from landbridge.evidence.model import Fact

Label = Mapping[str, Any]
_WORDS = {"%": "percent", "$": "usd", "dollars": "usd", "tons": "tonnes", "kilometers": "km",
          "kilometres": "km", "tenge": "kzt"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind, and the labels missed and facts made up."""

    found: int
    made: int
    wanted: int
    missed: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.found / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def labels(path: Path) -> dict[str, Any]:
    """Read a file of labels in the form of the sample."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def score_figures(facts: Iterable[Fact], wanted: Sequence[Label]) -> Score:
    """Match figures by value, head word of the unit and overlap of the number's span.

    Labels that are not `core` need not be found, and are no error where they are; what is only
    derived from others has no span and is left out.
    """
    made = [fact for fact in facts if fact.kind == "figure" and fact.value_start is not None]
    figures = [label for label in wanted if label["kind"] == "figure"]
    core = [label for label in figures if label.get("core", True)]
    optional = [label for label in figures if not label.get("core", True)]
    used: set[int] = set()
    missed = []
    for label in core:
        at = next(
            (at for at, fact in enumerate(made) if at not in used and _same(fact, label)), None
        )
        if at is None:
            missed.append(label["quote"])
        else:
            used.add(at)
    false = [
        fact.quote
        for at, fact in enumerate(made)
        if at not in used and not any(_same(fact, label) for label in optional)
    ]
    return Score(len(used), len(used) + len(false), len(core), tuple(missed), tuple(false))


def score_quotes(facts: Iterable[Fact], wanted: Sequence[Label], kind: str) -> Score:
    """Match facts of a kind by overlap of their quotes and a shared word of their subjects."""
    made = [fact for fact in facts if fact.kind == kind]
    of_kind = [label for label in wanted if label["kind"] == kind]
    core = [label for label in of_kind if label.get("core", True)]
    hit = [any(_near(fact, label) for fact in made) for label in core]
    right = [any(_near(fact, label) for label in of_kind) for fact in made]
    missed = tuple(label["quote"] for label, found in zip(core, hit, strict=True) if not found)
    false = tuple(fact.quote for fact, good in zip(made, right, strict=True) if not good)
    found = sum(hit)
    return Score(found, found + len(false), len(core), missed, false)


def _same(fact: Fact, label: Label) -> bool:
    if fact.value is None or label["value"] is None:
        return False
    close = abs(fact.value - label["value"]) <= 1e-6 * abs(label["value"])
    spans = (fact.value_start or 0) < label["value_end"] and label["value_start"] < (
        fact.value_end or 0
    )
    return close and spans and _head(fact.unit) == _head(label["unit"])


def _head(unit: str | None) -> str:
    words = re.findall(r"[^\W\d_]+|[%$]", (unit or "").lower())
    return _WORDS.get(words[0], words[0]) if words else ""


def _near(fact: Fact, label: Label) -> bool:
    overlap = fact.start < label["end"] and label["start"] < fact.end
    mine, theirs = (
        set(re.findall(r"\w{3,}", text.lower())) for text in (fact.subject, label["subject"])
    )
    return overlap and bool(mine & theirs)
