"""`landbridge skim`: the matrices of time, spread, distance, cost and CO2 between cities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import load, options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.routing.skim import Skim


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("skim")(skim)


def skim(
    out: Annotated[Path, typer.Option(help="File to write: .omx or .parquet.", metavar="FILE")],
    zones: Annotated[int, typer.Option(help="How many cities, the largest first.", min=2)] = 1000,
    cargo: options.Cargo = "general",
    year: options.Year = None,
    by: options.By = "generalised",
    modes: options.Modes = None,
    avoid: options.Avoid = None,
    close: options.Close = None,
    as_json: options.Json = False,
) -> None:
    """Write the city-to-city matrices of time, spread, distance, cost and CO2."""
    write = writer(out)
    world = load.world(year)
    with load.progress() as report:
        result = world.skim(
            zones,
            cargo=cargo,
            modes=options.words(modes) or None,
            by=options.measure(by),
            avoid=options.words(avoid),
            close=options.words(close),
            progress=report,
        )
    write(result, out)
    about = summary(result)
    if as_json:
        say.json_object({"out": out, **about})
        return
    say.console().print(
        f"{about['zones']:,.0f} × {about['zones']:,.0f} cities, "
        f"{about['unreachable_pairs']:,.0f} pairs without a way; median "
        f"{about['median_time_h']:,.1f} h, {about['median_cost_usd_feu']:,.0f} USD/FEU → {out}",
        markup=False,
        soft_wrap=True,
    )


def writer(out: Path) -> Callable[[Skim, Path], None]:
    """Choose the format by the file's ending, before anything is computed.

    Examples
    --------
    >>> writer(Path("skims.csv"))
    Traceback (most recent call last):
    landbridge.errors.InputError: cannot tell the format of skims.csv: end it in .omx or .parquet
    """
    if out.suffix == ".omx":
        from landbridge.exchange import omx

        return omx.write_skim
    if out.suffix == ".parquet":
        from landbridge.exchange import parquet

        return parquet.write_skim
    raise InputError(f"cannot tell the format of {out}: end it in .omx or .parquet")


def summary(result: Skim) -> dict[str, int | float]:
    """Say what was written: how many cities, how many pairs have no way, the medians."""
    import numpy as np

    missing = np.isnan(result.time_h)
    apart = ~missing & ~np.eye(len(result.zones), dtype=bool)
    if not apart.any():
        raise InputError("no two of these cities have a way between them: ask for more zones")
    return {
        "zones": len(result.zones),
        "unreachable_pairs": int(missing.sum()),
        "median_time_h": float(np.median(result.time_h[apart])),
        "median_distance_km": float(np.median(result.distance_km[apart])),
        "median_cost_usd_feu": float(np.median(result.cost_usd_feu[apart])),
    }
