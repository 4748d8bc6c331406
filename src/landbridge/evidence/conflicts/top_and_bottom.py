"""One that is told as the most of its kind, and as the least."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.said import names_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import words

_IS = r"(?:is|was|are|remains?|became|ranks?|comes?|stands?)\s(?:still |by far |also |now )?"
_TOP = re.compile(
    rf"\b{_IS}(?:the\s)?(?:largest|biggest|busiest|most \w+|fastest|richest|longest|first"
    rf"|leading)\b"
    r"|(?<!\w)(?:самы\w|сам\w+)\s(?:крупн\w+|больш\w+|оживл[её]нн\w+|загруженн\w+)"
    r"|(?<!\w)(?:крупнейш\w+|на первом месте)(?!\w)",
    re.IGNORECASE,
)
_BOTTOM = re.compile(
    rf"\b{_IS}(?:the\s)?(?:smallest|last|least \w+|slowest|poorest|shortest|emptiest"
    rf"|at the bottom)\b"
    r"|(?<!\w)(?:сам\w+)\s(?:маленьк\w+|мал\w+)|(?<!\w)(?:наименьш\w+|на последнем месте)(?!\w)",
    re.IGNORECASE,
)
_KINDS = words(
    "port ports plant terminal airport railway line country station bank company partner investor "
    "invest market route corridor city region zone park crossing economy supplier"
)
_AFTER = 70


class _Told(NamedTuple):
    who: frozenset[str]
    kind: frozenset[str]
    sentence: Span


def top_and_bottom(account: Account) -> Iterator[Conflict]:
    """Find "X is the busiest port of the country" and "X comes last among its ports"."""
    tops = list(_told(account, _TOP))
    for low in _told(account, _BOTTOM):
        for high in tops:
            if high.who & low.who and high.kind & low.kind and high.sentence != low.sentence:
                yield conflict(
                    "contradiction",
                    "medium",
                    "the most of its kind, and the least: " + ", ".join(sorted(high.who & low.who)),
                    "One passage ranks it first, another last; they may be of different measures.",
                    quotes=[account.quote(*high.sentence), account.quote(*low.sentence)],
                )
                break


def _told(account: Account, form: re.Pattern[str]) -> Iterator[_Told]:
    for sentence in account.sentences:
        for match in form.finditer(account.text, *sentence):
            lead = account.text[sentence.start : match.start()]
            cut = max(lead.rfind(","), lead.rfind(";"), lead.rfind(":")) + 1
            who = _names(account, Span(sentence.start + cut, match.start()))
            end = min(sentence.end, match.end() + _AFTER)
            stop = re.search(r"[,;.]", account.text[match.end() : end])
            end = match.end() + stop.start() if stop else end
            kind = concepts(account.text[match.start() : end]) & _KINDS
            if len(who) == 1 and kind:
                yield _Told(who, kind, sentence)


def _names(account: Account, span: Span) -> frozenset[str]:
    named = {m.name.iso3 for m in account.names_in(*span) if m.name.iso3}
    opening = re.match(r"\W*([A-ZА-ЯЁ][^\W\d_]{3,})", account.text[span.start : span.end])
    found = names_in(account, span) | frozenset(named)
    if not found and opening:
        from landbridge.evidence.text.concepts import latin

        return frozenset([latin(opening[1])[:5]])
    return found
