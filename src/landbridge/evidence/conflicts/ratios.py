"""Percentages and multiples that two figures beside them should give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.spans import Span

_FOLLOWS = re.compile(
    r"\b(?:thus|therefore|hence|so|accordingly|that is|that means|i\.e\.|which (?:is|makes|means)"
    r"|this (?:is|makes|means)|or|making|equals?|equal to)\b"
    r"|(?<!\w)(?:то есть|т\.е\.|таким образом|значит|следовательно|или|это|что (?:составляет"
    r"|составило|означает))(?!\w)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?P<up>growth|increase[ds]?|grew|grown|rise|rose|risen|gain\w*"
    r"|(?<!made )(?<!makes )(?<!make )up|more|higher|jump\w*)\b"
    r"|\b(?P<down>decrease[ds]?|declin\w+|fell|fall\w*|drop\w*|reduc\w+|less|fewer|lower|down|cut"
    r"|shrank|shrunk)\b"
    r"|(?<!\w)(?P<up2>рост\w*|вырос\w*|увелич\w+|прирост\w*|больше|выше)(?!\w)"
    r"|(?<!\w)(?P<down2>сни[зж]\w+|сократ\w+|упал\w*|паден\w+|меньше|ниже|уменьш\w+)(?!\w)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:against|compared (?:to|with)|for comparison|than|from|a year (?:before|earlier|ago)"
    r"|previous year|same (?:period|time)|last year|figure|while in)\b"
    r"|(?<!\w)(?:показател\w+|аналогичн\w+|период\w*|прошл\w+|предыдущ\w+|равн\w+|год\w*|против"
    r"|по сравнению|чем|годом ранее|с)(?!\w)",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<!\w)(?:from|с|со)\s(?:about |some |over )?(?:US)?[$€£¥]?$", re.IGNORECASE)
_TO = re.compile(r"(?<!\w)(?:to|до)(?!\w)", re.IGNORECASE)
_BOUND = re.compile(r"(?:more|less|fewer|higher|lower|больше|меньше) (?:than|чем)\s*$", re.I)
_AS_MANY = re.compile(
    r"\bas (?:many|much|large|long|big)\b|(?<!\w)в (?:два|три|четыре|пять|\d+) раза?", re.I
)
_NO_LEVEL = frozenset(
    ["percent", "times", "percentage points", "share", "years", "months", "days", "hours", None]
)
_WHOLE = 100.0
_LEAST_SLACK = 0.6
_MOST_NEW = 1
_MOST_LEVELS = 4
_NEAR = 45


def ratios_of_two(account: Account) -> Iterator[Conflict]:
    """Find "92 thousand in 2016, 121 thousand in 2017, that is 47 percent more".

    The percentage must be a change, or be said to follow ("thus", "that is", "or"), its clause
    must speak of nothing that the levels do not, and the levels are those of one unit in its
    sentence before it or, where there are none, in the sentence before. It is right where any two
    of these give it, as a change, as a multiple or as a part.
    """
    for fact in account.figures:
        if fact.unit not in {"percent", "times"} or not fact.value:
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        lead = account.text[max(sentence.start, (fact.value_start or 0) - _NEAR) : fact.value_start]
        tail = account.text[fact.value_end or 0 : min(sentence.end, (fact.value_end or 0) + 30)]
        way = _way(lead, tail)
        changes = way is not None or (fact.unit == "times" and bool(_AS_MANY.search(lead + tail)))
        follows = _FOLLOWS.search(lead) is not None or _opens(account, fact, sentence)
        if not changes and not follows:
            continue
        levels = _levels(account, fact, sentence, whole=changes or _opens(account, fact, sentence))
        if len(levels) < 2 or not _same_matter(account, fact, levels):
            continue
        if _of_another_year(tail, levels):
            continue
        told = _told(fact)
        if any(_gives(told, one, other, way) for one, other in combinations(levels, 2)):
            continue
        outright = follows and way is not None and fact.unit == "percent"
        if len(levels) > _MOST_LEVELS or (len(levels) > 2 and not outright):
            continue
        whole = _part_and_whole(account, levels)
        if not (changes or whole) or (changes and whole and not follows):
            continue
        yield _conflict(fact, levels, change=changes)


_THAN_IN = re.compile(r"(?:than|чем)\s(?:in|в)\s(?P<year>(?:19|20)\d\d)", re.IGNORECASE)


def _of_another_year(tail: str, levels: list[Fact]) -> bool:
    """Say whether a change is against a year that no level is of: "twice as many as in 2016"."""
    than = _THAN_IN.search(tail)
    return than is not None and all(f.year != int(than["year"]) for f in levels)


def _way(lead: str, tail: str) -> str | None:
    """Whether a change goes up or down, by the word nearest before it, else after it."""
    lead = _BOUND.sub("", lead)
    found = [*_CHANGE.finditer(lead)][-1:] or [*_CHANGE.finditer(tail)][:1]
    if not found:
        return None
    return "up" if found[0]["up"] or found[0]["up2"] else "down"


def _opens(account: Account, fact: Fact, sentence: Span) -> bool:
    """Say whether the percentage comes first: "60 percent of 200 wagons, that is 90 wagons"."""
    after = account.text[fact.value_end or 0 : sentence.end]
    return bool(re.match(r"\s?(?:%|percent|процент\w*)?\s?(?:of|из|от)\s", after)) and bool(
        _FOLLOWS.search(after)
    )


def _levels(account: Account, fact: Fact, sentence: Span, *, whole: bool) -> list[Fact]:
    """Figures of one unit that the percentage may be reckoned from, the two last said."""
    before = account.sentence_at(max(0, sentence.start - 2))
    paragraph = account.paragraph_at(sentence.start)
    stretches = [Span(sentence.start, sentence.end if whole else fact.value_start or 0)]
    if before.start < sentence.start and before.start >= paragraph.start:
        stretches.append(Span(before.start, sentence.end if whole else fact.value_start or 0))
    if any(f.unit is None for f in account.figures_in(*stretches[-1])):
        return []
    for stretch in stretches:
        held = [f for f in account.figures_in(*stretch) if f.unit not in _NO_LEVEL and f.value]
        if len(held) < 2:
            continue
        unit = held[-1].unit
        same = [f for f in held if f.unit == unit]
        if len(same) >= 2 and not (len(same) == 2 and same[0].value == same[1].value):
            return same
    earlier = account.sentence_at(max(0, before.start - 2))
    if whole and before.start > earlier.start >= paragraph.start:
        held = [
            f
            for f in account.figures_in(earlier.start, sentence.start)
            if f.unit not in _NO_LEVEL and f.value
        ]
        if len(held) == 2 and held[0].unit == held[1].unit:
            return held
    return []


def _same_matter(account: Account, fact: Fact, levels: list[Fact]) -> bool:
    """Say whether the percentage's clause speaks of nothing the levels' sentences do not."""
    start = min(account.sentence_at(f.value_start or 0).start for f in levels)
    last = max(levels, key=lambda f: f.value_end or 0)
    known = concepts(account.text[start : max(fact.start, last.end)])
    sentence = account.sentence_at(fact.value_start or 0)
    own = max([fact.start, *(f.value_end or 0 for f in levels if (f.value_end or 0) < fact.end)])
    text = account.text[min(own, fact.value_start or 0) : min(fact.end, sentence.end)]
    new = concepts(_AGAINST.sub(" ", _CHANGE.sub(" ", _FOLLOWS.sub(" ", text)))) - known
    return len(new - {"growth", "fall", "year", "month"}) <= _MOST_NEW and _like_levels(
        account, levels
    )


def _like_levels(account: Account, levels: list[Fact]) -> bool:
    """Say whether the levels are of one thing at two times, or of a part and its whole."""
    first, second = levels[-2], levels[-1]
    between = account.text[first.value_end or 0 : second.value_start or 0]
    years = {first.year, second.year}
    lead = account.text[max(0, (first.value_start or 0) - 24) : first.value_start]
    risen = bool(_FROM.search(lead) and _TO.search(between))
    told = len(years) > 1 or bool(_AGAINST.search(between))
    return risen or told or _part_and_whole(account, levels)


_OUT_OF = re.compile(
    r"\b(?:out of|of (?:the|all|them|these|which|a total)|of)\b|(?<!\w)(?:из|от)(?!\w)", re.I
)


def _part_and_whole(account: Account, levels: list[Fact]) -> bool:
    first, second = levels[-2], levels[-1]
    lead = account.text[max(0, (first.value_start or 0) - 12) : first.value_start]
    between = account.text[first.value_end or 0 : second.value_start or 0]
    return bool(_OUT_OF.search(between)) or bool(_OUT_OF.search(lead))


def _told(fact: Fact) -> tuple[float, float]:
    """The range a percentage or multiple may mean, as a number of the unit it is written in."""
    near = max(rounding(fact), _LEAST_SLACK if fact.unit == "percent" else 0.06 * (fact.value or 0))
    match fact.attributes.get("qualifier"):
        case "over" | "at least":
            return (fact.value or 0.0) - near, 1.25 * (fact.value or 0.0) + near
        case "up to" | "nearly":
            return 0.9 * (fact.value or 0.0) - near, (fact.value or 0.0) + near
    return (fact.value or 0.0) - near, (fact.value or 0.0) + near


def _gives(told: tuple[float, float], one: Fact, other: Fact, way: str | None) -> bool:
    """Say whether two levels give what is told: a part, a rise, a fall or a multiple."""
    low, high = sorted((one, other), key=lambda f: f.value or 0.0)
    least = ((low.value or 0.0) - rounding(low)) / ((high.value or 1.0) + rounding(high))
    most = ((low.value or 0.0) + rounding(low)) / max((high.value or 1.0) - rounding(high), 1e-12)
    widest = 1 / max(least, 1e-12)
    spans = [(1 / most, widest), (1 / most - 1, widest - 1)]
    if way != "down":
        spans += [
            ((1 / most - 1) * _WHOLE, (widest - 1) * _WHOLE),
            (1 / most * _WHOLE, widest * _WHOLE),
        ]
    if way != "up":
        spans += [((1 - most) * _WHOLE, (1 - least) * _WHOLE)]
    if way is None:
        spans += [(least * _WHOLE, most * _WHOLE)]
    return any(first <= told[1] and told[0] <= last for first, last in spans)


def _conflict(fact: Fact, levels: list[Fact], *, change: bool) -> Conflict:
    ordered = sorted(levels, key=lambda f: (f.year or 0, f.value_start or 0))
    first, second = ordered[0], ordered[-1]
    old, new = first.value or 1.0, second.value or 1.0
    if change and fact.unit == "percent":
        true = f"{(new / old - 1) * _WHOLE:+.1f} %"
    elif fact.unit == "times":
        true = f"{max(old, new) / min(old, new):.2f} times"
    else:
        true = f"{min(old, new) / max(old, new) * _WHOLE:.1f} %"
    written = f"{plain(fact.value)} {'%' if fact.unit == 'percent' else 'times'}"
    return conflict(
        "arithmetic",
        "high",
        f"{plain(old)} and {plain(new)} {first.unit}: {true}, not {written}",
        f"From {plain(old)} and {plain(new)} follows {true}; the text says {written}.",
        [*levels, fact],
    )
