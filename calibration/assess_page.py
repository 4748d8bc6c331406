"""Renew the tables of docs/validation_assess.md from a run of flows, history and studies.

Run: python calibration/assess_page.py
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from landbridge.assess.assessor import Assessor
from landbridge.validate import flows, history, series_left_out, studies
from landbridge.validate.page import figure, markdown, renewed
from landbridge.validate.targets import Target
from landbridge.world import World

PAGE = Path(__file__).parents[1] / "docs/validation_assess.md"
BEGIN = "<!-- made by calibration/assess_page.py -->"
COLUMNS = ("figure", "year", "published", "range", "model", "unit", "off", "within")


def main() -> None:
    """Ask everything, write the page, say how many are met."""
    assessor = Assessor(World.base())
    base = flows.run(assessor, say)
    groups = {
        "Fitted to the base year": [t for t in base if t.fitted],
        "The base year, not fitted": [t for t in base if not t.fitted],
        "Other years, nothing refitted": history.run(assessor, say),
        "Published studies": studies.run(assessor, say),
    }
    made = tables(groups)
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), made, BEGIN), encoding="utf-8")
    judged = [t for members in groups.values() for t in members if t.within is not None]
    print(f"{sum(bool(t.within) for t in judged)} of {len(judged)} within; wrote {PAGE}")


def tables(groups: dict[str, list[Target]]) -> str:
    """The made part of the page, Markdown."""
    counts = [[name, _share(members)] for name, members in groups.items()]
    parts = ["## Result", markdown(["group", "within"], counts)]
    for name, members in groups.items():
        parts += [f"## {name}", _table(members)]
    parts += ["## Published figures that are not asked", _left_out()]
    return "\n\n".join(parts)


def _share(targets: Sequence[Target]) -> str:
    judged = [t for t in targets if t.within is not None]
    return f"{sum(bool(t.within) for t in judged)} of {len(judged)}"


def _table(targets: Sequence[Target]) -> str:
    return markdown(
        COLUMNS,
        [
            [
                t.what,
                str(t.year),
                figure(t.published),
                _range(t),
                figure(t.model),
                t.unit,
                "" if t.model is None or not t.published else _off(t.model, t.published),
                {True: "yes", False: "**no**", None: ""}[t.within],
            ]
            for t in targets
        ],
    )


def _range(target: Target) -> str:
    low, high = target.published_low, target.published_high
    if low is None:
        return f"up to {figure(high)}"
    return f"{figure(low)} to {figure(high)}"


def _off(model: float, published: float) -> str:
    ratio = model / published
    return f"{ratio:.1f} times" if ratio > 2.0 else f"{100.0 * (ratio - 1.0):+.0f} %"


def _left_out() -> str:
    reasons = {**series_left_out.unasked(), **{row.id: row.reason for row in studies.unasked()}}
    ordered = sorted(reasons.items(), key=lambda item: item[1])
    parts = []
    for reason, members in groupby(ordered, key=lambda item: item[1]):
        names = ", ".join(f"`{name}`" for name, _ in members)
        parts.append(f"- {reason[0].upper()}{reason[1:]}: {names}")
    return "\n".join(parts)


def say(stage: str, share: float) -> None:
    """Say on standard error how far a run is."""
    sys.stderr.write(f"[{share:4.0%}] {stage}\n")


if __name__ == "__main__":
    main()
