"""`landbridge crossings`: the border points, their hours, dollars, gauges and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import options, say
from landbridge.errors import UnknownNameError

if TYPE_CHECKING:
    from landbridge.facts.row import Row


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("crossings")(crossings)


def crossings(
    name: Annotated[
        str | None,
        typer.Argument(help="Part of a crossing's name, or an ISO 3166 code.", metavar="NAME"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List the border crossings; with a name, everything that is known of those it fits."""
    from landbridge import facts

    rows = facts.rows("crossings")
    if name is not None:
        rows = matching(rows, name.strip())
    if as_json:
        say.json_object({"crossings": rows})
