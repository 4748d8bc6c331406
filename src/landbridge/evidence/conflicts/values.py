"""Two values for one thing, within a document and between documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.telling import agree, conflict, plain
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.names import Name
from landbridge.evidence.names.tokens import key, tokens
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
_MEASURE = re.compile(r"[A-Z]{3}\b|tonnes|km|percent|TEU|FEU|m3|barrels|hectares|MW|kWh|GW")
_DOING = re.compile(
    r"\b(?:take|took|taken|attend|sign|signed|join|joined|carr|ran|run|made|employ|work|live|built"
    r"|open|serve|connect|cover|link)\w*"
    r"|\b\w{3,}ed\b|(?<!\w)\w{3,}(?:ли|ла|лось|лись|ны|но|ет|ют)(?!\w)",
    re.IGNORECASE,
)
_COUNT_RATIO = 1.5
_LEAST_COUNT = 10.0
_LIKE = 0.6
_MOST_QUOTES = 6
# Work on a large collection grows with it, not with its square: values far apart in a long list
# of like figures are not compared.
_NEAREST = 100
_LATEST = 20


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
    places: frozenset[str]
    names: frozenset[str]
    subject: frozenset[str]
    around: frozenset[str]
    marks: frozenset[str]
    verbs: frozenset[str]
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
        frozenset(n.iso3 for n in names if n.iso3) | economies_in(text),
        frozenset(n.name for n in names if n.kind in {"programme", "organisation", "project"}),
        _stems(fact.subject),
        _stems(text) if family == "plants" else frozenset(),
        _marks(fact, forms, names),
        _verbs(fact.quote),
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


def two_values(all_stated: Sequence[Stated]) -> list[Conflict]:
    """Find sets of figures that speak of one thing and give several values.

    Counts of a family ("51 enterprises", "55 projects") are one thing where they share two
    countries, a further word, and lie within half as much again of each other, with nothing said
    that sets them apart. Anything else must share its subject, its places and a year.
    """
    buckets: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for one in all_stated:
        if one.counts and one.family == "plants":
            buckets[(one.family, *sorted(one.places)[:6])].append(one)
        else:
            buckets[(one.family, one.fact.year, tuple(sorted(one.subject))[:2])].append(one)
    found: list[Conflict] = []
    for held in _joined(buckets):
        found += _clusters(held)
    return found


def _joined(buckets: dict[tuple[object, ...], list[Stated]]) -> Iterator[list[Stated]]:
    """Give each bucket once; those of plants are joined by pair of countries."""
    pairs: dict[tuple[object, object], list[Stated]] = defaultdict(list)
    for bucket, held in buckets.items():
        if bucket[0] != "plants":
            yield held
            continue
        countries = bucket[1:]
        for at, first in enumerate(countries):
            for second in countries[at + 1 :]:
                pairs[(first, second)] += held
    yield from pairs.values()


def _clusters(held: list[Stated]) -> Iterator[Conflict]:
    """Join what speaks of one thing, and tell those of more than one value."""
    ordered = sorted(held, key=lambda one: (one.fact.value or 0.0, one.fact.id))
    taken = bytearray(len(ordered))
    for at, first in enumerate(ordered):
        if taken[at]:
            continue
        cluster = [first]
        for beside in range(at + 1, min(at + 1 + _NEAREST, len(ordered))):
            other = ordered[beside]
            if not taken[beside] and any(_one_thing(one, other) for one in cluster[-_LATEST:]):
                cluster.append(other)
                taken[beside] = 1
        low, high = cluster[0].fact, cluster[-1].fact
        if len(cluster) > 1 and not agree(low, high):
            yield _told(cluster)


def _one_thing(one: Stated, other: Stated) -> bool:
    if one.fact.doc == other.fact.doc and one.sentence == other.sentence:
        return False
    if _years_differ(one.fact, other.fact) or _said_apart(one, other):
        return False
    if one.family == "plants":
        low, high = sorted((one.fact.value or 0.0, other.fact.value or 0.0))
        near = low >= _LEAST_COUNT and high <= _COUNT_RATIO * low
        common = one.around & other.around
        return near and len(one.places & other.places) > 1 and len(common) > 2
    if one.places != other.places or not one.subject or not other.subject:
        return False
    same = len(one.subject & other.subject) / len(one.subject | other.subject)
    told = (one.fact.year, other.fact.year) != (None, None)
    specific = len(one.subject & other.subject) > 1 or bool(one.names & other.names)
    return same >= _LIKE and told and specific and _same_verb(one, other)


def _verbs(quote: str) -> frozenset[str]:
    """Participles and verbs of a clause that say what was done."""
    return frozenset(match.group()[:6].lower() for match in _DOING.finditer(quote))


def _same_verb(one: Stated, other: Stated) -> bool:
    """Say whether two clauses tell of one deed; of measures none is asked."""
    return bool(_MEASURE.match(one.family) or one.verbs & other.verbs)


def _years_differ(one: Fact, other: Fact) -> bool:
    both = one.attributes.get("period_basis") == other.attributes.get("period_basis") == "stated"
    return both and one.year != other.year


def _said_apart(one: Stated, other: Stated) -> bool:
    """Say whether what is counted is marked off in both, and by different words."""
    return bool(one.marks and other.marks and not one.marks & other.marks)


def _told(cluster: list[Stated]) -> Conflict:
    by_value: dict[float, Stated] = {}
    for one in cluster:
        by_value.setdefault(one.fact.value or 0.0, one)
    values = " or ".join(plain(value) for value in sorted(by_value))
    documents = {one.fact.doc for one in cluster}
    where = "one document" if len(documents) == 1 else f"{len(documents)} documents"
    first = cluster[0]
    what = (
        f"{first.fact.unit}"
        if first.family == "plants"
        else f"{first.fact.unit}: {first.fact.subject}"
    )
    low, high = min(by_value), max(by_value)
    facts = [one.fact for one in cluster][:_MOST_QUOTES]
    return conflict(
        "value",
        "high" if len(documents) == 1 or high > 1.2 * low else "medium",
        f"{values} {what}",
        f"{where.capitalize()} {'gives' if len(documents) == 1 else 'give'} {values} for what "
        f"looks like one thing. They may be of different dates or lists; "
        "neither says so.",
        sorted(facts, key=lambda f: (f.doc, f.start)),
    )
