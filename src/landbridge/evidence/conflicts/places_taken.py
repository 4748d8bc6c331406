"""Places in a ranking that do not follow from the numbers told beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact

_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "перв": 1, "втор": 2, "трет": 3, "четв": 4, "пят": 5, "шест": 6, "седьм": 7,
}  # fmt: skip
_PLACE = re.compile(
    r"\b(?:in|on|to|at|takes?|took|holds?|held|occup\w+|ranks?|ranked|comes?|came|is|was)\s(?:the\s"
    r"|only\s|just\s)?(?:number\s)?(?P<word>first|second|third|fourth|fifth|sixth|seventh)"
    r"(?:\s(?:place|position|rank)\b|(?=\s(?:with|by|in|,|among|before|after|ahead)\b)|(?=[,.;]))"
    r"|(?<!\w)(?P<russian>перв|втор|трет|четв[её]рт|пят|шест|седьм)\w{2,3}\s(?:место|месте|позици\w+)",
    re.IGNORECASE,
)
_DURATION = frozenset(["years", "days", "hours", "months", "minutes"])
_OUT_OF = re.compile(
    r"\s(?:in|of|on)\s(?:the\s)?(?:world|list|time|day|stage|year)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Told:
    place: int
    fact: Fact
    start: int
    end: int


def places_taken(account: Account) -> Iterator[Conflict]:
    """Find "second with seven projects … with its eight projects takes the fourth place".

    Places told in one paragraph, each with one count of the same unit in its sentence: who stands
    before another cannot have less. Times are left out, since there less is more.
    """
    held: dict[int, list[_Told]] = {}
    for match in _PLACE.finditer(account.text):
        sentence = account.sentence_at(match.start())
        others = list(_PLACE.finditer(account.text, *sentence))
        start, end = sentence.start, sentence.end
        if len(others) > 1:
            at = [m.start() for m in others].index(match.start())
            start = match.start() if at else start
            end = others[at + 1].start() if at + 1 < len(others) else end
        figures = [f for f in account.figures_in(start, end) if counts(f) or f.unit == "tonnes"]
        figures = [f for f in figures if f.unit not in _DURATION and f.value]
        if not figures or _OUT_OF.match(account.text, match.end()):
            continue
        near = min(figures, key=lambda f: abs((f.value_start or 0) - match.start()))
        paragraph = account.paragraph_at(match.start()).start
        held.setdefault(paragraph, []).append(
            _Told(_number(match), near, sentence.start, sentence.end)
        )
    for told in held.values():
        for one, other in combinations(sorted(told, key=lambda t: t.place), 2):
            less = (one.fact.value or 0.0) < (other.fact.value or 0.0)
            if one.place < other.place and less and one.fact.unit == other.fact.unit:
                yield conflict(
                    "contradiction",
                    "medium",
                    f"place {one.place} with {plain(one.fact.value)} {one.fact.unit}, place "
                    f"{other.place} with {plain(other.fact.value)}",
                    "Who stands before another cannot have less.",
                    [one.fact, other.fact],
                    [account.quote(t.start, t.end) for t in (one, other)],
                )


def _number(match: re.Match[str]) -> int:
    word = (match["word"] or match["russian"]).lower()
    return next(number for form, number in _WORDS.items() if word.startswith(form))
