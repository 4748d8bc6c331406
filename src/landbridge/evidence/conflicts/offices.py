"""An office that more than one person may be meant by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.facts import by_id, rows

_MOST = 6
_AFTER = 60


def ambiguous_offices(account: Account) -> Iterator[Conflict]:
    """Find "the President" where two who held it of one economy may be meant."""
    for fact in account.of_kind("person"):
        candidates = fact.attributes.get("candidates") or ()
        if not fact.attributes.get("ambiguous") or not _of_one_economy(candidates):
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


def _of_one_economy(candidates: Sequence[str]) -> bool:
    """Say whether two held an office of one economy; else who was last named is meant."""
    homes: dict[str, set[str]] = {}
    for row in rows("evidence_offices"):
        name = by_id("evidence_names")[row.person].name
        if name in candidates and row.economy:
            homes.setdefault(row.economy, set()).add(name)
    return any(len(names) > 1 for names in homes.values())
