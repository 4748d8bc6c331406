"""What a text breaks off or points to and does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict

_NO_AMOUNT = re.compile(
    r"(?:\b(?:about|approximately|around|over|nearly|amounted to|reached|was|of|to)\s+)(?:US ?\$"
    r"|USD|[$€£])(?=\s*(?:[.,;)]|$))(?!\s?\.?\d)",
    re.IGNORECASE | re.MULTILINE,
)
_POINTS = re.compile(
    r"\b(?:the|this)\s(?P<what>table|chart|graph|diagram|figure)\s(?:below\s|above\s)?(?:shows"
    r"|demonstrates|illustrates|presents|gives|indicates)\b"
    r"|\b(?:as\s(?:shown|seen)\sin|see)\sthe\s(?P<what2>table|chart|graph|diagram)\b"
    r"|(?<!\w)(?:в|на)\s(?P<what3>таблице|диаграмме|графике)\s(?:ниже|показан\w*|приведен\w*)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^\s*(?:table|figure|fig\.|chart|diagram|таблица|рис\.|график)\s*\d*",
    re.IGNORECASE | re.MULTILINE,
)
_ROW = re.compile(r"(?:\d[\d.,]*%?[ \t|;]{2,}){2,}|\t\d")
_FOLLOWS = re.compile(r"\b(?:as follows|the following)\s*:\s*$", re.IGNORECASE)
_LEAST_WORDS = 4


def missing_amounts(account: Account) -> Iterator[Conflict]:
    """Find a currency with no amount ("Approximately US $.")."""
    for match in _NO_AMOUNT.finditer(account.text):
        yield conflict(
            "missing",
            "medium",
            f"a currency without its amount: {match.group()}",
            "The amount that belongs to the currency is not in the text.",
            quotes=[account.quote(*match.span())],
        )


def cut_off(account: Account) -> Iterator[Conflict]:
    """Find paragraphs that break off in an open bracket, or after "as follows:" at the very end."""
    for at, paragraph in enumerate(account.paragraphs):
        words = paragraph.of(account.text)
        last = account.sentence_at(paragraph.end - 1)
        broken = re.search(r"[(\[]\s*[^()\[\]]{0,12}$", words)
        ends = at + 1 == len(account.paragraphs) and _FOLLOWS.search(words)
        if (broken or ends) and len(words.split()) >= _LEAST_WORDS:
            held = account.figures_in(last.start, paragraph.end)
            yield conflict(
                "missing",
                "medium",
                "a sentence breaks off",
                "The text ends in the middle: what would say more of it, a source or a breakdown, "
                "is lost.",
                held[-1:],
                [account.quote(max(last.start, paragraph.start), paragraph.end)],
            )


def missing_tables(account: Account) -> Iterator[Conflict]:
    """Find "the table shows" where no table is."""
    text = account.text
    if _CAPTION.search(text) or _ROW.search(text):
        return
    for match in _POINTS.finditer(text):
        what = next(w for w in (match["what"], match["what2"], match["what3"]) if w)
        sentence = account.sentence_at(match.start())
        yield conflict(
            "missing",
            "low",
            f"a {what.lower()} is spoken of and not there",
            "The text rests on it, and it did not come with the text.",
            quotes=[
                account.quote(
                    max(sentence.start, match.start() - 40), min(sentence.end, match.end() + 60)
                )
            ],
        )
        return
