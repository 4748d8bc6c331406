"""An office that more than one person may be meant by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict

_MOST = 6
_AFTER = 60


def ambiguous_offices(account: Account) -> Iterator[Conflict]:
    """Find "the President" where the document or its date allows for two and more."""
    for fact in account.of_kind("person"):
        candidates = fact.attributes.get("candidates") or ()
        if not fact.attributes.get("ambiguous") or len(candidates) < 2:
            continue
        role = str(fact.attributes.get("role", "")) or fact.quote
        form = re.compile(rf"\b(?:[Tt]he|[Aa]s)\s(?i:{re.escape(role)})\b(?!\s(?:of\b|[A-Z]))")
        quotes = []
        for match in list(form.finditer(account.text))[:_MOST]:
            sentence = account.sentence_at(match.start())
            end = max(match.end(), min(sentence.end, match.end() + _AFTER))
            quotes.append(account.quote(match.start(), end))
        people = [f for f in account.of_kind("person") if f.subject in candidates]
        yield conflict(
            "ambiguous",
            "medium",
            f"“{fact.quote}” may be {' or '.join(candidates)}",
            f"As of the document {' and '.join(candidates)} hold or held the office; the text "
            f"does not say which is meant.",
            [fact, *people],
            quotes,
        )
