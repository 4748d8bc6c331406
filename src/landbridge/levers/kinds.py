"""Every kind of lever by its name, how one is read from a table, and what a form for it holds."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pydantic import ValidationError

from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.lever import Lever

_TRANSPORT = (
    "crossing",
    "section",
    "terminal",
    "corridor",
    "freight_rate",
    "chokepoint",
    "digital_customs",
    "carbon_price",
)
_POLICY = (
    "tariff",
    "nontariff",
    "agreement",
    "bloc",
    "sanction",
    "plant",
    "productivity",
    "price",
    "mobility",
    "finance",
)


def _class_of(kind: str) -> type[Lever]:
    """The lever that the module of this name defines."""
    module = import_module(f"landbridge.levers.{kind}")
    for found in vars(module).values():
        if isinstance(found, type) and issubclass(found, Lever):
            field = found.model_fields["kind"]
            if found.__module__ == module.__name__ and field.default == kind:
                return found
    raise ImportError(f"landbridge.levers.{kind} defines no lever of kind {kind!r}")


KINDS: Mapping[str, type[Lever]] = {kind: _class_of(kind) for kind in (*_TRANSPORT, *_POLICY)}
"""Class of each kind."""


def lever_from(table: Mapping[str, Any]) -> Lever:
    """Read a lever from a `[[lever]]` table of a scenario file.

    Raises
    ------
    UnknownNameError
        For a kind there is none of, with the closest.
    InputError
        With everything that is wrong with the fields, in one sentence each.

    Examples
    --------
    >>> lever_from({"kind": "chokepoint", "chokepoint": "suez", "open": False,
    ...             "source": "a question asked"}).describe()
    'Suez Canal: shut'
    """
    kind = table.get("kind")
    if kind is None:
        raise InputError(f"a lever needs a kind: one of {', '.join(KINDS)}")
    if kind not in KINDS:
        raise UnknownNameError.from_available("kind of lever", str(kind), KINDS)
    try:
        return KINDS[kind](**table)
    except ValidationError as error:
        raise InputError("; ".join(field_problems(kind, error))) from error


def field_problems(kind: str, error: ValidationError) -> tuple[str, ...]:
    """What pydantic found wrong with the fields of a kind, in words for people."""
    fields = KINDS[kind].model_fields
    said: dict[str, None] = {}
    for detail in error.errors(include_url=False):
        name = str(detail["loc"][0]) if detail["loc"] else kind
        if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1:
            unknown = UnknownNameError.from_available(f"field of {kind}", name, fields)
            said[str(unknown)] = None
        elif detail["type"] == "missing" and len(detail["loc"]) == 1:
            said[f"{kind} lacks the field {name}"] = None
        else:
            reason = detail["msg"].removeprefix("Value error, ")
            said[f"{name} = {detail['input']!r}: {reason[:1].lower()}{reason[1:]}"] = None
    return tuple(said)


def schema(kind: str) -> dict[str, Any]:
    """JSON schema of a kind, for forms and editors.

    Raises
    ------
    UnknownNameError
        For a kind there is none of, with the closest.

    Examples
    --------
    >>> sorted(schema("carbon_price")["required"])
    ['source', 'usd_t']
    """
    if kind not in KINDS:
        raise UnknownNameError.from_available("kind of lever", kind, KINDS)
    return KINDS[kind].model_json_schema()
