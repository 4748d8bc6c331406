"""Figures that others imply: 6,363 trains, 73 % more than the year before, were about 3,678."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from landbridge.evidence.model import Document, Fact

_YEAR_BEFORE = re.compile(
    r"(?:previous|preceding|last|prior) year|year (?:before|earlier|ago)"
    r"|year[- ]on[- ]year|\ba year\b"
    r"|(?:compared (?:to|with)|than|over|against|on|from|чем|с)\s+(?:in\s+"
    r"|в\s+)?(?P<year>(?:19|20)\d{2})"
    r"|прошл\w+ год|предыдущ\w+ год|годом ранее",
    re.IGNORECASE,
)
_NEAR = 120
_SHARES = {"percent", "times", "percentage points", "share"}


def derived_from(document: Document, figures: Sequence[Fact]) -> list[Fact]:
    """Work out the year before from a level and its change in the same sentence.

    Parameters
    ----------
    document : holds the text
    figures : read from it, in order

    Returns
    -------
    list of Fact
        one for each level directly followed by its change against the year before

    Examples
    --------
    >>> from landbridge.evidence.figures import read_figures
    >>> text = "In 2018 there were 6363 trips, which is 73% higher than the previous year."
    >>> facts = read_figures(Document("d", text))
    >>> [round(fact.value) for fact in facts if "derived_from" in fact.attributes]
    [3678]
    """
    found: list[Fact] = []
    for level, change in pairwise(figures):
        if level.unit in _SHARES or change.unit not in {"percent", "times"}:
            continue
        made = _year_before(document, level, change)
        if made is not None:
            found.append(made)
    return found


def _year_before(document: Document, level: Fact, change: Fact) -> Fact | None:
    text = document.text
    if level.value_end is None or change.value_start is None or change.value_end is None:
        return None
    between = text[level.value_end : change.value_start]
    direction = change.attributes.get("change")
    if len(between) > _NEAR or re.search(r"[.;!?]\s|\n", between) or direction is None:
        return None
    against = _YEAR_BEFORE.search(text, change.value_end, change.value_end + 60)
    factor = _factor(change, str(direction))
    if against is None or factor is None or level.value is None:
        return None
    year = int(against["year"]) if against["year"] else (level.year - 1 if level.year else None)
    start, end = min(level.start, change.start), max(level.end, change.end, against.end())
    return Fact(
        doc=document.id,
        kind="figure",
        quote=text[start:end],
        start=start,
        end=end,
        subject=level.subject,
        value=level.value / factor,
        unit=level.unit,
        year=year,
        attributes={
            "derived_from": (level.id, change.id),
            "qualifier": "about",
            "period_basis": "stated" if against["year"] else level.attributes["period_basis"],
        },
        reader="rules",
    )


def _factor(change: Fact, direction: str) -> float | None:
    """How many times the year before the level is; None where that says nothing."""
    value = change.value or 0.0
    if change.unit == "times":
        factor = value if direction == "up" else (1 / value if value else 0.0)
    else:
        factor = 1 + value / 100 if direction == "up" else 1 - value / 100
    return factor if factor > 0 else None
