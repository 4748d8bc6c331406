"""An economy as an analyst wants to see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.basetable import BaseTable
from landbridge.economy.table.labels import labels, products

SALES = 20
"""Largest sales that a profile lists."""


@dataclass(frozen=True, slots=True)
class SectorLine:
    """A sector of the economy; shares from 0 to 1. None: no source has it for that year."""

    isic: str
    name: str
    value_added_usd_bn: float | None
    share_of_value_added: float | None
    output_usd_bn: float | None
    exports_usd_bn: float | None
    imports_usd_bn: float | None
    home_share: float | None
    imputed: bool


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner in goods, and the sector most of what it buys comes from."""

    iso3: str
    name: str
    goods_exports_usd_bn: float
    goods_imports_usd_bn: float
    share_of_goods_exports: float
    share_of_goods_imports: float
    main_export: str


@dataclass(frozen=True, slots=True)
class SaleLine:
    """What it sells where."""

    isic: str
    name: str
    iso3: str
    exports_usd_bn: float
    share_of_goods_exports: float


@dataclass(frozen=True, slots=True)
class Profile:
    """An economy in a year.

    Attributes
    ----------
    iso3, name : str
    year : int
    gdp_usd_bn, population_m : float
        Population is None where no source has it.
    goods_exports_usd_bn, goods_imports_usd_bn : float
        FOB.
    services_exports_usd_bn, services_imports_usd_bn : float
        Imputed; None in years other than the base year.
    sectors : tuple of SectorLine
        In the order of ISIC.
    partners : tuple of PartnerLine
        Largest trade first.
    sales : tuple of SaleLine
        Largest first.
    hhi_products, hhi_partners : float
        Herfindahl-Hirschman index of goods exports over sectors and over partners, 0 to 1.
    oil_share, fuel_share : float
        Of goods exports: crude oil; crude, gas, coal and refined products.
    tariff_pct : float
        Average duty on goods, weighted by imports; None in other years.
    imputed_share : float
        Share of purchases and exports, in value, that rests on imputation.
    """

    iso3: str
    name: str
    year: int
    gdp_usd_bn: float
    population_m: float | None
    goods_exports_usd_bn: float
    goods_imports_usd_bn: float
    services_exports_usd_bn: float | None
    services_imports_usd_bn: float | None
    sectors: tuple[SectorLine, ...]
    partners: tuple[PartnerLine, ...]
    sales: tuple[SaleLine, ...]
    hhi_products: float
    hhi_partners: float
    oil_share: float
    fuel_share: float
    tariff_pct: float | None
    imputed_share: float


def profile(table: BaseTable, iso3: str) -> Profile:
    """Look at one economy of a base table.

    Raises
    ------
    UnknownNameError
        No economy has this code; with the closest.

    Examples
    --------
    >>> from landbridge.economy.table.basetable import load_base
    >>> found = profile(load_base(), "KAZ")
    >>> found.partners[0].iso3, max(found.sectors, key=lambda line: line.exports_usd_bn).isic
    ('CHN', 'B05T06')
    """
    n = table.labels.economy(iso3)
    trade = table.base.trade
    sold, bought = trade[:, :, n].copy(), trade[:, n, :].copy()
    sold[:, n] = bought[:, n] = 0.0
    counted = np.unique(products().sector)
    exports, imports = float(sold[counted].sum()), float(bought[counted].sum())
    duty = float((bought * table.base.tariff[:, n, :]).sum())
    people = float(table.population[n])
    goods = describe_goods(sold, bought, float(table.products["crude"][n]))
    return Profile(
        iso3=iso3,
        name=economy_name(iso3),
        year=table.year,
        gdp_usd_bn=float(table.gdp[n]) / 1e3,
        population_m=people / 1e6 if np.isfinite(people) else None,
        goods_exports_usd_bn=exports / 1e3,
        goods_imports_usd_bn=imports / 1e3,
        services_exports_usd_bn=(float(sold.sum()) - exports) / 1e3,
        services_imports_usd_bn=(float(bought.sum()) - imports) / 1e3,
        sectors=_sectors(table, n, sold, bought),
        partners=goods.partners,
        sales=goods.sales,
        hhi_products=goods.hhi_products,
        hhi_partners=goods.hhi_partners,
        oil_share=goods.oil_share,
        fuel_share=goods.fuel_share,
        tariff_pct=100.0 * duty / imports,
        imputed_share=float(table.imputed_share[n]),
    )


