"""Schemathesis over an application: its description flows in; how many requests were sent, and what was wrong, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import strategies as st
from schemathesis import Case, HookContext
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from starlette.types import Receive, Scope, Send

from server.http.repeated import LONGEST

PLACES = ("경기도 화성시", "서울특별시", "수원시")
FAR = ["2xx", "3xx", "401", "403", "404", "409", "410", "412", "422", "429", "5xx"]
"""What may come of a request whose form is right where the form alone does not tell whether it can be met."""
REFUSED = ["400", "401", "403", "404", "405", "408", "409", "412", "413", "422", "429"]
"""What comes of one whose form is wrong; one that is too large as well is refused before it is read."""
# What no schema can say: of two parameters one is needed, days stand in an order and a span, a chat holds a question,
# a place is one that is known, answers are those of the survey, a text is one of the diagnosis, an address is one
# of its channel, a table can be read, what is sent back has a reason. There a 422 is right.
BEYOND_A_SCHEMA = (
    "POST /v1/match",
    *("GET /v1/contacts", "GET /v1/deadlines", "GET /v1/deadlines.ics", "POST /v1/chat/completions"),
    *("POST /v1/diagnoses", "PATCH /v1/diagnoses/{name}", "POST /v1/corpus/announcements"),
    *("POST /v1/subscriptions", "PATCH /v1/subscriptions/{token}"),
    *("POST /v1/engagements", "PATCH /v1/engagements/{id}"),
    *("POST /v1/engagements/import", "POST /v1/engagements/approvals/{number}"),
    *("POST /v1/engagements/{id}/surveys", "PATCH /v1/engagements/{id}/surveys/{entry}"),
)
FORMS = ("POST /v1/corpus/documents",)
"""What is sent as a form, all of whose values are words: no type of one can be wrong; and a file must be readable."""

schemathesis.openapi.format("place", st.sampled_from(PLACES))

_sent = count()


@schemathesis.hook
def before_call(_: HookContext, case: Case[Any], __: dict[str, Any]) -> None:
    """Send no key twice, which would rightly be refused with another body."""
    key = case.headers.get("Idempotency-Key") if case.headers else None
    if isinstance(key, str) and key and len(key) <= LONGEST:
        case.headers["Idempotency-Key"] = f"{next(_sent)}-{key}"[:LONGEST]


@dataclass(frozen=True, slots=True)
class Run:
    """How many requests were sent and checked, and what was wrong, each with the request that shows it."""

    requests: int
    checks: int
    failures: tuple[str, ...]


class Running:
    """An application that is started and ended elsewhere."""

    def __init__(self, app: FastAPI, client: tuple[str, int]) -> None:
        self.app, self.client = app, client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as from this caller."""
        if scope["type"] == "lifespan":
            for word in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{word}.complete"})
        else:
            await self.app({**scope, "client": self.client}, receive, send)


def run(app: FastAPI, keys: Mapping[str, str], *, examples: int, seed: int, client: tuple[str, int]) -> Run:
    """All phases and all checks over every operation; `keys` by their name in the description, none where empty."""
    checks_of_forms = {"positive_data_acceptance": {"expected-statuses": FAR}}
    given: dict[str, Any] = {
        "seed": seed,
        # Of a day between two years most that are drawn are thrown away; that says nothing of the description.
        "suppress-health-check": ["filter_too_much"],
        "request-timeout": 120,
        "generation": {"max-examples": examples, "database": "none"},
        "phases": {"fuzzing": {"enabled": True}},
        "continue-on-failure": True,
        "checks": {
            "positive_data_acceptance": {"expected-statuses": [status for status in FAR if status != "422"]},
            "negative_data_rejection": {"expected-statuses": REFUSED},
        },
        "operations": [
            {"include-name": name, "checks": {"positive_data_acceptance": {"expected-statuses": FAR}}}
            for name in BEYOND_A_SCHEMA
        ]
        + [
            {"include-name": name, "checks": {**checks_of_forms, "negative_data_rejection": {"enabled": False}}}
            for name in FORMS
        ],
    }
    if keys:
        given["auth"] = {"openapi": {name: {"api_key": key} for name, key in keys.items()}}
    config = SchemathesisConfig.from_dict(given)
    schema = schemathesis.openapi.from_asgi("/openapi.json", Running(app, client), config=config)
    requests = checks = 0
    wrong: dict[str, str] = {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.FatalError):
            raise AssertionError(str(event.exception))
        if isinstance(event, events.NonFatalError):
            wrong[f"{event.label}: {event.value!r}"] = ""
        if isinstance(event, events.ScenarioFinished):
            requests += len(event.recorder.interactions)
            for case, nodes in event.recorder.checks.items():
                checks += len(nodes)
                for node in nodes:
                    if node.failure_info:
                        told = event.recorder.interactions.get(case)
                        uri = f"{told.request.method} {told.request.uri}" if told else ""
                        failure = node.failure_info.failure
                        key = f"{event.label}: {node.name}: {failure.title}: {failure.message[:300]}"
                        wrong.setdefault(key, f"{uri} {told.request.body!r:.300}" if told else "")
    return Run(requests, checks, tuple(f"{key}\n    {shown}" for key, shown in wrong.items()))
