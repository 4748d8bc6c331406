"""Who met, signed with, belongs to or invited whom, where one sentence says it outright."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from landbridge.evidence.entities.organisations import Body
from landbridge.evidence.entities.page import Page
from landbridge.evidence.entities.roles import Person
from landbridge.evidence.model import Fact

_PATTERNS = {
    "met": r"\b(?:met with|met|held talks with|held a meeting with)\b|встретил\w+ с",
    "signed_with": r"\bsigned\b[^.;]{0,90}?\bwith\b|подписал\w*[^.;]{0,90}?\sс\s",
    "member_of": r"\b(?:is a member of|are members of|joined|acceded to|became a member of)\b"
    r"|вступил\w* в|является членом",
    "invited": r"\b(?:invited|gave the invitation(?: directly)? to)\b|пригласил\w*",
    "visited": r"\b(?:visited|paid (?:a|an)(?: \w+)? visit to|arrived in)\b|посетил\w*",
    "supports": r"\b(?:supports|supported|endorsed)\b|поддержал\w*",
    "located_on": r"\b(?:is|lies|located)\b[^.;,]{0,30}\b(?:in the middle of|on)\b"
    r"[^.;,]{0,12}\b(?:road|route)\b[^.;,]{0,10}",
    "organised": r"\b(?:organi[sz]ed|hosted)\b(?! by)|организовал\w*",
}
_VERBS = tuple((predicate, re.compile(rule)) for predicate, rule in _PATTERNS.items())
_NEAR = 90


def relations(page: Page, bodies: tuple[Body, ...], persons: tuple[Person, ...]) -> Iterator[Fact]:
    """Yield relations between two named entities on either side of a verb."""
    text = page.text
    named = [(p.name_start, p.name_end, p.name) for p in persons]
    named += [(b.start, b.end, b.name) for b in bodies]
    named += [
        (m.start, m.end, m.name.name)
        for m in page.mentions
        if m.name.kind in {"place", "programme"}
    ]
    named.sort()
    seen: set[tuple[str, str, str]] = set()
    bodily = {p.name for p in persons} | {b.name for b in bodies}
    for predicate, verb in _VERBS:
        for match in verb.finditer(text):
            sentence = page.sentence_at(match.start())
            left = [
                n
                for n in named[
                    bisect_left(named, (sentence.start,)) : bisect_left(named, (match.start(),))
                ]
                if n[1] <= match.start() and match.start() - n[1] < _NEAR
            ]
            right = [
                n
                for n in named[
                    bisect_left(named, (match.end() - 1,)) : bisect_left(
                        named, (match.end() + _NEAR,)
                    )
                ]
                if n[1] <= sentence.end
            ]
            if (
                not left
                or not right
                or re.search(
                    r"\b(?:will|would|should|may|not)\s$",
                    text[max(0, match.start() - 8) : match.start()],
                )
            ):
                continue
            if predicate in {"met", "signed_with"}:
                right = [n for n in right if n[2] in bodily] or (
                    right if predicate != "met" else []
                )
                if not right:
                    continue
            subject, other = _subject(text, left), right[0]
            if subject[2] == other[2] or (predicate, subject[2], other[2]) in seen:
                continue
            seen.add((predicate, subject[2], other[2]))
            yield page.fact(
                "relation",
                (subject[0], other[1]),
                f"{subject[2]} {predicate.replace('_', ' ')} {other[2]}",
                {"predicate": predicate, "from": subject[2], "to": other[2]},
            )


def _subject(text: str, left: list[tuple[int, int, str]]) -> tuple[int, int, str]:
    """Who does it: the last named before the verb that is not governed by a preposition."""
    free = [
        n
        for n in left
        if not re.search(
            r"\b(?:of|in|to|from|at|on|for|the Republic of)\s(?:the\s)?$",
            text[max(0, n[0] - 16) : n[0]],
        )
    ]
    return (free or left)[-1]
