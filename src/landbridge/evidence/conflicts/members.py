"""Lists that leave a member out, and lists of another length than they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.counted_lists import COUNTED_OFF, GOES_ON, SCALE
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import Mention
from landbridge.evidence.text.numbers import numbers
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.units import known_nouns
from landbridge.facts import rows

_WHOLE = re.compile(
    r"\b(?:as follows|the following|the list of|are|namely|comprise[sd]?|consists? of|all|both"
    r"|the (?:three|four|five|six|eight))\b|:\s*$|[:(]|\s[-–—]\s*$",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:including|include|includes|such as|for example|for instance|e\.g|in particular|among "
    r"(?:them|others)|especially"
    r"|some of|most of|several|other|two of|three of|four of|five of|в том числе|например|включая"
    r"|такие как|среди)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"^\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|(?:19|20)\d\d\s*:",
    re.IGNORECASE,
)
_LEAST = 3
_REACH = 700
_AFTER = 200
_LONGEST_ITEM = 6
_ITEM = re.compile(r"^\s*(?:(?P<number>\d{1,2})[.)]|[•*\-–—])\s", re.MULTILINE)
_ANNOUNCED = re.compile(
    r"\b(?P<number>two|three|four|five|six|seven|eight|nine|ten"
    r"|\d{1,2})\s(?:\w+\s){0,3}?(?P<noun>[a-z]{3,}s)\b[^.:\n]{0,60}:\s*(?P<rest>[^.\n]{10,400})\.?",
    re.IGNORECASE,
)


def lists_without_a_member(account: Account) -> Iterator[Conflict]:
    """Find lists that name all but one or two of a set of the table `evidence_sets`.

    The list must mean the whole ("the list of corridors is as follows", "the five states: …") and
    hold at least three members and more than half of them; "including" and "such as" mean some.
    """
    for row in rows("evidence_sets"):
        if account.year and (
            (row.since and account.year < row.since) or (row.until and account.year > row.until)
        ):
            continue
        for match in _called(row.words).finditer(account.text):
            held = _listed(account, match, row.members)
            names = list(dict.fromkeys(m.name.name for m in held))
            missing = [name for name in row.members if name not in names]
            if len(names) < _LEAST or len(names) * 2 <= len(row.members) or not missing:
                continue
            size = len(row.members)
            if not _means_all(account, match, held) or _another_number(account, match, size):
                continue
            if _enough_items(account, row.words, held, size):
                continue
            yield conflict(
                "list",
                "medium",
                f"{len(names)} of {len(row.members)} {row.name} named; not there: "
                f"{', '.join(missing)}",
                f"There are {len(row.members)} {row.name}; the list leaves out "
                f"{' and '.join(missing)}.",
                [
                    f
                    for f in account.facts
                    if f.subject in names and held[0].start <= f.start <= held[-1].end
                ],
                [
                    account.quote(*account.sentence_at(match.start())),
                    *(account.quote(m.start, m.end) for m in held),
                ],
            )
            break


_JOINED = re.compile(
    r"\b(?P<number>three|four|five|six|seven|eight|\d{1,2})\s(?:\w+\s){0,2}$", re.IGNORECASE
)
_OPENS = re.compile(r"[^.;:]{0,40}?(?:\bare\b|:|\s[-–—]\s|\()\s?(?P<rest>[^.;)\n]{20,500})")
_EMPTY = frozenset(["economic", "corridor", "corridors", "the", "peninsula"])


def sets_of_joined_names(account: Account) -> Iterator[Conflict]:
    """Find "the six corridors are …" with five of them, named without the word for them.

    Each item of the list has the words of one member; the number told is that of the set.
    """
    for row in rows("evidence_sets"):
        cores = {name: _core(name) for name in row.members}
        if not any(len(core) > 1 for core in cores.values()):
            continue
        for match in _called(row.words).finditer(account.text):
            lead = _JOINED.search(account.text, max(0, match.start() - 30), match.start())
            opened = _OPENS.match(account.text, match.end())
            if lead is None or opened is None or _SOME.search(opened.group()):
                continue
            told = numbers(lead["number"])
            items = [_core(item) for item in _items(opened["rest"])]
            found = [
                next((n for n, core in cores.items() if item <= core or core <= item), None)
                for item in items
                if len(item) > 1
            ]
            missing = [name for name in row.members if name not in found]
            whole = None not in found and len(found) >= _LEAST and bool(told)
            if whole and told[0].value == len(row.members) and missing:
                yield conflict(
                    "list",
                    "medium",
                    f"{len(set(found))} of {len(row.members)} {row.name} named; not there: "
                    f"{', '.join(missing)}",
                    f"There are {len(row.members)} {row.name}; the list leaves out "
                    f"{' and '.join(missing)}.",
                    quotes=[account.quote(lead.start(), opened.end())],
                )


def _core(name: str) -> frozenset[str]:
    """Words of a member that tell it from the others."""
    return frozenset(re.findall(r"[^\W\d_]+", name.lower())) - _EMPTY


@cache
def _called(words: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern of what a set is called, each alternative led by its own first letter."""
    forms = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


