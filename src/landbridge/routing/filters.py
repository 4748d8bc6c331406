"""What a request leaves open: modes, economies avoided, passages and lines closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError
from landbridge.network.gazetteer import key
from landbridge.network.graph import Mode, Network
from landbridge.routing.economies import economy_choices, economy_named

#: Modes a user may name; transfers belong to the modes they join.
MODE_NAMES = ("rail", "road", "sea", "air", "ferry")


@dataclass(frozen=True, slots=True)
class Closed:
    """Rows shut by a request, by table."""

    chokepoints: tuple[int, ...] = ()
    crossings: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()
    terminals: tuple[int, ...] = ()


NOTHING_CLOSED = Closed()


def parse_modes(names: Iterable[str] | str | None) -> frozenset[Mode] | None:
    """Modes by name, None for all.

    Examples
    --------
    >>> sorted(mode.name for mode in parse_modes("rail,ferry"))
    ['FERRY', 'RAIL']
    """
    if names is None:
        return None
    given = names.split(",") if isinstance(names, str) else list(names)
    wanted = [name.strip().lower() for name in given if name.strip()]
    for name in wanted:
        if name not in MODE_NAMES:
            raise UnknownNameError.from_available("mode", name, MODE_NAMES)
    if not wanted:
        raise InputError(f"no mode is given: choose from {', '.join(MODE_NAMES)}")
    return frozenset(Mode[name.upper()] for name in wanted)


def parse_economies(codes: Iterable[str] | str, known: tuple[str, ...]) -> frozenset[int]:
    """Positions of the economies named by ISO 3166 code or English name.

    Examples
    --------
    >>> sorted(parse_economies("Kazakhstan, cn", ("CHN", "KAZ", "RUS")))
    [0, 1]
    """
    given = codes.split(",") if isinstance(codes, str) else list(codes)
    found: set[int] = set()
    for text in given:
        if not text.strip():
            continue
        code = economy_named(text, known)
        if code is None:
            raise UnknownNameError.from_available("economy", text.strip(), economy_choices())
        found.add(known.index(code))
    return frozenset(found)


def parse_closed(names: Iterable[str] | str) -> Closed:
    """Rows of the chokepoints, crossings, sections or terminals that the names mean.

    An id means its own row; a name that means a crossing in several modes closes all of them.
    """
    given = names.split(",") if isinstance(names, str) else list(names)
    given = [text for text in given if text.strip()]
    if not given:
        return NOTHING_CLOSED
    index = _closable()
    numbers = {row.id: k for k, row in enumerate(facts.rows("crossings"))}
    rows: dict[str, list[int]] = {}
    for text in given:
        hits = index.get(text.strip()) or index.get(key(text))
        if hits is None:
            raise UnknownNameError.from_available(
                "passage, crossing, section or terminal", text.strip(), index
            )
        for table, row in hits:
            rows.setdefault(table, []).append(row)
            if table == "chokepoints":
                # A mountain pass or a rail gate is shut by shutting its crossings.
                posts = facts.rows("chokepoints")[row].crossings or ()
                rows.setdefault("crossings", []).extend(numbers[post] for post in posts)
    return Closed(**{table: tuple(sorted(set(found))) for table, found in rows.items()})


@cache
def _closable() -> Mapping[str, list[tuple[str, int]]]:
    """Every closable id and name; a passage hides a terminal of its name, and so on down."""
    tables = ("chokepoints", "crossings", "sections", "terminals")
    # A name has no hyphen once it is a key, so an id with one is never taken for a name.
    index = {
        row.id: [(table, number)]
        for table in reversed(tables)
        for number, row in enumerate(facts.rows(table))
        if "-" in row.id
    }
    for table in tables:
        fresh: dict[str, list[tuple[str, int]]] = {}
        for number, row in enumerate(facts.rows(table)):
            names = {row.id}
            if table == "crossings":
                names |= {f"{row.name_a}-{row.name_b}", row.name_a, row.name_b,
                          row.id.partition("-")[2]}  # fmt: skip
            else:
                names |= {row.name, *(getattr(row, "aliases", None) or ())}
            for name in sorted({key(n) for n in names}):
                fresh.setdefault(name, []).append((table, number))
        for name, hits in fresh.items():
            index.setdefault(name, hits)
    return index


def permitted(
    network: Network,
    modes: frozenset[Mode] | None,
    avoid: frozenset[int],
    closed: Closed,
) -> NDArray[np.bool_]:
    """Which edges a request may use, bool[m]."""
    ok = np.ones(network.n_edges, bool)
    transfer = network.edge_mode == Mode.TRANSFER
    if modes is not None:
        wanted = np.zeros(len(Mode), bool)
        wanted[[int(mode) for mode in modes]] = True
        other_end = network.node_mode[network.edge_head]
        terminal_tail = network.node_mode[network.edge_tail] == Mode.TRANSFER
        other_end = np.where(terminal_tail, other_end, network.node_mode[network.edge_tail])
        ok = wanted[np.where(transfer, other_end, network.edge_mode)]
    if avoid:
        shunned = np.zeros(len(network.economies) + 1, bool)
        shunned[list(avoid)] = True
        inside = shunned[network.node_economy]
        ok &= ~(inside[network.edge_tail] | inside[network.edge_head])
        ok &= ~shunned[network.edge_economy]
    for column, rows in (
        (network.edge_chokepoint, closed.chokepoints),
        (network.edge_crossing, closed.crossings),
        (network.edge_section, closed.sections),
    ):
        if rows:
            ok &= ~np.isin(column, rows)
    if closed.terminals:
        # A ferry sails from the terminal's own node: all that meets there is shut.
        gates = np.isin(network.edge_terminal, closed.terminals)
        shut = np.zeros(network.n_nodes, bool)
        shut[network.edge_tail[gates]] = True
        shut[network.edge_head[gates]] = True
        shut &= network.node_mode == Mode.TRANSFER
        ok &= ~(shut[network.edge_tail] | shut[network.edge_head])
    return ok
