"""What a run says, drawn together for its four sentences: who, which ways, which border, how sure.

The choice is that of `landbridge.assess.sentences`, taken from the tables of a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge.assess.sentences import HUB, LEAST_FEU

if TYPE_CHECKING:
    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]

_SEEN_PCT = 0.0005
_SEEN_RATIO = 0.0005
_SEEN_H = 0.1
_MOST = 3
_WAYS = 2


@dataclass(frozen=True, slots=True)
class Post:
    """A crossing before and after; `hours` are None where they do not change noticeably."""

    id: str
    name: str
    feu_base: float
    feu: float
    hours_base: float | None
    hours: float | None
    capacity_share: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of the four sentences.

    Attributes
    ----------
    gains, losses : (code, name, change of real income in %), largest first
    hub_pct : of Kazakhstan where it is neither; world_pct : of the world
    ways : (id, name, FEU before, FEU after), the largest relative change first
    post : the crossing that tells most, None where none carries freight
    co2_mt_base, co2_mt : emissions in Mt CO2e a year
    band : 90 % band of Kazakhstan's real income in %, None without draws
    """

    gains: tuple[tuple[str, str, float], ...]
    losses: tuple[tuple[str, str, float], ...]
    hub_pct: float | None
    world_pct: float
    ways: tuple[tuple[str, str, float, float], ...]
    post: Post | None
    co2_mt_base: float
    co2_mt: float
    band: tuple[float, float] | None


def told(tables: Tables, about: Mapping[str, Any]) -> Told:
    """Draw together what the four sentences say.

    Parameters
    ----------
    tables : of a run, by name
    about : its `run.json`
    """
    made = tables["economies"]
    seen = made[(made["welfare_pct"].abs() >= _SEEN_PCT) & (made["iso3"] != "ROW")]
    seen = seen.sort_values("welfare_pct", key=abs, ascending=False)
    rows = [
        (str(code), str(name), float(pct))
        for code, name, pct in zip(
            seen["iso3"], seen["name"], seen["welfare_pct"].astype(float), strict=True
        )
    ]
    gains = tuple(row for row in rows if row[2] > 0)[:_MOST]
    losses = tuple(row for row in rows if row[2] < 0)[:_MOST]
    hub = made[made["iso3"] == HUB]["welfare_pct"]
    named = {code for code, _, _ in (*gains, *losses)}
    bands = tables["bands"]
    band = bands[(bands["name"] == "welfare_pct") & (bands["iso3"] == HUB)]
    return Told(
        gains=gains,
        losses=losses,
        hub_pct=None if HUB in named or hub.empty else float(hub.iloc[0]),
        world_pct=float(about["world_welfare_pct"]),
        ways=ways_told(tables["corridors"]),
        post=_post(tables["crossings"]),
        co2_mt_base=float(about["co2_mt_base"]),
        co2_mt=float(about["co2_mt"]),
        band=None if band.empty else (float(band["low"].iloc[0]), float(band["high"].iloc[0])),
    )


def ways_told(made: pd.DataFrame) -> tuple[tuple[str, str, float, float], ...]:
    """The two ways whose containers change most relative to before, of those that carry many."""
    ways = made[made["kind"] == "way"]
    large = ways[ways[["feu", "feu_base"]].max(axis=1) >= LEAST_FEU]
    base = large["feu_base"].where(large["feu_base"] > 0)
    ratio = (large["feu"] / base - 1.0).abs().astype(float).fillna(float("inf"))
    order = ratio[ratio >= _SEEN_RATIO].sort_values(ascending=False, kind="stable").index[:_WAYS]
    chosen = large.loc[order, ["id", "name", "feu_base", "feu"]]
    return tuple(
        (str(id_), str(name), float(base), float(feu))
        for id_, name, base, feu in chosen.itertuples(index=False)
    )


def _post(made: pd.DataFrame) -> Post | None:
    large = made[made[["feu", "feu_base"]].max(axis=1) >= LEAST_FEU]
    if large.empty:
        return None
    change_h = (large["hours"] - large["hours_base"]).abs().astype(float).fillna(0.0)
    slower = large[change_h >= _SEEN_H]
    if len(slower):
        weight = change_h[slower.index] * slower[["feu", "feu_base"]].max(axis=1)
        row = slower.iloc[int(weight.astype(float).to_numpy().argmax())]
    else:
        moved = (large["feu"] - large["feu_base"]).abs().astype(float)
        row = large.iloc[int(moved.to_numpy().argmax())]
    return Post(
        id=str(row["id"]),
        name=str(row["name"]),
        feu_base=float(row["feu_base"]),
        feu=float(row["feu"]),
        hours_base=float(row["hours_base"]) if len(slower) else None,
        hours=float(row["hours"]) if len(slower) else None,
        capacity_share=_known(row["capacity_share"]),
    )


def _known(value: Any) -> float | None:
    import pandas as pd

    return None if pd.isna(value) else float(value)
