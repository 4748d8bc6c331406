"""One person under two spellings: transliterated in two ways, or one letter off."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Quote
from landbridge.evidence.names import name_of
from landbridge.evidence.text.concepts import latin

_TITLE = r"(?:(?:Mrs?|Ms|Dr|Prof|Professor|Madam)\.?\s)?"
_PERSON = re.compile(
    rf"(?<![\w.]){_TITLE}(?P<given>(?!(?:Mrs?|Ms|Dr)\.)(?:[A-Z][a-z]?\.\s?){{1,2}}|[A-Z][a-z]+\s)"
    r"(?P<family>[A-Z][a-z]{4,})(?!\w)"
    r"|\b(?:Mrs?|Ms|Dr|Prof|Professor|Madam)\.?\s(?P<alone>[A-Z][a-z]{4,})(?!\w)"
)
_FOLDS = (
    ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("tch", "ch"), ("shch", "sh"),
    ("ts", "c"), ("tz", "c"), ("ks", "x"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("w", "v"),
    ("yu", "u"), ("ju", "u"), ("ya", "a"), ("ye", "e"), ("yo", "e"), ("iy", "i"), ("ij", "i"),
    ("y", "i"), ("ou", "u"), ("ee", "i"), ("oo", "u"), ("eff", "ev"), ("off", "ov"),
)  # fmt: skip
_ENDING = re.compile(r"([eo])f(a?)$")
_DOUBLED = re.compile(r"(.)\1+")
_LEAST_LETTERS = 5
_LEAST_FOR_ONE_OFF = 6
_LONG = 8
_LARGE = 40


@dataclass(frozen=True, slots=True)
class Spelled:
    """A person's name as a document writes it.

    Attributes
    ----------
    quote : where it is first written so
    given, family : as written; the given name may be an initial or empty
    folded : the family name without what transliterations differ in
    of : stems of what the person is said to be and to belong to
    """

    quote: Quote
    given: str
    family: str
    folded: str
    of: frozenset[str]


def fold(name: str) -> str:
    """Leave out of a name what transliterations differ in.

    Examples
    --------
    >>> fold("Zhaksylykov") == fold("Jaksilikof"), fold("Ospanova") == fold("Uspanova")
    (True, False)
    """
    plain = latin(name.lower())
    for written, read in _FOLDS:
        plain = plain.replace(written, read)
    return _DOUBLED.sub(r"\1", _ENDING.sub(r"\1v\2", plain))


def spelled(account: Account) -> Iterator[Spelled]:
    """Give each spelling of a person's name once; those of the book have their own."""
    persons = [f for f in account.of_kind("person") if not f.attributes.get("ambiguous")]
    known = {f.subject.split()[-1]: f for f in persons if name_of(f.subject) is None}
    seen: set[str] = set()
    for match in _PERSON.finditer(account.text):
        family = match["family"] or match["alone"]
        if family in seen or (match["family"] and family not in known):
            continue
        seen.add(family)
        fact = known.get(family)
        told = fact.attributes if fact else {}
        words = f"{told.get('role', '')} {told.get('affiliation', '')}"
        yield Spelled(
            account.quote(*match.span()),
            (match["given"] or "").strip(),
            family,
            fold(family),
            frozenset(word[:6] for word in re.findall(r"[a-z]{4,}", words.lower())),
        )


def spelled_apart(all_spelled: Sequence[Spelled]) -> Iterator[Conflict]:
    """Find "Marat Zhaksylykov" and "M. Jaksilikof": names that fold to one, or nearly.

    Within a document the given names must agree; between documents what the person is said to be
    must agree too, and the family names fold to one.
    """
    buckets: dict[object, list[Spelled]] = defaultdict(list)
    for one in all_spelled:
        buckets[one.folded].append(one)
        buckets[one.quote.doc, one.folded[-3:]].append(one)
        buckets[one.quote.doc, one.folded[:3], "start"].append(one)
    told: set[tuple[str, str]] = set()
    for held in buckets.values():
        for at, one in enumerate(held[:_LARGE]):
            for other in held[at + 1 : _LARGE]:
                names = (one.family, other.family)
                if names not in told and _one_person(one, other):
                    told.add(names)
                    yield _conflict(one, other)


def _one_person(one: Spelled, other: Spelled) -> bool:
    from rapidfuzz.distance import OSA

    if one.family == other.family or min(len(one.folded), len(other.folded)) < _LEAST_LETTERS:
        return False
    if one.folded != other.folded:
        near = OSA.distance(one.family, other.family) == 1
        if not near or one.quote.doc != other.quote.doc or _ends_apart(one.family, other.family):
            return False
        if min(len(one.family), len(other.family)) < _LEAST_FOR_ONE_OFF:
            return False
    if not _given_agree(one.given, other.given, alike=one.folded == other.folded):
        return False
    least = 1 if len(one.folded) >= _LONG else 2
    return one.quote.doc == other.quote.doc or len(one.of & other.of) >= least


def _ends_apart(one: str, other: str) -> bool:
    """Say whether one name is the other with an ending: Karimov, Karimova."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return longer.startswith(shorter)


def _given_agree(one: str, other: str, *, alike: bool) -> bool:
    from rapidfuzz.distance import OSA

    if not one or not other:
        return alike
    if fold(one)[:1] != fold(other)[:1]:
        return False
    return "." in one + other or OSA.distance(fold(one), fold(other)) <= 1


def _conflict(one: Spelled, other: Spelled) -> Conflict:
    return conflict(
        "garbled",
        "low" if one.folded == other.folded else "medium",
        f"“{one.quote.quote}” and “{other.quote.quote}” are most likely one person",
        "The names differ in a letter or in how they are transliterated, and all else agrees; "
        "one of them is most likely misspelled.",
        quotes=[one.quote, other.quote],
    )
