"""Many draws: chunks that stay on disk, done here, by processes, or by a Dask cluster."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.errors import InputError
from landbridge.outlook.choice import Floats
from landbridge.outlook.measures import Series
from landbridge.outlook.pools import Pool, pool
from landbridge.outlook.spec import Spec

if TYPE_CHECKING:
    from landbridge.outlook.engine import Engine

__all__ = ["Ensemble", "gather", "pool"]

Progress = Callable[[str, float], None]
RUN, DRAWS = "outlook.json", "draws"
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Draws of an outlook, on disk; one series is read at a time.

    Attributes
    ----------
    spec, seed, draws : what was run
    series : in the order of the chunks
    unknowns : names of the dimensions drawn
    folder : where chunks are
    points : float64[draws, U] of the unit cube
    """

    spec: Spec
    seed: int
    draws: int
    series: tuple[Series, ...]
    unknowns: tuple[str, ...]
    folder: Path
    points: Floats

    @property
    def years(self) -> tuple[int, ...]:
        """Years looked at."""
        return self.spec.years

    def values(self, name: str) -> Floats:
        """Every draw of one series, float64[scenario, draw, year].

        Raises
        ------
        UnknownNameError
            For a series that is not one of `series`.
        """
        number = self._number(name)
        parts = [chunk[:, :, number] for chunk in self.chunks()]
        return np.asarray(np.concatenate(parts).transpose(1, 0, 2))

    def chunks(self) -> Iterator[Floats]:
        """Chunks in order, each float64[draws, scenario, series, year]."""
        shape = (len(self.spec.scenarios), len(self.series), len(self.years))
        for first, last in _bounds(self.draws):
            yield _read(self.folder, first, (last - first, *shape))

    def quantiles(self, name: str, shares: Sequence[float] = QUANTILES) -> Floats:
        """Quantiles over draws, float64[shares, scenario, year]."""
        return np.asarray(np.quantile(self.values(name), shares, axis=1))

    def _number(self, name: str) -> int:
        from landbridge.errors import UnknownNameError

        names = [one.name for one in self.series]
        if name not in names:
            raise UnknownNameError.from_available("series", name, names)
        return names.index(name)


def gather(
    engine: Engine, draws: int, work: Pool, folder: Path | None, progress: Progress
) -> Ensemble:
    """Do all draws that are not done yet.

    Raises
    ------
    InputError
        Where the folder holds the draws of another run.
    """
    place = Path(tempfile.mkdtemp(prefix="landbridge-outlook-")) if folder is None else folder
    _claim(place, engine)
    shape = (len(engine.parts.spec.scenarios), len(engine.series), len(engine.parts.spec.years))
    open_ = [
        (first, last)
        for first, last in _bounds(draws)
        if not _is_whole(place, first, (last - first) * int(np.prod(shape)))
    ]
    done = draws - sum(last - first for first, last in open_)
    progress(f"{done} of {draws} draws", done / draws)
    for (first, last), values in work.do(engine, open_):
        _write(place, first, values, engine)
        done += last - first
        progress(f"{done} of {draws} draws", done / draws)
    return Ensemble(
        spec=engine.parts.spec,
        seed=engine.seed,
        draws=draws,
        series=engine.series,
        unknowns=engine.unknowns.names,
        folder=place,
        points=engine.points(0, draws),
    )


def _bounds(draws: int) -> list[tuple[int, int]]:
    from landbridge.outlook.engine import CHUNK

    return [(first, min(first + CHUNK, draws)) for first in range(0, draws, CHUNK)]


def _claim(folder: Path, engine: Engine) -> None:
    """Say whose draws a folder holds, or refuse it where they are another run's."""
    key = _key(engine)
    note = folder / RUN
    if note.exists():
        with suppress(json.JSONDecodeError):
            if json.loads(note.read_text(encoding="utf-8")).get("key") == key["key"]:
                return
        raise InputError(
            f"{folder} holds the draws of another run (another scenario, year, seed or facts): "
            "remove it, or choose another folder"
        )
    (folder / DRAWS).mkdir(parents=True, exist_ok=True)
    _whole(note, lambda path: path.write_text(json.dumps(key, indent=1) + "\n", encoding="utf-8"))


def _key(engine: Engine) -> dict[str, Any]:
    spec, parts = engine.parts.spec, engine.parts
    digest = hashlib.sha256()
    for name in sorted(parts.layers, key=str):
        digest.update(str(name).encode() + parts.layers[name].times.tobytes())
    digest.update(parts.share.tobytes())
    digest.update(repr(sorted(engine.anchors.items())).encode())
    digest.update(repr(sorted((k, v.effects) for k, v in parts.policies.items())).encode())
    told = {
        "scenarios": list(spec.scenarios),
        "to": spec.to,
        "as_of": spec.known.as_of,
        "hazards": spec.probabilities,
        "seed": engine.seed,
        "series": [one.name for one in engine.series],
        "unknowns": list(engine.unknowns.names),
    }
    digest.update(json.dumps(told, sort_keys=True).encode())
    return {"key": digest.hexdigest(), **told}


def _file(folder: Path, first: int) -> Path:
    return folder / DRAWS / f"draws-{first:07d}.parquet"


def _is_whole(folder: Path, first: int, rows: int) -> bool:
    import pyarrow.parquet as pq

    try:
        return bool(pq.read_metadata(_file(folder, first)).num_rows == rows)
    except (OSError, ValueError):
        return False


def _write(folder: Path, first: int, values: Floats, engine: Engine) -> None:
    """Write a chunk as a long table, whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    spec = engine.parts.spec
    axes = [
        np.arange(first, first + len(values)),
        np.array(spec.scenarios),
        np.array([one.name for one in engine.series]),
        np.array(spec.years),
    ]
    at = np.indices(values.shape).reshape(4, -1)
    columns: dict[str, Any] = {"draw": axes[0][at[0]].astype(np.int32)}
    for k, name in ((1, "scenario"), (2, "series")):
        words = pa.array(axes[k].tolist())
        columns[name] = pa.DictionaryArray.from_arrays(pa.array(at[k].astype(np.int16)), words)
    columns["year"] = axes[3][at[3]].astype(np.int16)
    columns["value"] = values.ravel()
    _whole(_file(folder, first), lambda path: pq.write_table(pa.table(columns), path))


def _read(folder: Path, first: int, shape: tuple[int, ...]) -> Floats:
    import pyarrow.parquet as pq

    table = pq.read_table(_file(folder, first), columns=["value"])
    return np.asarray(table.column("value").to_numpy()).reshape(shape)


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".writing-", dir=path.parent))
    try:
        write(scratch / path.name)
        (scratch / path.name).replace(path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
