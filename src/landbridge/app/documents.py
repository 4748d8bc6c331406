"""Documents that visitors sent, and what was read from them, opened by one thread at a time."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from landbridge.app.folders import safe_name
from landbridge.app.refused import RefusedError

if TYPE_CHECKING:
    from landbridge.evidence.store import Store

FILES = "files"
READ = "documents.jsonl"
ENDINGS = (".txt", ".htm", ".html", ".pdf", ".docx", ".md")
_STARTS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04"}
_BATCH = 50
T = TypeVar("T")


class Documents:
    """The evidence folder: `files/` as sent, what was read from them beside it.

    Parameters
    ----------
    folder : the evidence folder; it is there
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._seen: tuple[int, int] | None = None
        self._judged: str | None = None
        (folder / FILES).mkdir(exist_ok=True)

    def use(self, ask: Callable[[Store], T]) -> T:
        """Ask the store, with everything read so far in it."""
        with self._lock:
            return ask(self._fresh())

    def conflicts(self) -> list[Any]:
        """What disagrees, looked for anew when something was read since."""

        def judge(store: Store) -> list[Any]:
            from landbridge.evidence.conflicts import find_in_pairs
            from landbridge.evidence.review import Reviews, reviewed

            held = json.dumps(sorted(store.digests().items()))
            latest = Reviews(self.folder).latest()
            mark = hashlib.sha256(
                f"{held}{sorted(map(repr, latest.values()))}".encode()
            ).hexdigest()
            if self._judged != mark:
                pairs = ((one, reviewed(facts, latest)) for one, facts in store.pairs())
                store.set_conflicts(find_in_pairs(pairs))
                self._judged = mark
            return list(store.conflicts())

        return self.use(judge)

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def _fresh(self) -> Store:
        from landbridge.evidence.runs import kept
        from landbridge.evidence.store import Store

        if self._store is None:
            self._store = Store(self.folder)
        mark = _mark(self.folder / READ)
        if mark != self._seen:
            held = self._store.digests()
            new = (
                one for one in kept(self.folder) if held.get(one.document.id) != one.document.sha256
            )
            while batch := list(islice(new, _BATCH)):
                self._store.add(
                    [one.document for one in batch], [fact for one in batch for fact in one.facts]
                )
            self._seen = mark
        return self._store


def check_type(name: str, start: bytes) -> None:
    """Refuse a file that is not what is read here, by its ending and its first bytes.

    Raises
    ------
    RefusedError
        Of another type.
    """
    ending = Path(name).suffix.casefold()
    if ending not in ENDINGS:
        what = f"{name[:100]!r} is not of a type that is read"
        raise RefusedError(415, what, where="files", mend=f"send {', '.join(ENDINGS)}")
    wanted = _STARTS.get(ending)
    if wanted is not None and wanted not in start[:1024]:
        what = f"{name[:100]!r} does not begin as a {ending[1:].upper()} does"
        raise RefusedError(
            415, what, where="files", mend="save it again, or give it its own ending"
        )
    if not start:
        raise RefusedError(422, f"{name[:100]!r} is empty", where="files", mend="send another")


def put(folder: Path, name: str, content: bytes) -> str:
    """Keep a file under its name, or with a number where another file has it; give that name."""
    safe = safe_name(name)
    stem, ending = Path(safe).stem, Path(safe).suffix
    number = 1
    while True:
        tried = safe if number == 1 else f"{stem} ({number}){ending}"
        place = folder / FILES / tried
        try:
            with place.open("xb") as file:
                file.write(content)
        except FileExistsError:
            if place.read_bytes() == content:
                return tried
            number += 1
        else:
            return tried


def count(folder: Path) -> int:
    """Files kept."""
    return sum(1 for _ in (folder / FILES).iterdir())


def known(folder: Path) -> set[str]:
    """Ids of the documents read."""
    try:
        with (folder / READ).open(encoding="utf-8") as lines:
            return {json.loads(line)["document"]["id"] for line in lines if line.endswith("\n")}
    except (OSError, ValueError):
        return set()


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
