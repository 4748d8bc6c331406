"""The likely meaning of a garbled name: named beside what is written, never in its place."""

from __future__ import annotations

from functools import cache

from landbridge.evidence.names.book import Name, names

_LIKELY = 88.0
_LIKELY_IN_COUNTRY = 74.0
_LEAST_LETTERS = 5
_LEAST_LEAD = 6.0


def likely_name(written: str, kind: str | None = None) -> tuple[Name, float] | None:
    """Find the name a spelling most likely means, with its likeness of 100.

    Names must agree in nearly all letters (normalised Indel likeness of rapidfuzz, 88 and more)
    and none other may come near; a short word is never guessed.

    Examples
    --------
    >>> name, likeness = likely_name("Kazakstahn")
    >>> name.name, likeness >= 88
    ('Kazakhstan', True)
    >>> likely_name("Turk") is None
    True
    """
    known = _by_kind(kind)
    return _closest(written, known, _LIKELY)


def likely_place(written: str, country: str) -> tuple[Name, float] | None:
    """Find the place of one country a garbled name most likely means.

    Within a country named beside it fewer letters need to agree (74 of 100).

    Examples
    --------
    >>> likely_place("Gambitanota", "LKA")[0].name
    'Hambantota'
    """
    known = {s: n for s, n in _by_kind("place").items() if n.country == country and not n.iso3}
    return _closest(written, known, _LIKELY_IN_COUNTRY)


def _closest(written: str, known: dict[str, Name], least: float) -> tuple[Name, float] | None:
    from rapidfuzz import fuzz, process, utils

    if len(written) < _LEAST_LETTERS or not known:
        return None
    found = process.extract(
        written, list(known), scorer=fuzz.ratio, processor=utils.default_process, limit=8
    )
    best, likeness, _ = found[0]
    rivals = [score for spelling, score, _ in found if known[spelling] != known[best]]
    if likeness < least or (rivals and likeness - rivals[0] < _LEAST_LEAD):
        return None
    return known[best], float(likeness)


@cache
def _by_kind(kind: str | None) -> dict[str, Name]:
    return {
        spelling: name
        for name in names()
        for spelling in (name.name, *name.other)
        if kind in (None, name.kind) and len(spelling) >= _LEAST_LETTERS
    }
