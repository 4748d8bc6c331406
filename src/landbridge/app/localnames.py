"""Names in Russian and Chinese of the places and economies that the package knows them of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from landbridge import facts
from landbridge.network.gazetteer import key


class LocalNames(BaseModel):
    """Names of a place in Russian and Chinese; blank where none is known."""

    model_config = ConfigDict(frozen=True)

    ru: str = ""
    zh: str = ""


NONE = LocalNames()


def of_place(name: str, *economies: str) -> LocalNames:
    """Names of a city, port or station, by its English name and where it lies.

    Parameters
    ----------
    economies : the one it lies in; of a border post the other side's too, as many share a name

    Examples
    --------
    >>> of_place("Almaty", "KAZ").ru, of_place("Khorgos (Horgos)", "CHN", "KAZ").zh
    ('Алматы', '霍尔果斯')
    >>> of_place("Moscow", "USA").ru
    ''
    """
    known = _places()
    bare, _, rest = name.partition("(")
    for part in (*re.split(r"[/,]", bare), *re.split(r"[/,]", rest.strip(" )"))):
        for economy in (*economies, ""):
            if (key(part), economy) in known:
                return known[key(part), economy]
    return NONE


def english(beginning: str) -> tuple[str, ...]:
    """English names of places whose Russian or Chinese name begins so.

    Examples
    --------
    >>> english("霍尔果")
    ('Khorgos',)
    """
    wanted = key(beginning)
    if not wanted or wanted.isascii():
        return ()
    return tuple(
        row.name
        for row in facts.rows("evidence_names")
        if row.kind == "place"
        and row.type != "country"
        and any(key(n).startswith(wanted) for n in (*(row.russian or ()), *(row.chinese or ())))
    )


def of_economy(iso3: str) -> LocalNames:
    """Names of an economy by its ISO 3166 alpha-3 code.

    Examples
    --------
    >>> of_economy("KAZ").ru, of_economy("KAZ").zh
    ('Казахстан', '哈萨克斯坦')
    """
    return _economies().get(iso3, NONE)


@cache
def _places() -> Mapping[tuple[str, str], LocalNames]:
    found: dict[tuple[str, str], LocalNames] = {}
    for row in facts.rows("evidence_names"):
        if row.kind == "place" and row.type != "country" and (row.russian or row.chinese):
            names = LocalNames(
                ru=(row.russian or ("",))[0],
                zh=(row.chinese or ("",))[0],
            )
            for name in (row.name, *(row.aliases or ())):
                found.setdefault((key(name), row.country or ""), names)
    return found


@cache
def _economies() -> Mapping[str, LocalNames]:
    from landbridge.app.drawing.land import told_names

    return {iso3: LocalNames(ru=ru, zh=zh) for iso3, (ru, zh) in told_names().items()}
