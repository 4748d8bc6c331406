"""A paragraph in quotation marks that nobody is said to have spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.speakers import SPEECH
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict

_QUOTED = re.compile(r"\s*[«“\"](?P<said>[^»”\"\n]{40,900}?[.!?…])[»”\"](?P<rest>[^\n]{0,400})")
_LEAST_WORDS = 8


def quotes_of_nobody(account: Account) -> Iterator[Conflict]:
    """Find “…!” that opens a paragraph, with no word of speech after it or right before it."""
    held = account.paragraphs
    for at, paragraph in enumerate(held):
        match = _QUOTED.match(account.text, *paragraph)
        if match is None or len(match["said"].split()) < _LEAST_WORDS:
            continue
        before = held[at - 1].of(account.text).rstrip() if at else ""
        after = held[at + 1].of(account.text) if at + 1 < len(held) else ""
        beside = before[-200:]
        if before.endswith(":") or SPEECH.search(match["rest"]) or SPEECH.search(beside):
            continue
        if after.startswith(("—", "–", "- ")) or re.match(r"\s*[«“\"]", after):
            continue
        if at == 0 or (not match["rest"].strip() and _QUOTED.match(account.text, *held[at - 1])):
            continue
        yield conflict(
            "attribution",
            "low",
            "a quotation has no named speaker",
            "A paragraph opens in quotation marks, and neither it nor the one before says who "
            "speaks.",
            quotes=[account.quote(match.start("said") - 1, match.end("said") + 1)],
        )
