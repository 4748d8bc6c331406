"""Trade agreements between economies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from landbridge.levers.bargain import (
    Pair,
    grouped,
    pairs_between,
    tariff_part,
    trade_effects,
    without_agreement,
)
from landbridge.levers.checks import year_problems
from landbridge.levers.effects import TariffEffect, TradeEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import expand
from landbridge.levers.phrases import amount, joined
from landbridge.levers.published import effect
from landbridge.levers.quantity import Quantity, Uncertain
from landbridge.levers.sectors import is_goods, sector_problems, sectors_named
from landbridge.levers.sides import side_problems, sides


def _published() -> Quantity:
    return effect("agreement")


class Agreement(Lever):
    """A trade agreement among economies, or between two groups of them.

    Effect: tariffs between the parties fall to zero (unless kept), and what the agreement does
    beyond them is `trade_log` less the part that abolished tariffs are worth by themselves
    (`landbridge.levers.bargain`), as a `TradeEffect`. Pairs that share an agreement in the base
    world gain nothing more. With services, their sectors take the whole of `trade_log`, as no
    tariff was in it.

    The default of `trade_log` is the estimate `agreement` of `gravity_estimates.csv`: 0.56 log
    points, standard error 0.10, made from the data of Yotov et al. (2016) with exporter-year,
    importer-year and pair effects.

    Attributes
    ----------
    parties_a, parties_b : the groups; without `parties_b`, among `parties_a`
    tariffs : zero, or keep for an agreement without tariff cuts
    trade_log : the whole effect, tariff cuts included, in log points of trade
    sectors : of goods; blank is all of them
    depth : goods, or goods+services

    Examples
    --------
    >>> Agreement(parties_a=["EAEU"], parties_b=["CHN"], source="example").describe()
    'agreement between EAEU and CHN: trade 0.5572 (0.389 to 0.7254) log points'
    """

    kind: Literal["agreement"] = "agreement"
    parties_a: tuple[str, ...]
    parties_b: tuple[str, ...] = ()
    tariffs: Literal["zero", "keep"] = "zero"
    trade_log: Uncertain = Field(default_factory=_published)
    sectors: tuple[str, ...] = ()
    depth: Literal["goods", "goods+services"] = "goods"

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown parties or sectors, nobody to agree with, nothing that is new."""
        yield from year_problems(self)
        wrong = list(self._side_problems(stage))
        yield from wrong
        yield from sector_problems(self.sectors)
        if not wrong and not (pairs := self._pairs(stage)):
            yield "the parties are one and the same economy: name at least two"
        elif not wrong and not without_agreement(pairs, stage.table):
            yield (
                "every pair of the parties shares an agreement in the base world already "
                "(trade_blocs.csv): nothing would change"
            )

    def effects(self, stage: Stage) -> Iterator[TariffEffect | TradeEffect]:
        """Tariffs, and what is left beyond them."""
        new = without_agreement(self._pairs(stage), stage.table)
        meant = sectors_named(self.sectors)
        goods = tuple(isic for isic in meant if is_goods(isic))
        if self.tariffs == "zero" and goods:
            for sellers, buyers in grouped(new).items():
                yield TariffEffect(buyers, sellers, goods, level=0.0)
        whole = self.trade_log.value
        beyond = max(0.0, whole - tariff_part(new, goods, stage.table))
        yield from trade_effects(new, goods, beyond)
        if self.depth == "goods+services":
            yield from trade_effects(new, sectors_named(["services"]), whole)

    def describe(self) -> str:
        """Who agrees with whom, and how much it is worth."""
        if self.parties_b:
            who = f"between {joined(self.parties_a)} and {joined(self.parties_b)}"
        else:
            who = f"among {joined(self.parties_a)}"
        cuts = "" if self.tariffs == "zero" else " without tariff cuts"
        return f"agreement {who}{cuts}: trade {amount(self.trade_log)} log points"

    def _side_problems(self, stage: Stage) -> Iterator[str]:
        names = {"parties_a": self.parties_a}
        if self.parties_b:
            names["parties_b"] = self.parties_b
        yield from side_problems(stage, **names)

    def _pairs(self, stage: Stage) -> frozenset[Pair]:
        if not self.parties_b:
            among = expand(self.parties_a, stage)
            return pairs_between(among, among)
        return pairs_between(*sides(self.parties_a, self.parties_b, stage))
