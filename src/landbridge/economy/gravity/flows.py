"""Bilateral flows by year, from the files of their providers, in million US dollars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from landbridge.economy.gravity.panel import KEYS

OLD_CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "MNT": "MNE", "BLX": "BEL", "SUD": "SDN"}
"""Codes of the World Bank's older files and the ISO 3166 code of the same economy today.

Belgium and Luxembourg reported as one until 1998: Belgium stands for both.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """Flows of some years: `exporter, importer, year, trade` and, where the file holds it, more.

    `sources` has one entry for each column but the keys.
    """

    rows: pd.DataFrame
    sources: dict[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowFile:
    """A kind of file that flows can be read from: its name, and how."""

    file: str
    year_column: str
    read: Callable[[Path, list[int]], Flows]


def chosen_years(path: Path, kind: FlowFile) -> list[int]:
    """Every fourth year back from the last one the file holds.

    Trade needs years to adjust, so consecutive years say little more than one (Cheng & Wall 2005;
    Olivero & Yotov 2012).
    """
    years = _years(path, kind)
    return [year for year in years if (years[-1] - year) % 4 == 0]


def _years(path: Path, kind: FlowFile) -> list[int]:
    column = pd.read_parquet(path, columns=[kind.year_column])[kind.year_column]
    return sorted({int(year) for year in column.unique()})


def _chosen(path: Path, column: str, years: list[int]) -> pd.DataFrame:
    rows = pd.read_parquet(path)
    return rows[rows[column].isin(years)]


def read_wits(path: Path, years: list[int]) -> Flows:
    """Goods, as reported by both sides: what the importer says, else what the exporter says.

    Importers' customs look closer (Feenstra et al. 2005). A pair that neither side mentions is
    zero where one of them reports that year, and unknown, so left out, where neither does.
    """
    told = _chosen(path, "year", years)
    told = told.assign(
        year=told["year"].astype(int),
        reporter=told["reporter"].replace(OLD_CODES),
        partner=told["partner"].replace(OLD_CODES),
    )
    bought = _reports(told, "m_kusd", "bought", reporter="importer", partner="exporter")
    sold = _reports(told, "x_kusd", "sold", reporter="exporter", partner="importer")
    both = bought.merge(sold, on=list(KEYS), how="outer")
    both["trade"] = both["bought"].fillna(both["sold"]) / 1000.0
    mirrored = float(both.loc[both["bought"].isna(), "trade"].sum() / both["trade"].sum())
    every = _square(both)
    every["importer_tells"] = _in(every, "importer", bought)
    every["exporter_tells"] = _in(every, "exporter", sold)
    known = every[every["trade"].notna() | every["importer_tells"] | every["exporter_tells"]]
    rows = known[[*KEYS, "trade"]].fillna({"trade": 0.0})
    return Flows(
        rows,
        {"trade": "UN Comtrade via World Bank WITS, goods, current USD, as reported"},
        (
            f"trade is the importer's figure, else the exporter's ({mirrored:.0%} of value); zero "
            "where one side reports that year and neither mentions the pair",
        ),
    )


def _reports(rows: pd.DataFrame, column: str, name: str, **sides: str) -> pd.DataFrame:
    """One side's reports: `exporter, importer, year` and the figure under `name`."""
    named = rows[rows[column].notna()].rename(columns={**sides, column: name})
    named = named[named["exporter"] != named["importer"]]
    return named.groupby(list(KEYS))[name].sum().to_frame().reset_index()


def _in(rows: pd.DataFrame, side: str, reports: pd.DataFrame) -> np.ndarray:
    """Whether the economy on that side reports in the year of each row."""
    tells = set(zip(reports[side], reports["year"], strict=True))
    return np.array([pair in tells for pair in zip(rows[side], rows["year"], strict=True)])


def _square(rows: pd.DataFrame) -> pd.DataFrame:
    """Every pair of different economies that trade in a year, trade missing where not given."""
    parts = []
    for year, part in rows.groupby("year"):
        codes = sorted({*part["exporter"], *part["importer"]})
        index = pd.MultiIndex.from_product([codes, codes, [year]], names=list(KEYS))
        parts.append(index.to_frame(index=False))
    every = pd.concat(parts, ignore_index=True)
    every = every[every["exporter"] != every["importer"]]
    return every.merge(rows[[*KEYS, "trade"]], on=list(KEYS), how="left")


def read_comtrade(path: Path, years: list[int]) -> Flows:
    """Exports as reported, zeros included, every fourth year from 1964 (R package penppml)."""
    rows = _chosen(path, "time", years).rename(
        columns={"exp": "exporter", "imp": "importer", "time": "year", "export": "trade"}
    )[[*KEYS, "trade"]]
    rows = rows.assign(
        exporter=rows["exporter"].replace(OLD_CODES),
        importer=rows["importer"].replace(OLD_CODES),
        trade=rows["trade"] / 1e6,
    )
    rows = rows[rows["exporter"] != rows["importer"]]
    rows = rows.groupby(list(KEYS))["trade"].sum().to_frame().reset_index()
    return Flows(
        rows, {"trade": "UN Comtrade, exports as reported, current USD, via R package penppml"}
    )


def read_itpde(path: Path, years: list[int]) -> Flows:
    """Goods and services summed over industries, without domestic sales, which are not whole."""
    rows = _chosen(path, "year", years).rename(columns={"v_usd_current": "trade"})
    rows = rows.assign(year=rows["year"].astype(int), trade=rows["trade"] / 1e6)
    rows = _square(rows[rows["exporter"] != rows["importer"]]).fillna({"trade": 0.0})
    return Flows(
        rows,
        {"trade": "USITC ITPD-E R01, all industries, current USD"},
        (
            "a pair the file does not name is zero; domestic sales are left out: they sum over "
            "whichever industries have output in a year",
        ),
    )


def read_guide(path: Path, years: list[int]) -> Flows:
    """Manufactures with domestic sales, and the Guide's own distance and agreements."""
    source = "Yotov, Piermartini, Monteiro & Larch (2016), applications"
    rows = _chosen(path, "year", years).rename(
        columns={
            "cntg": "contiguity", "lang": "language", "clny": "colony", "rta": "agreement",
            "dist": "distance_km",
        }
    )  # fmt: skip
    rows = rows.assign(year=rows["year"].astype(int), ln_distance=np.log(rows["distance_km"]))
    columns = ["trade", "ln_distance", "contiguity", "language", "colony", "agreement"]
    return Flows(
        rows[[*KEYS, *columns]],
        {
            "trade": f"{source}: COMTRADE, TradeProd, INDSTAT, manufactures, current USD",
            "ln_distance": f"{source}: CEPII GeoDist",
            "contiguity": f"{source}: CEPII GeoDist",
            "language": f"{source}: CEPII GeoDist",
            "colony": f"{source}: CEPII GeoDist",
            "agreement": f"{source}: Larch's agreements",
        },
    )


KINDS = {
    "wits": FlowFile("wits_totals.parquet", "year", read_wits),
    "comtrade": FlowFile("penppml_trade.parquet", "time", read_comtrade),
    "itpde": FlowFile("itpde_total.parquet", "year", read_itpde),
    "agtpa": FlowFile("agtpa_applications.parquet", "year", read_guide),
}
"""In the order in which they are preferred where a folder holds several."""
