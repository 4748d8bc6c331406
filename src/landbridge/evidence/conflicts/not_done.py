"""What is told as done, and as not done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.moments import moments
from landbridge.evidence.conflicts.said import names_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.concepts import concepts, meaning
from landbridge.evidence.text.spans import Span

_FAMILIES = {
    "ratified": r"ratif\w+|ратифи\w+",
    "signed": r"sign(?:ed|ing|s)?|conclud\w+|подписа\w+|заключ[её]н\w*|заключил\w*",
    "joined": r"join(?:ed|s|ing)?|acced\w+|accession|вступи\w+|присоедини\w+",
    "begun": r"beg[au]n|started|launched|finished|completed|built|нача[тл]\w*|заверш[её]н\w*"
    r"|построен\w*",
    "received": r"receiv\w+|g(?:iven|ave)|granted|allocated|paid|получ[аи]\w+|выдел\w+"
    r"|предостав\w+",
    "leased": r"leas\w+|pledg\w+|sold|sale|аренд\w+|заложен\w*|прода[нлж]\w*",
    "closed": r"clos(?:ed|ure)|shut|закры\w+",
    "installed": r"install\w*|mounted|установ\w+|смонтирован\w*",
    "delivered": r"deliver\w+|supplied|поставлен\w*|доставлен\w*",
    "published": r"publish\w+|опубликова\w+",
    "adopted": r"adopt\w+|принят\w*|приняли",
    "approved": r"approv\w+|accept\w+|reject\w+|turned down|отклон\w+|отверг\w+|одобр\w+"
    r"|утверд\w+|утвержд\w+",
    "visited": r"visit\w*|посе[тщ]\w+",
}
_FORMS = {
    name: re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for name, form in _FAMILIES.items()
}
_ANY = re.compile(rf"(?<!\w)(?:{'|'.join(_FAMILIES.values())})(?!\w)", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:never|rejected|turned down|not|yet to|nobody|no one|none|nor|without|refus\w+ to"
    r"|fail\w+ to)\b|n[’']t\b"
    r"|(?<!\w)(?:отклон\w+|отверг\w+|не|ни|никогда|никто|без|так и не)(?!\w)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:if|would|will|could|should|may|might|can|must|shall|to be|unless|until|before|plans?"
    r"|wants?"
    r"|hopes?|expected|only|not only|whether|once)\b"
    r"|(?<!\w)(?:если|бы|будет|будут|может|планир\w+|хочет|только|не только|пока|до|ли"
    r"|когда)(?!\w)",
    re.IGNORECASE,
)
_CUT = re.compile(r"[,;:]\s|\s[-–—]\s|\s(?:but|while|although|а|но|хотя)\s")
_ABOVE = 0.34
_PHRASE = 2


_YET = re.compile(r"\byet to\b|(?<!\w)до сих пор не(?!\w)", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:all|every|each|none of|not one of|not a single one of|no)\s(?:the\s|its\s)?(?:\d+\s)?"
    r"(?P<noun>[a-z]{4,})|(?<!\w)(?:вс[ею]\w?|кажд\w+|ни одн\w+(?: из)?)\s(?:\d+\s)?"
    r"(?P<noun2>[а-яё]{4,})",
    re.IGNORECASE,
)


class _Told(NamedTuple):
    family: str
    clause: Span
    names: frozenset[str]
    words: frozenset[str]
    year: int | None
    every: str


def not_done(account: Account) -> Iterator[Conflict]:
    """Find "X ratified the treaty in March" and "X has yet to ratify it", in one document.

    Both speak of one name, and of one thing more (another name or meaning), or one says that all
    or none of what the other tells of did it; neither is of another year. What is only wished,
    planned or conditional tells nothing.
    """
    done: list[_Told] = []
    undone: list[_Told] = []
    for sentence in account.sentences:
        if not _ANY.search(account.text, *sentence):
            continue
        for clause in _clauses(account, sentence):
            if _HEDGED.search(account.text, *clause) and not _yet(account, clause):
                continue
            for family, form in _FORMS.items():
                if form.search(account.text, *clause):
                    told = _read(account, family, sentence, clause)
                    (undone if _NOT.search(account.text, *clause) else done).append(told)
    for no in undone:
        match = next((yes for yes in done if _same(no, yes)), None)
        if match is not None:
            yield conflict(
                "contradiction",
                "high",
                " ".join((f"{no.family}, and not {no.family}", *sorted(no.names & match.names))),
                "One passage tells it as done, the other as not done.",
                quotes=[
                    account.quote(*account.sentence_at(one.clause.start)) for one in (match, no)
                ],
            )


def _yet(account: Account, clause: Span) -> bool:
    return _YET.search(account.text, *clause) is not None


def _clauses(account: Account, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for match in _CUT.finditer(account.text, *sentence):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, sentence.end)


def _read(account: Account, family: str, sentence: Span, clause: Span) -> _Told:
    text = clause.of(account.text)
    times = moments(account, *clause)
    names = _names(account, clause) or _names(account, Span(sentence.start, clause.end))
    earlier = account.sentence_at(max(0, sentence.start - 2))
    if earlier.start >= account.paragraph_at(sentence.start).start:
        names = names or _names(account, earlier)
    names = names or _names(account, sentence)
    form = _FORMS[family]
    every = _ALL.search(text)
    return _Told(
        family,
        clause,
        names,
        concepts(_NOT.sub(" ", form.sub(" ", text))),
        times[0].first // 12 if times else None,
        meaning(every["noun"] or every["noun2"]) if every else "",
    )


def _names(account: Account, span: Span) -> frozenset[str]:
    named = {m.name.iso3 for m in account.names_in(*span) if m.name.iso3}
    return names_in(account, span) | economies_in(span.of(account.text)) | frozenset(named)


def _same(no: _Told, yes: _Told) -> bool:
    """Say whether two clauses speak of one thing: its name, and half of what the shorter says."""
    if no.family != yes.family or no.clause == yes.clause:
        return False
    if None not in (no.year, yes.year) and no.year != yes.year:
        return False
    names = no.names & yes.names
    nested = no.names <= yes.names or yes.names <= no.names
    shared = no.words & yes.words
    least = min(len(no.words), len(yes.words)) or 1
    if (no.every and no.every in yes.words) or (yes.every and yes.every in no.words):
        return True
    enough = 1 if names else _PHRASE
    return nested and len(shared) >= enough and len(shared) > _ABOVE * least
