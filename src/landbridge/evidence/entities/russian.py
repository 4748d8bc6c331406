"""Russian names of organisations: a head word, and the words in the genitive that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from landbridge.evidence.entities.lexicon import bending, words

if TYPE_CHECKING:
    from landbridge.evidence.entities.organisations import Body

_BEFORE = re.compile(
    r"(?:[А-ЯЁ][а-яё-]+\s+)(?:[а-яё-]+(?:ый|ий|ой|ая|ое|ого|ому|ым|им|ом|ую|ой)\s+){0,3}$"
)
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ую|ей)$")
_WORD = re.compile(
    r"\s+(?:(?:и|по|при|на|для)\s+)?(?:[«\"][^»\"\n]{2,60}[»\"]|[А-ЯЁа-яё][А-ЯЁа-яё-]*)"
)
_GENITIVE = re.compile(r"(?:ых|их|ой|ого|его|ей|ии|ия|ы|и|а|я|ов|ев|ий|ей|ству|ам|ям|ию|ике|у|ю)$")
_VERB = re.compile(r"(?:л|ла|ли|ло|лся|лась|лись|ет|ют|ит|ят|ут|ся|сь|на|но|ны)$")
_NOUNS = frozenset({"дел", "сил", "прав", "сооружений", "связей", "технологий", "исследований"})
_MOST_WORDS = 9


@cache
def _heads() -> re.Pattern[str]:
    either = sorted(words("organisation", "ru"), key=len, reverse=True)
    firms = "|".join(re.escape(w.upper()) for w in words("company", "ru"))
    bent = "|".join(f"[{w[0].upper()}{w[0]}]{''.join(bending(w)[1:])}" for w in either)
    return re.compile(rf"(?<![\w-])(?:(?P<firm>{firms})|(?:{bent}))(?![\w-])")


def bodies(text: str) -> Iterator[Body]:
    """Find names such as «Казахстанский институт стратегических исследований»."""
    from landbridge.evidence.entities.organisations import Body

    done = 0
    for match in _heads().finditer(text):
        if match.start() < done:
            continue
        start = _left(text, match.start())
        end, quoted = _right(text, match.end())
        capital = text[start].isupper()
        if end == match.end() and start == match.start():
            continue
        if not (capital or quoted) or (match.group("firm") and not quoted):
            continue
        name = re.sub(r"\s+", " ", text[start:end])
        yield Body(start, end, name, match.group().lower())
        done = end


def _left(text: str, start: int) -> int:
    before = _BEFORE.search(text, max(0, start - 80), start)
    if before and _ADJECTIVE.search(before.group().split()[0]):
        return before.start()
    return start


def _right(text: str, end: int) -> tuple[int, bool]:
    """End of the genitive words after a head, and whether a name in quotes was among them."""
    given = words("given", "ru")
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, end)
        if not word:
            break
        last = word.group().split()[-1] if "«" not in word.group() else ""
        if word.group().rstrip()[-1] in '»"':
            return word.end(), True
        if last.lower() in _NOUNS or (last.istitle() and last.endswith("ь")):
            end = word.end()
            continue
        if last.lower() in given or _VERB.search(last) or not _GENITIVE.search(last):
            acronym = last.isupper() and 1 < len(last) < len("СССРР")
            if not acronym:
                break
        end = word.end()
    return end, False
