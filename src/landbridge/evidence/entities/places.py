"""Places, each at its first mention that is not part of another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from landbridge.evidence.entities.page import Page, Stretches, within
from landbridge.evidence.model import Fact
from landbridge.evidence.names import likely_place

_PORT = re.compile(
    r"(?<![\w-])([A-ZÀ-Þ][a-zà-ÿ]{4,})[ \u00a0](?:sea)?ports?[ \u00a0](?:in"
    r"|of)[ \u00a0](?:the[ \u00a0])?"
)


def places(page: Page, taken: Iterable[tuple[int, int]]) -> Iterator[Fact]:
    """Yield the places of a text; those only within other names come last of all."""
    blocked = Stretches(taken)
    seen: set[str] = set()
    found = [
        m for m in page.mentions if m.name.kind == "place" and not blocked.touch((m.start, m.end))
    ]
    for mention in sorted(found, key=lambda m: (_paired(page.text, m.start, m.end), m.start)):
        if mention.name.name in seen:
            continue
        seen.add(mention.name.name)
        yield page.fact(
            "place", (mention.start, mention.end), mention.name.name,
            {
                "type": mention.name.type,
                "iso3": mention.name.iso3,
                "country": mention.name.country if not mention.name.iso3 else None,
                "un_locode": mention.name.un_locode,
                "name_as_written": _other(mention.written, mention.name.name),
            },
        )  # fmt: skip
    yield from _garbled(page, seen)


def _other(written: str, name: str) -> str | None:
    return None if written == name else written


def _paired(text: str, start: int, end: int) -> bool:
    """Say whether a name is half of a pair such as `Kazakhstan-China`: no clear mention."""
    return text[end : end + 1] in {"-", "–"} or text[max(0, start - 1) : start] in {"-", "–"}


def _garbled(page: Page, seen: set[str]) -> Iterator[Fact]:
    """A port of a country whose name no book holds: its likely meaning stands beside it."""
    spans = Stretches((m.start, m.end) for m in page.mentions)
    for match in _PORT.finditer(page.text):
        country = next(
            (m for m in within(page.mentions, match.end(), match.end() + 1) if m.name.iso3), None
        )
        if country is None or spans.touch(match.span(1)):
            continue
        likely = likely_place(match.group(1), str(country.name.iso3))
        name = likely[0].name if likely else match.group(1)
        if name in seen:
            continue
        seen.add(name)
        yield page.fact(
            "place", match.span(1), name,
            {
                "type": "port",
                "country": country.name.iso3,
                "un_locode": likely[0].un_locode if likely else None,
                "name_as_written": match.group(1),
                "likely_meaning": name if likely else None,
                "likeness": round(likely[1], 1) if likely else None,
            },
        )  # fmt: skip
