"""Distances covered faster than the carrier that is named can go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.vocabulary import one_of
from landbridge.facts import rows

_HOURS = {"hours": 1.0, "days": 24.0, "minutes": 1 / 60}
_COVERED = re.compile(
    r"\b(?:cover\w*|overc[ao]m\w*|pass\w*|travel\w*|takes?|took|within|cross\w*|reach\w*|in|for)\b"
    r"|(?<!\w)(?:преодол\w+|проход\w+|за|занима\w+|уход\w+|пут\w+)(?!\w)",
    re.IGNORECASE,
)
_IT = re.compile(
    r"\b(?:it|this (?:distance|way|road|section|route|line)|the (?:way|distance|journey|trip|route"
    r"|road|line|whole))\b|(?<!\w)(?:его|её|этот путь|это расстояние)(?!\w)",
    re.IGNORECASE,
)


def impossible_speeds(account: Account) -> Iterator[Conflict]:
    """Find "11 thousand km in 38 hours by freight train": 289 km/h.

    The sentence has one distance and one time, or a speed, and names a carrier of the table
    `evidence_speeds`; the slowest carrier named holds only where it alone is named.
    """
    for sentence in account.sentences:
        held = account.figures_in(*sentence)
        ways = [f for f in held if f.unit == "km" and f.value and not f.attributes.get("change")]
        times = [f for f in held if f.unit in _HOURS and f.value]
        speeds = [f for f in held if f.unit == "km/h" and f.value]
        text = sentence.of(account.text)
        before = account.sentence_at(max(0, sentence.start - 2))
        if not ways and len(times) == 1 and _IT.search(text):
            ways = [
                f
                for f in account.figures_in(*before)
                if f.unit == "km" and f.value and not f.attributes.get("change")
            ]
        made: list[tuple[float, list[Fact]]] = [(f.value or 0.0, [f]) for f in speeds]
        if len(ways) == len(times) == 1 and _COVERED.search(text):
            hours = (times[0].value or 1.0) * _HOURS[str(times[0].unit)]
            made.append(((ways[0].value or 0.0) / hours, [ways[0], times[0]]))
        for speed, facts in made:
            start, end = min(f.start for f in facts), max(f.end for f in facts)
            carrier = _carrier(account.text[start:end]) or _any(account.text[start:end])
            if carrier and speed > carrier[1]:
                yield conflict(
                    "bound",
                    "high",
                    f"{plain(round(speed))} km/h by {carrier[0]}",
                    f"This is {plain(round(speed))} km/h; none goes faster than "
                    f"{plain(carrier[1])} km/h on its whole way.",
                    facts,
                    [account.quote(*sentence)],
                )


_TRAVEL = re.compile(
    r"\b(?:journey|trip|way|travel\w*|cover\w*|drive|ride|route|road)\b|(?<!\w)(?:путь|дорог\w+"
    r"|поездк\w+)(?!\w)",
    re.IGNORECASE,
)
_FASTEST = 1100.0


def _any(text: str) -> tuple[str, float] | None:
    """The bound of whatever travels, where no carrier is told."""
    return ("any carrier", _FASTEST) if _TRAVEL.search(text) else None


def _carrier(text: str) -> tuple[str, float] | None:
    """The one carrier a sentence names and its bound; of a kind of trains the kind's."""
    found = [(name, high) for name, pattern, high in _carriers() if pattern.search(text)]
    if any(name == "freight train" for name, _ in found):
        found = [one for one in found if one[0] != "train"]
    return found[0] if len(found) == 1 else None


@cache
def _carriers() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    return tuple(
        (
            row.id.replace("-", " "),
            re.compile(rf"(?<!\w)(?:{one_of((*row.words, *row.russian))})(?!\w)", re.IGNORECASE),
            row.high_kmh,
        )
        for row in rows("evidence_speeds")
    )
