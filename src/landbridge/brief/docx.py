"""A brief as a Word document: real styles, header rows that repeat, words for every picture."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from landbridge.brief.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Span,
)

_LANGUAGES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ", "zh": "zh-CN"}
_FONT, _WIDE, _MONO = "Cambria", "Microsoft YaHei", "Consolas"
_ACCENT, _SOFT, _RULE, _TINT = "0B4F8A", "56616A", "D9D5CA", "F4F1EA"
_MARGIN_MM = 22.0
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
_AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(document: Document) -> bytes:
    """The file, the same bytes for the same document."""
    import docx as word
    from docx.shared import Mm

    made = word.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(_MARGIN_MM)
    page.top_margin = page.bottom_margin = Mm(20)
    _styles(made, document.language)
    _properties(made, document)
    _foot(page, document)
    made.add_paragraph(document.kind, style="Brief Kind")
    made.add_paragraph(document.title, style="Title")
    for block in document.blocks:
        _add(made, block)
    held = BytesIO()
    made.save(held)
    return _steady(held.getvalue())


def _add(made: Any, block: Block) -> None:
    if isinstance(block, Heading):
        made.add_heading(block.text, level=1)
    elif isinstance(block, Paragraph):
        style = {"lead": "Subtitle", "small": "Brief Small", "body": "Normal"}[block.style]
        line = made.add_paragraph(style=style)
        _write(line, block.spans)
        if all(span.mark == "bold" for span in block.spans):
            line.paragraph_format.keep_with_next = True
    elif isinstance(block, Bullets):
        style = "Brief Finding" if block.style == "findings" else "List Bullet"
        for item in block.items:
            _write(made.add_paragraph(style=style), item)
    elif isinstance(block, Picture):
        _picture(made, block)
    elif isinstance(block, Grid):
        _grid(made, block)
    elif isinstance(block, Facts):
        for label, span in block.pairs:
            line = made.add_paragraph(style="Brief Small")
            _write(line, (Span(f"{label}: ", "bold"), span) if label else (span,))


def _write(line: Any, spans: Sequence[Span]) -> None:
    for span in spans:
        run = line.add_run(span.text)
        if span.mark == "bold":
            run.bold = True
        elif span.mark == "code":
            run.font.name = _MONO
        elif span.mark == "english":
            _child(run._r.get_or_add_rPr(), "w:lang", {"w:val": "en-GB"})


def _picture(made: Any, block: Picture) -> None:
    from docx.shared import Inches

    made.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    line = made.add_paragraph()
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(BytesIO(block.png), width=Inches(block.width_in))
    # Word reads these words out where a reader cannot see the picture.
    shape._inline.docPr.set("descr", block.alt)
    shape._inline.docPr.set("title", block.caption)
    made.add_paragraph(block.note, style="Brief Note")


def _grid(made: Any, block: Grid) -> None:
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
        _child(properties, "w:cantSplit", {})
        if r == 0:
            _child(properties, "w:tblHeader", {})
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


def _borders(table: Any, block: Grid) -> None:
    """Lines under rows alone, darker under the header and where a part ends."""
    held = _child(table._tbl.tblPr, "w:tblBorders", {}, _AFTER_BORDERS)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = {"w:val": "single", "w:sz": "4", "w:color": _RULE}
        drawn = side in ("bottom", "insideH")
        _child(held, f"w:{side}", line if drawn else {"w:val": "nil"})
    for r in (0, *block.rules):
        for cell in table.rows[r].cells:
            dark = _child(cell._tc.get_or_add_tcPr(), "w:tcBorders", {})
            _child(dark, "w:bottom", {"w:val": "single", "w:sz": "8", "w:color": "1D2429"})


def _styles(made: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    ink, soft, accent = (RGBColor.from_string(c) for c in ("1D2429", _SOFT, _ACCENT))
    sizes = {
        "Normal": (10.5, ink, 0, 5), "Title": (22, ink, 2, 4), "Subtitle": (12.5, soft, 0, 8),
        "Heading 1": (14, accent, 14, 4), "Caption": (9.5, ink, 10, 3),
        "List Bullet": (9.5, ink, 0, 2), "Brief Kind": (9, accent, 0, 0),
        "Brief Small": (9, ink, 2, 2), "Brief Note": (8.5, soft, 2, 8),
        "Brief Cell": (8.5, ink, 1, 1), "Brief Finding": (10.5, ink, 0, 4),
    }  # fmt: skip
    known = {style.name for style in made.styles}
    for name, (size, colour, before, after) in sizes.items():
        if name not in known:
            made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Normal"]
        style = made.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), colour
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        _letters(style, language)
    for name in ("Title", "Heading 1", "Caption"):
        made.styles[name].font.bold = True
        made.styles[name].font.italic = False
    # The template draws a line under titles.
    for line in made.styles["Title"].element.xpath("w:pPr/w:pBdr"):
        line.getparent().remove(line)
    made.styles["Subtitle"].font.italic = language != "zh"
    finding = made.styles["Brief Finding"].element.get_or_add_pPr()
    side = _child(finding, "w:pBdr", {}, ("w:shd", *_AFTER_SHADE))
    _child(side, "w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": _ACCENT})
    _child(finding, "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _TINT}, _AFTER_SHADE)


def _letters(style: Any, language: str) -> None:
    """Fonts and language of a style, for Latin, Cyrillic and Chinese letters."""
    from docx.oxml.ns import qn

    style.font.name = _FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for old in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{old}"), None)
    for letters, font in (("eastAsia", _WIDE), ("cs", _FONT)):
        fonts.set(qn(f"w:{letters}"), font)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    tag = _LANGUAGES[language]
    _child(properties, "w:lang", {"w:val": "en-GB" if language == "zh" else tag,
                                  "w:eastAsia": "zh-CN"})  # fmt: skip


def _properties(made: Any, document: Document) -> None:
    core = made.core_properties
    moment = datetime.fromisoformat(document.finished).replace(tzinfo=None)
    core.title, core.author, core.language = document.title, "landbridge", document.language
    core.subject, core.comments, core.keywords = document.kind, "", ""
    core.created = core.modified = moment
    core.last_modified_by, core.revision = "landbridge", 1


def _foot(page: Any, document: Document) -> None:
    line = page.footer.paragraphs[0]
    line.style = "Brief Note"
    line.add_run(f"{document.foot} · ")
    words = document.page.replace("{n}", "\0PAGE\0").replace("{all}", "\0NUMPAGES\0").split("\0")
    for word in words:
        if word in ("PAGE", "NUMPAGES"):
            field = _child(line._p, "w:fldSimple", {"w:instr": word})
            # What stands here until the reader's program counts its pages.
            _child(_child(field, "w:r", {}), "w:t", {}).text = "1"
        else:
            line.add_run(word)


def _child(parent: Any, name: str, values: dict[str, str], before: tuple[str, ...] = ()) -> Any:
    """Add an element, before any of those that the format wants after it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(key), value)
    after = next((child for child in parent if child.tag in set(map(qn, before))), None)
    if after is None:
        parent.append(made)
    else:
        after.addprevious(made)
    return made


def _steady(packed: bytes) -> bytes:
    """The same archive without the time of packing."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return held.getvalue()
