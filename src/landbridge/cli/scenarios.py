"""`landbridge scenarios`: those shipped, what one holds, what is wrong with a file of yours."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.levers.lever import Stage
    from landbridge.scenario import Scenario

BAD_INPUT = 2


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="List, show, check and start scenarios.", invoke_without_command=True)
    group.callback()(listing)
    group.command("show")(show)
    group.command("check")(check)
    group.command("new")(new)
    group.command("coverage")(coverage)
    app.add_typer(group, name="scenarios")


def listing(context: typer.Context, as_json: options.Json = False) -> None:
    """List the scenarios shipped, or show, check and start them."""
    if context.invoked_subcommand is not None:
        return
    from landbridge.scenario import shipped

    if as_json:
        from landbridge.exchange.objects import scenario_brief

        say.json_object({"scenarios": [scenario_brief(one) for one in shipped()]})
        return
    columns = [("scenario", False), ("year", True), ("levers", True), ("question", False)]
    rows = [
        (one.slug, one.year, len(one.levers), f"{one.question}\n{' '.join(one.systems)}")
        for one in shipped()
    ]
    say.console().print(say.table(columns, rows, wide="question"))


def show(
    name: Annotated[str, typer.Argument(help="A scenario shipped, or a file.", metavar="NAME")],
    as_json: options.Json = False,
) -> None:
    """Show a scenario: its question, its levers and where their sizes come from."""
    from landbridge.scenario import read_scenario

    scenario = read_scenario(name)
    if as_json:
        from landbridge.exchange.objects import scenario_object

        say.json_object(scenario_object(scenario))
        return
    console = say.console()
    console.print(f"[bold]{scenario.name}[/] ({scenario.slug}), {_years(scenario)}")
    console.print(scenario.question, markup=False)
    if scenario.description:
        console.print(scenario.description, markup=False)
    console.print(f"systems: {', '.join(scenario.systems) or 'none named'}", markup=False)
    rows = [
        (number, lever.kind, lever.describe(), lever.source)
        for number, lever in enumerate(scenario.levers, 1)
    ]
    columns = [("", True), ("kind", False), ("what it does", False), ("source", False)]
    laid = say.table(columns, rows, wide="what it does")
    for column in laid.columns[2:]:
        column.no_wrap, column.ratio = False, 1
    console.print(laid)
    for source in scenario.sources:
        said = ", ".join(part for part in (source.title, source.as_of, source.address) if part)
        console.print(said, markup=False, soft_wrap=True)


def check(
    files: Annotated[
        list[str], typer.Argument(help="Scenario files, or names of those shipped.", metavar="FILE")
    ],
    as_json: options.Json = False,
) -> None:
    """Report every problem of scenario files at once; exit status 2 where there is one."""
    from landbridge.scenario import check as problems_of
    from landbridge.scenario.read import locate

    stage = _stage()
    found: list[dict[str, Any]] = []
    for file in files:
        try:
            problems = problems_of(locate(file), stage)
        except InputError as error:
            found.append({"file": file, "problems": [{"message": str(error)}]})
            say.note(f"{file}: {error}")
            continue
        found.append({"file": file, "problems": [asdict(one) for one in problems]})
        for one in problems:
            say.note(f"{file} {one}" if one.line is not None else f"{file}: {one}")
        if not problems and not as_json:
            say.console().print(f"{file}: no problem found", markup=False, soft_wrap=True)
    if as_json:
        say.json_object({"files": found})
    if any(one["problems"] for one in found):
        raise typer.Exit(BAD_INPUT)


def new(
    file: Annotated[
        Path | None, typer.Argument(help="File to write; on screen when left out.", metavar="FILE")
    ] = None,
) -> None:
    """Write a commented scenario to start from."""
    from landbridge.scenario.template import TEMPLATE

    if file is None:
        typer.echo(TEMPLATE, nl=False)
        return
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(TEMPLATE)
    except FileExistsError:
        raise InputError(f"{file} exists already; name another file") from None
    say.wrote(file)


def coverage(as_json: options.Json = False) -> None:
    """Show which scenarios exercise which system and corridor of the Belt and Road."""
    from landbridge.scenario import SYSTEMS
    from landbridge.scenario import coverage as covered

    found = covered()
    if as_json:
        say.json_object({"systems": found})
        return
    columns = [("system", False), ("", True), ("scenarios", False)]
    rows = [
        (system, len(slugs), ", ".join(slugs) or f"none: {SYSTEMS.get(system, 'a corridor')}")
        for system, slugs in found.items()
    ]
    say.console().print(say.table(columns, rows, wide="scenarios"))


def _years(scenario: Scenario) -> str:
    if scenario.baseline_year == scenario.year:
        return str(scenario.year)
    return f"{scenario.year} against {scenario.baseline_year}"


def _stage() -> Stage:
    from landbridge.economy.table.basetable import load_base
    from landbridge.levers.lever import Stage
    from landbridge.world import World

    world = World.base(lambda stage, _: say.note(f"{stage} …"))
    return Stage(year=world.year, network=world.network, table=load_base())
