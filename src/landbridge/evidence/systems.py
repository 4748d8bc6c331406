"""What a fact speaks of: belt, road, the six areas and the rest, by rules on words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from landbridge.evidence.entities.lexicon import bending
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.text.sentences import sentences
from landbridge.evidence.text.vocabulary import trie
from landbridge.facts import rows

SYSTEMS = (
    "belt", "road", "policy", "infrastructure", "trade", "finance", "people", "industry",
    "corridors", "hub", "programmes", "blocs", "outlook", "risks",
)  # fmt: skip
_KIND_OF = {"programme": "programmes", "forecast": "outlook", "agreement": "policy"}
_TYPE_OF = {
    "bloc": "blocs", "bank": "finance", "fund": "finance", "economic_corridor": "corridors",
    "transport_corridor": "corridors", "university": "people", "think_tank": "people",
    "railway": "infrastructure", "port": "road", "industrial_park": "industry",
    "special_economic_zone": "industry", "ministry": "policy", "embassy": "policy",
}  # fmt: skip


def systems_of(text: str) -> tuple[str, ...]:
    """Systems a stretch of text speaks of, the most spoken of first.

    Rules are the words of evidence_systems.csv, English, Russian and Chinese.

    Examples
    --------
    >>> systems_of("Containers by rail in transit")
    ('belt', 'trade', 'hub')
    """
    counts = _counted(text)
    found = [name for name in SYSTEMS if counts.get(name)]
    return tuple(sorted(found, key=lambda name: -counts[name]))


def filed(document: Document, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """File facts under the systems they speak of; those already filed stay as they are.

    A fact's own words decide with its subject and kind; where they say nothing, its sentence does.

    Examples
    --------
    >>> text = "Kazakhstan moved 800 containers."
    >>> fact = Fact("a", "figure", "800 containers", 17, 31, "containers", 800.0)
    >>> filed(Document("a", text), [fact])[0].systems
    ('trade',)
    """
    found = list(facts)
    if not found:
        return ()
    spans = sentences(document.text)
    places = {
        name: [match.start() for match in rule.finditer(document.text)]
        for name, rule in _rules().items()
    }
    return tuple(fact if fact.systems else _filed(document, spans, places, fact) for fact in found)


def _filed(
    document: Document,
    spans: tuple[tuple[int, int], ...],
    places: Mapping[str, list[int]],
    fact: Fact,
) -> Fact:
    spoken = _counted(fact.subject)
    counts = {
        name: bisect_left(held, fact.end) - bisect_left(held, fact.start) + spoken.get(name, 0)
        for name, held in places.items()
    }
    own = sorted((name for name in SYSTEMS if counts.get(name)), key=lambda name: -counts[name])
    told = [_KIND_OF.get(fact.kind), _TYPE_OF.get(str(fact.attributes.get("type")))]
    names = [*own, *(name for name in told if name)]
    if not names:
        first = max(0, bisect_right(spans, (fact.start, len(document.text))) - 1)
        last = bisect_left(spans, (fact.end,))
        around = [document.text[a:b] for a, b in spans[first:last]]
        names = list(systems_of(" ".join(around)))
    return replace(fact, systems=tuple(dict.fromkeys(names)))


@lru_cache(maxsize=4096)
def _counted(words: str) -> dict[str, int]:
    return {name: len(rule.findall(words)) for name, rule in _rules().items()}


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    rules = {}
    for row in rows("evidence_systems"):
        spoken = [_letters(w) for w in row.words] + [bending(w) for w in row.russian]
        chinese = "".join(f"|{w}" for w in row.chinese)
        rules[row.id] = re.compile(rf"(?<![\w-]){trie(spoken)}(?!\w){chinese}", re.IGNORECASE)
    return rules


def _letters(phrase: str) -> tuple[str, ...]:
    return tuple(r"\s+" if letter == " " else re.escape(letter) for letter in phrase)
