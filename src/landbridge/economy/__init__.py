"""Who makes, buys and sells what: the base world and its equilibrium."""
