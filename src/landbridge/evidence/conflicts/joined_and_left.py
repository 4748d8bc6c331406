"""What came and went beside what there was and what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import Amount, amounts, slack
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span

_CAME = re.compile(
    r"\b(?:joined|entered|acceded|w(?:as|ere) (?:added|hired|admitted|acquired|bought|opened|built)"
    r"|came in|have come|(?:has|have) been (?:added|hired|bought|opened|built)|new ones?)\b"
    r"|(?<!\w)(?:присоединил\w+|вступил\w+|добавил\w+|приняты?|прибавил\w+|прибыл\w+|нанят\w*"
    r"|куплен\w*)(?!\w)",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"\b(?:left|withdrew|quit|dropped out|departed|resigned|retired"
    r"|w(?:as|ere) (?:closed|sold|dismissed|scrapped|withdrawn|written off)|closed|gave up)\b"
    r"|(?<!\w)(?:вышл[иа]|вышел|покинул\w*|выбыл\w*|закрыт\w*|закрыл\w+|уволен\w*|списан\w*"
    r"|продан\w*)(?!\w)",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|today|remain\w*|so that|leaving|are left|makes?|numbers?|counts?|in all)\b"
    r"|(?<!\w)(?:теперь|сейчас|сегодня|осталось|стало|насчитыва\w+|всего)(?!\w)",
    re.IGNORECASE,
)
_CUT = re.compile(r"[,;.]\s|\s(?:and|while|but|и|а)\s")


def joined_and_left(account: Account) -> Iterator[Conflict]:
    """Find "there were 11; nine joined and two left, so that we are now 21".

    The first amount is what there was, each one told after it came or went, and the last is what
    there is; all stand in one sentence or two, of one unit or of none that was read.
    """
    for sentence in account.sentences:
        earlier = account.sentence_at(max(0, sentence.start - 2))
        beside = "\n" not in account.text[earlier.end : sentence.start].strip(" ")
        for stretch in (sentence, Span(earlier.start, sentence.end) if beside else sentence):
            moved = _CAME.search(account.text, *stretch) or _WENT.search(account.text, *stretch)
            if not moved or not _NOW.search(account.text, moved.start(), stretch.end):
                continue
            held = amounts(account, *stretch)
            found = _reckoned(account, held, stretch)
            if found is not None:
                yield found
                break


def _reckoned(account: Account, held: list[Amount], stretch: Span) -> Conflict | None:
    signs = {at: _sign(account, held, at, stretch) for at in range(len(held))}
    moves = [at for at, sign in signs.items() if sign]
    if not moves or moves[0] == 0 or moves[-1] + 1 >= len(held):
        return None
    if moves != list(range(moves[0], moves[-1] + 1)):
        return None
    base, last = held[moves[0] - 1], held[moves[-1] + 1]
    taken = [base, *(held[at] for at in moves), last]
    if base.unit is None or any(one.unit not in {base.unit, None} for one in taken):
        return None
    if len(moves) < 2 and last.unit is None:
        return None
    if not _NOW.search(account.text, held[moves[-1]].end, last.end + 20):
        return None
    made = base.value + sum(signs[at] * held[at].value for at in moves)
    if abs(made - last.value) <= slack(taken):
        return None
    listed = plain(base.value) + "".join(
        f" {'+' if signs[at] > 0 else '-'} {plain(held[at].value)}" for at in moves
    )
    return conflict(
        "arithmetic",
        "high",
        f"{listed} = {plain(made)}, not {plain(last.value)} {base.unit}",
        f"What came and went makes {plain(made)} of {plain(base.value)}; the text says "
        f"{plain(last.value)}.",
        [one.fact for one in taken if one.fact is not None],
        [account.quote(*account.sentence_at(last.start))],
    )


def _sign(account: Account, held: list[Amount], at: int, stretch: Span) -> int:
    """Whether what an amount counts came (1) or went (-1); 0 where its clause says neither."""
    one = held[at]
    start = held[at - 1].end if at else stretch.start
    end = held[at + 1].start if at + 1 < len(held) else stretch.end
    cuts = [m.end() for m in _CUT.finditer(account.text, start, one.start)]
    stop = _CUT.search(account.text, one.end, end)
    clause = Span(cuts[-1] if cuts else start, stop.start() if stop else end)
    if _CAME.search(account.text, *clause):
        return 1
    return -1 if _WENT.search(account.text, *clause) else 0
