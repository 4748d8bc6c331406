"""Two that are both the largest, and one that has two ranks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.said import names_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Quote
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import words

_NUMBERS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_RANK = re.compile(
    r"\b(?P<verb>is|was|are|were|became|become|remains?|remained|being|as|ranks?|takes?)\s"
    r"(?:now |still |already |also |today |currently |by far |the |our |its |[A-Z]\w+[’']s )*"
    r"(?:(?P<number>second|third|fourth|fifth)[- ])?"
    r"(?P<top>largest|biggest|leading|main|top|number one|most important|longest|first)\s"
    r"(?:[A-Z]\w+\s)?(?P<head>(?:(?!(?:by|of|in|for|on|at|to|with)\s)[a-z-]+\s?){1,4})(?P<rest>[^.;,]{0,80})"
    r"|(?P<verb2>является|стал\w*|остается|остаётся|—|-)\s"
    r"(?:(?P<number2>втор\w+|треть\w+)\s(?:по\s\w+\s)?)?"
    r"(?P<top2>крупнейш\w+|главн\w+|основн\w+|ведущ\w+|перв\w+)\s"
    r"(?P<head2>(?:[а-яё-]+\s?){1,4})(?P<rest2>[^.;,]{0,80})",
)
_TURNED = re.compile(
    r"(?:^|\b[Tt]he\s|[Ii]ts\s)(?:(?P<number>second|third|fourth|fifth)[- ])?"
    r"(?P<top>largest|biggest|leading|main|top|most important|first)\s"
    r"(?P<head>(?:[a-z-]+\s?){1,4}?)(?P<scope>(?:of|in|for)\s[^.;,]{0,60}?)?\s?"
    r"(?:is|was|are|were|became|remains?|remained)\s(?P<who>[^.;,]{2,60})"
    r"|(?P<top2>[Кк]рупнейш\w+|[Гг]лавн\w+|[Пп]ерв\w+)\s(?P<head2>(?:[а-яё-]+\s?){1,3}?)"
    r"(?P<scope2>[А-ЯЁ][^.;,]{0,60}?)?\s?(?:является|стал\w*|оста[её]тся|был\w*|[—-])\s"
    r"(?P<who2>[^.;,]{2,60})"
)
_BESIDE = re.compile(
    r"\b(?:after|behind|before|ahead of|followed by|next to)\b"
    r"|(?<!\w)(?:после|вслед за|перед)(?!\w)",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\b(?:one of|among)\b|(?<!\w)(?:один|одна|одно|одним|одной|из) ", re.I)
_PARTNERS = words(
    """
    partner partne parter invest investment lender creditor loan supplier suppli buyer buye market
    marke export import owner shareholder donor port terminal route corridor crossing bank project
    turnover producer produc consumer consum trade
    """
)


@dataclass(frozen=True, slots=True)
class Rank:
    """Who is told to be of which rank in what."""

    quote: Quote
    who: frozenset[str]
    number: int
    head: frozenset[str]
    scope: frozenset[str]
    year: int | None
    by: frozenset[str] = frozenset()


_BY = re.compile(
    r"\b[Bb]y (?:the )?(?P<what>[a-z]+(?: [a-z]+)?(?: of [a-z]+)?)"
    r"|(?<!\w)[Пп]о (?P<what2>[а-яё]+(?: [а-яё]+)?)"
)


def _by(account: Account, sentence: Span) -> frozenset[str]:
    """What a rank is by: turnover, area, number of projects."""
    return frozenset(
        word
        for match in _BY.finditer(account.text, *sentence)
        for word in concepts(match["what"] or match["what2"])
    )


def ranks(account: Account) -> Iterator[Rank]:
    """Give the ranks that a document tells of: the largest, the second largest."""
    told = account.dates
    for sentence in account.sentences:
        yield from _turned(account, told, sentence)
        for match in _RANK.finditer(account.text, *sentence):
            left = Span(sentence.start, match.start())
            if _ONE_OF.search(match.group()) or _ONE_OF.search(left.of(account.text)[-30:]):
                continue
            clause = re.split(r"[,;]\s", left.of(account.text))[-1]
            start = left.end - len(clause)
            who = _named(account, Span(start, left.end))
            head = concepts(match["head"] or match["head2"])
            scope = _named(account, _scope(match))
            here = [d.first for d in told if d.first and sentence.start <= d.start < sentence.end]
            number = _NUMBERS.get(match["number"] or "", 1)
            if match["number2"]:
                number = 2 if match["number2"].startswith("втор") else 3
            if who and head & _PARTNERS:
                yield Rank(
                    account.quote(start, match.end()),
                    who,
                    number,
                    head - {"trade"},
                    scope,
                    here[0] if here else account.year,
                    _by(account, sentence),
                )


def _scope(match: re.Match[str]) -> Span:
    """From the rank's word to where others are named that stand before or after it."""
    start = match.end("top") if match["top"] else match.end("top2")
    beside = _BESIDE.search(match.string, start, match.end())
    return Span(start, beside.start() if beside else match.end())


def _turned(account: Account, told: Sequence[DateMention], sentence: Span) -> Iterator[Rank]:
    """Ranks told the other way round: "the largest investor is …"."""
    for match in _TURNED.finditer(account.text, *sentence):
        second = "2" if match["top2"] else ""
        head = concepts(match[f"head{second}"])
        who = _named(account, Span(*match.span(f"who{second}")))
        scope = match.span(f"scope{second}")
        if not who or not head & _PARTNERS or _ONE_OF.search(match.group()):
            continue
        here = [d.first for d in told if d.first and sentence.start <= d.start < sentence.end]
        yield Rank(
            account.quote(*match.span()),
            who,
            _NUMBERS.get(match["number"] or "", 1),
            head - {"trade"},
            _named(account, Span(*scope)) if scope[0] >= 0 else frozenset(),
            here[0] if here else account.year,
            _by(account, sentence),
        )


def _named(account: Account, span: Span) -> frozenset[str]:
    """Economies and other names in a stretch."""
    named = {m.name.iso3 or m.name.name for m in account.names_in(*span)}
    return frozenset(named) | economies_in(span.of(account.text)) | names_in(account, span)


def two_of_one_rank(all_ranks: Sequence[Rank]) -> list[Conflict]:
    """Find two that are both first in one thing and year, and one that is first and second."""
    buckets: dict[frozenset[str], list[Rank]] = defaultdict(list)
    for one in all_ranks:
        buckets[one.head].append(one)
    found: list[Conflict] = []
    for held in buckets.values():
        for at, one in enumerate(held):
            for other in held[at + 1 :]:
                if _clash(one, other):
                    found.append(_told(one, other))
                    break
    return found


def _clash(one: Rank, other: Rank) -> bool:
    if one.scope != other.scope or one.year != other.year:
        return False
    if one.by and other.by and not one.by & other.by:
        return False
    if one.number == other.number:
        return not one.who & other.who
    return one.who == other.who


def _told(one: Rank, other: Rank) -> Conflict:
    same = one.number == other.number
    head = " ".join(sorted(one.head))
    return conflict(
        "contradiction",
        "medium",
        f"two of one rank: {head}" if same else f"one of two ranks: {head}",
        "Both cannot hold; they may be of different measures, and neither passage says so."
        if same
        else f"The passages give one the rank {one.number} and {other.number}.",
        quotes=[one.quote, other.quote],
    )
