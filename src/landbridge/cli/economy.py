"""`landbridge economy`: what an economy makes, what it sells where, how concentrated it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.economy.table.profile import Profile

SHOWN_PARTNERS = 10


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("economy")(economy)


def economy(
    iso3: Annotated[str, typer.Argument(help="Economy, ISO 3166 alpha-3.", metavar="ISO3")],
    year: Annotated[
        int | None, typer.Option(help="Another year, where data allow.", metavar="YEAR")
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(help="A base table of your own (`landbridge base build`).", metavar="FILE"),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="Folder of source files, for earlier years.", metavar="DIR"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show an economy: GDP, sectors, partners, what it sells where, concentration, oil."""
    from landbridge.economy.table.basetable import COMMITTED, load_base
    from landbridge.economy.table.profile import profile

    code = iso3.strip().upper()
    if data is not None and year is not None:
        from landbridge.economy.table.history import past_profile

        found = past_profile(data, code, year)
    else:
        table = load_base(base or COMMITTED)
        if year is not None and year != table.year:
            raise InputError(
                f"the base table is of {table.year}, not {year}: name the folder of the source "
                "files with --data DIR for goods of 2005 to 2016, or another table with --base FILE"
            )
        found = profile(table, code)
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
    made = found.sectors[0].value_added_usd_bn is not None
    console.print(_made(found) if made else _traded(found))
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
    what = (
        "of its purchases and exports is imputed (services by pair, sectors marked *); goods by "
        "sector carry shares of 2016-18"
        if made
        else "of its goods trade takes its sectors from the exporter's whole trade"
    )
    console.print(f"{found.imputed_share:.0%} {what}", markup=False)


def _made(found: Profile) -> Table:
    most = max(line.value_added_usd_bn or 0.0 for line in found.sectors)
    columns = [("sector", False), ("value added bn USD", True), ("", False), ("exports", True)]
    columns += [("imports", True), ("home", True)]
    rows = [
        (
            f"{line.name}{' *' if line.imputed else ''}",
            say.number(line.value_added_usd_bn, 1),
            _bar((line.value_added_usd_bn or 0.0) / most, 14),
            say.number(line.exports_usd_bn, 1),
            say.number(line.imports_usd_bn, 1),
            f"{line.home_share:.0%}",
        )
        for line in found.sectors
    ]
    return say.table(columns, rows, wide="sector")


def _traded(found: Profile) -> Table:
    lines = [line for line in found.sectors if line.exports_usd_bn is not None]
    most = max(max(line.exports_usd_bn or 0.0, line.imports_usd_bn or 0.0) for line in lines)
    columns = [("sector", False), ("exports bn USD", True), ("", False)]
    columns += [("imports bn USD", True), ("", False)]
    rows = [
        (
            line.name,
            say.number(line.exports_usd_bn, 1),
            _bar((line.exports_usd_bn or 0.0) / most, 14),
            say.number(line.imports_usd_bn, 1),
            _bar((line.imports_usd_bn or 0.0) / most, 14),
        )
        for line in lines
    ]
    return say.table(columns, rows, wide="sector")


def _bar(share: float, width: int) -> str:
    """Draw a bar of eighths of a cell.

    Examples
    --------
    >>> _bar(0.5, 4), _bar(0.0, 4)
    ('██', '')
    """
    eighths = round(share * width * 8)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
