"""`landbridge assess`: what a scenario does to freight, trade and incomes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import load, options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.assess.assessment import Assessment

SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("assess")(assess)


def assess(
    names: Annotated[
        list[str],
        typer.Argument(help="Scenarios shipped, or files of yours.", metavar="SCENARIO…"),
    ],
    draws: Annotated[
        int,
        typer.Option(help="Draws for medians and 90 % bands (200, say); 0 for none."),
    ] = 0,
    seed: Annotated[int | None, typer.Option(help="Seed of the draws.")] = None,
    alone: Annotated[
        bool, typer.Option("--alone/--no-alone", help="Assess each lever alone too.")
    ] = True,
    out: Annotated[
        Path | None,
        typer.Option(help="Write each run as a folder in DIR.", metavar="DIR"),
    ] = None,
    access: Annotated[
        bool, typer.Option("--access", help="Add market access of 1,000 cities to each run.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Assess scenarios against their baseline: incomes, trade, corridors, crossings, CO2.

    Everything a scenario can be wrong about is said before anything is computed. `landbridge
    scenarios` lists those shipped.
    """
    if access and out is None:
        raise InputError("--access writes into a run's folder: give --out DIR too")
    started = datetime.now(UTC)
    found = assess_all(names, draws=draws, seed=seed, alone=alone, out=out)
    if out is not None:
        from landbridge.brief.figures import draw_figures
        from landbridge.exchange.access import write_access
        from landbridge.exchange.runs import write_run

        for told in found:
            seeds = _seeds(told, draws, seed)
            run = write_run(told, out, draw=draw_figures, started=started, seeds=seeds)
            if access:
                write_access(told, run)
            say.wrote(run)
    if as_json:
        from landbridge.exchange.objects import assessment_object
        from landbridge.exchange.runs import exact_json

        objects = [assessment_object(told) for told in found]
        whole = objects[0] if len(objects) == 1 else {"assessments": objects}
        sys.stdout.write(exact_json(whole) + "\n")
        return
    for told in found:
        show(told)


def assess_all(
    names: Sequence[str],
    *,
    draws: int = 0,
    seed: int | None = None,
    alone: bool = True,
    out: Path | None = None,
) -> list[Assessment]:
    """Assess scenarios one after the other, all of them checked before any is computed."""
    from landbridge.scenario import read_scenario

    if draws < 0 or draws == 1:
        raise InputError(f"{draws} draws make no band: ask for 2 or more, or 0 for none")
    scenarios = [read_scenario(name) for name in names]
    world = load.world()
    from landbridge.assess.assessor import Assessor

    assessor = Assessor(world)
    for name, scenario in zip(names, scenarios, strict=True):
        read_scenario(name, assessor.stage(scenario.year))
    found = []
    with load.progress() as report:
        for scenario in scenarios:
            told = assessor.assess(scenario, contributions=alone, progress=report)
            if draws:
                told = _banded(assessor, told, draws, seed, out, report)
            found.append(told)
    return found


def _seeds(told: Assessment, draws: int, seed: int | None) -> dict[str, int] | None:
    if not draws:
        return None
    return {"draws": told.scenario.uncertainty.seed if seed is None else seed}


def _banded(
    assessor: Any,
    told: Assessment,
    draws: int,
    seed: int | None,
    out: Path | None,
    report: load.Report,
) -> Assessment:
    from landbridge.assess.draws import draw

    scenario = told.scenario
    journal = None if out is None else out / f".{scenario.slug}-{scenario.year}.draws.jsonl"
    drawn = draw(
        assessor,
        scenario,
        draws=draws,
        seed=scenario.uncertainty.seed if seed is None else seed,
        journal=journal,
        progress=report,
    )
    return replace(told, bands=drawn.bands(), draws=draws)


