"""What is regressed on what: the equations of gravity by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from landbridge.errors import InputError, UnknownNameError

Estimator = Literal["ppml", "ols"]
ESTIMATORS = ("ppml", "ols")
EFFECTS = ("exporter-year", "importer-year", "pair", "directed-pair", "domestic", "year")
CLUSTERS = ("pair", "directed-pair", "exporter+importer", "none")


@dataclass(frozen=True, slots=True)
class Specification:
    """One equation.

    Attributes
    ----------
    name : heading of its column in a table
    regressors : columns of the panel, in the order they are shown
    effects : fixed effects, of `EFFECTS`. `pair` is the same in both directions; `domestic` is one
        effect for the domestic sales of each economy and one for all trade between economies.
    estimator : `ppml` (trade in levels, zeros kept) or `ols` (log of positive trade)
    cluster : what errors may be correlated within: the pair, as most papers have it; all flows of
        an exporter and all of an importer (Cameron, Gelbach & Miller 2011; Egger & Tarlea 2015);
        `none` is robust to heteroskedasticity alone
    domestic : whether domestic sales take part

    Raises
    ------
    InputError
        For names that mean nothing, or a regressor named twice.

    Examples
    --------
    >>> Specification("distance", ("ln_distance",), effects=("exporter-yaer",))
    Traceback (most recent call last):
    landbridge.errors.UnknownNameError: unknown fixed effect 'exporter-yaer'; did you mean \
'exporter-year' or 'importer-year' or 'year'?
    """

    name: str
    regressors: tuple[str, ...]
    effects: tuple[str, ...] = ("exporter-year", "importer-year")
    estimator: Estimator = "ppml"
    cluster: str = "pair"
    domestic: bool = False

    def __post_init__(self) -> None:
        for effect in self.effects:
            if effect not in EFFECTS:
                raise UnknownNameError.from_available("fixed effect", effect, EFFECTS)
        if self.estimator not in ESTIMATORS:
            raise UnknownNameError.from_available("estimator", self.estimator, ESTIMATORS)
        if self.cluster not in CLUSTERS:
            raise UnknownNameError.from_available("cluster", self.cluster, CLUSTERS)
        if not self.regressors:
            raise InputError(f"{self.name}: name at least one regressor")
        if len(set(self.regressors)) < len(self.regressors):
            raise InputError(f"{self.name}: a regressor is named twice")


def group_codes(rows: pd.DataFrame, effect: str) -> np.ndarray:
    """Number of the group each row belongs to, (rows,), from 0.

    Examples
    --------
    >>> rows = pd.DataFrame({"exporter": ["A", "B", "A"], "importer": ["B", "A", "A"],
    ...                      "year": [1, 1, 1]})
    >>> group_codes(rows, "pair").tolist(), group_codes(rows, "domestic").tolist()
    ([0, 0, 1], [0, 0, 1])
    """
    exporter, importer = rows["exporter"].astype(str), rows["importer"].astype(str)
    year = rows["year"].astype(int).astype(str)
    if effect == "exporter-year":
        label = exporter + "|" + year
    elif effect == "importer-year":
        label = importer + "|" + year
    elif effect == "pair":
        first = exporter.where(exporter <= importer, importer)
        last = importer.where(exporter <= importer, exporter)
        label = first + "|" + last
    elif effect == "directed-pair":
        label = exporter + "|" + importer
    elif effect == "domestic":
        label = exporter.where(exporter == importer, "")
    elif effect == "year":
        label = year
    elif effect == "exporter":
        label = exporter
    elif effect == "importer":
        label = importer
    else:
        raise UnknownNameError.from_available("fixed effect", effect, EFFECTS)
    return np.asarray(pd.factorize(label)[0], np.int64)
