"""Figures of a run: who wins, what goes where, which posts are full, which lever does it.

Each is a PNG and an SVG with the `.csv` of what it shows beside it, a title, units, and a line that
says where it comes from.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.brief import charts
from landbridge.exchange.files import whole_file
from landbridge.exchange.sources import ATTRIBUTION

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    Tables = Mapping[str, pd.DataFrame]

DPI = 150


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure: what it is called, what its title says, which rows, how they are drawn."""

    name: str
    title: str
    remark: str
    rows: Callable[[Tables], pd.DataFrame]
    paint: Callable[[Figure, pd.DataFrame], None]
    width_in: float = 9.0


KINDS = (
    Kind(
        "winners-and-losers",
        "Who gains and who loses",
        "Real final spending against the baseline; the economies that change most. Black lines, "
        "where draws were made: 90 % of them.",
        charts.welfare_rows,
        charts.paint_welfare,
    ),
    Kind(
        "corridors",
        "What goes which way, before and after",
        "Above: ways shippers choose among, which add up. Below: named corridors, which overlap.",
        charts.flow_rows,
        charts.paint_flows,
        12.0,
    ),
    Kind(
        "crossings-capacity",
        "How full the crossings are",
        "Crossings with a published capacity. A post that the baseline loads beyond it is taken to "
        "be just full: the model's load and the published capacity disagree there.",
        charts.capacity_rows,
        charts.paint_capacity,
        9.5,
    ),
    Kind(
        "contributions",
        "What each lever does alone, and all together",
        "A lever alone tells the economies it changes most; a row without a bar is not among "
        "them. One scale for all.",
        charts.contribution_rows,
        charts.paint_contributions,
        12.0,
    ),
)


def draw_figures(tables: Tables, about: Mapping[str, Any], folder: Path) -> tuple[Path, ...]:
    """Draw every figure that the tables have rows for.

    Parameters
    ----------
    tables : of an assessment or a run, by name
    about : its `run.json`
    folder : where files go; it is there

    Returns
    -------
    tuple of Path
        The files written: a figure without rows (contributions of a single lever) is left out.

    Raises
    ------
    OutputError
        The system refuses to write.
    """
    written: list[Path] = []
    for kind in KINDS:
        rows = kind.rows(tables)
        if len(rows):
            written += _save(_drawn(kind, rows, about), kind.name, rows, folder)
    return tuple(written)


def source_line(about: Mapping[str, Any]) -> str:
    """Where a figure comes from: run, base, versions, hashes, licences of the layers."""
    base = about["base_economy"]
    return (
        f"Source: landbridge {about['software']['landbridge']}, run {about['run']} "
        f"(facts {about['facts_sha256'][:8]}); base economy of {base['year']} ({base['licence']}); "
        f"network {ATTRIBUTION}"
    )


def _drawn(kind: Kind, rows: pd.DataFrame, about: Mapping[str, Any]) -> Figure:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"font.family": "DejaVu Sans", "font.size": 9.5, "text.color": charts.INK}):
        lines = 1 if kind.paint is not charts.paint_contributions else rows["iso3"].nunique()
        height = 2.3 + 0.34 * max(len(rows) / lines, 4)
        figure = Figure(figsize=(kind.width_in, height), layout="constrained")
        kind.paint(figure, rows)
        columns = int(kind.width_in * 13)
        heading = f"{about['scenario']['name']}, {about['year']}"
        figure.suptitle(
            f"{kind.title}\n{heading}", x=0.01, ha="left", fontsize=12.5, fontweight="bold"
        )
        note = "\n".join(textwrap.fill(line, columns) for line in (kind.remark, source_line(about)))
        figure.supxlabel(note, x=0.01, ha="left", fontsize=7.5, color=charts.SOFT)
    return figure


def _save(figure: Figure, name: str, rows: pd.DataFrame, folder: Path) -> list[Path]:
    import matplotlib as mpl

    files = [folder / f"{name}{ending}" for ending in (".png", ".svg", ".csv")]
    with mpl.rc_context({"svg.hashsalt": name, "savefig.facecolor": "white"}):
        with whole_file(files[0]) as scratch:
            figure.savefig(scratch, dpi=DPI)
        with whole_file(files[1]) as scratch:
            figure.savefig(scratch, metadata={"Date": None})
    with whole_file(files[2]) as scratch:
        rows.to_csv(scratch, index=False)
    return files
