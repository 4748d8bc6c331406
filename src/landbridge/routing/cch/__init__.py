"""Customisable contraction hierarchies (Dibbelt, Strasser & Wagner 2016) on plain arrays."""

import landbridge.compiled  # noqa: F401  (before numba)
from landbridge.routing.cch.hierarchy import Hierarchy, build_hierarchy
from landbridge.routing.cch.load import EdgeLoads, load
from landbridge.routing.cch.matrix import distances
from landbridge.routing.cch.metric import Metric, customise
from landbridge.routing.cch.path import Path, shortest_path
from landbridge.routing.cch.skim import SkimArrays, skim

__all__ = [
    "EdgeLoads",
    "Hierarchy",
    "Metric",
    "Path",
    "SkimArrays",
    "build_hierarchy",
    "customise",
    "distances",
    "load",
    "shortest_path",
    "skim",
]
