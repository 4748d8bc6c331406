"""The equations that `landbridge gravity` estimates, in the order of its table's columns."""

from __future__ import annotations

from landbridge.economy.gravity.panel import Panel
from landbridge.economy.gravity.specification import Specification
from landbridge.errors import InputError

GEOGRAPHY = ("contiguity", "language", "colony")
AGREEMENT = "agreement"
BOTH_SIDES = ("exporter-year", "importer-year")
WITH_PAIR = (*BOTH_SIDES, "pair")


def equations(panel: Panel, cluster: str = "exporter+importer") -> tuple[Specification, ...]:
    """Choose the equations that a panel can feed.

    `distance`: geography and agreements between economies, with exporter-year and importer-year
    effects. `border`: the same with domestic sales, which tell the border apart. `pair effects`:
    agreements with pair effects, which take in all that does not change (Baier & Bergstrand
    2007). `hours` and `distance and hours`: skimmed hours in place of distance, and beside it.

    Parameters
    ----------
    cluster : of `specification.CLUSTERS`; with these effects errors clustered by pair are too
        small in panels of usual size (Egger & Tarlea 2015; measured in docs/gravity.md)

    Raises
    ------
    InputError
        The panel has none of the regressors these equations need.

    Examples
    --------
    >>> from landbridge.economy.gravity.synthetic import synthetic_panel
    >>> panel = synthetic_panel(5, (2000, 2004), {"ln_distance": -1.0, "agreement": 0.3}, seed=0)
    >>> [each.name for each in equations(panel)]
    ['distance', 'pair effects']
    """
    has = set(panel.regressors)
    about = tuple(name for name in (*GEOGRAPHY, AGREEMENT) if name in has)
    found: list[Specification] = []

    def ask(
        name: str,
        regressors: tuple[str, ...],
        effects: tuple[str, ...] = BOTH_SIDES,
        domestic: bool = False,
    ) -> None:
        found.append(Specification(name, regressors, effects, cluster=cluster, domestic=domestic))

    if "ln_distance" in has:
        ask("distance", ("ln_distance", *about))
        if "border" in has:
            ask("border", ("ln_distance", "border", *about), domestic=True)
    if AGREEMENT in has and len(panel.years) > 1:
        ask("pair effects", (AGREEMENT,), WITH_PAIR, panel.domestic)
    if "ln_hours" in has:
        ask("hours", ("ln_hours", *about))
        if "ln_distance" in has:
            ask("distance and hours", ("ln_distance", "ln_hours", *about))
    if not found:
        raise InputError(
            "the panel has nothing to explain trade with: it needs a column ln_distance, "
            f"ln_hours or {AGREEMENT}; it has {', '.join(sorted(has)) or 'none'}"
        )
    return tuple(found)
