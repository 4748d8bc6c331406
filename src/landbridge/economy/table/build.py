"""Build the base world from its sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landbridge.economy.base import Array
from landbridge.economy.table import technology as tech
from landbridge.economy.table.basetable import BaseTable
from landbridge.economy.table.checks import check_table
from landbridge.economy.table.closing import close, implied_output
from landbridge.economy.table.distance import Ease, fit_ease
from landbridge.economy.table.elasticities import trade_elasticities
from landbridge.economy.table.icio import Icio, read_icio
from landbridge.economy.table.labels import labels, products
from landbridge.economy.table.registry import locate, sha256_of, source
from landbridge.economy.table.services import impute_services, services_from_table
from landbridge.economy.table.tariffs import Tariffs, base_tariffs
from landbridge.economy.table.trade import (
    CLOSED,
    GRAVITY,
    Goods,
    read_baci,
    read_headings,
    read_sections,
    read_totals,
    split_totals,
)
from landbridge.errors import InputError

BASE_YEAR = 2023
DOUBTFUL_DEFICIT = 0.5
"""Deficit over GDP beyond which records of trade cannot be all there is: re-exports are missing."""
Report = Callable[[str, float], None]


def build_base(
    data: Path,
    *,
    icio: Path | None = None,
    baci: Path | None = None,
    mend: bool = True,
    report: Report = lambda _stage, _fraction: None,
) -> BaseTable:
    """Build the base world.

    Parameters
    ----------
    data
        Folder of the registered files (`registry`).
    icio
        An OECD ICIO `YYYY_SML.csv`: takes the place of the technology parameters, and of gravity
        for services among its economies.
    baci
        A BACI file by product (`BACI_HS22_Y2023_V202501.csv`): takes the place of totals, sections
        and headings. Its year becomes the year of the table. Without sections the result is free
        of their licence.
    mend
        Pass False to keep value-added shares that `technology_mends.csv` says are suspect.
    report
        Called with a stage and how much is done.

    Returns
    -------
    BaseTable
        Checked: a table that fails raises.

    Raises
    ------
    InputError
        Sources are missing or break a rule, or the result fails a check; every problem is listed.
    """
    wanted = ["gdp", "macro", "distances"]
    wanted += [] if icio else ["technology"]
    wanted += [] if baci else ["totals", "sections", "headings", "heading-sections"]
    paths = locate(data, wanted)
    report("goods by pair", 0.05)
    year, goods = _goods(paths, baci)
    gdp_by_iso3 = read_gdp(paths["gdp"], paths["macro"], year)
    gdp = _joined(gdp_by_iso3)
    report("technology", 0.6)
    table = read_icio(icio) if icio else None
    fine = table.technology if table else tech.read_parameters(paths["technology"])
    technology = tech.base_technology(fine, mend=mend and table is None)
    report("services by gravity", 0.7)
    ease = fit_ease(goods.totals, paths["distances"], gdp_by_iso3)
    flows = goods.by_sector
    tariffs = base_tariffs(flows, goods.headings, year)
    services, from_table = _services(technology, flows, tariffs.rate, gdp, ease, table)
    report("closing", 0.85)
    theta = trade_elasticities()
    closed = close(technology, flows + services, tariffs.rate, gdp, theta.theta)
    how = np.broadcast_to(goods.how, flows.shape).copy()
    how[~np.array(labels().goods)] = np.where(from_table, 0, GRAVITY)
    electricity = labels().sector("D_E")
    how[electricity] = goods.how
    home = np.arange(len(gdp))
    how[:, home, home] = CLOSED
    kept = [source(one).cited(paths[one]) for one in wanted]
    kept += [_own(path) for path in (icio, baci) if path]
    provenance: dict[str, Any] = {
        "landbridge": version("landbridge"),
        "year": year,
        "unit": "million current USD, goods FOB",
        "sources": kept,
        "licence": "CC-BY-NC-4.0" if any(one["noncommercial"] for one in kept) else "CC-BY-4.0",
        "gravity": {
            "terms": list(ease.terms),
            "coefficients": [round(float(b), 6) for b in ease.coefficients],
            "pairs": ease.pairs,
        },
        "theta": {
            name: [round(float(v), 4) for v in values] for name, values in asdict(theta).items()
        },
        "tariffs_imputed": [
            iso3 for n, iso3 in enumerate(labels().economies) if tariffs.imputed[n]
        ],
        "tariff_profiles_own": [
            iso3 for n, iso3 in enumerate(labels().economies) if tariffs.profiled[n]
        ],
        "moved_by_ras": _by_economy(closed.moved, 4),
        "output_to_gdp_as_read": _by_economy(closed.prior_output_to_gdp, 3),
        "goods_musd": {
            "exports": [round(float(v), 6) for v in flows.sum(axis=(0, 1))],
            "imports": [round(float(v), 6) for v in flows.sum(axis=(0, 2))],
        },
        "doubtful_deficits": {
            iso3: round(float(share), 3)
            for iso3, share in zip(labels().economies, closed.base.deficit / gdp, strict=True)
            if abs(share) > DOUBTFUL_DEFICIT
        },
        "inside_rest_of_world_musd": round(goods.unsplit_musd, 3),
    }
    built = BaseTable(
        year=year,
        labels=labels(),
        base=closed.base,
        gdp=gdp,
        population=read_population(paths["macro"], year),
        how=how.astype(np.int8),
        technology=technology.origin,
        raised=closed.raised,
        products=_exports_of_products(goods),
        provenance=provenance,
    )
    report("checks", 0.95)
    checks = check_table(built)
    failed = [f"{c.what}: {c.value:.3g} at {c.where or 'the whole'}, {c.limit}" for c in checks
              if not c.passed]  # fmt: skip
    if failed:
        raise InputError("the base world fails its checks:\n- " + "\n- ".join(failed))
    provenance["checks"] = [asdict(check) for check in checks]
    return built


def read_gdp(latest: Path, macro: Path, year: int) -> pd.Series:
    """GDP by ISO3 in million current USD: of 2023 from `latest`, of earlier years from `macro`."""
    if year == BASE_YEAR:
        table = pd.read_csv(latest).set_index("iso3")["gdp_usd_latest"]
    else:
        whole = pd.read_parquet(macro)
        table = whole[whole["year"] == year].set_index("iso3")["gdp_current_usd"]
        # Regions and the world stand among the economies.
        table = table[table.index.isin(pd.read_csv(latest)["iso3"])]
    found = (table / 1e6).dropna()
    missing = [iso3 for iso3 in labels().economies[:-1] if not found.get(iso3, 0.0) > 0.0]
    if missing:
        raise InputError(
            f"no GDP of {year} for {', '.join(missing)} in {latest.name}, {macro.name}"
        )
    return found


def read_population(macro: Path, year: int) -> Array:
    """Population in `year`, or in the last year before it that the file has, (N,); ROW is NaN."""
    whole = pd.read_parquet(macro, columns=["iso3", "year", "population"]).dropna()
    last = whole[whole["year"] <= year].sort_values("year").groupby("iso3")["population"].last()
    return last.reindex(labels().economies).to_numpy(dtype=float)


def _goods(paths: dict[str, Path], baci: Path | None) -> tuple[int, Goods]:
    if baci is None:
        headings = read_headings(paths["headings"], paths["heading-sections"])
        sections = read_sections(paths["sections"])
        return BASE_YEAR, split_totals(read_totals(paths["totals"]), sections, headings)
    year = re.search(r"_Y(\d{4})_", baci.name)
    if not year:
        raise InputError(
            f"{baci.name} is not named like BACI_HS22_Y2023_V202501.csv: unpack the archive and "
            "name the file of one year, with country_codes_V….csv beside it"
        )
    return int(year[1]), read_baci(baci)


def _services(
    technology: tech.Technology,
    goods: Array,
    tariff: Array,
    gdp: Array,
    ease: Ease,
    table: Icio | None,
) -> tuple[Array, NDArray[np.bool_]]:
    """Services by pair, and which pairs an input-output table gave."""
    exports, paid = goods.sum(axis=1).T, (goods * (1.0 + tariff)).sum(axis=2).T
    final = gdp + (goods.sum(axis=2) - goods.sum(axis=1)).sum(axis=0)
    output = implied_output(technology, final, exports - paid)
    spending = np.clip(output - exports + paid, 0.0, None)
    imputed = impute_services(spending, np.clip(output, 0.0, None), ease.ease)
    size = len(gdp)
    if table is None:
        return imputed, np.zeros((size, size), dtype=bool)
    return services_from_table(imputed, table, gdp)


def _joined(by_iso3: pd.Series) -> Array:
    found = np.zeros(len(labels().economies))
    np.add.at(found, [labels().place(str(iso3)) for iso3 in by_iso3.index], by_iso3.to_numpy(float))
    return found


def _exports_of_products(goods: Goods) -> dict[str, Array]:
    return {
        name.split()[1]: goods.flows[p].sum(axis=0)
        for p, name in enumerate(products().names)
        if " " in name
    }


def _by_economy(values: Array, digits: int) -> dict[str, float]:
    return {
        iso3: round(float(v), digits) for iso3, v in zip(labels().economies, values, strict=True)
    }


def _own(path: Path) -> dict[str, Any]:
    return {
        "id": "own-file",
        "name": path.name,
        "sha256": sha256_of(path),
        "licence": "as its publisher says",
        "noncommercial": False,
    }


__all__ = ["BASE_YEAR", "Tariffs", "build_base", "read_gdp", "read_population"]
