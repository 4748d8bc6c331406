"""Goods that cross borders, by pair and product, in million dollars.

Two ways: from a BACI file, product by product; or from totals by pair, shares of sections in a
pair's trade, and what each economy ships and takes by heading, fitted together by RAS.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landbridge.economy.base import Array
from landbridge.economy.table.labels import labels, products
from landbridge.economy.table.tariffs import HEADINGS
from landbridge.errors import InputError

OWN, EXPORTERS, WORLDS, GRAVITY, CLOSED = 0, 1, 2, 3, 4
"""How a flow was found: shares of the pair itself, of the exporter, of the world; by gravity;
what is left of output when exports are served."""
UNSPECIFIED = "Unspecified"
CODES = 1000
"""Numeric country codes have three digits."""
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods trade of N economies.

    Attributes
    ----------
    flows : (P, N, N) array
        `flows[p, n, i]`: bought by n from i, FOB, million USD; the diagonal is zero.
    how : (N, N) array
        `OWN`, `EXPORTERS` or `WORLDS`.
    unsplit_musd : float
        Trade among economies of the rest of the world, left out.
    totals : DataFrame
        exporter, importer, value_musd, of every economy of the source.
    headings : (N, 10000) array
        Imports by heading of the Harmonized System; only shares mean anything.
    """

    flows: Array
    how: NDArray[np.int8]
    unsplit_musd: float
    totals: pd.DataFrame
    headings: Array

    @property
    def by_sector(self) -> Array:
        """Flows by sector, (J, N, N), zero for services."""
        found = np.zeros((len(labels().sectors), *self.flows.shape[1:]))
        np.add.at(found, products().sector, self.flows)
        return found


def read_totals(path: Path) -> pd.DataFrame:
    """Read totals by pair: columns exporter, importer (ISO3), value_kusd; gives value_musd."""
    table = pd.read_csv(path)
    _need(table, ("exporter", "importer", "value_kusd"), path)
    bad = int((~(table["value_kusd"] >= 0.0)).sum())
    if bad:
        raise InputError(f"{path.name}: {bad} values are negative or missing")
    table["value_musd"] = table["value_kusd"] / 1e3
    return table[["exporter", "importer", "value_musd"]]


def read_sections(path: Path, years: tuple[int, ...] = (2016, 2017, 2018)) -> pd.DataFrame:
    """Read trade by pair and section, pooled over `years`; only its shares mean anything."""
    table = pd.read_parquet(path, filters=[("year", "in", list(years))])
    _need(table, ("reporter_iso", "partner_iso", "community_name", "export_value_usd"), path)
    table = table[table["community_name"] != UNSPECIFIED]
    pooled = table.groupby(["reporter_iso", "partner_iso", "community_name"], observed=True)
    found = pooled["export_value_usd"].sum().reset_index()
    found.columns = pd.Index(["exporter", "importer", "section", "value"])
    return found[found["value"] > 0.0]


def read_baci(path: Path) -> Goods:
    """Read a BACI file as CEPII publishes it: columns t, i, j, k, v, q; v in thousand USD.

    `country_codes_V….csv` of the same release must lie beside it.

    Raises
    ------
    InputError
        Columns or country codes are missing, or values are not numbers; all are listed.
    """
    codes = sorted(path.parent.glob("country_codes*.csv"))
    if not codes:
        raise InputError(
            f"no country_codes_V….csv beside {path.name}: take it from the same BACI archive"
        )
    listed = pd.read_csv(codes[-1])
    _need(listed, ("country_code", "country_iso3"), codes[-1])
    iso3 = np.full(CODES, "", dtype="<U3")
    iso3[listed["country_code"].to_numpy()] = listed["country_iso3"].astype(str).str[:3]
    place = np.array([labels().place(str(code)) if code else -1 for code in iso3])
    size, kinds = len(labels().economies), products()
    flows = np.zeros((len(kinds.names), size, size))
    pairs, taken = np.zeros((CODES, CODES)), np.zeros((size, HEADINGS))
    problems: set[str] = set()
    with pd.read_csv(path, usecols=lambda c: c.strip() != "q", chunksize=1_000_000) as chunks:
        for chunk in chunks:
            _need(chunk, ("t", "i", "j", "k", "v"), path)
            part = _read_part(chunk, place, kinds.heading, problems)
            if not problems:
                exporter, importer, heading, value = part
                product = kinds.heading[heading]
                np.add.at(flows, (product, place[importer], place[exporter]), value)
                np.add.at(taken, (place[importer], heading), value)
                np.add.at(pairs, (exporter, importer), value)
    if problems:
        raise InputError(f"{path.name} cannot be used:\n- " + "\n- ".join(sorted(problems)))
    inside = float(np.einsum("pnn->", flows))
    flows[:, np.arange(size), np.arange(size)] = 0.0
    rows, columns = np.nonzero(pairs)
    totals = pd.DataFrame(
        {"exporter": iso3[rows], "importer": iso3[columns], "value_musd": pairs[rows, columns]}
    )
    return Goods(flows, np.full((size, size), OWN, dtype=np.int8), inside, totals, taken)


