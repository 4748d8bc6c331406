"""Bad and malicious files are refused with the reason, and the others are still read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from evidence_papers import pdf_of
from landbridge.evidence.files import UnreadableError, read_bytes
from landbridge.evidence.files.docx import Limits, paper
from landbridge.evidence.read import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(body: str, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", body)
        for name, data in more.items():
            packed.writestr(name, data)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(["secret"]))))
    writer.encrypt("word", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'
)
HOSTILE = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t ", "empty"),
    "zeros.txt": (b"ab\x00\x01\x02" * 500, "binary"),
    "program.txt": (b"\x7fELF" + bytes(range(256)) * 8, "program"),
    "image.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "old or encrypted"),
    "broken16.txt": (b"\xff\xfea\x00b", "mis-encoded"),
    "damaged.pdf": (b"%PDF-1.4\n1 0 obj << /Type", "PDF|text"),
    "named.pdf": (b"plain words", "none"),
    "locked.pdf": (encrypted_pdf(), "encrypted"),
    "notword.docx": (docx_of("x").replace(b"word/document.xml", b"word/nocument.xml"), "no Word"),
    "broken.docx": (docx_of("<w:document"), "damaged"),
    "entities.docx": (docx_of(ENTITIES), "entities"),
    "outside.docx": (docx_of(OUTSIDE), "entities"),
    "bomb.docx": (docx_of(" " * 30_000_000), "bomb"),
    "silent.html": (b"<html><script>51 projects</script></html>", "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_with_the_reason(name: str) -> None:
    data, reason = HOSTILE[name]
    with pytest.raises(UnreadableError, match=reason):
        read_bytes(data, name, Path(name).suffix)


def test_total_size_unpacked_is_limited() -> None:
    with pytest.raises(UnreadableError, match="bomb"):
        paper(docx_of("x", **{"word/media.bin": bytes(900_000)}), Limits(unpacked_bytes=500_000))


def test_paths_inside_a_packed_file_are_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>5 ports</w:t></w:r></w:p></w:document>'
    monkeypatch.chdir(tmp_path)
    assert (
        read_bytes(docx_of(body, **{"../../evil.txt": b"x"}), "a.docx", ".docx").text == "5 ports"
    )
    assert list(tmp_path.iterdir()) == []


def test_deeply_nested_html_is_read() -> None:
    source = b"<div>" * 20_000 + b"5 ports" + b"</div>" * 20_000
    assert read_bytes(source, "a.html", ".html").text == "5 ports"


def test_the_others_are_still_read(tmp_path: Path) -> None:
    for name, (data, _) in HOSTILE.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("There are 51 projects.", encoding="utf-8")
    (tmp_path / "good.pdf").write_bytes(pdf_of(["There are 52 projects."]))
    reading = read([tmp_path])
    assert [one.id for one in reading.documents] == ["good.pdf", "good.txt"]
    assert {fact.value for fact in reading.facts if fact.kind == "figure"} == {51, 52}
    assert {Path(one.path).name for one in reading.skipped} == set(HOSTILE)
    assert all(one.reason for one in reading.skipped)


@pytest.mark.parametrize("text", ["1" * 50_000, "1,000," * 9_000, "a " * 30_000, "(" * 20_000,
                                  "one hundred and " * 4_000, "2018 " * 9_000, "$ " * 20_000,
                                  "Belt and " * 8_000, "\n\u00a0" * 30_000 + "x"])  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    from landbridge.evidence.figures import read_figures
    from landbridge.evidence.files.limits import no_longer_than
    from landbridge.evidence.model import Document

    with no_longer_than(5.0):
        assert all(fact.quote in text for fact in read_figures(Document("d", text)))
