"""Fonts that hold a brief's letters: DejaVu from matplotlib, an open Chinese one where needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from landbridge.errors import InputError, MissingExtraError

PACKAGE, EXTRA = "zhplot", "chinese"
"""Carries Noto Sans SC (SIL Open Font Licence)."""
_OWN = "zhplot/fonts/NotoSansSC-Regular.ttf"
_SYSTEM = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf", "SourceHanSansSC-Regular.otf", "SourceHanSansCN-Regular.otf",
    "wqy-microhei.ttc", "wqy-zenhei.ttc",
)  # fmt: skip
LATIN = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Font:
    """A font by the name of its family, and its file."""

    family: str
    path: Path


@cache
def latin() -> Font:
    """DejaVu Sans, which holds Latin, Cyrillic with the Kazakh letters, and signs."""
    import matplotlib as mpl

    return Font(LATIN, Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")


def chinese() -> Font:
    """A font with Chinese letters: the package's, or an open one of the system.

    Raises
    ------
    MissingExtraError
        There is neither.
    """
    found = _packaged() or _of_system()
    if found is None:
        raise MissingExtraError.for_package(PACKAGE, EXTRA, "Chinese text in a brief")
    return found


def needed(texts: Iterable[str]) -> tuple[Font, ...]:
    """Fonts that hold every letter of the texts, the first for all it has.

    Raises
    ------
    MissingExtraError
        Letters need the Chinese font and it is not there.
    InputError
        No font here holds some letters; a brief never prints boxes in their place.

    Examples
    --------
    >>> [font.family for font in needed(["Қазақстан", "CO₂"])]
    ['DejaVu Sans']
    """
    wanted = {letter for text in texts for letter in text if not letter.isspace()}
    missing = wanted - letters(latin())
    if not missing:
        return (latin(),)
    wide = chinese()
    missing -= letters(wide)
    if missing:
        raise InputError(
            f"no font here holds {' '.join(sorted(missing)[:10])}: write the scenario's name, "
            "question and sources without them"
        )
    return (latin(), wide)


def letters(font: Font) -> frozenset[str]:
    """Letters that a font can draw."""
    return _letters(str(font.path))


@cache
def _letters(path: str) -> frozenset[str]:
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(path).get_charmap()))


def _packaged() -> Font | None:
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder).parent / _OWN
        if path.is_file():
            return Font(_family(path), path)
    return None


def _of_system() -> Font | None:
    from matplotlib.font_manager import findSystemFonts

    there = {Path(path).name: Path(path) for path in findSystemFonts()}
    for name in _SYSTEM:
        if name in there:
            return Font(_family(there[name]), there[name])
    return None


def _family(path: Path) -> str:
    from matplotlib.ft2font import FT2Font

    return str(FT2Font(str(path)).family_name)
