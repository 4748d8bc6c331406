"""Estimate what hours, distance, agreements and borders do to trade, and write the facts table.

Hours, distance: goods of WITS, every fourth year from 1992, on a skim of 600 cities, errors
clustered by exporter and importer. Agreements, borders: the data of the Advanced Guide (Yotov et
al. 2016), whose published figures the same equations reproduce (`landbridge validate agtpa`).

Run: python calibration/gravity_estimates.py --data FOLDER
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

from landbridge.economy.gravity.assemble import read_panel, with_hours
from landbridge.economy.gravity.equations import equations
from landbridge.economy.gravity.estimate import estimate
from landbridge.economy.gravity.hours import read_skim
from landbridge.economy.gravity.results import GravityEstimate
from landbridge.economy.gravity.specification import Specification
from landbridge.exchange.parquet import write_skim
from landbridge.world import World

CITIES = 600
COLUMNS = ("id", "what", "value", "standard_error", "clusters", "sample", "equation",
           "source_title", "address", "as_of", "confidence", "rule", "note")  # fmt: skip
RULE = "estimated-by-ppml"
GUIDE_YEARS = (1986, 1990, 1994, 1998, 2002, 2006)
OUT = Path(__file__).parents[1] / "src/landbridge/facts/data/gravity_estimates.csv"
WITS = (
    "UN Comtrade via World Bank WITS; CEPII GeoDist; DESTA 2.02",
    "https://wits.worldbank.org",
)
GUIDE = (
    "Yotov, Piermartini, Monteiro & Larch (2016), An Advanced Guide to Trade Policy Analysis: data",
    "https://www.wto.org/english/res_e/booksp_e/advancedwtounctad2016_e.pdf",
)


@dataclass(frozen=True)
class Wanted:
    """A row of the table: which coefficient of which equation."""

    id: str
    what: str
    equation: str
    column: str
    source: tuple[str, str]
    note: str = ""


WANTED = (
    Wanted("time-elasticity", "per cent of trade a per cent of hours, hours in place of distance",
           "hours", "ln_hours", WITS, "also takes in whatever grows with distance: the far end"),
    Wanted("time-elasticity-given-distance", "the same, hours beside distance",
           "distance and hours", "ln_hours", WITS, "the near end"),
    Wanted("distance", "per cent of trade a per cent of distance",
           "distance", "ln_distance", WITS),
    Wanted("distance-given-hours", "the same, distance beside hours",
           "distance and hours", "ln_distance", WITS),
    Wanted("agreement-between-pairs", "log points of trade, agreement or none, across pairs",
           "distance", "agreement", WITS),
    Wanted("agreement", "log points of trade once an agreement is in force, within pairs",
           "Guide, agreements", "agreement", GUIDE, "published: 0.557 (0.102)"),
    Wanted("border", "log points of trade between economies against domestic sales",
           "Guide, border", "border", GUIDE,
           "published: -2.474 (0.119), there with errors robust to heteroskedasticity alone"),
)  # fmt: skip
GUIDE_EQUATIONS = (
    (GUIDE_YEARS, Specification("Guide, agreements", ("agreement",),
     ("exporter-year", "importer-year", "pair"), domestic=True)),
    ((2006,), Specification("Guide, border", ("ln_distance", "contiguity", "border"),
     cluster="exporter+importer", domestic=True)),
)  # fmt: skip


def estimates(data: Path) -> dict[str, GravityEstimate]:
    """Every equation of the table, by name."""
    skim = World.base().skim(CITIES)
    panel = read_panel(data, flows="wits")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "skim.parquet"
        write_skim(skim, path)
        panel = with_hours(panel, read_skim(path))
    needed = {each.equation for each in WANTED}
    found = {
        asked.name: estimate(panel, asked) for asked in equations(panel) if asked.name in needed
    }
    for years, asked in GUIDE_EQUATIONS:
        found[asked.name] = estimate(read_panel(data, flows="agtpa", years=years), asked)
    return found


def equation_of(found: GravityEstimate) -> str:
    """One line that says what was regressed on what."""
    asked = found.specification
    return (
        f"PPML of trade on {', '.join(asked.regressors)}; effects {', '.join(asked.effects)}; "
        f"clusters {asked.cluster}{'; with domestic sales' if asked.domestic else ''}"
    )


def sample_of(found: GravityEstimate, wanted: Wanted) -> str:
    """One line that says on which rows."""
    goods = "goods" if wanted.source == WITS else "manufactures"
    hours = f", {CITIES} cities on the network of 2025" if "hours" in wanted.equation else ""
    count, first, last = len(found.years), found.years[0], found.years[-1]
    years = f"{count} years of {first}-{last}" if count > 1 else str(first)
    return f"{goods}, {found.n_economies} economies, {years}, {found.n} rows{hours}"


def main() -> None:
    """Estimate, write the table, print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the panels' files")
    found = estimates(parser.parse_args().data)
    with OUT.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for each in WANTED:
            estimated = found[each.equation]
            one = estimated.coefficient(each.column)
            out.writerow([
                each.id, each.what, f"{one.estimate:.6f}", f"{one.se:.6f}", estimated.n_clusters,
                sample_of(estimated, each), equation_of(estimated), *each.source,
                estimated.years[-1], "derived", RULE, each.note,
            ])  # fmt: skip
            print(f"{each.id:32s} {one.estimate:8.4f} ({one.se:.4f})")
    print(f"wrote {OUT}")


if __name__ == "__main__":
    main()
