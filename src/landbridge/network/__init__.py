"""Where freight can go: railways, roads, sea and air, terminals, crossings, gauges."""

import landbridge.compiled  # noqa: F401  (before numba)
