"""Files that visitors send: limited in number, size and kind, kept whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import UploadFile

from landbridge.app.documents import check_type, count, put
from landbridge.app.refused import RefusedError
from landbridge.app.settings import Limits


async def keep(files: Sequence[UploadFile], folder: Path, limits: Limits) -> list[str]:
    """Keep files in the evidence folder.

    Returns
    -------
    list of str
        Names they are kept under.

    Raises
    ------
    RefusedError
        Too many or too large, of another kind, empty, or a full folder; nothing is kept then.
    """
    if len(files) > limits.upload_files:
        what = f"{len(files)} files at once, {limits.upload_files} at most"
        raise RefusedError(413, what, where="files", mend="send fewer at a time")
    if count(folder) + len(files) > limits.documents:
        what = f"the folder holds {count(folder)} documents, {limits.documents} at most"
        raise RefusedError(409, what, mend="remove some from the data folder")
    read: list[tuple[str, bytes]] = []
    for file in files:
        left = limits.upload_bytes - sum(len(content) for _, content in read)
        content = await file.read(left + 1)
        if len(content) > left:
            what = f"the files are larger than {limits.upload_bytes:,} bytes together"
            raise RefusedError(413, what, where="files", mend="send fewer at a time")
        check_type(file.filename or "", content)
        read.append((file.filename or "", content))
    return [put(folder, name, content) for name, content in read]
