"""Gravity beside the WTO/UNCTAD Advanced Guide (Yotov, Piermartini, Monteiro & Larch 2016)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from landbridge.economy.gravity.specification import Specification
from landbridge.errors import InputError
from landbridge.validate.targets import Target, is_within

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.economy.gravity.panel import Panel

FILE = "agtpa_applications.parquet"
YEARS = (1986, 1990, 1994, 1998, 2002, 2006)
BOOK = (
    "An Advanced Guide to Trade Policy Analysis in R (Vargas Sepúlveda), chapter 1, "
    "https://pacha.dev/tradepolicy; after Yotov et al. (2016), WTO/UNCTAD"
)
LOG = "Stata logs of the Guide's chapter 2, kept with the same book"
BOOK_DIGIT, LOG_DIGIT = 1e-4, 1e-6
GEOGRAPHY = ("ln_dist", "cntg", "lang", "clny")
BOTH = ("exporter-year", "importer-year")
PAIR = (*BOTH, "pair")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table: what was regressed, and the coefficients printed."""

    id: str
    what: str
    specification: Specification
    printed: dict[str, float]
    source: str = BOOK
    year: int | None = None


def _asked(regressors: tuple[str, ...], effects: tuple[str, ...] = BOTH, *, ols: bool = False,
           domestic: bool = False, cluster: str = "pair") -> Specification:  # fmt: skip
    return Specification("published", regressors, effects, "ols" if ols else "ppml", cluster,
                         domestic)  # fmt: skip


COLUMNS = (
    Column("1.1", "Table 1(1), OLS", _asked((*GEOGRAPHY, "ln_y", "ln_e"), (), ols=True),
           {"ln_dist": -1.0016, "cntg": 0.5738, "lang": 0.8015, "clny": 0.7349, "ln_y": 1.1902,
            "ln_e": 0.9076}),
    Column("1.2", "Table 1(2), OLS with remoteness",
           _asked((*GEOGRAPHY, "ln_y", "ln_e", "ln_rem_exp", "ln_rem_imp"), (), ols=True),
           {"ln_dist": -1.1848, "cntg": 0.2466, "lang": 0.7394, "clny": 0.8425, "ln_y": 1.1643,
            "ln_e": 0.9026, "ln_rem_exp": 0.9718, "ln_rem_imp": 0.2737}),
    Column("1.3", "Table 1(3), OLS with fixed effects", _asked(GEOGRAPHY, ols=True),
           {"ln_dist": -1.2156, "cntg": 0.2232, "lang": 0.6609, "clny": 0.6705}),
    Column("1.4", "Table 1(4), PPML", _asked(GEOGRAPHY),
           {"ln_dist": -0.8409, "cntg": 0.4374, "lang": 0.2475, "clny": -0.2225}),
    Column("3.1", "Table 3(1), OLS, agreements", _asked((*GEOGRAPHY, "rta"), ols=True),
           {"ln_dist": -1.2159, "rta": -0.0044}),
    Column("3.2", "Table 3(2), PPML, agreements", _asked((*GEOGRAPHY, "rta")),
           {"ln_dist": -0.8216, "cntg": 0.4155, "lang": 0.2499, "clny": -0.2054, "rta": 0.1907}),
    Column("3.4", "Table 3(4), PPML, agreements and pair effects",
           _asked(("rta",), PAIR, domestic=True), {"rta": 0.5572}),
    Column("3.5", "Table 3(5), PPML, lead", _asked(("rta", "rta_lead4"), PAIR, domestic=True),
           {"rta": 0.5200, "rta_lead4": 0.0774}),
    Column("ch2.borders", "Chapter 2, trade without borders",
           _asked(("ln_dist", "cntg", "border"), domestic=True, cluster="none"),
           {"ln_dist": -0.7912879, "cntg": 0.6736456, "border": -2.47445}, LOG, 2006),
    Column("ch2.agreements", "Chapter 2, impact of agreements",
           _asked(("rta",), PAIR, domestic=True, cluster="none"), {"rta": 0.5571853}, LOG),
)  # fmt: skip
"""The columns that a laptop estimates in seconds; `tests/test_vs_agtpa.py` has them all."""


def run(data: Path) -> list[Target]:
    """Estimate the Guide's columns and put each coefficient beside the printed one.

    Parameters
    ----------
    data
        Folder that holds the Guide's file, itself or one below.

    Returns
    -------
    list of Target
        One a coefficient; within where it rounds to the digits printed.

    Raises
    ------
    InputError
        The file is not there.
    MissingExtraError
        pyfixest is not installed.
    """
    path = find(data)
    if path is None:
        raise InputError(f"{data} holds no {FILE}, nor does a folder one below: --data names it")
    from landbridge.economy.gravity.estimate import estimate

    panel = guide_panel(path)
    targets = []
    for column in COLUMNS:
        part = panel if column.year is None else panel.where(panel.rows["year"] == column.year)
        found = estimate(part, column.specification)
        for name, printed in column.printed.items():
            value = found.coefficient(name).estimate
            digit = LOG_DIGIT if column.source == LOG else BOOK_DIGIT
            low, high = printed - 0.5 * digit - 1e-9, printed + 0.5 * digit + 1e-9
            targets.append(
                Target(
                    id=f"agtpa.{column.id}.{name}",
                    what=f"{column.what}: {name}",
                    year=found.years[-1],
                    published=printed,
                    published_low=low,
                    published_high=high,
                    model=value,
                    unit="coefficient",
                    fitted=False,
                    source=column.source,
                    within=is_within(value, low, high),
                )
            )
    return targets


def find(data: Path) -> Path | None:
    """The Guide's file in a folder or one below, None where it is not."""
    return next(iter([*data.glob(FILE), *sorted(data.glob(f"*/{FILE}"))]), None)


def guide_panel(path: Path) -> Panel:
    """The Guide's panel with the names of its tables, every fourth year."""
    import numpy as np
    import pandas as pd

    from landbridge.economy.gravity.panel import Panel

    rows = pd.read_parquet(path)
    rows = rows[rows["year"].isin(YEARS)].reset_index(drop=True)
    rows["year"] = rows["year"].astype(int)
    home = rows["exporter"] == rows["importer"]
    rows["ln_dist"] = np.log(rows["dist"])
    rows["ln_dist_intra"] = rows["ln_dist"].where(home, 0.0)
    rows["home"], rows["border"] = home.astype(float), (~home).astype(float)
    for year in YEARS:
        abroad = ~home & (rows["year"] == year)
        rows[f"ln_dist_{year}"] = rows["ln_dist"].where(abroad, 0.0)
        rows[f"border_{year}"] = abroad.astype(float)
    _add_sizes(rows)
    rows = rows.drop(columns=["pair_id", "dist"])
    return Panel(rows, dict.fromkeys(map(str, rows.columns), "Yotov et al. (2016)"))


def _add_sizes(rows: pd.DataFrame) -> None:
    """Add output, spending and remoteness indices of the Guide's box 1, chapter 1."""
    import numpy as np

    output = rows.groupby(["exporter", "year"])["trade"].transform("sum")
    spending = rows.groupby(["importer", "year"])["trade"].transform("sum")
    world = rows.groupby("year")["trade"].transform("sum")
    rows["ln_y"], rows["ln_e"] = np.log(output), np.log(spending)
    for key, name, size in (
        ("exporter", "ln_rem_exp", spending),
        ("importer", "ln_rem_imp", output),
    ):
        weighted = rows["dist"] * world / size
        rows[name] = np.log(weighted.groupby([rows[key], rows["year"]]).transform("sum"))
