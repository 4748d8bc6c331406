"""What a Word file says of itself, and the same bytes for the same document."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from landbridge.brief.document import Document
from landbridge.brief.docx_styles import LANGUAGES, spoken

_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Word 2013 and later; below it the file opens with a note on compatibility.
_WORD = "15"
_PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>landbridge</Application></Properties>"
)


def finish(made: Any, document: Document) -> None:
    """Say what it is, its language and its program; drop what the template says of itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    core = made.core_properties
    moment = datetime.fromisoformat(document.finished).replace(tzinfo=None)
    core.title, core.author, core.language = (
        document.title,
        "landbridge",
        LANGUAGES[document.language],
    )
    core.subject, core.comments, core.keywords = document.kind, "", ""
    core.created = core.modified = moment
    core.last_modified_by, core.revision = "landbridge", 1
    defaults = made.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    tags = [*defaults.findall(qn("w:lang")), *made.settings.element.findall(qn("w:themeFontLang"))]
    for tag in tags:
        for name, value in spoken(document.language).items():
            tag.set(qn(name), value)
    for setting in made.settings.element.xpath("w:compat/w:compatSetting"):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD)
    package = made.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
        elif relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            relation.target_part._blob = _PROGRAM.encode()


def steady(packed: bytes) -> bytes:
    """The same archive without the time of packing."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return held.getvalue()
