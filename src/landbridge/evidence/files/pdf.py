"""Text of a PDF, page after page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from typing import NamedTuple

from landbridge.evidence.files.limits import Limits, UnreadableError


class Pages(NamedTuple):
    """Text of all pages, blank lines between, and what the file says of itself."""

    text: str
    title: str | None
    date: str | None
    notes: tuple[str, ...]


def pages(data: bytes, limits: Limits) -> Pages:
    """Read the text layer of a PDF.

    Raises
    ------
    UnreadableError
        encrypted, damaged, with too many pages, or without any text (a scan)
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise UnreadableError("encrypted; save it without a password to read it")
        count = len(reader.pages)
        if count > limits.pages:
            raise UnreadableError(f"{count} pages; the limit is {limits.pages}")
        texts: list[str] = []
        length = 0
        for one in reader.pages:
            texts.append(one.extract_text() or "")
            length += len(texts[-1])
            if length > limits.text_characters:
                raise UnreadableError(f"more than {limits.text_characters} characters of text")
        info: Mapping[str, object] = reader.metadata or {}
        title, made = str(info.get("/Title") or "").strip(), str(info.get("/CreationDate") or "")
    except UnreadableError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
            OverflowError, AssertionError, NotImplementedError, OSError) as error:  # fmt: skip
        raise UnreadableError(f"a damaged PDF ({type(error).__name__})") from error
    text = "\n\n".join(texts).encode("utf-8", errors="replace").decode("utf-8")
    if not text.strip():
        raise UnreadableError("no text layer (a scan?); recognise its text first")
    blank = sum(not one.strip() for one in texts)
    notes = (f"{blank} of {count} pages without text",) if blank else ()
    match = re.match(r"D:((?:19|20)\d\d)(\d\d)(\d\d)", made)
    return Pages(text, title or None, "-".join(match.groups()) if match else None, notes)
