"""Estimate an equation of gravity; the numbers are pyfixest's."""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landbridge.economy.gravity.panel import Panel
from landbridge.economy.gravity.results import Dropped, GravityEstimate, coefficient
from landbridge.economy.gravity.sample import kept_rows, unidentified
from landbridge.economy.gravity.specification import Specification, group_codes
from landbridge.errors import InputError, MissingExtraError, NotConvergedError, UnknownNameError

_DEVIANCE_TOLERANCE = 1e-9
_DEMEAN_TOLERANCE = 1e-8
_MOST_ITERATIONS = 100


def estimate(panel: Panel, specification: Specification) -> GravityEstimate:
    """Estimate one equation on a panel.

    PPML is Poisson pseudo-maximum likelihood (Santos Silva & Tenreyro 2006) by iterated weighted
    least squares with the fixed effects partialled out (Correia, Guimarães & Zylkin 2020). Rows
    that a fixed effect fits exactly are left out and counted, and so are rows that the regressors
    separate. A regressor that the fixed effects or the regressors before it explain is left out
    and named in `dropped`. Standard errors are clustered with the factor G / (G - 1) for PPML, as
    in the Stata commands of the field, and with (N - 1) / (N - K) too for OLS.

    Raises
    ------
    InputError
        For regressors the panel does not have, or when no row or no regressor is left.
    NotConvergedError
        The iteration stopped before its tolerance was met.
    MissingExtraError
        pyfixest is not installed.

    Examples
    --------
    >>> from landbridge.economy.gravity.synthetic import synthetic_panel
    >>> panel = synthetic_panel(12, (2000, 2004), {"ln_distance": -0.9}, seed=1)
    >>> found = estimate(panel, Specification("distance", ("ln_distance",)))
    >>> found.coefficient("ln_distance").low < -0.9 < found.coefficient("ln_distance").high
    True
    """
    for name in specification.regressors:
        if name not in panel.regressors:
            raise UnknownNameError.from_available("regressor", name, panel.regressors)
    engine = pyfixest()
    rows, separated, singletons = _sample(panel.rows, specification)
    groups = {effect: group_codes(rows, effect) for effect in specification.effects}
    values = rows[list(specification.regressors)].to_numpy(np.float64)
    dropped = unidentified(values, specification.regressors, list(groups.values()))
    names = [name for name in specification.regressors if name not in dropped]
    if not names:
        why = "; ".join(f"{name}: {reason}" for name, reason in dropped.items())
        raise InputError(f"{specification.name}: nothing is left to estimate ({why})")
    fit = _fit(engine, specification, rows, names, groups)
    kept = [names[int(label.removeprefix("x"))] for label in fit._coefnames if label[0] == "x"]
    dropped |= {name: "a combination of the others" for name in names if name not in kept}
    place = [k for k, label in enumerate(fit._coefnames) if label[0] == "x"]
    covariance = np.asarray(fit._vcov, np.float64)[np.ix_(place, place)]
    variance = np.diagonal(covariance)
    if not (variance > 0.0).all():
        raise InputError(
            f"{specification.name}: clusters by {specification.cluster} give a variance of zero "
            "or less: there are too few of them; cluster by pair"
        )
    clusters = int(min(fit._G)) if specification.cluster != "none" else int(fit._N)
    figures = zip(
        kept, np.asarray(fit._beta_hat, np.float64)[place], np.sqrt(variance), strict=True
    )
    fitted, actual = _fitted(fit, specification)
    # The rectifier may leave out more rows than the groups do.
    return GravityEstimate(
        specification=specification,
        coefficients=tuple(
            coefficient(name, value, se, clusters, panel.sources[name])
            for name, value, se in figures
        ),
        covariance=covariance,
        dropped=tuple(Dropped(name, reason) for name, reason in dropped.items()),
        n=int(fit._N),
        n_zero=int((actual == 0.0).sum()) if specification.estimator == "ppml" else 0,
        n_separated=separated + len(rows) - int(fit._N),
        n_singletons=singletons,
        n_clusters=clusters,
        years=tuple(sorted({int(year) for year in rows["year"].unique()})),
        n_economies=len({*rows["exporter"], *rows["importer"]}),
        n_pairs=len(np.unique(group_codes(rows, "pair"))),
        pseudo_r2=_explained(actual, fitted, specification),
        r2=float(np.corrcoef(actual, fitted)[0, 1] ** 2),
        flow_source=panel.sources["trade"],
        notes=panel.notes,
    )


