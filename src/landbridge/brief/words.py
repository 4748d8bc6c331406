"""The words of a brief in its languages, from `brief_words.toml` and `brief_levers.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from landbridge.brief.numbers import Numbers
from landbridge.errors import UnknownNameError


@cache
def asset(name: str) -> Mapping[str, Any]:
    """A TOML file of the assets, read once."""
    text = files("landbridge.brief").joinpath("assets", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """Every word and sentence, by its key and language."""
    return {**asset("brief_words.toml"), **asset("brief_levers.toml")}


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one language.

    Examples
    --------
    >>> Words("ru")["sources"], Words("kk").say("figure", n=1, title="Карта")
    ('Источники', '1-сурет. Карта')
    """

    language: str

    def __getitem__(self, key: str) -> str:
        """A word or sentence.

        Raises
        ------
        UnknownNameError
            There is none of that name in this language.
        """
        table = vocabulary()
        if self.language not in table.get(key, {}):
            raise UnknownNameError.from_available(f"word in {self.language}", key, table)
        return str(table[key][self.language])

    def say(self, key: str, **parts: object) -> str:
        """A sentence with its gaps filled."""
        return self[key].format(**parts)

    def counted(self, key: str, shown: str, value: float, digits: int = 0) -> str:
        """A number with its noun, in the form that the number asks for.

        Parameters
        ----------
        key : noun, whose forms are `key.one`, `key.few`, `key.many`, `key.other`
        shown : the number as written
        value, digits : the number, and the decimals it is shown with

        Examples
        --------
        >>> Words("ru").counted("hour", "21", 21), Words("ru").counted("hour", "12,9", 12.9, 1)
        ('21 час', '12,9 часа')
        """
        form = Numbers(self.language).plural(value, digits)
        if self.language not in vocabulary().get(f"{key}.{form}", {}):
            form = "other"
        return self.say(f"{key}.{form}", n=shown)
