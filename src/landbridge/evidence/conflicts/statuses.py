"""Whether what words speak of is planned, a capacity, a limit, a part, or of before."""

from __future__ import annotations

import re

_STATUS = {
    "ahead": r"will|would|should|plans?|planned|planning|expect\w*|target\w*|goals?|aims?"
    r"|forecast\w*|scenario\w*"
    r"|project(?:ed|ions?)|intend\w*|by (?:the year )?20\d\d|promis\w+|demand"
    r"|буд[еу]т|планир\w+|план\w*|цел[ьи]|прогноз\w*|ожида\w+|сценари\w+|намерен\w*|к 20\d\d"
    r"|может|могут|can",
    "capacity": r"capacit\w+|throughput|maximum|мощност\w+|пропускн\w+|вместимост\w+",
    "limit": r"no more than|at most|ceiling|limit\w*|quota\w*|не более|лимит\w*|квот\w*|потол\w+",
    "part": r"(?:first|last) (?:half|quarter|\w+ months?)|for \w+ months|half[- ]year|quarter"
    r"|january|первое полугодие|полугоди\w+|квартал\w*|месяц\w*|per (?:day|month|hour)"
    r"|за \w+ месяц\w*|в сутки|simultaneous\w*|alone|of (?:them|which|these)|из (?:них|которых)",
    "before": r"initially|originally|previously|at first|earlier|used to|first stage|old|before"
    r"|ago|раньше|ранее|прежн\w+|первоначальн\w+|сначала|назад|первая очередь",
    "whole": r"as a whole|altogether|combined|в целом",
    "done": r"so far|(?:have|has|were|was) (?:been )?(?:launched|started|opened|completed"
    r"|implemented|put into operation)|запущен\w*|завершен\w*|введен\w*|реализован\w*",
    "winter": r"winter|зим\w+",
    "summer": r"summer|летом|летн\w+",
    "other": r"other|another|additional\w*|further|more|extra|remaining|rest|average|minimum|record"
    r"|друг\w+|дополнительн\w+|остальн\w+|средн\w+|ещ[её]",
}
_STATES = {
    name: re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for name, form in _STATUS.items()
}


def statuses(text: str) -> frozenset[str]:
    """Give the statuses that the words beside a figure tell of.

    Examples
    --------
    >>> sorted(statuses("the port will have a capacity of")), statuses("the port is at the sea")
    (['ahead', 'capacity'], frozenset())
    """
    return frozenset(name for name, form in _STATES.items() if form.search(text))
