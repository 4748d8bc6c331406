"""A scenario as TOML, from what a form holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_HEAD = (
    "name", "question", "year", "baseline_year", "description", "systems", "sources", "uncertainty",
)  # fmt: skip


def scenario_toml(told: Mapping[str, Any]) -> str:
    r"""Write a scenario as the TOML that `landbridge.scenario` reads; what is blank is left out.

    Parameters
    ----------
    told : fields of a scenario's head, `lever` a list of tables; fields that are not known are
        written too, so that the check can say so

    Examples
    --------
    >>> print(scenario_toml({"name": "A", "year": 2025, "note": None,
    ...     "lever": [{"kind": "crossing", "hours": {"value": 12, "low": 8, "high": 20}}]}))
    name = "A"
    year = 2025
    <BLANKLINE>
    [[lever]]
    kind = "crossing"
    hours = { value = 12, low = 8, high = 20 }
    <BLANKLINE>
    """
    head = {name: told[name] for name in _HEAD if name in told}
    head |= {name: value for name, value in told.items() if name not in (*_HEAD, "lever")}
    lines = _lines(head)
    levers = told.get("lever", ())
    for lever in levers if isinstance(levers, Sequence) else ():
        lines += ["", "[[lever]]", *_lines(lever if isinstance(lever, Mapping) else {})]
    return "\n".join(lines) + "\n"


def _lines(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(name)} = {_value(value)}" for name, value in table.items() if _says(value)]


def _says(value: Any) -> bool:
    return value is not None and value != "" and value != [] and value != () and value != {}


def _key(name: str) -> str:
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else f'"{_escaped(name)}"'


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        parts = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if _says(v))
        return f"{{ {parts} }}"
    if isinstance(value, (list, tuple)):
        tables = any(isinstance(item, Mapping) for item in value)
        return _list([_value(item) for item in value], tables=tables)
    return _text(str(value))


def _list(items: list[str], *, tables: bool) -> str:
    if tables:
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return f"[{', '.join(items)}]"


def _text(value: str) -> str:
    """A basic string, of several lines where the text has them."""
    lines = value.split("\n")
    if len(lines) == 1:
        return f'"{_escaped(value)}"'
    # The line break after the opening quotes is not of the text.
    return '"""\n' + "\n".join(map(_escaped, lines)) + '"""'


def _escaped(line: str) -> str:
    """JSON's escapes are TOML's, but for that of the delete character."""
    return json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")
