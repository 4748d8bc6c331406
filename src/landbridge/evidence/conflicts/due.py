"""A beginning, how long it lasts, and an end that the two do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.moments import Moment, moments
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.text.spans import Span

_STARTS = re.compile(
    r"\b(?:beg[iau]ns?|starts?|started|will (?:begin|start)|launch\w*|commence\w*|from|signed"
    r"|concluded|took office|elected|appointed)\b"
    r"|(?<!\w)(?:нач\w+|старту\w+|запу\w+|с|подписан\w*|избран\w*|назначен\w*)(?!\w)",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:lasts?|will last|lasted|takes?|took|will take|within|after|for|over|designed for"
    r"|period of|term of|during|in)\s(?:a |the |about |some |only |period of |next )*$"
    r"|(?<!\w)(?:продл\w+|длил\w+|рассчитан\w*\sна|займ[её]т|займут|занял\w*|через|срок\w*|за"
    r"|в течение|на)\s(?:около |примерно |всего )?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:ends?|ended|end|complet\w+|finish\w*|open\w*|expire\w*|until|first (?:train|ship|vessel"
    r"|container|plane|tonne)\w*|commission\w*|ready|handed over|put into)\b"
    r"|(?<!\w)(?:заверш\w+|законч\w+|окончани\w+|откро\w+|открыт\w*|сда\w+|введ\w+|введ[её]н\w*"
    r"|ввод\w*"
    r"|до|готов\w*|перв(?:ый|ая|ое|ые)|истека\w+)(?!\w)",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"\b(?:delay\w*|instead of|later than|late|postpon\w*|extended|longer|earlier than|ahead of"
    r"|originally|planned|was to|should have)\b"
    r"|(?<!\w)(?:задерж\w+|вместо|отлож\w+|продлен\w*|перенес\w+|досрочно|опозда\w+|планировал\w*)"
    r"(?!\w)",
    re.IGNORECASE,
)
_MONTHS = {"months": 1.0, "years": 12.0, "weeks": 12 / 52}
_SLACK = 0.25
_LEAST = 2.0
_SHORTEST = 3.0


def due(account: Account) -> Iterator[Conflict]:
    """Find "work begins in September 2023, lasts 18 months; the first train in December 2023".

    All three stand in one sentence, in any order, the beginning before the end. The end may be
    off by a quarter of the stretch, and by two months.
    """
    for sentence in account.sentences:
        lengths = [
            f
            for f in account.figures_in(*sentence)
            if f.unit in _MONTHS and f.value and _lasts(account, f, sentence)
        ]
        times = moments(account, *sentence)
        if len(lengths) != 1 or len(times) < 2 or _DELAY.search(account.text, *sentence):
            continue
        length = (lengths[0].value or 0.0) * _MONTHS[str(lengths[0].unit)]
        begun = next((m for m in times if _near(account, m, sentence, times, _STARTS)), None)
        ended = next(
            (m for m in reversed(times) if m is not begun and _near(account, m, sentence, times,
                                                                    _ENDS)), None
        )  # fmt: skip
        if begun is None or ended is None or ended.start < begun.start or length < _SHORTEST:
            continue
        slack = max(_LEAST, _SLACK * length)
        if begun.first + length - slack <= ended.last and ended.first <= (
            begun.last + length + slack
        ):
            continue
        yield conflict(
            "date",
            "high",
            f"{plain(lengths[0].value)} {lengths[0].unit} from {begun.told} do not end in "
            f"{ended.told}",
            f"What begins in {begun.told} and lasts {plain(lengths[0].value)} {lengths[0].unit} "
            f"does not end in {ended.told}.",
            lengths,
            [account.quote(*sentence)],
        )


def _lasts(account: Account, fact: Fact, sentence: Span) -> bool:
    lead = account.text[max(sentence.start, (fact.value_start or 0) - 40) : fact.value_start]
    return _LASTS.search(lead) is not None and not fact.attributes.get("range_high")


def _near(
    account: Account,
    moment: Moment,
    sentence: Span,
    times: list[Moment],
    form: re.Pattern[str],
) -> bool:
    """Say whether a word stands between the time before and this one, or right after it."""
    before = max([sentence.start, *(m.end for m in times if m.end <= moment.start)])
    lead = account.text[max(before, moment.start - 60) : moment.start]
    return form.search(lead) is not None
