"""What every exported file says about where it comes from."""

from __future__ import annotations

ATTRIBUTION = "© OpenStreetMap contributors (ODbL) via scgraph-data; Natural Earth; searoute"
"""The line that maps and exports carry: the rail and road layers are OpenStreetMap's."""

NETWORK_LICENCE = "ODbL-1.0"
"""Licence of anything that contains the geometry of the rail and road layers."""


def provenance() -> dict[str, str]:
    """Name, version and sources of this package, for a file's metadata.

    Examples
    --------
    >>> provenance()["software"].startswith("landbridge ")
    True
    """
    from landbridge import __version__

    return {
        "software": f"landbridge {__version__}",
        "sources": ATTRIBUTION,
        "licence": NETWORK_LICENCE,
    }
