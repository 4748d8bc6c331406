"""Sizes of levers, with their intervals, as a language writes them."""

from __future__ import annotations

from collections.abc import Mapping

from landbridge.brief.numbers import Numbers

_DIGITS = 4


def size(
    value: Mapping[str, float], language: str, *, sign: bool = False, percent: bool = False
) -> str:
    r"""A size, with its interval where it has one.

    Parameters
    ----------
    value : `value`, and `low` and `high` where it is uncertain
    sign : whether what is positive has its sign too
    percent : whether it is in per cent

    Examples
    --------
    >>> size({"value": 0.5, "low": 0.35, "high": 0.75}, "kk")
    '0,5 (0,35–0,75)'
    >>> size({"value": -3.5, "low": -4.2, "high": -2.8}, "ru", percent=True)
    '−3,5 (−4,2 … −2,8)\xa0%'
    """
    shown = plain(float(value["value"]), language, sign=sign)
    low, high = value.get("low"), value.get("high")
    if low is not None and high is not None and low != high:
        # A dash between two numbers would be read as a minus before one.
        dash = "–" if low >= 0 else " to " if language == "en" else " … "
        ends = dash.join(plain(float(end), language) for end in (low, high))
        shown += f"（{ends}）" if language == "zh" else f" ({ends})"
    return Numbers(language).percent(shown) if percent else shown


def plain(value: float, language: str, *, sign: bool = False) -> str:
    """A number with the decimals it has, four at most."""
    digits = next((d for d in range(_DIGITS) if abs(round(value, d) - value) < 1e-9), _DIGITS)
    return Numbers(language).number(value, digits, sign=sign)
