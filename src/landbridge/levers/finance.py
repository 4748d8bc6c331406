"""Loans between economies, and what they cost each year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge.levers.annuity import debt_service
from landbridge.levers.checks import below_zero, not_below, not_positive, year_problems
from landbridge.levers.effects import TransferEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import expand
from landbridge.levers.phrases import amount
from landbridge.levers.quantity import Uncertain
from landbridge.levers.sides import single_problems


class Finance(Lever):
    """A loan from one economy to another.

    Effect: the debt service of the year assessed, a `TransferEffect` from borrower to lender:
    interest alone in the years of grace, then an annuity (`landbridge.levers.annuity`); the first
    payment falls in from_year + 1, the last in from_year + years. Nothing is paid in other years.
    What the money builds is a matter of other levers. No default: terms of past loans and typical
    ones are in `finance_terms.csv`.

    Attributes
    ----------
    borrower, lender : economies
    amount_usd_mn : principal, million USD
    rate_pct : interest, per cent a year
    grace_years : years of interest alone
    years : term, grace included
    from_year : year of the loan, which this kind needs

    Examples
    --------
    >>> loan = Finance(
    ...     borrower="KGZ", lender="CHN", amount_usd_mn=2300, rate_pct=2, grace_years=5,
    ...     years=35, from_year=2025, source="example",
    ... )
    >>> loan.describe()
    'KGZ owing CHN 2,300 million USD of 2025 at 2 % for 35 years, 5 of them of grace'
    >>> round(loan.due(2031), 1)
    102.7
    """

    kind: Literal["finance"] = "finance"
    borrower: str
    lender: str
    amount_usd_mn: Uncertain
    rate_pct: Uncertain
    grace_years: int = 0
    years: int

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown economies, a loan to oneself, terms that cannot be."""
        yield from year_problems(self)
        wrong = list(single_problems(stage, borrower=self.borrower, lender=self.lender))
        yield from wrong
        if not wrong and expand([self.borrower], stage) == expand([self.lender], stage):
            yield "borrower and lender are one economy: nothing is paid between economies"
        if self.from_year is None:
            yield "from_year is missing: it is the year of the loan, from which payments count"
        if self.grace_years < 0 or self.years <= self.grace_years:
            yield (
                f"{self.grace_years} years of grace leave none of {self.years} years to pay back "
                "in: years counts the grace"
            )
        yield from not_positive(self, "amount_usd_mn")
        yield from below_zero(self, "rate_pct")

    def effects(self, stage: Stage) -> Iterator[TransferEffect]:
        """What is due in the year assessed."""
        due = self.due(stage.year)
        if due == 0.0:
            return
        (borrower,), (lender,) = expand([self.borrower], stage), expand([self.lender], stage)
        yield TransferEffect(
            ((borrower, due), (lender, -due)), f"debt service of {borrower} to {lender}"
        )

    def due(self, year: int) -> float:
        """Million USD that fall due in a year."""
        if self.from_year is None or not 1 <= year - self.from_year <= self.years:
            return 0.0
        paid = debt_service(
            self.amount_usd_mn.value, not_below(self.rate_pct), self.grace_years, self.years
        )
        return paid[year - self.from_year - 1]

    def describe(self) -> str:
        """Who owes whom how much."""
        when = "" if self.from_year is None else f" of {self.from_year}"
        terms = f"at {amount(self.rate_pct)} % for {self.years} years"
        grace = f", {self.grace_years} of them of grace" if self.grace_years else ""
        money = f"{amount(self.amount_usd_mn)} million USD"
        return f"{self.borrower} owing {self.lender} {money}{when} {terms}{grace}"
