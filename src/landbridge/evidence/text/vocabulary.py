"""Lists of words, and patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """Give the words of a text as a set.

    Examples
    --------
    >>> sorted(words("on in on"))
    ['in', 'on']
    """
    return frozenset(text.split())


def one_of(forms: Iterable[str]) -> str:
    r"""Give a pattern of any of the forms, longest first; blanks vary, a star is any ending.

    Examples
    --------
    >>> bool(re.fullmatch(one_of(["кв. км", "тонн*"]), "кв.\u00a0км"))
    True
    """
    parts = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(_pattern(form) for form in parts)


def _pattern(form: str) -> str:
    return re.escape(form).replace(r"\*", r"\w{0,6}").replace(r"\ ", r"\s+")
