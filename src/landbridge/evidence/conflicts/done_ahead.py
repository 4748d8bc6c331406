"""A deed told as done on a day after the document's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict

_DONE = re.compile(
    r"\b(?:signed|held|opened|adopted|approved|concluded|launched|founded|took place|arrived|left)"
    r"\b|(?<!\w)(?:подписа(?:нн\w+|н|на|но|ны|ли|л)|провед[её]нн\w+|открыт\w{0,4}|открылся"
    r"|открылась"
    r"|состоял(?:ся|ась|ось|ись)|принят\w{0,4}|утвержд[её]н\w*|одобрен\w*|заключ[её]нн\w+"
    r"|прош[её]л|прошла|прошли)(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:[,\s]|\b(?:on|in|here|there|at|the)\b|(?<!\w)(?:в|во|на)(?!\w)|(?<!\w)[A-ZА-ЯЁ]\w+)*"
)
_AHEAD = re.compile(
    r"\b(?:will|would|to be|planned|plans?|should|shall|expected|scheduled|until|by|if|when)\b"
    r"|(?<!\w)(?:буд[еу]т|планир\w+|должн\w+|намечен\w*|ожида\w+|если|когда|до|к)(?!\w)",
    re.IGNORECASE,
)
_FULL = 10


def done_ahead(account: Account) -> Iterator[Conflict]:
    """Find "the treaty, signed on 22 December 2022" in a document of November 2022."""
    own = account.document.date or ""
    if len(own) < _FULL:
        return
    for mention in account.dates:
        if mention.day is None or mention.iso is None or mention.iso <= own:
            continue
        sentence = account.sentence_at(mention.start)
        verbs = list(_DONE.finditer(account.text, sentence.start, mention.start))
        if not verbs or _AHEAD.search(account.text, sentence.start, mention.start):
            continue
        if _BETWEEN.fullmatch(account.text[verbs[-1].end() : mention.start]):
            yield conflict(
                "date",
                "high",
                f"done on {mention.iso}, told on {own}",
                f"The document is of {own}, and tells of {mention.iso} as past.",
                quotes=[account.quote(*sentence)],
            )
