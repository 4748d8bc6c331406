"""Text of an HTML page: what a reader would see, block by block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSEEN = ["script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head"]
_BLOCKS = frozenset(
    """
    address article aside blockquote body dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th
    thead tr ul
    """.split()  # noqa: SIM905
)
_CELLS = frozenset(["td", "th"])
_DATED = (
    'meta[property="article:published_time"]', 'meta[name="article:published_time"]',
    'meta[name="date"]', 'meta[name="pubdate"]',
    'meta[name="DC.date"]', 'meta[name="dcterms.date"]',
    'meta[itemprop="datePublished"]', "time[datetime]",
)  # fmt: skip


class Page(NamedTuple):
    """What a page holds; date as ISO day where it is said."""

    text: str
    title: str | None
    date: str | None
    language: str | None
    address: str | None


def told_encoding(data: bytes) -> str | None:
    """Read the encoding a page says it is in.

    Examples
    --------
    >>> told_encoding(b'<meta charset="windows-1251">')
    'windows-1251'
    """
    match = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]{2,40})", data[:4096], re.IGNORECASE)
    return match.group(1).decode("ascii") if match else None


def page(source: str) -> Page:
    r"""Take the text and what the page says of itself; scripts and styles are left out.

    Examples
    --------
    >>> page("<title>T</title><p>One <b>belt</b></p><script>x()</script><p>road").text
    'One belt\n\nroad'
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    title = tree.css_first("title")
    name = " ".join(title.text().split()) if title else None
    date = _date(tree)
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or "")[:2].lower() if root else ""
    link = tree.css_first('link[rel="canonical"]')
    address = link.attributes.get("href") if link else None
    tree.strip_tags(_UNSEEN)
    pieces: list[str] = []
    if tree.body is not None:
        _gather(tree.body, pieces)
    text = re.sub(r" +\| +", " | ", "".join(pieces))
    text = re.sub(r"[ \t\r\n]*\n\n[ \t\r\n]*", "\n\n", text).strip("\n\t ")
    return Page(text, name or None, date, language or None, address)


def _date(tree: LexborHTMLParser) -> str | None:
    for selector in _DATED:
        node = tree.css_first(selector)
        if node is None:
            continue
        said = node.attributes.get("content") or node.attributes.get("datetime") or ""
        match = re.match(r"(?:19|20)\d\d-\d\d-\d\d", said)
        if match:
            return match.group()
    return None


def _is_plain(cell: LexborNode) -> bool:
    """Say whether a cell holds words alone: one with blocks inside only lays the page out."""
    return cell.css_first("p, div, table, ul, ol, h1, h2, h3, h4, section, article") is None


def _follows_a_cell(cell: LexborNode) -> bool:
    before = cell.prev
    while before is not None:
        if before.tag in _CELLS:
            return True
        before = before.prev
    return False


def _gather(body: LexborNode, pieces: list[str]) -> None:
    """Walk without recursion: pages may nest thousands deep."""
    stack: list[LexborNode | str] = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == "-text":
            pieces.append(re.sub(r"[ \t\r\n\f]+", " ", node.text_content or ""))
        elif node.tag == "br":
            pieces.append("\n\n")
        else:
            if node.tag in _CELLS and _is_plain(node):
                if _follows_a_cell(node):
                    pieces.append(" | ")
                stack.append(" ")
                stack.extend(reversed(list(node.iter(include_text=True))))
                continue
            block = node.tag in _BLOCKS
            if block:
                pieces.append("\n\n")
                stack.append("\n\n")
            children = list(node.iter(include_text=True))
            stack.extend(reversed(children))
