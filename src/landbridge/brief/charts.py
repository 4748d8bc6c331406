"""What the figures of a run show: which rows, in which order, and how they are drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Tables = Mapping[str, pd.DataFrame]

GAIN, LOSS, BEFORE, AFTER, INK, SOFT = (
    "#2b7a30", "#b3261e", "#a7b2ba", "#0b62a4", "#1d2429", "#56616a",
)  # fmt: skip
A_SIDE = 10
"""Winners, and losers, shown at most."""
ROWS = 8
WORLD = "WLD"
_SEEN_PCT = 0.0005
"""Changes below this are nothing to the eye at three decimals."""
_SEEN_FEU = 1.0


def welfare_rows(tables: Tables) -> pd.DataFrame:
    """Economies that gain and lose most, best first; `low` and `high` where draws were made."""
    made = tables["economies"][["iso3", "name", "welfare_pct"]]
    made = made[made["welfare_pct"].abs() >= _SEEN_PCT].sort_values("welfare_pct", ascending=False)
    gain, lose = made[made["welfare_pct"] > 0], made[made["welfare_pct"] < 0]
    chosen = _stack([gain.head(A_SIDE), lose.tail(A_SIDE)])
    bands = tables["bands"]
    drawn = bands[bands["name"] == "welfare_pct"][["iso3", "low", "high"]]
    return chosen.merge(drawn, on="iso3", how="left")


def paint_welfare(figure: Figure, rows: pd.DataFrame) -> None:
    """Bars to both sides of zero, every one with its figure."""
    axes = figure.subplots()
    values = rows["welfare_pct"].astype(float)
    colours = [GAIN if value > 0 else LOSS for value in values]
    place = _down(rows)
    axes.barh(place, values, color=colours, height=0.7)
    for at, (low, high) in zip(place, rows[["low", "high"]].to_numpy(float), strict=True):
        if low == low:
            axes.plot([low, high], [at, at], color=INK, linewidth=1.2, solid_capstyle="butt")
    ends = rows[["welfare_pct", "low", "high"]].astype(float)
    for at, value, low, high in zip(place, values, ends.min(axis=1), ends.max(axis=1), strict=True):
        _beside(axes, max(high, 0.0) if value > 0 else min(low, 0.0), at, pct_words(value), value)
    axes.axvline(0.0, color=INK, linewidth=0.8)
    _frame(axes, place, rows["name"], "change in real income, %")
    axes.margins(x=0.14)


def flow_rows(tables: Tables) -> pd.DataFrame:
    """Ways, then corridors, whose containers change most, in each the busiest first."""
    made = tables["corridors"]
    made = made.assign(moved=(made["feu"] - made["feu_base"]).abs())
    seen = made[(made[["feu", "feu_base"]].max(axis=1) >= _SEEN_FEU) & (made["moved"] > 0)]
    # A corridor with one gate is what goes by the way over that gate.
    seen = seen.drop_duplicates(subset=["feu_base", "feu"])
    parts = [
        seen[seen["kind"] == kind].nlargest(ROWS, "moved").sort_values("feu", ascending=False)
        for kind in ("way", "corridor")
    ]
    wanted = ["id", "kind", "name", "feu_base", "feu", "feu_pct", "time_h_base", "time_h"]
    return _stack(parts)[wanted]


def paint_flows(figure: Figure, rows: pd.DataFrame) -> None:
    """Containers before and after on a scale of powers of ten; beside them the change."""
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=[3, 2])
    place = _down(rows, gap_before=int((rows["kind"] == "way").sum()))
    least = _SEEN_FEU
    old, new = rows["feu_base"].clip(lower=least), rows["feu"].clip(lower=least)
    left.hlines(place, old, new, color=SOFT, linewidth=2)
    left.scatter(old, place, s=46, color=BEFORE, zorder=3, label="before")
    left.scatter(new, place, s=46, color=AFTER, zorder=3, label="after")
    left.set_xscale("log")
    left.xaxis.set_major_formatter(lambda feu, _: _short(feu, ""))
    left.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, frameon=False)
    _frame(left, place, rows["name"], "containers a year, FEU (each line is ten times the last)")
    left.grid(axis="x", color="#e4e1d8", linewidth=0.8)
    change = rows["feu_pct"].astype(float)
    tops = change.fillna(0.0).clip(-100.0, 100.0)
    right.barh(place, tops, color=[GAIN if v > 0 else LOSS for v in tops], height=0.6)
    right.axvline(0.0, color=INK, linewidth=0.8)
    for at, pct, moved, top in zip(
        place, change, rows["feu"] - rows["feu_base"], tops, strict=True
    ):
        shown = "new" if pct != pct else "≈ 0 %" if abs(pct) < 0.05 else f"{pct:+.1f} %"
        _beside(right, top, at, f"{shown} ({_short(moved)})".replace("-", "−"), moved)
    _frame(right, place, rows["name"], "change, % (FEU); bars end at 100 %")
    right.tick_params(labelleft=False)
    right.margins(x=0.75)


def capacity_rows(tables: Tables) -> pd.DataFrame:
    """Crossings with a published capacity: those that change most, the fullest first."""
    made = tables["crossings"]
    made = made[made["capacity_share"].notna()]
    moved = (made["capacity_share"] - made["capacity_share_base"].fillna(0.0)).abs()
    wanted = ["id", "name", "mode", "feu_base", "feu", "capacity_share_base", "capacity_share"]
    chosen = made.assign(moved=moved).nlargest(2 * ROWS, "moved")
    return chosen.sort_values("capacity_share", ascending=False)[wanted]


def paint_capacity(figure: Figure, rows: pd.DataFrame) -> None:
    """Load over capacity after as bars, before as a mark, the full post as a line."""
    axes = figure.subplots()
    place = _down(rows)
    after = 100.0 * rows["capacity_share"].astype(float)
    before = 100.0 * rows["capacity_share_base"].astype(float)
    axes.barh(place, after, color=[LOSS if v > 100 else AFTER for v in after], height=0.62)
    axes.scatter(before, place, marker="|", s=190, color=INK, linewidth=2, zorder=3)
    axes.axvline(100.0, color=INK, linewidth=1.0, linestyle=(0, (4, 3)))
    for at, new, old in zip(place, after, before, strict=True):
        was = "" if old != old or round(new) == round(old) else f" (was {old:.0f})"
        _beside(axes, max(new, old if old == old else 0.0), at, f"{new:.0f} %{was}", 1.0)
    names = [
        f"{row.name_} ({row.mode})" for row in rows.rename(columns={"name": "name_"}).itertuples()
    ]
    _frame(
        axes, place, names, "load over published capacity, %  (bar after, mark before, dashes full)"
    )
    axes.set_xlim(0.0, max(110.0, 1.22 * float(max(after.max(), before.max()))))


def contribution_rows(tables: Tables) -> pd.DataFrame:
    """Each lever alone and all together, for the world and the economies most changed."""
    made = tables["contributions"]
    together = made[made["lever"] == 0].set_index("iso3")["welfare_pct"].astype(float)
    ranked = together.drop(WORLD, errors="ignore").abs().sort_values(ascending=False)
    columns = [*ranked.index[:3], WORLD]
    names = tables["economies"].set_index("iso3")["name"].to_dict() | {WORLD: "World"}
    made = made[made["iso3"].isin(columns)]
    made = made.assign(
        economy=made["iso3"].map(names),
        panel=made["iso3"].map(columns.index),
        order=made["lever"].replace(0, 10**6),
    )
    made = made.sort_values(["panel", "order"])
    return made[["iso3", "economy", "lever", "what", "welfare_pct"]].reset_index(drop=True)


def paint_contributions(figure: Figure, rows: pd.DataFrame) -> None:
    """A panel an economy, a bar a lever; a lever that tells nothing of an economy has none."""
    levers = rows.drop_duplicates("lever").sort_values("lever")
    levers = _stack([levers[levers["lever"] != 0], levers[levers["lever"] == 0]])
    numbers = [int(number) for number in levers["lever"]]
    words = [
        f"{n}. {what}" if n else str(what) for n, what in zip(numbers, levers["what"], strict=True)
    ]
    place = _down(levers, gap_before=len(numbers) - 1)
    at = dict(zip(numbers, place, strict=True))
    codes = list(dict.fromkeys(rows["iso3"]))
    panels = figure.subplots(1, len(codes), sharex=True, sharey=True, squeeze=False)[0]
    for axes, code in zip(panels, codes, strict=True):
        own = rows[rows["iso3"] == code]
        for row in own.itertuples():
            value, number = float(row.welfare_pct), int(row.lever)
            colour = (GAIN if value > 0 else LOSS) if number else INK
            axes.barh(at[number], value, color=colour, height=0.62)
            _beside(axes, value, at[number], pct_words(value), value)
        axes.axvline(0.0, color=INK, linewidth=0.8)
        _frame(axes, place, words, "real income, %")
        axes.set_title(str(own["economy"].iloc[0]), fontsize=10, fontweight="bold", loc="left")
        axes.margins(x=0.42)
        axes.xaxis.set_major_locator(_few())


def pct_words(value: float) -> str:
    """A change in per cent, with more decimals where it is small.

    Examples
    --------
    >>> pct_words(0.0882), pct_words(-0.00034), pct_words(1e-7)
    ('+0.088', '−0.0003', '≈ 0')
    """
    if abs(value) < 0.00005:
        return "≈ 0"
    return f"{value:+.{3 if abs(value) >= 0.001 else 4}f}".replace("-", "−")


def _few() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=3)


def _stack(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(parts, ignore_index=True)


def _down(rows: pd.DataFrame, gap_before: int | None = None) -> list[float]:
    """Places of rows from the top down, with a wider step before one of them."""
    extra = len(rows) if gap_before is None or gap_before == 0 else gap_before
    return [-float(k) - (0.7 if k >= extra else 0.0) for k in range(len(rows))]


def _beside(axes: Axes, end: float, at: float, words: str, sign: float) -> None:
    axes.annotate(
        words, (end, at), xytext=(4 if sign >= 0 else -4, 0), textcoords="offset points",
        ha="left" if sign >= 0 else "right", va="center", fontsize=8.5, color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )  # fmt: skip


def _frame(axes: Axes, place: Sequence[float], names: Iterable[str], unit: str) -> None:
    axes.set_yticks(list(place), [textwrap.fill(str(name), 44) for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(unit, color=SOFT)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_ylim(min(place) - 0.6, max(place) + 0.6)


def _short(feu: float, sign: str = "+") -> str:
    """Write containers short, with a sign unless told.

    Examples
    --------
    >>> _short(56180.1), _short(-1_210_000.0), _short(13.2), _short(1e5, "")
    ('+56 k', '-1.2 m', '+13', '100 k')
    """
    for unit, size in (("m", 1e6), ("k", 1e3)):
        if abs(feu) >= size:
            digits = 1 if sign and abs(feu) < 10 * size else 0
            return f"{feu / size:{sign}.{digits}f} {unit}"
    return f"{feu:{sign}.0f}"
