"""A number in a scenario file that may carry an interval."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator


class Quantity(BaseModel):
    """A value with the interval it is believed to lie in, nine times out of ten.

    In a scenario file a plain number is a value without an interval; a table
    `{ value = 12, low = 8, high = 20 }` has one.

    Examples
    --------
    >>> q = Quantity(value=12.0, low=8.0, high=20.0)
    >>> [round(q.at(share), 9) for share in (0.05, 0.95, 0.5)]
    [8.0, 20.0, 12.0]
    >>> Quantity(value=3.0).at(0.01)
    3.0
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Quantity:
        if (self.low is None) != (self.high is None):
            raise ValueError("give both low and high, or neither")
        numbers = [n for n in (self.low, self.value, self.high) if n is not None]
        if not all(map(math.isfinite, numbers)):
            raise ValueError("numbers must be finite")
        if numbers != sorted(numbers):
            raise ValueError(f"low, value and high must ascend, not {numbers}")
        return self

    @property
    def is_certain(self) -> bool:
        """Whether no interval is given, or one of no width."""
        return self.low is None or self.low == self.high

    def at(self, share: float) -> float:
        """The value below which it lies with probability `share` (0 to 1).

        Two half-normal pieces that meet at `value`, the median; `low` and `high` are the 5th and
        95th percentiles. Draws go no further beyond either end than the interval is wide on that
        side, and a quantity that is positive throughout its interval stays so.
        """
        if self.low is None or self.high is None or share == 0.5:
            return self.value
        from scipy.special import ndtri

        score = float(ndtri(share)) / float(ndtri(0.95))
        if score < 0.0 < self.low and score < -1.0:
            # Beyond the 5th percentile of what is positive the tail falls by ratios.
            return self.low * math.pow(self.low / self.value, min(-score, 2.0) - 1.0)
        width = self.value - self.low if score < 0 else self.high - self.value
        return self.value + max(-2.0, min(2.0, score)) * width


def _from_number(given: Any) -> Any:
    plain = isinstance(given, int | float) and not isinstance(given, bool)
    return {"value": given} if plain else given


Uncertain = Annotated[Quantity, BeforeValidator(_from_number)]
"""Type of a lever's field: a number, or a table with value, low and high."""
