"""The frozen object a checked row becomes, made from the table's schema."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

if TYPE_CHECKING:
    from landbridge.facts.columns import Column


class Row(BaseModel):
    """A row of a facts table: one attribute a column, None where a cell is blank.

    Every table but `sources` has `source_title`, `address`, `as_of`, `confidence`, `rule` and
    `note`; the other attributes are those `landbridge.facts.columns(table)` lists.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


@cache
def row_type(name: str, schema: tuple[Column, ...]) -> type[Row]:
    """Model of one table's rows."""
    fields: dict[str, Any] = {}
    for column in schema:
        limits = Field(min_length=1) if column.depth and column.required else Field()
        fields[column.name] = (column.annotation(), limits)
    title = "".join(part.title() for part in name.split("_")) + "Row"
    model: type[Row] = create_model(title, __base__=Row, __doc__=f"A row of {name}.csv.", **fields)
    return model
