"""All-or-nothing loads: what flows between all pairs puts on every edge of their best ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.errors import InputError, UnreachableError
from landbridge.routing.cch.arc_loads import edge_loads
from landbridge.routing.cch.checks import checked_nodes
from landbridge.routing.cch.label_loads import NO_WAY, LabelLoads, load_labels
from landbridge.routing.cch.metric import Metric


@dataclass(frozen=True, slots=True, eq=False)
class EdgeLoads:
    """Flow on each of m input edges, in the unit of the flows between pairs.

    Attributes
    ----------
    forward, backward : float64[m]
        From tail to head, and from head to tail.
    """

    forward: NDArray[np.float64]
    backward: NDArray[np.float64]


def load(metric: Metric, sources: ArrayLike, targets: ArrayLike, flow: ArrayLike) -> EdgeLoads:
    """Send each flow along the shortest way of its pair and add up the loads of the edges.

    The ways are those of `skim`, ties included, and the loads are its adjoint: for any attribute,
    loads times attributes summed over edges equal flows times skim summed over pairs. No path is
    unpacked. Where `skim` adds attributes from the lowest rank up (edges to arcs, arcs to labels,
    labels to pairs), this adds flows from pairs down: each to the labels of its two ends at the
    ancestor where they meet, labels to the arcs they were reached by, arcs to the two lower arcs
    or the edge that gave their weight.

    It takes no longer than `skim`. Working memory: 20 bytes for each ancestor of each source and
    target, 16 bytes an arc, 4 bytes a pair. The result does not depend on the number of threads.

    Parameters
    ----------
    metric : Metric
    sources, targets : int[S], int[T]
        Nodes; a node may stand there more than once.
    flow : float[S, T]
        What goes from each source to each target: 0 or more.

    Returns
    -------
    EdgeLoads

    Raises
    ------
    InputError
        If a node does not exist, a flow is negative, NaN or infinite, or the shape does not fit.
    UnreachableError
        If there is a flow between places that no way joins; the first such pair is named.

    References
    ----------
    Dibbelt, Strasser & Wagner (2016), "Customizable Contraction Hierarchies", ACM JEA 21: the
    hierarchy, and queries in its elimination tree. The loads transpose the sums over labels.

    Examples
    --------
    >>> from landbridge.routing.cch import build_hierarchy, customise
    >>> metric = customise(build_hierarchy(3, [0, 2], [1, 1]), [1.0, 2.0], [1.0, 2.0])
    >>> loads = load(metric, [0], [1, 2], [[10.0, 5.0]])
    >>> loads.forward, loads.backward
    (array([15.,  0.]), array([0., 5.]))
    """
    hierarchy = metric.hierarchy
    source_nodes = checked_nodes("sources", sources, hierarchy.n_nodes)
    target_nodes = checked_nodes("targets", targets, hierarchy.n_nodes)
    flows = _checked_flow(flow, (len(source_nodes), len(target_nodes)))
    source = LabelLoads.climbed(hierarchy, hierarchy.rank[source_nodes], metric.up)
    target = LabelLoads.climbed(hierarchy, hierarchy.rank[target_nodes], metric.down)
    top = load_labels(hierarchy, source, target, flows)
    astray = np.flatnonzero(top == NO_WAY)
    if len(astray):
        i, j = (int(k) for k in np.unravel_index(astray[0], top.shape))
        raise UnreachableError(
            f"no way leads from sources[{i}] (node {source_nodes[i]}) to targets[{j}] (node "
            f"{target_nodes[j]}), yet flow[{i}, {j}] is {flows[i, j]:g}: open a way or set it to 0"
        )
    up, down = (labels.to_arcs(hierarchy.n_arcs) for labels in (source, target))
    return EdgeLoads(*edge_loads(metric, up, down))


def _checked_flow(flow: ArrayLike, shape: tuple[int, int]) -> NDArray[np.float64]:
    given = np.ascontiguousarray(flow, dtype=np.float64)
    if given.shape != shape and (given.size or 0 not in shape):
        raise InputError(
            f"flow has shape {given.shape}; {shape[0]} sources and {shape[1]} targets need "
            f"{shape}: one row a source, one column a target"
        )
    fits = (given >= 0.0) & (given < np.inf)
    if not fits.all():
        i, j = (int(k) for k in np.argwhere(~fits)[0])
        raise InputError(f"flow[{i}, {j}] is {given[i, j]}: flows must be 0 or more, and finite")
    # Read-only or not, one kind of array means one compiled version of the kernels.
    flows = given.reshape(shape).view()
    flows.flags.writeable = False
    return flows
