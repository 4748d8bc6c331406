"""Output files that are whole or absent, never half-written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landbridge.errors import InputError, LandbridgeError


class OutputError(LandbridgeError, OSError):
    """A file cannot be written where it was asked for."""

    @classmethod
    def from_os_error(cls, target: Path, error: OSError) -> OutputError:
        """Name the file, the system's reason, and what to do."""
        reason = error.strerror or str(error)
        return cls(f"cannot write {target}: {reason}; free some space or choose another place")


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a scratch path beside `target`, moved onto it when the block ends well.

    Whatever ends the block early, an error or Ctrl-C, leaves `target` as it was and no scratch
    file behind.

    Raises
    ------
    InputError
        The folder does not exist, or `target` is a folder.
    OutputError
        The system refuses: read-only place, full disk.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(Path(folder) / "a.txt") as scratch:
    ...         _ = scratch.write_text("done")
    ...     [path.name for path in Path(folder).iterdir()]
    ['a.txt']
    """
    target = Path(target)
    _check_place(target)
    try:
        # The suffix stays last: some writers choose their format by it.
        handle, name = tempfile.mkstemp(
            prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent
        )
        os.close(handle)
    except OSError as error:
        raise OutputError.from_os_error(target, error) from error
    scratch = Path(name)
    try:
        yield scratch
        scratch.chmod(0o666 & ~_umask())
        scratch.replace(target)
    except LandbridgeError:
        raise
    except OSError as error:
        raise OutputError.from_os_error(target, error) from error
    finally:
        scratch.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """Write UTF-8 text, whole or not at all."""
    with whole_file(target) as scratch:
        scratch.write_text(text, encoding="utf-8")


def _check_place(target: Path) -> None:
    if target.is_dir():
        raise InputError(f"cannot write {target}: it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise InputError(
            f"cannot write {target}: there is no folder {target.parent}; create it first"
        )


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
