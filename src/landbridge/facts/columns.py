"""What a column of a facts table may hold: the words of the schema files, as checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

SCALARS: dict[str, str] = {
    "str": "text, not blank",
    "int": "a whole number",
    "float": "a number",
    "amount": "a number, 0 or more",
    "share": "a number from 0 to 1",
    "bool": "yes or no",
    "year": "a year from 1800 to 2100",
    "date": "YYYY, YYYY-MM or YYYY-MM-DD",
    "interval": "FROM/TO as dates, TO blank while it lasts, such as 2021-03-23/2021-03-29",
    "iso3": "an ISO 3166 alpha-3 code such as KAZ",
    "lat": "degrees north from -90 to 90",
    "lon": "degrees east from -180 to 180",
    "id": "small letters, digits and single hyphens, unique in the table",
    "slug": "small letters, digits and single hyphens, such as rail-khorgos-altynkol",
    "locode": "a UN/LOCODE such as KZAKL (two letters, then three letters or digits 2-9)",
    "iata": "three capital letters",
    "url": "an address that starts with http:// or https://",
}
"""Each type word and what a cell of it looks like; also `enum:a|b`, `ref:table|table`.

Any of them takes `[]` for a `;`-separated list and `[][]` for a list of `|`-separated choices.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a facts table, as its schema file gives it.

    Attributes
    ----------
    name : str
        Header in the CSV file; carries the unit (`length_km`).
    type : str
        A word of `SCALARS`, `enum:a|b` or `ref:table|table`, with `[]` or `[][]` for lists.
    unit : str
        Unit in words, blank where there is none.
    required : bool
        Whether a blank cell is a problem.
    description : str
        One line for the docs.
    """

    name: str
    type: str
    unit: str
    required: bool
    description: str

    @property
    def base(self) -> str:
        """The type without its list marks."""
        return self.type.rstrip("[]")

    @property
    def depth(self) -> int:
        """0 for a single value, 1 for a list, 2 for a list of choices."""
        return self.type.count("[]")

    @property
    def hint(self) -> str:
        """How a correct cell looks, for error messages.

        Examples
        --------
        >>> Column("mode", "enum:rail|road[]", "", True, "").hint
        "one of rail, road; several separated by ';'"
        """
        kind, _, words = self.base.partition(":")
        if kind == "enum":
            text = "one of " + ", ".join(words.split("|"))
        elif kind == "ref":
            text = "an id in " + " or ".join(f"{word}.csv" for word in words.split("|"))
        else:
            text = SCALARS[kind]
        return (
            text
            + ("", "; several separated by ';'", "; groups ';', choices in one '|'")[self.depth]
        )

    def annotation(self) -> Any:
        """Type pydantic checks the parsed cell against."""
        kind: Any = _scalar(self.base)
        if self.depth == 0:
            return kind if self.required else kind | None
        for _ in range(self.depth):
            kind = tuple[kind, ...]
        return kind


def split_cell(cell: str, depth: int) -> Any:
    """Split a cell into the shape its column asks for; blank becomes None or ().

    Examples
    --------
    >>> split_cell("rail;ferry", 1)
    ('rail', 'ferry')
    """
    cell = cell.strip()
    if depth == 0:
        return cell or None
    if not cell:
        return ()
    parts = tuple(part.strip() for part in cell.split(";"))
    if depth == 1:
        return parts
    return tuple(tuple(choice.strip() for choice in part.split("|")) for part in parts)


@cache
def _scalar(base: str) -> Any:
    from pydantic import Field, StringConstraints

    day = r"\d{4}(-\d{2}(-\d{2})?)?"
    slug = r"^[a-z0-9]+(-[a-z0-9]+)*$"
    known: dict[str, Any] = {
        "str": Annotated[str, StringConstraints(min_length=1)],
        "int": int,
        "float": Annotated[float, Field(allow_inf_nan=False)],
        "amount": Annotated[float, Field(ge=0, allow_inf_nan=False)],
        "share": Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)],
        "bool": bool,
        "year": Annotated[int, Field(ge=1800, le=2100)],
        "date": Annotated[str, StringConstraints(pattern=rf"^{day}$")],
        "interval": Annotated[str, StringConstraints(pattern=rf"^{day}/({day})?$")],
        "iso3": Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")],
        "lat": Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)],
        "lon": Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)],
        "id": Annotated[str, StringConstraints(pattern=slug)],
        "slug": Annotated[str, StringConstraints(pattern=slug)],
        "locode": Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[A-Z2-9]{3}$")],
        "iata": Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")],
        "url": Annotated[str, StringConstraints(pattern=r"^https?://\S+$")],
    }
    kind, _, words = base.partition(":")
    if kind == "enum":
        return Literal[tuple(words.split("|"))]
    if kind == "ref":
        return known["slug"]
    return known[kind]
