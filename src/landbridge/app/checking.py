"""A scenario as it is composed: read from a text or a form, with everything wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from landbridge.app.toml import scenario_toml
from landbridge.errors import LandbridgeError

if TYPE_CHECKING:
    from landbridge.levers.lever import Lever, Stage
    from landbridge.world import World


@dataclass(frozen=True, slots=True)
class Checked:
    """A scenario that may not be sound yet.

    Attributes
    ----------
    toml : its text
    scenario : its tables, for a form; None where the text is no TOML
    problems : everything wrong, as `landbridge.scenario.Problem` tells it
    describes : what each lever does, by its number from 1, of those that can be read
    names_checked : whether places and economies were looked up
    """

    toml: str
    scenario: dict[str, Any] | None
    problems: tuple[dict[str, Any], ...]
    describes: dict[int, str]
    names_checked: bool


def checked(given: str | Mapping[str, Any], world: World | None = None) -> Checked:
    """Check a scenario, text or tables of a form.

    Parameters
    ----------
    world : where names of places and economies are looked up; None leaves that out

    Examples
    --------
    >>> found = checked({"name": "Suez", "question": "What if?", "year": 2025, "lever": [
    ...     {"kind": "chokepoint", "chokepoint": "suez", "open": False, "source": "a question"}]})
    >>> found.problems, found.describes[1]
    ((), 'Suez Canal: shut')
    >>> checked("year = 2025").problems[0]["message"]
    'the text has no lever'
    """
    from landbridge.scenario.check import examine

    text = given if isinstance(given, str) else scenario_toml(given)
    stage = None if world is None else _stage(world)
    examined = examine(text, stage)
    return Checked(
        toml=text,
        scenario=_tables(text),
        problems=tuple(asdict(one) for one in examined.problems),
        describes={number: _described(lever) for number, lever in examined.levers},
        names_checked=stage is not None,
    )


def _stage(world: World) -> Stage:
    from landbridge.economy.table.basetable import load_base
    from landbridge.levers.lever import Stage

    return Stage(year=world.year, network=world.network, table=load_base())


def _described(lever: Lever) -> str:
    try:
        return lever.describe()
    except LandbridgeError as error:
        return str(error)


def _tables(text: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = _plain(tomllib.loads(text))
    except (ValueError, RecursionError):
        return None
    return found


def _plain(value: Any) -> Any:
    """What JSON holds of a TOML value: dates as text, infinities as null."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, float) and not abs(value) < float("inf"):
        return None
    return value
