"""What economies, ways, corridors and crossings are called in a brief's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from landbridge import facts
from landbridge.brief.numbers import Numbers
from landbridge.brief.words import Words, asset
from landbridge.levers.parties import ALL, OTHERS
from landbridge.network.countries import country_names
from landbridge.network.gazetteer import iso3_of_iso2, key
from landbridge.routing.economies import economy_named

WORLD = "WLD"
_GROUPS = {"goods": "lever.goods", "services": "lever.services", "all": "lever.sectors"}
_HEADS = {"industrial_projects": "projects"}


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
            a=self.place(str(row.name_a), str(row.economy_a)),
            b=self.place(str(row.name_b), str(row.economy_b)),
            mode=words[f"mode.{row.mode}"],
        )

    def of(self, table: str, id_: str) -> str:
        """A row of a facts table, by its id: as `brief_names.toml` calls it, else as the table."""
        own = asset("brief_names.toml")[_HEADS.get(table, table)].get(id_, {}).get(self.language)
        if own:
            return str(own)
        row = facts.by_id(table).get(id_) if table in facts.tables() else None
        return id_ if row is None else str(row.name)

    def party(self, name: str) -> str:
        """An economy or organisation, by any name that a scenario may use.

        Examples
        --------
        >>> Names("ru").party("EAEU"), Names("kk").party("kz"), Names("en").party("others")
        ('ЕАЭС', 'Қазақстан', 'all others')
        """
        word = key(name)
        if word in (ALL, OTHERS):
            return Words(self.language)[f"lever.parties.{word}"]
        if word in _organisations():
            return str(
                asset("brief_names.toml")["organisations"][_organisations()[word]][self.language]
            )
        code = economy_named(name)
        return name if code is None else self.economy(code, _english().get(code, name))

    def parties(self, names: Sequence[str]) -> str:
        """Several of them in one sentence."""
        return Numbers(self.language).listed([self.party(name) for name in names])

    def sector(self, name: str) -> str:
        """A sector, or a group of them, by any name that a scenario may use.

        Examples
        --------
        >>> Names("ru").sector("C24"), Names("zh").sector("goods")
        ('металлургия', '全部商品')
        """
        word = key(name)
        if word in _GROUPS:
            return Words(self.language)[_GROUPS[word]]
        id_ = _sectors().get(word)
        return name if id_ is None else self.of("sectors", id_)

    def sectors(self, names: Sequence[str], *, blank: str = "goods") -> str:
        """Several of them in one sentence; `blank` is what none at all means."""
        return Numbers(self.language).listed([self.sector(name) for name in names or (blank,)])

    def place(self, name: str, iso3: str) -> str:
        """A place of a crossing, without what its name says in brackets."""
        short = re.sub(r"\s*\(.*?\)|/.*$", "", name).strip()
        known: Mapping[str, Mapping[str, str]] = asset("brief_names.toml")["places"]
        for known_as in (f"{short}@{iso3}", short):
            if self.language in known.get(known_as, {}):
                return known[known_as][self.language]
        return short


@cache
def _alpha2() -> Mapping[str, str]:
    return {iso3: iso2 for iso2, iso3 in iso3_of_iso2().items()}


@cache
def _english() -> Mapping[str, str]:
    """English name of each economy, those of the base world as its table has them."""
    return country_names() | {str(row.iso3): str(row.name) for row in facts.rows("economies")}


@cache
def _organisations() -> Mapping[str, str]:
    """Short name of each organisation, by the key of any of its names."""
    return {
        key(name): str(row.organisation)
        for row in facts.rows("memberships")
        for name in (row.organisation, row.organisation_name)
    }


@cache
def _sectors() -> Mapping[str, str]:
    """Id of each sector, by the key of any of its names."""
    rows = facts.rows("sectors")
    return {key(name): str(row.id) for row in rows for name in (row.id, row.isic, row.name)}
