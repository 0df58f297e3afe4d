"""Describe the interface for programs that read, in OpenAPI 3.1."""

from typing import Any

ROOT = "/api/v1"
_FAULT = {"type": "object", "properties": {"fault": {"type": "string"}}, "required": ["fault"]}
_HEAD = {
    "council": {"type": "string", "description": "The key of the council."},
    "as_at": {"type": "string", "format": "date-time", "description": "The instant for which this holds."},
}
_VALUE = {"type": ["string", "number", "null"], "description": "A day is written 2019-11-28; a count below 5 in words."}
_ROW = {"type": "object", "additionalProperties": _VALUE}


def description(base_url: str) -> dict[str, Any]:
    """Give the description, with the address at which the interface is served."""
    listed = _object(tables={"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}})
    table = _object(rows={"type": "array", "items": _ROW})
    return {
        "openapi": "3.1.0",
        "info": {"title": "Daymark", "version": "1", "description": "Records and tasks of a council, to read."},
        "servers": [{"url": base_url}],
        "security": [{"bearer": []}, {"login": []}],
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "login": {"type": "http", "scheme": "basic", "description": "Any name, with the token as password."},
            }
        },
        "paths": {
            ROOT: {"get": _get("tables", "Name the tables with their columns.", {"application/json": listed})},
            f"{ROOT}/councils": {"get": _get("councils", "Give how every council stands.", {"application/json": _ALL})},
            f"{ROOT}/{{table}}": {
                "parameters": [_NAME],
                "get": _get("table", "Give the rows of a table.", {"application/json": table}),
            },
            f"{ROOT}/{{table}}.csv": {
                "parameters": [_NAME],
                "get": _get("table_csv", "Give a table as CSV.", {"text/csv": {"type": "string"}}),
            },
        },
    }


_ALL = {
    "type": "object",
    "properties": {"as_at": _HEAD["as_at"], "councils": {"type": "array", "items": {"type": "object"}}},
    "required": ["as_at", "councils"],
}
_NAME = {"name": "table", "in": "path", "required": True, "schema": {"type": "string"}, "example": "tasks"}


def _object(**properties: Any) -> dict[str, Any]:
    given = {**_HEAD, **properties}
    return {"type": "object", "properties": given, "required": list(given)}


def _get(name: str, summary: str, answers: dict[str, Any]) -> dict[str, Any]:
    content = {kind: {"schema": schema} for kind, schema in answers.items()}
    fault = {"application/json": {"schema": _FAULT}}
    responses = {
        "200": {"description": "It is given.", "content": content},
        "401": {"description": "No token, or one that opens nothing.", "content": fault},
        "404": {"description": "No such table.", "content": fault},
    }
    return {"operationId": name, "summary": summary, "responses": responses}
