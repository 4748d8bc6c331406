"""What a lever of transport changes, in the language of a brief; others are told in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from landbridge import facts
from landbridge.brief.called import Names
from landbridge.brief.numbers import Numbers
from landbridge.brief.words import Words, asset

_QUIET = frozenset({"kind", "source", "note", "from_year", "to_year", "direction"})
_SIZES = frozenset(
    {
        "hours", "hours_factor", "hours_add", "sd_factor", "cost_usd_feu", "cost_factor",
        "capacity_factor", "capacity_feu_year", "speed_factor", "subsidy_usd_feu", "wait_h",
        "factor", "usd_t", "more_usd_feu",
    }
)  # fmt: skip
_SIGNED = frozenset({"hours_add"})


def change(lever: Mapping[str, Any], language: str) -> str | None:
    """A lever as a phrase; None where this language has no words for all that it does.

    Parameters
    ----------
    lever : of `run.json`, with every field

    Examples
    --------
    >>> change({"kind": "crossing", "crossing": "rail-alashankou-dostyk", "open": False}, "ru")
    'Алашанькоу–Достык (ж/д): закрыто'
    >>> change({"kind": "crossing", "crossing": "rail-alashankou-dostyk", "direction": "both",
    ...         "hours_factor": {"value": 0.5, "low": 0.35, "high": 0.75}}, "kk")
    'Алашанькоу–Достық (теміржол): сағат × 0,5 (0,35–0,75)'
    >>> change({"kind": "price", "commodity": "oil"}, "kk")
    """
    kind = str(lever["kind"])
    if kind not in _SUBJECTS or lever.get("direction", "both") != "both":
        return None
    subject = _SUBJECTS[kind](lever, language)
    parts = []
    for field, value in lever.items():
        if field in _QUIET or field in _NAMING or value is None:
            continue
        # What a strait costs comes on top; what a crossing costs is the whole.
        name = "more_usd_feu" if (kind, field) == ("chokepoint", "cost_usd_feu") else field
        part = _part(name, value, language)
        if part is None:
            return None
        parts.append(part)
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    return f"{subject}{colon}{comma.join(parts)}"


def _part(field: str, value: Any, language: str) -> str | None:
    words = Words(language)
    if field == "open":
        return words["lever.open" if value else "lever.closed"]
    if field == "change":
        return words[f"lever.{value}"]
    if field in _SIZES:
        sign = field in _SIGNED
        return words.say(f"lever.{field}", n=_size(value, language, sign=sign))
    return None


def _size(value: Mapping[str, float], language: str, *, sign: bool) -> str:
    """A size, with its interval where it has one."""
    shown = [_plain(float(value["value"]), language, sign=sign)]
    low, high = value.get("low"), value.get("high")
    if low is not None and high is not None and low != high:
        ends = "–".join(_plain(float(end), language, sign=False) for end in (low, high))
        shown.append(f"（{ends}）" if language == "zh" else f" ({ends})")
    return "".join(shown)


def _plain(value: float, language: str, *, sign: bool) -> str:
    digits = next((d for d in range(4) if abs(round(value, d) - value) < 1e-9), 4)
    return Numbers(language).number(value, digits, sign=sign)


def _crossing(lever: Mapping[str, Any], language: str) -> str:
    return Names(language).crossing(str(lever["crossing"]), str(lever["crossing"]))


def _corridor(lever: Mapping[str, Any], language: str) -> str:
    return Names(language).way_title(str(lever["corridor"]), str(lever["corridor"]))


def _chokepoint(lever: Mapping[str, Any], language: str) -> str:
    id_ = str(lever["chokepoint"])
    known = asset("brief_names.toml")["chokepoints"].get(id_, {})
    return str(known.get(language, _named("chokepoints", id_)))


def _section(lever: Mapping[str, Any], language: str) -> str:
    return _named("sections", str(lever["section"]))


def _terminal(lever: Mapping[str, Any], language: str) -> str:
    return _named("terminals", str(lever["terminal"]))


def _modes(lever: Mapping[str, Any], language: str) -> str:
    words, names = Words(language), Names(language)
    modes = [words[f"mode.{mode}"] for mode in lever["modes"]] or [words["lever.all"]]
    where = [names.economy(code, code) for code in lever.get("economies", ())]
    said = Numbers(language).listed(modes)
    if not where:
        return said
    opening, closing = ("（", "）") if language == "zh" else (" (", ")")
    return f"{said}{opening}{Numbers(language).listed(where)}{closing}"


def _named(table: str, id_: str) -> str:
    row = facts.by_id(table).get(id_)
    return id_ if row is None else str(row.name)


_SUBJECTS: Mapping[str, Callable[[Mapping[str, Any], str], str]] = {
    "crossing": _crossing,
    "section": _section,
    "terminal": _terminal,
    "corridor": _corridor,
    "chokepoint": _chokepoint,
    "freight_rate": _modes,
    "carbon_price": _modes,
}
_NAMING = frozenset(
    {"crossing", "section", "terminal", "corridor", "chokepoint", "modes", "economies"}
)
