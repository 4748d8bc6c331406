"""Skims as long Parquet: one row a pair, ready for DuckDB or pandas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from landbridge.exchange.files import whole_file
from landbridge.exchange.omx import MATRICES
from landbridge.exchange.sources import provenance

if TYPE_CHECKING:
    import pyarrow as pa

    from landbridge.routing.skim import Skim


def write_skim(skim: Skim, target: Path) -> None:
    """Write `from_id, to_id, …, reason`, with units and sources in the file's metadata."""
    import pyarrow.parquet as pq

    with whole_file(target) as scratch:
        pq.write_table(skim_table(skim), scratch, compression="zstd")


def skim_table(skim: Skim) -> pa.Table:
    """Lay the Z × Z pairs out as rows; an unreachable pair has nulls and a `reason`."""
    import pyarrow as pa

    zones = len(skim.zones)
    ids = pa.array([str(zone.id) for zone in skim.zones])
    names = pa.array([zone.name for zone in skim.zones])
    rows = np.arange(zones, dtype=np.int32)
    start, end = np.repeat(rows, zones), np.tile(rows, zones)
    columns = {
        "from_id": pa.DictionaryArray.from_arrays(start, ids),
        "to_id": pa.DictionaryArray.from_arrays(end, ids),
        "from_name": pa.DictionaryArray.from_arrays(start, names),
        "to_name": pa.DictionaryArray.from_arrays(end, names),
    }
    for name in MATRICES:
        values = np.asarray(getattr(skim, name), np.float32).ravel()
        columns[name] = pa.array(values, mask=np.isnan(values))
    columns["reason"] = _reasons(skim, zones)
    fields = [
        pa.field(name, column.type, metadata=_field_metadata(name))
        for name, column in columns.items()
    ]
    about = {**provenance(), "zones": json.dumps([_zone(zone) for zone in skim.zones])}
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields, metadata=about))


def _reasons(skim: Skim, zones: int) -> pa.Array:
    import pyarrow as pa

    words = sorted(set(skim.reasons.values()))
    code = np.full(zones * zones, -1, np.int32)
    place = {word: position for position, word in enumerate(words)}
    for (start, end), word in skim.reasons.items():
        code[start * zones + end] = place[word]
    return pa.DictionaryArray.from_arrays(
        pa.array(code, mask=code < 0), pa.array(words, pa.string())
    )


def _field_metadata(name: str) -> dict[str, str] | None:
    return {"unit": MATRICES[name]} if name in MATRICES else None


def _zone(zone: object) -> dict[str, object]:
    keys = ("id", "name", "economy", "lat", "lon", "population")
    return {key: getattr(zone, key) for key in keys}
