"""Parts told by a word each: "212,000 euros: travel 74,000, studies 96,000 and printing 14,000"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import amounts, slack
from landbridge.evidence.conflicts.results import told
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span

_OPENED = re.compile(r"(?:\s[^\W\d_]+){0,4}[:;]\s")
_LABEL = re.compile(r",?\s?(?:and\s|и\s|а\s)?(?:[^\W\d_][\w-]*\s){1,5}[-–—]?\s?")
_SOME = re.compile(
    r"\b(?:including|such as|among|each|e\.g|in (?:19|20)\d\d|than|from|to)\b"
    r"|(?<!\w)(?:включая|в том числе|кажд\w+|по|чем|с|до)(?!\w)",
    re.IGNORECASE,
)
_RATES = frozenset(["percent", "times", "percentage points", "share", "years", "days", "hours"])
_LEAST = 3
_NEAR = 0.3


def labelled_parts(account: Account) -> Iterator[Conflict]:
    """Find three parts and more after a colon, each after its own word, that miss the total."""
    for sentence in account.sentences:
        for total in account.figures_in(*sentence):
            opened = _OPENED.match(account.text, total.value_end or 0, sentence.end)
            if opened is None or total.unit in _RATES or not total.value:
                continue
            stop = re.compile(r"[;.](?!\d)").search(account.text, opened.end(), sentence.end)
            rest = Span(opened.end(), stop.start() if stop else sentence.end)
            parts = amounts(account, *rest)
            whole = next(a for a in amounts(account, *sentence) if a.fact is total)
            if len(parts) < _LEAST or any(p.unit not in {None, total.unit} for p in parts):
                continue
            edges = [rest.start, *(part.end for part in parts)]
            labels = [account.text[a : part.start] for a, part in zip(edges, parts, strict=False)]
            if not all(_LABEL.fullmatch(label) for label in labels) or _SOME.search(
                account.text, *rest
            ):
                continue
            gap = sum(part.value for part in parts) - whole.value
            if slack([whole, *parts]) < abs(gap) <= _NEAR * whole.value:
                yield told(account, parts, whole)
