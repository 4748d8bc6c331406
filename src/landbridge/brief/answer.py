"""The answer in four sentences, in each language of a brief."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.brief.called import Names
from landbridge.brief.numbers import Numbers, rounded
from landbridge.brief.told import Post, Told
from landbridge.brief.words import Words

_STOPS = {"zh": "。"}
_BREAKS = {"zh": "；"}
LEADS = ("answer.incomes", "answer.freight", "answer.borders", "answer.air")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what a run tells, in one language.

    Examples
    --------
    >>> still = Told((), (), None, 0.0, (), None, 2.0, 2.0, None)
    >>> Speaker("en").sentences(still)[1]
    'Freight keeps to its ways: none of them changes noticeably.'
    """

    language: str

    @property
    def _words(self) -> Words:
        return Words(self.language)

    @property
    def _numbers(self) -> Numbers:
        return Numbers(self.language)

    @property
    def _names(self) -> Names:
        return Names(self.language)

    def sentences(self, told: Told) -> tuple[str, str, str, str]:
        """Incomes, freight, borders, emissions: one sentence each."""
        parts = (self._incomes(told), self._freight(told), self._border(told), self._air(told))
        one, two, three, four = (self._closed(text) for text in parts)
        return one, two, three, four

    def feu(self, value: float) -> str:
        """Containers with their noun."""
        return self._words.counted("feu", self._numbers.feu(value), rounded(value))

    def _incomes(self, told: Told) -> str:
        parts = []
        for key, rows in (("gain", told.gains), ("lose", told.losses)):
            if rows:
                form = "one" if len(rows) == 1 else "other"
                parts.append(self._words.say(f"{key}.{form}", names=self._economies(rows)))
        if not parts:
            parts.append(self._words["income.none"])
        if told.hub_pct is not None:
            pct = self._numbers.change_percent(told.hub_pct)
            parts.append(self._words.say("income.hub", pct=pct))
        world = self._numbers.change_percent(told.world_pct)
        parts.append(self._words.say("income.world", pct=world))
        return _BREAKS.get(self.language, "; ").join(parts)

    def _economies(self, rows: tuple[tuple[str, str, float], ...]) -> str:
        opening, closing = ("（", "）") if self.language == "zh" else (" (", ")")
        return self._numbers.listed(
            [
                f"{self._names.economy(code, name)}{opening}"
                f"{self._numbers.change_percent(pct)}{closing}"
                for code, name, pct in rows
            ]
        )

    def _freight(self, told: Told) -> str:
        if not told.ways:
            return self._words["way.none"]
        parts = [self._way(*way) for way in told.ways]
        form = "one" if len(parts) == 1 else "other"
        joined = _BREAKS.get(self.language, "; ").join(parts)
        return self._words.say(f"way.{form}", parts=joined)

    def _way(self, id_: str, english: str, base: float, feu: float) -> str:
        name = self._names.way(id_, english)
        if feu < 1:
            return self._words.say("way.gone", name=name, base=self.feu(base))
        if base < 1:
            return self._words.say("way.new", name=name, feu=self.feu(feu))
        pct = self._numbers.change_percent(100.0 * (feu / base - 1.0), 1)
        return self._words.say(
            "way.part", name=name, feu=self.feu(feu), base=self._numbers.feu(base), pct=pct
        )

    def _border(self, told: Told) -> str:
        post = told.post
        if post is None:
            return self._words["post.none"]
        share = ""
        if post.capacity_share is not None:
            share = self._words.say("post.share", pct=self._numbers.share(post.capacity_share))
        said = {
            "name": self._names.crossing(post.id, post.name),
            "feu": self.feu(post.feu),
            "base": self._numbers.feu(post.feu_base),
            "share": share,
        }
        if post.hours is None or post.hours_base is None:
            return self._words.say("post.same", **said)
        return self._words.say("post.hours", **said, **self._hours(post))

    def _hours(self, post: Post) -> dict[str, str]:
        hours, base = float(post.hours or 0.0), float(post.hours_base or 0.0)
        shown = self._words.counted("hour", self._numbers.number(hours, 1), hours, 1)
        return {"hours": shown, "hours_base": self._numbers.number(base, 1)}

    def _air(self, told: Told) -> str:
        diff = told.co2_mt - told.co2_mt_base
        said = {
            "co2": self._numbers.number(told.co2_mt, 0),
            "diff": self._numbers.change(diff),
            "pct": self._numbers.change_percent(100.0 * diff / told.co2_mt_base),
        }
        if told.band is None:
            return self._words.say("co2.none", **said)
        low, high = (self._numbers.change_percent(end) for end in told.band)
        return self._words.say("co2.bands", **said, low=low, high=high)

    def _closed(self, text: str) -> str:
        return text + _STOPS.get(self.language, ".")
