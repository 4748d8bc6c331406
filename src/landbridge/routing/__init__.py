"""How freight goes: edge metrics, shortest paths, routes, corridors, skims."""
