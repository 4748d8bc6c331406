"""Files the base world is built from: where they lie, whether they are what they should be."""

from __future__ import annotations

import hashlib
import shutil
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from landbridge import facts
from landbridge.errors import InputError, LandbridgeError, UnknownNameError

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A registered file.

    Attributes
    ----------
    id, name, version, file, licence, attribution, address : str
        `file` is its place under the data folder.
    sha256, download : str or None
        None where not known, or where it cannot be fetched as a file.
    noncommercial : bool
    """

    id: str
    name: str
    version: str
    file: str
    sha256: str | None
    download: str | None
    licence: str
    attribution: str
    address: str | None
    noncommercial: bool

    def cited(self, path: Path) -> dict[str, Any]:
        """Give what provenance keeps of the file that was read."""
        return {
            "id": self.id,
            "name": self.name,
            "version": self.version,
            "address": self.address,
            "sha256": sha256_of(path),
            "licence": self.licence,
            "attribution": self.attribution,
            "noncommercial": self.noncommercial,
        }


class DownloadError(LandbridgeError, OSError):
    """A file could not be fetched, or is not what the registry says."""


def registry() -> tuple[Source, ...]:
    """Every registered file, from `base_files.csv`.

    Examples
    --------
    >>> [source.id for source in registry() if source.noncommercial]
    ['sections', 'headings', 'heading-sections', 'sections-early']
    """
    names = Source.__dataclass_fields__
    return tuple(
        Source(**{name: getattr(row, name) for name in names}) for row in facts.rows("base_files")
    )


def source(identifier: str) -> Source:
    """Return one registered file; raises `UnknownNameError` with the closest ids."""
    known = {one.id: one for one in registry()}
    if identifier not in known:
        raise UnknownNameError.from_available("base file", identifier, known)
    return known[identifier]


def locate(folder: Path, wanted: Sequence[str]) -> dict[str, Path]:
    """Find registered files under the data folder and check them.

    Raises
    ------
    InputError
        Files are missing or differ from the registered version; all are listed.
    """
    problems, found = [], {}
    if not folder.is_dir():
        raise InputError(f"no folder {folder}: --data names the folder of the source files")
    for identifier in wanted:
        one = source(identifier)
        path = folder / one.file
        found[identifier] = path
        if not path.is_file():
            how = "`landbridge base build --download` fetches it" if one.download else one.address
            problems.append(f"{one.file} ({one.name}) is missing: {how}")
        elif one.sha256 and sha256_of(path) != one.sha256:
            problems.append(
                f"{one.file} is not {one.name} {one.version} as registered: its SHA-256 is "
                f"{sha256_of(path)[:12]}…, expected {one.sha256[:12]}…"
            )
    if problems:
        raise InputError(f"the sources in {folder} cannot be used:\n- " + "\n- ".join(problems))
    return found


def fetch(one: Source, folder: Path, *, timeout_s: float = 30.0) -> Path:
    """Fetch a registered file into the data folder, going on where an earlier try stopped.

    The file gets its name when it is whole and has the registered SHA-256; until then what is
    there of it stands beside it as `….part`. A file that is already right is left alone.

    Raises
    ------
    InputError
        The registry has no address for it.
    DownloadError
        The server does not answer or gives something else.
    """
    if not one.download:
        raise InputError(f"{one.name} cannot be fetched as a file: get it from {one.address}")
    path = folder / one.file
    if path.is_file() and one.sha256 in (None, sha256_of(path)):
        return path
    part = path.with_name(path.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    _receive(one.download, part, timeout_s)
    got = sha256_of(part)
    if one.sha256 and got != one.sha256:
        part.unlink()
        raise DownloadError(
            f"{one.download} gave a file with SHA-256 {got[:12]}…, registered is "
            f"{one.sha256[:12]}… ({one.version}): the publisher changed it, or it was cut"
        )
    part.replace(path)
    return path


def _receive(address: str, part: Path, timeout_s: float) -> None:
    if not address.startswith(("https://", "http://")):
        raise InputError(f"{address} is no http address")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(address)  # noqa: S310
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with urllib.request.urlopen(request, timeout=timeout_s) as answer:  # noqa: S310
            # A server that does not know ranges sends the whole file again.
            with part.open("ab" if answer.status == 206 else "wb") as file:
                shutil.copyfileobj(answer, file, CHUNK)
            length = answer.headers.get("Content-Length")
        if length and part.stat().st_size < int(length):
            raise DownloadError(f"{address} broke off: run the command again to go on")
    except urllib.error.HTTPError as error:
        if error.code == 416:
            return
        raise DownloadError(f"{address} answers {error.code} {error.reason}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise DownloadError(
            f"{address} cannot be reached ({reason}): without it the build works from files in "
            "the folder --data"
        ) from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
