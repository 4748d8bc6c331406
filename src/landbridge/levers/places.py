"""What a lever's names mean: rows of the facts tables, and the edges that carry them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError
from landbridge.network.gazetteer import key
from landbridge.network.graph import Mode, Network
from landbridge.routing.filters import Closed, permitted

Edges = NDArray[np.int64]

WORDS = {
    "crossings": "crossing",
    "sections": "section",
    "terminals": "terminal",
    "chokepoints": "passage",
}
"""What a row of each table is called."""


def rows_named(table: str, text: str) -> tuple[int, ...]:
    """Rows of a table that an id or name means.

    A name means a crossing in every mode, as long as it is one border; the name of a published
    project means all its sections.

    Raises
    ------
    UnknownNameError
        With the closest ids and names.
    InputError
        For a name of several places, with their ids.

    Examples
    --------
    >>> [facts.rows("crossings")[k].id for k in rows_named("crossings", "Khorgos-Altynkol")]
    ['rail-khorgos-altynkol']
    >>> rows_named("sections", "dostyk moiynty second trak")
    Traceback (most recent call last):
    landbridge.errors.UnknownNameError: unknown section 'dostyk moiynty second trak'; ...
    """
    ids = facts.by_id(table)
    if text.strip() in ids:
        return (list(ids).index(text.strip()),)
    index = _index(table)
    hits = index.get(key(text))
    if hits is None:
        raise UnknownNameError.from_available(WORDS[table], text.strip(), (*ids, *index))
    rows = facts.rows(table)
    if len(hits) > 1 and not _one_thing(table, [rows[hit] for hit in hits], text):
        among = ", ".join(rows[hit].id for hit in hits)
        raise InputError(f"{text.strip()!r} means several {table}: name one of {among}")
    return hits


def title(table: str, text: str) -> str:
    """Name for people of what the text means; the text itself where it means nothing.

    Examples
    --------
    >>> title("crossings", "rail-khorgos-altynkol"), title("chokepoints", "suez")
    ('Khorgos–Altynkol', 'Suez Canal')
    """
    try:
        found = [facts.rows(table)[row] for row in rows_named(table, text)]
    except InputError:
        return text.strip()
    if len(found) > 1 and table == "sections":
        return text.strip()
    if table != "crossings":
        return str(found[0].name)
    modes = f" ({' and '.join(row.mode for row in found)})" if len(found) > 1 else ""
    return crossing_title(found[0]) + modes


def crossing_title(row: Any) -> str:
    """The two sides of a crossing, once where they bear one name."""
    sides = dict.fromkeys(re.sub(r"\s*\(.*?\)", "", name) for name in (row.name_a, row.name_b))
    return "–".join(sides)


def carried(network: Network, table: str) -> Mapping[int, Edges]:
    """Edges that carry each row of a table; rows that lie on no edge are missing."""
    column = {
        "crossings": network.edge_crossing,
        "sections": network.edge_section,
        "terminals": network.edge_terminal,
        "chokepoints": network.edge_chokepoint,
    }[table]
    edges = np.flatnonzero(column >= 0)
    edges = edges[np.argsort(column[edges], kind="stable")]
    rows, starts = np.unique(column[edges], return_index=True)
    parts = np.split(edges, starts[1:])
    return {int(row): part for row, part in zip(rows, parts, strict=True)} if len(edges) else {}


def edges_of(network: Network, table: str, rows: tuple[int, ...]) -> Edges:
    """Edges that carry any of the rows, ascending."""
    found = carried(network, table)
    parts = [found[row] for row in rows if row in found]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)


def edges_in(
    network: Network, economies: Collection[str] | None, modes: Collection[Mode] | None
) -> Edges:
    """Edges that lie in the economies and run by the modes; None is all, transfers with them.

    A border edge lies in the economy of its tail; sea lanes and air ways lie in none.
    """
    ok = np.ones(network.n_edges, bool)
    if modes is not None:
        ok &= np.isin(network.edge_mode, [int(mode) for mode in modes])
    if economies is not None:
        inside = np.zeros(len(network.economies) + 1, bool)
        inside[[network.economies.index(code) for code in economies]] = True
        ok &= inside[network.edge_economy]
    return np.flatnonzero(ok)


def posts_of(chokepoint: int) -> tuple[int, ...]:
    """Rows of the crossings that a pass or a rail gate consists of."""
    ids = list(facts.by_id("crossings"))
    return tuple(ids.index(post) for post in facts.rows("chokepoints")[chokepoint].crossings or ())


def shut_by(network: Network, closed: Closed) -> Edges:
    """Edges that a closure takes away, as a request that closes the same rows would."""
    return np.flatnonzero(~permitted(network, None, frozenset(), closed))


def absent(network: Network, table: str, text: str) -> Iterator[str]:
    """Rows that the name means and the network lacks; nothing where the name is not understood."""
    try:
        rows = rows_named(table, text)
    except InputError:
        return
    found = carried(network, table)
    if not any(row in found for row in rows):
        missing = ", ".join(facts.rows(table)[row].id for row in rows)
        yield f"{missing} lies on no line of the network, so that nothing would change"


def _one_thing(table: str, rows: list[Any], text: str) -> bool:
    if table == "crossings":
        borders = {frozenset((row.economy_a, row.economy_b)) for row in rows}
        return len(borders) == 1 and len({row.mode for row in rows}) == len(rows)
    return table == "sections" and all(key(row.part_of or "") == key(text) for row in rows)


@cache
def _index(table: str) -> Mapping[str, tuple[int, ...]]:
    """Rows by the key of each id, name and alias; without brackets too."""
    index: dict[str, dict[int, None]] = {}
    for number, row in enumerate(facts.rows(table)):
        if table == "crossings":
            sides = (row.name_a, row.name_b)
            names = {*sides, "-".join(sides), "-".join(reversed(sides)), row.id.partition("-")[2]}
        else:
            names = {row.name, *(getattr(row, "aliases", None) or ())}
        if table == "sections" and row.part_of:
            names.add(row.part_of)
        names |= {re.sub(r"\s*\(.*?\)", "", name) for name in names}
        for name in {key(n) for n in (row.id, *names)}:
            index.setdefault(name, {})[number] = None
    return {name: tuple(hits) for name, hits in index.items()}
