"""What prepares an event and comes after it, and what follows from one and comes before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.dates import DateMention

_NOUN = (
    r"(?P<noun>forum|summit|conference|congress|fair|exhibition|форум\w*|саммит\w*|конференци\w*)"
)
_EVENT = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b(?:to prepare|preparation\w*\s(?:of|for)|preparing\s(?:for\s)?|ahead of|in advance of"
    rf"|on the eve of|prior to|in the run-up to|для подготовки|накануне|в преддверии"
    rf"|перед)\s(?:(?:the|this|a|an|our|its)\s)?(?:[\w-]+\s){{0,2}}?{_NOUN}\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?:on the basis of|following|after|as a result of|on the results of|by decision of"
    rf"|in accordance with|as agreed at|decided at|taken at|adopted at|по итогам|после"
    rf"|по результатам|на основании)\s(?:[\w’'-]+\s){{0,6}}?{_NOUN}\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|takes? place|took place|met|meets?|opened|opens?|will be held|gathered|convened"
    r"|on|состоял\w*|прош[её]л|пройд[её]т|состоится)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:second|third|last|previous|next|another|earlier|former|\d(?:st|nd|rd|th))\b"
    r"|(?<!\w)(?:втор|прошл|следующ|предыдущ)\w+",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"\b(?:{'|'.join(_MONTHS)})[a-z]*", re.IGNORECASE)
_MONTH = len("2024-05")


def around_events(account: Account) -> Iterator[Conflict]:
    """Find "to prepare the forum a delegation will come on 9 July" of a forum of 14 June.

    The event's date is the one month or day that the document gives it beside its noun, with a
    word for being held; the sentence names one date and no other event of the kind.
    """
    days = [(d, day) for d in account.dates if len(day := _day(account, d)) >= _MONTH]
    held: dict[str, set[str]] = {}
    where: dict[str, DateMention] = {}
    for sentence in account.sentences:
        here = [one for one in days if sentence.start <= one[0].start < sentence.end]
        told = _EVENT.search(account.text, *sentence)
        if len(here) != 1 or told is None or not _HELD.search(account.text, *sentence):
            continue
        words = sentence.of(account.text)
        if _BEFORE.search(words) or _AFTER.search(words) or _OTHER.search(words):
            continue
        noun = told["noun"].lower()[:5]
        held.setdefault(noun, set()).add(here[0][1])
        where.setdefault(noun, here[0][0])
    for sentence in account.sentences:
        here = [one for one in days if sentence.start <= one[0].start < sentence.end]
        for pattern, late in ((_BEFORE, True), (_AFTER, False)):
            match = pattern.search(account.text, *sentence)
            if match is None or len(here) != 1 or _OTHER.search(match.group()):
                continue
            noun, day = match["noun"].lower()[:5], here[0][1]
            dates = held.get(noun, set())
            size = min([len(day), *(len(d) for d in dates)])
            if len({d[:size] for d in dates}) != 1:
                continue
            event = next(iter(dates))[:size]
            if (late and day[:size] > event) or (not late and day[:size] < event):
                title = f"{match.group()} on {day}: it was on {min(dates)}"
                place = account.sentence_at(where[noun].start)
                yield conflict(
                    "date",
                    "medium",
                    title,
                    f"The times do not go together: {title}.",
                    quotes=[account.quote(*sentence), account.quote(*place)],
                )


def _day(account: Account, mention: DateMention) -> str:
    """The date as ISO; a day or month without a year is of the document's."""
    if mention.iso:
        return mention.iso
    match = _NAMED.search(account.text, mention.start, mention.end)
    if match is None or account.year is None or mention.first:
        return ""
    month = next(at for at, name in enumerate(_MONTHS, 1) if match[0].lower().startswith(name))
    day = re.search(r"\d{1,2}", account.text[mention.start : mention.end])
    return f"{account.year}-{month:02}" + (f"-{int(day[0]):02}" if day else "")
