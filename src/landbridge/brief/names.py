"""Names of the ways, short enough for a table or a map."""

from __future__ import annotations

from landbridge import facts
from landbridge.routing.results import Route


def short_name(way: Route) -> str:
    """Short name of the corridor a way follows, or its own name when it follows none."""
    row = facts.by_id("corridors").get(way.corridor)
    return str(row.name_short) if row is not None else way.corridor_name
