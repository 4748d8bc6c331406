"""Styles of a Word document: sizes, colours, letters and languages."""

from __future__ import annotations

from typing import Any

LANGUAGES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ", "zh": "zh-CN"}
ACCENT, SOFT, RULE, TINT = "0B4F8A", "56616A", "D9D5CA", "F4F1EA"
LINK = "Hyperlink"
_FONT, _WIDE = "Cambria", "Microsoft YaHei"
_AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def set_styles(made: Any, language: str) -> None:
    """Make a document's styles and give each the letters and the language of its text."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    ink, soft, accent = (RGBColor.from_string(c) for c in ("1D2429", SOFT, ACCENT))
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
    link = made.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = accent, True
    finding = made.styles["Brief Finding"].element.get_or_add_pPr()
    side = child(finding, "w:pBdr", {}, ("w:shd", *_AFTER_SHADE))
    child(side, "w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": ACCENT})
    child(finding, "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": TINT}, _AFTER_SHADE)


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
    child(properties, "w:lang", spoken(language))


def spoken(language: str) -> dict[str, str]:
    """Language of Latin and Cyrillic letters, and of Chinese ones."""
    latin = "en-GB" if language == "zh" else LANGUAGES[language]
    return {"w:val": latin, "w:eastAsia": "zh-CN"}


def child(parent: Any, name: str, values: dict[str, str], before: tuple[str, ...] = ()) -> Any:
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
