"""Small files of the providers' formats, for tests of the base world."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from landbridge.economy.table.labels import labels

SHARED = Path(__file__).parents[2] / "shared" / "data"
needs_sources = pytest.mark.skipif(not SHARED.is_dir(), reason="the source tables are not here")
ICIO_SECTORS = [
    "A01_02",
    "A03",
    "B05_06",
    "B07_08",
    "B09",
    "C10T12",
    "C13T15",
    "C16",
    "C17_18",
    "C19",
    "C20",
    "C21",
    "C22",
    "C23",
    "C24",
    "C25",
    "C26",
    "C27",
    "C28",
    "C29",
    "C30",
    "C31T33",
    "D",
    "E",
    "F",
    "G",
    "H49",
    "H50",
    "H51",
    "H52",
    "H53",
    "I",
    "J58T60",
    "J61",
    "J62_63",
    "K",
    "L",
    "M",
    "N",
    "O",
    "P",
    "Q",
    "R",
    "S",
    "T",
]
ICIO_ECONOMIES = ("CHN", "KAZ", "ROW")


def icio_frame(seed: int = 1) -> pd.DataFrame:
    """A table of the layout of OECD ICIO, 2023 edition, that balances."""
    rng = np.random.default_rng(seed)
    names = [f"{iso3}_{code}" for iso3 in ICIO_ECONOMIES for code in ICIO_SECTORS]
    final = [f"{iso3}_{kind}" for iso3 in ICIO_ECONOMIES for kind in ("HFCE", "GFCF")]
    use = rng.uniform(0.1, 1.0, (len(names), len(names) + len(final)))
    output = use.sum(axis=1)
    # Inputs are scaled down so that every column leaves room for value added.
    inputs = use[:, : len(names)] * np.minimum(1.0, 0.5 * output / use[:, : len(names)].sum(axis=0))
    demand = use[:, len(names) :]
    output = inputs.sum(axis=1) + demand.sum(axis=1)
    table = pd.DataFrame(np.hstack([inputs, demand]), index=names, columns=names + final)
    table["OUT"] = output
    taxes = 0.01 * output
    value_added = output - inputs.sum(axis=0) - taxes
    blank = np.zeros(len(final) + 1)
    for name, values in (("TLS", taxes), ("VA", value_added), ("OUT", output)):
        table.loc[name] = np.concatenate([values, blank])
    table.index.name = "V1"
    return table


def write_icio(folder: Path, table: pd.DataFrame, name: str = "2020_SML.csv") -> Path:
    path = folder / name
    table.to_csv(path)
    return path


def write_baci(folder: Path, rows: list[tuple[int, int, int, str, str]]) -> Path:
    """A BACI file of the official layout, with its list of codes: rows are i, j, k, v, q."""
    codes = [(156, "China", "CN", "CHN"), (251, "France", "FR", "FRA")]
    codes += [(398, "Kazakhstan", "KZ", "KAZ"), (490, "Other Asia, nes", "N/A", "S19")]
    listed = pd.DataFrame(
        codes, columns=["country_code", "country_name", "country_iso2", "country_iso3"]
    )
    listed.to_csv(folder / "country_codes_V202501.csv", index=False)
    path = folder / "BACI_HS22_Y2023_V202501.csv"
    lines = ["t,i,j,k,v,q"] + [f"2023,{i},{j},{k:06d},{v},{q}" for i, j, k, v, q in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


def position(iso3: str) -> int:
    return labels().economy(iso3)
