"""Parts that make a whole by what they are called: women and men, imports and exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.said import counts
from landbridge.evidence.conflicts.slips import slip_between
from landbridge.evidence.conflicts.telling import conflict, plain, rounding, spread, sum_conflict
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span

_PAIRS = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (r"women|female|girls|женщин\w*|девоч\w+", r"men|male|boys|мужчин\w*|мальчик\w*"),
        (r"loaded|full|laden|гружен\w+", r"empty|empties|порожн\w+"),
        (r"eastbound|east-bound|going east|to the east|на восток",
         r"westbound|west-bound|going west|to the west|на запад"),
        (r"foreign|foreigners|international|иностранн\w+|иностранц\w+",
         r"domestic|local|national|местн\w+|отечественн\w+"),
        (r"urban|in towns|городск\w+", r"rural|in villages|сельск\w+"),
        (r"public|state-owned|государственн\w+", r"private|частн\w+"),
        (r"electrified|электрифицирован\w+", r"(?:non|not|un)[- ]?electrified|diesel"),
        (r"arriv\w+|incoming|inbound|прибы\w+", r"depart\w+|outgoing|outbound|убы\w+|отправл\w+"),
    )
)  # fmt: skip
_OF_THE = re.compile(
    r"(?:^|[.;:]\s+|\n)(?:And |But )?(?:Of|From|Among|Out of|Из)\s(?:the|these|those|all|its|этих)?"
    r"\s?(?:about |some )?$",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\s?[a-z]*\s(?:of it|of them|of this|of that|of which|из них|из неё)\b", re.I)
_REST = re.compile(r"\b(?:the rest|remaining|others?|the remainder)\b|(?<!\w)остальн\w+", re.I)
_RATES = frozenset(["percent", "times", "percentage points", "share", "years", "days", "hours"])
_LEAST = 2
_WORDS_BESIDE = 40


def complements(account: Account) -> Iterator[Conflict]:
    """Find "75 students, 48 women and 37 men": two kinds that make the whole, and do not.

    The total stands before its two parts in one sentence, or closes the sentence before; each
    part has its own of two words of which every member of the whole is one.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit not in _RATES]
        for one, other in pairwise(held):
            if not _paired(account, one, other, sentence):
                continue
            total = _total_before(account, one, other, sentence)
            made = (one.value or 0.0) + (other.value or 0.0)
            if total is None or abs(made - (total.value or 0.0)) <= sum(
                rounding(f) for f in (one, other, total)
            ):
                continue
            yield sum_conflict([one, other], total, made)


def _paired(account: Account, one: Fact, other: Fact, sentence: Span) -> bool:
    """Say whether each of two figures has its own of two words that make a whole."""
    between = account.text[one.value_end or 0 : other.value_start or 0]
    stop = min(sentence.end, (other.value_end or 0) + _WORDS_BESIDE)
    after = re.split(r"[,;.]", account.text[other.value_end or 0 : stop])[0]
    if not counts(one) or not counts(other):
        return False
    return any(
        (first.search(between) and second.search(after))
        or (second.search(between) and first.search(after))
        for first, second in _PAIRS
    )


def _total_before(account: Account, one: Fact, other: Fact, sentence: Span) -> Fact | None:
    """The last count before both that is more than either."""
    paragraph = account.paragraph_at(sentence.start)
    start = account.sentence_at(max(paragraph.start, sentence.start - 2)).start
    most = max(one.value or 0.0, other.value or 0.0)
    held = [
        f
        for f in account.figures_in(start, one.value_start or 0)
        if counts(f) and (f.value or 0.0) > most and f.unit not in _RATES
    ]
    here = [f for f in held if (f.value_start or 0) >= sentence.start] or held
    if not here or (here[-1].value or 0.0) > _FAR * ((one.value or 0.0) + (other.value or 0.0)):
        return None
    return here[-1]


_FAR = 1.5


def complementary_shares(account: Account) -> Iterator[Conflict]:
    """Find "loaded 100 percent and empty 6 percent": shares of two kinds that make a whole."""
    for sentence in account.sentences:
        held = [
            f
            for f in account.figures_in(*sentence)
            if f.unit == "percent" and f.value and not f.attributes.get("change")
        ]
        for one, other in pairwise(held):
            lead = account.text[sentence.start : one.value_start]
            between = account.text[one.value_end or 0 : other.value_start]
            made = (one.value or 0.0) + (other.value or 0.0)
            if len(between) > _WORDS_BESIDE or made <= _WHOLE + rounding(one) + rounding(other):
                continue
            if any(
                (a.search(lead) and b.search(between)) or (b.search(lead) and a.search(between))
                for a, b in (*_PAIRS, _LOADED)
            ):
                yield conflict(
                    "bound",
                    "high",
                    f"{plain(one.value)} and {plain(other.value)} % of one whole",
                    f"The two kinds make {plain(made)} % together.",
                    [one, other],
                )


