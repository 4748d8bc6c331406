"""Fit the railway detour factors to the published distances, and write the facts table.

The layer draws high-speed and passenger lines that freight does not use, so its shortest ways are
too short where there are many of them. One factor a group of economies is fitted, never one a
pair: published = sum over groups of factor x the layer's km in the group, in relative terms, with
a soft loss (one figure of another definition must not pull the rest) and a weak pull towards 1.

Run: python calibration/rail_detours.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

from landbridge import facts
from landbridge.world import World

GROUPS = {
    "china": ["CHN"],
    "broad-gauge": ["KAZ", "RUS", "BLR", "MNG", "UZB", "KGZ", "TKM", "TJK", "AZE", "GEO", "ARM",
                    "UKR", "LVA", "LTU", "EST", "FIN", "MDA"],
    "europe": ["POL", "DEU", "FRA", "ESP", "BEL", "NLD", "CZE", "SVK", "AUT", "HUN", "ITA", "CHE",
               "LUX", "PRT", "SVN", "HRV", "ROU", "BGR", "SRB", "GRC", "DNK", "SWE", "NOR", "GBR"],
}  # fmt: skip
PULL = 0.05
SOFT = 0.03
OUT = Path(__file__).parents[1] / "src/landbridge/facts/data/rail_detours.csv"


def kilometres() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Layer km by group (the last column for the rest) and published km, one row a pair."""
    now = {code: row.factor for row in facts.rows("rail_detours") for code in row.economies}
    world = World.base()
    table, published, names = [], [], []
    for row in facts.rows("rail_distances"):
        ends = [f"{lat},{lon}" for lat, lon in
                ((row.from_lat, row.from_lon), (row.to_lat, row.to_lon))]  # fmt: skip
        year = min(max(row.year or world.year, 2000), world.year)
        route = world.at(year).route(*ends, modes="rail").routes[0]
        km = dict.fromkeys([*GROUPS, "rest"], 0.0)
        for leg in route.legs:
            code = leg.economy or ""
            group = next((g for g, codes in GROUPS.items() if code in codes), "rest")
            km[group] += leg.distance_km / (now.get(code, 1.0) if leg.mode == "rail" else 1.0)
        table.append(list(km.values()))
        published.append(row.published_km)
        names.append(f"{row.from_name}-{row.to_name}")
    return np.array(table), np.array(published, float), names


def fit(table: np.ndarray, published: np.ndarray) -> np.ndarray:
    """Factor of each group."""

    def misfit(factor: np.ndarray) -> np.ndarray:
        model = table @ np.r_[factor, 1.0]
        return np.r_[(model / published - 1) / SOFT, PULL * (factor - 1) / SOFT]

    return least_squares(misfit, np.ones(len(GROUPS)), loss="soft_l1").x


def main() -> None:
    """Fit, report, write."""
    table, published, names = kilometres()
    factor = fit(table, published)
    before, after = table.sum(axis=1) / published - 1, table @ np.r_[factor, 1.0] / published - 1
    for name, a, b in zip(names, before, after, strict=True):
        print(f"{name:40s} layer {100 * a:+6.1f} %, with factors {100 * b:+6.1f} %")
    print(dict(zip(GROUPS, factor.round(4).tolist(), strict=True)))
    with OUT.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(["id", "economies", "factor", "pairs", "source_title", "address", "as_of",
               "confidence", "rule", "note"])  # fmt: skip
        for k, (group, codes) in enumerate(GROUPS.items()):
            pairs = int((table[:, k] > 0.1 * table.sum(axis=1)).sum())
            write([group, ";".join(codes), round(float(factor[k]), 3), pairs,
                   "fitted to rail_distances.csv by calibration/rail_detours.py", "", "2025",
                   "derived", "detour-fit",
                   f"layer shortest ways of {pairs} published distances"])  # fmt: skip


if __name__ == "__main__":
    main()
