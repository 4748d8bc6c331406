"""A share of "the programme" whose amount the sentence before has told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.spans import Span

_OF_IT = re.compile(
    r"\s?(?:%|percent|per cent|процент\w*)?\s?(?:of\s(?:the|this|that|these|its|their)\s"
    r"|(?:эт\w+|сво\w+|всего|всех|общ\w+)\s)?(?P<what>(?:[^\W\d_]+\s?){1,3}),?\s?[,(–—-]\s?"
    r"(?:or |that is |some |about |то есть |или )?(?:US)?[$€£]?$",
    re.IGNORECASE,
)
_SLACK = 0.03
_SOFT = frozenset(["over", "at least", "up to", "nearly", "about"])
_RATES = frozenset(["percent", "times", "percentage points", "share", None])


def fractions_of_before(account: Account) -> Iterator[Conflict]:
    """Find "The programme amounts to 31 billion. Two thirds of the programme, 24 billion, …".

    The whole is the last amount of the unit told before in the paragraph, in a sentence with the
    word the share is taken of.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value]
        for share, part in pairwise(held):
            if share.unit not in {"percent", "share"} or part.unit in _RATES:
                continue
            between = account.text[share.value_end or 0 : part.value_start]
            match = _OF_IT.fullmatch(between)
            if match is None or {f.attributes.get("qualifier") for f in (share, part)} & _SOFT:
                continue
            if share.attributes.get("change"):
                continue
            whole = _whole(account, sentence, match["what"], part)
            scale = 100 if share.unit == "percent" else 1
            if whole is None:
                continue
            made = (share.value or 0.0) / scale * (whole.value or 0.0)
            if abs(made - (part.value or 0.0)) > rounding(part) + _SLACK * made + rounding(whole):
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{plain(round(made, 2))} {part.unit}, not {plain(part.value)}",
                    f"That share of {plain(whole.value)} makes {plain(round(made, 2))}; the text "
                    f"says {plain(part.value)}.",
                    [whole, share, part],
                )


def _whole(account: Account, sentence: Span, what: str, part: Fact) -> Fact | None:
    wanted = concepts(what)
    start = account.paragraph_at(sentence.start).start
    for fact in reversed(account.figures_in(start, sentence.start)):
        if fact.unit != part.unit or (fact.value or 0.0) <= (part.value or 0.0):
            continue
        told = account.sentence_at(fact.value_start or 0)
        return fact if wanted & concepts(told.of(account.text)) else None
    return None
