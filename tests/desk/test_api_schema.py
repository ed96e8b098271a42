"""The API against its own description: what it says of itself holds for whatever schemathesis sends."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from fastapi.routing import APIRoute
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from communique.casebook.kept import ReportReading
from communique.desk.api import ROUTERS
from communique.desk.app import make_app
from communique.desk.desk import Desk
from communique.desk.forecasts import Progress
from communique.desk.settings import DeskSettings
from communique.pipeline import open_casebook, read_for_casebook
from communique.records import EVENT_COLUMNS

EXAMPLES = 40
HOST = {"Host": "127.0.0.1:8472"}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def api(read_casebook: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description of a desk on a copy of the casebook; reports are read here, and nothing is learned."""
    path = tmp_path_factory.mktemp("schema") / "copy.casebook"
    shutil.copy(read_casebook, path)
    with open_casebook(path) as casebook:
        desk = Desk(casebook, DeskSettings(who="schemathesis"))
        desk.forecaster.ask = lambda *_: Progress(None, False, True, 0.0)  # type: ignore[method-assign]
        desk.reader.read = _read  # type: ignore[method-assign,assignment]
        # Each call of schemathesis begins and ends the application, which would close the desk.
        close, desk.close = desk.close, lambda: None  # type: ignore[method-assign]
        yield schemathesis.openapi.from_asgi("/api/openapi.json", make_app(desk), headers=HOST)
        close()


def _read(report: Any, seconds: float = 0) -> ReportReading:
    found = read_for_casebook(report)
    assert isinstance(found, ReportReading)
    return found


def _operations() -> list[tuple[str, str]]:
    """All operations as (path of the description, method); the description leaves out how a parameter is matched."""
    return sorted(
        (f"/api{route.path_format}", method)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    )


@pytest.mark.parametrize(("path", "method"), _operations())
def test_the_api_does_what_it_says_of_itself(api: Any, path: str, method: str) -> None:
    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    @hypothesis.given(case=api[path][method].as_strategy())
    def holds(case: Case) -> None:
        case.call_and_validate(checks=CHECKS, headers=HOST)

    holds()


def test_each_operation_is_described_with_all_its_errors(api: Any) -> None:
    operations = {
        (path, method.upper()): told for path, ways in api.raw_schema["paths"].items() for method, told in ways.items()
    }
    assert sorted(operations) == _operations()
    for told in operations.values():
        assert {"400", "401", "403", "404", "405", "409", "413", "415", "422", "500", "501"} <= set(told["responses"])
        assert told["summary"]
        assert told["description"]
    names = api.raw_schema["components"]["schemas"]
    assert set(names["EventRow"]["required"]) >= set(EVENT_COLUMNS)
    assert "HTTPValidationError" not in names
