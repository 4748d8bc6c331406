"""A brief as a Word document: real styles, header rows that repeat, words for every picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from landbridge.brief import document as blocks
from landbridge.brief.docx_package import finish, steady
from landbridge.brief.docx_styles import LINK, RULE, child, set_styles

_MONO = "Consolas"
_MARGIN_MM = 22.0
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def docx(document: blocks.Document) -> bytes:
    """The file, the same bytes for the same document."""
    import docx as word
    from docx.shared import Mm

    made = word.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(_MARGIN_MM)
    page.top_margin = page.bottom_margin = Mm(20)
    set_styles(made, document.language)
    finish(made, document)
    _foot(page, document)
    made.add_paragraph(document.kind, style="Brief Kind")
    made.add_paragraph(document.title, style="Title")
    for block in document.blocks:
        _add(made, block)
    held = BytesIO()
    made.save(held)
    return steady(held.getvalue())


def _add(made: Any, block: blocks.Block) -> None:
    if isinstance(block, blocks.Heading):
        made.add_heading(block.text, level=1)
    elif isinstance(block, blocks.Paragraph):
        style = {"lead": "Subtitle", "small": "Brief Small", "body": "Normal"}[block.style]
        line = made.add_paragraph(style=style)
        _write(line, block.spans)
        if all(span.mark == "bold" for span in block.spans):
            line.paragraph_format.keep_with_next = True
    elif isinstance(block, blocks.Bullets):
        style = "Brief Finding" if block.style == "findings" else "List Bullet"
        for item in block.items:
            _write(made.add_paragraph(style=style), item)
    elif isinstance(block, blocks.Picture):
        _picture(made, block)
    elif isinstance(block, blocks.Grid):
        _grid(made, block)
    elif isinstance(block, blocks.Facts):
        for label, span in block.pairs:
            line = made.add_paragraph(style="Brief Small")
            _write(line, (blocks.Span(f"{label}: ", "bold"), span) if label else (span,))


def _write(line: Any, spans: Sequence[blocks.Span]) -> None:
    for span in spans:
        if span.mark == "link":
            _link(line, span.text)
            continue
        run = line.add_run(span.text)
        if span.mark == "bold":
            run.bold = True
        elif span.mark == "code":
            run.font.name = _MONO
        elif span.mark == "english":
            child(run._r.get_or_add_rPr(), "w:lang", {"w:val": "en-GB"})


def _link(line: Any, address: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    known = line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run = child(child(line._p, "w:hyperlink", {"r:id": known}), "w:r", {})
    child(child(run, "w:rPr", {}), "w:rStyle", {"w:val": LINK})
    child(run, "w:t", {}).text = address


def _picture(made: Any, block: blocks.Picture) -> None:
    from docx.shared import Inches

    made.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    line = made.add_paragraph()
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(BytesIO(block.png), width=Inches(block.width_in))
    # Word reads these words out where a reader cannot see the picture.
    shape._inline.docPr.set("descr", block.alt)
    shape._inline.docPr.set("title", block.caption)
    made.add_paragraph(block.note, style="Brief Note")


def _grid(made: Any, block: blocks.Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    made.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    table = made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.autofit = False
    cells = made.styles["Brief Cell"].style_id
    first = 54.0
    rest = (210.0 - 2 * _MARGIN_MM - first) / (len(block.columns) - 1)
    for _ in block.rows:
        table.add_row()
    for r, (row, texts) in enumerate(zip(table.rows, (block.columns, *block.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        child(properties, "w:cantSplit", {})
        if r == 0:
            child(properties, "w:tblHeader", {})
        for c, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(first if c == 0 else rest)
            line = cell.paragraphs[0]
            # By its id: a look-up of the name for each cell takes as long as all the rest.
            line._p.get_or_add_pPr().style = cells
            line.paragraph_format.keep_with_next = r < len(block.rows)
            line.add_run(text).bold = r == 0
            if c:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _borders(table, block)
    made.add_paragraph(block.note, style="Brief Note")


def _borders(table: Any, block: blocks.Grid) -> None:
    """Words for the table; lines under rows alone, darker under the header and a part's end."""
    held = child(table._tbl.tblPr, "w:tblBorders", {}, _AFTER_BORDERS)
    # Read out where the table is entered.
    child(table._tbl.tblPr, "w:tblCaption", {"w:val": block.caption})
    child(table._tbl.tblPr, "w:tblDescription", {"w:val": block.note})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = {"w:val": "single", "w:sz": "4", "w:color": RULE}
        drawn = side in ("bottom", "insideH")
        child(held, f"w:{side}", line if drawn else {"w:val": "nil"})
    for r in (0, *block.rules):
        for cell in table.rows[r].cells:
            dark = child(cell._tc.get_or_add_tcPr(), "w:tcBorders", {})
            child(dark, "w:bottom", {"w:val": "single", "w:sz": "8", "w:color": "1D2429"})


def _foot(page: Any, document: blocks.Document) -> None:
    line = page.footer.paragraphs[0]
    line.style = "Brief Note"
    line.add_run(f"{document.foot} · ")
    words = document.page.replace("{n}", "\0PAGE\0").replace("{all}", "\0NUMPAGES\0").split("\0")
    for word in words:
        if word in ("PAGE", "NUMPAGES"):
            field = child(line._p, "w:fldSimple", {"w:instr": word})
            # What stands here until the reader's program counts its pages.
            child(child(field, "w:r", {}), "w:t", {}).text = "1"
        else:
            line.add_run(word)
