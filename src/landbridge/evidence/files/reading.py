"""One file becomes one document, whatever its type."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from landbridge.evidence.files.decode import decode
from landbridge.evidence.files.docx import is_docx, paper
from landbridge.evidence.files.html import page, told_encoding
from landbridge.evidence.files.limits import Limits, UnreadableError
from landbridge.evidence.files.pdf import pages
from landbridge.evidence.model import Document
from landbridge.evidence.text.dates import document_date

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KNOWN_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file; save it as DOCX without a password"),
    (b"\x1f\x8b", "a packed file (gzip); unpack it first"),
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"Rar!", "a packed file (rar)"),
    (b"7z\xbc\xaf", "a packed file (7z)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Content:
    text: str
    media_type: str
    title: str | None = None
    date: str | None = None
    language: str | None = None
    address: str | None = None
    notes: tuple[str, ...] = ()


def read_file(path: Path, id: str | None = None, limits: Limits | None = None) -> Document:
    """Read a file as a document.

    Parameters
    ----------
    path : TXT, HTML, PDF or DOCX, told by its content before its name
    id : of the document; the file's name when left out
    limits : how much the file may take

    Raises
    ------
    UnreadableError
        with the reason: empty, encrypted, binary, too large, damaged, malicious
    """
    limits = limits or Limits()
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise UnreadableError(
                f"{size / 1e6:.0f} MB; the limit is {limits.file_bytes / 1e6:.0f} MB"
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be opened ({error.strerror})") from error
    return read_bytes(data, id or path.name, path.suffix.lower(), limits)


def read_bytes(
    data: bytes, id: str, suffix: str = ".txt", limits: Limits | None = None
) -> Document:
    """Read the bytes of a file as a document.

    Examples
    --------
    >>> document = read_bytes("Казахстан построил 5 дорог.".encode("utf-8"), "a.txt")
    >>> document.language, document.media_type, document.sha256[:4]
    ('ru', 'text/plain', 'a461')
    """
    limits = limits or Limits()
    content = _content(data, suffix, limits)
    if not content.text.strip():
        raise UnreadableError("empty: no text in it")
    if len(content.text) > limits.text_characters:
        raise UnreadableError(
            f"{len(content.text)} characters; the limit is {limits.text_characters}"
        )
    return Document(
        id=id,
        text=content.text,
        date=document_date(content.text) or content.date,
        language=language_of(content.text),
        title=content.title or _first_line(content.text),
        address=content.address,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=content.media_type,
        notes=content.notes,
    )


def _content(data: bytes, suffix: str, limits: Limits) -> _Content:
    if not data.strip():
        raise UnreadableError("empty")
    if b"%PDF-" in data[:1024]:
        read = pages(data, limits)
        return _Content(read.text, "application/pdf", read.title, read.date, notes=read.notes)
    if data.startswith(b"PK\x03\x04"):
        if not is_docx(data):
            raise UnreadableError("a packed file that is no Word document; unpack it first")
        word = paper(data, limits)
        return _Content(word.text, _WORD, word.title, word.date)
    for mark, what in _KNOWN_BINARY:
        if data.startswith(mark):
            raise UnreadableError(f"binary: {what}")
    if suffix in {".pdf", ".docx"}:
        raise UnreadableError(f"named {suffix} and is none: damaged or of another type")
    told = told_encoding(data)
    text, note = decode(data, told)
    notes = (note,) if note else ()
    if suffix in {".html", ".htm", ".xhtml"} or re.match(
        r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", text[:4096], re.I | re.S
    ):
        seen = page(text)
        return _Content(
            seen.text, "text/html", seen.title, seen.date, seen.language, seen.address, notes
        )
    return _Content(text, "text/plain", notes=notes)


def language_of(text: str, sample: int = 20_000) -> str:
    """Tell the language from its letters: ru, kk, zh, else en.

    Examples
    --------
    >>> language_of("Один пояс"), language_of("一带一路"), language_of("Belt")
    ('ru', 'zh', 'en')
    """
    head = text[:sample]
    letters = sum(letter.isalpha() for letter in head) or 1
    if len(re.findall(r"[\u4e00-\u9fff]", head)) > 0.2 * letters:
        return "zh"
    if len(re.findall(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]", head)) > 0.4 * letters:
        kazakh = len(re.findall(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]", head))
        return "kk" if kazakh > 0.03 * letters else "ru"
    return "en"


def _first_line(text: str) -> str | None:
    for line in text[:2000].splitlines():
        if len(line.split()) >= 3:
            return line.strip()[:200]
    return None
