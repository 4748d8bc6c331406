"""The rates as tables a person can read: what the rules make of the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from landbridge import facts
from landbridge.routing.rates.cargo import cargo_classes
from landbridge.routing.rates.lookup import of_economy
from landbridge.routing.rates.running import (
    air_rate_usd_t_km,
    emissions_g_tkm,
    land_rates_usd_feu_km,
    speeds_km_day,
)
from landbridge.routing.rates.sea import feu_per_scfi_teu, market_usd_feu, sea_rate
from landbridge.routing.rates.terminals import schedule_var_h2, transfer

ECONOMIES = (
    *("CHN", "KAZ", "RUS", "BLR", "POL", "MNG", "UZB", "AZE", "GEO", "TUR"),
    *("IRN", "IND", "PAK", "VNM", "USA"),
)
YEARS = (2013, 2017, 2019, 2021, 2024, 2025)


def summary() -> str:
    """Every table of `docs/costs.md` below its heading "Resulting values", as Markdown.

    Examples
    --------
    >>> summary().startswith("### Land")
    True
    """
    parts = (_land(), _sea_and_air(), _sea_fit(), _terminals(), _cargo())
    return "\n".join(parts)


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"### {title}", "", "| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join([*lines, ""])


def _land() -> str:
    header = ["economy"]
    header += [f"rail km/day {y}" for y in (2017, 2024)]
    header += [f"rail USD/FEU-km {y}" for y in (2017, 2024)]
    header += ["rail g/tkm", "road km/day", "road USD/FEU-km 2024", "road g/tkm"]
    rail_g, road_g = emissions_g_tkm("rail"), emissions_g_tkm("road")
    rows = []
    for economy in ECONOMIES:
        cells: list[object] = [economy]
        cells += [f"{of_economy(speeds_km_day('rail', y), economy):.0f}" for y in (2017, 2024)]
        cells += [
            f"{of_economy(land_rates_usd_feu_km('rail', y), economy):.2f}" for y in (2017, 2024)
        ]
        cells += [
            f"{of_economy(rail_g, economy):.1f}",
            f"{of_economy(speeds_km_day('road', 2024), economy):.0f}",
            f"{of_economy(land_rates_usd_feu_km('road', 2024), economy):.2f}",
            f"{of_economy(road_g, economy):.1f}",
        ]
        rows.append(cells)
    return _table("Land", header, rows)


def _sea_and_air() -> str:
    header = ["year", "sea kn", "market USD/FEU", "schedule spread days", "air USD/t-km"]
    rows = [
        [
            year,
            f"{speeds_km_day('sea', year)['world'] / 24 / 1.852:.1f}",
            f"{market_usd_feu(year):.0f}",
            f"{schedule_var_h2(year) ** 0.5 / 24:.1f}",
            f"{air_rate_usd_t_km(year):.2f}",
        ]
        for year in YEARS
    ]
    return _table("Sea and air", header, rows)


def _sea_fit() -> str:
    rule = sea_rate()
    by_lane: dict[tuple[str, str], list[float]] = {}
    for origin, destination, _, observed, fitted in rule.lanes:
        by_lane.setdefault((origin, destination), []).append(fitted / observed - 1.0)
    rows = [
        [f"{a}-{b}", len(errors), f"{100 * sum(errors) / len(errors):+.0f} %"]
        for (a, b), errors in by_lane.items()
    ]
    intro = (
        f"Fixed {rule.fixed_usd_feu:.0f} USD/FEU; {1000 * rule.per_km:.4f} of the market level "
        f"per 1000 km; backhaul factor {rule.backhaul:.3f}; {feu_per_scfi_teu():.2f} FEU rate per "
        f"SCFI TEU rate. Root mean square misfit {100 * rule.misfit:.0f} % over "
        f"{len(rule.lanes)} quotes."
    )
    table = _table("The sea rate against its quotes", ["lane", "quotes", "mean misfit"], rows)
    return table.replace("\n\n|", f"\n\n{intro}\n\n|", 1)


def _terminals() -> str:
    cases = [
        ("seaport", "sea", "CHN"),
        ("seaport", "sea", "NLD"),
        ("seaport", "sea", "KAZ"),
        ("seaport", "ferry", "KAZ"),
        ("seaport", "rail", "NLD"),
        ("rail_terminal", "rail", "CHN"),
        ("rail_terminal", "road", "DEU"),
        ("dry_port", "rail", "KAZ"),
        ("airport_cargo", "air", "CHN"),
    ]
    rows = []
    for kind, side, economy in cases:
        half = transfer(kind, side, economy, 2019)
        rows.append(
            [
                kind,
                side,
                economy,
                f"{half.time_h:.0f}",
                f"{half.var_h2**0.5:.0f}",
                f"{half.cost_usd_feu:.0f}",
            ]
        )
    return _table(
        "Half-transfers, 2019", ["terminal", "side", "economy", "h", "sd h", "USD/FEU"], rows
    )


def _cargo() -> str:
    header = ["class", "value USD/FEU", "payload t", "%/day (range)", "USD/h", "may fly"]
    low_high = {r.id: f"{r.low_pct_day:g}-{r.high_pct_day:g}" for r in facts.rows("cargo_classes")}
    rows = [
        [
            c.id,
            f"{c.value_usd_feu:.0f}",
            f"{c.payload_t_feu:g}",
            f"{c.time_cost_pct_day:g} ({low_high[c.id]})",
            f"{c.vot_usd_h:.2f}",
            "yes" if c.air_eligible else "no",
        ]
        for c in cargo_classes()
    ]
    return _table("Cargo classes", header, rows)
