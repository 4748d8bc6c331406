"""The ways of an answer as HTML tables, with bars that compare them at a glance."""

from __future__ import annotations

from html import escape
from operator import attrgetter

from landbridge.brief.names import short_name
from landbridge.routing.results import Leg, Route, RouteAnswer

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def ways_label(answer: RouteAnswer) -> str:
    """Count the ways in words.

    Examples
    --------
    >>> from landbridge.routing.results import Place
    >>> here = Place("A", "city", "KAZ", 0.0, 0.0)
    >>> ways_label(RouteAnswer(here, here, 2025, "general", "time", ()))
    'no ways'
    """
    count = len(answer.routes)
    word = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{word} way" if count == 1 else f"{word} ways"


def facts_html(answer: RouteAnswer) -> str:
    """Name the quickest, the cheapest and the cleanest way."""
    if len(answer.routes) < 2:
        return ""
    cards = [
        ("Quickest", "time_h", 1 / 24, ",.1f", "days"),
        ("Cheapest", "cost_usd_feu", 1.0, ",.0f", "USD a container"),
        ("Least CO₂", "co2_kg_feu", 1.0, ",.0f", "kg a container"),
    ]
    found = []
    for title, key, scale, digits, unit in cards:
        way = min(answer.routes, key=attrgetter(key))
        found.append(
            f"<div><dt>{title}</dt><dd><strong>{getattr(way, key) * scale:{digits}} {unit}</strong>"
            f"<span>{_chip(answer.routes.index(way))} {escape(short_name(way))}</span></dd></div>"
        )
    return f'<dl class="facts">{"".join(found)}</dl>'


def rows_html(answer: RouteAnswer) -> str:
    """One row a way: the button that shows it alone, then its figures."""
    tops = {
        key: max((getattr(way, key) for way in answer.routes), default=1.0) or 1.0
        for key in ("distance_km", "time_h", "cost_usd_feu", "co2_kg_feu")
    }
    return "\n".join(_row(rank, way, tops) for rank, way in enumerate(answer.routes))


def _row(rank: int, way: Route, tops: dict[str, float]) -> str:
    figures = [
        ("km", "distance_km", f"{way.distance_km:,.0f}"),
        ("days", "time_h", f"{way.time_h / 24:.1f} <small>± {way.time_sd_h / 24:.1f}</small>"),
        ("USD / FEU", "cost_usd_feu", f"{way.cost_usd_feu:,.0f}"),
        ("kg CO₂ / FEU", "co2_kg_feu", f"{way.co2_kg_feu:,.0f}"),
    ]
    cells = "".join(
        f'<td role="cell" class="num" data-label="{label}">'
        f'<span class="bar c{rank % 10}" style="--part:{getattr(way, key) / tops[key]:.3f}"></span>'
        f"<span>{shown}</span></td>"
        for label, key, shown in figures
    )
    return (
        f'<tr role="row" data-way="{rank}"><th role="rowheader" scope="row">'
        f'<button type="button" aria-pressed="false" data-way="{rank}">{_chip(rank)}'
        f"<span>{escape(way.corridor_name)}<small>{escape(' + '.join(way.modes))}</small></span>"
        f"</button></th>{cells}"
        f'<td role="cell" class="through" data-label="through">{" · ".join(way.economies)}'
        "</td></tr>"
    )


def legs_html(answer: RouteAnswer) -> str:
    """Fold every way's legs away under its name."""
    return "\n".join(_legs(rank, way) for rank, way in enumerate(answer.routes))


def _legs(rank: int, way: Route) -> str:
    rows = "".join(_leg(leg) for leg in way.legs)
    return (
        f"<details><summary>{_chip(rank)} {escape(way.corridor_name)}</summary>"
        '<div class="scroll" tabindex="0" role="region" '
        f'aria-label="Legs of {escape(way.corridor_name)}"><table>'
        '<thead><tr><th scope="col">mode</th><th scope="col">from</th><th scope="col">to</th>'
        '<th scope="col">in</th><th scope="col" class="num">km</th>'
        '<th scope="col" class="num">hours</th><th scope="col" class="num">USD / FEU</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div></details>"
    )


def _leg(leg: Leg) -> str:
    kind = ' class="border"' if leg.crossing else ""
    mode = f"border ({leg.mode})" if leg.crossing else leg.mode
    return (
        f"<tr{kind}><td>{escape(mode)}</td><td>{escape(leg.from_)}</td><td>{escape(leg.to)}</td>"
        f"<td>{escape(leg.economy or '–')}</td>"
        f'<td class="num">{leg.distance_km:,.0f}</td>'
        f'<td class="num">{leg.time_h:,.1f}</td><td class="num">{leg.cost_usd_feu:,.0f}</td></tr>'
    )


def _chip(rank: int) -> str:
    return f'<span class="chip c{rank % 10}" aria-hidden="true">{rank + 1}</span>'
