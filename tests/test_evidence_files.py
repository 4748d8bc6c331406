"""Files of four kinds become text; folders are walked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidence_papers import pdf_of
from landbridge.errors import InputError
from landbridge.evidence.files import Limits, UnreadableError, find, read_bytes, read_file
from landbridge.evidence.files.limits import no_longer_than

RUSSIAN = (
    "Казахстан и Китай подписали соглашение о строительстве дорог. В проекте участвуют "
    "пятьдесят стран, а объём перевозок вырос на треть. Министр сказал, что дорога важна.\n"
) * 4
CHINESE = "中国与哈萨克斯坦签署了关于共建丝绸之路经济带的合作文件，两国贸易额增长。" * 8


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"]
)
def test_russian_encodings(encoding: str) -> None:
    document = read_bytes(RUSSIAN.encode(encoding), "a.txt")
    assert document.text == RUSSIAN
    assert document.language == "ru"
    assert bool(document.notes) == (encoding not in {"utf-8", "utf-8-sig"})


def test_chinese_gb18030() -> None:
    document = read_bytes(CHINESE.encode("gb18030"), "a.txt")
    assert document.text == CHINESE
    assert document.language == "zh"


def test_text_is_kept_as_decoded() -> None:
    text = "\ufeffa\r\nb\u00a0c\rd\te \n\n"
    assert read_bytes(text.encode(), "a.txt").text == text[1:]


def test_html_shows_what_a_reader_sees() -> None:
    source = (
        "<!doctype html><html lang='ru'><head><title>Road</title>"
        "<meta property='article:published_time' content='2019-04-30T10:00:00Z'>"
        "<style>p{}</style></head><body><script>alert(51)</script><h1>Belt</h1>"
        "<p>One&nbsp;<b>belt</b>, 5&amp;6</p><ul><li>a<li>b</ul><!-- no --></body></html>"
    )
    first, second = (read_bytes(source.encode(), "a.html", ".html") for _ in range(2))
    assert first == second
    assert first.text == "Belt\n\nOne\u00a0belt, 5&6\n\na\n\nb"
    assert (first.title, first.date, first.media_type) == ("Road", "2019-04-30", "text/html")


def test_html_says_its_encoding() -> None:
    source = f"<html><meta charset=windows-1251><p>{RUSSIAN}".encode("cp1251")
    assert "Казахстан" in read_bytes(source, "a.htm", ".htm").text


def test_pdf_has_its_text() -> None:
    document = read_bytes(
        pdf_of(["There are 51 projects.", "Four were launched."]), "a.pdf", ".pdf"
    )
    assert "51 projects" in document.text
    assert document.media_type == "application/pdf"


def test_docx_has_paragraphs_and_tables(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    paper.core_properties.title = "Roads"
    paper.add_paragraph("There are 51 projects.")
    paper.add_table(rows=1, cols=2).cell(0, 1).text = "15 days"
    paper.save(str(tmp_path / "a.docx"))
    document = read_file(tmp_path / "a.docx")
    assert document.text == "There are 51 projects.\n\n15 days"
    assert document.title == "Roads"


def test_folders_are_walked_in_order_and_names_made_unique(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "a/y.txt", ".git/z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    files, skipped = find([tmp_path])
    assert [one.id for one in files] == ["a/x.txt", "y.txt", "b/x.txt"]
    assert skipped == ()
    assert len(find([tmp_path, tmp_path / "a" / "x.txt"])[0]) == 3


def test_a_missing_path_is_named() -> None:
    with pytest.raises(InputError, match="no such file"):
        find(["/nowhere/at/all"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are of POSIX")
def test_links_out_and_pipes_are_skipped(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.txt").write_text("text", encoding="utf-8")
    (inside / "out.txt").symlink_to(outside / "a.txt")
    (inside / "up").symlink_to(tmp_path)
    (inside / "near.txt").symlink_to(inside / "a.txt")
    (inside / "gone.txt").symlink_to(inside / "none")
    os.mkfifo(inside / "pipe")
    files, skipped = find([inside])
    assert {one.path.name for one in files} == {"a.txt", "near.txt"}
    reasons = {Path(one.path).name: one.reason for one in skipped}
    assert set(reasons) == {"out.txt", "up", "gone.txt", "pipe"}
    assert "leads out" in reasons["out.txt"]


def test_time_is_limited() -> None:
    def forever() -> None:
        with no_longer_than(0.05):
            while True:
                pass

    with pytest.raises(UnreadableError, match="longer"):
        forever()


def test_size_is_limited(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("word " * 100, encoding="utf-8")
    with pytest.raises(UnreadableError, match="limit"):
        read_file(tmp_path / "a.txt", limits=Limits(file_bytes=100))
    with pytest.raises(UnreadableError, match="characters"):
        read_file(tmp_path / "a.txt", limits=Limits(text_characters=100))
