"""What a lever changes, as a phrase in the language of a brief: the kinds that act on transport."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from landbridge import facts
from landbridge.brief.called import Names
from landbridge.brief.numbers import Numbers
from landbridge.brief.policies import POLICIES
from landbridge.brief.sizes import size
from landbridge.brief.words import Words
from landbridge.errors import UnknownNameError

_SIZES = (
    "hours", "hours_factor", "hours_add", "sd_factor", "speed_factor", "wait_h", "cost_usd_feu",
    "cost_factor", "factor", "usd_t", "subsidy_usd_feu", "capacity_factor", "capacity_feu_year",
)  # fmt: skip
_SIGNED = frozenset({"hours_add", "subsidy_usd_feu"})


def change(lever: Mapping[str, Any], language: str) -> str:
    """A lever as a phrase.

    Parameters
    ----------
    lever : of `run.json`, with every field

    Raises
    ------
    UnknownNameError
        A kind there is none of.

    Examples
    --------
    >>> change({"kind": "crossing", "crossing": "rail-alashankou-dostyk", "open": False}, "ru")
    'Алашанькоу–Достык (ж/д): закрыто'
    >>> change({"kind": "crossing", "crossing": "rail-alashankou-dostyk", "direction": "both",
    ...         "hours_factor": {"value": 0.5, "low": 0.35, "high": 0.75}}, "kk")
    'Алашанькоу–Достық (теміржол): сағат × 0,5 (0,35–0,75)'
    >>> change({"kind": "price", "commodity": "crude_oil", "usd": {"value": 30}}, "zh")
    '原油世界价格：每桶30美元'
    """
    kind = str(lever["kind"])
    if kind in POLICIES:
        subject, parts = POLICIES[kind](lever, language)
    elif kind in _SUBJECTS:
        subject, parts = _SUBJECTS[kind](lever, language), list(_parts(lever, language))
    else:
        raise UnknownNameError.from_available("kind of lever", kind, (*_SUBJECTS, *POLICIES))
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    said = colon.join([subject, comma.join(parts)] if parts else [subject])
    return said[:1].upper() + said[1:]


def _parts(lever: Mapping[str, Any], language: str) -> Iterator[str]:
    """What happens to a place: open or shut, what is built, sizes."""
    words = Words(language)
    if lever.get("open") is not None:
        yield words["lever.open" if lever["open"] else "lever.closed"]
    if lever.get("change") is not None:
        yield words[f"lever.{lever['change']}"]
    for field in _SIZES:
        if lever.get(field) is not None:
            # What a strait costs comes on top; what a crossing costs is the whole.
            on_top = (lever["kind"], field) == ("chokepoint", "cost_usd_feu")
            shown = size(lever[field], language, sign=field in _SIGNED)
            yield words.say("lever.more_usd_feu" if on_top else f"lever.{field}", n=shown)


def _crossing(lever: Mapping[str, Any], language: str) -> str:
    id_, way, names = str(lever["crossing"]), lever.get("direction", "both"), Names(language)
    name = names.crossing(id_, id_)
    row = facts.by_id("crossings").get(id_)
    if way == "both" or row is None:
        return name
    side = (row.name_b, row.economy_b) if way == "a_to_b" else (row.name_a, row.economy_a)
    return Words(language).say("lever.towards", name=name, place=names.place(*map(str, side)))


def _corridor(lever: Mapping[str, Any], language: str) -> str:
    return Names(language).way_title(str(lever["corridor"]), str(lever["corridor"]))


def _listed(kind: str) -> Callable[[Mapping[str, Any], str], str]:
    """Subject of a lever whose field is named as its kind, from the facts table of that name."""
    return lambda lever, language: Names(language).of(f"{kind}s", str(lever[kind]))


def _modes(lever: Mapping[str, Any], language: str) -> str:
    words, names = Words(language), Names(language)
    modes = [words[f"mode.{mode}"] for mode in lever["modes"]] or [words["lever.all"]]
    said = Numbers(language).listed(modes)
    if not lever.get("economies"):
        return said
    opening, closing = ("（", "）") if language == "zh" else (" (", ")")
    return f"{said}{opening}{names.parties(lever['economies'])}{closing}"


_SUBJECTS: Mapping[str, Callable[[Mapping[str, Any], str], str]] = {
    "crossing": _crossing,
    "section": _listed("section"),
    "terminal": _listed("terminal"),
    "corridor": _corridor,
    "chokepoint": _listed("chokepoint"),
    "freight_rate": _modes,
    "carbon_price": _modes,
}
