"""The base world a user holds: labels, arrays that balance, and how each number was found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import Array, BaseEconomy
from landbridge.economy.table.labels import Labels, labels
from landbridge.errors import InputError

COMMITTED = Path(__file__).parents[1] / "data" / "base_2023.npz"
"""The table that comes with the package."""
FIELDS = tuple(BaseEconomy.__dataclass_fields__)
EXTRAS = ("gdp", "population", "how", "technology", "raised", "products")


@dataclass(frozen=True, slots=True)
class BaseTable:
    """The world economy of one year, in million current USD.

    Attributes
    ----------
    year : int
    labels : Labels
        Along the axes; N economies, J sectors.
    base : BaseEconomy
        What the solver takes.
    gdp : (N,) array
        Million USD.
    population : (N,) array
        Persons; NaN where no source has it.
    how : (J, N, N) array of int
        How `base.trade[j, n, i]` was found: 0 shares of the pair itself, 1 the exporter's mix,
        2 the world's, 3 gravity, 4 what output leaves for home. 1, 2 and 3 are imputed; 4 is
        where technology is, or output was raised.
    technology : (N,) array of int
        0 read, 1 mended, 2 of similar economies.
    raised : (N, J) array of bool
        Where output was raised so that some of it is sold at home.
    products : dict of (N,) arrays
        Exports of crude oil, gas and coal, million USD.
    provenance : mapping
        Sources with sha256 and licence, rules, checks.
    """

    year: int
    labels: Labels
    base: BaseEconomy
    gdp: Array
    population: Array
    how: NDArray[np.int8]
    technology: NDArray[np.int8]
    raised: NDArray[np.bool_]
    products: Mapping[str, Array]
    provenance: Mapping[str, Any]

    @property
    def imputed(self) -> NDArray[np.bool_]:
        """Which flows rest on imputation, (J, N, N)."""
        found = np.isin(self.how, (1, 2, 3))
        home = np.arange(len(self.gdp))
        found[:, home, home] = self.raised.T | (self.technology == 2)[None, :]
        return found

    @property
    def imputed_share(self) -> Array:
        """Share of each economy's purchases and exports, in value, that is imputed, (N,)."""
        trade = self.base.trade
        marked = trade * self.imputed
        home = np.arange(len(self.gdp))

        def touched(flows: Array) -> Array:
            both = flows.sum(axis=(0, 2)) + flows.sum(axis=(0, 1))
            return np.asarray(both - flows[:, home, home].sum(axis=0))

        return touched(marked) / touched(trade)

    def save(self, path: Path) -> None:
        """Write arrays as compressed npz and provenance as JSON beside it."""
        arrays = {name: getattr(self.base, name) for name in FIELDS}
        arrays |= {name: getattr(self, name) for name in EXTRAS if name != "products"}
        arrays |= {f"product_{name}": values for name, values in self.products.items()}
        arrays["year"] = np.array(self.year)
        arrays["economies"] = np.array(self.labels.economies)
        arrays["sectors"] = np.array(self.labels.sectors)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.stem}.partial.npz")
        np.savez_compressed(partial, allow_pickle=False, **arrays)
        partial.replace(path)
        text = json.dumps(self.provenance, indent=1, ensure_ascii=False)
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def load_base(path: Path = COMMITTED) -> BaseTable:
    """Load a base table: the one that comes with the package, or one that was built.

    Raises
    ------
    InputError
        The file is no base table, or its economies and sectors are not those of this version;
        every problem is listed.

    Examples
    --------
    >>> world = load_base()
    >>> world.year, world.base.economies, world.base.imbalance < 1e-9
    (2023, 90, True)
    """
    return _load(path, path.stat().st_mtime_ns if path.exists() else -1)


@cache
def _load(path: Path, _written: int) -> BaseTable:
    if not path.exists():
        raise InputError(f"no base table {path}: `landbridge base build --out {path}` makes one")
    try:
        held = dict(np.load(path, allow_pickle=False))
    except (ValueError, OSError) as error:
        raise InputError(f"{path.name} is no base table: {error}") from error
    wanted = {*FIELDS, *EXTRAS, "year", "economies", "sectors"} - {"products"}
    missing = sorted(wanted - held.keys())
    if missing:
        raise InputError(f"{path.name} is no base table: it holds no {', '.join(missing)}")
    names = labels()
    problems = [
        f"{what} {code} is {where}"
        for what, mine, theirs in (
            ("economy", names.economies, held["economies"].tolist()),
            ("sector", names.sectors, held["sectors"].tolist()),
        )
        for code, where in (
            *((code, "missing") for code in mine if code not in theirs),
            *((code, "unknown here") for code in theirs if code not in mine),
        )
    ]
    if problems or tuple(held["economies"].tolist()) != names.economies:
        raise InputError(
            f"{path.name} is of other economies and sectors: build it again\n- "
            + "\n- ".join(problems or ["they stand in another order"])
        )
    note = path.with_suffix(".json")
    return BaseTable(
        year=int(held["year"]),
        labels=names,
        base=BaseEconomy(**{name: held[name] for name in FIELDS}),
        gdp=held["gdp"],
        population=held["population"],
        how=held["how"],
        technology=held["technology"],
        raised=held["raised"],
        products={k[8:]: v for k, v in held.items() if k.startswith("product_")},
        provenance=json.loads(note.read_text(encoding="utf-8")) if note.exists() else {},
    )
