"""landbridge: the open model of the Belt and Road."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.errors import (
        CacheError,
        FactError,
        InputError,
        LandbridgeError,
        MissingExtraError,
        NotConvergedError,
        UnknownNameError,
        UnreachableError,
    )
    from landbridge.world import World

__all__ = [
    "CacheError",
    "FactError",
    "InputError",
    "LandbridgeError",
    "MissingExtraError",
    "NotConvergedError",
    "UnknownNameError",
    "UnreachableError",
    "World",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `import landbridge` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "landbridge.world" if name == "World" else "landbridge.errors"
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
