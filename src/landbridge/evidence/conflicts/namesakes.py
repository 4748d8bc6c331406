"""An office alone, right after two who hold it were named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span

_OFFICES = (
    r"[Pp]resident|[Pp]rime [Mm]inister|[Pp]remier|[Cc]hancellor|[Mm]inister|[Aa]mbassador"
    r"|[Gg]overnor"
    r"|[Mm]ayor|[Cc]hairman|[Dd]irector|[Dd]ean|[Rr]ector"
    r"|[Пп]резидент|[Пп]ремьер-министр|[Мм]инистр|[Пп]осол|[Гг]убернатор|[Аа]ким|[Дд]иректор"
    r"|[Рр]ектор"
)
_ALONE = re.compile(
    rf"(?:\b[Tt]he\s(?P<office>{_OFFICES})(?!\s(?:of|for|himself)\b)(?=\s[a-z])"
    r"|(?<![^\s«“\"(])(?P<russian>Президент|Министр|Посол|Губернатор|Аким|Директор"
    r"|Ректор)(?=\s[а-я]))"
)
_ENDINGS = r"(?:s|а|у|ом|ы|ов|ам|ами|е|и|я|ю)?"


def two_of_one_office(account: Account) -> Iterator[Conflict]:
    """Find "President A and President B talked. The President promised …".

    Two different names follow the office in the sentence before, or in the same sentence before
    it, and nothing says which is meant.
    """
    for match in _ALONE.finditer(account.text):
        office = match["office"] or match["russian"]
        sentence = account.sentence_at(match.start())
        before = account.sentence_at(max(0, sentence.start - 2))
        if before.start < account.paragraph_at(sentence.start).start:
            before = sentence
        stretch = Span(before.start, match.start())
        named = _named(account, stretch, office)
        if not named:
            wider = account.sentence_at(max(0, before.start - 2))
            if wider.start >= account.paragraph_at(sentence.start).start:
                stretch = Span(wider.start, match.start())
                named = _named(account, stretch, office)
        if len(named) < 2:
            continue
        yield conflict(
            "ambiguous",
            "medium",
            f"“{match.group()}” may be {' or '.join(named)}",
            f"{' and '.join(named)} are both named with this office right before; the text does "
            "not say which is meant.",
            quotes=[account.quote(match.start(), sentence.end), account.quote(*stretch)],
        )


def _named(account: Account, stretch: Span, office: str) -> list[str]:
    bare = office[1:]
    initial = f"[{office[0].upper()}{office[0].lower()}]"
    form = re.compile(
        rf"(?<!\w){initial}{re.escape(bare)}{_ENDINGS}(?:\s(?:of|for)\s[A-Z]\w+|\s[А-ЯЁ]\w+а)?"
        r"(?P<names>(?:\s(?:[A-ZА-ЯЁ]\.\s?)?[A-ZА-ЯЁ][\w’'-]+)+"
        r"(?:(?:,|\sand|\sи)(?:\s[A-ZА-ЯЁ][\w’'-]+)+)?)"
    )
    found: dict[str, None] = {}
    for match in form.finditer(account.text, *stretch):
        for name in re.split(r",|\sand\s|\sи\s", match["names"]):
            found[" ".join(name.split()).strip()] = None
    after = re.compile(
        rf"(?P<name>[A-ZА-ЯЁ][\w’'-]+(?:\s[A-ZА-ЯЁ][\w’'-]+){{1,2}}),\s(?:the\s)?{initial}{re.escape(bare)}"
    )
    for match in after.finditer(account.text, *stretch):
        found[match["name"]] = None
    both = re.compile(
        rf"(?<!\w){initial}{re.escape(bare)}(?:s|ы|и|ов|ами)\s(?:of\s)?(?P<a>[A-ZА-ЯЁ]\w+)\s(?:and|и)\s"
        r"(?P<b>[A-ZА-ЯЁ]\w+)"
    )
    for match in both.finditer(account.text, *stretch):
        found |= {f"{office} of {match['a']}": None, f"{office} of {match['b']}": None}
    return [name for name in found if name]
