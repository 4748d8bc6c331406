"""Text of a Word document, read from its parts with entities forbidden and sizes checked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from landbridge.evidence.files.limits import Limits, UnreadableError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY, _CORE = "word/document.xml", "docProps/core.xml"
_SMALL_PART = 1_000_000


class Paper(NamedTuple):
    """Text of a Word document and what it says of itself."""

    text: str
    title: str | None
    date: str | None


def is_docx(data: bytes) -> bool:
    """Say whether a packed file holds a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _BODY in packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def paper(data: bytes, limits: Limits) -> Paper:
    """Read paragraphs and tables, in order; nothing is unpacked to disk.

    Raises
    ------
    UnreadableError
        a bomb, encrypted, damaged, with XML entities, or without text
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import (
        ParseError,
        fromstring,
    )

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _guard(packed, limits)
            root = fromstring(packed.read(_BODY))
            core = fromstring(packed.read(_CORE)) if _CORE in packed.namelist() else None
    except DefusedXmlException as error:
        raise UnreadableError("XML entities or a document type inside; refused") from error
    except (zipfile.BadZipFile, ParseError, KeyError, OSError, ValueError, zlib.error,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"a damaged Word file ({type(error).__name__})") from error
    text = "\n\n".join(filter(None, _blocks(root)))
    if not text.strip():
        raise UnreadableError("empty: a Word file without text")
    return Paper(text, _core(core, "title"), (_core(core, "created") or "")[:10] or None)


def _guard(packed: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse bombs before a byte is unpacked."""
    parts = packed.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("encrypted; save it without a password to read it")
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked_bytes:
        raise UnreadableError(f"a packed file of {total} bytes unpacked (a bomb?); refused")
    for part in parts:
        ratio = part.file_size / max(1, part.compress_size)
        if part.file_size > _SMALL_PART and ratio > limits.unpacked_ratio:
            raise UnreadableError(f"a part unpacks {ratio:.0f} times its size (a bomb?); refused")


def _blocks(root: Element) -> Iterator[str]:
    """Give paragraphs and tables in order; a row is a line, its cells parted by bars."""
    body = root.find(f"{_W}body")
    for block in body if body is not None else root:
        if block.tag == f"{_W}p":
            yield _line(block)
        elif block.tag == f"{_W}tbl":
            yield "\n".join(filter(None, (_row(row) for row in block.iter(f"{_W}tr"))))
        else:
            yield from (_line(one) for one in block.iter(f"{_W}p"))


def _row(row: Element) -> str:
    cells = (
        " ".join(" ".join(_line(one).split()) for one in cell.iter(f"{_W}p")).strip()
        for cell in row.findall(f"{_W}tc")
    )
    return " | ".join(cells).strip(" |")


def _line(paragraph: Element) -> str:
    pieces: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_W}tab":
            pieces.append("\t")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            pieces.append("\n")
    return "".join(pieces).strip("\n")


def _core(core: Element | None, name: str) -> str | None:
    if core is None:
        return None
    for node in core.iter():
        if re.sub(r"\{.*\}", "", str(node.tag)) == name and node.text:
            return node.text.strip()
    return None
