"""Anniversaries and spans of years that the calendar does not allow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Quote
from landbridge.evidence.text.spans import Span
from landbridge.facts import rows

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
]
_TENS = {"twentieth": 20, "twenty-fifth": 25, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
_RUSSIAN = {
    "двадцатипятилети": 25,
    "пятнадцатилети": 15,
    "двадцатилети": 20,
    "тридцатилети": 30,
    "десятилети": 10,
    "пятилети": 5,
}
_WORDS = {word: at for at, word in enumerate(_ORDINALS, start=1)} | _TENS
_ANNIVERSARY = re.compile(
    rf"\b(?:(?P<digits>\d{{1,3}})(?:st|nd|rd|th)?|(?P<word>{'|'.join(_WORDS)}))[ -]+(?:year "
    rf")?anniversary\b"
    rf"|(?<!\w)(?P<word2>{'|'.join(_RUSSIAN)})\w*"
    r"|(?P<russian>\d{1,3})-(?:лет\w+|й годовщин\w+|ю годовщин\w+)",
    re.IGNORECASE,
)
_DECADE = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s(?:marks?|marked|is|was|saw)\s(?:the\s)?(?:beginning|start"
    rf"|opening)\sof\s(?:the|its)\s"
    rf"(?P<word>{'|'.join(_ORDINALS)})\s(?:\W?\w+\W?\s)?decade\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d$€.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_NOW = re.compile(
    r"\b(?:this year|is celebrated|are celebrating|celebrates?|marks|is marking|today)\b"
    r"|(?<!\w)(?:в этом году|отмечает\w*|исполняется)(?!\w)",
    re.IGNORECASE,
)
_THIS_YEAR = r"(?i)\bthis year\b|(?<!\w)в этом году(?!\w)"
_BEGUN = re.compile(
    r"\b(?:proposed|announced|launched|founded|established|initiated|put forward|created|born"
    r"|started|began|signed|inception|concluded|opened|inaugurated"
    r"|предложен\w*|выдвинут\w*|основан\w*|создан\w*|подписан\w*|открыт\w*|учрежден\w*|объявлен\w*)\b",
    re.IGNORECASE,
)


def anniversaries(account: Account) -> Iterator[Conflict]:
    """Find Nth anniversaries in a year that is not N years after the start.

    The start is the one the document names for the same thing ("proposed in 2013"), else that of
    the table `evidence_starts`. The year is one stated in the sentence; where none is and the
    sentence says when it began, the anniversary must not lie after the document's last year.
    """
    text = account.text
    for match in _ANNIVERSARY.finditer(text):
        sentence = account.sentence_at(match.start())
        begun, years = _years(text, sentence)
        about = _about(account, sentence, match)
        if about is None and begun:
            about = _phrase(account, sentence, match), (), []
        if about is None:
            about = _before(account, sentence, match)
        if about is None:
            continue
        name, starts, where = about
        starts = tuple(int(y.group()) for y in begun) or starts
        if years:
            held = min(years, key=lambda y: abs(y.start() - match.start()))
            year = int(held.group())
        elif begun and (last := _last_year(account, sentence)):
            year = last
        elif account.year and re.search(_THIS_YEAR, sentence.of(account.text)):
            year = account.year
        else:
            continue
        number = _number(match)
        due = [start + number for start in starts]
        # Without a year of its own, an anniversary is only known not to lie ahead.
        now = bool(years) or _NOW.search(account.text, *sentence) is not None
        if year in due or (not now and min(due) <= year) or (not years and year - 1 in due):
            continue
        began = " or ".join(map(str, starts))
        yield conflict(
            "date",
            "high",
            f"anniversary {number} of {name} in {year}: it began in {began}",
            f"{name} began in {began}; {number} years later is "
            f"{' or '.join(str(s + number) for s in starts)}, not {year}.",
            quotes=[account.quote(*sentence), *where],
        )


_OWN = re.compile(r"\b(?:its|their|this)\s$|(?<!\w)(?:е[её]|его|их|сво\w+)\s$", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:this|the)\s(?:initiative|project|programme|program)\b|(?<!\w)эт\w+ инициатив\w+",
    re.IGNORECASE,
)


def _before(
    account: Account, sentence: Span, match: re.Match[str]
) -> tuple[str, tuple[int, ...], list[Quote]] | None:
    """What "its fifth anniversary" and "the initiative" mean: what the sentences before tell.

    "Its" is of the one thing that the sentence before says the beginning of; "the initiative" of
    the last one named before it that the table knows.
    """
    own = _OWN.search(account.text, max(sentence.start, match.start() - 12), match.start())
    earlier = account.sentence_at(max(0, sentence.start - 2))
    if own and account.paragraph_at(sentence.start).start <= earlier.start < sentence.start:
        begun, _ = _years(account.text, earlier)
        if len(begun) == 1:
            return "it", (int(begun[0].group()),), [account.quote(*earlier)]
    if _POINTS.search(account.text, *sentence):
        known = {row.name: row for row in rows("evidence_starts")}
        named = [m for m in account.names_in(0, sentence.start) if m.name.name in known]
        if named and named[-1].name.kind == "programme":
            return _begun(account, known[named[-1].name.name])
    return None


def _phrase(account: Account, sentence: Span, match: re.Match[str]) -> str:
    """The words that follow an anniversary, where nothing known is named."""
    after = account.text[match.end() : sentence.end]
    return re.sub(r"^\W*(?:of\s+)?", "", re.split(r"[,.;:(]", after, maxsplit=1)[0]) or "it"


def _last_year(account: Account, sentence: Span) -> int | None:
    """Year of the document; where it has no date, the latest year it names elsewhere."""
    if account.year:
        return account.year
    named = [
        int(y.group())
        for y in _YEAR.finditer(account.text)
        if not sentence.start <= y.start() < sentence.end
    ]
    return max(named, default=None)


def _years(text: str, sentence: Span) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Years of a sentence: those that say when something began, and the others."""
    begun: list[re.Match[str]] = []
    others: list[re.Match[str]] = []
    for year in _YEAR.finditer(text, *sentence):
        before = text[max(sentence.start, year.start() - 25) : year.start()]
        (begun if _BEGUN.search(before) else others).append(year)
    return begun, others


