"""`landbridge evidence review`: a person's word on facts."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import options, say
from landbridge.cli.evidence_store import of_run
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.evidence.model import Fact


def register(app: typer.Typer) -> None:
    """Add the command to the sub-app of evidence."""
    app.command()(review)


def review(
    run: Annotated[Path, typer.Option("--run", help="Run folder.", metavar="DIR")],
    fact: Annotated[
        str | None, typer.Argument(help="Id of a fact; without one, go through them.")
    ] = None,
    decision: Annotated[
        str | None, typer.Option("--decide", help="accept, mend or reject.")
    ] = None,
    who: Annotated[str, typer.Option(help="Who decides.")] = "",
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help="What a mended fact says now.", metavar="FIELD=VALUE"),
    ] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    kind: Annotated[str | None, typer.Option(help="Go through facts of this kind only.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Show what was decided.")] = False,
    json: options.Json = False,
) -> None:
    """Accept, mend or reject facts; who and when is kept, and nothing is ever lost."""
    from landbridge.evidence.review import Reviews

    reviews = Reviews(run)
    with of_run(run) as store:
        facts = {one.id: one for one in store.facts()}
    if fact is not None and fact not in facts:
        from landbridge.errors import UnknownNameError

        raise UnknownNameError.from_available("fact", fact, facts)
    if history or (json and decision is None):
        _tell_history([asdict(one) for one in reviews.history(fact)], json)
        return
    if decision is not None:
        if fact is None:
            raise InputError("name the fact that --decide is about, by its id")
        one = reviews.add(facts[fact], decision, who, _pairs(changes), note)
        if json:
            say.json_object({"review": asdict(one)})
        else:
            say.note(f"{one.decision} {one.fact} by {one.who} at {one.when}")
        return
    asked = [facts[fact]] if fact else [one for one in facts.values() if kind in (None, one.kind)]
    _ask(reviews, asked, who)


def _pairs(changes: list[str] | None) -> dict[str, str]:
    made: dict[str, str] = {}
    for change in changes or ():
        name, equals, value = change.partition("=")
        if not equals:
            raise InputError(f"--set {change!r}: write FIELD=VALUE, such as value=52")
        made[name.strip()] = value.strip()
    return made


def _tell_history(rows: list[dict[str, Any]], json: bool) -> None:
    if json:
        say.json_object({"reviews": rows})
        return
    columns = ["when", "who", "decision", "fact", "note"]
    table = say.table(
        [(name, False) for name in columns],
        ([row[n] for n in columns] for row in rows),
        wide="fact",
    )
    say.console().print(table)


def _ask(reviews: Any, facts: list[Fact], who: str) -> None:
    """Go through facts that are not decided yet, one answer at a time; q ends."""
    person = who or typer.prompt("Who decides?", err=True)
    decided = reviews.latest()
    for fact in facts:
        if fact.id in decided:
            continue
        value = "" if fact.value is None else f" = {fact.value:,.10g} {fact.unit or ''}"
        say.note(f"\n{fact.id}\n  {fact.kind}: {fact.subject}{value} ({fact.year or 'no year'})")
        say.note(f"  “{' '.join(fact.quote.split())}”")
        answer = typer.prompt("  [a]ccept, [m]end, [r]eject, [s]kip, [q]uit", err=True).strip()[:1]
        if answer == "q":
            return
        if answer == "a":
            reviews.add(fact, "accept", person)
        elif answer == "r":
            reviews.add(fact, "reject", person, note=typer.prompt("  why", default="", err=True))
        elif answer == "m":
            told = typer.prompt("  FIELD=VALUE, several by blanks", err=True).split()
            try:
                reviews.add(fact, "mend", person, _pairs(told))
            except InputError as error:
                say.note(f"  not taken down: {error}")
