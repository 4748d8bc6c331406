"""Parts after a colon that are numbers alone: "six routes: two by A, three by B and two by C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import amounts
from landbridge.evidence.conflicts.results import told
from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span

_OPENED = re.compile(r"(?:\s[^\W\d_]+){1,4}:\s(?:these are |they are |это )?")
_PLACED = re.compile(
    r"\s(?:[^\W\d_]+\s){0,1}?(?:in|to|from|for|by|via|through|with|at|on|of|over|under|are|were|go|went"
    r"|lead|leads|в|во|на|из|для|по|через|с|от|у|под|за)\s",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:including|such as|among|each|e\.g|every|at least|about|over)\b"
    r"|(?<!\w)(?:включая|в том числе|кажд\w+|около|свыше|по)(?!\w)",
    re.IGNORECASE,
)
_LEAST = 2
_FAR = 2.0


def bare_parts(account: Account) -> Iterator[Conflict]:
    """Find counts after a colon, each with a preposition after it, that do not make the total."""
    for sentence in account.sentences:
        for total in account.figures_in(*sentence):
            opened = _OPENED.match(account.text, total.value_end or 0, sentence.end)
            if opened is None or not counts(total) or not total.value:
                continue
            if total.attributes.get("qualifier"):
                continue
            stop = re.compile(r"[;.]").search(account.text, opened.end(), sentence.end)
            rest = Span(opened.end(), stop.start() if stop else sentence.end)
            parts = amounts(account, *rest)
            whole = next(a for a in amounts(account, *sentence) if a.fact is total)
            alone = all(part.unit in {None, total.unit} for part in parts)
            placed = all(_PLACED.match(account.text, part.end, rest.end) for part in parts)
            begins = bool(parts) and not account.text[rest.start : parts[0].start].strip()
            if len(parts) < _LEAST or not alone or not placed or not begins:
                continue
            if _SOME.search(account.text, *rest):
                continue
            made = sum(part.value for part in parts)
            if made != whole.value and 1 / _FAR < made / whole.value < _FAR:
                yield told(account, parts, whole)
