"""A share of an amount that is not that share, or in a currency that is not the amount's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict

_MONEY = re.compile(r"[A-Z]{3}")
_THAT_IS = re.compile(
    r"\b(?:or|that is|i\.e|namely|thus|making|which is)\b|\(|(?<!\w)(?:или|то есть|т\.\s?е)(?!\w)",
    re.IGNORECASE,
)
_NEAR = 0.03


def shares_in_another_currency(account: Account) -> Iterator[Conflict]:
    """Find "2.1 billion dollars, of which 85 percent, that is 1.8 billion forints"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value]
        money = [f for f in held if _MONEY.fullmatch(f.unit or "") and f.unit not in {"TEU", "FEU"}]
        for one, other in combinations(money, 2):
            between = [
                f
                for f in held
                if f.unit in {"percent", "share"}
                and (one.value_end or 0) <= (f.value_start or 0) < (other.value_start or 0)
            ]
            if one.unit == other.unit or len(between) != 1:
                continue
            share = between[0]
            lead = account.text[share.value_end or 0 : other.value_start]
            part = (share.value or 0.0) / (100 if share.unit == "percent" else 1)
            made = part * (one.value or 0.0)
            if _THAT_IS.search(lead) and abs(made / (other.value or 1.0) - 1) <= _NEAR:
                yield conflict(
                    "currency",
                    "high",
                    f"{plain(100 * part)} % of {plain(one.value)} {one.unit} are "
                    f"{plain(round(made))} {one.unit}, not {other.unit}",
                    f"The amount is that share of the {one.unit}; the currency {other.unit} is "
                    "most likely a slip.",
                    [one, share, other],
                )


_OF_IT = re.compile(
    r"\b(?:of (?:which|it|this|that|them)|from (?:it|which))\b"
    r"|(?<!\w)из (?:н\w{1,2}|которых|этого)(?!\w)",
    re.IGNORECASE,
)
_SLACK = 0.03


def shares_of_amounts(account: Account) -> Iterator[Conflict]:
    """Find "3.4 billion zloty, of which the EU pays 85 percent, that is 2.1 billion zloty"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit]
        for whole, share, part in zip(held, held[1:], held[2:], strict=False):
            if share.unit not in {"percent", "share"} or whole.unit != part.unit:
                continue
            gap = account.text[whole.value_end or 0 : share.value_start]
            lead = account.text[share.value_end or 0 : part.value_start]
            if not _OF_IT.search(gap) or not _THAT_IS.search(lead) or len(lead) > _REACH:
                continue
            if any(f.attributes.get("qualifier") for f in (whole, share, part)):
                continue
            made = (
                (share.value or 0.0)
                / (100 if share.unit == "percent" else 1)
                * (whole.value or 0.0)
            )
            if abs(made - (part.value or 0.0)) > rounding(part) + _SLACK * made:
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{plain(share.value)} {share.unit} of {plain(whole.value)} are "
                    f"{plain(round(made))}, not {plain(part.value)} {part.unit}",
                    f"The share makes {plain(round(made))}; the text says {plain(part.value)}.",
                    [whole, share, part],
                )


_REACH = 40
