"""What a figure says, ready to be set beside others: its family, places, names and verbs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.model import Fact
from landbridge.evidence.names import Name
from landbridge.evidence.names.tokens import key, tokens
from landbridge.evidence.text.stems import Stems, kept
from landbridge.evidence.text.vocabulary import words

_FAMILIES = (
    (
        "plants",
        words(
            "projects enterprises plants facilities factories ventures предприятий проектов "
            "предприятия проекта заводов"
        ),
    ),
    ("countries", words("countries states nations стран государств страны государства")),
    (
        "people",
        words("participants delegates attendees representatives guests участников делегатов"),
    ),
)
_EMPTY = words(
    """
    a an the of in on at to from by for with and or as that which this these those it its their they
    we our is are was were be been has have had will would about over more than also between among
    during within into under up all total number amount volume year years people country countries
    have there one some construction territory framework cooperation development implementation
    republic percent million billion
    и в на с по из к о от до за для при что как это был была было были года году
    """
)
_DOING = re.compile(
    r"\b(?:take|took|taken|attend|sign|signed|join|joined|carr|ran|run|made|employ|work|live|built"
    r"|open|serve|connect|cover|link)\w*"
    r"|\b\w{3,}ed\b|(?<!\w)\w{3,}(?:ли|ла|лось|лись|ны|но|ет|ют)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a figure says, ready to be set beside others.

    Attributes
    ----------
    fact : the figure
    family : what is counted or measured, under one word
    places : countries its sentence, or the fuller mention of the same noun before it, names
    names : other names of the book there (programmes, bodies)
    subject : stems of the figure's own subject
    around : of plants, stems of the sentence and of the fuller mention
    marks : stems of the counted phrase that are neither its noun nor a place
    verbs : of the clause
    sentence : where it begins
    """

    fact: Fact
    family: str
    places: Stems
    names: Stems
    subject: Stems
    around: Stems
    marks: Stems
    verbs: Stems
    sentence: int

    @property
    def counts(self) -> bool:
        """Whether it counts things, rather than measures."""
        return self.family in {name for name, _ in _FAMILIES}


def stated(account: Account) -> list[Stated]:
    """Figures of a document that can be set beside others: no parts, changes, dates or rates."""
    found: list[Stated] = []
    for fact in account.figures:
        told = fact.attributes
        if not fact.unit or fact.value is None or told.get("noun_left_out") or told.get("change"):
            continue
        if account.in_table(fact.value_start or 0):
            continue
        if fact.unit in {"times", "years", "days", "hours", "months", "percentage points"}:
            continue
        found.append(_stated(account, fact))
    return found


def _stated(account: Account, fact: Fact) -> Stated:
    family = next((name for name, units in _FAMILIES if fact.unit in units), str(fact.unit))
    sentence = account.sentence_at(fact.value_start or 0)
    stretches = [sentence]
    forms = next((units for name, units in _FAMILIES if name == family), frozenset())
    if forms and family == "plants":
        noun = re.compile(rf"\b(?:{'|'.join(sorted(forms))})\b", re.IGNORECASE)
        earlier = list(noun.finditer(account.text, 0, sentence.start))
        stretches += [account.sentence_at(m.start()) for m in earlier[-3:]]
    names = [m.name for s in stretches for m in account.names_in(*s)]
    text = " ".join(s.of(account.text) for s in stretches)
    return Stated(
        fact,
        family,
        kept(frozenset(n.iso3 for n in names if n.iso3) | economies_in(text)),
        kept(n.name for n in names if n.kind in {"programme", "organisation", "project"}),
        kept(_stems(fact.subject)),
        kept(_stems(text) if family == "plants" else ()),
        kept(_marks(fact, forms, names)),
        kept(_verbs(fact.quote)),
        sentence.start,
    )


def _marks(fact: Fact, forms: frozenset[str], names: Sequence[Name]) -> frozenset[str]:
    own = {stem for form in (*forms, str(fact.unit)) for stem in _stems(form)}
    places = {
        stem for name in names for form in (name.name, *name.other[:6]) for stem in _stems(form)
    }
    return _stems(fact.subject) - own - places


def _stems(text: str) -> frozenset[str]:
    found = (key(token.written) for token in tokens(text))
    return frozenset(
        stem[:7] for stem in found if stem not in _EMPTY and len(stem) > 2 and not stem.isdigit()
    )


def _verbs(quote: str) -> frozenset[str]:
    """Participles and verbs of a clause that say what was done."""
    return frozenset(match.group()[:6].lower() for match in _DOING.finditer(quote))
