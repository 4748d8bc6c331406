"""Economies of the base world, as `landbridge economy --json` gives them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel

from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.localnames import LocalNames, of_economy
from landbridge.economy.table.profile import Profile, economy_name, profile

router = APIRouter(prefix="/economies", tags=["economies"])


class EconomyBrief(BaseModel):
    """An economy in one row, billion US dollars of the base year."""

    iso3: str
    name: str
    local: LocalNames
    region: str
    gdp_usd_bn: float
    population_m: float | None
    goods_exports_usd_bn: float
    goods_imports_usd_bn: float
    imputed_share: float


class EconomiesOut(BaseModel):
    """Every economy of the base world."""

    year: int
    economies: list[EconomyBrief]


class BaseSource(BaseModel):
    """A source of the base world."""

    id: str
    name: str
    version: str
    address: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class EconomyOut(Profile):
    """The profile of an economy, with its names and what it rests on."""

    local: LocalNames
    imputed_what: str
    licence: str
    sources: list[BaseSource]


@router.get("", response_model=EconomiesOut, responses=responses())
def economies(format: answer.Format = "json") -> Any:
    """List every economy of the base world with its size and trade."""
    year, rows = _all()
    if format == "csv":
        flat = [
            {
                **{k: row[k] for k in row if k != "local"},
                **{f"name_{k}": v for k, v in row["local"].items()},
            }
            for row in rows
        ]
        return answer.table([{"year": year, **row} for row in flat], "economies")
    return answer.told({"year": year, "economies": rows})


@router.get("/{iso3}", response_model=EconomyOut, responses=responses(404))
def economy(
    iso3: Annotated[str, Path(min_length=2, max_length=60)],
    table: Literal["sectors", "partners", "sales"] = "sectors",
    format: answer.Format = "json",
) -> Any:
    """One economy: totals, sectors, partners, what it sells where; as CSV one of its tables."""
    from landbridge.economy.table.basetable import load_base

    base = load_base()
    found = profile(base, iso3.strip().upper())
    if format == "csv":
        rows = [
            {"economy": found.iso3, "year": found.year, **asdict(row)}
            for row in getattr(found, table)
        ]
        return answer.table(rows, f"{found.iso3}-{table}-{found.year}")
    wanted = BaseSource.model_fields
    return answer.shown(
        {
            **asdict(found),
            "local": of_economy(found.iso3).model_dump(),
            "imputed_what": "of its purchases and exports is imputed (services by pair, sectors "
            "marked *); goods by sector carry shares of 2016-18",
            "licence": str(base.provenance.get("licence", "")),
            "sources": [
                {name: str(one.get(name, "")) for name in wanted}
                for one in base.provenance.get("sources", ())
            ],
        }
    )


@cache
def _all() -> tuple[int, list[dict[str, Any]]]:
    import numpy as np

    from landbridge import facts
    from landbridge.economy.table.basetable import load_base
    from landbridge.economy.table.labels import products

    base = load_base()
    region = {row.iso3: row.region for row in facts.rows("economies")}
    goods = base.base.trade[np.unique(products().sector)].sum(axis=0) / 1e3
    np.fill_diagonal(goods, 0.0)
    imputed = base.imputed_share
    rows = [
        {
            "iso3": iso3,
            "name": economy_name(iso3),
            "local": of_economy(iso3).model_dump(),
            "region": region.get(iso3, ""),
            "gdp_usd_bn": float(base.gdp[n]) / 1e3,
            "population_m": float(base.population[n]) / 1e6,
            "goods_exports_usd_bn": float(goods[:, n].sum()),
            "goods_imports_usd_bn": float(goods[n].sum()),
            "imputed_share": float(imputed[n]),
        }
        for n, iso3 in enumerate(base.labels.economies)
    ]
    return base.year, rows