def _enough_items(account: Account, words: tuple[str, ...], held: list[Mention], size: int) -> bool:
    """Say whether the list has as many points as the set, some under names no book holds."""
    head = words[0].split()[-1].removesuffix("s")
    if not all(head in mention.name.name.lower() for mention in held[1:2]):
        return False
    stretch = account.text[held[0].start : held[-1].end + _AFTER].lower()
    return len(re.findall(rf"\b{re.escape(head)}\b", stretch)) >= size


def _listed(account: Account, match: re.Match[str], members: tuple[str, ...]) -> list[Mention]:
    """The members named after the word for them, in one run without other sentences between."""
    held: list[Mention] = []
    end = match.end()
    for mention in account.mentions:
        if mention.start < match.end() or mention.name.name not in members:
            continue
        if mention.start - end > (_REACH if not held else 160):
            break
        gap = account.text[end : mention.start]
        if held and len(re.findall(r"[.!?]\s+[A-Z]", gap)) > 0:
            break
        held.append(mention)
        end = mention.end
    return held


def _means_all(account: Account, match: re.Match[str], held: list[Mention]) -> bool:
    lead = account.text[account.sentence_at(match.start()).start : held[0].start]
    near = account.text[max(0, match.start() - 40) : held[0].start]
    return bool(_WHOLE.search(lead)) and not _SOME.search(near)


def _another_number(account: Account, match: re.Match[str], size: int) -> bool:
    """Say whether a number before the word says that only so many are meant."""
    told = numbers(account.text[max(0, match.start() - 20) : match.start()])
    return bool(told) and told[-1].value != size


def lists_of_another_length(account: Account) -> Iterator[Conflict]:
    """Find "the following five areas: a, b, c and d", and numbered lists that skip a number."""
    for match in _ANNOUNCED.finditer(account.text):
        told = numbers(match["number"])
        if _measured(match):
            continue
        rest = GOES_ON.split(match["rest"], maxsplit=1)[0]
        after = match.end("number") + 1
        if COUNTED_OFF.search(rest) or SCALE.match(account.text, after):
            continue
        items = _items(rest)
        long = any(len(item.split()) > _LONGEST_ITEM for item in items)
        if not told or long or len(items) < _LEAST or _SOME.search(match.group()):
            continue
        if int(told[0].value) != len(items) and not re.search(r"\bas well as\b|;.*,| of ", rest):
            yield conflict(
                "list",
                "medium",
                f"{match['number']} {match['noun']} announced, {len(items)} named",
                f"The list is announced as {match['number']} {match['noun']} and holds "
                f"{len(items)}: {'; '.join(items)}.",
                quotes=[account.quote(*match.span())],
            )
    yield from _skipped(account)


def _measured(match: re.Match[str]) -> bool:
    """Say whether the noun is a measure or a part of a date: "55 billion metres", "5 April"."""
    units = {unit for unit, kind in known_nouns().values() if kind != "count"}
    noun = match["noun"].lower()
    known = known_nouns().get(noun, ("", ""))
    return known[1] not in ("", "count") or noun in units or bool(_DATED.search(match.group()))


def _items(rest: str) -> list[str]:
    parts = re.split(r"\s*[,;]\s*(?:and\s)?|\sand\s", rest.strip())
    return [part for part in parts if part]


def _skipped(account: Account) -> Iterator[Conflict]:
    held: list[tuple[int, Span]] = []
    for match in _ITEM.finditer(account.text):
        if not match["number"]:
            continue
        number = int(match["number"])
        ends = account.text.find("\n", match.end())
        line = Span(match.start(), ends if ends >= 0 else len(account.text)).stripped(account.text)
        if held and number == held[-1][0] + 2 and held[0][0] == 1:
            yield conflict(
                "list",
                "low",
                f"the numbered list has no {number - 1}",
                f"Point {number} follows point {number - 2}.",
                quotes=[account.quote(*held[-1][1]), account.quote(*line)],
            )
        held = [*held, (number, line)] if not held or number > held[-1][0] else [(number, line)]