def pyfixest() -> ModuleType:
    """The estimation package, or the error that says how to get it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pyfixest as engine
    except ImportError as error:
        raise MissingExtraError.for_package("pyfixest", "gravity", "gravity") from error
    return engine


def _sample(rows: pd.DataFrame, specification: Specification) -> tuple[pd.DataFrame, int, int]:
    """Rows that take part, and how many were separated and alone."""
    poisson = specification.estimator == "ppml"
    keep = np.ones(len(rows), bool)
    if not specification.domestic:
        keep &= (rows["exporter"] != rows["importer"]).to_numpy()
    if not poisson:
        keep &= (rows["trade"] > 0).to_numpy()
    chosen = rows.loc[keep]
    groups = [group_codes(chosen, effect) for effect in specification.effects]
    kept = kept_rows(chosen["trade"].to_numpy(np.float64), groups, poisson=poisson)
    used = chosen.loc[kept.rows].reset_index(drop=True)
    if len(used) <= len(specification.regressors):
        raise InputError(
            f"{specification.name}: {len(used)} rows are left for "
            f"{len(specification.regressors)} coefficients: take more years or fewer fixed effects"
        )
    return used, kept.separated, kept.singletons


def _fit(
    engine: ModuleType,
    specification: Specification,
    rows: pd.DataFrame,
    names: list[str],
    groups: dict[str, NDArray[np.int64]],
) -> Any:
    poisson = specification.estimator == "ppml"
    trade = rows["trade"].to_numpy(np.float64)
    data = pd.DataFrame({"y": trade if poisson else np.log(trade)})
    for position, name in enumerate(names):
        data[f"x{position}"] = rows[name].to_numpy(np.float64)
    for position, codes in enumerate(groups.values()):
        data[f"f{position}"] = codes
    formula = "y ~ " + " + ".join(f"x{k}" for k in range(len(names)))
    if groups:
        formula += " | " + " + ".join(f"f{k}" for k in range(len(groups)))
    vcov: str | dict[str, str] = "hetero"
    if specification.cluster != "none":
        parts = specification.cluster.split("+")
        for position, part in enumerate(parts):
            data[f"c{position}"] = group_codes(rows, part)
        vcov = {"CRV1": " + ".join(f"c{k}" for k in range(len(parts)))}
    how: dict[str, Any] = {
        "vcov": vcov, "fixef_rm": "none", "store_data": False, "fixef_tol": _DEMEAN_TOLERANCE,
        "ssc": engine.ssc(k_adj=not poisson, k_fixef="full"),
    }  # fmt: skip
    with warnings.catch_warnings():
        # What it warns of (separation, collinearity) is checked and reported here.
        warnings.simplefilter("ignore")
        try:
            if not poisson:
                return engine.feols(formula, data, **how)
            fit = engine.fepois(
                formula, data, iwls_tol=_DEVIANCE_TOLERANCE, iwls_maxiter=_MOST_ITERATIONS,
                separation_check=["ir"], **how,
            )  # fmt: skip
        except (ValueError, RuntimeError, np.linalg.LinAlgError) as error:
            raise NotConvergedError(
                f"{specification.name}: the estimation failed ({error}): take fewer regressors, "
                "or look for one that is nearly a combination of others"
            ) from error
    if not fit.convergence or not np.isfinite(fit._beta_hat).all():
        raise NotConvergedError(
            f"{specification.name}: PPML did not converge in {_MOST_ITERATIONS} iterations: look "
            "for flows of very different size or a regressor that is nearly collinear"
        )
    return fit


def _fitted(
    fit: Any, specification: Specification
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if specification.estimator == "ppml":
        fitted = np.asarray(fit._Y_hat_response, np.float64).ravel()
        left = np.asarray(fit._u_hat_response, np.float64).ravel()
        actual = fitted + left
        # Zero flows come back as rounding error of the sum.
        actual[np.abs(actual) < 1e-12 * actual.max()] = 0.0
        return fitted, actual
    fitted = np.asarray(fit._Y_hat_link, np.float64).ravel()
    return fitted, fitted + np.asarray(fit._u_hat, np.float64).ravel()


def _explained(
    actual: NDArray[np.float64], fitted: NDArray[np.float64], specification: Specification
) -> float:
    if specification.estimator == "ols":
        residual = actual - fitted
        return float(1.0 - (residual @ residual) / ((actual - actual.mean()) ** 2).sum())
    return 1.0 - _deviance(actual, fitted) / _deviance(actual, np.full_like(actual, actual.mean()))


def _deviance(actual: NDArray[np.float64], fitted: NDArray[np.float64]) -> float:
    """Poisson deviance, where zero flows add twice what was fitted."""
    positive = actual > 0.0
    logs = actual[positive] * np.log(actual[positive] / fitted[positive])
    return float(2.0 * (logs.sum() - (actual - fitted).sum()))
