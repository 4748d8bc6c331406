"""A font with Chinese letters for browsers that have none: the one briefs are set in."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from landbridge.errors import MissingExtraError

router = APIRouter(prefix="/fonts", include_in_schema=False)

_NAME = "Landbridge Chinese"
#: Fonts that systems come with; the file is fetched only where there is none of them.
_THERE = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
)
_LETTERS = "U+2E80-2FDF, U+3000-303F, U+3400-9FFF, U+F900-FAFF, U+FF00-FFEF"
_DAY_S = 86_400


@router.get("/chinese.css")
def style() -> Response:
    """The style that names the font; blank where the package that carries it is not installed."""
    from landbridge.brief.fonts import chinese

    try:
        chinese()
    except MissingExtraError:
        return Response("", media_type="text/css")
    sources = ", ".join([*(f'local("{name}")' for name in _THERE), 'url("chinese.ttf")'])
    rule = f'font-family: "{_NAME}"; src: {sources}; unicode-range: {_LETTERS}; font-display: swap;'
    return Response(f"@font-face {{ {rule} }}\n", media_type="text/css")


@router.get("/chinese.ttf")
def font() -> FileResponse:
    """The font itself."""
    from landbridge.brief.fonts import chinese

    age = {"Cache-Control": f"private, max-age={_DAY_S}"}
    return FileResponse(chinese().path, media_type="font/ttf", headers=age)
