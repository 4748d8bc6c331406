"""Sets of words kept small, for collections of documents that are held at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Stems:
    """A set kept as a tuple, in a fifth of a set's memory; what is reckoned of it is a set.

    Equal ones are one object (`kept`), so that sentences that say the same cost nothing.

    Examples
    --------
    >>> words = kept({"port", "cargo"})
    >>> sorted(words & kept({"cargo"})), words == kept(["cargo", "port"]), bool(kept(()))
    (['cargo'], True, False)
    """

    held: tuple[Any, ...]

    def __and__(self, other: Stems | frozenset[Any]) -> frozenset[Any]:
        return frozenset(self.held).intersection(other)

    def __rand__(self, other: frozenset[Any]) -> frozenset[Any]:
        return other.intersection(self.held)

    def __or__(self, other: Stems | frozenset[Any]) -> frozenset[Any]:
        return frozenset(self.held).union(other)

    def __sub__(self, other: Iterable[Any]) -> frozenset[Any]:
        return frozenset(self.held).difference(other)

    def __le__(self, other: Stems) -> bool:
        return set(self.held) <= set(other.held)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


def kept(words: Iterable[Any]) -> Stems:
    """Keep a set, in order; equal sets that were kept lately are one object."""
    return _kept(tuple(sorted(set(words))))


@lru_cache(maxsize=65536)
def _kept(words: tuple[Any, ...]) -> Stems:
    return Stems(words)
