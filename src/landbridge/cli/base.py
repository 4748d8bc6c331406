"""`landbridge base`: build the base world from its sources, or check one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import options, say
from landbridge.errors import LandbridgeError

if TYPE_CHECKING:
    from landbridge.economy.table.basetable import BaseTable
    from landbridge.economy.table.checks import Check

Base = Annotated[
    Path | None, typer.Option("--base", help="Base table; the package's own when left out.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Build or check the base world of the economy.", no_args_is_help=True)
    group.command("build")(build)
    group.command("check")(check)
    group.command("sources")(sources)
    app.add_typer(group, name="base")


def build(
    data: Annotated[Path, typer.Option(help="Folder of the source files.", metavar="DIR")] = Path(
        "data"
    ),
    icio: Annotated[
        Path | None,
        typer.Option(help="Your own OECD ICIO table, YYYY_SML.csv.", metavar="FILE"),
    ] = None,
    baci: Annotated[
        Path | None,
        typer.Option(help="Your own BACI file, BACI_HS22_Y2023_V202501.csv.", metavar="FILE"),
    ] = None,
    out: Annotated[
        Path, typer.Option(help="File to write; provenance goes beside it.", metavar="FILE")
    ] = Path("base.npz"),
    download: Annotated[
        bool, typer.Option("--download", help="Fetch registered files that have an address first.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Build the base world: goods by pair, technology, services by gravity, balanced by RAS."""
    from landbridge.economy.table.build import build_base
    from landbridge.economy.table.checks import check_table
    from landbridge.economy.table.registry import fetch, registry

    if download:
        for one in registry():
            if one.download:
                say.wrote(fetch(one, data))
    table = build_base(data, icio=icio, baci=baci, report=lambda stage, _: say.note(f"{stage} …"))
    table.save(out)
    say.wrote(out)
    _show(table, check_table(table), as_json=as_json)


def check(base: Base = None, as_json: options.Json = False) -> None:
    """Check a base table: accounts, totals of the sources, plausible shares, nothing in."""
    from landbridge.economy.table.basetable import COMMITTED, load_base
    from landbridge.economy.table.checks import check_table

    table = load_base(base or COMMITTED)
    found = check_table(table)
    _show(table, found, as_json=as_json)
    failed = [one.what for one in found if not one.passed]
    if failed:
        raise LandbridgeError(f"the base table fails: {'; '.join(failed)}; build it again")


def sources(as_json: options.Json = False) -> None:
    """List the registered source files with version, licence and address."""
    from landbridge.economy.table.registry import registry

    found = registry()
    if as_json:
        say.json_object({"sources": [asdict(one) for one in found]})
        return
    columns = [("id", False), ("what", False), ("version", False), ("licence", False)]
    rows = [(one.id, one.name, one.version, one.licence) for one in found]
    say.console().print(say.table(columns, rows, wide="what"))


def _show(table: BaseTable, found: Sequence[Check], *, as_json: bool) -> None:
    if as_json:
        say.json_object(
            {
                "year": table.year,
                "economies": len(table.labels.economies),
                "sectors": len(table.labels.sectors),
                "licence": table.provenance.get("licence"),
                "imputed_share": {
                    iso3: float(share)
                    for iso3, share in zip(table.labels.economies, table.imputed_share, strict=True)
                },
                "checks": [asdict(one) for one in found],
            }
        )
        return
    columns = [("check", False), ("found", True), ("allowed", False), ("at", False), ("", False)]
    rows = [
        (one.what, f"{one.value:.3g}", one.limit, one.where, "ok" if one.passed else "FAILS")
        for one in found
    ]
    console = say.console()
    console.print(say.table(columns, rows, wide="check"))
    for iso3, share in table.provenance.get("doubtful_deficits", {}).items():
        say.note(f"doubtful: {iso3} buys {share:.0%} of its GDP more abroad than it sells")
    console.print(
        f"{table.year}: {len(table.labels.economies)} economies, {len(table.labels.sectors)} "
        f"sectors; data licence {table.provenance.get('licence', 'not recorded')}",
        markup=False,
    )
