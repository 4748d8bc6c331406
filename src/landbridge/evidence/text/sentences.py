"""Where sentences begin and end, in text as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import words

# A full stop after these ends nothing: English titles and units, Russian ones after.
_ABBREVIATIONS = words(
    """
    mr mrs ms dr prof gen col lt sgt capt hon rev sr jr st vs etc inc ltd co corp dept est
    fig figs art sec vol ed eds pp approx ca cf eg ie al jan feb mar apr jun jul aug
    sep sept oct nov dec mt ave blvd tel mln bln bn tn thsd amb min max г гг вв т тт тыс млн
    млрд трлн руб долл км кв куб ул пр просп обл р д им проф акад доц др т.е т.д т.п т.к рис
    табл стр см ср напр чел экз п пп ст с н.э гл ред изд янв фев мар апр авг сент окт нояб
    дек тел оф корп стр г-н
    """
)
# These may also end a sentence, and do when a capital follows.
_ENDS_TOO = words(
    "etc inc ltd co corp bn tn mln bln г гг др т.д т.п тыс млн млрд трлн руб долл км т чел"
)
# These do only when a word follows that opens sentences.
_ENDS_BEFORE_STARTER = words(
    "jan feb mar apr jun jul aug sep sept oct nov dec янв фев мар апр авг сент окт нояб дек"
)
_COUNTED = words("bn tn mln bln тыс млн млрд трлн руб долл км т чел")
_NUMBERED = words("no nos fig figs art sec vol pp п пп ст рис табл гл стр")
_STARTERS = words(
    "the it in this that these those he she we they a an on at as but and for its after but if "
    "это он она они в на по как но и эти этот"
)
_INITIAL = re.compile(r"(?:.*[.\-])?(?:[A-ZА-ЯЁ]|[CKSZTD][hs]|Dzh|Y[aeou]|Ts|Дж|Дз)")
_CLOSERS = "\"'”’»)]›」』）"
_OPENERS = "\"'“‘«([‹„「『（-–—•*"
_STOP = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s|$)"
    # a blank lost between two sentences
    r"|(?<=[a-zа-яё]{2})[.!?](?=[A-ZА-ЯЁ“«][a-zа-яё])"
    r"|[。！？]+[」』”’）]*"
)
_MEASURE = re.compile(r"(?:США|[A-Z]{3}|US\$|[A-Z]?[a-z]?W|ДФЭ|ТЭУ|[кМГ]Вт)(?!\w)|[$€£¥₸₽₹]")
_WRAP_WIDTH = 130
_LONGEST = 3000
# "В 2018 г. Казахстан ...": so short an opening is no sentence of its own.
_SHORT_OPENING = 20


@lru_cache(maxsize=2)
def sentences(text: str) -> tuple[Span, ...]:
    r"""Split text into sentences, in order, blanks at both ends left out.

    A blank line always ends one; a single line break does unless the lines are wrapped ones;
    initials ("N. Nazarbayev"), titles, units and decimals do not.

    Parameters
    ----------
    text : decoded text, as it came

    Returns
    -------
    tuple of Span
        offsets in `text`; every character that is not blank is in exactly one of them

    Examples
    --------
    >>> text = "Mr. N. Nazarbayev spoke. It cost $3.5 bn.\n\n1. Trade"
    >>> [span.of(text) for span in sentences(text)]
    ['Mr. N. Nazarbayev spoke.', 'It cost $3.5 bn.', '1. Trade']
    """
    found: list[Span] = []
    for block in paragraphs(text):
        start = block.start
        for end in _ends(text, block):
            found.append(Span(start, end).stripped(text))
            start = end
        found.append(Span(start, block.end).stripped(text))
    return tuple(part for span in found for part in _cut(text, span) if part.end > part.start)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Cut what is too long to be a sentence at a blank, so that work on one stays bounded."""
    while span.end - span.start > _LONGEST:
        blank = text.rfind(" ", span.start + 1, span.start + _LONGEST)
        stop = blank if blank > 0 else span.start + _LONGEST
        yield Span(span.start, stop).stripped(text)
        span = Span(stop, span.end).stripped(text)
    yield span


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""Split text at blank lines, and at line breaks that are not mere wrapping.

    Examples
    --------
    >>> [span.of("Trade\nThe road goes on.") for span in paragraphs("Trade\nThe road goes on.")]
    ['Trade', 'The road goes on.']
    """
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\r\n\f\v\u2028\u2029]+", text)]
    filled = [line.stripped(text) for line in lines if line.of(text).strip()]
    blocks: list[Span] = []
    for at, line in enumerate(filled):
        if at and _goes_on(text, filled, at):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return tuple(blocks)


def _goes_on(text: str, lines: list[Span], at: int) -> bool:
    """Say whether a line continues the one before: adjacent, wrapped, and not a list's item."""
    before, line = lines[at - 1], lines[at]
    gap = text[before.end : line.start]
    if gap.count("\n") + gap.count("\r") - gap.count("\r\n") > 1 or "\f" in gap:
        return False
    if re.match(r"[•*\-–—]\s|\(?[\divxа-яa-z]{1,3}[.)]\s", line.of(text)):
        return False
    last, first = text[before.end - 1], text[line.start]
    if last in ".!?:;。！？" + _CLOSERS and before.end - before.start < 0.6 * _WRAP_WIDTH / 2:
        return False
    if first.islower() or last in ",-–—" or (last.isalnum() and first in "($€£"):
        return True
    width = max(span.end - span.start for span in lines[max(0, at - 3) : at + 2])
    wrapped = 45 <= width <= _WRAP_WIDTH
    return wrapped and before.end - before.start > 0.75 * width and last not in ".!?:。！？"


