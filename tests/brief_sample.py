"""A small made-up run, for tests of briefs that take no network: figures nobody would mistake."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from io import StringIO

import pyarrow as pa
import pyarrow.parquet as pq

from landbridge.assess.columns import framed, schema
from landbridge.brief.numbers import Numbers

ECONOMIES = """iso3,name,welfare_pct,real_gdp_pct,exports_pct,imports_pct,imputed_share
KGZ,Kyrgyz Republic,0.06507,0.08013,0.08719,0.01623,0.553
KAZ,Kazakhstan,0.03266,0.03217,0.04021,0.05044,0.071
UZB,Uzbekistan,0.00780,0.00771,0.01207,0.00819,0.729
RUS,Russian Federation,0.00530,0.00491,0.03533,0.05312,0.069
LTU,Lithuania,-0.00241,-0.00189,-0.01013,-0.00977,0.091
KHM,Cambodia,-0.31713,-0.28851,-0.72619,-0.68837,0.044
ROW,Rest of the world,-0.00049,-0.00031,0.00101,0.00093,0.999
"""
CORRIDORS = """id,kind,name,mode,feu_base,feu,feu_pct,time_h_base,time_h
way:sea,way,By sea,sea,402126430.4,402129487.3,0.00076,673.2,673.2
way:dostyk,way,By rail over Alashankou-Dostyk,rail,665371.5,744845.9,11.944,227.4,208.1
way:khorgos,way,By rail over Khorgos-Altynkol,rail,820725.2,792254.8,-3.469,230.3,230.3
way:torugart,way,By rail over Kashgar-Torugart,rail,0.0,21347.6,,,611.7
way:southern,way,By rail over Iran,rail,162211.4,0.2,-99.9999,502.6,493.9
northern,corridor,Northern route (China-Kazakhstan-Russia),,1653104.2,1707219.7,3.2735,230.1,230.1
middle,corridor,Trans-Caspian,,31956.4,34276.8,7.2612,689.4,672.6
"""
CROSSINGS = """\
id,name,economies,mode,feu_base,feu,hours_base,hours,capacity_share_base,capacity_share
rail-alashankou-dostyk,Alashankou-Dostyk,"CHN,KAZ",rail,693085.6,894873.1,31.7583,12.9301,0.92526,0.59732
rail-khorgos-altynkol,Khorgos (Horgos)-Altynkol,"CHN,KAZ",rail,960018.3,812346.7,31.7583,31.7583,,
rail-saryagash-keles,Saryagash-Keles,"KAZ,UZB",rail,1676247.1,1678168.9,17.3808,17.3808,1.65761,1.65951
ferry-aktau-alat,Aktau-Alat,"KAZ,AZE",ferry,27759.4,30087.1,13.6,13.6,0.62338,0.67566
"""
LEVERS = """lever,kind,what,acts,source
1,crossing,Alashankou–Dostyk: hours -50 %,True,a paper
2,plant,"plant: (food, KAZ), 1,735 (1,214 to 2,082) million USD",False,another paper
"""
BANDS = """name,iso3,low,median,high
welfare_pct,KAZ,0.02113,0.03311,0.04719
welfare_pct,KHM,-0.44817,-0.31119,-0.18873
"""
FACTS = """table,rows,published,derived,layer,rule,general,sha256
crossings,883,129,0,641,0,113,aa
rates_sea,38,31,0,0,7,0,bb
"""
SOURCES = """table,source_title,address,as_of,confidence,rows,sha256
scenario,Record train transfers to China via Altynkol (KTZ),https://example.org/ktz,2025-07,,,
base economy,CEPII GeoDist,https://example.org/geodist?id=6,2011,published,,cc
crossing_dwell,CPMM 2022 report: PRC (Table 3.3),https://example.org/cpmm,2021,published,17,
crossings,Border posts,https://example.org/posts,2024,published,29,
"""


def rows_of(text):
    """Rows of a table written as CSV, numbers as numbers."""
    return [
        {key: _value(cell) for key, cell in row.items()} for row in csv.DictReader(StringIO(text))
    ]


def _value(cell):
    if cell in ("True", "False"):
        return cell == "True"
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def write_run(folder, *, bands=True, scenario=None, **tables):
    """Write a run whose tables are those above, or the CSV given by name."""
    folder.mkdir(parents=True)
    texts = {
        "economies": ECONOMIES, "corridors": CORRIDORS, "crossings": CROSSINGS, "levers": LEVERS,
        "bands": BANDS if bands else BANDS.splitlines()[0], "facts_used": FACTS,
        "facts_sources": SOURCES,
    } | tables  # fmt: skip
    for name, text in texts.items():
        rows = [
            {column.name: row.get(column.name) for column in schema()[name]}
            for row in rows_of(text)
        ]
        made = framed(name, rows)
        pq.write_table(pa.Table.from_pandas(made, preserve_index=False), folder / f"{name}.parquet")
    about = {
        "format": "landbridge-run",
        "format_version": 1,
        "run": folder.name,
        "year": 2025,
        "baseline_year": 2025,
        "scenario": {
            "id": "dostyk-reform",
            "name": "Dostyk at half the hours",
            "question": "What does Kazakhstan gain if trains cross at Dostyk in half the time, "
            "twice as many a day?",
            "file": "shipped:dostyk-reform",
            "levers": [
                {
                    "kind": "crossing", "crossing": "rail-alashankou-dostyk", "direction": "both",
                    "hours": None, "hours_factor": {"value": 0.5, "low": 0.36, "high": 0.77},
                },
                {
                    "kind": "plant", "economy": "KAZ", "sector": "food",
                    "cost_usd_mn": {"value": 1735.0, "low": 1214.0, "high": 2082.0},
                },
            ],
        }
        | (scenario or {}),
        "base_economy": {"year": 2023, "economies": 90, "sectors": 17, "licence": "CC-BY-NC-4.0"},
        "facts_sha256": "35535a1595983b5f" * 4,
        "software": {"landbridge": "0.1.0"},
        "seeds": {"draws": 20260314} if bands else {},
        "started": None,
        "finished": "2026-11-22T04:46:46+00:00",
        "zones": 493,
        "world_welfare_pct": 0.000391,
        "co2_mt_base": 1677.9365,
        "co2_mt": 1681.1544,
        "convergence": {
            "converged": True, "iterations": 29, "residual": 7e-11, "assignment_gap": 0.00086,
            "rounds": 3,
        },
        "notes": [],
        "attribution": "© OpenStreetMap contributors (ODbL) via scgraph-data; Natural Earth",
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


UNITS = {"million": 6, "млн": 6, "万": 4, "亿": 8}


def numbers_in(text, language):
    """Every number of a text, as (value, half of its last place), by the language's conventions."""
    symbols = Numbers(language).locale.number_symbols["latn"]
    group, decimal = symbols["group"], symbols["decimal"]
    pattern = rf"([−-]?\d[\d{group}]*(?:{re.escape(decimal)}\d+)?)\s?(million|млн|万|亿)?"
    for found in re.finditer(pattern, text):
        written, unit = found.groups()
        plain = written.replace("−", "-").replace(group, "").replace(decimal, ".")
        number = Decimal(plain)
        scale = Decimal(10) ** UNITS.get(unit, 0)
        last = Decimal(10) ** number.as_tuple().exponent * scale
        digits = len(plain.lstrip("-"))
        if unit is None and abs(number) >= 1000 and number % 10 ** (digits - 3) == 0:
            # Containers are written to three figures.
            last = Decimal(10) ** (digits - 3)
        yield float(number * scale), float(last) / 2


def of_run(tables, about):
    """Every number that a brief may show: those of the run, differences and ratios before/after."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            found.extend((value, 100.0 * value))

    walk({key: item for key, item in about.items() if key != "format_version"})
    before, after = about["co2_mt_base"], about["co2_mt"]
    found.extend((after - before, 100.0 * (after / before - 1.0)))
    for name, made in tables.items():
        found.append(len(made))
        for column in made.select_dtypes("number"):
            values = [float(v) for v in made[column].dropna()]
            found.extend(values)
            if name == "facts_used":
                found.append(sum(values))
            if schema_unit(name, column) in ("share", "0 to 1"):
                found.extend(100.0 * v for v in values)
            base = f"{column}_base"
            if base in made:
                for was, now in zip(made[base], made[column], strict=True):
                    if was == was and now == now:
                        found.append(now - was)
                        found.extend([100.0 * (now / was - 1.0)] if was else [])
    return found


def schema_unit(table, column):
    return next(c.unit for c in schema()[table] if c.name == column)
