"""An office that more than one person may be meant by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span
from landbridge.facts import by_id, rows

_MOST = 6
_AFTER = 60


def ambiguous_offices(account: Account) -> Iterator[Conflict]:
    """Find "the President" where two who held it of one economy may be meant."""
    for fact in account.of_kind("person"):
        candidates = fact.attributes.get("candidates") or ()
        if not fact.attributes.get("ambiguous") or not _of_one_economy(candidates):
            continue
        role = str(fact.attributes.get("role", "")) or fact.quote
        form = re.compile(rf"\b(?:[Tt]he|[Aa]s)\s(?i:{re.escape(role)})\b(?!\s(?:of\b|[A-Z]))")
        quotes = []
        for match in list(form.finditer(account.text))[:_MOST]:
            sentence = account.sentence_at(match.start())
            end = max(match.end(), min(sentence.end, match.end() + _AFTER))
            quotes.append(account.quote(match.start(), end))
        people = [f for f in account.of_kind("person") if f.subject in candidates]
        yield conflict(
            "ambiguous",
            "medium",
            f"“{fact.quote}” may be {' or '.join(candidates)}",
            f"As of the document {' and '.join(candidates)} hold or held the office; the text "
            f"does not say which is meant.",
            [fact, *people],
            quotes,
        )


_SEVERAL = re.compile(
    r"\b(?:presidents of (?:the )?(?:two|three|four|five|six|all|both|\w+ and )|(?:two|three|four"
    r"|five|both|the) presidents\b(?! of the)|heads of (?:the )?(?:two|three|four|five|six|all)"
    r" (?:states|countries))|(?<!\w)президенты (?:двух|тр[её]х|четыр[её]х|пяти|\w+ и )",
    re.IGNORECASE,
)
_THE = re.compile(
    r"\b[Tt]he President(?!\s(?:of\b|[A-Z]))\b|(?<![\w])Президент(?=\s(?:сказал|отметил|подчеркнул"
    r"|заявил|назвал|также))"
)


def one_of_several(account: Account) -> Iterator[Conflict]:
    """Find "the presidents of three states signed … The President has said": which is not told.

    No president is named in the paragraph, and several stood together just before.
    """
    for match in _THE.finditer(account.text):
        paragraph = account.paragraph_at(match.start())
        before = list(_SEVERAL.finditer(account.text, paragraph.start, match.start()))
        named = [
            f
            for f in account.of_kind("person")
            if "president" in str(f.attributes.get("role", "")).lower()
            and not f.attributes.get("ambiguous")
            and f.start < match.start()
        ]
        if named:
            both = _one_of_two_named(account, named, paragraph)
            if both is None:
                continue
            yield _of_two(account, match, both)
            return
        if not before:
            continue
        sentence = account.sentence_at(match.start())
        yield conflict(
            "ambiguous",
            "medium",
            "“the President” may be any of several presidents",
            "Several presidents are spoken of together just before; the text does not say which "
            "one is meant.",
            quotes=[
                account.quote(*before[-1].span()),
                account.quote(match.start(), min(sentence.end, match.end() + _AFTER)),
            ],
        )
        return


def _one_of_two_named(account: Account, named: Sequence[Fact], here: Span) -> list[Fact] | None:
    """The presidents whom the last paragraph that names any names, where they are several.

    None where the paragraph of "the President" itself names one.
    """
    for paragraph in reversed([p for p in account.paragraphs if p.start <= here.start]):
        words = paragraph.of(account.text)
        found = [f for f in named if re.search(rf"\b{re.escape(f.subject.split()[-1])}", words)]
        if found and paragraph.start == here.start:
            return None
        if found:
            homes = {f.attributes.get("affiliation") for f in found}
            return found if len(found) > 1 and len(homes) == len(found) else None
    return None


def _of_two(account: Account, match: re.Match[str], both: Sequence[Fact]) -> Conflict:
    sentence = account.sentence_at(match.start())
    names = " or ".join(f.subject for f in both)
    return conflict(
        "ambiguous",
        "medium",
        f"“the President” may be {names}",
        f"{names} are named together before, and nobody since; the text does not say which one is "
        "meant.",
        both,
        [account.quote(match.start(), min(sentence.end, match.end() + _AFTER))],
    )


def _of_one_economy(candidates: Sequence[str]) -> bool:
    """Say whether two held an office of one economy; else who was last named is meant."""
    homes: dict[str, set[str]] = {}
    for row in rows("evidence_offices"):
        name = by_id("evidence_names")[row.person].name
        if name in candidates and row.economy:
            homes.setdefault(row.economy, set()).add(name)
    return any(len(names) > 1 for names in homes.values())
