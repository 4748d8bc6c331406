"""Lists without a colon, of two languages, and risks counted off: as many as are announced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.units import unit_after

_NUMBER = (
    r"two|three|four|five|six|seven|eight|nine|ten|два|две|двух|двумя|три|тр[её]х|тремя|четыре"
    r"|четыр[её]х|пять|пяти|шесть|шести|семь|семи|восемь|восьми"
)
_ANNOUNCED = re.compile(
    rf"(?<![\w-])(?P<number>{_NUMBER}|\d{{1,2}})\s(?P<phrase>(?:[\w-]+\s){{0,3}}?[\w-]{{3,}})"
    r"(?:[^.;:(\d]{0,40}?)(?P<lead>:|\s[-–—]|,\snamely,?|,\sа именно,?|\.\s(?:They|These)\sare:?"
    r"|\.\s(?:Это|Ими являются):?)\s(?P<rest>[^.;:\n]{8,400})[.;\n]",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:including|such as|for example|e\.g|among|like|etc|and others|other)\b"
    r"|(?<!\w)(?:включая|например|в том числе|среди|такие как|и др|и другие|прочие)(?!\w)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*,\s*(?:and\s|и\s)?|\s(?:and|и)\s")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|should|may|said|which|who|that)\b"
    r"|(?<!\w)(?:котор\w+|был\w*|будет|будут|что)(?!\w)|\d",
    re.IGNORECASE,
)
_ORDINALS = (
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    ("перв", "втор", "трет", "четв", "пят", "шест", "седьм", "восьм"),
)
_COUNTED = re.compile(
    rf"(?<![\w-])(?P<number>{_NUMBER})\s(?:\w+\s)?(?P<noun>risks|reasons|problems|measures"
    rf"|directions"
    r"|areas|priorities|conclusions|recommendations|proposals|factors|tasks|conditions|stages"
    r"|рисков|риска"
    r"|причины|причин|проблемы|проблем|меры|мер|направления|направлений|задачи|задач|вывода|выводов"
    r"|предложения|предложений|факторов|фактора)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b",
    re.IGNORECASE,
)
_OPENS = r"(?:^|[.!?:;]\s+|\n\s*)(?:(?:The|And|A|Во-|В-)\s?)?"
GOES_ON = re.compile(
    r",\s(?:and\s|but\s|while\s|и\s|а\s)?(?:each|every|all|they|it|this|these|we|which|who|where"
    r"|кажд\w+|все|они|это|котор\w+|сообщи\w+|said|says|отметил\w*|заявил\w*|сказал\w*)\b",
    re.IGNORECASE,
)
"""Where a list ends and its sentence goes on: ", and each of them …"."""
COUNTED_OFF = re.compile(
    r"\((?:two|three|four|\d+)\)|(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|два|две|три"
    r"|четыре|пять|шесть|семь|восемь|девять|десять)(?!\w)",
    re.IGNORECASE,
)
"""Items that tell how many they are: they are parts of a sum, not one thing each."""
SCALE = re.compile(r"(?:thousand|million|billion|тыс|млн|млрд|миллион|миллиард)", re.IGNORECASE)
_WORDS_OF_ITEM = 7
_LEAST = 2
_REACH = 3500


def lists_counted(account: Account) -> Iterator[Conflict]:
    """Find "five directions: transport, energy, trade and tourism", in two languages."""
    for match in _ANNOUNCED.finditer(account.text):
        told = numbers(match["number"])
        if (
            SCALE.match(match["phrase"])
            or _VERB.search(match["phrase"])
            or COUNTED_OFF.search(match["rest"])
            or COUNTED_OFF.search(account.text, match.end("phrase"), match.start("lead"))
        ):
            continue
        unit = unit_after(account.text, match.end("number"))
        if _MONTH.match(match["phrase"]) or (unit and unit.kind != "count"):
            continue
        rest = GOES_ON.split(match["rest"], maxsplit=1)[0]
        items = [item for item in _ITEM.split(rest) if item.strip()]
        fine = all(len(item.split()) <= _WORDS_OF_ITEM for item in items)
        if not told or len(items) < _LEAST or not fine or _VERB.search(rest):
            continue
        if _SOME.search(match.group()) or re.search(r"\sи\s[^,]*\sи\s|\sand\s[^,]*\sand\s", rest):
            continue
        number = int(told[0].value)
        least = len([i for i in re.split(r",", rest) if i.strip()])
        if number > _LEAST - 1 and not least <= number <= len(items):
            yield conflict(
                "list",
                "medium",
                f"{match['number']} {match['phrase']} announced, {len(items)} named",
                f"The list is announced as {match['number']} and holds {len(items)}: "
                f"{'; '.join(item.strip() for item in items)}.",
                quotes=[account.quote(*match.span())],
            )


def ordinals_counted(account: Account) -> Iterator[Conflict]:
    """Find "four risks", told as the first, the second and the third."""
    for match in _COUNTED.finditer(account.text):
        number = int(numbers(match["number"])[0].value)
        end = min(len(account.text), match.end() + _REACH)
        found: list[Span] = []
        for names in _ORDINALS:
            at = match.end()
            held: list[Span] = []
            for name in names:
                form = re.compile(rf"{_OPENS}(?P<o>{name}\w*)(?=[\s,:-])", re.IGNORECASE)
                step = form.search(account.text, at, end)
                if step is None:
                    break
                held.append(account.sentence_at(step.start("o")))
                at = step.end()
            found = max(found, held, key=len)
        if _LEAST <= len(found) < number:
            yield conflict(
                "list",
                "low",
                f"{match.group()} announced, {len(found)} counted off",
                f"The text announces {match.group()} and counts off {len(found)}.",
                quotes=[
                    account.quote(*account.sentence_at(match.start())),
                    *(account.quote(*span) for span in found),
                ],
            )
