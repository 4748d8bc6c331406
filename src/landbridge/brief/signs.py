"""What is set upon the land of a brief's map: circles, their key, names, the legend."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from landbridge.brief.pen import AFTER, INK, LOSS, SOFT, WIDTH_IN, Pen
from landbridge.brief.projection import EqualEarth, Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STILL, NONE = "#f4f1ea", "#dcdcd8"
_MORE = ("#cfe8e4", "#7fc2b9", "#1b7f79")
_LESS = ("#f3dfc6", "#dcaa74", "#a6541a")
_LARGEST_PT, _SMALLEST_PT, _LABEL_PT = 26.0, 10.0, 6.5
_ECONOMIES = 7
_OVERLAP = 0.85
_COVERED_PT2 = 25.0
_LEGEND_PT = (92.0, 118.0)
KEY_ROW_IN, KEY_HEAD_IN = 0.16, 0.3

Box = tuple[float, float, float, float]
_Corner = Literal["lower left", "lower right", "upper left", "upper right"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A crossing on the map: its name, place and the change of its containers.

    Attributes
    ----------
    lon : degrees east of the map's middle
    """

    name: str
    lat: float
    lon: float
    more_feu: float


def page(xy: Floats) -> Floats:
    """Page coordinates, up positive, of (degrees east of the map's middle, latitude)."""
    x, y = EqualEarth(0.0, 1.0).project(xy[:, 1], xy[:, 0])
    return np.column_stack((x, -y))


def classes(largest: float) -> tuple[float, float, float]:
    """Three steps of a change in per cent, a third of a power of ten apart.

    Examples
    --------
    >>> classes(0.065), classes(1.39)
    ((0.003, 0.01, 0.03), (0.1, 0.3, 1.0))
    """
    if largest <= 0.0:
        return (0.001, 0.003, 0.01)
    power = math.floor(math.log10(largest))
    digit = 3 if largest >= 3 * 10.0**power else 1
    found = []
    for _ in range(3):
        found.append(round(digit * 10.0**power, 12))
        digit, power = (1, power) if digit == 3 else (3, power - 1)
    return (found[2], found[1], found[0])


def colour(value: float | None, steps: tuple[float, float, float]) -> str:
    """Colour of an economy; `value` is None where it has no row of its own."""
    if value is None:
        return NONE
    shades = _MORE if value > 0 else _LESS
    level = sum(abs(value) >= step for step in steps)
    return STILL if level == 0 else shades[level - 1]


def circles(axes: Axes, marks: tuple[Mark, ...]) -> list[Box]:
    """Circles with their numbers; boxes in points that they take."""
    if not marks:
        return []
    scale = _points(axes)
    xy = page(np.array([[mark.lon, mark.lat] for mark in marks])) * scale
    change = np.array([abs(mark.more_feu) for mark in marks])
    size = np.maximum(_LARGEST_PT * np.sqrt(change / change.max()), _SMALLEST_PT)
    xy = _apart(xy, size)
    colours = [AFTER if mark.more_feu > 0 else LOSS for mark in marks]
    axes.scatter(
        (xy / scale)[:, 0], (xy / scale)[:, 1], s=size**2, c=colours, alpha=0.9, linewidths=0.7,
        edgecolors="white", zorder=4,
    )  # fmt: skip
    for number, (x, y) in enumerate(xy / scale, 1):
        axes.text(x, y, str(number), fontsize=6.5, color="white", ha="center", va="center",
                  fontweight="bold", zorder=5)  # fmt: skip
    return [(*(at - s / 2), *(at + s / 2)) for at, s in zip(xy, size, strict=True)]


def _apart(xy: Floats, size: Floats) -> Floats:
    """Push circles apart until none hides another: posts of one border stand close together."""
    xy = xy.astype(np.float64).copy()
    for _ in range(200):
        moved = False
        for a in range(len(xy)):
            for b in range(a + 1, len(xy)):
                gap = xy[b] - xy[a]
                far = float(np.hypot(*gap))
                lack = (size[a] + size[b]) / 2 * _OVERLAP - far
                if lack > 0.1:
                    way = gap / far if far > 1e-6 else np.array([1.0, 0.0])
                    xy[a] -= way * lack / 2
                    xy[b] += way * lack / 2
                    moved = True
        if not moved:
            break
    return xy


def key(figure: Figure, marks: tuple[Mark, ...], pen: Pen) -> None:
    """The crossings by number, in two columns under the map."""
    if not marks:
        return
    tall = float(figure.get_size_inches()[1])
    rows = math.ceil(len(marks) / 2)
    top = KEY_HEAD_IN + KEY_ROW_IN * rows
    figure.text(0.0, (top - KEY_ROW_IN) / tall, pen.words["map.key"], fontsize=7, color=SOFT)
    for place, mark in enumerate(marks):
        column, row = divmod(place, rows)
        y = (top - KEY_ROW_IN * (row + 1) - 0.17) / tall
        colour = AFTER if mark.more_feu > 0 else LOSS
        figure.text(0.5 * column, y, str(place + 1), fontsize=7, color=colour, fontweight="bold")
        figure.text(0.5 * column + 0.025, y, mark.name, fontsize=7)
        figure.text(
            0.5 * column + 0.47, y, pen.numbers.signed_feu(mark.more_feu), fontsize=7, ha="right"
        )


