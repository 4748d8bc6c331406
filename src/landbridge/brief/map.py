"""The ways of an answer on one self-contained HTML page that opens without a network."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import numpy as np

from landbridge.brief import drawing
from landbridge.brief.lanes import Lanes, lanes
from landbridge.brief.names import short_name
from landbridge.brief.table import facts_html, legs_html, rows_html, ways_label
from landbridge.exchange.files import write_text
from landbridge.exchange.sources import ATTRIBUTION
from landbridge.routing.results import RouteAnswer


def write_map(answer: RouteAnswer, target: Path) -> None:
    """Write the page of an answer, whole or not at all.

    Raises
    ------
    InputError
        The routes carry no geometry, or the folder does not exist.
    OutputError
        The system refuses: read-only place, full disk.
    """
    write_text(target, page(answer))


def page(answer: RouteAnswer) -> str:
    """Fill the template: styles, script and shapes are all inside the page."""
    frame = drawing.fit(answer)
    drawn = lanes(answer.routes, frame.view)
    land = drawing.countries_in(frame)
    passed = {code for way in answer.routes for code in way.economies}
    start, beyond = drawing.starting_box(drawn, frame.box)
    asset = files("landbridge.brief") / "assets"
    ends = (answer.origin, answer.destination)
    return Template((asset / "map.html").read_text(encoding="utf-8")).substitute(
        title=escape(f"{answer.origin.name} to {answer.destination.name}: {ways_label(answer)}"),
        origin=escape(answer.origin.name),
        destination=escape(answer.destination.name),
        lead=escape(_lead(answer)),
        hint="" if beyond is None else f"Way {beyond + 1} runs on outside: ⤢ shows everything.",
        style=(asset / "map.css").read_text(encoding="utf-8"),
        script=(asset / "map.js").read_text(encoding="utf-8"),
        data=_inline_json(
            {
                "box": frame.box,
                "start": start,
                "countries": drawing.country_names(land, passed),
                **_lines(answer, drawn),
            }
        ),
        viewbox=" ".join(f"{edge:.1f}" for edge in start),
        land=drawing.land_svg(land, passed),
        ways=drawing.ways_svg(answer, drawn),
        crossings=drawing.crossings_svg(answer, frame),
        ends="".join(drawing.end_svg(place, frame) for place in ends),
        facts=facts_html(answer),
        rows=rows_html(answer),
        legs=legs_html(answer),
        notes=_notes(answer),
        attribution=escape(ATTRIBUTION),
    )


def _lead(answer: RouteAnswer) -> str:
    best = "generalised cost" if answer.by == "generalised" else answer.by
    return (
        f"{ways_label(answer).capitalize()} for a forty-foot container (FEU) of {answer.cargo} "
        f"cargo in {answer.year}, best first by {best}."
    )


def _lines(answer: RouteAnswer, drawn: Lanes) -> dict[str, Any]:
    """Collect what the script draws: runs in tenths of a unit, and the ways that follow them."""
    return {
        "runs": [
            {
                "ways": run.ways,
                "mode": run.mode,
                "at": np.round(run.points * 10).astype(int).ravel().tolist(),
            }
            for run in drawn.runs
        ],
        "ways": [
            {
                "short": short_name(way),
                "parts": [[run, int(along)] for run, along in parts],
            }
            for way, parts in zip(answer.routes, drawn.ways, strict=True)
        ],
    }


def _notes(answer: RouteAnswer) -> str:
    said = (answer.origin.note, answer.destination.note, *answer.notes)
    return "".join(f"<li>{escape(line)}</li>" for line in dict.fromkeys(said) if line)


def _inline_json(value: object) -> str:
    r"""Write JSON that cannot end the script element it stands in.

    Examples
    --------
    >>> _inline_json(["</script>"])
    '["<\\/script>"]'
    """
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")
