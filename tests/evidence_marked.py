"""Documents whose labels stand in the text: `{f 13.9e6 tonnes|13.9 million}`, nested freely.

Kinds: f figure (value or range, unit), p person, o organisation, e event, a agreement,
n programme, c conflict (its type). A question mark makes a label optional.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from landbridge.evidence.model import Conflict, Document
from landbridge.evidence.text.dates import document_date

_KINDS = {"f": "figure", "p": "person", "o": "organisation", "e": "event", "a": "agreement",
          "n": "programme", "c": "conflict"}  # fmt: skip
_OPEN = re.compile(r"\{([fpoeanc])(\??) ?([^|{}]*)\|")
_RANGE = re.compile(r"(?<=\d)-(?=\d)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A document and the labels that stood in it, in the form of the labelled sample."""

    document: Document
    labels: tuple[dict[str, Any], ...]


def marked(path: Path) -> Marked:
    """Read a file with labels in its text."""
    return unmarked(path.name, path.read_text(encoding="utf-8"))


def unmarked(name: str, source: str) -> Marked:
    """Take the labels out of a text."""
    text = ""
    labels: list[dict[str, Any]] = []
    open_: list[tuple[int, str, bool, str]] = []
    at = 0
    while at < len(source):
        match = _OPEN.match(source, at)
        if match:
            open_.append((len(text), match[1], match[2] == "", match[3]))
            at = match.end()
        elif source[at] == "}" and open_:
            start, kind, core, told = open_.pop()
            labels.append(_label(text, start, kind, core, told))
            at += 1
        else:
            text += source[at]
            at += 1
    assert not open_, f"{name}: a label is not closed"
    language = "zh" if re.search("[\u4e00-\u9fff]{9}", text) else _russian_or_english(text)
    document = Document(name, text, date=document_date(text), language=language)
    return Marked(document, tuple(labels))


def _russian_or_english(text: str) -> str:
    return "ru" if len(re.findall("[а-я]", text)) > len(text) / 3 else "en"


def _label(text: str, start: int, kind: str, core: bool, told: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "kind": _KINDS[kind], "quote": text[start:], "start": start, "end": len(text),
        "subject": f"{told} {text[start:]}", "core": core, "type": told.strip(),
    }  # fmt: skip
    if kind == "f":
        value, _, unit = told.partition(" ")
        made |= {"value": float(Fraction(_RANGE.split(value)[0])), "unit": unit or None}
        made |= {"value_start": start, "value_end": len(text)}
    return made


def conflict_score(
    found: Iterable[Conflict], labels: Iterable[dict[str, Any]]
) -> tuple[list[str], list[str]]:
    """Give the stretches of conflicts missed, and the titles of conflicts that are false."""
    wanted = [label for label in labels if label["kind"] == "conflict"]
    core = [label for label in wanted if label["core"]]
    held = list(found)

    def meets(one: Conflict, label: dict[str, Any]) -> bool:
        return any(q.start < label["end"] and label["start"] < q.end for q in one.quotes)

    missed = [label["quote"] for label in core if not any(meets(one, label) for one in held)]
    false = [one.title for one in held if not any(meets(one, label) for label in wanted)]
    return missed, false
