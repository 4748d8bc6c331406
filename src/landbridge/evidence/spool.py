"""What was read, kept on disk while it is told: as often as asked, one document at a time."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO

from landbridge.evidence.read import Read


class Spool:
    """Documents with their facts in a temporary file that goes when it is closed.

    Examples
    --------
    >>> from landbridge.evidence.model import Document
    >>> with Spool() as spool:
    ...     spool.add(Read(Document("a", "3 ports"), ()))
    ...     [one.document.id for one in spool], [one.document.id for one in spool]
    (['a'], ['a'])
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, one: Read) -> None:
        """Add a document with its facts."""
        self._file.seek(self._end)
        pickle.dump(one, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._end = self._file.tell()

    def __iter__(self) -> Iterator[Read]:
        at = 0
        while at < self._end:
            self._file.seek(at)
            # Only what `add` wrote into a file without a name is read here.
            one = pickle.load(self._file)  # noqa: S301
            at = self._file.tell()
            yield one
