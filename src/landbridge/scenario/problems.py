"""What can be wrong with a scenario, said where it stands and how to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a scenario file.

    Attributes
    ----------
    message : what is wrong
    suggestion : how to mend it, blank where the message says it
    line : line of the file, None where the text has none for it
    lever : number of the lever, from 1; None outside levers
    kind : kind of the lever, blank outside levers
    field : the field, blank where it is not about one

    Examples
    --------
    >>> print(Problem("unknown field 'hour'", "did you mean 'hours'?", 12, 2, "crossing", "hour"))
    line 12, lever 2 (crossing): unknown field 'hour'; did you mean 'hours'?
    """

    message: str
    suggestion: str = ""
    line: int | None = None
    lever: int | None = None
    kind: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = [f"line {self.line}"] if self.line is not None else []
        if self.lever is not None:
            place.append(f"lever {self.lever}" + (f" ({self.kind})" if self.kind else ""))
        said = self.message + (f"; {self.suggestion}" if self.suggestion else "")
        return f"{', '.join(place)}: {said}" if place else said


def unknown(what: str, name: str, known: Collection[str]) -> tuple[str, str]:
    """Message and suggestion for a name that is none of the known.

    Examples
    --------
    >>> unknown("field", "yaer", ("year", "name"))
    ("unknown field 'yaer'", "did you mean 'year'?")
    """
    from rapidfuzz import fuzz, process, utils

    choices = sorted(known)
    found = process.extract(
        name, choices, scorer=fuzz.ratio, limit=3, score_cutoff=50, processor=utils.default_process
    )
    # Only what is about as close as the closest: the third best is rarely meant.
    close = [repr(choice) for choice, score, _ in found if score > found[0][1] - 15]
    hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(choices)}"
    return f"unknown {what} {name!r}", hint if choices else ""


def explain(error: Mapping[str, Any], known: Collection[str]) -> tuple[str, str, str]:
    """Field, message and suggestion of one of pydantic's error records.

    Parameters
    ----------
    error : an item of `ValidationError.errors()`
    known : fields of the table it is about
    """
    names = [str(part) for part in error["loc"]]
    field, sort, given = (names or [""])[0], error["type"], error.get("input")
    dotted = ".".join(n for n in names if n.replace("_", "").isalnum())
    if sort == "extra_forbidden":
        inner = names[-1]
        candidates = known if len(names) == 1 else ()
        return field, *unknown("field", inner, candidates)
    if sort == "missing":
        return field, f"`{dotted}` is missing", f"add {names[-1]} = …"
    if sort == "string_pattern_mismatch" and field == "question":
        return field, "the question has to be one line that ends with '?'", ""
    reason = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    reason = reason.replace("Input should", "should").replace("String should", "should")
    if not names:
        return "", reason, ""
    return field, f"`{dotted}` is {_shown(given)}: {reason}", ""


def coerced(given: object, read: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Path and message of each value that was taken for another type than it is written as.

    Parameters
    ----------
    given : as in the file
    read : as validated: models, tuples, values

    Examples
    --------
    >>> list(coerced({"year": "2025"}, {"year": 2025}))
    [(('year',), "`year` is '2025': should be a number, without quotes")]
    """
    for path, value, inner in _mistaken(given, read):
        yield path, f"`{'.'.join(map(str, path))}` is {_shown(value)}: {_WRITTEN[_sort(inner)]}"


def _mistaken(
    given: object, read: object
) -> Iterator[tuple[tuple[str | int, ...], object, object]]:
    pairs: Iterable[tuple[str | int, object, object]] = ()
    if isinstance(given, Mapping):
        inside = read if isinstance(read, Mapping) else getattr(read, "__dict__", {})
        pairs = ((name, value, inside.get(name)) for name, value in given.items())
    elif isinstance(given, list | tuple) and isinstance(read, list | tuple):
        pairs = zip(range(len(given)), given, read, strict=False)
    elif _sort(given) and _sort(read) and _sort(given) != _sort(read):
        yield (), given, read
    for name, value, inner in pairs:
        for path, one, other in _mistaken(value, inner):
            yield (name, *path), one, other


_WRITTEN = {
    "number": "should be a number, without quotes",
    "truth": "should be true or false, without quotes",
    "text": "should be text, in quotes",
}


def _sort(value: object) -> str:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
