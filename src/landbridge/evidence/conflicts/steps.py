"""A step between two amounts, told with them: shorter by five days, 15 instead of 35."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span

_INSTEAD = re.compile(
    r"[^.;,]{0,25}?(?:\binstead of|\brather than|\bagainst|\bdown from|\bup from"
    r"|\bcompared (?:with|to)"
    r"|(?<!\w)вместо|(?<!\w)против)\s(?:the |about |today’s |today's )?(?:US)?[$€£]?",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\b(?:short\w*|reduc\w+|cut\w*|extend\w*|lengthen\w*|rais\w+|grow\w*|grew|rise\w*|rose|fell"
    r"|fall\w*"
    r"|sav\w+|gain\w*|los[et]\w*|speed\w*)\b[^.;,]{0,40}?\b(?:by\s)?(?:about |some )?$"
    r"|(?<!\w)(?:сокра\w+|уменьш\w+|увелич\w+|вырос\w*|сни[зж]\w+|эконом\w+)[^.;,]{0,40}?"
    r"(?<!\w)(?:на\s)?$",
    re.IGNORECASE,
)
_LONGER = re.compile(
    r"\s?[^\W\d_]*\s(?:longer|shorter|more|less|fewer|higher|lower|faster|slower|больше|меньше"
    r"|дольше"
    r"|короче|выше|ниже)\s(?:than|чем)\s(?:the |in the |in |на |в )?",
    re.IGNORECASE,
)
_RATES = frozenset(["percent", "times", "percentage points", "share", None])


def steps(account: Account) -> Iterator[Conflict]:
    """Find "shorter by five days: 15 days instead of 35", and "32, eleven more than the 20"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit not in _RATES]
        for one, other in pairwise(held):
            between = account.text[one.value_end or 0 : other.value_start]
            if one.unit == other.unit and _INSTEAD.fullmatch(between):
                step = _told_step(account, sentence, one)
                if step is not None:
                    yield from _odd(one, other, step)
        for new, step, old in zip(held, held[1:], held[2:], strict=False):
            lead = account.text[new.value_end or 0 : step.value_start]
            between = account.text[step.value_end or 0 : old.value_start]
            same = new.unit == step.unit == old.unit
            if same and len(lead) <= 30 and _LONGER.fullmatch(between):
                yield from _odd(new, old, step)


_THUS = re.compile(
    r"\b(?:thus|therefore|hence|so|this means)\b|(?<!\w)(?:таким образом|значит|итак"
    r"|то есть)(?!\w)",
    re.IGNORECASE,
)


def steps_that_follow(account: Account) -> Iterator[Conflict]:
    """Find "20 trains a day, now it is 16. Thus the traffic will grow by 6 trains"."""
    for before, sentence in pairwise(account.sentences):
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit not in _RATES]
        levels = [f for f in account.figures_in(*before) if f.value and f.unit not in _RATES]
        if len(held) != 1 or len(levels) != 2 or not _THUS.search(account.text, *sentence):
            continue
        lead = account.text[
            max(sentence.start, (held[0].value_start or 0) - 60) : held[0].value_start
        ]
        units = {f.unit for f in (*held, *levels)}
        if len(units) == 1 and _STEP.search(lead) and _BY.search(lead):
            yield from _odd(levels[0], levels[1], held[0])


_BY = re.compile(r"(?:\bby|(?<!\w)на)\s(?:about |some |около )?$", re.IGNORECASE)


def _told_step(account: Account, sentence: Span, first: Fact) -> Fact | None:
    """The one step of the unit told in the sentence or the one before it."""
    before = account.sentence_at(max(0, sentence.start - 2))
    start = max(before.start, account.paragraph_at(sentence.start).start)
    held = [
        f
        for f in account.figures_in(start, first.value_start or 0)
        if f.unit == first.unit
        and f.value
        and _STEP.search(account.text[max(start, (f.value_start or 0) - 60) : f.value_start])
    ]
    return held[0] if len(held) == 1 else None


def _odd(one: Fact, other: Fact, step: Fact) -> Iterator[Conflict]:
    true = abs((one.value or 0.0) - (other.value or 0.0))
    slack = max(rounding(one) + rounding(other) + rounding(step), 1e-9)
    if abs(true - (step.value or 0.0)) <= slack or any(
        f.attributes.get("qualifier") or f.attributes.get("range_high") for f in (one, other, step)
    ):
        return
    yield conflict(
        "arithmetic",
        "high",
        f"{plain(one.value)} and {plain(other.value)} are {plain(true)} {step.unit} apart, not "
        f"{plain(step.value)}",
        f"The two amounts are {plain(true)} apart; the text says {plain(step.value)}.",
        [one, other, step],
    )
