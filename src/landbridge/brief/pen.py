"""What pictures of a brief are drawn with: language, letters, colours, and how they are kept."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from landbridge.brief.called import Names
from landbridge.brief.document import Picture
from landbridge.brief.fonts import Font
from landbridge.brief.numbers import Numbers
from landbridge.brief.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GAIN, LOSS, BEFORE, AFTER, INK, SOFT, RULE = (
    "#1b7f79", "#a6541a", "#a7b2ba", "#0b4f8a", "#1d2429", "#56616a", "#e4e1d8",
)  # fmt: skip
WIDTH_IN = 6.54
"""Text width of an A4 page with margins of 22 mm."""
_DPI = 200
_CJK_WIDTH, _WIDTH = 20, 48


@dataclass(frozen=True, slots=True)
class Pen:
    """What pictures are drawn with: a language and the fonts that hold its letters."""

    language: str
    fonts: tuple[Font, ...]

    @property
    def words(self) -> Words:
        """Its words."""
        return Words(self.language)

    @property
    def numbers(self) -> Numbers:
        """Its numbers."""
        return Numbers(self.language)

    @property
    def names(self) -> Names:
        """Its names."""
        return Names(self.language)

    @contextmanager
    def style(self) -> Iterator[None]:
        """Fonts and lines of every picture."""
        import matplotlib as mpl
        from matplotlib.font_manager import fontManager

        known = {font.fname for font in fontManager.ttflist}
        for font in self.fonts:
            if str(font.path) not in known:
                fontManager.addfont(str(font.path))
        families = [font.family for font in self.fonts]
        if self.language == "zh":
            families = families[::-1]
        # The salt makes one run give one picture.
        with mpl.rc_context(
            {
                "font.family": families, "font.size": 8, "text.color": INK, "axes.edgecolor": SOFT,
                "axes.labelcolor": SOFT, "xtick.color": SOFT, "ytick.color": INK,
                "axes.linewidth": 0.6, "xtick.major.width": 0.6, "svg.hashsalt": "brief",
                "axes.unicode_minus": True,
            }
        ):  # fmt: skip
            yield

    def wrapped(self, name: str) -> str:
        """A name over two lines where it is long."""
        return textwrap.fill(name, _CJK_WIDTH if self.language == "zh" else _WIDTH)


def finished(figure: Figure, pen: Pen, name: str, note: str, alt: str) -> Picture:
    """The picture of a drawn figure; its caption gets its number later."""
    svg, png = BytesIO(), BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None})
    # The layout holds for both; working it out again would take as long as drawing.
    figure.set_layout_engine("none")
    figure.savefig(png, format="png", dpi=_DPI, metadata={"Software": None})
    title = pen.words[f"{name}.title"]
    width = float(figure.get_size_inches()[0])
    return Picture(name, title, note, alt, svg.getvalue(), png.getvalue(), width)
