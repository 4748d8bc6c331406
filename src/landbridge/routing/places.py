"""What a user types, understood as a place: city, UN/LOCODE, terminal, crossing or lat,lon."""

from __future__ import annotations

import re
from collections.abc import Callable

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError
from landbridge.network.gazetteer import Entry, Gazetteer, key
from landbridge.network.geo import haversine_km
from landbridge.routing.economies import economy_choices, economy_named, economy_names
from landbridge.routing.results import Place

_POINT = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$")
_LOCODE = re.compile(r"^[A-Za-z]{2} ?[A-Za-z2-9]{3}$")
_SAINT = re.compile(r"^st\.? +", re.IGNORECASE)
_KINDS = ("city", "terminal", "crossing")
_FORMS = "give a city, a UN/LOCODE, terminal:NAME, crossing:NAME or lat,lon"
#: A smaller town gives way to a terminal of exactly the same name: few mean the town.
_TOWN = 15_000
_SHOWN = 3
_SAME_KM = 60.0

_Found = list[tuple[Entry, bool]]


def resolve(
    text: str, gazetteer: Gazetteer, economy_at: Callable[[float, float], str | None]
) -> Place:
    """Understand a place.

    Parameters
    ----------
    text : `Duisburg`, `DEDUI`, `Moscow, USA`, `terminal:Aktau`, `crossing:Khorgos-Altynkol` or
        `51.43,6.77` (latitude first). Five capitals are a UN/LOCODE before they are a name.
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
        raise InputError(f"a place is empty: {_FORMS}")
    point = _POINT.match(text)
    if point:
        return _point(float(point[1]), float(point[2]), economy_at)
    ranked = _ranked(text, gazetteer)
    if not ranked:
        raise _unknown(text, gazetteer)
    best = ranked[0]
    return Place(
        name=best.name,
        kind=best.kind,
        economy=best.economy,
        lat=best.lat,
        lon=best.lon,
        un_locode=best.un_locode or _locode(best, gazetteer),
        note=_doubt(text, best, ranked[1:], gazetteer),
        ref=best.ref,
    )


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


def _ranked(text: str, gazetteer: Gazetteer) -> list[Entry]:
    """Every place the text may mean, the likeliest first."""
    kind, wanted = _split_kind(text)
    found = _found(wanted, gazetteer)
    if kind:
        found = [(entry, own) for entry, own in found if entry.kind == kind]
        found = [(entry, own) for entry, own in found if entry.ref == wanted] or found
    if kind == "crossing" and not found:
        found = _with_side(wanted, gazetteer)
    return [entry for entry, _ in sorted(found, key=lambda pair: _rank(*pair), reverse=True)]


def _found(wanted: str, gazetteer: Gazetteer) -> _Found:
    is_code = _LOCODE.match(wanted)
    coded = gazetteer.with_locode(wanted.replace(" ", "")) if is_code else ()
    if coded and wanted.isupper():
        return [(entry, True) for entry in coded]
    found = list(gazetteer.named(wanted))
    if _SAINT.match(wanted):
        found += gazetteer.named(_SAINT.sub("Saint ", wanted))
    name, where = _split_economy(wanted)
    if not found and where:
        code = economy_named(where)
        found = [(entry, own) for entry, own in gazetteer.named(name) if entry.economy == code]
    return found or [(entry, True) for entry in coded]


def _with_side(wanted: str, gazetteer: Gazetteer) -> _Found:
    """Crossings with the name of one of their sides."""
    side = key(wanted)
    rows = [r.id for r in facts.rows("crossings") if side in (key(r.name_a), key(r.name_b))]
    return [pair for row in rows for pair in gazetteer.named(row) if pair[0].ref == row]


def _split_kind(text: str) -> tuple[str | None, str]:
    head, colon, rest = text.partition(":")
    if colon and head.strip().casefold() in _KINDS:
        return head.strip().casefold(), rest.strip()
    return None, text.strip()


def _split_economy(wanted: str) -> tuple[str, str]:
    name, comma, where = wanted.rpartition(",")
    return (name.strip(), where.strip()) if comma else (wanted, "")


def _rank(entry: Entry, own: bool) -> tuple[int, int]:
    """Cities by their own name, places of the facts, cities by another name, and so on down."""
    if entry.kind == "city" and entry.population >= _TOWN:
        tier = 6 if own else 4
    elif entry.kind == "city" and not entry.ref.isdigit():
        tier = 5
    else:
        tier = {"terminal": 3, "city": 2 if own else 0, "crossing": 1}[entry.kind]
    return tier, entry.population


def _near(one: Entry, other: Entry) -> bool:
    return float(haversine_km(one.lat, one.lon, other.lat, other.lon)) <= _SAME_KM


def _locode(city: Entry, gazetteer: Gazetteer) -> str | None:
    """UN/LOCODE that the facts know of a city, else of a terminal that bears its name."""
    if city.kind != "city":
        return None
    same = [e for e, own in gazetteer.named(city.name) if own or e.kind == "city"]
    coded = [e for e in same if e.un_locode and e.economy == city.economy and _near(city, e)]
    coded.sort(key=lambda e: e.kind != "city")
    return coded[0].un_locode if coded else None


def _doubt(text: str, best: Entry, others: list[Entry], gazetteer: Gazetteer) -> str:
    """Which of several places was taken and how to say the others; empty without doubt."""
    # The port or station of a city is no other place; a crossing of another mode is.
    apart = [
        e
        for e in others
        if e.kind == best.kind == "crossing"
        or (not _near(best, e) and e.population * 100 >= best.population)
    ]
    taken = f"{text!r} was taken as {best.name} ({best.kind}, {best.economy})"
    if apart:
        ways = dict.fromkeys(_spelling(entry, gazetteer) for entry in apart[:_SHOWN])
        return f"{taken}; for another place say {' or '.join(ways)}"
    if best.kind == "city" and best.population < _TOWN and best.ref.isdigit():
        economy = economy_names().get(key(text))
        if economy:
            return f"{taken}, not as the economy {economy}: a route needs a place in it"
    return ""


def _spelling(entry: Entry, gazetteer: Gazetteer) -> str:
    """What to type for this very place."""
    if entry.kind != "city":
        return f"'{entry.kind}:{entry.ref}'"
    name = f"{entry.name}, {entry.economy}"
    meant = _ranked(name, gazetteer)
    if meant and meant[0].ref == entry.ref:
        return f"'{name}'"
    return f"'{entry.lat:.4f},{entry.lon:.4f}' ({name})"


def _unknown(text: str, gazetteer: Gazetteer) -> UnknownNameError:
    kind, wanted = _split_kind(text)
    shown = wanted if len(wanted) <= 60 else wanted[:60] + "…"
    if kind in ("terminal", "crossing"):
        return UnknownNameError.from_available(kind, shown, [r.id for r in facts.rows(kind + "s")])
    name, where = _split_economy(wanted)
    same = gazetteer.named(name) if where else ()
    if same:
        if economy_named(where) is None:
            return UnknownNameError.from_available("economy", where, economy_choices())
        ranked = sorted(same, key=lambda pair: _rank(*pair), reverse=True)
        ways = tuple(dict.fromkeys(_spelling(entry, gazetteer) for entry, _ in ranked[:_SHOWN]))
        return UnknownNameError(
            f"unknown place {shown!r}: there is no {name} in {where}; say {' or '.join(ways)}",
            tuple(way.strip("'") for way in ways),
        )
    if key(wanted):
        # A short name is part of many a long one: no hint.
        choices = [n for n in gazetteer.well_known() if 2 * len(n) >= len(shown)]
        error = UnknownNameError.from_available("place", shown, choices)
        if error.suggestions:
            return error
    return UnknownNameError(f"unknown place {shown!r}: {_FORMS}")
