"""Rises that end lower than they began, and falls that end higher."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import agree, conflict, plain
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.concepts import concepts

_TO = re.compile(
    r"(?:\b(?P<up>increas\w+|grew|grow\w*|r[io]se\w*|rais\w+|expand\w*|deepen\w*|widen\w*|extend\w*"
    r"|climb\w*)"
    r"|\b(?P<down>decreas\w+|declin\w+|fell|fall\w*|drop\w*|reduc\w+|shrank|shrunk|cut|shorten\w*"
    r"|lower\w+)"
    r"|(?<!\w)(?P<up2>увелич\w+|вырос\w*|возрос\w*|расшир\w+|повы[сш]\w+)"
    r"|(?<!\w)(?P<down2>сни[зж]\w+|сократ\w+|упал\w*|уменьш\w+|понизи\w+))"
    r"(?P<from>[^;.]{0,60}?\b(?:from|с|со)\b[^;.]{0,40}?)?"
    r"\s(?:to|up to|down to|till|до)\s(?:about |over |some |only )?(?:US)?[$€£]?$",
    re.IGNORECASE,
)
_REACH = 140


def wrong_directions(account: Account) -> Iterator[Conflict]:
    """Find "increased from 14 to 11": the end of a rise must not be the smaller number.

    The start is the figure between "from" and "to"; without one, the figure before it in the
    sentence where both speak of one thing.
    """
    for at, last in enumerate(account.figures):
        if not last.value or not last.unit or at == 0:
            continue
        sentence = account.sentence_at(last.value_start or 0)
        start = max(sentence.start, (last.value_start or 0) - _REACH)
        told = _TO.search(account.text, start, last.value_start or 0)
        first = account.figures[at - 1]
        if told is None or first.unit != last.unit or (first.value_start or 0) < sentence.start:
            continue
        if told["from"] is None and not _one_matter(account, first, last, told.start()):
            continue
        if told["from"] is not None and (first.value_start or 0) < told.start("from"):
            continue
        up = bool(told["up"] or told["up2"])
        gap = (last.value or 0.0) - (first.value or 0.0)
        if agree(first, last) or (gap > 0) == up:
            continue
        yield conflict(
            "bound",
            "medium",
            f"{'a rise' if up else 'a fall'} from {plain(first.value)} to {plain(last.value)} "
            f"{last.unit}",
            f"The words tell of {'a rise' if up else 'a fall'}, the numbers of the opposite. One "
            "of them is wrong, or they have changed places.",
            [first, last],
        )


def _one_matter(account: Account, first: Fact, last: Fact, verb: int) -> bool:
    """Say whether what grows is what the earlier figure is of: a word right before each."""
    lead = account.text[max(first.start, (first.value_start or 0) - 40) : first.value_start]
    grows = account.text[max(first.value_end or 0, verb - 40) : verb]
    return bool(concepts(lead) & concepts(grows) - {"growth", "fall", "year"})
