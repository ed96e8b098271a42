"""/api: what programs may ask this desk, from the API's own description, with examples to copy."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from communique.desk.desk import DeskHere
from communique.desk.render import render
from communique.desk.table_files import MEDIA_TYPES, TABLES

router = APIRouter()

_METHODS = ("get", "post", "put", "delete")
_SHOWN = {
    "a": "Iran", "b": "USA", "code": "IRN", "q": "sanctions", "from": "2025-01-01", "name": "iran", "source": "USA",
    "event_id": "EVENT_ID", "report_id": "REPORT_ID", "correction_id": "1",
}  # fmt: skip
"""What stands in examples for what an address must name."""
_QUERIES = {
    "/api/events": "dyad=Iran,USA&quad=4&limit=10",
    "/api/reports": "text=talks&limit=10",
    "/api/standing": "board=talks&about=Iran",
    "/api/outlook": "a=Iran&b=USA&days=30",
    "/api/outlook/next": "source=USA&type=SANCTION",
    "/api/actors": "q=ira",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation: its name, where it stands (path or query), what it means."""

    name: str
    place: str
    words: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked: method, path, what it gives, its parameters, and a command that asks it."""

    method: str
    path: str
    summary: str
    words: str
    parameters: tuple[Parameter, ...]
    example: str

    @property
    def key(self) -> str:
        """The id of its heading."""
        return f"{self.method}{self.path}".replace("/", "-").translate({ord("{"): None, ord("}"): None}).lower()


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The variables of api.html: operations by what they are about, the tables to be taken away, their formats."""

    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    tables: tuple[str, ...]
    formats: tuple[str, ...]
    needs_token: bool


@router.get("/api")
def api_page(request: Request, desk: DeskHere) -> Response:
    """List what can be asked."""
    address = f"{request.url.scheme}://{request.url.netloc}"
    needs_token = desk.settings.token is not None
    groups = operations_of(request.app.openapi(), address, with_token=needs_token)
    return render(request, "api.html", ApiPage(groups, TABLES, tuple(MEDIA_TYPES), needs_token))


def operations_of(
    described: Mapping[str, Any], address: str, *, with_token: bool = False
) -> tuple[tuple[str, tuple[Operation, ...]], ...]:
    """Give the operations of an OpenAPI description by their tag, in its order."""
    found: dict[str, list[Operation]] = {}
    for path, ways in described["paths"].items():
        for method in _METHODS:
            if method in ways:
                told = ways[method]
                made = _operation(described, path, method, told, address, with_token)
                found.setdefault(told["tags"][0], []).append(made)
    return tuple((tag, tuple(operations)) for tag, operations in found.items())


def _operation(
    described: Mapping[str, Any], path: str, method: str, told: Mapping[str, Any], address: str, with_token: bool
) -> Operation:
    parameters = tuple(
        Parameter(one["name"], one["in"], one.get("description", ""), one.get("required", False))
        for one in told.get("parameters", ())
    )
    body = _body(described, told)
    command = ["curl", *([] if method == "get" else ["-X", method.upper()])]
    command += ["-H", "Authorization: Bearer TOKEN"] if with_token else []
    command += ["-H", "Content-Type: application/json", "-d", json.dumps(body)] if body is not None else []
    shown = " ".join(map(shlex.quote, [*command, address + _example_of(path, parameters)]))
    return Operation(method.upper(), path, told["summary"], told.get("description", ""), parameters, shown)


def _example_of(path: str, parameters: Iterable[Parameter]) -> str:
    required = [one for one in parameters if one.required]
    for one in required:
        path = path.replace(f"{{{one.name}}}", _SHOWN.get(one.name, one.name.upper()))
    asked = "&".join(f"{one.name}={_SHOWN.get(one.name, '')}" for one in required if one.place == "query")
    asked = _QUERIES.get(path, asked)
    return path + (f"?{asked}" if asked else "")


_CORRECTION = {"kind": "field", "event_id": "EVENT_ID", "values": {"target": ["Iraq"], "status": "planned"}, "why": "…"}


def _body(described: Mapping[str, Any], told: Mapping[str, Any]) -> Any:
    """Give an example of the body that an operation takes, None where it takes none."""
    if "requestBody" not in told:
        return None
    schema = told["requestBody"]["content"]["application/json"]["schema"]
    name = schema.get("$ref", "").rpartition("/")[2]
    if not name:
        return _CORRECTION
    model = described["components"]["schemas"][name]
    return (
        model["examples"][0]
        if "examples" in model
        else {key: _SHOWN[key] for key in ("a", "b") if key in model["properties"]}
    )
