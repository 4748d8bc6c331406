"""Estimates side by side, in the form the field prints them."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.economy.gravity.results import Coefficient, GravityEstimate
from landbridge.economy.gravity.specification import EFFECTS

STARS = ((0.01, "**"), (0.05, "*"), (0.10, "+"))
STARS_NOTE = "+ p < 0.10, * p < 0.05, ** p < 0.01"
ABSORBED = "(absorbed)"


def regression_table(estimates: Sequence[GravityEstimate]) -> list[tuple[str, ...]]:
    """Rows of text: a coefficient and below it its standard error, then effects and fit.

    The first cell of a row is its label, then comes one cell an estimate, blank where it has no
    such regressor and `(absorbed)` where the regressor was asked for and could not be told apart.

    Examples
    --------
    >>> from landbridge.economy.gravity.estimate import estimate
    >>> from landbridge.economy.gravity.specification import Specification
    >>> from landbridge.economy.gravity.synthetic import synthetic_panel
    >>> panel = synthetic_panel(20, (2000,), {"ln_distance": -1.0}, seed=2, spread=0.1)
    >>> for row in regression_table([estimate(panel, Specification("d", ("ln_distance",)))])[:3]:
    ...     print(row)
    ('ln_distance', '-0.967**')
    ('', '(0.019)')
    ('exporter-year effects', 'yes')
    """
    rows: list[tuple[str, ...]] = []
    for name in dict.fromkeys(n for each in estimates for n in each.specification.regressors):
        found = [_find(each, name) for each in estimates]
        rows.append((name, *(_value(each, name) for each in estimates)))
        rows.append(("", *(f"({one.se:.3f})" if one else "" for one in found)))
    for effect in EFFECTS:
        uses = [effect in each.specification.effects for each in estimates]
        if any(uses):
            rows.append((f"{effect} effects", *("yes" if use else "no" for use in uses)))
    facts = (
        ("domestic sales", lambda e: "yes" if e.specification.domestic else "no"),
        ("estimator", lambda e: e.specification.estimator.upper()),
        ("N", lambda e: f"{e.n:,}"),
        ("of which zero", lambda e: f"{e.n_zero:,}"),
        ("separated, left out", lambda e: f"{e.n_separated:,}"),
        ("clusters", lambda e: f"{e.n_clusters:,}"),
        ("pseudo-R2", lambda e: f"{e.pseudo_r2:.3f}"),
    )
    rows += [(label, *(of(each) for each in estimates)) for label, of in facts]
    return rows


def _find(estimate: GravityEstimate, name: str) -> Coefficient | None:
    return next((each for each in estimate.coefficients if each.name == name), None)


def _value(estimate: GravityEstimate, name: str) -> str:
    found = _find(estimate, name)
    if found:
        return f"{found.estimate:.3f}{stars(found.p)}"
    return ABSORBED if name in estimate.specification.regressors else ""


def stars(p: float) -> str:
    """Marks of significance, as in the Guide's tables.

    Examples
    --------
    >>> stars(0.003), stars(0.03), stars(0.3)
    ('**', '*', '')
    """
    return next((mark for level, mark in STARS if p < level), "")
