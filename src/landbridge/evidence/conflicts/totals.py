"""Totals said outright, shares that should make a whole, and changes that should follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.numbers import numbers

_IN_TOTAL = re.compile(
    r"(?:\bin total|\bin all|\baltogether|\bfor a total of|\ba total of|\btotall?ing|\ball told"
    r"|\bвсего|\bв сумме|\bитого)"
    r"\W{0,3}(?:is |are |was |were |makes? |about |some )?$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|shares|shareholders?|hold|holds|held|owns?|owned|distribut\w+|divid\w+|split"
    r"|structure"
    r"|break\w* down|breakdown|by (?:direction|countr\w+|region|sector|branch\w*|type|origin)s?"
    r"|account\w*|respondents|undecided|no (?:view|opinion)|(?:go|goes|went|moves?|sent) by"
    r"|com(?:e|es|ing) from|came from|made? up|making up|compris\w+|consist\w*|proportion"
    r"|followed by"
    r"|дол[яи]\w*|владе\w+|распредел\w+|структур\w+|по (?:направлени|стран|отрасл|регион|вид)\w+"
    r"|прочи\w+|остальн\w+|приход\w+|состав\w+|of all|of the (?:total|whole)|из (?:всех|всего))\b",
    re.IGNORECASE,
)
_OWNERS = re.compile(
    r"\b(?:owns?|owned|holds?|held|belongs?|stakes?|shareholders?)\b|(?<!\w)(?:владе\w+"
    r"|принадлеж\w+)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:the rest|the remaining|the remainder|others?|остальн\w+|прочи\w+)\b", re.IGNORECASE
)
_BALANCE = re.compile(
    r"\b(?:(?:trade|positive|negative) balance|surplus|deficit|сальдо|профицит\w*|дефицит\w*)\b",
    re.IGNORECASE,
)
_EXPORT = re.compile(r"\bexport\w*|\bэкспорт\w*", re.IGNORECASE)
_IMPORT = re.compile(r"\bimport\w*|\bимпорт\w*", re.IGNORECASE)
_TRADE = re.compile(
    r"\b(?:turnover|total trade|trade volume|bilateral trade|mutual trade|товарооборот\w*)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|compared (?:with|to)|against|с|против)\s+(?:about |some |only |just "
    r")?(?:US)?[$€£¥]?\s?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|на)\s+(?:about |some |over |nearly )?$", re.IGNORECASE)
_WHOLE = 100.0
# Percentages that make more than this are no parts of one whole.
_MOST = 165.0
_SLACK = 1.01


def said_totals(account: Account) -> Iterator[Conflict]:
    """Find "A and B, in total C" where A + B is not C."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.unit and f.unit != "percent"]
        for at, total in enumerate(held):
            before = account.text[
                max(sentence.start, (total.value_start or 0) - 40) : total.value_start
            ]
            if not _IN_TOTAL.search(before):
                continue
            parts = [
                f for f in held[:at] if f.unit == total.unit and not f.attributes.get("change")
            ]
            if len(parts) < 2:
                continue
            found = sum(f.value or 0.0 for f in parts)
            slack = rounding(total) + sum(rounding(f) for f in parts)
            if abs(found - (total.value or 0.0)) > slack:
                yield _sum_conflict(parts, total, found)


_SUMMED = re.compile(
    r"\b(?:the total|total (?:volume|amount|sum|cost|number|capacity|length)|in total|all together"
    r"|altogether|in sum|overall)\b|(?<!\w)(?:всего|итого|в сумме|общ\w+ (?:объ[её]м|сумм|числ"
    r"|стоимост"
    r"|мощност|протяж[её]нност)\w*)(?!\w)",
    re.IGNORECASE,
)
_FEWEST = 3
_NEAR_TOTAL = 0.3


def totals_of_paragraphs(account: Account) -> Iterator[Conflict]:
    """Find a total told in a sentence of its own that the figures before it do not make.

    Three figures of its unit and more come before it in the paragraph; no run of them that ends
    at the total makes it, and all of them come within three tenths of it.
    """
    for sentence in account.sentences:
        told = _SUMMED.search(account.text, *sentence)
        here = [f for f in account.figures_in(*sentence) if f.unit and f.value]
        if told is None or len(here) != 1 or here[0].unit in {"percent", "times", "years"}:
            continue
        total = here[0]
        paragraph = account.paragraph_at(sentence.start)
        parts = [
            f
            for f in account.figures_in(paragraph.start, sentence.start)
            if f.unit == total.unit and f.value and not f.attributes.get("change")
        ]
        if len(parts) < _FEWEST or any((f.value or 0) >= (total.value or 0) for f in parts):
            continue
        if len({f.year for f in (*parts, total)}) > 1 or _unread(account, parts, sentence.start):
            continue
        slack = rounding(total) + sum(rounding(f) for f in parts)
        sums = [sum(f.value or 0.0 for f in parts[at:]) for at in range(len(parts) - 1)]
        gap = abs(sums[0] - (total.value or 0.0))
        if all(abs(made - (total.value or 0.0)) > slack for made in sums) and gap <= (
            _NEAR_TOTAL * (total.value or 0.0)
        ):
            yield _sum_conflict(parts, total, sums[0])


