"""Maps and figures that open without a network connection."""
