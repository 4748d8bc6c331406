"""Bytes become text: the encoding is told or guessed, and binary is refused."""

from __future__ import annotations

import codecs
import re

from landbridge.evidence.files.limits import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = [
    "cp1251", "koi8_r", "gb18030", "cp866", "iso8859_5", "mac_cyrillic", "cp1252", "iso8859_15",
    "big5", "cp1254",
]  # fmt: skip
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.002
_MOST_BROKEN = 0.01


def decode(data: bytes, told: str | None = None) -> tuple[str, str]:
    r"""Decode the bytes of a text.

    A byte-order mark decides (and is not part of the text); then UTF-8; then the encoding told;
    then a guess among the usual ones of Latin, Russian and Chinese texts.

    Parameters
    ----------
    data : the file
    told : what the file says of itself, as an HTML page does

    Returns
    -------
    (text, note)
        the text, newlines untouched, and how it was decoded: blank for UTF-8

    Raises
    ------
    UnreadableError
        empty, binary, or in no encoding that fits

    Examples
    --------
    >>> decode("Казахстан и Китай".encode())
    ('Казахстан и Китай', '')
    >>> decode(b"\xff\xfeK\x00Z\x00")
    ('KZ', 'encoding utf-16-le by its mark')
    """
    if not data.strip():
        raise UnreadableError("empty")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                raise UnreadableError(f"mis-encoded: marked {encoding} and not in it")
            return _clean(text), "" if encoding == "utf-8" else f"encoding {encoding} by its mark"
    wide = _wide(data)
    if wide is not None:
        return wide
    text = _strict(data, "utf-8")
    if text is not None:
        return _clean(text), ""
    if b"\x00" in data:
        raise UnreadableError("binary: holds zero bytes")
    for encoding in filter(None, [told]):
        text = _strict(data, encoding)
        if text is not None:
            return _clean(text), f"encoding {encoding} as the file says"
    return _nearly(data) or _guess(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: every other byte of Latin text is zero, and most of Cyrillic is 4."""
    if len(data) % 2:
        return None
    for encoding, high in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[0:_SAMPLE:2])):
        small = sum(high.count(byte) for byte in (0, 4)) / max(1, len(high))
        text = _strict(data, encoding) if small > 0.7 else None
        if text is not None and not _CONTROL.search(text[:_SAMPLE]):
            return text, f"encoding {encoding} guessed"
    return None


def _nearly(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few broken bytes, each kept as U+FFFD."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    wide = sum(1 for letter in text[:_SAMPLE] if ord(letter) > 127) - broken
    if broken <= _MOST_BROKEN * len(text) and wide > 3 * broken:
        return _clean(text), f"{broken} bytes that are not UTF-8, kept as U+FFFD"
    return None


def _guess(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_GUESSES, threshold=0.35).best()
    text = _strict(data, best.encoding) if best else None
    if best is None or text is None:
        raise UnreadableError("mis-encoded or binary: fits none of the usual encodings")
    return _clean(text), f"encoding {best.encoding} guessed"


def _clean(text: str) -> str:
    """Refuse what decodes and is no text."""
    control = len(_CONTROL.findall(text[:_SAMPLE]))
    if control > _MOST_CONTROL * min(len(text), _SAMPLE) + 1:
        raise UnreadableError("binary: full of control characters")
    return text
