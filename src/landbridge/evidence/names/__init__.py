"""Names of places, bodies, people and undertakings: one entity, many names."""

from __future__ import annotations

from landbridge.evidence.names.book import Name, name_of, names
from landbridge.evidence.names.garbled import likely_name, likely_place
from landbridge.evidence.names.mentions import Mention, find_names

__all__ = ["Mention", "Name", "find_names", "likely_name", "likely_place", "name_of", "names"]
