"""World prices of commodities: who wins and who loses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge import facts
from landbridge.errors import InputError
from landbridge.levers.checks import asked, many_given, none_given, not_positive, year_problems
from landbridge.levers.effects import TransferEffect
from landbridge.levers.holdings import COMMODITIES, net_exports
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import amount
from landbridge.levers.quantity import Uncertain


class Price(Lever):
    """A commodity that is dearer or cheaper in the whole world.

    Effect: with r = new price / price of the base year and quantities held, those who sell more
    than they buy lose (1 - r) times what they sell net, and those who buy gain it: a
    `TransferEffect` that adds to zero (`landbridge.levers.holdings` says how net exports of crude
    oil, gas and coal are told apart). First-order: neither quantities nor the mix of fuels change,
    and home sales between an economy's own people cancel out.

    Prices of the base year are in `commodity_prices.csv`: Brent (U.S. Energy Information
    Administration), natural gas in Europe and Australian coal (World Bank).

    Attributes
    ----------
    commodity : crude_oil, gas or coal; energy, petroleum, metals or ores as whole sectors
    usd : the new price, in the unit of the table; only where it has the base year's
    factor : or the ratio of new to old

    Examples
    --------
    >>> Price(commodity="crude_oil", usd=30, source="example").describe()
    'crude_oil at 30 USD/bbl'
    """

    kind: Literal["price"] = "price"
    commodity: str
    usd: Uncertain | None = None
    factor: Uncertain | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown commodities, no or two prices, no price of the base year."""
        yield from year_problems(self)
        yield from none_given(self, "usd", "factor")
        yield from many_given(self, "usd", "factor")
        yield from not_positive(self, "usd", "factor")
        unknown = list(asked(lambda: net_exports(self.commodity, stage.table)))
        yield from unknown
        if not unknown and self.usd is not None:
            yield from asked(lambda: _base_price(self.commodity, stage.table.year))

    def effects(self, stage: Stage) -> Iterator[TransferEffect]:
        """What net exporters lose, and net importers gain."""
        lost = (1.0 - self.ratio(stage)) * net_exports(self.commodity, stage.table)
        paid = zip(stage.table.labels.economies, lost.tolist(), strict=True)
        yield TransferEffect(
            tuple((code, value) for code, value in paid if value != 0.0),
            f"price of {self.commodity}",
        )

    def ratio(self, stage: Stage) -> float:
        """New price over that of the base year."""
        if self.factor is not None:
            return self.factor.value
        assert self.usd is not None
        return self.usd.value / float(_base_price(self.commodity, stage.table.year).price)

    def describe(self) -> str:
        """What costs how much."""
        if self.factor is not None:
            return f"{self.commodity} at {amount(self.factor)} times its price"
        units = [r.unit for r in facts.rows("commodity_prices") if r.commodity == self.commodity]
        price = "an unnamed price" if self.usd is None else amount(self.usd)
        return f"{self.commodity} at {price} {units[0] if units else 'USD'}"


def _base_price(commodity: str, year: int) -> facts.Row:
    for row in facts.rows("commodity_prices"):
        if (row.commodity, row.year) == (commodity, year):
            return row
    priced = {row.commodity for row in facts.rows("commodity_prices") if row.year == year}
    known = ", ".join(sorted(priced.intersection(COMMODITIES)))
    raise InputError(
        f"commodity_prices.csv has no price of {commodity} in {year}: give a factor instead of "
        f"usd, or one of {known}"
    )
