"""Where compiled kernels are kept: imported before numba wherever kernels are defined."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_VARIABLE = "NUMBA_CACHE_DIR"


def keep_kernels() -> None:
    """Give numba a folder for its kernels where neither the package nor the home can be written.

    Numba writes beside the source or under the home, and fails on import where it can do neither.

    Examples
    --------
    >>> keep_kernels()
    """
    if _VARIABLE in os.environ:
        return
    if not any(_writable(folder) for folder in (Path(__file__).parent, _home_cache())):
        user = os.getuid() if hasattr(os, "getuid") else 0
        os.environ[_VARIABLE] = str(Path(tempfile.gettempdir()) / f"landbridge-kernels-{user}")


def _home_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _writable(folder: Path) -> bool:
    """Whether a file could be made in the folder, or in the nearest one above it that exists."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return os.access(there, os.W_OK)


keep_kernels()
