"""Joining and leaving a trade bloc."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.bargain import (
    Pair,
    grouped,
    pairs_between,
    share_agreement,
    tariff_part,
    trade_effects,
    without_agreement,
)
from landbridge.levers.checks import none_given, year_problems
from landbridge.levers.effects import TariffEffect, TradeEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import expand
from landbridge.levers.phrases import amount, joined
from landbridge.levers.published import effect
from landbridge.levers.quantity import Quantity, Uncertain
from landbridge.levers.rates import outer_tariff, set_tariffs, usual_tariff
from landbridge.levers.sectors import sectors_named
from landbridge.levers.sides import side_problems
from landbridge.network.gazetteer import key


def _published() -> Quantity:
    return effect("agreement")


class Bloc(Lever):
    """Economies that join or leave a trade bloc.

    Effect of joining: that of an agreement with every member and with the others who join
    (`landbridge.levers.agreement`). A customs union also hands its outer tariff over: those who
    join levy on everyone outside what its largest member (by GDP) levies in the base world.

    Effect of leaving: between those who leave and the members, pairs without another agreement
    levy their usual tariff again (the median, by sector, of what the buyer levies on sellers it
    has no agreement with), and lose what the agreement did beyond tariffs.

    Trade blocs and their kinds are those that `agreements.csv` establishes. The size of the effect
    is that of an agreement; customs unions are found to do more (Roy 2010), by no number that
    could be read, so they are given no more here.

    Attributes
    ----------
    bloc : organisation of `memberships.csv`
    joins, leaves : parties
    trade_log : the whole effect, tariffs included, in log points of trade

    Examples
    --------
    >>> Bloc(bloc="EAEU", joins=["UZB"], source="example").describe()
    'UZB joining EAEU: trade with members 0.5572 (0.389 to 0.7254) log points'
    """

    kind: Literal["bloc"] = "bloc"
    bloc: str
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    trade_log: Uncertain = Field(default_factory=_published)

    def problems(self, stage: Stage) -> Iterator[str]:
        """No trade bloc of this name, members who join, outsiders who leave."""
        yield from year_problems(self)
        yield from none_given(self, "joins", "leaves")
        given = {side: getattr(self, side) for side in ("joins", "leaves") if getattr(self, side)}
        wrong = list(side_problems(stage, **given))
        yield from wrong
        try:
            members = self._members(stage)
        except InputError as error:
            yield f"bloc: {error}"
            return
        if wrong:
            return
        if already := [code for code in expand(self.joins, stage) if code in members]:
            yield f"{joined(already)} is a member of {self.bloc} in {stage.year} already"
        if outside := [code for code in expand(self.leaves, stage) if code not in members]:
            yield f"{joined(outside)} is no member of {self.bloc} in {stage.year}: cannot leave"
        elif self.leaves and not self._parted(stage):
            yield (
                f"{joined(self.leaves)} shares another agreement of trade_blocs.csv with every "
                f"member of {self.bloc}: leaving would change nothing"
            )

    def effects(self, stage: Stage) -> Iterator[TariffEffect | TradeEffect]:
        """Outer tariffs, tariffs between members, and what is beyond tariffs."""
        goods = sectors_named(["goods"])
        if self.joins:
            yield from self._joining(stage, goods)
        if self.leaves:
            yield from self._leaving(stage, goods)

    def describe(self) -> str:
        """Who joins or leaves what."""
        parts = [f"{joined(self.joins)} joining"] if self.joins else []
        parts += [f"{joined(self.leaves)} leaving"] if self.leaves else []
        worth = amount(self.trade_log)
        return f"{joined(parts)} {self.bloc}: trade with members {worth} log points"

    def _joining(
        self, stage: Stage, goods: tuple[str, ...]
    ) -> Iterator[TariffEffect | TradeEffect]:
        members, joins = self._members(stage), expand(self.joins, stage)
        inside = {*members, *joins}
        if _row(self.bloc, stage.year).kind == "customs-union":
            largest = max(
                members, key=lambda code: stage.table.gdp[stage.table.labels.economy(code)]
            )
            outside = [code for code in stage.table.labels.economies if code not in inside]
            yield from outer_tariff(joins, largest, outside, goods, stage.table)
        new = without_agreement(pairs_between(joins, inside), stage.table)
        for sellers, buyers in grouped(new).items():
            yield TariffEffect(buyers, sellers, goods, level=0.0)
        beyond = max(0.0, self.trade_log.value - tariff_part(new, goods, stage.table))
        yield from trade_effects(new, goods, beyond)

    def _leaving(
        self, stage: Stage, goods: tuple[str, ...]
    ) -> Iterator[TariffEffect | TradeEffect]:
        parted, table = self._parted(stage), stage.table
        after: Array = np.array(table.base.tariff)
        for buyer in sorted({buyer for buyer, _ in parted}):
            row = table.labels.economy(buyer)
            sells = [table.labels.economy(seller) for one, seller in parted if one == buyer]
            after[:, row, sells] = usual_tariff(buyer, table)[:, None]
        yield from set_tariffs(parted, after, goods, table)
        lost = max(0.0, self.trade_log.value + tariff_part(parted, goods, table, after))
        yield from trade_effects(parted, goods, -lost)

    def _members(self, stage: Stage) -> tuple[str, ...]:
        """Members in the base world; raises `InputError` where the name is no trade bloc."""
        _row(self.bloc, stage.year)
        return expand([self.bloc], stage)

    def _parted(self, stage: Stage) -> frozenset[Pair]:
        own = _row(self.bloc, stage.year).establishes
        pairs = pairs_between(expand(self.leaves, stage), self._members(stage))
        return frozenset(
            pair for pair in pairs if not share_agreement(pair, stage.table.year, besides=own)
        )


def _row(name: str, year: int) -> facts.Row:
    """The agreement that set the bloc up, in force in the year."""
    found = {key(row.establishes): row for row in facts.rows("agreements") if row.establishes}
    if key(name) not in found:
        known = sorted(row.establishes for row in found.values())
        raise UnknownNameError.from_available("trade bloc", name.strip(), known)
    row = found[key(name)]
    if row.in_force_year is not None and year < row.in_force_year:
        raise InputError(f"{row.name} is in force from {row.in_force_year}, after {year}")
    return row