def _read_part(
    chunk: pd.DataFrame,
    place: NDArray[np.int64],
    heading: NDArray[np.int64],
    problems: set[str],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], Array]:
    """Exporters, importers, headings and values in million USD of some lines."""
    exporter, importer = chunk["i"].to_numpy(), chunk["j"].to_numpy()
    value = pd.to_numeric(chunk["v"], errors="coerce").to_numpy(dtype=np.float64)
    if not (value >= 0.0).all():
        problems.add(f"{int((~(value >= 0.0)).sum())} values v are negative or not numbers")
    for codes in (exporter, importer):
        known = np.clip(codes, 0, CODES - 1)
        stray = np.unique(codes[(known != codes) | (place[known] < 0)])
        problems.update(f"country code {code} is not in the list of codes" for code in stray)
    headings = chunk["k"].to_numpy() // 100
    lost = np.unique(chunk["k"].to_numpy()[heading[headings] < 0])
    problems.update(f"product {code:06d} is no heading that hs_isic.csv knows" for code in lost)
    return exporter, importer, headings, value / 1e3


def split_totals(totals: pd.DataFrame, sections: pd.DataFrame, headings: pd.DataFrame) -> Goods:
    """Split totals by pair into products.

    Parameters
    ----------
    totals
        exporter, importer, value_musd: kept exactly.
    sections
        exporter, importer, section, value: shares of a pair's trade. A pair without any takes the
        exporter's, an exporter without any the world's.
    headings
        reporter, heading, section, exports, imports: what each economy ships and takes inside a
        section; RAS fits products to both and to the pair.

    Returns
    -------
    Goods
    """
    where = {iso3: labels().place(iso3) for iso3 in set(totals["exporter"])}
    where |= {iso3: labels().place(iso3) for iso3 in set(totals["importer"])}
    names = sorted(sections["section"].unique())
    wide = sections.pivot_table(
        index=["exporter", "importer"], columns="section", values="value", aggfunc="sum"
    ).reindex(columns=names)
    by_exporter = sections.pivot_table(
        index="exporter", columns="section", values="value", aggfunc="sum"
    ).reindex(columns=names)
    own = wide.reindex(pd.MultiIndex.from_frame(totals[["exporter", "importer"]])).to_numpy(float)
    theirs = by_exporter.reindex(totals["exporter"]).to_numpy(float)
    world = sections.groupby("section")["value"].sum().reindex(names).to_numpy(float)
    own, theirs = np.nan_to_num(own), np.nan_to_num(theirs)
    how = np.where(
        own.sum(axis=1) > 0.0, OWN, np.where(theirs.sum(axis=1) > 0.0, EXPORTERS, WORLDS)
    )
    mix = np.where((how == OWN)[:, None], own, np.where((how == EXPORTERS)[:, None], theirs, world))
    value = totals["value_musd"].to_numpy(float)
    split = mix / mix.sum(axis=1, keepdims=True) * value[:, None]
    size = len(labels().economies)
    exporter = totals["exporter"].map(where).to_numpy()
    importer = totals["importer"].map(where).to_numpy()
    by_section = np.zeros((len(names), size, size))
    by_way = np.zeros((3, size, size))
    for s in range(len(names)):
        np.add.at(by_section[s], (importer, exporter), split[:, s])
    np.add.at(by_way, (how, importer, exporter), value)
    home = np.arange(size)
    inside = float(by_section[:, home, home].sum())
    by_section[:, home, home] = 0.0
    flows = np.zeros((len(products().names), size, size))
    for s, name in enumerate(names):
        flows += _split_section(by_section[s], headings[headings["section"] == name])
    taken = np.zeros((size, HEADINGS))
    buyer = headings["reporter"].map(labels().place).to_numpy()
    np.add.at(taken, (buyer, headings["heading"].to_numpy()), headings["imports"].to_numpy())
    return Goods(flows, by_way.argmax(axis=0).astype(np.int8), inside, totals, taken)


