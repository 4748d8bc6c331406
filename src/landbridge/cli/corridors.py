"""`landbridge corridors`: the named ways, for `--via`."""

from __future__ import annotations

import typer

from landbridge.cli import options, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("corridors")(corridors)


def corridors(as_json: options.Json = False) -> None:
    """List the named corridors, with the id that `--via` takes."""
    from landbridge import facts

    rows = facts.rows("corridors")
    if as_json:
        say.json_object({"corridors": [row.model_dump(mode="json") for row in rows]})
        return
    cells = [(row.id, row.name) for row in rows]
    say.console().print(say.table([("id", False), ("name", False)], cells, wide="name"))
