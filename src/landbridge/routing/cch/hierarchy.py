"""The hierarchy: everything that can be prepared before the weights are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.errors import InputError
from landbridge.routing.cch.checks import checked_nodes
from landbridge.routing.cch.ordering import adjacency, nested_dissection
from landbridge.routing.cch.plan import make_plan
from landbridge.routing.cch.structure import (
    downward,
    fill_in,
    find_arcs,
    find_blocks,
    tree_depth,
)


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """A contracted graph without weights: n nodes, m input edges, a arcs, b blocks.

    Nodes are numbered by rank, the order of contraction; an arc joins a rank to a higher one.
    All arrays are read-only. `routing/cch/structure.py` explains blocks.

    Attributes
    ----------
    rank : int32[n]
        Rank of each node.
    up_ptr : int64[n + 1]; up_head : int32[a]
        Arcs of each rank, and the higher rank each leads to.
    up_depth : int32[a]
        Depth of that higher rank.
    down_ptr : int64[n + 1]; down_tail, down_arc : int32[a]
        The same arcs listed at their higher end.
    parent, depth : int32[n]
        Elimination tree: lowest upper neighbour (-1 at a root) and distance from the root.
    edge_up : bool[m]
        Whether the tail of the input edge has the lower rank.
    input_arc, input_edge : int32[<= m]
        Input edges without self-loops, sorted by the arc they lie on.
    block_first : int32[b + 1]
        First rank of each block.
    block_dense, block_leaves : bool[b]; block_place : int64[b]
    leaver_ptr, leaver : int32[b + 1], int32[...]
    push_ptr, push : int64[p], int32[...]
        How each block hands on what it finds: see `plan.Plan`.
    piece_first, piece_last : int32[p]
        Subtrees, as runs of blocks, that can be worked on side by side.
    above : int32[...]
        The other blocks, to be worked on after them.
    room : int64[2]
        Length of working memory for triangles, and the widest border.

    References
    ----------
    Dibbelt, Strasser & Wagner (2016), "Customizable Contraction Hierarchies", ACM JEA 21.
    """

    rank: NDArray[np.int32]
    up_ptr: NDArray[np.int64]
    up_head: NDArray[np.int32]
    up_depth: NDArray[np.int32]
    down_ptr: NDArray[np.int64]
    down_tail: NDArray[np.int32]
    down_arc: NDArray[np.int32]
    parent: NDArray[np.int32]
    depth: NDArray[np.int32]
    edge_up: NDArray[np.bool_]
    input_arc: NDArray[np.int32]
    input_edge: NDArray[np.int32]
    block_first: NDArray[np.int32]
    block_dense: NDArray[np.bool_]
    block_leaves: NDArray[np.bool_]
    block_place: NDArray[np.int64]
    leaver_ptr: NDArray[np.int32]
    leaver: NDArray[np.int32]
    push_ptr: NDArray[np.int64]
    push: NDArray[np.int32]
    piece_first: NDArray[np.int32]
    piece_last: NDArray[np.int32]
    above: NDArray[np.int32]
    room: NDArray[np.int64]

    def __post_init__(self) -> None:
        # One kind of array (plain, read-only) means one compiled version of every kernel.
        for field in fields(self):
            array = np.ascontiguousarray(getattr(self, field.name)).view(np.ndarray)
            array.flags.writeable = False
            object.__setattr__(self, field.name, array)

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.rank)

    @property
    def n_edges(self) -> int:
        """Number of input edges, self-loops included."""
        return len(self.edge_up)

    @property
    def n_arcs(self) -> int:
        """Number of arcs, input edges and shortcuts together."""
        return len(self.up_head)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays by name, to be stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Hierarchy:
        """Restore what `to_arrays` gave; memory-mapped arrays stay on disk.

        Raises
        ------
        InputError
            If an array is missing, cut short, or does not have the type it was stored with.

        Examples
        --------
        >>> stored = build_hierarchy(3, [0, 1], [1, 2]).to_arrays()
        >>> Hierarchy.from_arrays(stored).n_edges
        2
        """
        wrong = [
            f"{field.name} ({_DTYPES[field.name]})"
            for field in fields(cls)
            if field.name not in arrays or arrays[field.name].dtype != _DTYPES[field.name]
        ]
        if wrong:
            raise InputError(
                f"stored hierarchy lacks {', '.join(wrong)}; build it anew with build_hierarchy"
            )
        restored = cls(**{field.name: arrays[field.name] for field in fields(cls)})
        if not restored._fits_together():
            raise InputError(
                "stored hierarchy is incomplete: its arrays do not fit each other; "
                "build it anew with build_hierarchy"
            )
        return restored

    def _fits_together(self) -> bool:
        n, a, b = len(self.rank), len(self.up_head), len(self.block_dense)
        return (
            len(self.parent) == len(self.depth) == n
            and len(self.up_ptr) == len(self.down_ptr) == n + 1
            and self.up_ptr[-1] == self.down_ptr[-1] == a
            and len(self.up_depth) == len(self.down_tail) == len(self.down_arc) == a
            and len(self.input_arc) == len(self.input_edge) <= self.n_edges
            and len(self.block_leaves) == len(self.block_place) == b
            and len(self.block_first) == len(self.leaver_ptr) == b + 1
            and self.block_first[-1] == n
            and self.leaver_ptr[-1] == len(self.leaver)
            and len(self.piece_first) == len(self.piece_last) == len(self.push_ptr)
            and len(self.room) == 2
        )


_DTYPES = {
    field.name: np.dtype(
        "int64" if "int64" in str(field.type) else "bool" if "bool" in str(field.type) else "int32"
    )
    for field in fields(Hierarchy)
}


def build_hierarchy(n_nodes: int, tail: ArrayLike, head: ArrayLike) -> Hierarchy:
    """Order the nodes of an undirected graph and contract them; weights come later.

    Parameters
    ----------
    n_nodes : int
        Number of nodes n.
    tail, head : int[m]
        Nodes at the ends of each edge. Repeated edges are allowed and kept apart; self-loops are
        ignored; the graph may fall into parts.

    Returns
    -------
    Hierarchy

    Raises
    ------
    InputError
        If the arrays differ in length or name a node outside 0 .. n_nodes - 1.

    Examples
    --------
    >>> build_hierarchy(3, [0, 1], [1, 2]).n_arcs
    2
    """
    tail, head = checked_nodes("tail", tail, n_nodes), checked_nodes("head", head, n_nodes)
    if len(tail) != len(head):
        raise InputError(
            f"tail has {len(tail)} entries and head {len(head)}: give one of each per edge"
        )
    first, neighbour = adjacency(n_nodes, tail, head)
    node_at = nested_dissection(first, neighbour)
    rank = np.empty(n_nodes, dtype=np.int32)
    rank[node_at] = np.arange(n_nodes, dtype=np.int32)
    up_ptr, up_head, parent = fill_in(first, neighbour, node_at, rank)
    depth = tree_depth(parent)
    down_ptr, down_tail, down_arc = downward(up_ptr, up_head)
    low, high = np.minimum(rank[tail], rank[head]), np.maximum(rank[tail], rank[head])
    edge_arc = find_arcs(low, high, up_ptr, up_head)
    input_edge = np.argsort(edge_arc, kind="stable")[np.count_nonzero(edge_arc < 0) :]
    block_first, block_parent = find_blocks(up_ptr, parent)
    plan = make_plan(block_first, block_parent, up_ptr, up_head)
    widest_border = np.diff(up_ptr)[block_first[1:] - 1].max(initial=0)
    return Hierarchy(
        rank=rank,
        up_ptr=up_ptr,
        up_head=up_head,
        up_depth=depth[up_head],
        down_ptr=down_ptr,
        down_tail=down_tail,
        down_arc=down_arc,
        parent=parent,
        depth=depth,
        edge_up=rank[tail] < rank[head],
        input_arc=edge_arc[input_edge],
        input_edge=input_edge.astype(np.int32),
        block_first=block_first,
        block_dense=plan.dense,
        block_leaves=plan.leaves,
        block_place=plan.place,
        leaver_ptr=plan.leaver_ptr,
        leaver=plan.leaver,
        push_ptr=plan.push_ptr,
        push=plan.push,
        piece_first=plan.piece_first,
        piece_last=plan.piece_last,
        above=plan.above,
        room=np.array([plan.length, widest_border], dtype=np.int64),
    )