def decades(account: Account) -> Iterator[Conflict]:
    """Find "2024 marks the beginning of the second decade" of what began in 2013."""
    text = account.text
    for match in _DECADE.finditer(text):
        sentence = account.sentence_at(match.start())
        about = _about(account, sentence, match)
        if about is None:
            continue
        name, starts, where = about
        number, year = _WORDS[match["word"].lower()], int(match["year"])
        due = [start + 10 * (number - 1) for start in starts]
        if year not in due:
            yield conflict(
                "date",
                "low",
                f"the {match['word'].lower()} decade of {name} begins in {due[0]}, not {year}",
                f"{name} began in {' or '.join(map(str, starts))}, so this decade begins in "
                f"{' or '.join(map(str, due))}; "
                f"{year} is the first full year only by another count.",
                quotes=[account.quote(*sentence), *where],
            )


def _number(match: re.Match[str]) -> int:
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["word2"]:
        return _RUSSIAN[match["word2"].lower()]
    return int(match["digits"] or match["russian"])


def _about(
    account: Account, sentence: Span, match: re.Match[str]
) -> tuple[str, tuple[int, ...], list[Quote]] | None:
    """What the anniversary is of, its possible starts, and where the document names one."""
    if re.fullmatch(r"\W*(?:its|their)\s", account.text[sentence.start : match.start()], re.I):
        earlier = account.sentence_at(max(0, sentence.start - 2))
        if earlier.start >= account.paragraph_at(sentence.start).start:
            sentence = Span(earlier.start, match.end())
    after = account.text[match.end() : sentence.end].lower()
    whole = sentence.of(account.text).lower()
    named = {m.name.name for m in account.names_in(*sentence)}
    later = [m.name.name for m in account.names_in(match.end(), sentence.end)]
    table = rows("evidence_starts")
    for row in table:
        if row.name in later[:1] or any(_has(after, word) for word in row.words if len(word) > 8):
            return _begun(account, row)
    pointing = re.search(
        r"\b(?:this|the|its|эт\w+)\s+(?:initiative|organi[sz]ation|union|bank|club|инициатив\w+)",
        after,
    )
    if later and not pointing:
        return None
    for row in table:
        if row.name in named or any(_has(whole, word) for word in row.words if len(word) > 8):
            return _begun(account, row)
    return None


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text) is not None


def _begun(account: Account, row: object) -> tuple[str, tuple[int, ...], list[Quote]]:
    name = str(row.name)  # type: ignore[attr-defined]
    starts = tuple(row.starts)  # type: ignore[attr-defined]
    for mention in account.mentions:
        if mention.name.name != name:
            continue
        near = account.text[mention.end : mention.end + 90]
        told = re.search(
            rf"{_BEGUN.pattern}[^.;]{{0,50}}?\bin (?P<y>(?:19|20)\d\d)", near, re.IGNORECASE
        )
        if told and int(told["y"]) not in starts:
            return name, (int(told["y"]),), [account.quote(mention.start, mention.end + told.end())]
    return name, starts, []
