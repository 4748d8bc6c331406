"""An economy in an earlier year, as far as open sources reach: goods, partners, GDP, population."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landbridge.economy.base import Array
from landbridge.economy.table.labels import labels, products
from landbridge.economy.table.profile import Profile, SectorLine, describe_goods, economy_name
from landbridge.economy.table.registry import locate
from landbridge.economy.table.trade import (
    OWN,
    read_headings,
    read_sections,
    split_totals,
)
from landbridge.errors import InputError

YEARS = (2005, 2016)
"""First and last year with both totals and sections by pair."""
DOUBLED = ("EUN", "WLD")
"""Groups that stand beside their own members."""
LATE = 2014
"""From this year on sections stand in the later file."""


def past_profile(data: Path, iso3: str, year: int) -> Profile:
    """Look at one economy in a year from 2005 to 2016.

    Totals by pair are the exporter's report, or the importer's where the exporter did not report
    the pair; sections are of the year; headings within sections of 2018.

    Parameters
    ----------
    data
        Folder of the registered files.
    iso3
    year

    Raises
    ------
    InputError
        No source reaches the year, or files are missing; the message lists them.
    """
    n = labels().economy(iso3)
    first, last = YEARS
    if not first <= year <= last:
        raise InputError(
            f"no source has goods by pair and section in {year}: from {first} to {last}"
        )
    late = year >= LATE
    sections = "sections" if late else "sections-early"
    paths = locate(data, ["wits", sections, "headings", "heading-sections", "macro"])
    totals = read_reports(paths["wits"], year)
    if not (totals["exporter"] == iso3).any() and iso3 != labels().economies[-1]:
        raise InputError(f"no trade of {iso3} is recorded in {year}")
    goods = split_totals(
        totals[["exporter", "importer", "value_musd"]],
        read_sections(paths[sections], (year,)),
        read_headings(paths["headings"], paths["heading-sections"]),
    )
    trade = goods.by_sector
    sold, bought = trade[:, :, n], trade[:, n, :]
    crude = goods.flows[products().names.index("B05T06 crude"), :, n].sum()
    found = describe_goods(sold, bought, float(crude))
    gdp, people = _size(paths["macro"], iso3, year)
    return Profile(
        iso3=iso3,
        name=economy_name(iso3),
        year=year,
        gdp_usd_bn=gdp,
        population_m=people,
        goods_exports_usd_bn=float(sold.sum()) / 1e3,
        goods_imports_usd_bn=float(bought.sum()) / 1e3,
        services_exports_usd_bn=None,
        services_imports_usd_bn=None,
        sectors=tuple(
            SectorLine(
                isic=isic,
                name=labels().names[j],
                value_added_usd_bn=None,
                share_of_value_added=None,
                output_usd_bn=None,
                exports_usd_bn=float(sold[j].sum()) / 1e3 if j in products().sector else None,
                imports_usd_bn=float(bought[j].sum()) / 1e3 if j in products().sector else None,
                home_share=None,
                imputed=False,
            )
            for j, isic in enumerate(labels().sectors)
        ),
        partners=found.partners,
        sales=found.sales,
        hhi_products=found.hhi_products,
        hhi_partners=found.hhi_partners,
        oil_share=found.oil_share,
        fuel_share=found.fuel_share,
        tariff_pct=None,
        imputed_share=_imputed(sold, bought, (goods.how != OWN), n),
    )


def read_reports(path: Path, year: int) -> pd.DataFrame:
    """Totals by pair in a year: exporter, importer, value_musd, mirrored (the importer's report).

    The European Union as one is dropped, since its members stand beside it; other groups (`UNS`,
    `BUN`, …) end up in the rest of the world.
    """
    whole = pd.read_parquet(path, filters=[("year", "==", year)])
    whole = whole[~whole["reporter"].isin(DOUBLED) & ~whole["partner"].isin(DOUBLED)]
    sent = whole.set_index(["reporter", "partner"])["x_kusd"].dropna()
    got = whole.set_index(["partner", "reporter"])["m_kusd"].dropna()
    got.index.names = sent.index.names
    both = pd.concat([sent.rename("sent"), got.rename("got")], axis=1)
    found = both["sent"].fillna(both["got"]).rename("value_musd").reset_index()
    found.columns = pd.Index(["exporter", "importer", "value_musd"])
    found["value_musd"] /= 1e3
    found["mirrored"] = both["sent"].isna().to_numpy()
    return found[(found["value_musd"] > 0.0) & (found["exporter"] != found["importer"])]


def _size(macro: Path, iso3: str, year: int) -> tuple[float, float | None]:
    whole = pd.read_parquet(macro)
    row = whole[(whole["iso3"] == iso3) & (whole["year"] == year)]
    gdp = float(row["gdp_current_usd"].iloc[0]) / 1e9 if len(row) else float("nan")
    if not gdp > 0.0:
        raise InputError(f"{macro.name} has no GDP of {iso3} in {year}")
    people = float(row["population"].iloc[0])
    return gdp, people / 1e6 if np.isfinite(people) else None


def _imputed(sold: Array, bought: Array, marked: NDArray[np.bool_], n: int) -> float:
    """Share of goods trade with partners whose sections are not their own."""
    filled = sold[:, marked[:, n]].sum() + bought[:, marked[n]].sum()
    return float(filled / (sold.sum() + bought.sum()))
