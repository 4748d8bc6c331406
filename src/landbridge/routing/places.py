"""What a user types, understood as a place: city, UN/LOCODE, terminal, crossing or lat,lon."""

from __future__ import annotations

import re
from collections.abc import Callable

from landbridge.errors import InputError, UnknownNameError
from landbridge.network.gazetteer import Entry, Gazetteer, key
from landbridge.network.geo import haversine_km
from landbridge.routing.results import Place

_POINT = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$")
_LOCODE = re.compile(r"^[A-Za-z]{2} ?[A-Za-z2-9]{3}$")
_KINDS = ("city", "terminal", "crossing")
#: A smaller town gives way to a terminal of exactly the same name: few mean the town.
_TOWN = 15_000
_SHOWN = 3
_SAME_KM = 60.0


def resolve(
    text: str, gazetteer: Gazetteer, economy_at: Callable[[float, float], str | None]
) -> Place:
    """Understand a place.

    Parameters
    ----------
    text : `Duisburg`, `DEDUI`, `Moscow, USA`, `terminal:Aktau`, `crossing:Khorgos-Altynkol` or
        `51.43,6.77` (latitude first).
    gazetteer : the store of names.
    economy_at : which economy a point lies in, None at sea.

    Raises
    ------
    UnknownNameError
        With the closest known names.
    InputError
        For coordinates off the globe or far from any economy.
    """
    if not text.strip():
        raise InputError("a place is empty: give a city, a UN/LOCODE, a terminal or lat,lon")
    point = _POINT.match(text)
    if point:
        return _point(float(point[1]), float(point[2]), economy_at)
    kind, wanted = _kind(text)
    name, _, where = wanted.rpartition(",") if "," in wanted else (wanted, "", "")
    found = gazetteer.named(wanted)
    if not found and where:
        found = tuple(
            (entry, own)
            for entry, own in gazetteer.named(name)
            if _is_economy(entry, where.strip())
        )
    if kind:
        found = tuple((entry, own) for entry, own in found if entry.kind == kind)
    if not found and _LOCODE.match(wanted.strip()):
        found = tuple((e, True) for e in gazetteer.with_locode(wanted.replace(" ", "").strip()))
    if not found:
        raise UnknownNameError.from_available("place", text, gazetteer.well_known())
    ranked = sorted(found, key=lambda pair: _rank(*pair), reverse=True)
    best = ranked[0][0]
    return Place(
        name=best.name,
        kind=best.kind,
        economy=best.economy,
        lat=best.lat,
        lon=best.lon,
        un_locode=best.un_locode,
        note=_doubt(text, best, [entry for entry, _ in ranked[1:]]),
        ref=best.ref,
    )


def _kind(text: str) -> tuple[str | None, str]:
    head, colon, rest = text.partition(":")
    if colon and head.strip().casefold() in _KINDS:
        return head.strip().casefold(), rest.strip()
    return None, text.strip()


def _point(lat: float, lon: float, economy_at: Callable[[float, float], str | None]) -> Place:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise InputError(
            f"the point {lat:g},{lon:g} is off the globe: give latitude first, then longitude"
        )
    economy = economy_at(lat, lon)
    if economy is None:
        raise InputError(
            f"the point {lat:g},{lon:g} lies in no economy: give a point on land, latitude first"
        )
    return Place(f"{lat:g},{lon:g}", "point", economy, lat, lon, ref="")


def _is_economy(entry: Entry, where: str) -> bool:
    from landbridge.network.countries import country_names

    if where.upper() == entry.economy:
        return True
    return key(country_names().get(entry.economy, "")) == key(where)


def _rank(entry: Entry, own: bool) -> tuple[int, int]:
    """Cities by their own name, places of the facts, cities by another name, and so on down."""
    if entry.kind == "city" and entry.population >= _TOWN:
        tier = 6 if own else 4
    elif entry.kind == "city" and not entry.ref.isdigit():
        tier = 5
    else:
        tier = {"terminal": 3, "city": 2 if own else 0, "crossing": 1}[entry.kind]
    return tier, entry.population


def _doubt(text: str, best: Entry, others: list[Entry]) -> str:
    # The port or station of a city is no other place.
    near = [
        e
        for e in others
        if haversine_km(best.lat, best.lon, e.lat, e.lon) > _SAME_KM
        and e.population * 100 >= best.population
    ]
    if not near:
        return ""
    ways = []
    for entry in near[:_SHOWN]:
        if entry.kind == best.kind == "city":
            ways.append(f"'{entry.name}, {entry.economy}'")
        else:
            ways.append(f"'{entry.kind}:{entry.ref}'")
    return (
        f"{text!r} was taken as {best.name} ({best.kind}, {best.economy}); "
        f"for another place say {' or '.join(ways)}"
    )
