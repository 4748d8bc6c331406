"""What a figure is about: the phrase it counts, or what the clause says of it."""

from __future__ import annotations

import re

from landbridge.evidence.figures.clauses import first_verb
from landbridge.evidence.text.spans import Span

_QUALIFIERS = (
    (
        "about",
        r"about|around|approximately|roughly|some|circa|ca\.|approx\.|nearly about|около"
        r"|примерно|порядка|приблизительно|约",
    ),
    (
        "over",
        r"over|more than|above|exceeding|in excess of|upwards of|greater than|более чем"
        r"|более|больше|свыше|超过",
    ),
    ("up to", r"up to|as (?:much|many) as|at most|no more than|maximum of|до|не более"),
    ("at least", r"at least|no less than|not less than|minimum of|не менее|по меньшей мере"),
    ("nearly", r"nearly|almost|close to|under|less than|below|fewer than|почти|менее"),
)
_BEFORE = tuple(
    (name, re.compile(rf"(?<!\w)(?:{form})\s+(?:the\s+|a\s+)?(?:US)?$", re.IGNORECASE))
    for name, form in _QUALIFIERS
)
_CHANGE = re.compile(
    r"\b(?P<up>(?<!made )(?<!make )(?<!makes )(?<!making )up(?! to)"
    r"|increas\w+|r[io]se\w*|grew|grow\w*|higher|more|above|вырос\w*"
    r"|увелич\w+|больше|рост\w*)\b"
    r"|\b(?P<down>down|decreas\w+|f[ae]ll\w*|declin\w+|drop\w*|lower|less|fewer"
    r"|сни[зж]\w+|сократ\w+|меньше)\b",
    re.IGNORECASE,
)
_LONGEST = 120
_SHORT = 7
_OF_IT = re.compile(r"\s+(?:of|железн|груз)\b|\s+of\s", re.IGNORECASE)
_PRONOUNS = frozenset(
    ["it", "this", "which", "that", "they", "these", "we", "he", "she", "и", "это"]
)
_PHRASE_END = re.compile(
    r"[,;:()]|\s(?:and|or|и)\s(?=(?:about |over |some )?[\d$€])|\sto\s(?=[a-z])"
    r"|(?<=[а-яё])\s(?=\d)|\swhich\s|\sthat\s"
)
_LEAD = re.compile(
    r"^(?:and|but|that|which|the|a|an|also|in particular|as a result|to date|as you know"
    r"|и|а|но)\b[\s,]*",
    re.IGNORECASE,
)


def qualifier_of(text: str, sentence: Span, start: int, end: int) -> str | None:
    """Give the word that softens or bounds a figure: about, over, up to, at least, nearly.

    Examples
    --------
    >>> qualifier_of("more than 100 people", Span(0, 20), 10, 13)
    'over'
    """
    before = text[max(sentence.start, start - 30) : start]
    for name, pattern in _BEFORE:
        if pattern.search(before):
            return name
    return "over" if re.match(r"\+|\s?plus\b", text[end : end + 5]) else None


def change_of(text: str, clause: Span, start: int, end: int) -> str | None:
    """Tell whether a percentage or ratio is a rise or a fall, from the words beside it.

    Examples
    --------
    >>> change_of("trade increased by 38% a year", Span(0, 29), 19, 22)
    'up'
    """
    before = text[max(clause.start, start - 40) : start]
    after = text[end : min(clause.end, end + 30)]
    near = list(_CHANGE.finditer(before))[-1:] + list(_CHANGE.finditer(after))[:1]
    for match in near:
        return "up" if match["up"] else "down"
    return None


def subject_of(
    text: str, clause: Span, start: int, end: int, phrase_end: int, kind: str | None
) -> str:
    """Give what a figure is about.

    Of a count, the counted phrase and what governs it; of money, weight and shares, the left of
    the verb.

    Examples
    --------
    >>> text = "China's investment amounted to $ 80 billion"
    >>> subject_of(text, Span(0, 43), 31, 43, 43, "money")
    "China's investment"
    >>> subject_of("There are 51 joint projects", Span(0, 27), 10, 12, 27, "count")
    'joint projects'
    """
    rest = tidy(text[phrase_end : _phrase_stop(text, phrase_end, clause.end)])
    noun = tidy(text[end : _phrase_stop(text, max(phrase_end, end), clause.end)])
    verb = first_verb(text, clause.start, start)
    left = tidy(text[clause.start : verb if verb is not None else clause.start])
    if kind == "count" and phrase_end > end:
        return noun
    if kind in {"time", "measure", "share"} and rest and _OF_IT.match(text, phrase_end):
        return re.sub(r"^of\s+", "", rest)
    if kind == "time" and rest and not text[end : end + 1].isspace():
        return rest
    if kind != "count" and len(left) >= _SHORT and left.lower() not in _PRONOUNS:
        return left
    whole = f"{text[clause.start : start]} {text[max(end, phrase_end) : clause.end]}"
    return tidy(whole) or noun or tidy(clause.of(text))


def _phrase_stop(text: str, start: int, end: int) -> int:
    """Where the phrase of a counted noun ends: a verb, a comma, the next number."""
    verb = first_verb(text, start, end)
    stop = _PHRASE_END.search(text, start, verb if verb is not None else end)
    if stop:
        return stop.start()
    return verb if verb is not None else end


def tidy(phrase: str) -> str:
    """Drop what a phrase does not need at its ends: marks, joining words, articles.

    Examples
    --------
    >>> tidy(", and the length of ")
    'length'
    """
    plain = " ".join(phrase.split()).strip(" ,;:.-–—()\"‘’'")
    plain = re.sub(
        r"(?:\s|^)(?:to|of|in|by|at|on|which|that|also|have|and|about|with|for|из|от|до|с|в)$",
        "",
        plain,
    )
    while (shorter := _LEAD.sub("", plain)) != plain:
        plain = shorter
    if len(plain) > _LONGEST:
        plain = plain[:_LONGEST].rsplit(" ", 1)[0]
    return plain
