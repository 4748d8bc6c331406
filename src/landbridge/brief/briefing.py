"""Write the brief of a run: what a think tank publishes, in four languages and three formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from landbridge.brief.contents import TABLES, contents, titles
from landbridge.brief.document import Document
from landbridge.brief.fonts import Font, needed
from landbridge.brief.numbers import LANGUAGES, checked
from landbridge.brief.pen import Pen
from landbridge.brief.words import Words
from landbridge.errors import UnknownNameError
from landbridge.exchange.files import OutputError, whole_file
from landbridge.exchange.runs import Run, read_run

FORMATS = ("html", "pdf", "docx")

__all__ = ["FORMATS", "LANGUAGES", "write_brief"]


def write_brief(
    run_folder: Path,
    out: Path,
    language: str = "en",
    formats: Sequence[str] = FORMATS,
) -> list[Path]:
    """Write the brief of a run as `out/RUN-LANGUAGE.FORMAT`.

    Two to four A4 pages: the question, the answer in four sentences, a map, three charts, two
    tables, the method, uncertainty, what is not modelled, sources. Every number comes from the run,
    and the only date is the run's own: one run gives the same bytes again.

    Parameters
    ----------
    run_folder : written by `landbridge assess --out` or `write_run`
    out : folder for the files, made where it is missing
    language : en, ru, kk or zh
    formats : of html, pdf, docx

    Returns
    -------
    list of Path
        Files written, in the order of `formats`.

    Raises
    ------
    UnknownNameError
        Another language or format, with the closest.
    InputError
        No run there, or its texts hold letters that no font here has.
    MissingExtraError
        Chinese letters are asked for and no Chinese font is there.
    OutputError
        The system refuses to write.
    """
    checked(language)
    makers = [_maker(name) for name in formats]
    run = read_run(Path(run_folder))
    tables = {name: run.table(name) for name in TABLES}
    fonts = needed(_texts(run, language))
    document = contents(run, tables, Pen(language, fonts))
    # What sources and places are called may need letters that the words do not.
    fonts = needed([*_texts(run, language), *document.text()])
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError.from_os_error(out, error) from error
    written = []
    for name, make in zip(formats, makers, strict=True):
        target = out / f"{run.name}-{language}.{name}"
        made = make(document, fonts)
        with whole_file(target) as scratch:
            scratch.write_bytes(made)
        written.append(target)
    return written


def _maker(name: str) -> Callable[[Document, tuple[Font, ...]], bytes]:
    if name == "html":
        from landbridge.brief.html import html

        return lambda document, _fonts: html(document)
    if name == "pdf":
        from landbridge.brief.pdf import pdf

        return pdf
    if name == "docx":
        from landbridge.brief.docx import docx

        return lambda document, _fonts: docx(document)
    raise UnknownNameError.from_available("format", name, FORMATS)


def _texts(run: Run, language: str) -> Iterable[str]:
    """Texts whose letters pictures need: the language's own words, and the scenario's."""
    yield Words(language)["answer"]
    yield from titles(run.about, language)
