"""The validation page: tables made from a run, put between the marks of a page written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from landbridge.errors import InputError
from landbridge.validate.network import Unanswered
from landbridge.validate.targets import Target

BEGIN, END = "<!-- made by calibration/validation_page.py -->", "<!-- end -->"
"""What is between these is made from a run; what is around them is kept."""

_GROUPS = (
    ("Times people quote", lambda t: t.id.startswith("headline-")),
    ("Railway distances", lambda t: t.id.startswith("rail-distance")),
    ("Distances", lambda t: t.unit in ("km", "nm")),
    ("Times and speeds", lambda t: t.unit in ("days", "h", "km/day")),
    ("Rates by sea and air", lambda t: t.unit in ("USD/TEU", "USD/kg") or _by_sea(t)),
    ("Rates over land", lambda t: t.unit == "USD/FEU"),
    ("Emissions", lambda t: t.unit == "t CO2e"),
)


def tables(targets: Sequence[Target], left_out: Sequence[Unanswered]) -> str:
    """The made part of the page, Markdown."""
    groups: dict[str, list[Target]] = {name: [] for name, _ in _GROUPS}
    for target in targets:
        groups[next(name for name, belongs in _GROUPS if belongs(target))].append(target)
    parts = ["## Result", _counts(groups)]
    for name, members in groups.items():
        parts += [f"## {name}", _table(members)]
    parts += ["## Published figures that are not asked", _left_out(left_out)]
    return "\n\n".join(parts)


def renewed(page: str, made: str, begin: str = BEGIN) -> str:
    r"""The page with its made part exchanged.

    Raises
    ------
    InputError
        When the page lacks the marks.

    Examples
    --------
    >>> renewed(f"By hand.\n{BEGIN}\nold\n{END}\n", "new").splitlines()[0]
    'By hand.'
    """
    before, begun, rest = page.partition(begin)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise InputError(
            f"the page lacks the lines {begin!r} and {END!r}: put them where the tables go"
        )
    return f"{before}{begin}\n\n{made}\n\n{END}{after}"


def _by_sea(target: Target) -> bool:
    return target.unit == "USD/FEU" and any(
        word in target.what for word in ("spot", "SCFI", "backhaul")
    )


def _counts(groups: dict[str, list[Target]]) -> str:
    rows = [
        [name, *(_share(t for t in members if t.fitted == fitted) for fitted in (False, True))]
        for name, members in groups.items()
    ]
    every = [t for members in groups.values() for t in members]
    rows.append(["All", *(_share(t for t in every if t.fitted == f) for f in (False, True))])
    return markdown(["group", "within, not fitted", "within, fitted"], rows)


def _share(targets: Iterable[Target]) -> str:
    judged = [t for t in targets if t.within is not None]
    return f"{sum(bool(t.within) for t in judged)} of {len(judged)}" if judged else ""


def _table(targets: Sequence[Target]) -> str:
    columns = ["figure", "year", "published", "range", "model", "unit", "off", "within", "fitted"]
    return markdown(
        columns,
        [
            [
                target.what,
                str(target.year),
                figure(target.published),
                f"{figure(target.published_low)} to {figure(target.published_high)}",
                figure(target.model) or "no way",
                target.unit,
                _off(target),
                "yes" if target.within else "**no**",
                "yes" if target.fitted else "",
            ]
            for target in targets
        ],
    )


def _off(target: Target) -> str:
    if target.model is None or not target.published:
        return ""
    return f"{100.0 * (target.model / target.published - 1.0):+.0f} %"


def _left_out(rows: Sequence[Unanswered]) -> str:
    reasons: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        reasons.setdefault(row.reason, {}).setdefault(row.what, []).append(row.year)
    parts = []
    for why, whats in sorted(reasons.items(), key=lambda item: -len(item[1])):
        count = sum(len(years) for years in whats.values())
        listed = "; ".join(
            f"{what} {', '.join(map(str, sorted(set(years))))}" for what, years in whats.items()
        )
        parts.append(f"**{why[0].upper()}{why[1:]}** ({count}). {listed}.")
    return "\n\n".join(parts)


def figure(value: float | None) -> str:
    """A figure with four digits that mean something, nothing for None.

    Examples
    --------
    >>> figure(12345.678), figure(3.14159), figure(None)
    ('12,346', '3.142', '')
    """
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table.

    Examples
    --------
    >>> markdown(["mode"], [["rail"]]).splitlines()[-1]
    '| rail |'
    """
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
