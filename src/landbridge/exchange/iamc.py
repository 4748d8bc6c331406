"""An assessment in the long form of the Integrated Assessment Modeling Consortium, as pyam reads.

Two scenarios stand side by side: the run, and `RUN (baseline)` for what was there before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

HEAD = ("model", "scenario", "region", "variable", "unit", "year", "value")
_CHANGES = {
    "welfare_pct": "Welfare|Real Final Spending|Change",
    "real_gdp_pct": "GDP|Real|Change",
    "exports_pct": "Trade|Exports|Value|Change",
    "imports_pct": "Trade|Imports|Value|Change",
}
_FLOWS = {"exports": "Trade|Exports", "imports": "Trade|Imports", "output": "Output"}
_FREIGHT = {"corridors": "Corridor", "crossings": "Crossing", "sections": "Section"}


def iamc_frame(tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> pd.DataFrame:
    """Changes by economy; exports, imports and output by sector; containers, hours and emissions.

    Parameters
    ----------
    tables : of an assessment or a run, by name
    about : its `run.json`

    Returns
    -------
    DataFrame with columns model, scenario, region, variable, unit, year, value; no value is missing
    """
    import pandas as pd

    model = f"landbridge {about['software']['landbridge']}"
    after, before = about["run"], f"{about['run']} (baseline)"
    rows = [
        (model, after if new else before, region, variable, unit, about["year"], float(value))
        for new, region, variable, unit, value in _values(tables)
        if pd.notna(value)
    ]
    return pd.DataFrame(rows, columns=list(HEAD))


def level(name: str) -> str:
    """A name as one level of a variable: the bar divides levels, so it cannot stand in one.

    Examples
    --------
    >>> level("Through A|B, * by sea")
    'Through A/B, by sea'
    """
    return " ".join(name.replace("|", "/").replace("*", "").split())


def _values(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[bool, str, str, str, Any]]:
    for row in tables["economies"].to_dict("records"):
        for column, variable in _CHANGES.items():
            yield True, row["iso3"], variable, "%", row[column]
    for row in tables["economies_by_sector"].to_dict("records"):
        variable = f"{_FLOWS[row['flow']]}|{level(row['sector'])}"
        yield False, row["iso3"], variable, "million US$/yr", row["base_usd_mn"]
        yield True, row["iso3"], variable, "million US$/yr", row["usd_mn"]
    for table, word in _FREIGHT.items():
        hours = ("time_h_base", "time_h") if table == "corridors" else ("hours_base", "hours")
        for row in tables[table].to_dict("records"):
            named = f"Freight|{level(row.get('kind', word)).title()}|{level(row['id'])}"
            yield False, "World", f"{named}|Containers", "FEU/yr", row["feu_base"]
            yield True, "World", f"{named}|Containers", "FEU/yr", row["feu"]
            if hours[0] in row:
                yield False, "World", f"{named}|Time", "h", row[hours[0]]
                yield True, "World", f"{named}|Time", "h", row[hours[1]]
    for row in tables["co2"].to_dict("records"):
        variable = f"Emissions|CO2e|Freight|{row['mode'].title()}"
        yield False, "World", variable, "Mt CO2e/yr", row["co2_mt_base"]
        yield True, "World", variable, "Mt CO2e/yr", row["co2_mt"]
