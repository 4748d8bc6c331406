"""The tables of a brief: winners and losers, ways and corridors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from landbridge.brief.charts import welfare_rows
from landbridge.brief.document import Grid
from landbridge.brief.numbers import Numbers
from landbridge.brief.pen import Pen
from landbridge.brief.pictures import changed_ways

if TYPE_CHECKING:
    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]

_A_SIDE, _CORRIDORS = 5, 6
_LEAST_FEU = 1.0


def economies(tables: Tables, pen: Pen) -> Grid:
    """Winners, then losers, with what else changes and what rests on imputation."""
    made = tables["economies"].set_index("iso3")
    rows = welfare_rows(tables)
    gain, lose = rows[rows["welfare_pct"] > 0], rows[rows["welfare_pct"] < 0]
    chosen = [*gain["iso3"].head(_A_SIDE), *lose["iso3"].tail(_A_SIDE)]
    bands = tables["bands"]
    drawn = bands[bands["name"] == "welfare_pct"].set_index("iso3")
    titles = ["economy", "income", "gdp", "exports", "imports", "imputed"]
    if len(drawn):
        titles.insert(2, "band")
    written = pen.numbers
    lines = []
    for code in chosen:
        row = made.loc[code]
        cells = [
            pen.names.economy(str(code), str(row["name"])),
            written.change(float(row["welfare_pct"])),
            *(written.change(float(row[name])) for name in ("real_gdp_pct", "exports_pct")),
            written.change(float(row["imports_pct"])),
            written.number(100.0 * float(row["imputed_share"])),
        ]
        if len(drawn):
            cells.insert(2, _band(drawn, str(code), written))
        lines.append(tuple(cells))
    winners = min(len(gain), _A_SIDE)
    return Grid(
        caption=pen.words["economies.title"],
        note=pen.words["economies.note"],
        columns=_titles(pen, titles),
        rows=tuple(lines),
        rules=(winners,) if 0 < winners < len(lines) else (),
    )


def ways(tables: Tables, pen: Pen) -> Grid:
    """Ways that change most, then corridors that do."""
    top = changed_ways(tables)
    made = tables["corridors"]
    made = made[(made["kind"] == "corridor") & (made[["feu", "feu_base"]].max(axis=1) >= 1)]
    moved = (made["feu"] - made["feu_base"]).abs().astype(float)
    chosen = made.loc[moved[moved >= _LEAST_FEU].nlargest(_CORRIDORS).index]
    below = chosen.sort_values("feu", ascending=False)
    lines = [_way(row, pen) for part in (top, below) for row in _named(part)]
    titles = ("way", "feu_base", "feu", "change", "hours_base", "hours")
    return Grid(
        caption=pen.words["ways.title"],
        note=pen.words["ways.note"],
        columns=_titles(pen, titles),
        rows=tuple(lines),
        rules=(len(top),) if len(top) and len(below) else (),
    )


def _titles(pen: Pen, names: Sequence[str]) -> tuple[str, ...]:
    """Titles of columns, whose sign of per cent stays with its word."""
    return tuple(pen.words[f"column.{name}"].replace(" %", "\u00a0%") for name in names)


def _way(row: Any, pen: Pen) -> tuple[str, ...]:
    base, feu = float(row.feu_base), float(row.feu)
    written = pen.numbers
    change = pen.words["new"] if base < 1 else written.change_percent(100 * (feu / base - 1), 1)
    return (
        pen.names.way_title(str(row.id), str(row.name_)),
        written.feu(base),
        written.feu(feu),
        change,
        _hours(row.time_h_base, written),
        _hours(row.time_h, written),
    )


def _hours(value: Any, written: Numbers) -> str:
    import pandas as pd

    return "–" if pd.isna(value) else written.number(float(value))


def _band(drawn: pd.DataFrame, code: str, written: Numbers) -> str:
    if code not in drawn.index:
        return "–"
    low, high = (written.change(float(drawn[end].astype(float)[code])) for end in ("low", "high"))
    return f"{low} … {high}"


def _named(rows: pd.DataFrame) -> list[Any]:
    return list(rows.rename(columns={"name": "name_"}).itertuples())
