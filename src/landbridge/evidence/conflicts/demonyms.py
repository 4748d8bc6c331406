"""Economies that a stretch of text speaks of, by name or by adjective."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from landbridge.facts import rows


@lru_cache(maxsize=4096)
def economies_in(text: str) -> frozenset[str]:
    """Give the economies a text names, ISO 3166 alpha-3.

    Examples
    --------
    >>> sorted(economies_in("Kazakh and Chinese statistics"))
    ['CHN', 'KAZ']
    """
    pattern, economies = _adjectives()
    return frozenset(economies[match.group().lower()] for match in pattern.finditer(text))


def without_economies(text: str) -> str:
    """Leave out the adjectives of economies."""
    return re.sub(rf"{_adjectives()[0].pattern}\w*", " ", text, flags=re.IGNORECASE)


@cache
def _adjectives() -> tuple[re.Pattern[str], dict[str, str]]:
    economies = {
        word.lower(): row.economy
        for row in rows("evidence_demonyms")
        for word in (*row.words, *(form[:-2] for form in row.russian))
    }
    longest_first = sorted(economies, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})", re.I), economies
