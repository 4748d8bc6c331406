"""Numbers that are no figures: names, ordinals, dates, labels, addresses, list items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.numbers import Number
from landbridge.evidence.text.vocabulary import one_of, words

_LABELS = one_of(
    words("""
    no. no nos. nos № # article articles art. chapter section paragraph para clause page
    pages p. pp. table figure fig. box annex appendix phase stage track resolution decree
    order protocol room building bldg. bldg gate terminal line block flight highway level
    tier category version channel lot part volume vol. issue pier berth house apt. apt
    office suite agenda vision horizon tel tel. phone fax code index zip isbn issn doi point
    step item paragraph footnote статья статьи статье статьей пункт пункта п. глава главы
    стр. с. рис. табл. таблица ул. дом д. кв. тел. тел закон указ приказ постановление
    распоряжение этап раздел том выпуск № ст. group class grade type model boeing airbus
    covid top strategy programme-
    """)
)
_LABELLED = re.compile(rf"(?:^|[^\w])(?:{_LABELS})\s?[-–:]?\s?(?:[(\[])?$", re.IGNORECASE)
_ORDINAL = re.compile(
    r"[-–]?(?:st|nd|rd|th)\b|-(?:й|го|му|ый|ой|я|ая|е|ое|м|ом|х|ми)\b|[-\s]century"
    r"|[-\s](?:век)[аеу]?\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o'?clock|час(?:ов|а)? утра)|:\d\d|\s?hrs\b", re.IGNORECASE)
_STREET = re.compile(
    r",?\s[A-ZА-Я]\w+\s(?:Street|St\b|Avenue|Ave|Lane|Boulevard|Blvd|Prospekt|Prospect)"
)
_NOWHERE = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.])[\w.]{1,64}@[\w.]+|\+\d[\d()\s-]{7,}\d"
    r"|\(\d{3,5}\)\s?[\d-]{5,}"
    r"|\b(?:in|since|by|until|of|from|year) (?:eighteen|nineteen|twenty)[ -](?:twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|ten|\w+teen)(?:[ -](?:one|two|three|four|five|six|seven"
    r"|eight|nine))?\b(?![ -]foot)"
    r"|\b\d{2,4}(?:-\d{2,4}){2,}\b|\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]"
)
_TOGETHER = one_of(
    words(
        "countries nations states sides parties peoples leaders presidents governments heads "
        "neighbours "
        "neighbors economies ministers capitals powers countries’ countries' states’ nations’"
    )
)
_PAIR = re.compile(rf"\s+(?:\w+\s+)?(?:{_TOGETHER})(?!\w)", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:the|our|these|those|both|its|their|between|your|of these)\s+$", re.IGNORECASE
)
_PAIR_RUSSIAN = re.compile(
    r"\s+(?:\w+(?:их|ых|ими|ыми)\s+)?(?:стран|государств|народ|сторон|лидер|президент|глав)",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"[-\s](?:hundreds|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
    r"|thousands|noughties)\b"
)
_ONE_IN = re.compile(r"\b[Oo]ne (?:\w+ )?(?:in|out of) $")
_ONES = words("one один одна одно одного одной")
_IDIOM = re.compile(
    r"[-\s](?:way|sided?|fold|dimensional|track|pronged|step|belt|road|hand|another|stop"
    r"|party|handed|thirds?$)\b",
    re.IGNORECASE,
)


def no_places(text: str) -> list[tuple[int, int]]:
    """Find stretches in which no number is a figure: addresses, telephone numbers, citations."""
    return [match.span() for match in _NOWHERE.finditer(text)]


def is_trap(
    text: str,
    number: Number,
    sentence: tuple[int, int],
    mentions: Sequence[DateMention],
    *,
    has_sign: bool,
    measured: bool,
) -> bool:
    """Say whether a number is none of a figure, from what stands around it.

    Parameters
    ----------
    text : the whole document
    number : the candidate
    sentence : span of its sentence
    mentions : dates that overlap it
    has_sign : whether a currency sign stands before it
    measured : whether a unit follows it

    Returns
    -------
    bool
        True where it is a date, an ordinal, a name, a label, a list's number, an address
    """
    before = text[max(sentence[0], number.start - 40) : number.start]
    after = text[number.end : min(sentence[1], number.end + 60)]
    if has_sign:
        return False
    if any(mention.certain for mention in mentions):
        return True
    if mentions and not _counts_not_year(before, after, measured=measured):
        return True
    if number.written == "digits":
        return _digits_trap(number, before, after, measured=measured)
    return _words_trap(text, number, before, after)


def _counts_not_year(before: str, after: str, *, measured: bool) -> bool:
    """Say whether four digits that could be a year count something instead."""
    if re.match(r"\s[A-Z][a-z]", after):
        return False
    if not measured or re.match(r"\s?(?:г\b|г\.|год|year)", after):
        return False
    said = re.search(
        r"\b(?:in|by|since|from|until|till|of|for|to|before|after|during|and|mid|early"
        r"|late|end|year|"
        r"в|к|с|до|после|за|на|по|и|\w+бр[яье]|январ\w|феврал\w|март\w?|апрел\w|ма[йя]"
        r"|ию[нл]\w)\s*$",
        before,
        re.IGNORECASE,
    )
    return said is None and before.strip() != ""


def _digits_trap(number: Number, before: str, after: str, *, measured: bool) -> bool:
    tail = before[-1:]
    if re.match(r"0\d", number.bare) or _ORDINAL.match(after) or _CLOCK.match(after):
        return True
    if (tail.isalpha() and not "\u3400" <= tail <= "\u9fff") or re.search(
        r"[_@]$|[^\W\d][-–]$|\w[+/]$", before
    ):
        glued = re.search(r"[a-zа-я]{2}$", before) and measured and re.match(r"-?[a-z]{3}", after)
        return not glued
    if before.endswith("第"):
        return True
    signed = measured and re.search(r"(?:^|[\s(])\+$", before)
    if re.search(r"\d[.:,/]$", before) or (re.search(r"[#№+/]$", before) and not signed):
        return True
    if re.match(r"[/:+]\d|\s?\+\s?\d", after) or re.match(r"-\d+-", after):
        return True
    if before.strip(' \t("“«') == "" and re.match(r"[.)](?:\s|$)", after):
        return True
    if _STREET.match(after) or (_LABELLED.search(before) and number.scale == 1):
        return True
    if after[:1].isalpha() and not measured and number.scale == 1:
        return True
    quoted = before[-1:] in '"“«‘' and re.match(r"\s[A-Z]\w+\s[A-Z]", after)
    return bool(quoted)


def _words_trap(text: str, number: Number, before: str, after: str) -> bool:
    word = number.bare.split()[0].split("-")[0].lower()
    if number.bare.lower() in _ONES and number.scale == 1:
        return not re.match(r"\s+(?:per\s?cent|percent|процент)", after)
    if _DECADE.match(after) or _ONE_IN.search(before):
        return True
    if number.written == "times":
        return re.search(r"\b(?:is|are|was|were|the|a)\s+$", before) is not None
    if number.written == "fraction":
        if re.match(r"\s+(?:века|столетия|часа)\b", after):
            return True
        period = re.match(
            r"\s+of\s+(?:the\s+|this\s+|last\s+)?(?:year|month|decade|century|(?:19"
            r"|20)\d\d)",
            after,
        )
        return (
            bool(period)
            or re.search(r"\b(?:first|second|latter|other|better)\s+$", before) is not None
        )
    if number.bare[0].isupper() and before.strip() and before.rstrip()[-1] not in '"“«:-–—•.':
        return True
    if number.bare[0].isupper() and re.match(r"\s[A-Z]", after):
        return True
    if re.search(r"\b(?:Group|Big|Top|Belt|Silk)\sof?\s?$", before):
        return True
    if word in {"two", "both", "three"} and _PAIR.match(after) and _POINTING.search(before):
        return True
    if word.startswith(("двух", "двум", "трех", "трёх", "двумя")) and _PAIR_RUSSIAN.match(after):
        return re.search(r"(?:из|более|около|свыше|в|для)\s+$", before, re.IGNORECASE) is None
    return bool(_IDIOM.match(after))
