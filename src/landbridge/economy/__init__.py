"""Who makes, buys and sells what: the base world and its equilibrium."""

import landbridge.compiled  # noqa: F401  (before numba)
