"""The question put to the solver, in arrays: a balanced world and what changes in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError

Array = NDArray[np.float64]

SHARE_TOLERANCE = 1e-5
"""How far shares may be from adding to one: published tables are rounded."""
NEGATIVE_INPUT_FLOOR = -1e-2
"""Published input-output tables carry small negative entries (by-products)."""


@dataclass(frozen=True)
class BaseEconomy:
    """A world of N economies and J sectors in the base year, and its elasticities.

    Every array is held as float64 and is not to be written to. Money is in any one unit.

    Attributes
    ----------
    shares : (J, N, N) array
        `shares[j, n, i]`: share of economy n's spending on sector j that buys from i, tariff
        included. Each row adds to one; a row of zeros means that n does not buy the sector.
    tariff : (J, N, N) array
        Ad-valorem rate that n levies on i (0.05 is five per cent), above -1.
    theta : (J,) array
        Trade elasticity, positive (Armington: elasticity of substitution less one).
    value_added_share : (N, J) array
        Value added per unit of output.
    input_share : (N, J, J) array
        `input_share[n, k, j]`: what sector j of n spends on inputs of sector k, per unit of output.
        With value added the column adds to one.
    final_share : (N, J) array
        Share of each sector in final spending; rows add to one.
    value_added : (N,) array
        Value added, in money.
    deficit : (N,) array
        Imports less exports before tariffs, in money; adds to zero over the world.
    expenditure : (N, J) array
        Spending of economy n on sector j, inputs and final use, tariffs included, in money.

    Raises
    ------
    InputError
        An array has the wrong shape, is not finite, or breaks a rule above; every problem found is
        listed. Whether the accounts balance is checked by `imbalance`, and by the solver.

    Notes
    -----
    Symbols of Caliendo & Parro (2015): pi, tau - 1, theta, gamma^j, gamma^{k,j}, alpha, wL, D, X.
    Shares that add to one only as far as a published table is rounded (1e-5) are made to add
    exactly, and so are deficits: else no prices could clear every market.
    """

    shares: Array
    tariff: Array
    theta: Array
    value_added_share: Array
    input_share: Array
    final_share: Array
    value_added: Array
    deficit: Array
    expenditure: Array

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = np.ascontiguousarray(getattr(self, name), dtype=np.float64)
            object.__setattr__(self, name, value)
        problems = _shape_problems(self) or _value_problems(self)
        if problems:
            raise InputError("the base economy cannot be used:\n- " + "\n- ".join(problems))
        _make_shares_exact(self)

    @property
    def economies(self) -> int:
        """Number of economies, N."""
        return len(self.value_added)

    @property
    def sectors(self) -> int:
        """Number of sectors, J."""
        return len(self.theta)

    @cached_property
    def gross_tariff(self) -> Array:
        """One plus the tariff rate, (J, N, N)."""
        return 1.0 + self.tariff

    @cached_property
    def supplied_shares(self) -> Array:
        """Trade shares in which an economy that does not buy a sector is its own supplier.

        The solver then needs no special case: the price of what nobody buys moves with its cost.
        """
        nobody = self.shares.sum(axis=2) == 0.0
        if not nobody.any():
            return self.shares
        filled = self.shares.copy()
        sector, economy = np.nonzero(nobody)
        filled[sector, economy, economy] = 1.0
        return filled

    @cached_property
    def trade(self) -> Array:
        """Value of trade before tariffs, `trade[j, n, i]` bought by n from i, (J, N, N)."""
        return self.shares / self.gross_tariff * self.expenditure.T[:, :, None]

    @cached_property
    def output(self) -> Array:
        """Gross output, (N, J)."""
        return np.ascontiguousarray(self.trade.sum(axis=1).T)

    @cached_property
    def tariff_revenue(self) -> Array:
        """Tariff revenue, (N,)."""
        return np.asarray(np.einsum("jni,jni->n", self.tariff, self.trade))

    @cached_property
    def income(self) -> Array:
        """What is spent on final use: value added, tariff revenue and the deficit, (N,)."""
        return self.value_added + self.tariff_revenue + self.deficit

    @cached_property
    def untaxed(self) -> NDArray[np.bool_]:
        """Sectors (J,) on which no economy levies a tariff."""
        return np.asarray(~self.tariff.any(axis=(1, 2)))

    @cached_property
    def world_output(self) -> float:
        """Gross output of the world."""
        return float(self.output.sum())

    @cached_property
    def imbalance(self) -> float:
        """Largest relative gap in the accounts of any economy (0 when the base balances).

        Looks at value added against output, and at spending by sector against its uses
        (relative to the economy's whole spending).
        """
        earned = (self.value_added_share * self.output).sum(axis=1)
        wages = np.abs(earned / self.value_added - 1.0).max()
        uses = np.einsum("nkj,nj->nk", self.input_share, self.output)
        uses += self.final_share * self.income[:, None]
        gap = np.abs(uses - self.expenditure) / self.expenditure.sum(axis=1, keepdims=True)
        return float(max(wages, gap.max()))


@dataclass(frozen=True)
class Shock:
    """What changes between the base and the counterfactual; None leaves a thing as it was.

    Attributes
    ----------
    tariff : (J, N, N) array, optional
        New ad-valorem tariff rates (levels).
    iceberg_hat : (J, N, N) array, optional
        Ratio of new to old iceberg cost of buying from i, positive; `inf` closes the pair.
    productivity_hat : (N, J) array, optional
        Ratio of new to old productivity: unit cost is divided by it. Caliendo & Parro's
        technology parameter changes by `productivity_hat ** theta`.
    deficit : (N,) array, optional
        New deficits in money, adding to zero; the unit is that of the base, in which world value
        added stays what it was.

    Examples
    --------
    >>> import numpy as np
    >>> Shock().is_nothing
    True
    >>> Shock(productivity_hat=np.array([[1.1], [1.0]])).is_nothing
    False
    """

    tariff: Array | None = None
    iceberg_hat: Array | None = None
    productivity_hat: Array | None = None
    deficit: Array | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was asked to change."""
        return all(getattr(self, name) is None for name in self.__dataclass_fields__)

    def checked(self, base: BaseEconomy) -> Shock:
        """Return the shock as float64 arrays, or raise `InputError` with every problem in it."""
        n, j = base.economies, base.sectors
        wanted = {
            "tariff": (j, n, n),
            "iceberg_hat": (j, n, n),
            "productivity_hat": (n, j),
            "deficit": (n,),
        }
        arrays: dict[str, Array | None] = {}
        problems = []
        for name, shape in wanted.items():
            given = getattr(self, name)
            arrays[name] = None
            if given is None:
                continue
            value = np.ascontiguousarray(given, dtype=np.float64)
            if value.shape != shape:
                problems.append(f"{name} has shape {value.shape}, the base asks for {shape}")
            elif problem := _shock_problem(name, value, base):
                problems.append(problem)
            arrays[name] = value
        if problems:
            raise InputError("the shock cannot be used:\n- " + "\n- ".join(problems))
        return Shock(**arrays)


def _make_shares_exact(base: BaseEconomy) -> None:
    bought = base.shares.sum(axis=2, keepdims=True)
    cost = base.value_added_share + base.input_share.sum(axis=1)
    stray = base.deficit.sum() / base.value_added.sum()
    exact = {
        "shares": base.shares / np.where(bought > 0.0, bought, 1.0),
        "value_added_share": base.value_added_share / cost,
        "input_share": base.input_share / cost[:, None, :],
        "final_share": base.final_share / base.final_share.sum(axis=1, keepdims=True),
        "deficit": base.deficit - stray * base.value_added,
    }
    for name, value in exact.items():
        object.__setattr__(base, name, value)


def _shape_problems(base: BaseEconomy) -> list[str]:
    n, j = base.value_added.size, base.theta.size
    wanted: dict[str, tuple[int, ...]] = {
        "shares": (j, n, n),
        "tariff": (j, n, n),
        "theta": (j,),
        "value_added_share": (n, j),
        "input_share": (n, j, j),
        "final_share": (n, j),
        "value_added": (n,),
        "deficit": (n,),
        "expenditure": (n, j),
    }
    return [
        f"{name} has shape {getattr(base, name).shape}, expected {shape} "
        f"({n} economies from value_added, {j} sectors from theta)"
        for name, shape in wanted.items()
        if getattr(base, name).shape != shape
    ]


def _value_problems(base: BaseEconomy) -> list[str]:
    problems = [
        f"{name} holds values that are not finite at {_where(~np.isfinite(getattr(base, name)))}"
        for name in base.__dataclass_fields__
        if not np.isfinite(getattr(base, name)).all()
    ]
    if problems:
        return problems
    bought = base.shares.sum(axis=2)
    unbought = (bought == 0.0) & (base.expenditure.T == 0.0)
    cost_sum = base.value_added_share + base.input_share.sum(axis=1)
    rules: list[tuple[str, NDArray[np.bool_]]] = [
        ("shares are negative", base.shares < 0.0),
        ("tariff is -1 or less", base.tariff <= -1.0),
        ("theta is not positive", base.theta <= 0.0),
        ("value_added_share is negative", base.value_added_share < 0.0),
        ("input_share is negative", base.input_share < NEGATIVE_INPUT_FLOOR),
        ("final_share is negative", base.final_share < 0.0),
        ("value_added is not positive", base.value_added <= 0.0),
        ("expenditure is negative", base.expenditure < 0.0),
        (
            "shares do not add to one over exporters",
            (np.abs(bought - 1.0) > SHARE_TOLERANCE) & ~unbought,
        ),
        (
            "value_added_share and input_share do not add to one",
            np.abs(cost_sum - 1.0) > SHARE_TOLERANCE,
        ),
        (
            "final_share does not add to one",
            np.abs(base.final_share.sum(axis=1) - 1.0) > SHARE_TOLERANCE,
        ),
    ]
    problems = [f"{what} at {_where(bad)}" for what, bad in rules if bad.any()]
    if abs(base.deficit.sum()) > 1e-6 * base.value_added.sum():
        problems.append(
            f"deficit adds to {base.deficit.sum():.6g} over the world, it must add to zero"
        )
    return problems


def _shock_problem(name: str, value: Array, base: BaseEconomy) -> str | None:
    if name == "deficit":
        if not np.isfinite(value).all():
            return "deficit holds values that are not finite"
        if abs(value.sum()) > 1e-6 * base.value_added.sum():
            return f"deficit adds to {value.sum():.6g} over the world, it must add to zero"
        return None
    if name == "tariff":
        bad = ~((value > -1.0) & (value < np.inf))
        return f"tariff is not a finite rate above -1 at {_where(bad)}" if bad.any() else None
    finite = name == "productivity_hat"
    low, high = value.min(), value.max()
    if low > 0.0 and (high < np.inf or not finite):
        return None
    bad = ~((value > 0.0) & ((value < np.inf) | (not finite)))
    return f"{name} is not a positive ratio at {_where(bad)}" if bad.any() else None


def _where(bad: NDArray[Any], limit: int = 4) -> str:
    """Name the first few positions that are true: `[0, 3], [1, 2] and 7 more`."""
    found = np.argwhere(bad)
    named = ", ".join(str([int(k) for k in row]) for row in found[:limit])
    return named if len(found) <= limit else f"{named} and {len(found) - limit} more"
