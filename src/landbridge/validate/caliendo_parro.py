"""The solver beside Caliendo & Parro (2015): Tables 2, 5, 7 and 11 of the NAFTA paper."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from landbridge.economy.base import Array, BaseEconomy, Shock
from landbridge.economy.caliendo_parro import (
    ECONOMIES,
    Model,
    PaperTables,
    calibrate,
    model_tables,
    read_base_year,
    read_tables,
)
from landbridge.economy.equilibrium import solve
from landbridge.economy.results import Equilibrium
from landbridge.validate.targets import Target

YEAR = 1993
NAFTA = ("MEX", "CAN", "USA")
PAPER = "Caliendo & Parro (2015), Review of Economic Studies 82(1), 1-44"
REPLICATION = (
    "independent replication of the paper's Table 5, README of the R package cp2015, "
    "https://github.com/pachadotdev/cp2015 (not the printed table)"
)

TABLE_2 = {
    "MEX": (1.31, -0.41, 1.72, 1.72),
    "CAN": (-0.06, -0.11, 0.04, 0.32),
    "USA": (0.08, 0.04, 0.04, 0.11),
}
"""Total, terms of trade, volume of trade, real wage, in per cent, as printed."""
TABLE_5 = {
    ("MEX", "CAN"): 116.60,
    ("MEX", "USA"): 118.31,
    ("CAN", "MEX"): 58.57,
    ("CAN", "USA"): 9.49,
    ("USA", "MEX"): 109.54,
    ("USA", "CAN"): 6.57,
}
"""Growth of the first's imports from the second, in per cent."""
ABSTRACT = {"MEX": 118.0, "CAN": 11.0, "USA": 41.0}
"""Growth of imports from the other two members, in per cent, as the abstract rounds it."""
MODELS: tuple[Model, ...] = ("one_sector", "no_materials", "no_io", "benchmark")


def run(data_dir: Path | str) -> list[Target]:
    """Compute the paper's tables from the authors' files in `data_dir`.

    Parameters
    ----------
    data_dir
        Folder with the replication files: the text tables and the balanced base year of 1993.

    Returns
    -------
    list of Target
        Tables 2 and 5 (tariffs between the members at their 2005 level), 7 (all tariffs at their
        2005 level) and 11 (the same as 2 and 5 in four models), all in per cent.

    Raises
    ------
    InputError
        A file is missing.
    """
    folder = Path(data_dir)
    tables = read_tables(folder)
    base = read_base_year(folder)
    members = solve(base, Shock(tariff=members_tariff(tables)))
    world = solve(base, Shock(tariff=tables.tariff_2005))
    return [
        *_table_2(members),
        *_table_5(members),
        *_table_7(world),
        *_table_11(tables),
    ]


caliendo_parro_tables = run


def members_tariff(tables: PaperTables) -> Array:
    """Tariffs of 1993, with those between the three members at their 2005 level, (J, N, N)."""
    rates = tables.tariff_1993.copy()
    for importer in _positions(NAFTA):
        for exporter in _positions(NAFTA):
            rates[:, importer, exporter] = tables.tariff_2005[:, importer, exporter]
    return rates


def import_growth_pct(base: BaseEconomy, found: Equilibrium, importer: str, *sellers: str) -> float:
    """Growth of an economy's imports from the sellers together, before tariffs, in per cent."""
    here, there = ECONOMIES.index(importer), _positions(sellers)
    before = base.trade[:, here, there].sum()
    return float(100.0 * (found.trade[:, here, there].sum() / before - 1.0))


def _positions(names: tuple[str, ...]) -> list[int]:
    return [ECONOMIES.index(name) for name in names]


def _others(name: str) -> tuple[str, ...]:
    return tuple(member for member in NAFTA if member != name)


def _table_2(found: Equilibrium) -> list[Target]:
    split = found.welfare
    columns = (
        ("total", split.total),
        ("terms_of_trade", split.terms_of_trade),
        ("volume_of_trade", split.volume_of_trade),
        ("real_wage", found.real_wage_hat - 1.0),
    )
    return [
        _target(
            f"table2.{name}.{column}",
            f"Table 2, tariffs between members: {column.replace('_', ' ')} of {name}",
            100.0 * float(values[ECONOMIES.index(name)]),
            printed,
            0.01,
            f"{PAPER}, Table 2",
        )
        for name, row in TABLE_2.items()
        for (column, values), printed in zip(columns, row, strict=True)
    ]


def _table_5(found: Equilibrium) -> list[Target]:
    pairs = [
        _target(
            f"table5.{importer}.{exporter}",
            f"Table 5, tariffs between members: imports of {importer} from {exporter}",
            import_growth_pct(found.base, found, importer, exporter),
            printed,
            0.01,
            REPLICATION,
        )
        for (importer, exporter), printed in TABLE_5.items()
    ]
    together = [
        _target(
            f"table5.{name}.members",
            f"Tariffs between members: imports of {name} from the other two",
            import_growth_pct(found.base, found, name, *_others(name)),
            printed,
            1.0,
            f"{PAPER}, abstract",
        )
        for name, printed in ABSTRACT.items()
    ]
    return pairs + together


def _table_7(found: Equilibrium) -> list[Target]:
    split = found.welfare
    columns = (
        ("total", split.total),
        ("volume_of_trade", split.volume_of_trade),
        ("terms_of_trade", split.terms_of_trade),
    )
    return [
        _target(
            f"table7.{name}.{column}",
            f"Table 7, tariffs of the whole world: {column.replace('_', ' ')} of {name}",
            100.0 * float(values[place]),
            None,
            0.01,
            f"{PAPER}, Table 7 (printed figures not at hand)",
        )
        for place, name in enumerate(ECONOMIES)
        for column, values in columns
    ]


def _table_11(tables: PaperTables) -> list[Target]:
    rows = []
    for model in MODELS:
        reduced = model_tables(tables, model)
        base = calibrate(reduced)
        found = solve(base, Shock(tariff=members_tariff(reduced)))
        total = found.welfare.total
        for name in NAFTA:
            known = model == "benchmark"
            rows += [
                _target(
                    f"table11.{model}.{name}.welfare",
                    f"Table 11, model {model}: welfare of {name}",
                    100.0 * float(total[ECONOMIES.index(name)]),
                    TABLE_2[name][0] if known else None,
                    0.01,
                    f"{PAPER}, " + ("Table 2" if known else "Table 11 (printed not at hand)"),
                ),
                _target(
                    f"table11.{model}.{name}.imports",
                    f"Table 11, model {model}: imports of {name} from the other two members",
                    import_growth_pct(base, found, name, *_others(name)),
                    ABSTRACT[name] if known else None,
                    1.0,
                    f"{PAPER}, " + ("abstract" if known else "Table 11 (printed not at hand)"),
                ),
            ]
    return rows


def _target(
    id_: str, what: str, model: float, published: float | None, digit: float, source: str
) -> Target:
    """Compare at the digits printed: `digit` is the unit of the last one."""
    low = high = within = None
    if published is not None:
        low, high = (float(np.round(published + way * digit / 2, 6)) for way in (-1, 1))
        within = low <= model <= high
    return Target(
        id=id_,
        what=what,
        year=YEAR,
        published=published,
        published_low=low,
        published_high=high,
        model=model,
        unit="per cent",
        fitted=False,
        source=source,
        within=within,
    )
