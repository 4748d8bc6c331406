"""A currency that stands alone among figures of another, with the other's magnitude."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.names import names
from landbridge.facts import rows

_CURRENCY = re.compile(r"[A-Z]{3}")
_CONVERTED = re.compile(
    r"(?:[(=≈]|,?\s(?:or|that is|i\.e\.|или|то есть))\s?(?:about |some |около )?$", re.IGNORECASE
)
_LEAST_OTHERS = 2
_SCALES = 10.0
_HOMES = {
    "KZT": "KAZ",
    "RUB": "RUS",
    "CNY": "CHN",
    "UZS": "UZB",
    "KGS": "KGZ",
    "TJS": "TJK",
    "BYN": "BLR",
    "AZN": "AZE",
    "GEL": "GEO",
    "AMD": "ARM",
    "TMT": "TKM",
    "INR": "IND",
    "PKR": "PAK",
    "TRY": "TUR",
    "JPY": "JPN",
    "KRW": "KOR",
    "IRR": "IRN",
    "MNT": "MNG",
    "UAH": "UKR",
    "GBP": "GBR",
}


def odd_currencies(account: Account) -> Iterator[Conflict]:
    """Find one amount in a currency whose country its sentence does not speak of.

    All of these must hold: at least two other amounts of the document share another currency;
    this one is the only one of its own; neither its sentence nor the one before names the
    currency's country or a body of it; it is no conversion ("120 dollars (850 yuan)"); and read
    in the other currency it lies among the other amounts (within ten times of one of them).
    """
    money = [f for f in account.figures if _CURRENCY.fullmatch(f.unit or "") and f.value]
    counted = Counter(f.unit for f in money)
    if len(counted) < 2:
        return
    common, times = counted.most_common(1)[0]
    if times < _LEAST_OTHERS:
        return
    for fact in money:
        home = _HOMES.get(fact.unit or "")
        if (
            fact.unit == common
            or counted[fact.unit] > 1
            or home is None
            or _CONVERTED.search(
                account.text[max(0, (fact.value_start or 0) - 12) : fact.value_start]
            )
            or _speaks_of(account, fact, home)
        ):
            continue
        others = [f for f in money if f.unit == common]
        if any(1 / _SCALES < (fact.value or 0.0) / (f.value or 1.0) < _SCALES for f in others):
            yield conflict(
                "currency",
                "high",
                f"{plain(fact.value)} {fact.unit} among amounts in {common}",
                f"The other {times} amounts are in {common} and of this size; nothing beside this "
                f"one speaks of the "
                f"country that uses {fact.unit}. Most likely {common} is meant.",
                [fact],
            )


def _speaks_of(account: Account, fact: Fact, home: str) -> bool:
    sentence = account.sentence_at(fact.value_start or 0)
    before = account.sentence_at(max(0, sentence.start - 2))
    if before.start < account.paragraph_at(sentence.start).start:
        before = sentence
    named = account.names_in(before.start, sentence.end)
    if any(home in (m.name.iso3, m.name.country) for m in named):
        return True
    adjectives = [
        word
        for row in rows("evidence_demonyms")
        if row.economy == home
        for word in (*row.words, *row.russian)
    ]
    adjectives += [
        form
        for name in names()
        if name.iso3 == home and name.kind == "place"
        for form in (name.name + "  ", *(one + "  " for one in name.other if one.isalpha()))
    ]
    stretch = account.text[before.start : sentence.end].lower()
    return any(word.lower()[:-2] in stretch for word in adjectives)
