"""Who a lever speaks of: economies by code or name, organisations by their members in a year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from landbridge import facts
from landbridge.economy.table.labels import REST
from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.lever import Stage
from landbridge.network.gazetteer import key
from landbridge.routing.economies import economy_choices, economy_named

ALL, OTHERS = "all", "others"
"""Words for every economy, and for those not named on the other side."""


def expand(
    names: Sequence[str], stage: Stage, *, others_than: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Economies of the base world that the names mean in the year assessed.

    Parameters
    ----------
    names : codes or English names of economies, organisations of the facts table `memberships`,
        `all`, or `others`
    stage : gives the year and the base world
    others_than : codes that `others` leaves out

    Returns
    -------
    Codes in the order of the base world, each once. Members of an organisation without a row of
    their own in the base world are left out, for its rest of the world (`ROW`) is not theirs.

    Raises
    ------
    UnknownNameError
        For a name that is neither an economy nor an organisation.
    InputError
        For an economy without a row of its own, or an organisation without members in the year.

    Examples
    --------
    >>> from types import SimpleNamespace as Fake
    >>> from landbridge.economy.table.labels import labels
    >>> stage = Fake(year=2025, table=Fake(labels=labels()))
    >>> expand(["Uzbekistan", "kz"], stage)
    ('KAZ', 'UZB')
    """
    known = stage.table.labels.economies
    found: set[str] = set()
    for name in names:
        found |= _meant(name, stage.year, known, others_than)
    return tuple(code for code in known if code in found)


def territories(names: Sequence[str], stage: Stage) -> tuple[str, ...]:
    """Economies of the network that the names mean: `expand` for what acts on lines and borders.

    Here every economy has its own land; `ROW` is all those without a row in the base world.
    """
    known = stage.network.economies
    found: set[str] = set()
    for name in names:
        if name.strip() == REST:
            found |= set(known) - set(stage.table.labels.economies)
        else:
            found |= _meant(name, stage.year, known, frozenset())
    return tuple(code for code in known if code in found)


def party_problems(names: Sequence[str], stage: Stage) -> Iterator[str]:
    """What is wrong with the names as parties of the base world, one sentence each."""
    yield from _problems(names, lambda name: expand([name], stage))


def territory_problems(names: Sequence[str], stage: Stage) -> Iterator[str]:
    """What is wrong with the names as economies of the network, one sentence each."""
    yield from _problems(names, lambda name: territories([name], stage))


def members(organisation: str, year: int) -> frozenset[str]:
    """Codes of the full members of an organisation in a year, first and last year included.

    Raises
    ------
    UnknownNameError
        With the closest organisations.
    """
    index = _organisations()
    if key(organisation) not in index:
        raise UnknownNameError.from_available("organisation", organisation, _choices())
    return frozenset(
        economy
        for economy, since, until in index[key(organisation)]
        if (since is None or since <= year) and (until is None or year <= until)
    )


def _meant(
    name: str, year: int, known: Sequence[str], others_than: frozenset[str]
) -> frozenset[str]:
    if key(name) in (ALL, OTHERS):
        return frozenset(known) - (others_than if key(name) == OTHERS else frozenset())
    # Organisations first: a miss among economies reads the names of Natural Earth, half a second.
    if key(name) in _organisations():
        found = members(name, year)
        if not found:
            raise InputError(f"{name.strip()} has no members in {year}")
        return found.intersection(known)
    code = economy_named(name, known)
    if code is not None:
        return frozenset((code,))
    code = economy_named(name)
    if code is not None and REST in known:
        raise InputError(
            f"{name.strip()} ({code}) has no row of its own in the base world: leave it out, or "
            f"name {REST}, the rest of the world it belongs to"
        )
    if code is not None:
        raise InputError(f"{name.strip()} ({code}) has no land in the network: leave it out")
    choices = (*_choices(), *economy_choices())
    raise UnknownNameError.from_available("economy or organisation", name.strip(), choices)


def _choices() -> tuple[str, ...]:
    rows = facts.rows("memberships")
    return tuple(
        dict.fromkeys(name for r in rows for name in (r.organisation, r.organisation_name))
    )


@cache
def _organisations() -> Mapping[str, tuple[tuple[str, int | None, int | None], ...]]:
    """Members of each organisation with the years, by the key of its name."""
    index: dict[str, list[tuple[str, int | None, int | None]]] = {}
    for row in facts.rows("memberships"):
        for name in {key(row.organisation), key(row.organisation_name)}:
            spans = index.setdefault(name, [])
            if row.role == "member":
                spans.append((row.economy, row.from_year, row.to_year))
    return {name: tuple(spans) for name, spans in index.items()}


def _problems(names: Iterable[str], resolve: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    for name in names:
        try:
            resolve(name)
        except InputError as error:
            yield str(error)
