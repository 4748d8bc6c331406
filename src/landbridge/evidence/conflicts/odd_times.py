"""How times that do not go together are told."""

from __future__ import annotations

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict


def odd_times(account: Account, span: tuple[int, int], title: str) -> Conflict:
    """Tell of times in one stretch of text that cannot be, by a short title that says why."""
    return conflict(
        "date",
        "medium",
        title,
        f"The times do not go together: {title}.",
        quotes=[account.quote(*span)],
    )
