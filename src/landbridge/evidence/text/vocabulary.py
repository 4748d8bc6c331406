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


def trie(forms: Iterable[tuple[str, ...]]) -> str:
    r"""Give a pattern of any of the forms, longest first, that shares what they begin with.

    A form is a sequence of patterns, a letter each or a little more. An engine that tries one
    word after the other at every place of a text is many times slower.

    Examples
    --------
    >>> trie([tuple("port"), tuple("ports"), tuple("road")])
    '(?:port(?:s)?|road)'
    """
    root: _Branch = {}
    for form in forms:
        branch = root
        for atom in form:
            branch = branch.setdefault(atom, {})
        branch[_END] = {}
    return _written(root)


_Branch = dict[str, "_Branch"]
_END = ""


def _depth(branch: _Branch) -> int:
    return 1 + max(map(_depth, branch.values())) if branch else 0


def _written(branch: _Branch) -> str:
    ends = _END in branch
    ahead = sorted((atom for atom in branch if atom != _END), key=lambda a: (-_depth(branch[a]), a))
    parts = [atom + _written(branch[atom]) for atom in ahead]
    if not parts:
        return ""
    if len(parts) == 1 and not ends:
        return parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if ends else "")
