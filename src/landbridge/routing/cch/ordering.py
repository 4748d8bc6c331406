"""In which order nodes are contracted: nested dissection, the small separators last."""

from __future__ import annotations

import numba as nb
import numpy as np
import pymetis
from numpy.typing import NDArray


def adjacency(
    n_nodes: int, tail: NDArray[np.int64], head: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the simple undirected graph in compressed rows, without loops and repeats.

    Parameters
    ----------
    n_nodes : int
        Number of nodes n.
    tail, head : int64[m]
        Nodes at the ends of each edge.

    Returns
    -------
    first : int32[n + 1]
        Where the neighbours of each node start.
    neighbour : int32[...]
        Neighbours of each node, ascending.
    """
    low = np.minimum(tail, head)
    high = np.maximum(tail, head)
    key = np.unique((low * n_nodes + high)[low != high])
    low, high = key // max(n_nodes, 1), key % max(n_nodes, 1)
    key = np.sort(np.concatenate((key, high * n_nodes + low)))
    first = np.searchsorted(key, np.arange(n_nodes + 1, dtype=np.int64) * n_nodes)
    return first.astype(np.int32), (key % max(n_nodes, 1)).astype(np.int32)


def nested_dissection(first: NDArray[np.int32], neighbour: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the nodes in the order in which to contract them: int32[n].

    METIS finds the separators; the order is then made a postorder of its elimination tree, so
    that every subtree is a run of consecutive ranks.

    Examples
    --------
    >>> path = adjacency(3, np.array([0, 1]), np.array([1, 2]))
    >>> sorted(nested_dissection(*path).tolist())
    [0, 1, 2]
    """
    n_nodes = len(first) - 1
    if len(neighbour) == 0:
        return np.arange(n_nodes, dtype=np.int32)
    graph = pymetis.CSRAdjacency(first, neighbour)
    order, _ = pymetis.nested_dissection(graph)
    node_at = np.asarray(order, dtype=np.int32)
    rank = np.empty(n_nodes, dtype=np.int32)
    rank[node_at] = np.arange(n_nodes, dtype=np.int32)
    parent = _elimination_tree(first, neighbour, node_at, rank)
    postorder: NDArray[np.int32] = _postorder(parent)
    return node_at[postorder]


@nb.njit(cache=True, nogil=True)
def _elimination_tree(first, neighbour, node_at, rank):  # type: ignore[no-untyped-def]
    """Liu (1990): parents from the graph alone, by climbing with path compression."""
    n = len(node_at)
    parent = np.full(n, -1, np.int32)
    ancestor = np.full(n, -1, np.int32)
    for r in range(n):
        x = node_at[r]
        for e in range(first[x], first[x + 1]):
            low = rank[neighbour[e]]
            while low >= 0 and low < r:
                above = ancestor[low]
                ancestor[low] = r
                if above < 0:
                    parent[low] = r
                low = above
    return parent


@nb.njit(cache=True, nogil=True)
def _postorder(parent):  # type: ignore[no-untyped-def]
    n = len(parent)
    first_child = np.full(n + 1, -1, np.int32)
    sibling = np.full(n, -1, np.int32)
    for x in range(n - 1, -1, -1):
        above = parent[x] if parent[x] >= 0 else n
        sibling[x] = first_child[above]
        first_child[above] = x
    out = np.empty(n, np.int32)
    stack = np.empty(n + 1, np.int32)
    stack[0] = n
    depth, filled = 1, 0
    while depth > 0:
        x = stack[depth - 1]
        child = first_child[x]
        if child >= 0:
            first_child[x] = sibling[child]
            stack[depth] = child
            depth += 1
        else:
            depth -= 1
            if x < n:
                out[filled] = x
                filled += 1
    return out
