"""On which line of a TOML text each table and key stands, which `tomllib` does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Part = str | int
Path = tuple[Part, ...]

_TOKEN = re.compile(
    r"(?P<comment>\#[^\n]*)"
    r'|(?P<text>"""(?:\\.|(?!""").)*"{3,5}|\'\'\'(?:(?!\'\'\').)*\'{3,5}'
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)"
    r"|(?P<other>[^\[\]{}\"'\#\n]+|.)",
    re.DOTALL,
)
_KEY_PART = re.compile(r'"((?:\\.|[^"\\])*)"|\'([^\']*)\'|([\w-]+)')


@dataclass(frozen=True, slots=True)
class Lines:
    r"""Line of each table and key, by its path: `("lever", 0, "hours")`.

    Examples
    --------
    >>> text = "# levers\nyear = 2025\n[[lever]]\nnote = '[[lever]]'\nhours = 3\n"
    >>> lines = lines_of(text)
    >>> lines.of("year"), lines.of("lever", 0), lines.of("lever", 0, "hours")
    (2, 3, 5)
    """

    at: dict[Path, int]

    def of(self, *path: Part) -> int | None:
        """Line of a path, or of the closest thing around it; None where nothing of it is there."""
        for length in range(len(path), 0, -1):
            if (line := self.at.get(path[:length])) is not None:
                return line
        return None


def lines_of(text: str) -> Lines:
    """Find the line of every table header and key of a text that is valid TOML."""
    at: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    inside: Path = ()
    for line, statement in _statements(text):
        if statement.startswith("["):
            array = statement.startswith("[[")
            inside = _header(tuple(_parts(statement)), counts, array=array)
            at.setdefault(inside, line)
            continue
        key: Path = tuple(_parts(statement))
        for length in range(1, len(key) + 1):
            at.setdefault(inside + key[:length], line)
    return Lines(at)


def _header(names: tuple[str, ...], counts: dict[Path, int], *, array: bool) -> Path:
    """Path of a `[table]` or `[[table]]`, with the position in each array of tables on its way."""
    path: Path = ()
    for depth, name in enumerate(names):
        path = (*path, name)
        if array and depth == len(names) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header, or the key of each `key = value`, with the line it starts on."""
    line, depth, start, kept = 1, 0, 0, ""
    valued = False
    for token in _TOKEN.finditer(text):
        sort, word = token.lastgroup, token.group()
        if sort == "end" and depth == 0:
            if kept.strip():
                yield start, kept.strip()
            kept, valued = "", False
        elif sort not in ("comment", "end"):
            if not kept.strip():
                start = line
            if not valued:
                before, equals, _ = word.partition("=") if sort == "other" else (word, "", "")
                kept += before
                valued = bool(equals) and not kept.strip().startswith("[")
            depth += {"open": 1, "close": -1}.get(sort or "", 0)
        line += word.count("\n")
    if kept.strip():
        yield start, kept.strip()


def _parts(words: str) -> Iterator[str]:
    for basic, literal, bare in _KEY_PART.findall(words):
        yield basic or literal or bare
