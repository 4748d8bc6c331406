"""The description of the API (OpenAPI): what the framework finds, and CSV where it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

if TYPE_CHECKING:
    from fastapi import FastAPI


def describe(api: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if api.openapi_schema is None:
        made = get_openapi(
            title=api.title,
            version=api.version,
            description=api.description,
            routes=api.routes,
            tags=api.openapi_tags,
        )
        for methods in made["paths"].values():
            for operation in methods.values():
                _complete(operation)
        api.openapi_schema = made
    return api.openapi_schema


def _complete(operation: dict[str, Any]) -> None:
    operation["summary"] = operation.get("description", "").partition("\n")[0]
    content = operation["responses"].get("200", {}).get("content", {})
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "format" and "csv" in str(parameter["schema"]):
            content["text/csv"] = {"schema": {"type": "string"}}
        if parameter["name"] == "format" and "toml" in str(parameter["schema"]):
            content["application/toml"] = {"schema": {"type": "string"}}
