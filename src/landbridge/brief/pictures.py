"""The charts of a brief, with labels and numbers of its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from landbridge.brief.charts import capacity_rows, welfare_rows
from landbridge.brief.document import Picture
from landbridge.brief.pen import AFTER, GAIN, INK, LOSS, WIDTH_IN, Pen, finished
from landbridge.brief.told import ways_told

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Tables = Mapping[str, pd.DataFrame]

_A_SIDE, _WAYS, _POSTS, _LEAST_POSTS, _SEEN = 7, 8, 8, 4, 0.005
_ROW_IN = 0.2
_LABEL_SHARE, _MARGIN = 0.45, 0.03


def charts(tables: Tables, pen: Pen) -> tuple[Picture, ...]:
    """Incomes, flows, capacity; one without rows is left out."""
    with pen.style():
        found = [incomes(tables, pen), flows(tables, pen), capacity(tables, pen)]
    return tuple(picture for picture in found if picture is not None)


def incomes(tables: Tables, pen: Pen) -> Picture | None:
    """Winners and losers as bars, with bands where draws were made."""
    rows = welfare_rows(tables)
    gain, lose = rows[rows["welfare_pct"] > 0], rows[rows["welfare_pct"] < 0]
    rows = rows.loc[[*gain.index[:_A_SIDE], *lose.index[-_A_SIDE:]]]
    if rows.empty:
        return None
    figure, axes = _sheet(len(rows))
    values = [float(value) for value in rows["welfare_pct"]]
    names = [pen.names.economy(str(r.iso3), str(r.name_)) for r in _named(rows)]
    axes.barh(
        _down(len(rows)), values, color=[GAIN if v > 0 else LOSS for v in values], height=0.66
    )
    banded = bool(rows["low"].notna().any())
    for at, value, (low, high) in zip(
        _down(len(rows)), values, rows[["low", "high"]].to_numpy(float), strict=True
    ):
        end = value
        if low == low:
            axes.plot([low, high], [at, at], color=INK, linewidth=1.0, solid_capstyle="butt")
            end = max(value, high) if value > 0 else min(value, low)
        _beside(axes, end, at, pen.numbers.change(value), value)
    axes.axvline(0.0, color=INK, linewidth=0.6)
    _frame(axes, pen, names, pen.words["incomes.axis"])
    axes.margins(x=0.14)
    axes.xaxis.set_major_formatter(lambda x, _: pen.numbers.number(x, _decimals(axes)))
    bars = [f"{n} {pen.numbers.change_percent(v)}" for n, v in zip(names, values, strict=True)]
    note = pen.words["incomes.note"] + _gap(pen) + pen.words["incomes.bands"]
    return finished(
        figure, pen, "incomes", note if banded else pen.words["incomes.note"],
        pen.words.say("incomes.alt", bars=_joined(pen, bars)),
    )  # fmt: skip


def flows(tables: Tables, pen: Pen) -> Picture | None:
    """More and fewer containers by way, each with what it carried before and carries after."""
    rows = changed_ways(tables)
    if rows.empty:
        return None
    figure, axes = _sheet(len(rows))
    place = _down(len(rows))
    more = [float(value) for value in rows["feu"] - rows["feu_base"]]
    axes.barh(place, more, color=[GAIN if v > 0 else LOSS for v in more], height=0.66)
    names, bars = [], []
    for at, value, row in zip(place, more, _named(rows), strict=True):
        name = pen.names.way_title(str(row.id), str(row.name_))
        was, now = float(row.feu_base), float(row.feu)
        change = pen.words["new"] if was < 1.0 else _pct(pen, now, was)
        # Left of a long bar the figure would run into the names.
        text = f"{pen.numbers.signed_feu(value)} ({change})"
        _beside(axes, max(value, 0.0), at, text, 1.0)
        names.append(name)
        bars.append(f"{name} {pen.numbers.feu(was)} → {pen.numbers.feu(now)}")
    axes.axvline(0.0, color=INK, linewidth=0.6)
    _frame(axes, pen, names, pen.words["flows.axis"])
    low, high = min(*more, 0.0), max(*more, 0.0)
    axes.set_xlim(low - _MARGIN * (high - low), high + _LABEL_SHARE * (high - low))
    axes.xaxis.set_major_locator(_few())
    axes.xaxis.set_major_formatter(lambda x, _: pen.numbers.signed_feu(x) if x else "0")
    alt = pen.words.say("flows.alt", bars=_joined(pen, bars))
    return finished(figure, pen, "flows", pen.words["flows.note"], alt)


def changed_ways(tables: Tables) -> pd.DataFrame:
    """Ways whose containers change most, the largest gain first; those of the answer among them."""
    made = tables["corridors"]
    made = made[made["kind"] == "way"]
    moved = (made["feu"] - made["feu_base"]).astype(float)
    told = [id_ for id_, *_ in ways_told(made)]
    most = moved.abs()[moved.abs() >= 1.0].nlargest(_WAYS).index
    rows = made[made.index.isin(most) | made["id"].isin(told)]
    return rows.loc[moved[rows.index].sort_values(ascending=False).index]


def capacity(tables: Tables, pen: Pen) -> Picture | None:
    """Load over published capacity as bars, before as a mark."""
    rows = capacity_rows(tables)
    moved = (rows["capacity_share"] - rows["capacity_share_base"].fillna(0.0)).abs()
    moved = moved.astype(float).nlargest(_POSTS)
    # Posts that hardly change fill the picture only up to a few.
    rows = rows.loc[[*moved.index[:_LEAST_POSTS], *moved[moved >= _SEEN].index[_LEAST_POSTS:]]]
    rows = rows.sort_values("capacity_share", ascending=False)
    if rows.empty:
        return None
    figure, axes = _sheet(len(rows))
    place = _down(len(rows))
    after = 100.0 * rows["capacity_share"].astype(float)
    before = 100.0 * rows["capacity_share_base"].astype(float)
    axes.barh(place, after, color=[LOSS if v > 100 else AFTER for v in after], height=0.6)
    axes.scatter(
        before, place, marker="|", s=110, color=INK, linewidth=1.6, zorder=3,
        label=pen.words["before"],
    )  # fmt: skip
    axes.axvline(100.0, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
    for at, new, old in zip(place, after, before, strict=True):
        known = old == old
        text = pen.numbers.number(new)
        if known and round(new) != round(old):
            text = f"{pen.numbers.number(old)} → {text}"
        _beside(axes, max(new, old if known else 0.0), at, text, 1.0)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 0.98), frameon=False, fontsize=7)
    names = [pen.names.crossing(str(r.id), str(r.name_)) for r in _named(rows)]
    _frame(axes, pen, names, pen.words["capacity.axis"])
    axes.set_xlim(0.0, max(110.0, 1.2 * float(max(after.max(), before.max()))))
    axes.xaxis.set_major_formatter(lambda x, _: pen.numbers.number(x))
    bars = [f"{n} {pen.numbers.number(v)}" for n, v in zip(names, after, strict=True)]
    return finished(
        figure, pen, "capacity", pen.words["capacity.note"],
        pen.words.say("capacity.alt", bars=_joined(pen, bars)),
    )  # fmt: skip


def _pct(pen: Pen, now: float, was: float) -> str:
    return pen.numbers.change_percent(100.0 * (now / was - 1.0), 1)


def _named(rows: pd.DataFrame) -> list[Any]:
    """Rows as tuples; `name` is an attribute of tuples already, so it is `name_`."""
    return list(rows.rename(columns={"name": "name_"}).itertuples())


def _sheet(rows: int) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_IN, 0.62 + _ROW_IN * max(rows, 4)), layout="constrained")
    return figure, figure.subplots()


def _down(rows: int) -> list[float]:
    return [-float(k) for k in range(rows)]


def _few() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=5)


def _decimals(axes: Axes) -> int:
    ticks = sorted(axes.get_xticks())
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    return max(0, min(4, next((d for d in range(5) if abs(round(step, d) - step) < 1e-9), 4)))


def _joined(pen: Pen, parts: Sequence[str]) -> str:
    return ("；" if pen.language == "zh" else "; ").join(parts)


def _gap(pen: Pen) -> str:
    return "" if pen.language == "zh" else " "


def _beside(axes: Axes, end: float, at: float, words: str, sign: float) -> None:
    axes.annotate(
        words, (end, at), xytext=(4 if sign >= 0 else -4, 0), textcoords="offset points",
        ha="left" if sign >= 0 else "right", va="center", fontsize=7, color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def _frame(axes: Axes, pen: Pen, names: Sequence[str], unit: str) -> None:
    axes.set_yticks(_down(len(names)), [pen.wrapped(name) for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(unit, fontsize=7.5)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_ylim(-len(names) + 0.4, 0.6)
