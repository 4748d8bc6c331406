"""Arrays kept between runs beside the network: what is slow to make and soon asked for again."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts

Arrays = Mapping[str, NDArray[Any]]


class Shelf:
    """Bundles of arrays of one kind in a folder, by name; losing one costs only time.

    Parameters
    ----------
    version : bundles of another version are not found, and make room first
    most : bundles kept, the latest used

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     shelf = Shelf(Path(folder), "metrics", "a1", most=2)
    ...     shelf.put("2025", {"time_h": np.array([1.0])})
    ...     float(shelf.get("2025")["time_h"][0])
    1.0
    """

    def __init__(self, folder: Path, kind: str, version: str, *, most: int) -> None:
        self._folder = folder
        self._kind = kind
        self._version = version
        self._most = most

    def get(self, name: str) -> dict[str, NDArray[Any]] | None:
        """The arrays, read-only and mapped from disk; None where they are not or not whole."""
        place = self._place(name)
        try:
            os.utime(place)
            return {
                path.stem: np.load(path, mmap_mode="r").view(np.ndarray)
                for path in sorted(place.glob("*.npy"))
            }
        except (OSError, ValueError):
            return None

    def put(self, name: str, arrays: Arrays) -> None:
        """Keep arrays, whole or not at all; a folder that cannot be written is let be."""
        try:
            scratch = Path(tempfile.mkdtemp(prefix="building-", dir=self._folder.parent))
        except OSError:
            return
        try:
            for key, array in arrays.items():
                np.save(scratch / f"{key}.npy", np.ascontiguousarray(array), allow_pickle=False)
            shutil.rmtree(self._place(name), ignore_errors=True)
            scratch.rename(self._place(name))
            self._make_room()
        except OSError:
            pass
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _place(self, name: str) -> Path:
        return self._folder / f"{self._kind}-{self._version}-{name}"

    def _make_room(self) -> None:
        kept = sorted(self._folder.glob(f"{self._kind}-*"), key=lambda p: p.stat().st_mtime)
        for old in kept[: -self._most]:
            shutil.rmtree(old, ignore_errors=True)


def rates_key() -> str:
    """Eight hexadecimal digits that change with any fact and with the rules of routing."""
    digest = hashlib.sha256(facts.content_hash().encode())
    here = Path(__file__).parent / "routing"
    for source in sorted([*here.glob("*.py"), *(here / "rates").glob("*.py")]):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:8]
