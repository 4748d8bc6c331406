"""What the API refuses, and how it says so: what is wrong, where, how to mend it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from landbridge.app.refused import RefusedError
from landbridge.errors import (
    InputError,
    LandbridgeError,
    MissingExtraError,
    UnknownNameError,
    UnreachableError,
)
from landbridge.scenario.problems import Problem

__all__ = ["ErrorOut", "Refusal", "RefusedError", "install", "refusal", "responses"]

_LOG = logging.getLogger("landbridge.app")
_SAID = {
    404: ("there is nothing at this address", "/api/v1/ lists what there is"),
    405: ("this address does not take that method", "the description of the API lists others"),
}  # fmt: skip


class Refusal(BaseModel):
    """Why a request is refused.

    Attributes
    ----------
    what : what is wrong, with the words of the command line
    where : the parameter, file or line it is about; blank where `what` says it
    mend : how to mend it; blank where `what` says it
    problems : everything wrong, where there are several
    """

    what: str
    where: str = ""
    mend: str = ""
    problems: list[Problem] | None = None


class ErrorOut(BaseModel):
    """Body of every answer with a status of 400 and above."""

    error: Refusal


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Error answers of an operation, for the description of the API."""
    said = {
        400: "The body cannot be read",
        401: "The token is missing",
        403: "Sent by another site's page",
        404: "No such name",
        409: "Not in this state",
        413: "Too large",
        415: "Not of a kind that is taken",
        421: "The server is not called so",
        422: "Cannot be asked so; the message says what to change",
        429: "Too much at once; try again after a while",
        501: "Needs a package that is not installed",
        503: "Not ready yet",
    }
    every = sorted({*statuses, 401, 421, 422})
    return {status: {"model": ErrorOut, "description": said[status]} for status in every}


def refusal(error: LandbridgeError) -> Refusal:
    """An error of the package in parts: the last `; ` sets off how to mend it.

    Examples
    --------
    >>> refusal(InputError("line 3: no year; add year = …")).mend
    'add year = …'
    """
    if isinstance(error, RefusedError):
        return Refusal(what=error.what, where=error.where, mend=error.mend)
    said = str(error)
    what, _, mend = said.rpartition("; ") if "\n" not in said else (said, "", "")
    return Refusal(what=what or said, mend=mend if what else "")


def status_of(error: LandbridgeError, method: str) -> int:
    """HTTP status of an error of the package."""
    if isinstance(error, RefusedError):
        return error.status
    if isinstance(error, UnknownNameError):
        return 404 if method in ("GET", "HEAD", "DELETE") else 422
    if isinstance(error, (InputError, UnreachableError)):
        return 422
    return 501 if isinstance(error, MissingExtraError) else 500


def refuse(status: int, refused: Refusal, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer to a request that is refused."""
    body = {"error": refused.model_dump(exclude_none=True)}
    return JSONResponse(body, status, headers=dict(headers or {}))


def install(app: FastAPI) -> None:
    """Let every error of an application be told in this form."""
    app.add_exception_handler(LandbridgeError, _of_package)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(HTTPException, _of_framework)
    app.add_exception_handler(Exception, _unexpected)


async def _of_package(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, LandbridgeError)
    status = status_of(error, request.method)
    if isinstance(error, RefusedError):
        return refuse(status, refusal(error), error.headers)
    return refuse(status, refusal(error))


async def _of_parameters(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [_parameter(one) for one in error.errors()]
    unreadable = any(one["type"] in ("json_invalid", "bytes_invalid") for one in error.errors())
    problems = [Problem(message=what, field=where) for where, what in found]
    where, what = found[0]
    told = Refusal(what=what, where=where, problems=problems if len(problems) > 1 else None)
    return refuse(400 if unreadable else 422, told)


def _parameter(one: Mapping[str, Any]) -> tuple[str, str]:
    place = [str(part) for part in one["loc"] if part not in ("query", "path", "body", "header")]
    said = str(one["msg"]).removeprefix("Value error, ")
    return ".".join(place) or str(one["loc"][0]), said[:1].lower() + said[1:]


async def _of_framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    what, mend = _SAID.get(error.status_code, (str(error.detail), ""))
    told = Refusal(what=what, where=request.url.path, mend=mend)
    return refuse(error.status_code, told, error.headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("unexpected at %s", request.url.path, exc_info=error)
    what = f"unexpected {type(error).__name__}"
    return refuse(500, Refusal(what=what, mend="the server's log says where; please report it"))
