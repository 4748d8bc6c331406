"""Claims that are orders of magnitude off the published figure of the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.compare import Comparison, compare
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.concepts import concepts

_LIKE = 0.75
_FAR = 8.0


def far_from_published(account: Account) -> Iterator[Conflict]:
    """Find figures of a stated thing and year that a published figure contradicts eightfold.

    The likeness of their words must be 0.75 and more, the year the same, and no other published
    figure of the same thing may be near the claim: a smaller gap may be another definition. The
    claim's own clause must share a word with what is published.
    """
    by_fact: dict[str, list[Comparison]] = {}
    for one in compare([account.document], account.figures, best=5):
        by_fact.setdefault(one.fact, []).append(one)
    facts = {fact.id: fact for fact in account.figures}
    for fact_id, held in by_fact.items():
        best = held[0]
        ratios = [one.ratio for one in held if one.ratio]
        if (
            best.ratio is None
            or best.likeness < _LIKE
            or best.years_apart
            or best.confidence != "published"
        ):
            continue
        if any(1 / _FAR < ratio < _FAR for ratio in ratios):
            continue
        if not concepts(facts[fact_id].quote) & concepts(best.what):
            continue
        yield conflict(
            "outlier",
            "medium",
            f"{plain(best.claim)} {best.unit}, published: {plain(best.published)} "
            f"{best.published_unit}",
            f"{best.what} ({best.published_year}): {plain(best.published)} {best.published_unit} "
            f"by {best.source_title}; "
            f"the claim is {best.ratio:.3g} times that. A unit or a scale word is most likely "
            f"wrong.",
            [facts[fact_id]],
        )
