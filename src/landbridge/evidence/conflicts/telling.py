"""How a conflict is told: its quotes, its numbers, and how exact a number is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import sqrt

from landbridge.evidence.model import Conflict, Fact, Quote, Severity


def quote_of(fact: Fact) -> Quote:
    """Quote a fact."""
    return Quote(fact.doc, fact.start, fact.end, fact.quote)


def conflict(
    type_: str,
    severity: Severity,
    title: str,
    explanation: str,
    facts: Iterable[Fact] = (),
    quotes: Iterable[Quote] = (),
) -> Conflict:
    """Make a conflict; facts bring their quotes, each stretch is quoted once."""
    held = list(facts_by_id(facts).values())
    all_quotes = dict.fromkeys([*(quote_of(fact) for fact in held), *quotes])
    return Conflict(
        type_,
        severity,
        " ".join(title.split()),
        tuple(fact.id for fact in held),
        tuple(all_quotes),
        " ".join(explanation.split()),
    )


def facts_by_id(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Facts by their id, in order, each once."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.id, fact)
    return found


def plain(value: float | None) -> str:
    """Write a number as people do.

    Examples
    --------
    >>> plain(51.0), plain(13.9e6), plain(0.25)
    ('51', '13,900,000', '0.25')
    """
    if value is None:
        return "?"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


def rounding(fact: Fact) -> float:
    """Half a unit of the last digit that a figure was written with: 13.9 million gives 50,000.

    A figure that is "about" something is taken to be good to five percent; of round numbers the
    closing zeros do not count as digits ("$20 billion" is good to half a billion).

    Examples
    --------
    >>> fact = Fact("d", "figure", "13.9 million t", 0, 14, "cargo", value=13.9e6,
    ...             attributes={"value_text": "13.9 million"})
    >>> rounding(fact)
    50000.0
    """
    value = abs(fact.value or 0.0)
    written = re.search(r"\d[\d.,\s\u00a0]*", str(fact.attributes.get("value_text", "")))
    soft = 0.05 * value if fact.attributes.get("qualifier") in {"about", "nearly"} else 0.0
    if written is None:
        return soft
    digits = re.sub(r"[\s\u00a0]", "", written.group()).strip(".,")
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits)
    decimals = (
        0 if grouped else len(re.split(r"[.,]", digits)[1]) if re.search(r"[.,]", digits) else 0
    )
    bare = float(re.sub(r"[.,]", "", digits)) / 10**decimals
    scale = value / bare if bare else 1.0
    step = 10.0**-decimals * scale
    return max(soft, 0.5 * step if scale > 1 or decimals else 0.0)


def spread(facts: Iterable[Fact]) -> float:
    """How far a sum of figures may be off by rounding: three standard errors, at most all ends.

    Rounding errors are spread evenly, so a step h either way has the standard error h / sqrt(3).

    Examples
    --------
    >>> told = {"value_text": "1.4 billion"}
    >>> one = Fact("d", "figure", "", 0, 0, "", value=1.4e9, attributes=told)
    >>> round(spread([one] * 4) / 1e9, 3), round(spread([one] * 2) / 1e9, 3)
    (0.173, 0.1)
    """
    steps = [rounding(fact) for fact in facts]
    return min(sum(steps), sqrt(sum(3 * step * step for step in steps))) * (1 + 1e-9)


def sum_conflict(parts: Sequence[Fact], total: Fact, found: float) -> Conflict:
    """Tell of parts that do not make their total."""
    listed = " + ".join(plain(f.value) for f in parts)
    return conflict(
        "arithmetic",
        "high",
        f"{listed} = {plain(found)}, not {plain(total.value)}",
        f"The parts {listed} add up to {plain(found)}; the total is given as {plain(total.value)}.",
        [*parts, total],
    )


def agree(one: Fact, other: Fact) -> bool:
    """Say whether two figures may be the same number: rounding, bounds and ranges allowed for.

    Examples
    --------
    >>> def figure(value, **attributes):
    ...     return Fact("d", "figure", "", 0, 0, "ports", value=value, attributes=attributes)
    >>> agree(figure(600, qualifier="over"), figure(640)), agree(figure(51), figure(55))
    (True, False)
    """
    low_one, high_one = _interval(one)
    low_other, high_other = _interval(other)
    return low_one <= high_other and low_other <= high_one


_BOUND = 1.35
"""How far "over 600" may reach: 35 % above what is said is no longer the same figure."""


def _interval(fact: Fact) -> tuple[float, float]:
    value = fact.value or 0.0
    near = rounding(fact)
    low, high = value - near, float(fact.attributes.get("range_high") or value) + near
    match fact.attributes.get("qualifier"):
        case "over" | "at least":
            high *= _BOUND
        case "up to" | "nearly":
            low /= _BOUND
    return low, high
