"""The data dictionary: every table and column, for the docs."""

from __future__ import annotations

from landbridge.facts.loader import columns, tables


def dictionary() -> str:
    """Every table with its columns, units and meanings, as Markdown.

    Examples
    --------
    >>> dictionary().splitlines()[0]
    '# Tables of facts'
    """
    lines = ["# Tables of facts"]
    for name in tables():
        lines += ["", f"## `{name}.csv`", "", "| column | type | unit | may be blank | meaning |"]
        lines += ["|---|---|---|---|---|"]
        for column in columns(name):
            blank = "" if column.required else "yes"
            kind = column.type.replace("|", "\\|")
            lines.append(
                f"| `{column.name}` | {kind} | {column.unit} | {blank} | {column.description} |"
            )
    return "\n".join(lines) + "\n"
