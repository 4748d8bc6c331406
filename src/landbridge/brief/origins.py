"""Where a brief's figures come from, and how they stand: sources, and kinds of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from landbridge.brief.document import Block, Bullets, Mark, Paragraph, Span
from landbridge.brief.numbers import Numbers
from landbridge.brief.words import Words

if TYPE_CHECKING:
    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]

_KINDS = ("published", "derived", "layer", "rule", "general")
_PARTS = (("scenario", ("scenario",), 8), ("base", ("base economy",), 8))
_CROSSINGS = ("crossing_dwell", "crossings", "choice_constants")
_OF_CROSSINGS = 4


def sources(tables: Tables, about: Mapping[str, Any], language: str) -> Iterator[Block]:
    """Sources of the scenario, the base economy and the crossings; where all stand."""
    words = Words(language)
    made = tables["facts_sources"]
    for key, names, most in _PARTS:
        rows = made[made["table"].isin(names)].drop_duplicates("source_title").head(most)
        if len(rows):
            yield Paragraph((Span(words[f"sources.{key}"], "bold"),), "small")
            yield Bullets(tuple(_line(row, language) for row in rows.itertuples()), "small")
    published = made[made["table"].isin(_CROSSINGS) & (made["confidence"] == "published")]
    published = published[published["source_title"].notna()]
    if len(published):
        largest = published.groupby("source_title", as_index=False).agg(
            rows=("rows", "sum"), address=("address", "first"), as_of=("as_of", "first")
        )
        largest = largest.sort_values(["rows", "source_title"], ascending=[False, True])
        rows = largest.head(_OF_CROSSINGS)
        yield Paragraph((Span(words["sources.crossings"], "bold"),), "small")
        yield Bullets(tuple(_line(row, language) for row in rows.itertuples()), "small")
    count = Numbers(language).number(len(made))
    gap = "" if language == "zh" else " "
    line = words.say("sources.map", line=about["attribution"])
    yield Paragraph((Span(words.say("sources.all", n=count) + gap + line),), "small")


def standing(tables: Tables, language: str) -> str:
    """How many rows of facts are published, derived, read, filled, known."""
    used = tables["facts_used"]
    written = Numbers(language)
    counts = {name: written.number(int(used[name].sum())) for name in ("rows", *_KINDS)}
    return Words(language).say("sure.facts", **counts)


def _line(row: Any, language: str) -> tuple[Span, ...]:
    import pandas as pd

    plain: Mark = "plain" if language == "en" else "english"
    spans = [Span(str(row.source_title), plain)]
    if not pd.isna(row.as_of) and str(row.as_of) not in str(row.source_title):
        spans.append(Span(f", {row.as_of}"))
    if not pd.isna(row.address):
        spans += [Span(". "), Span(str(row.address), "link")]
    return tuple(spans)
