"""Published capacities, all as containers a year."""


def published_feu_year(table: str, identifier: str) -> float:
    """TEMP."""
    return float("nan")
