"""What a loan costs each year."""

from __future__ import annotations

import math

from landbridge.errors import InputError

LEAST_RATE = 1e-12
"""Share a year below which interest does not show in the digits of a payment."""


def debt_service(amount: float, rate_pct: float, grace_years: int, years: int) -> tuple[float, ...]:
    """Payments at the end of each year of a loan: interest alone, then an annuity.

    In the years of grace the borrower pays r x amount; in the n = years - grace_years that are
    left the same sum each year,

        amount x r / (1 - (1 + r)^-n),   or amount / n without interest,

    which pays the loan off exactly (the payments, discounted at r, are worth the amount).

    Parameters
    ----------
    amount : in any money
    rate_pct : interest, per cent a year, not negative
    grace_years : years of interest alone
    years : term, grace included

    Raises
    ------
    InputError
        When the grace leaves no year to pay back in, or a number is negative.

    Examples
    --------
    >>> [round(paid, 2) for paid in debt_service(100.0, 2.0, 1, 3)]
    [2.0, 51.5, 51.5]
    """
    if amount < 0.0 or rate_pct < 0.0 or grace_years < 0:
        raise InputError("a loan's amount, rate and grace cannot be negative")
    paying = years - grace_years
    if paying < 1:
        raise InputError(
            f"{grace_years} years of grace leave none of {years} years to pay back in: "
            "years counts the grace"
        )
    rate = rate_pct / 100.0
    if rate < LEAST_RATE:
        annuity = amount / paying
    else:
        annuity = amount * rate / -math.expm1(-paying * math.log1p(rate))
    return (amount * rate,) * grace_years + (annuity,) * paying
