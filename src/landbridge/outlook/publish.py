"""An outlook as files that others read: netCDF, IAMC, workbook, fans, one page."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.outlook.ensemble import Ensemble
from landbridge.outlook.netcdf import netcdf
from landbridge.outlook.summary import as_object, bands

if TYPE_CHECKING:
    import pandas as pd

NETCDF, IAMC, BOOK, PAGE = "draws.nc", "iamc.csv", "outlook.xlsx", "index.html"
SUMMARY, FANS = "summary.json", "fans"
DRAWN = (
    "china-europe-trains",
    "china-europe-teu",
    "kazakhstan-transit-teu",
    "trans-caspian-mt",
    "welfare-KAZ",
    "hub-share-overland",
    "co2-mt",
    "border-hours",
)
"""Series that have a picture."""
COLOURS = ("#1b6ca8", "#c0532b", "#3c7d3f", "#7a5195", "#666666")


def write(ensemble: Ensemble) -> tuple[Path, ...]:
    """Write everything into the folder of the ensemble."""
    told = as_object(ensemble)
    folder = ensemble.folder
    (folder / SUMMARY).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    written = [folder / SUMMARY, netcdf(ensemble, folder / NETCDF)]
    frame = iamc_frame(ensemble)
    frame.to_csv(folder / IAMC, index=False)
    written.append(folder / IAMC)
    written.append(_book(ensemble, told, folder / BOOK))
    written += fans(ensemble, folder / FANS)
    written.append(_page(ensemble, told, folder / PAGE))
    return tuple(written)


def iamc_frame(ensemble: Ensemble) -> pd.DataFrame:
    """Quantiles in the long form that pyam reads: one variable a series and quantile."""
    import pandas as pd

    from landbridge import __version__

    rows = [
        (f"landbridge {__version__}", band.scenario, region, f"{variable}|{_percentile(share)}",
         band.unit, year, value)
        for band in bands(ensemble)
        for region, variable in [_variable(band.name)]
        for share, values in band.quantiles.items()
        for year, value in zip(band.years, values, strict=True)
        if np.isfinite(value)
    ]  # fmt: skip
    head = ["model", "scenario", "region", "variable", "unit", "year", "value"]
    return pd.DataFrame(rows, columns=head)


def _percentile(share: str) -> str:
    return f"{100 * float(share):g}th Percentile"


def _variable(name: str) -> tuple[str, str]:
    """Region and variable of a series."""
    sort, _, rest = name.partition("-")
    if sort == "welfare":
        return ("World" if rest == "world" else rest), "Welfare|Real Final Spending|Change"
    if sort == "trade":
        return "World", f"Trade|Goods|{rest.replace('-', ' and ')}"
    if sort == "load":
        return "World", f"Freight|Crossing|{rest}|Load"
    if name == "co2-mt":
        return "World", "Emissions|CO2e|Freight"
    if name.startswith(("kazakhstan", "hub")):
        return "KAZ", f"Freight|{name}"
    return "World", f"Freight|{name}"


def _book(ensemble: Ensemble, told: dict[str, Any], target: Path) -> Path:
    import pandas as pd

    sheets = {
        "about": pd.DataFrame(
            [
                ("scenarios", ", ".join(told["scenarios"])),
                ("known by the end of", told["as_of"]),
                ("draws", told["draws"]),
                ("seed", told["seed"]),
                *((f"yearly hazard of {k}", v) for k, v in told["hazards"].items()),
            ],
            columns=["what", "value"],
        ),
        "series": pd.DataFrame(
            [
                {
                    "scenario": band.scenario, "series": band.name, "unit": band.unit,
                    "year": year, **{q: v[k] for q, v in band.quantiles.items()},
                }
                for band in bands(ensemble)
                for k, year in enumerate(band.years)
            ]
        ),
        "capacity": pd.DataFrame(
            [
                {
                    "scenario": one["scenario"], "crossing": one["crossing"], "year": year,
                    "probability_full": p,
                }
                for one in told["capacity"]
                for year, p in zip(one["years"], one["probability_full"], strict=True)
            ]
        ),
        "sensitivity": pd.DataFrame(
            [
                {
                    "scenario": one["scenario"], "series": one["series"], "year": one["year"],
                    "unknown": name, "first": one["first"][name], "total": total,
                    "caught": one["caught"],
                }
                for one in told["sensitivity"]
                for name, total in one["total"].items()
            ]
        ),
        "branches": pd.DataFrame(
            [
                {k: v for k, v in one.items() if k != "splits"} | split
                for one in told["branches"]
                for split in (one["splits"] or [{}])
            ]
        ),
    }  # fmt: skip
    with pd.ExcelWriter(target, engine="xlsxwriter") as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
    return target


def fans(ensemble: Ensemble, folder: Path) -> list[Path]:
    """A picture of each series of `DRAWN` with its figures beside it."""
    import pandas as pd
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    listed = {one.name: one for one in ensemble.series}
    for name in DRAWN:
        if name not in listed:
            continue
        shares = (0.05, 0.25, 0.5, 0.75, 0.95)
        found = ensemble.quantiles(name, shares)
        figure = Figure(figsize=(7.0, 4.2), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        rows = []
        for k, scenario in enumerate(ensemble.spec.scenarios):
            colour = COLOURS[k % len(COLOURS)]
            low, quarter, middle, three, high = found[:, k]
            axes.fill_between(ensemble.years, low, high, color=colour, alpha=0.15, linewidth=0)
            axes.fill_between(ensemble.years, quarter, three, color=colour, alpha=0.2, linewidth=0)
            axes.plot(ensemble.years, middle, color=colour, label=scenario)
            rows += [
                {
                    "scenario": scenario,
                    "year": year,
                    **{f"{s:g}": found[q, k, y] for q, s in enumerate(shares)},
                }
                for y, year in enumerate(ensemble.years)
            ]
        counted = _counts(ensemble, name)
        if counted:
            axes.plot(list(counted), list(counted.values()), "o-", color="black", markersize=3,
                      linewidth=1, label="counted")  # fmt: skip
        axes.set_title(listed[name].what, loc="left", fontsize=11)
        axes.set_ylabel(listed[name].unit)
        axes.legend(frameon=False, fontsize=8)
        axes.spines[["top", "right"]].set_visible(False)
        picture = folder / f"{name}.png"
        figure.savefig(picture, dpi=130)
        table = folder / f"{name}.csv"
        pd.DataFrame(rows).to_csv(table, index=False)
        written += [picture, table]
    return written


def _counts(ensemble: Ensemble, name: str) -> dict[int, float]:
    from landbridge.outlook.anchor import joined

    one = next(one for one in ensemble.series if one.name == name)
    flows = ensemble.spec.known.flows
    return joined([flows.get(series, {}) for series in one.counted]) if one.counted else {}


def _page(ensemble: Ensemble, told: dict[str, Any], target: Path) -> Path:
    """What moved, on one page that needs no network: pictures beside it, figures in it."""
    years = ensemble.years
    strongest = {
        (one["scenario"], one["series"]): max(one["total"], key=lambda n: one["total"][n])
        for one in told["sensitivity"]
    }
    rows = "".join(
        f"<tr><td>{html.escape(s['what'])}</td><td>{html.escape(s['scenario'])}</td>"
        + "".join(
            f"<td class=n>{_shown(s['quantiles'][q][k])}</td>"
            for k in (0, len(years) - 1)
            for q in ("0.05", "0.5", "0.95")
        )
        + f"<td>{html.escape(s['unit'])}</td>"
        f"<td>{html.escape(strongest.get((s['scenario'], s['name']), ''))}</td></tr>\n"
        for s in told["series"]
    )
    branches = "".join(
        f"<li>{html.escape(b['scenario'])}: {100 * b['share']:.0f} % of draws "
        f"({100 * b['share_low']:.0f} to {100 * b['share_high']:.0f}) carry "
        f"{b['figure']:g} Mt over the Caspian in {b['year']}"
        + (
            "; set apart by " + ", ".join(html.escape(s["unknown"]) for s in b["splits"][:3])
            if b["splits"]
            else ""
        )
        + ".</li>\n"
        for b in told["branches"]
    )
    pictures = "".join(
        f'<img src="{FANS}/{name}.png" alt="{name}" width="520">\n'
        for name in DRAWN
        if (target.parent / FANS / f"{name}.png").exists()
    )
    text = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Outlook to {years[-1]}</title>
<style>body{{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;font-size:13px}}td,th{{padding:.15rem .5rem;text-align:left;
border-bottom:1px solid #ddd}}.n{{text-align:right;font-variant-numeric:tabular-nums}}</style>
<h1>Outlook to {years[-1]}: {html.escape(", ".join(told["scenarios"]))}</h1>
<p>{told["draws"]:,} draws, seed {told["seed"]}; known by the end of {told["as_of"]}. Bands hold
nine draws in ten. Series that are counted go on from the last count.</p>
<h2>The Middle Corridor at 11 Mt</h2><ul>{branches}</ul>
<h2>Fans</h2>{pictures}
<h2>What moves</h2><table><tr><th>series<th>scenario<th colspan=3>{years[0]}: 5, 50, 95 %
<th colspan=3>{years[-1]}: 5, 50, 95 %<th>unit<th>matters most</tr>
{rows}</table></html>
"""
    target.write_text(text, encoding="utf-8")
    return target


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"
