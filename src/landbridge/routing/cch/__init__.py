"""Customisable contraction hierarchies (Dibbelt, Strasser & Wagner 2016) on plain arrays."""

from landbridge.routing.cch.hierarchy import Hierarchy, build_hierarchy
from landbridge.routing.cch.matrix import distances
from landbridge.routing.cch.metric import Metric, customise

__all__ = ["Hierarchy", "Metric", "build_hierarchy", "customise", "distances"]
