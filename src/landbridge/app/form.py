"""A form for each kind of lever, made from the lever's own JSON schema and docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from landbridge.levers.kinds import KINDS, schema

Sort = Literal["quantity", "number", "integer", "choice", "flag", "switch", "list", "text"]

NAMES: Mapping[str, str] = {
    "crossing": "crossings", "section": "sections", "terminal": "terminals",
    "corridor": "corridors", "chokepoint": "chokepoints", "importers": "parties",
    "exporters": "parties", "parties_a": "parties", "parties_b": "parties", "joins": "parties",
    "leaves": "parties", "by": "parties", "on": "parties", "economies": "parties",
    "economy": "economies", "borrower": "economies", "lender": "economies", "modes": "modes",
    "sectors": "sectors", "sector": "sectors", "bloc": "blocs", "commodity": "commodities",
    "project": "projects",
}  # fmt: skip
"""Names that a field takes: a list of `landbridge.app.names`."""

UNITS: Mapping[str, str] = {
    "_usd_feu": "USD per FEU", "_feu_year": "FEU a year", "_usd_mn": "million USD",
    "_log": "log points", "_pct": "%", "_factor": "times today's", "_h": "h",
}  # fmt: skip
_WHOLE = {
    "factor": "times today's", "usd_t": "USD per t of CO2", "usd": "USD", "hours": "h",
    "hours_add": "h",
}  # fmt: skip
_RANGES = {
    "times today's": (0.0, 3.0, 0.05),
    "%": (-50.0, 50.0, 0.5),
    "log points": (-2.0, 2.0, 0.05),
    "USD per t of CO2": (0.0, 300.0, 5.0),
}
_NOW = {"times today's": 1.0, "log points": 0.0}
_WORDS = {
    "usd": "price", "usd_t": "price", "sd_factor": "spread of hours", "trade_log": "trade",
    "hours_add": "hours more or less", "capital_output": "capital over value added",
}  # fmt: skip
_COMMON = ("kind", "source", "from_year", "to_year", "note")


class Field(BaseModel):
    """One field of a form.

    Attributes
    ----------
    name : as in a scenario file
    label, unit, help : for people
    sort : quantity (a number that may carry an interval), number, integer, choice, flag (yes or
        no), switch (yes, no or left as it is), list (of names) or text
    names : list of names it takes, blank where any text does
    choices : of a choice
    required : whether a lever of the kind needs it
    default : what it is when left blank; a quantity as its table
    least, most, step : ends of the slider, which the field itself may go beyond
    now : what the slider marks as today's, where that is the same for every place
    """

    model_config = ConfigDict(frozen=True)

    name: str
    label: str
    unit: str
    help: str
    sort: Sort
    names: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    default: Any = None
    least: float | None = None
    most: float | None = None
    step: float | None = None
    now: float | None = None


class Form(BaseModel):
    """Everything a form for a kind of lever holds.

    Attributes
    ----------
    kind : as in a scenario file
    what : what the lever does, for people
    fields : those of the kind itself, in the order of the class
    common : those that every kind has: years, source, note
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    what: str
    fields: tuple[Field, ...]
    common: tuple[Field, ...]


@cache
def form_of(kind: str) -> Form:
    """Make the form of a kind of lever from its schema.

    Raises
    ------
    UnknownNameError
        For a kind there is none of, with the closest.

    Examples
    --------
    >>> form = form_of("carbon_price")
    >>> [(field.name, field.sort, field.required) for field in form.fields]
    [('usd_t', 'quantity', True), ('modes', 'list', False), ('economies', 'list', False)]
    >>> form.what
    'Charges each edge for its CO2e, well to wheel.'
    """
    told = schema(kind)
    known = _explained(kind)
    fields = [
        _field(name, shape, name in told["required"], known.get(name, ""), _default(kind, name))
        for name, shape in told["properties"].items()
        if name != "kind"
    ]
    return Form(
        kind=kind,
        what=(inspect.getdoc(KINDS[kind]) or kind).splitlines()[0],
        fields=tuple(field for field in fields if field.name not in _COMMON),
        common=tuple(field for field in fields if field.name in _COMMON),
    )


def _field(name: str, shape: Mapping[str, Any], required: bool, told: str, default: Any) -> Field:
    sort, nullable = _sort(shape)
    unit = _unit(name)
    least, most, step = _RANGES.get(unit, (None, None, None))
    sort = "switch" if sort == "flag" and nullable else sort
    return Field(
        name=name,
        label=_label(name),
        unit=unit if sort in ("quantity", "number") else "",
        help=told or _COMMON_HELP.get(name, ""),
        sort=sort,
        names=NAMES.get(name, "") if sort in ("list", "text") else "",
        choices=tuple(shape.get("enum", ())),
        required=required,
        default=default,
        least=least if sort == "quantity" else None,
        most=most,
        step=step,
        now=_NOW.get(unit),
    )


def _default(kind: str, name: str) -> Any:
    """What a field is when left blank, published sizes with their intervals included."""
    field = KINDS[kind].model_fields[name]
    if field.is_required():
        return None
    found = field.get_default(call_default_factory=True, validated_data={})
    return found.model_dump() if isinstance(found, BaseModel) else found


def _sort(shape: Mapping[str, Any]) -> tuple[Sort, bool]:
    """Sort of a property of a JSON schema, and whether it may be null."""
    options = [one for one in shape.get("anyOf", [shape]) if one.get("type") != "null"]
    nullable = len(options) < len(shape.get("anyOf", [shape]))
    own = options[0]
    if "$ref" in own:
        return "quantity", nullable
    if "enum" in own:
        return "choice", nullable
    sorts: dict[str, Sort] = {
        "boolean": "flag", "integer": "integer", "number": "number", "array": "list",
    }  # fmt: skip
    return sorts.get(own["type"], "text"), nullable


def _unit(name: str) -> str:
    if name in _WHOLE:
        return _WHOLE[name]
    return next((unit for ending, unit in UNITS.items() if name.endswith(ending)), "")


def _label(name: str) -> str:
    """Field's name as words, its unit left to `unit`.

    Examples
    --------
    >>> _label("cost_usd_feu"), _label("hours_factor"), _label("parties_a"), _label("usd_t")
    ('cost', 'hours', 'parties a', 'price')
    """
    if name in _WORDS:
        return _WORDS[name]
    ending = next((ending for ending in UNITS if name.endswith(ending)), "")
    return name.removesuffix(ending).replace("_", " ")


_COMMON_HELP = {
    "source": "where the change and its size come from; no lever goes without",
    "from_year": "first year in which it acts; blank is always",
    "to_year": "last year in which it acts; blank is for ever",
    "note": "for people",
}
_ENTRY = re.compile(r"^(?P<names>[a-z_]+(?:, [a-z_]+)*) : (?P<text>.*)$")


@cache
def _explained(kind: str) -> Mapping[str, str]:
    """What the docstring of a kind says of each attribute."""
    _, _, told = (inspect.getdoc(KINDS[kind]) or "").partition("Attributes\n----------\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in told.split("\n\n")[0].splitlines():
        entry = _ENTRY.match(line)
        if entry is not None:
            names = entry["names"].split(", ")
            found |= dict.fromkeys(names, entry["text"])
        elif line.startswith(" "):
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
    return found
