"""The economies and sectors of the base world, and how other classifications map to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import UnknownNameError

REST = "ROW"
"""Every economy that has no row of its own."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Names along the axes of the base table.

    Attributes
    ----------
    economies : tuple of str
        ISO 3166 alpha-3 codes, `ROW` last.
    sectors : tuple of str
        ISIC Rev. 4 groups.
    names : tuple of str
        Names of the sectors for people.
    goods : tuple of bool
        Whether customs count the sector.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    names: tuple[str, ...]
    goods: tuple[bool, ...]

    def economy(self, iso3: str) -> int:
        """Position of an economy; raises `UnknownNameError` with the closest codes."""
        if iso3 not in self.economies:
            raise UnknownNameError.from_available("economy", iso3, self.economies)
        return self.economies.index(iso3)

    def sector(self, isic: str) -> int:
        """Position of a sector; raises `UnknownNameError` with the closest codes."""
        if isic not in self.sectors:
            raise UnknownNameError.from_available("sector", isic, self.sectors)
        return self.sectors.index(isic)

    def place(self, iso3: str) -> int:
        """Position of an economy, or of the rest of the world where it has no row."""
        return self.economies.index(iso3 if iso3 in self.economies else REST)


@cache
def labels() -> Labels:
    """Labels of the base world, from `economies.csv` and `sectors.csv`.

    Examples
    --------
    >>> len(labels().economies), len(labels().sectors)
    (90, 17)
    """
    economies = [row.iso3 for row in facts.rows("economies") if row.iso3 != REST]
    sectors = facts.rows("sectors")
    return Labels(
        economies=(*economies, REST),
        sectors=tuple(row.isic for row in sectors),
        names=tuple(row.name for row in sectors),
        goods=tuple(row.kind == "goods" for row in sectors),
    )


def sector_of_division(code: str) -> str | None:
    """Sector that holds an ISIC code of an input-output table, None when there is none.

    Takes the codes of every edition of OECD ICIO: divisions, ranges, letters, parts of divisions.

    Examples
    --------
    >>> sector_of_division("C17_18"), sector_of_division("B05_06"), sector_of_division("C302T309")
    ('C16T18_C23_C31T33', 'B05T06', 'C29T30')
    >>> sector_of_division("J62_63"), sector_of_division("Z9") is None
    ('JTT', True)
    """
    found = re.match(r"([A-U])(\d\d)?", code)
    if not found:
        return None
    letter, digits = found[1], found[2]
    for isic, parts in _parts().items():
        for first, low, last, high in parts:
            if low is None:
                if first <= letter <= last:
                    return isic
            elif letter == first and digits and low <= int(digits) <= (high or low):
                return isic
    return None


@cache
def _parts() -> dict[str, list[tuple[str, int | None, str, int | None]]]:
    """Divisions of each sector: `C16T18` and `JTT` are ranges, `G_I` joins two."""
    return {isic: _read(isic) for isic in labels().sectors}


def _read(isic: str) -> list[tuple[str, int | None, str, int | None]]:
    if re.fullmatch(r"[A-U]T[A-U]", isic):
        return [(isic[0], None, isic[2], None)]
    parts: list[tuple[str, int | None, str, int | None]] = []
    for part in isic.split("_"):
        if len(part) == 1:
            parts.append((part, None, part, None))
            continue
        low, _, high = part[1:].partition("T")
        parts.append((part[0], int(low), part[0], int(high or low)))
    return parts


@dataclass(frozen=True, slots=True)
class Products:
    """What goods are told apart by: a sector, or a product inside it (crude oil, coal, gas).

    Attributes
    ----------
    names : tuple of str
        `C24`, or `B05T06 crude`.
    sector : (P,) array
        Position of each product's sector.
    heading : (10000,) array
        Product of each heading of the Harmonized System, -1 where there is none.
    """

    names: tuple[str, ...]
    sector: NDArray[np.int64]
    heading: NDArray[np.int64]


@cache
def products() -> Products:
    """Products of the goods sectors, from `hs_isic.csv`.

    Examples
    --------
    >>> found = products()
    >>> found.names[found.heading[2709]], found.names[found.heading[8703]]
    ('B05T06 crude', 'C29T30')
    """
    rows = facts.rows("hs_isic")
    keys = [f"{row.isic} {row.product}" if row.product else str(row.isic) for row in rows]
    names = tuple(dict.fromkeys(keys))
    heading = np.full(10_000, -1, dtype=np.int64)
    for row, key in zip(rows, keys, strict=True):
        heading[row.hs4_from : row.hs4_to + 1] = names.index(key)
    sector = np.array([labels().sector(name.split()[0]) for name in names], dtype=np.int64)
    return Products(names, sector, heading)
