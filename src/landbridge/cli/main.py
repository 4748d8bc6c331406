"""Where `landbridge` starts: the list of commands, and what a failure looks like."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from landbridge.cli import (
    assess,
    base,
    brief,
    compare,
    corridors,
    crossings,
    demo,
    economy,
    evidence,
    gravity,
    hub,
    network,
    outlook,
    query,
    route,
    scenarios,
    serve,
    skim,
    validate,
)
from landbridge.errors import InputError, LandbridgeError

DONE, FAILED, BAD_INPUT, STOPPED = 0, 1, 2, 130

app = typer.Typer(
    name="landbridge",
    help="Freight from Shanghai to Duisburg: the ways, their days, dollars, CO2 and borders.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (
    route,
    assess,
    outlook,
    compare,
    query,
    brief,
    scenarios,
    skim,
    network,
    corridors,
    crossings,
    economy,
    base,
    gravity,
    hub,
    validate,
    evidence,
    serve,
    demo,
):
    command.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from landbridge import __version__

        sys.stdout.write(f"landbridge {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version.", callback=_show_version)
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error (anywhere in the line).")
    ] = False,
) -> None:
    """Hold the options every command takes; `run` reads `--debug` before typer does."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 2 bad input, 1 anything else.

    Ctrl-C gives 130. Errors are one line on standard error; `--debug` lets them through.

    Examples
    --------
    >>> run(["--version"])
    landbridge 0.1.0
    0
    """
    debug = "--debug" in arguments
    words = [_protect(word) for word in arguments if word != "--debug"]
    try:
        status: int = app(words, prog_name="landbridge", standalone_mode=False) or DONE
    except (KeyboardInterrupt, typer.Abort):
        status = STOPPED
    except BrokenPipeError:
        # Whoever read us, `head` say, has seen enough; Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        if debug:
            raise
        return _fail(*_explain(error))
    # Typer turns some interrupts into this status by itself.
    return _fail("stopped; no file was left half-written", STOPPED) if status == STOPPED else status


def _protect(word: str) -> str:
    """Keep `-33.9,18.4` from being read as an option: places are stripped of blanks later.

    Examples
    --------
    >>> _protect("-33.9,18.4"), _protect("--json")
    (' -33.9,18.4', '--json')
    """
    return f" {word}" if re.match(r"-\d[\d.]*\s*,", word) else word


def _explain(error: Exception) -> tuple[str, int]:
    """Give the line a person reads, and the exit status."""
    if isinstance(error, InputError):
        return str(error), BAD_INPUT
    if isinstance(error, LandbridgeError):
        return str(error), FAILED
    if hasattr(error, "format_message"):
        help_line = "; `landbridge --help` lists what there is"
        return error.format_message().rstrip(".") + help_line, BAD_INPUT
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}", FAILED
    hint = "add --debug to see where, and report it"
    return f"unexpected {type(error).__name__}: {str(error).strip()}; {hint}", FAILED


def _fail(message: str, status: int) -> int:
    lines = [" ".join(line.split()) for line in message.splitlines()]
    sys.stderr.write("landbridge: " + "\n".join(line for line in lines if line) + "\n")
    return status