_WHOLE = 100.0
_LOADED = (
    re.compile(r"\bwith (?:cargo|goods|load)\b", re.IGNORECASE),
    re.compile(r"\b(?:empty|empties|without (?:cargo|goods|load))\b", re.IGNORECASE),
)


def parts_of_it(account: Account) -> Iterator[Conflict]:
    """Find "1,300 km long: 887 km of it in one country and 513 in the other", and "Of the 118 …".

    Parts that exceed the whole conflict; parts that fall short do where the rest is named last,
    or where one digit or two swapped would make the sum right.
    """
    for sentence in account.sentences:
        held = [
            f
            for f in account.figures_in(*sentence)
            if f.value and f.unit and f.unit not in _RATES and not f.attributes.get("range_high")
        ]
        for at, fact in enumerate(held):
            lead = account.text[max(0, sentence.start - 2) : fact.value_start]
            after = account.text[fact.value_end or 0 : (fact.value_end or 0) + 30]
            opens = at == 0 and bool(_OF_THE.search(lead))
            if at == 0 and (before := _told_before(account, sentence.start, lead, fact)):
                held, opens, fact = [before, *held], True, before
            if not opens and not _OF_IT.match(after):
                continue
            total = fact if opens else _whole(held[:at], fact)
            total = total or _whole_before(account, sentence.start, fact)
            parts = [f for f in held[at + opens :] if total and f.unit == total.unit]
            if total is None or not parts or total.attributes.get("qualifier"):
                continue
            made = sum(f.value or 0.0 for f in parts)
            if len(parts) < _LEAST and not (opens and parts[0].attributes.get("noun_left_out")):
                continue
            gap = made - (total.value or 0.0)
            slack = spread((total, *parts))
            rest = _REST.search(account.text, fact.value_end or 0, sentence.end) is not None
            short = gap < -slack and len(parts) >= _LEAST and (rest or _slipped(total, made))
            if gap > slack or short:
                yield sum_conflict(parts, total, made)
            break


_OF_THEM = re.compile(
    r"(?:^|\W)(?:Of|From|Among)\s(?:them|these|those|which|this number),?\s(?:about )?$"
    r"|(?:^|\W)(?:Из|Среди)\s(?:них|этих|этого числа),?\s$"
)


def _told_before(account: Account, start: int, lead: str, part: Fact) -> Fact | None:
    """The total of "Of them 15 …": the largest count of the unit in the sentence before."""
    before = account.sentence_at(max(0, start - 2))
    if not _OF_THEM.search(lead) or before.start < account.paragraph_at(start).start:
        return None
    held = [
        f
        for f in account.figures_in(before.start, start)
        if f.unit == part.unit and (f.value or 0.0) > (part.value or 0.0)
    ]
    return held[0] if len(held) == 1 else None


def _whole(before: list[Fact], part: Fact) -> Fact | None:
    held = [f for f in before if f.unit == part.unit and (f.value or 0.0) > (part.value or 0.0)]
    return held[-1] if held else None


def _whole_before(account: Account, start: int, part: Fact) -> Fact | None:
    """The one amount of the unit in the sentence before, larger than the part "of it"."""
    before = account.sentence_at(max(0, start - 2))
    if "\n" in account.text[before.end : start].strip(" ") or part.unit is None:
        return None
    held = [f for f in account.figures_in(before.start, start) if f.unit == part.unit]
    larger = [f for f in held if (f.value or 0.0) > (part.value or 0.0)]
    return larger[0] if len(held) == len(larger) == 1 else None


def _slipped(total: Fact, made: float) -> bool:
    """Say whether the sum is the total but for one digit or two that changed places."""
    from dataclasses import replace

    from landbridge.evidence.conflicts.slips import digits_of

    slip = slip_between(total, replace(total, value=made))
    return slip in {"digit", "swapped"} and len(digits_of(total.value or 0.0)) > _LEAST