def _sectors(table: BaseTable, n: int, sold: Array, bought: Array) -> tuple[SectorLine, ...]:
    base = table.base
    value_added = base.value_added_share[n] * base.output[n]
    return tuple(
        SectorLine(
            isic=isic,
            name=table.labels.names[j],
            value_added_usd_bn=float(value_added[j]) / 1e3,
            share_of_value_added=float(value_added[j] / value_added.sum()),
            output_usd_bn=float(base.output[n, j]) / 1e3,
            exports_usd_bn=float(sold[j].sum()) / 1e3,
            imports_usd_bn=float(bought[j].sum()) / 1e3,
            home_share=float(base.shares[j, n, n]),
            imputed=bool(table.imputed[j, n, n]),
        )
        for j, isic in enumerate(table.labels.sectors)
    )


@dataclass(frozen=True, slots=True)
class GoodsTrade:
    """What an economy sells and buys of goods; see `Profile`."""

    partners: tuple[PartnerLine, ...]
    sales: tuple[SaleLine, ...]
    hhi_products: float
    hhi_partners: float
    oil_share: float
    fuel_share: float


def describe_goods(sold: Array, bought: Array, crude: float) -> GoodsTrade:
    """Describe goods trade.

    Parameters
    ----------
    sold, bought : (J, N) arrays
        By sector and partner, million USD, zero for the economy itself; services are left out.
    crude
        Exports of crude oil, million USD.
    """
    counted = np.unique(products().sector)
    out, into = sold[counted].sum(axis=0), bought[counted].sum(axis=0)
    exports = float(out.sum())
    fuels = [labels().sector(isic) for isic in ("B05T06", "C19")]
    return GoodsTrade(
        partners=_partners(sold[counted], out, into, counted.tolist()),
        sales=_sales(sold[counted], exports, counted.tolist()),
        hhi_products=_hhi(sold[counted].sum(axis=1)),
        hhi_partners=_hhi(out),
        oil_share=crude / exports,
        fuel_share=float(sold[fuels].sum()) / exports,
    )


def _partners(sold: Array, out: Array, into: Array, counted: list[int]) -> tuple[PartnerLine, ...]:
    codes = labels().economies
    ranked = [int(i) for i in np.argsort(-(out + into)) if out[i] + into[i] > 0.0]
    return tuple(
        PartnerLine(
            iso3=codes[i],
            name=economy_name(codes[i]),
            goods_exports_usd_bn=float(out[i]) / 1e3,
            goods_imports_usd_bn=float(into[i]) / 1e3,
            share_of_goods_exports=float(out[i] / out.sum()),
            share_of_goods_imports=float(into[i] / into.sum()),
            main_export=labels().sectors[counted[int(sold[:, i].argmax())]],
        )
        for i in ranked
    )


def _sales(sold: Array, exports: float, counted: list[int]) -> tuple[SaleLine, ...]:
    largest = np.argsort(-sold, axis=None)[:SALES]
    rows, columns = np.unravel_index(largest, sold.shape)
    return tuple(
        SaleLine(
            isic=labels().sectors[counted[g]],
            name=labels().names[counted[g]],
            iso3=labels().economies[i],
            exports_usd_bn=float(sold[g, i]) / 1e3,
            share_of_goods_exports=float(sold[g, i] / exports),
        )
        for g, i in zip(rows.tolist(), columns.tolist(), strict=True)
    )


def _hhi(values: Array) -> float:
    """Sum of squared shares: one over the number of equal parts it is like."""
    shares = values / values.sum()
    return float((shares**2).sum())


def economy_name(iso3: str) -> str:
    """Name for people of an economy of the base world."""
    return next(str(row.name) for row in facts.rows("economies") if row.iso3 == iso3)
