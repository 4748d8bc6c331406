"""One workbook a run, for those who work in spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.assess.columns import schema

if TYPE_CHECKING:
    import pandas as pd

FORMATS = {"%": "0.000", "share": "0.0%", "h": "#,##0.0", "trains a day": "#,##0.0"}
OTHER = "#,##0.###"
WIDEST = 60


def write_book(tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any], target: Path) -> None:
    """Write `about`, the columns explained, then a sheet a table; heads stay in sight."""
    import pandas as pd
    import xlsxwriter  # type: ignore[import-untyped]

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        styles = {
            unit: book.add_format({"num_format": FORMATS.get(unit, OTHER)})
            for unit in {"", *(column.unit for own in schema().values() for column in own)}
        }
        for name, made in ({"about": _about(about), "columns": _columns()} | dict(tables)).items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            if len(made):
                sheet.autofilter(0, 0, len(made), len(made.columns) - 1)
            units = {column.name: column.unit for column in schema().get(name, ())}
            for k, column in enumerate(made.columns):
                numeric = pd.api.types.is_float_dtype(made[column])
                style = styles[units.get(column, "")] if numeric else None
                cells = made[column].astype(object).where(made[column].notna(), None)
                sheet.set_column(k, k, _width(column, made[column], numeric=numeric), style)
                sheet.write(0, k, column, bold)
                sheet.write_column(1, k, cells.tolist())


def _width(title: str, cells: pd.Series[Any], *, numeric: bool) -> int:
    longest = 12 if numeric or not len(cells) else int(cells.astype("string").str.len().max() or 0)
    return min(max(len(title), longest) + 2, WIDEST)


def _about(about: Mapping[str, Any]) -> pd.DataFrame:
    import pandas as pd

    scenario = about["scenario"]
    said = [
        ("scenario", scenario["name"]),
        ("question", scenario["question"]),
        ("year", about["year"]),
        ("compared with the network and rates of", about["baseline_year"]),
        ("base economy of", about["base_economy"]["year"]),
        ("licence of the base economy", about["base_economy"]["licence"]),
        ("real income of the world, %", about["world_welfare_pct"]),
        ("CO2e of freight before, Mt a year", about["co2_mt_base"]),
        ("CO2e of freight after, Mt a year", about["co2_mt"]),
        *(("note", note) for note in about["notes"]),
        ("scenario sha256", scenario["sha256"]),
        ("facts sha256", about["facts_sha256"]),
        ("software", f"landbridge {about['software']['landbridge']}"),
        ("made", about["finished"]),
        ("attribution", about["attribution"]),
    ]
    return pd.DataFrame(said, columns=["what", "value"])


def _columns() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [(c.table, c.name, c.unit, c.description) for own in schema().values() for c in own],
        columns=["table", "column", "unit", "meaning"],
    )