def legend(axes: Axes, steps: tuple[float, float, float], pen: Pen, taken: list[Box]) -> None:
    """Steps of the colours, in the corner where they cover least; `taken` grows by them."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    digits = max(0, -math.floor(math.log10(steps[0])))
    handles: list[Patch | Line2D] = [
        Patch(facecolor=shade, edgecolor=SOFT, linewidth=0.3,
              label=f"{sign} {pen.numbers.number(sense * step, digits, sign=True)}")
        for shades, sense, sign in ((_MORE[::-1], 1.0, "≥"), (_LESS, -1.0, "≤"))
        for shade, step in zip(shades, steps[::-1] if sense > 0 else steps, strict=True)
    ]  # fmt: skip
    handles.insert(3, Patch(facecolor=STILL, edgecolor=SOFT, linewidth=0.3, label="≈ 0"))
    for colour, key in ((AFTER, "map.more"), (LOSS, "map.fewer")):
        handles.append(
            Line2D([], [], marker="o", linestyle="", color=colour, markersize=5,
                   markeredgecolor="white", label=pen.words[key])
        )  # fmt: skip
    scale, (wide, tall) = _points(axes), _LEGEND_PT
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    corners: dict[_Corner, Box] = {}
    for loc in get_args(_Corner):
        x = left * scale if loc.endswith("left") else right * scale - wide
        y = low * scale if loc.startswith("lower") else high * scale - tall
        corners[loc] = (x, y, x + wide, y + tall)
    loc = min(corners, key=lambda name: sum(_shared(corners[name], box) for box in taken))
    taken.append(corners[loc])
    axes.legend(
        handles=handles, loc=loc, fontsize=6.5, title=pen.words["map.income"],
        title_fontsize=6.5, frameon=True, framealpha=0.92, edgecolor="none", borderpad=0.6,
        labelspacing=0.35, handlelength=1.4, alignment="left",
    )  # fmt: skip


def economies(
    axes: Axes,
    spots: Mapping[str, tuple[float, float]],
    welfare: Mapping[str, float],
    names: Mapping[str, str],
    pen: Pen,
    taken: list[Box],
) -> None:
    """Names and changes of the economies in view that change most."""
    seen = sorted((code for code in welfare if code in spots), key=lambda c: -abs(welfare[c]))
    for code in seen[:_ECONOMIES]:
        text = (
            f"{pen.names.economy(code, names[code])}\n{pen.numbers.change_percent(welfare[code])}"
        )
        _label(axes, spots[code], text, taken)


def _points(axes: Axes) -> float:
    """Points of the page a unit of the axes."""
    left, right = axes.get_xlim()
    return WIDTH_IN * 72.0 / (right - left)


def _label(axes: Axes, at: tuple[float, float], text: str, taken: list[Box]) -> None:
    """Set a label where it covers least of what is there already; none where it covers much."""
    import matplotlib.patheffects as effects

    lines, scale = text.split("\n"), _points(axes)
    letters = max(sum(1.0 if ord(c) > 0x2E80 else 0.62 for c in line) for line in lines)
    wide, tall = letters * _LABEL_PT, 1.3 * _LABEL_PT * len(lines)
    edge = [limit * scale for limit in (*axes.get_xlim(), *axes.get_ylim())]
    places = []
    for far in (0.0, 0.5, 1.0, 1.6, 2.2):
        for turn in np.linspace(0.0, 2 * math.pi, 12, endpoint=False) if far else (0.0,):
            x = at[0] * scale + far * tall * 1.4 * math.cos(turn)
            y = at[1] * scale + far * tall * math.sin(turn)
            box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            out = max(edge[0] - box[0], 0) + max(box[2] - edge[1], 0)
            out += max(edge[2] - box[1], 0) + max(box[3] - edge[3], 0)
            covered = sum(_shared(box, other) for other in taken)
            places.append((covered + 100 * out + 8 * far, covered, box))
    _, covered, box = min(places, key=lambda place: place[0])
    if covered > _COVERED_PT2:
        return
    taken.append(box)
    axes.text(
        (box[0] + box[2]) / 2 / scale, (box[1] + box[3]) / 2 / scale, text, fontsize=_LABEL_PT,
        color=INK, ha="center", va="center", linespacing=1.05, zorder=6,
        path_effects=[effects.withStroke(linewidth=1.8, foreground="white", alpha=0.85)],
    )  # fmt: skip


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0.0) * max(tall, 0.0)
