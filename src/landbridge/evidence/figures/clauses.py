"""The smallest clause that carries a figure."""

from __future__ import annotations

import re

from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.vocabulary import one_of, words

_VERBS = one_of(
    words("""
    is are was were be been has have had will would can could may might must shall should do
    does did said say says made make makes go goes went come came comes take took takes give
    gave gives become became rise rose rises fall fell falls grow grew grows hit cut sold
    spend spent build built buy bought bring brought begin began send sent stand stood
    stands hold held holds keep kept run runs ran lead led leads meet met mean means pay
    paid set put cost costs remain remains include includes provide provides account
    accounts amount amounts exceed exceeds study studies works employ employs produce
    produces connect connects links serve serves totals covers account operate operates pass
    passes carry carries live lives create creates follow follows borders border matter
    serve belong belongs lie lies remain
    agree agrees sign reach reaches attend attends expects expect составил* составля*
    достиг* вырос* увеличил* сократил* снизил* был была было были будет будут есть стал*
    принял* построен* создан* открыт* реализу* участвова* находится находятся запущен*
    включа* работа* планиру* вложил* инвестирова* подписан* превысил* проложен* насчитыва*
    сократился
    """)
)
_VERB = re.compile(
    rf"(?<![\w-])(?:{_VERBS}|(?!need|speed|hundred|indeed"
    rf"|embed)\w{{2,}}ed)(?![\w-])",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[，；]|(?<!\d),(?=\s)|(?<=\d),(?=\s)|[;:](?=\s)|\s[-–—](?=\s)|[()]|\s+(?:and|but|while"
    r"|whereas|а|и|но)\s"
)


def clause_of(text: str, sentence: Span, value: tuple[int, int]) -> Span:
    """Cut the smallest clause that has a verb and holds the value.

    Where the stretch between two breaks has no verb it grows to the left, then to the right,
    until it has one or is the sentence. The closing full stop is left out. A value that reaches
    past its sentence is held whole.

    Examples
    --------
    >>> text = "There are 51 projects, four of which have been launched."
    >>> clause_of(text, Span(0, 56), (23, 27)).of(text)
    'four of which have been launched'
    """
    pieces = _pieces(text, sentence, value)
    last_piece = len(pieces) - 1
    here = next((at for at, piece in enumerate(pieces) if piece.end >= value[1]), last_piece)
    first = last = here
    while first > 0 and not _VERB.search(text, pieces[first].start, pieces[last].end):
        first -= 1
    while last < last_piece and not _VERB.search(text, pieces[first].start, pieces[last].end):
        last += 1
    found = Span(pieces[first].start, pieces[last].end).stripped(text)
    start, end = min(found.start, value[0]), max(found.end, value[1])
    found = Span(start, end)
    opened = re.match(r"(?:and|but|while|whereas|а|и|но)\s+|[-–—•\"“«‘]\s*", found.of(text))
    if opened and found.start + opened.end() <= value[0]:
        found = Span(found.start + opened.end(), found.end)
    shorter = found.of(text).rstrip(' .;:,!?\u00a0…”»"')
    return Span(found.start, max(found.start + len(shorter), value[1]))


def _pieces(text: str, sentence: Span, value: tuple[int, int]) -> list[Span]:
    """Split a sentence at its breaks; at "and" only where a verb stands on either side."""
    breaks = [
        match
        for match in _BREAK.finditer(text, sentence.start, sentence.end)
        if match.end() <= value[0] or match.start() >= value[1]
    ]
    edges = [(sentence.start, sentence.start)]
    for at, match in enumerate(breaks):
        stop = breaks[at + 1].start() if at + 1 < len(breaks) else sentence.end
        joins = match.group().strip().isalpha()
        if not joins or (
            _VERB.search(text, edges[-1][1], match.start())
            and _VERB.search(text, match.end(), stop)
        ):
            edges.append(match.span())
    ends = [start for start, _ in edges[1:]] + [sentence.end]
    return [Span(start, end) for (_, start), end in zip(edges, ends, strict=True)]


def has_verb(text: str) -> bool:
    """Say whether a stretch holds a finite verb, as far as a word list can tell."""
    return _VERB.search(text) is not None


def first_verb(text: str, start: int, end: int) -> int | None:
    """Give where the first verb of a stretch begins."""
    match = _VERB.search(text, start, end)
    return match.start() if match else None
