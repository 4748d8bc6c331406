"""SQL over runs: their tables stacked, with the name of the run beside every row.

Only the tables that a question names are read, into memory. The database then sees no file and no
network, and takes nothing but one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.assess.columns import TableColumn, schema
from landbridge.errors import InputError
from landbridge.exchange.runs import Run, runs_in

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

RUNS = "runs"
_RUN = ("run", "str", "", "Name of the run, SCENARIO-YEAR")
_OF_RUNS = (
    _RUN,
    ("scenario", "str", "", "Short name of the scenario"),
    ("name", "str", "", "What people call it"),
    ("question", "str", "", "What it answers"),
    ("year", "int", "", "Year assessed"),
    ("baseline_year", "int", "", "Year of the network and rates compared with"),
    ("base_economy_year", "int", "", "Year of the base economy"),
    ("base_economy_sha256", "str", "", "Of the base economy"),
    ("facts_sha256", "str", "", "Of all facts tables"),
    ("landbridge", "str", "", "Version that made it"),
    ("finished", "str", "", "When it was made, UTC"),
    ("world_welfare_pct", "float", "%", "Change in real final spending of the world"),
    ("co2_mt_base", "float", "Mt CO2e a year", "Emissions of freight before"),
    ("co2_mt", "float", "Mt CO2e a year", "Emissions of freight after"),
)
_LOCKS = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET python_enable_replacements = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives.

    Attributes
    ----------
    columns : their names, each once
    types : their types as DuckDB names them
    rows : values in the order of the columns
    runs : names of the runs asked
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    runs: tuple[str, ...]


def query_schema() -> dict[str, tuple[TableColumn, ...]]:
    """Tables that can be asked, with their columns.

    Examples
    --------
    >>> [column.name for column in query_schema()["economies"]][:3]
    ['run', 'iso3', 'name']
    """
    found = {RUNS: tuple(TableColumn(RUNS, *cells) for cells in _OF_RUNS)}
    for table, columns in schema().items():
        found[table] = (TableColumn(table, *_RUN), *columns)
    return found


def query_runs(sql: str, folder: Path) -> Answer:
    """Ask all runs of a folder.

    Parameters
    ----------
    sql : one SELECT (or WITH, DESCRIBE, SUMMARIZE, EXPLAIN) in the dialect of DuckDB
    folder : folder of runs

    Raises
    ------
    InputError
        No runs there; or the question cannot be understood, or is more than a question.
    """
    import duckdb

    found = runs_in(folder)
    with duckdb.connect(":memory:") as base:
        try:
            for lock in _LOCKS:
                base.execute(lock)
            _check(base, sql)
            for table in _named(base, sql):
                base.register("held", _stacked(table, found))
                base.execute(f'CREATE TABLE "{table}" AS SELECT * FROM held')  # noqa: S608
                base.unregister("held")
            asked = base.execute(sql)
            head = asked.description or []
            rows = tuple(tuple(map(_plain, row)) for row in asked.fetchall())
        except duckdb.Error as error:
            raise InputError(f"SQL: {_reason(error)}") from error
    return Answer(
        columns=_once(str(column[0]) for column in head),
        types=tuple(str(column[1]) for column in head),
        rows=rows,
        runs=tuple(run.name for run in found),
    )


def _check(base: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = base.extract_statements(sql)
    if len(statements) != 1:
        raise InputError(f"SQL: one question at a time, this holds {len(statements)} statements")
    kind = statements[0].type.name
    if kind == "MULTI":
        raise InputError("SQL: a PIVOT must list its columns: ON flow IN ('exports', 'imports')")
    if kind not in ("SELECT", "EXPLAIN"):
        raise InputError(f"SQL: runs are only read, {kind} is not for them: ask with SELECT")


def _named(base: duckdb.DuckDBPyConnection, sql: str) -> Sequence[str]:
    """Tables that a question names; all where it is of a form that does not tell."""
    import duckdb

    known = query_schema()
    try:
        named = {name.casefold() for name in base.get_table_names(sql)}
    except duckdb.Error:
        return list(known)
    return [table for table in known if table in named] or list(known)


def _stacked(table: str, runs: Iterable[Run]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if table == RUNS:
        kinds = {"str": pa.string(), "int": pa.int64(), "float": pa.float64()}
        wanted = pa.schema([(name, kinds[kind]) for name, kind, _, _ in _OF_RUNS])
        return pa.Table.from_pylist([_of_run(run) for run in runs], schema=wanted)
    parts = []
    for run in runs:
        made = pq.read_table(run.path(table))
        name = pa.array([run.name] * len(made), pa.string())
        parts.append(made.replace_schema_metadata(None).add_column(0, "run", name))
    return pa.concat_tables(parts, promote_options="permissive")


def _of_run(run: Run) -> Mapping[str, Any]:
    about = run.about
    return {
        **about,
        "run": run.name,
        "scenario": run.scenario,
        "name": about["scenario"]["name"],
        "question": about["scenario"]["question"],
        "base_economy_year": about["base_economy"]["year"],
        "base_economy_sha256": about["base_economy"]["sha256"],
        "landbridge": about["software"]["landbridge"],
    }


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Names made different from one another.

    Examples
    --------
    >>> _once(["feu", "feu", "run"])
    ('feu', 'feu_2', 'run')
    """
    found: list[str] = []
    for name in names:
        own, number = name, 1
        while own in found:
            number += 1
            own = f"{name}_{number}"
        found.append(own)
    return tuple(found)


def _reason(error: Exception) -> str:
    """What DuckDB says, without the copy of the question below it."""
    said = str(error).split("\nLINE ")[0]
    return " ".join(said.split())