def _unread(account: Account, parts: list[Fact], end: int) -> bool:
    """Say whether a number with a scale stands among the parts that no figure was read from."""
    start = parts[0].value_start or 0
    told = [f.value_start or 0 for f in account.figures]
    return any(
        one.scale > 1 and not any(abs(start + one.start - at) <= 1 for at in told)
        for one in numbers(account.text[start:end])
    )


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
        sold, bought, turned = (_only(account, money, p) for p in (_EXPORT, _IMPORT, _TRADE))
        if not (sold and bought and turned) or len({sold.unit, bought.unit, turned.unit}) > 1:
            continue
        if (
            len({f.id for f in (sold, bought, turned)}) < 3
            or len({sold.year, bought.year, turned.year}) > 1
        ):
            continue
        found = (sold.value or 0.0) + (bought.value or 0.0)
        slack = (rounding(sold) + rounding(bought) + rounding(turned)) * _SLACK
        if abs(found - (turned.value or 0.0)) > slack:
            yield _sum_conflict([sold, bought], turned, found)


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


def shares(account: Account) -> Iterator[Conflict]:
    """Find shares of one whole that make more than it, or with "the rest" less."""
    for sentence in account.sentences:
        held = [
            f
            for f in account.figures_in(*sentence)
            if f.unit == "percent" and not f.attributes.get("change")
        ]
        if len(held) < 2 or not _SHARE.search(account.text, *sentence):
            continue
        if account.in_table(held[0].value_start or 0):
            continue
        found = sum(f.value or 0.0 for f in held)
        rest = _REST.search(account.text, *sentence)
        slack = sum(rounding(f) for f in held) + 0.5 * len(held)
        owners = _OWNERS.search(account.text, *sentence) is not None
        over = _WHOLE + slack < found < _MOST and (len(held) > 2 or owners)
        if over or (
            rest and abs(found - _WHOLE) > slack and (held[-1].value_start or 0) > rest.start()
        ):
            listed = " + ".join(f"{plain(f.value)}" for f in held)
            yield conflict(
                "arithmetic",
                "high",
                f"shares {listed} make {plain(found)} %",
                f"The shares named in one sentence add up to {plain(found)} %, not 100 %.",
                held,
            )


def changes(account: Account) -> Iterator[Conflict]:
    """Find "from A to B, up p %" where B / A is another change, rounding allowed for."""
    for sentence in account.sentences:
        held = account.figures_in(*sentence)
        percents = [f for f in held if f.unit == "percent" and f.attributes.get("change")]
        levels = [f for f in held if f.unit and f.unit not in {"percent", "times", "years"}]
        if len(percents) != 1 or len(levels) != 2 or levels[0].unit != levels[1].unit:
            continue
        old = next(
            (
                f
                for f in levels
                if _FROM.search(account.text[max(0, (f.value_start or 0) - 28) : f.value_start])
            ),
            None,
        )
        if old is None or not old.value:
            continue
        new = next(f for f in levels if f is not old)
        told = (percents[0].value or 0.0) * (
            1 if percents[0].attributes.get("change") == "up" else -1
        )
        low, high = _change_range(old, new)
        near = max(rounding(percents[0]), 0.5)
        if not low - near <= told <= high + near:
            true = ((new.value or 0.0) / old.value - 1) * _WHOLE
            yield conflict(
                "arithmetic",
                "high",
                f"{plain(old.value)} to {plain(new.value)} is {true:+.0f} %, not {told:+.0f} %",
                f"A change from {plain(old.value)} to {plain(new.value)} is {true:+.1f} %; the "
                f"text says {told:+.6g} %.",
                [old, new, percents[0]],
            )


def _change_range(old: Fact, new: Fact) -> tuple[float, float]:
    low_old, high_old = (old.value or 0.0) - rounding(old), (old.value or 0.0) + rounding(old)
    low_new, high_new = (new.value or 0.0) - rounding(new), (new.value or 0.0) + rounding(new)
    return (low_new / high_old - 1) * _WHOLE, (high_new / max(low_old, 1e-12) - 1) * _WHOLE


def _only(account: Account, facts: list[Fact], word: re.Pattern[str]) -> Fact | None:
    """Give the one figure that the word governs, the last such word before it; None of several."""
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
    return found[0] if len(found) == 1 else None


def _sum_conflict(parts: list[Fact], total: Fact, found: float) -> Conflict:
    listed = " + ".join(plain(f.value) for f in parts)
    return conflict(
        "arithmetic",
        "high",
        f"{listed} = {plain(found)}, not {plain(total.value)}",
        f"The parts {listed} add up to {plain(found)}; the total is given as {plain(total.value)}.",
        [*parts, total],
    )
