"""`landbridge economy`: what an economy makes, what it sells where, how concentrated it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.economy.table.profile import Profile

SHOWN_PARTNERS = 10


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("economy")(economy)


def economy(
    iso3: Annotated[str, typer.Argument(help="Economy, ISO 3166 alpha-3.", metavar="ISO3")],
    year: Annotated[
        int | None, typer.Option(help="Year of the base table.", metavar="YEAR")
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(help="A base table of your own (`landbridge base build`).", metavar="FILE"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show an economy: GDP, sectors, partners, what it sells where, concentration, oil."""
    from landbridge.economy.table.basetable import COMMITTED, load_base
    from landbridge.economy.table.profile import profile

    table = load_base(base or COMMITTED)
    if year is not None and year != table.year:
        raise InputError(
            f"the base table is of {table.year}, not {year}: build one of {year} with "
            "`landbridge base build --baci BACI_HS22_Y… --out FILE` and name it with --base FILE"
        )
    found = profile(table, iso3.strip().upper())
    if as_json:
        say.json_object(found)
    else:
        show(found)


def show(found: Profile) -> None:
    """Print the head, the sectors with bars, the partners, and what is sold where."""
    console = say.console()
    people = say.number(found.population_m, 1)
    console.print(f"[bold]{found.name}[/] ({found.iso3}), {found.year}")
    console.print(
        f"GDP {found.gdp_usd_bn:,.0f} bn USD · {people} m people · goods exports "
        f"{found.goods_exports_usd_bn:,.1f} bn, imports {found.goods_imports_usd_bn:,.1f} bn"
    )
    console.print(
        f"of goods exports: crude oil {found.oil_share:.0%}, all fuels {found.fuel_share:.0%} · "
        f"concentration (HHI): products {found.hhi_products:.2f}, partners {found.hhi_partners:.2f}"
    )
    most = max(line.value_added_usd_bn for line in found.sectors)
    columns = [("sector", False), ("value added bn USD", True), ("", False), ("exports", True)]
    columns += [("imports", True), ("home", True)]
    rows = [
        (
            f"{line.name}{' *' if line.imputed else ''}",
            f"{line.value_added_usd_bn:,.1f}",
            _bar(line.value_added_usd_bn / most, 14),
            f"{line.exports_usd_bn:,.1f}",
            f"{line.imports_usd_bn:,.1f}",
            f"{line.home_share:.0%}",
        )
        for line in found.sectors
    ]
    console.print(say.table(columns, rows, wide="sector"))
    top = found.partners[:SHOWN_PARTNERS]
    most = max(max(line.goods_exports_usd_bn, line.goods_imports_usd_bn) for line in top)
    columns = [("partner", False), ("sells bn USD", True), ("", False)]
    columns += [("buys bn USD", True), ("", False), ("mostly sells", False)]
    cells = [
        (
            line.name,
            f"{line.goods_exports_usd_bn:,.1f}",
            _bar(line.goods_exports_usd_bn / most, 12),
            f"{line.goods_imports_usd_bn:,.1f}",
            _bar(line.goods_imports_usd_bn / most, 12),
            line.main_export,
        )
        for line in top
    ]
    console.print(say.table(columns, cells, wide="partner"))
    sales = ", ".join(
        f"{line.isic} to {line.iso3} {line.exports_usd_bn:,.1f}" for line in found.sales[:6]
    )
    console.print(f"largest sales, bn USD: {sales}", markup=False)
    console.print(
        f"{found.imputed_share:.0%} of its purchases and exports is imputed (services by pair, "
        "sectors marked *); goods by sector carry shares of 2016-18",
        markup=False,
    )


def _bar(share: float, width: int) -> str:
    """Draw a bar of eighths of a cell.

    Examples
    --------
    >>> _bar(0.5, 4), _bar(0.0, 4)
    ('██', '')
    """
    eighths = round(share * width * 8)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
