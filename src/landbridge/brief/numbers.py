"""Numbers, dates and lists as each language of a brief writes them, by the Unicode CLDR."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from landbridge.errors import UnknownNameError

LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша", "zh": "中文"}
"""Languages a brief is written in, each by its own name."""
TAGS = {"en": "en", "ru": "ru", "kk": "kk", "zh": "zh-Hans"}
_LOCALES = {"en": "en", "ru": "ru", "kk": "kk", "zh": "zh_Hans_CN"}
_NOTHING_PCT = 0.00005
"""Changes below this are nothing at four decimals."""
_FIGURES = 3


def checked(language: str) -> str:
    """The language, where briefs are written in it.

    Raises
    ------
    UnknownNameError
        They are not; with the closest.
    """
    if language not in LANGUAGES:
        raise UnknownNameError.from_available("language", language, LANGUAGES)
    return language


@dataclass(frozen=True)
class Numbers:
    """How one language writes numbers.

    Attributes
    ----------
    language : en, ru, kk or zh

    Examples
    --------
    >>> Numbers("en").feu(744_846.0), Numbers("zh").feu(744_846.0)
    ('745,000', '74.5万')
    >>> Numbers("en").change(-0.0326), Numbers("en").change(11.94)
    ('−0.033', '+11.9')
    """

    language: str

    @cached_property
    def locale(self) -> Any:
        """The CLDR locale."""
        from babel import Locale

        return Locale.parse(_LOCALES[self.language])

    def number(self, value: float, digits: int = 0, *, sign: bool = False) -> str:
        """A number with so many decimals, U+2212 for minus, a dash where there is none."""
        from babel.numbers import format_decimal

        if not math.isfinite(value):
            return "–"
        shown = Decimal(f"{value:.{digits}f}")
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        text: str = format_decimal(abs(shown), format=pattern, locale=self.locale)
        if shown < 0:
            return f"−{text}"
        return f"+{text}" if sign and shown > 0 else text

    def percent(self, text: str) -> str:
        r"""A written number with this language's sign of per cent.

        Examples
        --------
        >>> Numbers("ru").percent("5")
        '5\xa0%'
        """
        pattern: str = self.locale.percent_formats[None].pattern
        return text + pattern[pattern.rindex("0") + 1 :]

    def change(self, value: float, digits: int | None = None) -> str:
        r"""A change in per cent without the sign of per cent, small ones with more decimals.

        Parameters
        ----------
        digits : decimals; by size where not told

        Examples
        --------
        >>> Numbers("kk").change(0.00039), Numbers("kk").change(1e-7)
        ('+0,0004', '≈\xa00')
        """
        size = abs(value)
        least = _NOTHING_PCT if digits is None else 0.5 * 10.0**-digits
        if size < least:
            return "≈\u00a00"
        if digits is None:
            digits = 1 if size >= 10 else 2 if size >= 0.1 else 3 if size >= 0.001 else 4
        return self.number(value, digits, sign=True)

    def change_percent(self, value: float, digits: int | None = None) -> str:
        """A change in per cent, with the sign of per cent."""
        return self.percent(self.change(value, digits))

    def share(self, value: float) -> str:
        """A share as whole per cent, or a tenth of one where it is below one per cent."""
        return self.percent(self.number(100.0 * value, 0 if abs(value) >= 0.01 else 2))

    def feu(self, value: float) -> str:
        r"""Containers, to three figures: a model knows no more.

        Examples
        --------
        >>> Numbers("ru").feu(402_129_487.0), Numbers("zh").feu(402_129_487.0)
        ('402\xa0млн', '4.02亿')
        """
        from landbridge.brief.words import Words

        shown = rounded(value)
        if self.language == "zh":
            for unit, size in (("亿", 1e8), ("万", 1e4)):
                if abs(shown) >= size:
                    return self._short(shown / size) + unit
        elif abs(shown) >= 1e6:
            return f"{self._short(shown / 1e6)}\u00a0{Words(self.language)['million']}"
        return self.number(shown)

    def signed_feu(self, value: float) -> str:
        """More or fewer containers, to three figures."""
        sign = "−" if value < 0 else "+"
        return sign + self.feu(abs(value))

    def _short(self, value: float) -> str:
        digits = max(_FIGURES - 1 - math.floor(math.log10(abs(value))), 0)
        return self.number(value, digits)

    def date(self, day: date) -> str:
        """A date in long form.

        Examples
        --------
        >>> Numbers("zh").date(date(2026, 11, 22))
        '2026年11月22日'
        """
        from babel.dates import format_date

        text: str = format_date(day, "long", locale=self.locale)
        return text

    def listed(self, parts: Sequence[str]) -> str:
        """Several things in one sentence.

        Examples
        --------
        >>> Numbers("zh").listed(["哈萨克斯坦", "中国", "德国"])
        '哈萨克斯坦、中国和德国'
        """
        from babel.lists import format_list

        text: str = format_list(list(parts), locale=self.locale)
        # The project's English puts no comma before the last.
        return text.replace(", and ", " and ") if self.language == "en" else text

    def plural(self, value: float, digits: int = 0) -> str:
        """CLDR plural category of a number shown with so many decimals.

        Examples
        --------
        >>> [Numbers("ru").plural(n) for n in (1, 22, 745_000)], Numbers("ru").plural(12.9, 1)
        (['one', 'few', 'many'], 'other')
        """
        form: str = self.locale.plural_form(abs(Decimal(f"{value:.{digits}f}")))
        return form


def rounded(value: float, figures: int = _FIGURES) -> float:
    """A number to so many figures, whole below them.

    Examples
    --------
    >>> rounded(744_846.0), rounded(34.4)
    (745000.0, 34.0)
    """
    if value == 0.0 or not math.isfinite(value):
        return value
    places = figures - 1 - math.floor(math.log10(abs(value)))
    return float(round(value, min(places, 0)))
