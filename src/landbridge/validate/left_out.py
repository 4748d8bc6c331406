"""Published figures that no way between two places answers, and why."""

from __future__ import annotations

from typing import Any

_POSTS = (
    "the mean of the posts of an economy or region, one side of a border: the border tables take "
    "it in, or hold it as evidence"
)
_POST = "hours or money of a part of one post: the border tables take it in, or hold it as evidence"
_BY_SCOPE = {
    "gauge_change": "the handling alone, without the waiting that a crossing's hours hold",
    "sailing_only": "a distance over a speed that the figure itself assumes",
    "market_rate": "an index over many lanes",
}
_BY_QUANTITY = {
    "cost_ratio": "a ratio of the rates of two ways or of two indices",
    "time_ratio": "a ratio of the times of two ways",
    "border_h": _POSTS,
    "border_usd": _POSTS,
    "cost_usd_20t_500km": "a corridor sample with payments at borders, no way between two places",
    "speed_kmh": "a corridor sample, no way between two places; the speeds take some in",
    "speed_km_day": "a mean of an economy or a mode: the speeds take it in",
    "co2_g_tkm": "a mean of a mode: the emission factors take such figures in",
    "co2_t": "an operator's claim for a year's boxes, over ways it does not name",
}


def reason(row: Any) -> str:
    """Why the model has no answer to a row of figures, empty where it has one.

    Examples
    --------
    >>> from landbridge import facts
    >>> reason(facts.row("figures", "chongqing-duisburg-time-2017"))
    ''
    """
    if row.quantity == "cost_usd_teu" and row.scope != "market_rate":
        return (
            "a rate for a 20-foot box: the model carries 40-foot boxes, and only the sea has both"
        )
    if "not published" in (row.note or ""):
        return "a working value that the rates were made from, not a published figure"
    if row.askable:
        return ""
    if row.scope in _BY_SCOPE:
        return _BY_SCOPE[row.scope]
    if row.quantity in ("border_h", "border_usd") and row.crossings:
        return _POST
    if row.quantity in _BY_QUANTITY:
        return _BY_QUANTITY[row.quantity]
    if row.scope == "border":
        return "a queue of one season at one post: the model holds the norm"
    if row.origin and row.destination:
        return "a congested month, an upper tail, or a part of a way that starts at no place"
    return "a difference between two ways, or money paid to others than the shipper"
