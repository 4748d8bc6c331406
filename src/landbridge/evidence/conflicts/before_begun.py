"""What a thing did before its own beginning was told: a first ship before construction began."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.moments import Moment, clauses, moments
from landbridge.evidence.conflicts.odd_times import odd_times
from landbridge.evidence.conflicts.said import names_in
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span

_BEGAN = re.compile(
    r"\b(?:began|begun|started|launched|laid|commenced|founded|established|created|set up|agreed"
    r"|approved|adopted|conceived|ordered|designed|signed)\b"
    r"|(?<!\w)(?:нача\w+|заложен\w*|стартовал\w*|основан\w*|создан\w*|учрежд[её]н\w*"
    r"|утвержд[её]н\w*"
    r"|согласован\w*|подписан\w*|принят[аоы]?)(?!\w)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:completed|finished|commissioned|opened|put into (?:operation|service)|handed over"
    r"|inaugurated|(?:its|the|their|his) (?:very )?first|(?:started|began) (?:work|operati\w+))\b"
    r"|(?<!\w)(?:завершен\w*|завершил\w*|сдан\w*|введ[её]н\w*|открыт\w*|открыл\w*|перв(?:ый|ая"
    r"|ое|ые"
    r"|ого|ую|ых))(?!\w)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\W*(?:and |but |then |и |а |но )?(?:(?:already |yet |then |by|in|on|at the end of|as early as"
    r"|уже|к|в|летом|весной|осенью|зимой)\b[^,;]{0,40}?)?\s?"
    r"(?:received|took|was|were|has|had|is|it|they|its|their|the first|the very first|opened"
    r"|completed|finished|принял\w*|получил\w*|был\w*|его|е[её]|их|он|она|оно|они|открыт\w*"
    r"|завершен\w*|введ[её]н\w*|сдан\w*|первы\w+|перва\w+|перво\w+)(?!\w)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:second|third|another|next|new|extension|previous\w*|earlier|predecessor|old|had|planned"
    r"|was to|were to|should|other|idea|section|part)\b"
    r"|(?<!\w)(?:втор\w+|трет\w+|друг\w+|нов\w+|прежн\w+|ранее|прошл\w+|планировал\w*|очеред\w+"
    r"|участ\w+|часть)(?!\w)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:will open|opens|opened|will be opened|will start (?:work|operati\w+)"
    r"|goes into operation)\b"
    r"|(?<!\w)(?:откроется|откроют|открылся|открылась|открыт\w*|заработает)(?!\w)",
    re.IGNORECASE,
)
_BUILDING = re.compile(
    r"\b(?:its|whose|the|their)\s(?:construction|building|works?)\b"
    r"|(?<!\w)(?:его|е[её]|их)\s(?:строительств\w+|сооружени\w+|возведени\w+)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:complet\w+|finish\w*|ends?|ended|last\w* until)\b"
    r"|(?<!\w)(?:заверш\w+|законч\w+|продлится до)(?!\w)",
    re.IGNORECASE,
)


def before_begun(account: Account) -> Iterator[Conflict]:
    """Find "construction began in October 2024, … its first vessel in the summer of that year".

    The beginning and the later deed stand in clauses of one sentence; the later clause is of the
    same thing: it opens with its verb, a pronoun or "the first", and names nothing new.
    """
    for sentence in account.sentences:
        if not (_BEGAN.search(account.text, *sentence) or _OPENS.search(account.text, *sentence)):
            continue
        told = [(c, m) for c in clauses(account, sentence) for m in moments(account, *sentence)
                if c.start <= m.start < c.end]  # fmt: skip
        for at, (clause, begun) in enumerate(told):
            if not _BEGAN.search(account.text, *clause):
                continue
            for later, done in told[at + 1 :]:
                deed = _LATER.search(account.text, *later)
                if deed and done.last < begun.first and _same(account, sentence, clause, later):
                    yield odd_times(
                        account, sentence, f"begun in {begun.told}, at work in {done.told}"
                    )
        found = _open_before_built(account, sentence, [moment for _, moment in told])
        if found is not None:
            yield found


def _same(account: Account, sentence: Span, begun: Span, later: Span) -> bool:
    """Say whether a later clause goes on about what the clauses before it told of."""
    text = account.text
    if _OTHER.search(text, *later) or _OTHER.search(text, *begun):
        return False
    if not _OWN.match(text, later.start, later.end):
        return False
    before = names_in(account, Span(sentence.start, later.start))
    told = economies_in(text[sentence.start : later.start])
    return names_in(account, later) <= before and economies_in(later.of(text)) <= told


def _open_before_built(account: Account, sentence: Span, times: list[Moment]) -> Conflict | None:
    """Find "it opens in 2027; its construction will be completed in December 2028"."""
    opening = _OPENS.search(account.text, *sentence)
    building = _BUILDING.search(account.text, opening.end() if opening else 0, sentence.end)
    if opening is None or building is None or _OTHER.search(account.text, *sentence):
        return None
    opened = [m for m in times if opening.start() - 30 <= m.start < building.start()]
    ends = [m for m in times if m.start > building.end()]
    if not opened or not ends:
        return None
    between = account.text[max(building.end(), ends[-1].start - 45) : ends[-1].end]
    if _DONE.search(between) and ends[-1].first > opened[-1].last:
        told = f"opened in {opened[-1].told}, built by {ends[-1].told}"
        return odd_times(account, sentence, told)
    return None
