"""Currencies that several countries call by one word: rupees, manats, roubles."""

from __future__ import annotations

import re

from landbridge.evidence.text.units import Unit

_SHARED = (
    (re.compile(r"rupees?|рупи\w*", re.IGNORECASE),
     (("INR", r"india"), ("PKR", r"pakistan|islamabad|karachi"), ("LKR", r"sri lank|colombo"),
      ("NPR", r"nepal|kathmandu"))),
    (re.compile(r"manats?|манат\w*", re.IGNORECASE),
     (("AZN", r"azerbaijan|азербайджан|baku\b|баку"), ("TMT", r"turkmen|туркмен|ашхабад"))),
    (re.compile(r"r(?:o?u)bles?|руб\w*", re.IGNORECASE),
     (("RUB", r"russia|росси|moscow|москв"), ("BYN", r"belarus|беларус|белорус|minsk|минск"))),
)  # fmt: skip
_BACK = 2000


def currency_here(text: str, unit: Unit) -> Unit:
    """Read a word that several currencies share as that of the country last named before it.

    Where none is named before it the first named in the text counts; where none is at all, the
    unit stays as it was.

    Examples
    --------
    >>> text = "Pakistan spent 8 billion rupees"
    >>> currency_here(text, Unit("INR", "money", 25, 31)).name
    'PKR'
    """
    written = text[unit.start : unit.end]
    for form, countries in _SHARED:
        if not form.fullmatch(written):
            continue
        any_of = re.compile("|".join(f"(?P<{name}>{words})" for name, words in countries), re.I)
        before = list(any_of.finditer(text, max(0, unit.start - _BACK), unit.start))
        found = before[-1] if before else any_of.search(text)
        return unit._replace(name=str(found.lastgroup)) if found else unit
    return unit
