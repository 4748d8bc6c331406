"""Every draw as one netCDF file, a chunk in memory at a time.

Classic netCDF with 64-bit offsets (CDF-2, Unidata's "netCDF Classic Format Specification"): the
head says where each variable stands, and its values are written in place.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from landbridge.outlook.ensemble import Ensemble

_DIMENSION, _VARIABLE, _ATTRIBUTE = 10, 11, 12
_CODES = {"S1": 2, ">i4": 4, ">f8": 6}
_ROUND = 4


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the file: its dimensions by name, numpy type and attributes."""

    name: str
    dims: tuple[str, ...]
    dtype: str
    attributes: Mapping[str, str]


def netcdf(ensemble: Ensemble, target: Path) -> Path:
    """Write series with dims scenario, draw, year, and the points drawn; whole or not at all."""
    spec = ensemble.spec
    labels = {"scenario": spec.scenarios, "unknown": ensemble.unknowns}
    encoded = {name: [w.encode() for w in words] for name, words in labels.items()}
    widths = {name: max(map(len, words)) for name, words in encoded.items()}
    sizes = {
        "scenario": len(spec.scenarios),
        "draw": ensemble.draws,
        "year": len(ensemble.years),
        "unknown": len(ensemble.unknowns),
        **{f"{name}_letters": width for name, width in widths.items()},
    }
    utf8 = {"_Encoding": "utf-8"}
    variables = [Variable(n, (n, f"{n}_letters"), "S1", utf8) for n in labels]
    variables += [Variable(n, (n,), ">i4", {}) for n in ("draw", "year")]
    variables.append(Variable("point", ("draw", "unknown"), ">f8", {}))
    variables += [
        Variable(
            one.name.replace("-", "_"), ("scenario", "draw", "year"), ">f8",
            {"units": one.unit, "long_name": one.what},
        )
        for one in ensemble.series
    ]  # fmt: skip
    about = {
        "Conventions": "CF-1.10",
        "known_by_the_end_of": str(spec.known.as_of),
        "seed": str(ensemble.seed),
    }
    scratch = target.with_suffix(".part")
    places = _lay_out(scratch, sizes, variables, about)
    for name, words in encoded.items():
        letters = np.array([w.ljust(widths[name], b"\0") for w in words], f"S{widths[name]}")
        places[name][:] = letters.view("S1").reshape(len(words), widths[name])
    places["draw"][:] = np.arange(ensemble.draws)
    places["year"][:] = np.array(ensemble.years)
    places["point"][:] = ensemble.points
    first = 0
    for chunk in ensemble.chunks():
        last = first + len(chunk)
        for k, one in enumerate(ensemble.series):
            values = chunk[:, :, k].transpose(1, 0, 2)
            places[one.name.replace("-", "_")][:, first:last] = values
        first = last
    for place in places.values():
        place.flush()
    scratch.replace(target)
    return target


def _lay_out(
    path: Path,
    sizes: Mapping[str, int],
    variables: Sequence[Variable],
    about: Mapping[str, str],
) -> dict[str, np.memmap[Any, Any]]:
    """Write the head and make room; returns every variable, mapped from the file."""
    length = len(_head(sizes, variables, about, [0] * len(variables)))
    offsets, at = [], length
    for one in variables:
        offsets.append(at)
        at += _bytes(one, sizes)
    with path.open("wb") as file:
        file.write(_head(sizes, variables, about, offsets))
        file.truncate(at)
    return {
        one.name: np.memmap(path, one.dtype, "r+", offset, tuple(sizes[dim] for dim in one.dims))
        for one, offset in zip(variables, offsets, strict=True)
    }


def _bytes(one: Variable, sizes: Mapping[str, int]) -> int:
    count = int(np.prod([sizes[dim] for dim in one.dims])) * np.dtype(one.dtype).itemsize
    return -(-count // _ROUND) * _ROUND


def _head(
    sizes: Mapping[str, int],
    variables: Sequence[Variable],
    about: Mapping[str, str],
    offsets: Sequence[int],
) -> bytes:
    dims = list(sizes)
    out = b"CDF\x02" + struct.pack(">i", 0)
    out += struct.pack(">ii", _DIMENSION, len(dims))
    out += b"".join(_text(name) + struct.pack(">i", sizes[name]) for name in dims)
    out += _attributes(about)
    out += struct.pack(">ii", _VARIABLE, len(variables))
    for one, offset in zip(variables, offsets, strict=True):
        out += _text(one.name) + struct.pack(">i", len(one.dims))
        out += b"".join(struct.pack(">i", dims.index(dim)) for dim in one.dims)
        out += _attributes(one.attributes)
        size = min(_bytes(one, sizes), 2**31 - 4)
        out += struct.pack(">iiq", _CODES[one.dtype], size, offset)
    return out


def _attributes(given: Mapping[str, str]) -> bytes:
    if not given:
        return struct.pack(">ii", 0, 0)
    out = struct.pack(">ii", _ATTRIBUTE, len(given))
    for name, value in given.items():
        out += _text(name) + struct.pack(">i", _CODES["S1"]) + _text(value)
    return out


def _text(words: str) -> bytes:
    raw = words.encode()
    return struct.pack(">i", len(raw)) + raw + b"\0" * (-len(raw) % _ROUND)
