"""What economies, ways, corridors and crossings are called in a brief's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from landbridge import facts
from landbridge.brief.numbers import Numbers
from landbridge.brief.words import Words, asset

WORLD = "WLD"


@dataclass(frozen=True, slots=True)
class Names:
    """Names in one language.

    Economies are named as the Unicode CLDR names territories; ways, corridors and places of
    crossings as `assets/brief_names.toml` does. A place without a name there keeps its Latin one.

    Examples
    --------
    >>> Names("ru").economy("KAZ", "Kazakhstan"), Names("kk").way("way:middle", "")
    ('Казахстан', 'Каспий арқылы теміржол және пароммен')
    >>> Names("zh").crossing("rail-alashankou-dostyk", "")
    '阿拉山口—多斯特克（铁路）'
    """

    language: str

    def economy(self, iso3: str, english: str) -> str:
        """An economy; `english` is what the run calls it."""
        if iso3 == WORLD:
            return Words(self.language)["world"]
        own = asset("brief_names.toml")["economies"].get(iso3, {}).get(self.language)
        if own or self.language == "en":
            return str(own or english)
        alpha2 = _alpha2().get(iso3)
        return str(Numbers(self.language).locale.territories.get(alpha2, english))

    def way(self, id_: str, english: str) -> str:
        """A way (`way:ID`) or a corridor; `english` is what the run calls it."""
        kind, _, rest = id_.rpartition(":")
        known = asset("brief_names.toml")["ways" if kind else "corridors"]
        return str(known.get(rest, {}).get(self.language, english))

    def way_title(self, id_: str, english: str) -> str:
        """The same at the head of a line, so with a capital letter."""
        name = self.way(id_, english)
        return name[:1].upper() + name[1:]

    def crossing(self, id_: str, english: str) -> str:
        """A crossing with its mode; `english` is what the run calls it."""
        row = facts.by_id("crossings").get(id_)
        if row is None:
            return english
        words = Words(self.language)
        return words.say(
            "post.name",
            a=self._place(str(row.name_a), str(row.economy_a)),
            b=self._place(str(row.name_b), str(row.economy_b)),
            mode=words[f"mode.{row.mode}"],
        )

    def _place(self, name: str, iso3: str) -> str:
        short = re.sub(r"\s*\(.*?\)|/.*$", "", name).strip()
        known: Mapping[str, Mapping[str, str]] = asset("brief_names.toml")["places"]
        for key in (f"{short}@{iso3}", short):
            if self.language in known.get(key, {}):
                return known[key][self.language]
        return short


@cache
def _alpha2() -> Mapping[str, str]:
    from landbridge.network.gazetteer import iso3_of_iso2

    return {iso3: iso2 for iso2, iso3 in iso3_of_iso2().items()}
