"""`landbridge validate`: the model beside published figures, misfits included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import load, options, say
from landbridge.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from landbridge.validate.targets import Target

ASSESSED = ("flows", "history", "studies")
"""Checks that settle the world: the base year, other years, and what published studies asked."""
CHECKS = ("network", *ASSESSED, "caliendo-parro", "agtpa")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("validate")(validate)


def validate(
    what: Annotated[
        str | None,
        typer.Argument(
            help="network, flows, history, studies, caliendo-parro or agtpa; everything when left "
            "out. History and studies take minutes the first time.",
            metavar="WHAT",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="Folder of the data that caliendo-parro and agtpa need.", metavar="DIR"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Compare the model with published figures, one line each."""
    if what is not None and what not in CHECKS:
        raise UnknownNameError.from_available("check", what, CHECKS)
    found: list[Target] = []
    if what in (None, "network"):
        from landbridge.validate import network as network_check

        found += network_check.run(load.world())
    if what in (None, *ASSESSED):
        found += _assessed(ASSESSED if what is None else (what,))
    if what == "caliendo-parro" or (what is None and data is not None):
        found += _caliendo_parro(data)
    elif what is None:
        say.note("caliendo-parro is left out: it needs --data DIR")
    if what == "agtpa" or (what is None and data is not None and _holds_guide(data)):
        found += _agtpa(data)
    elif what is None:
        say.note("agtpa is left out: it needs --data DIR with the Guide's file")
    if as_json:
        say.json_object({"targets": found})
    else:
        show(found)


def _assessed(checks: tuple[str, ...]) -> list[Target]:
    from landbridge.assess.assessor import Assessor
    from landbridge.validate import flows, history, studies

    runs = {"flows": flows.run, "history": history.run, "studies": studies.run}
    assessor = Assessor(load.world())
    found: list[Target] = []
    with load.progress() as report:
        for check in checks:
            found += runs[check](assessor, report)
    return found


def _caliendo_parro(data: Path | None) -> list[Target]:
    from landbridge.validate import caliendo_parro

    if data is None:
        raise InputError("caliendo-parro needs its data: add --data DIR")
    if not data.is_dir():
        raise InputError(f"no folder {data}: --data names the folder of the replication data")
    return list(caliendo_parro.run(data))


def _holds_guide(data: Path) -> bool:
    from landbridge.validate import agtpa

    return agtpa.find(data) is not None


def _agtpa(data: Path | None) -> list[Target]:
    from landbridge.validate import agtpa

    if data is None:
        raise InputError("agtpa needs its data: add --data DIR")
    say.note("estimating the Guide's columns …")
    return agtpa.run(data)


def show(targets: list[Target]) -> None:
    """Print model beside published, then how many are within."""
    console = say.console()
    columns = [
        ("what", False),
        ("year", True),
        ("published", True),
        ("model", True),
        ("unit", False),
        ("within", False),
        ("fitted", False),
    ]
    console.print(say.table(columns, [_row(target) for target in targets], wide="what"))
    judged = [target for target in targets if target.within is not None]
    inside = sum(bool(target.within) for target in judged)
    console.print(f"{inside} of {len(judged)} within the published range", markup=False)


def _row(target: Target) -> list[str]:
    within = {True: "yes", False: "NO", None: "–"}[target.within]
    return [
        target.what,
        str(target.year),
        _published(target),
        _figure(target.model),
        target.unit,
        within,
        "yes" if target.fitted else "",
    ]


def _published(target: Target) -> str:
    low, high = target.published_low, target.published_high
    if low is not None and high is not None and _figure(low) != _figure(high):
        return f"{_figure(low)}–{_figure(high)}"
    if target.published is None and low is not None:
        return f"≥ {_figure(low)}"
    if target.published is None and high is not None:
        return f"≤ {_figure(high)}"
    return _figure(target.published)


def _figure(value: float | None) -> str:
    """Write a figure with three or more digits that mean something.

    Examples
    --------
    >>> _figure(12345.678), _figure(3.14159), _figure(None)
    ('12,346', '3.14', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