def show(told: Assessment) -> None:
    """Print an assessment: four sentences, then tables."""
    from landbridge.assess.sentences import sentences

    console = say.console()
    scenario = told.scenario
    console.print(f"[bold]{scenario.name}[/], {scenario.year}")
    console.print(scenario.question, markup=False)
    console.print()
    console.print(" ".join(sentences(told)), markup=False)
    console.print()
    console.print(_economies(told))
    console.print(_ways(told))
    console.print(_crossings(told))
    if told.contributions:
        console.print(_contributions(told))
    convergence = told.convergence
    console.print(
        f"Settled in {convergence['rounds']} rounds, {convergence['assignment_gap']:.1%} of hours "
        f"at crossings in doubt; economy to {convergence['residual']:.0e}.",
        markup=False,
    )
    for line in told.notes:
        console.print(f"Note: {line}.", markup=False)


def _economies(told: Assessment) -> Any:
    bands = {b.iso3: b for b in told.bands if b.name == "welfare_pct"}
    columns = [
        ("economy", False), ("real income %", True), ("real GDP %", True), ("exports %", True),
        ("imports %", True), ("tariffs mn USD", True), ("imputed %", True),
    ]  # fmt: skip
    if bands:
        columns.insert(2, ("90 % band", True))
    rows = []
    chosen = list(told.largest(SHOWN))
    if all(e.iso3 != "KAZ" for e in chosen):
        chosen.append(told.economy("KAZ"))
    for e in chosen:
        row: list[object] = [
            e.iso3, _pct(e.welfare_pct), _pct(e.real_gdp_pct), _pct(e.exports_pct),
            _pct(e.imports_pct), f"{e.tariff_revenue_usd_mn:+,.0f}",
            f"{100 * e.imputed_share:.0f}",
        ]  # fmt: skip
        if bands:
            band = bands[e.iso3]
            row.insert(2, f"{_pct(band.low)} to {_pct(band.high)}")
        rows.append(row)
    return say.table(columns, rows)


def _ways(told: Assessment) -> Any:
    columns = [
        ("way or corridor", False), ("FEU before", True), ("FEU after", True), ("change %", True),
        ("hours before", True), ("after", True),
    ]  # fmt: skip
    rows = [
        (
            w.name, say.number(w.feu_base), say.number(w.feu), _change(w.feu, w.feu_base),
            say.number(w.time_h_base), say.number(w.time_h),
        )
        for w in told.ways
        if max(w.feu, w.feu_base) >= 1
    ]  # fmt: skip
    return say.table(columns, rows, wide="way or corridor")


def _crossings(told: Assessment) -> Any:
    posts = [c for c in told.carriers if c.table == "crossings"]
    posts.sort(key=lambda c: -abs(c.feu - c.feu_base))
    columns = [
        ("crossings that change most", False), ("mode", False), ("FEU before", True),
        ("FEU after", True), ("hours before", True), ("after", True), ("of capacity %", True),
    ]  # fmt: skip
    rows = [
        (
            c.name, c.mode, say.number(c.feu_base), say.number(c.feu),
            say.number(c.hours_base, 1), say.number(c.hours, 1),
            "–" if c.capacity_share is None else f"{100 * c.capacity_share:.0f}",
        )
        for c in posts[:SHOWN]
    ]  # fmt: skip
    return say.table(columns, rows, wide="crossings that change most")


def _contributions(told: Assessment) -> Any:
    columns = [("lever alone", False), ("world %", True), ("most changed, real income %", False)]
    rows = [
        (
            f"{c.lever}. {c.what}",
            _pct(c.world_welfare_pct),
            ", ".join(f"{code} {_pct(pct)}" for code, pct in list(c.welfare_pct.items())[:3]),
        )
        for c in told.contributions
    ]
    return say.table(columns, rows, wide="lever alone")


def _pct(value: float) -> str:
    return f"{value:+.3f}"


def _change(new: float, old: float) -> str:
    return f"{100 * (new / old - 1):+.1f}" if old >= 1 else "new"
