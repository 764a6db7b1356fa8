"""Queries: a request flows in; it passes where its route declares every parameter sent, each sent once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute


def only_known(request: Request) -> None:
    """Refuse what the description of the API does not name for this route; a dependency of the whole application.

    Where a key is asked for, that comes first: such a router depends on `then_known` behind its key. Raises
    RequestValidationError naming every parameter that nobody knows or that is sent twice.
    """
    operation = _operation(request)
    if operation and not operation.get("security"):
        _check(request, operation)


def then_known(request: Request) -> None:
    """The same for a router behind a key."""
    if operation := _operation(request):
        _check(request, operation)


def _operation(request: Request) -> dict[str, Any]:
    """What the description says of this route; nothing where it is not described or no parameter was sent."""
    route = request.scope.get("route")
    if not request.query_params or not isinstance(route, APIRoute) or not route.include_in_schema:
        return {}
    operation: dict[str, Any] = request.app.openapi()["paths"][route.path_format][request.method.lower()]
    return operation


def _check(request: Request, operation: dict[str, Any]) -> None:
    sent = Counter(name for name, _ in request.query_params.multi_items())
    declared = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    # A misspelt filter would let everything through; of two values one would be lost in silence.
    wrong = [("extra_forbidden", name) for name in sent if name not in declared]
    wrong += [("sent_twice", name) for name, times in sent.items() if times > 1 and name in declared]
    if wrong:
        raise RequestValidationError([{"type": kind, "loc": ("query", name)} for kind, name in wrong])
