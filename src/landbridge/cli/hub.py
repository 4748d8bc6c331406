"""`landbridge hub`: what an economy means for freight between East Asia and Europe."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import options, say

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.assess.hub import Hub

GATES_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("hub")(hub)


def hub(
    iso3: Annotated[str, typer.Argument(help="Economy, ISO 3166 alpha-3.", metavar="ISO3")],
    year: options.Year = None,
    as_json: options.Json = False,
) -> None:
    """Say what trade of East Asia and Europe goes through an economy, and what hangs on it."""
    from landbridge.assess.assessor import Assessor
    from landbridge.assess.hub import hub as of
    from landbridge.assess.hub import named
    from landbridge.cli import load

    world = load.world()
    code = named(iso3, world.network.economies)
    with load.progress() as report:
        found = of(Assessor(world), code, year, report)
    if as_json:
        say.json_object(asdict(found))
    else:
        show(found)


def show(found: Hub) -> None:
    """Print four sentences, the ways, the crossings, and what to know."""
    console = say.console()
    for line in sentences(found):
        console.print(line, markup=False, soft_wrap=True)
    console.print()
    console.print(_ways(found))
    if found.gates:
        console.print(_gates(found))
    if len(found.gates) > GATES_SHOWN:
        console.print(f"{len(found.gates) - GATES_SHOWN} more crossings: --json lists all")
    for line in found.notes:
        console.print(f"· {line}", markup=False, soft_wrap=True)


def _ways(found: Hub) -> Table:
    columns = [("way", False), ("FEU/yr", True), ("bn USD", True)]
    columns += [("through FEU/yr", True), ("share", True)]
    rows = [
        (
            way.name,
            say.number(way.feu),
            say.number(way.value_usd_bn, 1),
            say.number(way.through_feu),
            f"{way.through_feu / way.feu:.0%}",
        )
        for way in found.ways
    ]
    return say.table(columns, rows, wide="way")


def _gates(found: Hub) -> Table:
    columns = [("crossing", False), ("mode", False), ("to", False), ("through FEU/yr", True)]
    columns += [("all FEU/yr", True), ("unused FEU/yr", True), ("hours", True), ("best", True)]
    rows = [
        (
            gate.name,
            gate.mode,
            gate.neighbour,
            say.number(gate.through_feu),
            say.number(gate.feu),
            say.number(gate.unused_feu),
            say.number(gate.hours, 1),
            say.number(gate.best_hours, 1),
        )
        for gate in found.gates[:GATES_SHOWN]
    ]
    return say.table(columns, rows, wide="crossing")


def sentences(found: Hub) -> tuple[str, ...]:
    """What an analyst would say, with the numbers."""
    code, year = found.iso3, found.year
    if found.through_feu > 0:
        carried = (
            f"In {year} {code} lets through {found.share_of_east_west_value:.1%} of the value and "
            f"{found.share_of_east_west_feu:.1%} of the containers that East Asia and Europe trade "
            f"({found.through_feu:,.0f} of {found.east_west_feu:,.0f} FEU), and "
            f"{found.share_of_overland_feu:.0%} of what goes by rail and road."
        )
    else:
        carried = (
            f"In {year} nothing of what East Asia and Europe trade "
            f"({found.east_west_feu:,.0f} FEU) goes through {code}: its share is zero."
        )
    welfare = max(found.welfare_loss_pct.items(), key=lambda item: item[1], default=("", 0.0))
    lost = (
        f"Were it shut to through freight, {_signed(found.loss_without_pct)} of that trade's "
        f"value would be lost and {_signed(found.loss_without_overland_feu_pct)} of its containers "
        f"by rail and road; the world would lose {_signed(found.world_welfare_loss_pct, 3)} of its "
        f"real spending, {welfare[0]} most, {_signed(welfare[1])}."
    )
    if found.capacity_unused_feu is None:
        room = f"None of its {found.crossings_unpublished} crossings has a published capacity."
    else:
        room = (
            f"Its {found.crossings_published} crossings with a published capacity could take "
            f"{found.capacity_unused_feu:,.0f} FEU a year more; {found.crossings_unpublished} have "
            "none published"
        )
        if found.feu_at_capacity is None:
            room += "."
        else:
            room += (
                f"; used up where freight for Europe enters, {found.feu_at_capacity:,.0f} FEU "
                "would go through."
            )
    if found.hastened:
        best = (
            f"With the hours of the best comparable crossings at {len(found.hastened)} of its own, "
            f"{found.potential_through_feu:,.0f} FEU would go through, "
            f"{found.potential_share_of_overland_feu:.1%} of what goes by rail and road instead of "
            f"{found.share_of_overland_feu:.1%}."
        )
    else:
        best = "None of its crossings is slower than the best comparable ones."
    return carried, lost, room, best


def _signed(pct: float, digits: int = 2) -> str:
    """Write a loss; one that rounds to nothing has no sign.

    Examples
    --------
    >>> _signed(0.331), _signed(-0.0001)
    ('0.33 %', '0.00 %')
    """
    return f"{round(pct, digits) + 0.0:.{digits}f} %"