def read_headings(path: Path, sections: Path) -> pd.DataFrame:
    """Read what each reporter ships and takes by heading, with the heading's section."""
    table = pd.read_parquet(path)
    listed = pd.read_csv(sections, dtype=str)
    _need(listed, ("product_code", "community_name"), sections)
    of = dict(zip(listed["product_code"], listed["community_name"], strict=True))
    columns = {c.lower(): c for c in table.columns}
    reporter = next(c for k, c in columns.items() if k.startswith("reporter"))
    exports = next(c for k, c in columns.items() if k.startswith("export"))
    imports = next(c for k, c in columns.items() if k.startswith("import"))
    found = pd.DataFrame(
        {
            "reporter": table[reporter].str.upper(),
            "heading": pd.to_numeric(table["product_code"]).astype(np.int64),
            "section": table["product_code"].astype(str).map(of),
            "exports": table[exports].fillna(0.0).astype(float),
            "imports": table[imports].fillna(0.0).astype(float),
        }
    )
    return found.dropna(subset="section")


def _split_section(pairs: Array, headings: pd.DataFrame) -> Array:
    """Spread a section's trade by pair, (N, N), over products, (P, N, N)."""
    kinds, size = products(), len(pairs)
    product = kinds.heading[headings["heading"].to_numpy()]
    known = product >= 0
    headings, product = headings[known], product[known]
    economy = headings["reporter"].map(labels().place).to_numpy()
    shipped, taken = np.zeros((2, len(kinds.names), size))
    np.add.at(shipped, (product, economy), headings["exports"].to_numpy())
    np.add.at(taken, (product, economy), headings["imports"].to_numpy())
    world = (shipped + taken).sum(axis=1) / (shipped + taken).sum()
    out = _shares(shipped, world) * pairs.sum(axis=0)
    into = _shares(taken, world) * pairs.sum(axis=1)
    weight = np.divide(
        out[:, None, :] * into[:, :, None],
        world[:, None, None],
        where=world[:, None, None] > 0.0,
        out=np.zeros((len(world), size, size)),
    )
    total = weight.sum(axis=0)
    fallback = out / np.where(pairs.sum(axis=0) > 0.0, pairs.sum(axis=0), 1.0)
    flows: Array = np.where(
        total > 0.0, weight / np.where(total > 0.0, total, 1.0), fallback[:, None, :]
    )
    flows *= pairs
    for _ in range(ROUNDS):
        flows *= _ratio(out, flows.sum(axis=1))[:, None, :]
        flows *= _ratio(into, flows.sum(axis=2))[:, :, None]
        flows *= _ratio(pairs, flows.sum(axis=0))
    return flows


def _shares(values: Array, world: Array) -> Array:
    total = values.sum(axis=0)
    share = values / np.where(total > 0.0, total, 1.0)
    return np.asarray(np.where(total > 0.0, share, world[:, None]))


def _ratio(wanted: Array, found: Array) -> Array:
    # What cannot be reached (no such flow) is left as it is: pairs, fitted last, are exact.
    reachable = (found > 0.0) & (wanted > 0.0)
    return np.asarray(np.divide(wanted, found, out=np.ones_like(found), where=reachable))


def _need(table: pd.DataFrame, columns: tuple[str, ...], path: Path) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise InputError(
            f"{path.name} lacks the columns {', '.join(missing)}: it has {', '.join(table.columns)}"
        )
