"""`landbridge gravity`: what distance, borders, agreements and hours do to trade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.economy.gravity.panel import Panel
    from landbridge.economy.gravity.results import Coefficient, GravityEstimate


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("gravity")(gravity)


def gravity(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of flows, GeoDist and DESTA, or a CSV or Parquet panel.", metavar="PATH"
        ),
    ] = None,
    flows: Annotated[
        str | None,
        typer.Option(help="Flows to take: wits, comtrade, itpde or agtpa.", metavar="NAME"),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(help="Years, such as 2000,2008 or 1996-2016; every fourth when left out."),
    ] = None,
    hours: Annotated[
        bool, typer.Option("--hours", help="Estimate the time elasticity; needs --skim.")
    ] = False,
    skim: Annotated[
        Path | None,
        typer.Option(
            help="Hours between cities, written by landbridge skim --out FILE.parquet.",
            metavar="FILE",
        ),
    ] = None,
    cluster: Annotated[
        str,
        typer.Option(help="Errors clustered by exporter+importer, pair, directed-pair or none."),
    ] = "exporter+importer",
    stored: Annotated[
        bool,
        typer.Option("--stored", help="Show the estimates that assessments use; needs no data."),
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Estimate gravity on a panel of trade, by PPML with fixed effects."""
    if stored:
        show_stored(as_json=as_json)
        return
    if data is None:
        raise InputError(
            "gravity needs its panel: add --data with a folder or a file, or --stored for the "
            "estimates that are kept"
        )
    if hours and skim is None:
        raise InputError(
            "--hours needs hours: add --skim FILE, written by landbridge skim --out FILE.parquet"
        )
    wanted = parse_years(years)
    from landbridge.economy.gravity import assemble
    from landbridge.economy.gravity.equations import equations
    from landbridge.economy.gravity.estimate import estimate, pyfixest
    from landbridge.economy.gravity.hours import read_skim

    pyfixest()
    panel = assemble.read_panel(data, flows=flows, years=wanted)
    if skim is not None:
        panel = assemble.with_hours(panel, read_skim(skim))
    found = []
    for each in equations(panel, cluster):
        say.note(f"estimating {each.name} …")
        found.append(estimate(panel, each))
    if as_json:
        say.json_object(as_object(panel, found))
    else:
        show(panel, found)


def parse_years(text: str | None) -> tuple[int, ...]:
    """Read years, comma-joined, single or as ranges.

    Examples
    --------
    >>> parse_years("2000, 2004-2006"), parse_years(None)
    ((2000, 2004, 2005, 2006), ())
    >>> parse_years("twenty")
    Traceback (most recent call last):
    landbridge.errors.InputError: cannot read the years 'twenty': write 2000,2008 or 1996-2016
    """
    if text is None:
        return ()
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not (first.isdigit() and (not last or last.isdigit()) and len(first) == 4):
            raise InputError(f"cannot read the years {text!r}: write 2000,2008 or 1996-2016")
        if last and int(last) < int(first):
            raise InputError(f"the years {part.strip()} run backwards: the first year comes first")
        found |= set(range(int(first), int(last or first) + 1))
    return tuple(sorted(found))


def as_object(panel: Panel, found: list[GravityEstimate]) -> dict[str, Any]:
    """Build the object `landbridge gravity --json` prints."""
    return {
        "panel": {
            "years": panel.years,
            "economies": len(panel.economies),
            "rows": len(panel.rows),
            "domestic_sales": panel.domestic,
            "sources": dict(panel.sources),
            "notes": panel.notes,
        },
        "estimates": [_estimate_object(each) for each in found],
        "time_elasticity": _time_elasticity(found, "hours"),
        "time_elasticity_given_distance": _time_elasticity(found, "distance and hours"),
    }


def _estimate_object(found: GravityEstimate) -> dict[str, Any]:
    asked = found.specification
    return {
        "name": asked.name,
        "estimator": asked.estimator,
        "effects": asked.effects,
        "cluster": asked.cluster,
        "domestic_sales": asked.domestic,
        "coefficients": found.coefficients,
        "dropped": found.dropped,
        "n": found.n,
        "n_zero": found.n_zero,
        "n_separated": found.n_separated,
        "n_singletons": found.n_singletons,
        "n_clusters": found.n_clusters,
        "n_economies": found.n_economies,
        "n_pairs": found.n_pairs,
        "years": found.years,
        "pseudo_r2": found.pseudo_r2,
        "r2": found.r2,
        "flow_source": found.flow_source,
        "converged": found.converged,
    }


def _time_elasticity(found: list[GravityEstimate], name: str) -> Coefficient | None:
    """The coefficient of hours in one of the equations, None without it."""
    for each in found:
        if each.name == name and "ln_hours" not in {out.name for out in each.dropped}:
            return each.coefficient("ln_hours")
    return None


def show_stored(*, as_json: bool) -> None:
    """Print the coefficients that are kept as facts, with their intervals."""
    from landbridge import facts
    from landbridge.economy.gravity.stored import stored

    rows = facts.rows("gravity_estimates")
    found = [stored(row.id) for row in rows]
    if as_json:
        say.json_object({"estimates": found})
        return
    heads = [("coefficient", False), ("estimate", True), ("error", True), ("95 %", True),
             ("what", False)]  # fmt: skip
    cells = [
        (one.name, f"{one.estimate:.3f}", f"{one.se:.3f}", f"{one.low:.2f} to {one.high:.2f}",
         row.what)
        for one, row in zip(found, rows, strict=True)
    ]  # fmt: skip
    say.console().print(say.table(heads, cells, wide="what"))


def show(panel: Panel, found: list[GravityEstimate]) -> None:
    """Print the estimates side by side, then where the figures come from."""
    from landbridge.economy.gravity.table import STARS_NOTE, regression_table

    console = say.console()
    heads = [("", False), *((f"({k}) {each.name}", True) for k, each in enumerate(found, 1))]
    console.print(say.table(heads, regression_table(found)))
    console.print(
        f"Standard errors, clusters {found[0].specification.cluster}, in parentheses; "
        f"{STARS_NOTE}. {len(panel.economies)} economies in {', '.join(map(str, panel.years))}.",
        markup=False,
    )
    for name, source in panel.sources.items():
        console.print(f"{name}: {source}", markup=False, style="dim")
    for note in panel.notes:
        say.note(note)
    for name, what in (("hours", "hours for distance"), ("distance and hours", "given distance")):
        elasticity = _time_elasticity(found, name)
        if elasticity is not None:
            console.print(
                f"Time elasticity of trade, {what}: {elasticity.estimate:.2f} "
                f"(95 %: {elasticity.low:.2f} to {elasticity.high:.2f}).",
                markup=False,
            )
