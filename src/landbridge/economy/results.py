"""What the solver answers: a frozen equilibrium, and what follows from it, worked out on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from landbridge.economy import hat_algebra
from landbridge.economy.base import Array, BaseEconomy, Shock
from landbridge.economy.shifts import shares_before_costs
from landbridge.economy.welfare import Welfare, split_welfare


@dataclass(frozen=True)
class Equilibrium:
    """The world after a shock. N economies, J sectors; a hat is a ratio of new to old.

    Attributes
    ----------
    base, shock
        What was asked.
    converged : bool
        Always true: what does not converge is an error.
    iterations : int
        Sweeps through the equilibrium conditions.
    residual : float
        Largest remaining gap in labour markets, log prices and spending, relative.
    wage_hat : (N,) array
        In the unit that leaves world value added unchanged.
    price_hat : (N, J) array
        Prices that buyers pay, by sector.
    expenditure : (N, J) array
        Spending, inputs and final use, tariffs included, in the base's money.
    deficit : (N,) array
        Imports less exports before tariffs.
    """

    base: BaseEconomy = field(repr=False)
    shock: Shock = field(repr=False)
    converged: bool
    iterations: int
    residual: float
    wage_hat: Array = field(repr=False)
    price_hat: Array = field(repr=False)
    expenditure: Array = field(repr=False)
    deficit: Array = field(repr=False)

    @classmethod
    def from_unknowns(
        cls,
        base: BaseEconomy,
        shock: Shock,
        unknowns: Array,
        *,
        deficit: Array,
        deficits: str,
        iterations: int,
        residual: float,
    ) -> Equilibrium:
        """Take apart the solver's vector (log wage, log price, spending)."""
        n, j = base.expenditure.shape
        price_hat = np.exp(unknowns[n : n + n * j]).reshape(n, j)
        found = cls(
            base=base,
            shock=shock,
            converged=True,
            iterations=iterations,
            residual=residual,
            wage_hat=np.exp(unknowns[:n]),
            price_hat=price_hat,
            expenditure=unknowns[n + n * j :].reshape(n, j).copy(),
            deficit=deficit,
        )
        if deficits == "scaled":
            scale = found.output.sum() / base.output.sum()
            object.__setattr__(found, "deficit", deficit * scale)
        return found

    def as_base(self) -> BaseEconomy:
        """Return this world as the base of the next question."""
        base = self.base
        bought = base.shares.sum(axis=2, keepdims=True) > 0.0
        return BaseEconomy(
            shares=np.where(bought, self.shares, 0.0),
            tariff=self.gross_tariff - 1.0,
            theta=base.theta,
            value_added_share=base.value_added_share,
            input_share=base.input_share,
            final_share=base.final_share,
            value_added=self.value_added,
            deficit=self.deficit,
            expenditure=self.expenditure,
        )

    @cached_property
    def gross_tariff(self) -> Array:
        """One plus the tariff after the shock, (J, N, N)."""
        return self.base.gross_tariff if self.shock.tariff is None else 1.0 + self.shock.tariff

    @cached_property
    def cost_hat(self) -> Array:
        """Change in the cost of a bundle of labour and inputs, (N, J)."""
        return hat_algebra.unit_cost_hat(
            self.wage_hat, self.price_hat, self.base.value_added_share, self.base.input_share
        )

    @cached_property
    def producer_price_hat(self) -> Array:
        """Change in the price at the factory gate: bundle cost over productivity, (N, J)."""
        if self.shock.productivity_hat is None:
            return self.cost_hat
        return np.asarray(self.cost_hat / self.shock.productivity_hat)

    @cached_property
    def shares(self) -> Array:
        """Trade shares after the shock, (J, N, N); rows of sectors nobody buys are the seller's."""
        direct, _, _ = shares_before_costs(self.base, self.shock)
        return hat_algebra.counterfactual_shares(direct, self.cost_hat, self.base.theta)

    @cached_property
    def trade(self) -> Array:
        """Value of trade before tariffs, `trade[j, n, i]` bought by n from i, (J, N, N)."""
        return hat_algebra.trade_flows(self.shares, self.gross_tariff, self.expenditure)

    @cached_property
    def output(self) -> Array:
        """Gross output, (N, J)."""
        return np.ascontiguousarray(self.trade.sum(axis=1).T)

    @cached_property
    def exports(self) -> Array:
        """Exports by economy and sector, before tariffs, (N, J)."""
        return np.asarray(self.output - np.diagonal(self.trade, axis1=1, axis2=2).T)

    @cached_property
    def imports(self) -> Array:
        """Imports by economy and sector, before tariffs, (N, J)."""
        return np.asarray(self.trade.sum(axis=2).T - np.diagonal(self.trade, axis1=1, axis2=2).T)

    @cached_property
    def trade_by_pair(self) -> Array:
        """Trade summed over sectors, `[n, i]` bought by n from i, (N, N)."""
        return np.asarray(self.trade.sum(axis=0))

    @cached_property
    def tariff_revenue(self) -> Array:
        """Tariff revenue, (N,)."""
        return np.asarray(((self.gross_tariff - 1.0) * self.trade).sum(axis=(0, 2)))

    @cached_property
    def value_added(self) -> Array:
        """Value added, (N,)."""
        return np.asarray(self.wage_hat * self.base.value_added)

    @cached_property
    def income(self) -> Array:
        """Final spending: value added, tariff revenue and the deficit, (N,)."""
        return np.asarray(self.value_added + self.tariff_revenue + self.deficit)

    @cached_property
    def price_index_hat(self) -> Array:
        """Change in the price of final consumption, (N,)."""
        return hat_algebra.price_index_hat(self.price_hat, self.base.final_share)

    @cached_property
    def real_wage_hat(self) -> Array:
        """Change in the real wage, (N,)."""
        return np.asarray(self.wage_hat / self.price_index_hat)

    @cached_property
    def real_income_hat(self) -> Array:
        """Change in real final spending, (N,): exact welfare, eq. (17) integrated."""
        return np.asarray(self.income / self.base.income / self.price_index_hat)

    @cached_property
    def real_gdp_hat(self) -> Array:
        """Change in value added plus tariff revenue, at consumer prices, (N,)."""
        before = self.base.value_added + self.base.tariff_revenue
        return np.asarray((self.value_added + self.tariff_revenue) / before / self.price_index_hat)

    @cached_property
    def welfare(self) -> Welfare:
        """First-order split of welfare, eq. (18)."""
        return split_welfare(
            base_trade=self.base.trade,
            base_tariff=self.base.tariff,
            base_income=self.base.income,
            new_trade=self.trade,
            price_hat=self.producer_price_hat,
            iceberg_hat=self.shock.iceberg_hat,
            productivity_hat=self.shock.productivity_hat,
        )

    @cached_property
    def excess_demand(self) -> Array:
        """Exports less imports plus deficit, in money, (N,): zero in equilibrium, adds to zero."""
        return np.asarray(
            self.trade_by_pair.sum(axis=0) - self.trade_by_pair.sum(axis=1) + self.deficit
        )
