"""What words mean, whichever language they are in: one key for like words of two languages."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from landbridge.evidence.names.tokens import key
from landbridge.evidence.text.vocabulary import words
from landbridge.facts import rows

_WORD = re.compile(r"[^\W\d_]{2,}")
_SEAM = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_GENITIVE = re.compile(r"(?<=[а-яё]{4})(?:ов|ев)$")
_LEAD = 3
_STEM = 6
_SHORT = 4
_EMPTY = words(
    """
    the and for with from into onto over under about between among during within that this which
    these those its their they them his her our your who whom what when where while has have had
    was were been being are is will would can could may might must shall should not nor but also
    than then only even still already now today more most less least some any all each every both
    other another same such very much many one two three four five six seven eight nine ten made
    make makes total amount amounted number volume reached reach equal equalled thousand million
    billion percent dollars dollar tenge euro yuan rubles tonnes tons kilometers there here by in
    on at of to as it we he she so if or an be no up per via out own new us
    january february march april june july august september october november december
    и в во на с со по из к ко о об от до за для при что как это был была было были быть будет не
    но а или же бы ли уже еще ещё также том так чем где когда который которая которые которых
    наш наша нашей наши этот эта эти эту этого этой его ее её их он она они мы вы я все всех всего
    более менее около почти свыше тысяч тысячи миллион миллиона миллионов миллиард миллиарда
    миллиардов миллиарде процент процента процентов процентами долларов тенге тонн
    составил составила составило составляет составляют между через под над один два три четыре пять
    январь января январе февраль февраля феврале март марта марте апрель апреля апреле май мая мае
    июнь июня июне июль июля июле август августа августе сентябрь сентября сентябре октябрь октября
    октябре ноябрь ноября ноябре декабрь декабря декабре
    """
)
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_SOUNDS = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e"
_LATIN = dict(zip(_CYRILLIC, _SOUNDS.replace("-", "").split(" "), strict=True))


def concepts(text: str) -> frozenset[str]:
    """Give the meanings of a text's words: table `evidence_concepts`, else the word's stem.

    Examples
    --------
    >>> sorted(concepts("capacity of the plant") & concepts("мощность завода"))
    ['capacity', 'plant']
    """
    found = (meaning(word) for match in _WORD.findall(text) for word in _SEAM.split(match))
    return frozenset(one for one in found if one)


def known_concepts(text: str) -> frozenset[str]:
    """Give those meanings of a text's words that the table has, stems left out.

    Examples
    --------
    >>> sorted(known_concepts("Пропускная способность порта Баутино"))
    ['capacity', 'port']
    """
    return concepts(text) & _concepts()


@cache
def _concepts() -> frozenset[str]:
    return frozenset(row.id for row in rows("evidence_concepts"))


@lru_cache(maxsize=50_000)
def meaning(word: str) -> str:
    """Give what a word means, "" for words that only join others.

    Examples
    --------
    >>> meaning("Предприятия"), meaning("factories"), meaning("the"), meaning("Баутино")
    ('plant', 'plant', '', 'bautin')
    """
    lower = word.lower()
    if lower in _EMPTY or len(lower) <= 1:
        return ""
    for form, ends, concept in _table().get(lower[:_LEAD], ()):
        if lower == form or (not ends and lower.startswith(form)):
            return concept
    stem = key(word)
    if not stem.isascii():
        return latin(_GENITIVE.sub("", stem))[:_STEM]
    return re.sub(r"(?:ies|es|s|ing|ed)$", "", stem)[:_STEM] if len(stem) > _SHORT else stem


def latin(word: str) -> str:
    """Write a Russian word in Latin letters.

    Examples
    --------
    >>> latin("достык")
    'dostyk'
    """
    return "".join(_LATIN.get(letter, letter) for letter in word.lower())


@cache
def _table() -> dict[str, list[tuple[str, bool, str]]]:
    """Forms by their first letters: the form, whether it is the whole word, its meaning."""
    found: dict[str, list[tuple[str, bool, str]]] = {}
    for row in rows("evidence_concepts"):
        for form in (*row.english, *row.russian):
            for part in form.lower().split():
                bare = part.removesuffix("*")
                found.setdefault(bare[:_LEAD], []).append((bare, bare == part, row.id))
    for forms in found.values():
        forms.sort(key=lambda one: (not one[1], -len(one[0])))
    return found
