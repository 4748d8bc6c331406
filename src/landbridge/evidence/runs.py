"""A run folder: each document's facts on a line of their own, written as they come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.evidence.files import Found, Skipped
from landbridge.evidence.model import Document, Fact

if TYPE_CHECKING:
    from landbridge.evidence.read import Read


_DOCUMENTS = "documents.jsonl"


class RunFolder:
    """The results of reading, kept: a crash loses the line being written and no other.

    `documents.jsonl` holds a line a document (`version`, `document` with its text, `facts`);
    `skipped.jsonl` a line a file that was not read.

    Parameters
    ----------
    folder : made where missing
    """

    def __init__(self, folder: Path) -> None:
        from importlib.metadata import version

        self._version = version("landbridge")
        self._folder = Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._documents = self._folder / _DOCUMENTS
        self._kept: dict[str, int] = {}
        self._load()
        (self._folder / "skipped.jsonl").write_text("", encoding="utf-8")

    def _load(self) -> None:
        """Learn where each document's line is; cut off a line that a crash left unfinished."""
        if not self._documents.exists():
            return
        whole = 0
        with self._documents.open("rb") as lines:
            for line in lines:
                try:
                    record = json.loads(line) if line.endswith(b"\n") else None
                except ValueError:
                    record = None
                if record is None:
                    break
                if record["version"] == self._version:
                    document = record["document"]
                    self._kept[f"{document['id']}:{document['sha256']}"] = whole
                whole += len(line)
        with self._documents.open("r+b") as file:
            file.truncate(whole)

    def place(self, found: Found, largest: int) -> int | None:
        """Give where a file's result is kept, None where it is not or the file has changed."""
        if not self._kept or found.path.stat().st_size > largest:
            return None
        digest = hashlib.sha256(found.path.read_bytes()).hexdigest()
        return self._kept.get(f"{found.id}:{digest}")

    def at(self, place: int) -> Read:
        """Read a kept result."""
        from landbridge.evidence.read import Read

        with self._documents.open("rb") as lines:
            lines.seek(place)
            record = json.loads(lines.readline())
        return Read(_document(record["document"]), tuple(map(_fact, record["facts"])))

    def keep(self, result: Read | Skipped) -> None:
        """Write a result at once."""
        if isinstance(result, Skipped):
            record: dict[str, Any] = asdict(result)
            path = self._folder / "skipped.jsonl"
        else:
            path = self._documents
            record = {
                "version": self._version,
                "document": asdict(result.document),
                "facts": [asdict(fact) for fact in result.facts],
            }
        with path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def kept(folder: Path) -> Iterator[Read]:
    """Documents with their facts as a run folder holds them, the last reading of each file."""
    from landbridge.evidence.read import Read

    path = Path(folder) / _DOCUMENTS
    if not path.exists():
        return
    latest: dict[str, int] = {}
    with path.open("rb") as lines:
        place = 0
        for line in lines:
            if line.endswith(b"\n"):
                latest[json.loads(line)["document"]["id"]] = place
            place += len(line)
        for at in sorted(latest.values()):
            lines.seek(at)
            record = json.loads(lines.readline())
            yield Read(_document(record["document"]), tuple(map(_fact, record["facts"])))


def _document(record: dict[str, Any]) -> Document:
    return Document(**{**record, "notes": tuple(record["notes"])})


def _fact(record: dict[str, Any]) -> Fact:
    return Fact(**{**record, "systems": tuple(record["systems"])})
