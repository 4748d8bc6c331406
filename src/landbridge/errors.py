"""The errors a user may meet: each says what went wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable


class LandbridgeError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(LandbridgeError, ValueError):
    """The question cannot be asked as written (command line: exit status 2)."""


class UnknownNameError(InputError):
    """A name that no table holds."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions

    @classmethod
    def from_available(cls, kind: str, name: str, available: Iterable[str]) -> UnknownNameError:
        """Build the error, with the closest of the available names.

        Examples
        --------
        >>> print(UnknownNameError.from_available("mode", "rial", ["rail", "road"]))
        unknown mode 'rial'; did you mean 'rail' or 'road'?
        """
        from rapidfuzz import process, utils

        choices = list(available)
        found = process.extract(
            name, choices, limit=3, score_cutoff=50, processor=utils.default_process
        )
        close = tuple(choice for choice, _, _ in found)
        if close:
            hint = "; did you mean " + " or ".join(repr(c) for c in close) + "?"
        else:
            hint = f"; known: {', '.join(sorted(choices)[:12])}" if choices else ""
        return cls(f"unknown {kind} {name!r}{hint}", close)


class UnreachableError(LandbridgeError, ValueError):
    """No way exists between two places under the conditions asked for."""


class FactError(LandbridgeError, ValueError):
    """A facts table breaks its own schema."""


class CacheError(LandbridgeError, OSError):
    """The built network cannot be stored or read where it should be."""


class MissingExtraError(LandbridgeError, ImportError):
    """An optional package is needed and not installed."""

    @classmethod
    def for_package(cls, package: str, extra: str, purpose: str) -> MissingExtraError:
        """Name the package, what it is for, and the command that brings it."""
        return cls(
            f"{purpose} needs the package {package!r}: install it with "
            f"pip install 'landbridge[{extra}]'"
        )


class NotConvergedError(LandbridgeError, ArithmeticError):
    """An iteration stopped before its tolerance was met."""
