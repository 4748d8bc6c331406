"""What an outlook is asked: checked before any work starts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from landbridge.errors import InputError, UnknownNameError
from landbridge.outlook.known import Known, known

if TYPE_CHECKING:
    from landbridge.scenario.model import Scenario

LAST = 2050
"""The last year the network and its rates speak of."""
BASELINE = "baseline"
"""Name of the scenario without levers."""
MOST_DRAWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Spec:
    """An outlook: scenarios, years, and by when everything it uses was known.

    Attributes
    ----------
    scenarios : names of scenarios, `baseline` for none
    to : last year
    as_of : facts of later dates are left out; None is today
    hazards : yearly probabilities that take the place of the facts'
    """

    scenarios: tuple[str, ...]
    to: int
    as_of: int | None = None
    hazards: Mapping[str, float] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        """Everything it may use."""
        return known(self.as_of)

    @property
    def years(self) -> tuple[int, ...]:
        """Years looked at, from the one after the last known."""
        return tuple(range(self.known.as_of + 1, self.to + 1))

    @property
    def probabilities(self) -> dict[str, float]:
        """Yearly probability of every event."""
        return {
            event: self.hazards.get(event, hazard.yearly_probability)
            for event, hazard in self.known.hazards.items()
        }


def checked(
    scenarios: Sequence[str],
    to: int,
    as_of: int | None = None,
    hazards: Mapping[str, float] | None = None,
) -> Spec:
    """A spec that can be run.

    Raises
    ------
    InputError
        For a year that nothing is known of, hazards that are no probabilities, no or doubled
        scenarios.
    UnknownNameError
        For a scenario or an event that does not exist.

    Examples
    --------
    >>> checked(["partnership"], 2036).scenarios
    ('partnership-2027',)
    """
    own = known(as_of)
    if not own.as_of < to <= LAST:
        raise InputError(
            f"an outlook to {to}: what is known ends in {own.as_of} and the sections and rates "
            f"speak of years to {LAST}; choose a year from {own.as_of + 1} to {LAST}"
        )
    if not scenarios:
        raise InputError(f"no scenario is named: name one or more, or {BASELINE!r}")
    names = tuple(full_name(name) for name in scenarios)
    if len(set(names)) < len(names):
        raise InputError(f"a scenario is named twice: {', '.join(names)}")
    for event, chance in (hazards or {}).items():
        if event not in own.hazards:
            raise UnknownNameError.from_available("event", event, own.hazards)
        if not (math.isfinite(chance) and 0.0 <= chance <= 1.0):
            raise InputError(
                f"the hazard of {event} is {chance:g}: a yearly probability lies from 0 to 1"
            )
    return Spec(names, to, as_of, dict(hazards or {}))


def full_name(name: str) -> str:
    """Name of a scenario, from it or from the only shipped one that begins with it and a year.

    Examples
    --------
    >>> full_name("confrontation"), full_name("suez-closed")
    ('confrontation-2027', 'suez-closed')
    """
    from landbridge.scenario import slugs
    from landbridge.scenario.read import locate

    word = name.strip()
    if word == BASELINE:
        return word
    short = [slug for slug in slugs() if re.fullmatch(rf"{re.escape(word.lower())}-\d{{4}}", slug)]
    if word.lower() not in slugs() and len(short) == 1:
        return short[0]
    located = locate(word)
    return located.stem if located.stem in slugs() else str(located)


def scenario_of(name: str) -> Scenario | None:
    """The scenario of a full name; None for the baseline."""
    from landbridge.scenario import read_scenario

    return None if name == BASELINE else read_scenario(name)
