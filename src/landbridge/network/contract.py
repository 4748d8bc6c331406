"""Exact contraction: chains of points become one edge, dead ends without a place on them go.

Distances between the nodes that stay are the same before and after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.network.draft import Draft

#: A chain is cut this often, so that a place in the steppe finds a node near it.
CHAIN_KM = 30.0


@dataclass(frozen=True, slots=True)
class Chains:
    """The contracted edges as chains of the draft's edges.

    Attributes
    ----------
    nodes : int32[k], nodes of the draft that stay, ascending
    tail, head : int32[c], positions in `nodes`
    edge_ptr : int64[c + 1]; edges : int32[...], draft edges of each chain in travel order
    points : int32[...], draft nodes of each chain, one more than its edges, in travel order
    """

    nodes: NDArray[np.int32]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    edge_ptr: NDArray[np.int64]
    edges: NDArray[np.int32]
    points: NDArray[np.int32]


def contract(draft: Draft, keep: NDArray[np.bool_], chain_km: float = CHAIN_KM) -> Chains:
    """Contract all that can go without changing a distance between nodes of `keep`.

    A node of degree two goes when its two edges are alike (mode, economy, section, no crossing,
    terminal or gauge break); a dead end goes when no node of `keep` lies on it.
    """
    kind = _edge_kind(draft)
    ptr, slot = _adjacency(draft.n_nodes, draft.tail, draft.head)
    alive = _prune(draft.n_nodes, draft.tail, draft.head, ptr, slot, keep)
    stay = _junctions(draft.n_nodes, draft.tail, draft.head, ptr, slot, alive, keep, kind)
    edge_ptr, edges, points = _walk(
        draft.tail, draft.head, draft.length_km, ptr, slot, alive, stay, chain_km
    )
    nodes = np.flatnonzero(stay).astype(np.int32)
    number = np.full(draft.n_nodes, -1, np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    first = points[edge_ptr[:-1] + np.arange(len(edge_ptr) - 1)]
    last = points[edge_ptr[1:] + np.arange(len(edge_ptr) - 1)]
    return Chains(nodes, number[first], number[last], edge_ptr, edges, points)


def _edge_kind(draft: Draft) -> NDArray[np.int64]:
    """Equal numbers for edges that may be merged, a number of its own for each that may not."""
    plain = (draft.crossing < 0) & (draft.border_rule == 0) & (draft.terminal < 0)
    plain &= draft.gauge_mm[draft.tail] == draft.gauge_mm[draft.head]
    columns = np.column_stack(
        (draft.edge_mode, draft.edge_economy, draft.section, draft.chokepoint,
         draft.gauge_mm[draft.tail])
    ).astype(np.int64)  # fmt: skip
    spread = columns - columns.min(axis=0)
    base = np.r_[1, np.cumprod(spread.max(axis=0)[:-1] + 1)]
    kind = spread @ base
    kind[~plain] = kind.max() + 1 + np.arange(int((~plain).sum()))
    return np.asarray(kind, np.int64)


@nb.njit(cache=True)
def _adjacency(n, tail, head):  # type: ignore[no-untyped-def]
    ptr = np.zeros(n + 1, np.int64)
    for e in range(len(tail)):
        ptr[tail[e] + 1] += 1
        ptr[head[e] + 1] += 1
    for i in range(n):
        ptr[i + 1] += ptr[i]
    at = ptr[:-1].copy()
    slot = np.empty(2 * len(tail), np.int32)
    for e in range(len(tail)):
        slot[at[tail[e]]] = e
        at[tail[e]] += 1
        slot[at[head[e]]] = e
        at[head[e]] += 1
    return ptr, slot


@nb.njit(cache=True)
def _prune(n, tail, head, ptr, slot, keep):  # type: ignore[no-untyped-def]
    alive = np.ones(len(tail), np.bool_)
    degree = ptr[1:] - ptr[:-1]
    stack = np.empty(n, np.int32)
    top = 0
    for i in range(n):
        if degree[i] == 1 and not keep[i]:
            stack[top] = i
            top += 1
    while top > 0:
        top -= 1
        i = stack[top]
        for s in range(ptr[i], ptr[i + 1]):
            e = slot[s]
            if alive[e]:
                alive[e] = False
                j = head[e] if tail[e] == i else tail[e]
                degree[i] -= 1
                degree[j] -= 1
                if degree[j] == 1 and not keep[j]:
                    stack[top] = j
                    top += 1
    return alive


@nb.njit(cache=True)
def _junctions(n, tail, head, ptr, slot, alive, keep, kind):  # type: ignore[no-untyped-def]
    stay = keep.copy()
    for i in range(n):
        degree = 0
        first = -1
        same = True
        for s in range(ptr[i], ptr[i + 1]):
            e = slot[s]
            if alive[e]:
                degree += 1
                if first < 0:
                    first = e
                elif kind[e] != kind[first]:
                    same = False
        if degree == 0:
            stay[i] = False
        elif degree != 2 or not same:
            stay[i] = True
    return stay


@nb.njit(cache=True)
def _walk(tail, head, km, ptr, slot, alive, stay, chain_km):  # type: ignore[no-untyped-def]
    m = len(tail)
    used = np.zeros(m, np.bool_)
    edges = np.empty(m, np.int32)
    points = np.empty(2 * m, np.int32)
    edge_ptr = np.zeros(m + 1, np.int64)
    chains = 0
    ne = 0
    npt = 0
    n = len(ptr) - 1
    queue = np.empty(n, np.int32)
    qn = 0
    for i in range(n):
        if stay[i]:
            queue[qn] = i
            qn += 1
    at = 0
    while at < qn:
        i = queue[at]
        at += 1
        for s in range(ptr[i], ptr[i + 1]):
            e = slot[s]
            if not alive[e] or used[e]:
                continue
            points[npt] = i
            npt += 1
            x = i
            length = 0.0
            while True:
                used[e] = True
                edges[ne] = e
                ne += 1
                length += km[e]
                x = head[e] if tail[e] == x else tail[e]
                points[npt] = x
                npt += 1
                if stay[x]:
                    break
                if length >= chain_km:
                    stay[x] = True
                    queue[qn] = x
                    qn += 1
                    break
                for t in range(ptr[x], ptr[x + 1]):
                    if alive[slot[t]] and not used[slot[t]]:
                        e = slot[t]
                        break
            chains += 1
            edge_ptr[chains] = ne
    return edge_ptr[: chains + 1].copy(), edges[:ne].copy(), points[:npt].copy()
