"""Which sectors a lever means: ids, ISIC groups or names of the facts table `sectors`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from landbridge import facts
from landbridge.economy.table.labels import labels
from landbridge.errors import InputError, UnknownNameError
from landbridge.network.gazetteer import key

GROUPS = ("all", "goods", "services")
"""Words that mean more than one sector."""


def sectors_named(names: Sequence[str], *, blank: str = "goods") -> tuple[str, ...]:
    """ISIC groups of the base economy that the names mean, each once, in its order.

    Parameters
    ----------
    names : ids (`metals`), ISIC groups (`C24`) or names of the facts table `sectors`, or `goods`,
        `services`, `all`
    blank : what no name at all means, one of `GROUPS`

    Raises
    ------
    UnknownNameError
        With the closest ids.

    Examples
    --------
    >>> sectors_named(["vehicles", "Basic metals", "a01t03"])
    ('A01T03', 'C24', 'C29T30')
    >>> sectors_named(["metls"])
    Traceback (most recent call last):
    landbridge.errors.UnknownNameError: unknown sector 'metls'; did you mean 'metals' ...
    """
    found: set[str] = set()
    for name in names or (blank,):
        if key(name) not in _index():
            choices = [*(row.id for row in facts.rows("sectors")), *GROUPS]
            raise UnknownNameError.from_available("sector", name.strip(), choices)
        found |= _index()[key(name)]
    return tuple(isic for isic in labels().sectors if isic in found)


def is_goods(isic: str) -> bool:
    """Whether customs count a sector of the base economy."""
    return labels().goods[labels().sector(isic)]


def sector_problems(names: Sequence[str], *, goods_only: bool = False) -> Iterator[str]:
    """What is wrong with the names as sectors, one sentence each.

    With `goods_only`, sectors that no customs office sees are wrong too.
    """
    for name in names:
        try:
            meant = sectors_named([name])
        except InputError as error:
            yield str(error)
            continue
        services = [isic for isic in meant if not is_goods(isic)]
        if goods_only and services:
            yield (
                f"sector {name.strip()!r} is not goods ({', '.join(services)}): "
                "tariffs are levied on goods alone, leave it out"
            )


@cache
def _index() -> Mapping[str, frozenset[str]]:
    rows = facts.rows("sectors")
    index = {
        key(name): frozenset((row.isic,)) for row in rows for name in (row.id, row.isic, row.name)
    }
    for kind in ("goods", "services"):
        index[kind] = frozenset(row.isic for row in rows if row.kind == kind)
    index["all"] = frozenset(row.isic for row in rows)
    return index