def _ends(text: str, block: Span) -> Iterator[int]:
    """Yield where sentences of one paragraph end, its own end left out."""
    for match in _STOP.finditer(text, block.start, block.end):
        if match.end() < block.end and _is_end(text, block, match):
            yield match.end()


def _is_end(text: str, block: Span, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] in "。！？":
        return True
    after = text[match.end() : block.end].lstrip()
    first = after.lstrip(_OPENERS + " \u00a0")[:1]
    word = re.search(r"[\w.\-]*$", text[block.start : match.start()])
    before = word.group() if word else ""
    if mark[0] in "!?…" or mark.startswith(".."):
        return not first.islower()
    if _only_numbers(text[block.start : match.start()]):
        return False
    first_word = re.match(r"\w*", after[:40].lstrip(_OPENERS + " "))
    starts = first_word is not None and first_word.group().lower() in _STARTERS
    if re.fullmatch(r"[A-Z]\.[A-Z]", before):
        return starts
    if _INITIAL.fullmatch(before):
        return False
    lower = before.lower()
    last = lower.rpartition(".")[2]
    if last in _NUMBERED and first.isdigit():
        return False
    if last in _ABBREVIATIONS or lower in _ABBREVIATIONS:
        if last in _ENDS_BEFORE_STARTER:
            return starts
        may_end = (last in _ENDS_TOO or lower in _ENDS_TOO) and first.isupper()
        opening = len(text[block.start : match.start()].rpartition(". ")[2]) < _SHORT_OPENING
        if opening and not starts and last not in _COUNTED:
            return False
        return may_end and not _goes_with(text, match, last, after)
    return not first.islower()


def _goes_with(text: str, match: re.Match[str], last: str, after: str) -> bool:
    """Say whether what follows belongs to a shortened word: "341 тыс. TEU", "г. Алматы"."""
    if last in {"г", "гг"}:
        counted = re.search(r"\d\s?гг?$", text[max(0, match.start() - 8) : match.start()])
        return counted is None
    return _MEASURE.match(after) is not None


def _only_numbers(text: str) -> bool:
    """Say whether nothing but a list's number stands before the stop ("1.", "2.3.", "IV.")."""
    return re.fullmatch(r"\s*\(?(?:\d+(?:\.\d+)*|[IVX]+|[A-Za-zА-Яа-я])", text) is not None
