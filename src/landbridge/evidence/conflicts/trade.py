"""Exports and imports beside their turnover and their balance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding, sum_conflict
from landbridge.evidence.model import Conflict, Fact

_BALANCE = re.compile(
    r"\b(?:(?:trade|positive|negative) (?:trade )?balance|surplus|deficit|сальдо|профицит\w*"
    r"|дефицит\w*)\b",
    re.IGNORECASE,
)
_EXPORT = re.compile(r"\bexport\w*|\bэкспорт\w*", re.IGNORECASE)
_IMPORT = re.compile(r"\bimport\w*|\bимпорт\w*", re.IGNORECASE)
_TRADE = re.compile(
    r"\b(?:turnover|total trade|trade volume|bilateral trade|mutual trade"
    r"|trade (?:with|of|between|made|amounted|reached|was|is)|товарооборот\w*"
    r"|взаимн\w+ торговл\w+)\b",
    re.IGNORECASE,
)
_SLACK = 1.01
_NEAR = 0.02


def trade_balances(account: Account) -> Iterator[Conflict]:
    """Find exports and imports that do not make the turnover named beside them."""
    for paragraph in account.paragraphs:
        money = [
            f
            for f in account.figures_in(*paragraph)
            if f.unit and "percent" not in f.unit and f.value
        ]
        if len(money) < 3:
            continue
        sold, bought = _pair(account, money)
        turned = _turnover(account, money, sold, bought)
        if not (sold and bought and turned) or len({sold.unit, bought.unit, turned.unit}) > 1:
            continue
        if len({f.id for f in (sold, bought, turned)}) < 3 or _years_differ(sold, bought, turned):
            continue
        found = (sold.value or 0.0) + (bought.value or 0.0)
        slack = (rounding(sold) + rounding(bought) + rounding(turned)) * _SLACK
        if abs(found - (turned.value or 0.0)) > slack:
            yield sum_conflict([sold, bought], turned, found)


def surpluses(account: Account) -> Iterator[Conflict]:
    """Find exports and imports whose difference is not the balance named beside them."""
    for paragraph in account.paragraphs:
        told = _BALANCE.search(account.text, *paragraph)
        if not told:
            continue
        money = [f for f in account.figures_in(*paragraph) if f.unit and f.value]
        sold, bought = (_only(account, money, p) for p in (_EXPORT, _IMPORT))
        left = _only(account, money, _BALANCE)
        if not (sold and bought and left) or len({sold.unit, bought.unit, left.unit}) > 1:
            continue
        if len({sold.year, bought.year, left.year}) > 1:
            continue
        found = abs((sold.value or 0.0) - (bought.value or 0.0))
        slack = (rounding(sold) + rounding(bought) + rounding(left)) * _SLACK
        if abs(found - (left.value or 0.0)) > slack:
            yield conflict(
                "arithmetic",
                "high",
                f"{plain(sold.value)} - {plain(bought.value)}: {plain(found)}, not "
                f"{plain(left.value)}",
                f"Exports of {plain(sold.value)} and imports of {plain(bought.value)} leave "
                f"{plain(found)}; the balance is given as {plain(left.value)}.",
                [sold, bought, left],
            )


def _years_differ(*facts: Fact) -> bool:
    """Say whether figures are told to be of different years."""
    told = {f.year for f in facts if f.attributes.get("period_basis") == "stated"}
    return len(told) > 1


def _pair(account: Account, money: list[Fact]) -> tuple[Fact | None, Fact | None]:
    """Exports and imports: the only ones told, or the first of each where none makes a turnover."""
    sold, bought, turned = (_governed(account, money, p) for p in (_EXPORT, _IMPORT, _TRADE))
    if not sold or not bought:
        return None, None
    for one, other, total in product(sold, bought, turned):
        made = (one.value or 0.0) + (other.value or 0.0)
        if (len(sold), len(bought)) != (1, 1) and abs(made - (total.value or 0.0)) <= _NEAR * made:
            return None, None
    return sold[0], bought[0]


def _turnover(
    account: Account, money: list[Fact], sold: Fact | None, bought: Fact | None
) -> Fact | None:
    """The turnover of exports and imports: the only one told, or the one of their year."""
    told = _governed(account, money, _TRADE)
    if len(told) < 2 or sold is None or bought is None:
        return told[0] if len(told) == 1 else None
    made = (sold.value or 0.0) + (bought.value or 0.0)
    if any(abs(made - (one.value or 0.0)) <= _NEAR * made for one in told):
        return None
    same = [one for one in told if one.year == sold.year == bought.year]
    if len(same) == 1:
        return same[0]
    stated = [one.attributes.get("period_basis") == "stated" for one in (sold, bought)]
    before = [one for one in told if (one.value_end or 0) <= (sold.value_start or 0)]
    return None if any(stated) or same or not before else before[0]


def _only(account: Account, facts: list[Fact], word: re.Pattern[str]) -> Fact | None:
    """Give the one figure that the word governs; None of several."""
    found = _governed(account, facts, word)
    return found[0] if len(found) == 1 else None


def _governed(account: Account, facts: list[Fact], word: re.Pattern[str]) -> list[Fact]:
    """Give the figures before which the word is the last of all that may govern one."""
    found: list[Fact] = []
    for fact in facts:
        at = fact.value_start or 0
        before = account.text[account.sentence_at(at).start : at]
        told = [
            (m.end(), p) for p in (_EXPORT, _IMPORT, _TRADE, _BALANCE) for m in p.finditer(before)
        ]
        if (
            told
            and max(told, key=lambda one: one[0])[1] is word
            and not fact.attributes.get("change")
        ):
            found.append(fact)
    return found
