"""The description: what FastAPI tells of routes flows in; with words, examples and what layers send it flows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from rag.yaml_file import read_yaml
from server.http.entry import COUNTED
from server.http.hosts import WATCHED
from server.http.problems import DETAILS, MEDIA_TYPE, TITLES
from server.http.repeated import LONGEST, STORING

Node = dict[str, Any]

SCHEMAS, OPERATIONS, EXAMPLES = (
    Path(__file__).with_name(name) for name in ("schemas.yaml", "operations.yaml", "examples.yaml")
)
DROPPED = ("HTTPValidationError", "ValidationError")
"""FastAPI's own form of a refusal, which is never sent."""
ASKING = "AskKey"
"""The key that is asked for only where the operator closed the door."""
PROBLEM: Node = {
    "type": "object",
    "title": "Problem",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["about:blank"]},
        "title": {"type": "string", "examples": [TITLES[404]]},
        "status": {"type": "integer", "minimum": 400, "maximum": 599, "examples": [404]},
        "detail": {"type": "string", "examples": [DETAILS[404]]},
        "request_id": {"type": "string", "examples": ["3f6c1d2e9a7b4c58"]},
    },
    "required": ["type", "title", "status", "detail", "request_id"],
    "additionalProperties": False,
}


def _number(description: str, example: str) -> Node:
    return {"description": description, "schema": {"type": "integer", "minimum": 0}, "example": int(example)}


def _words(description: str, example: str) -> Node:
    return {"description": description, "schema": {"type": "string"}, "example": example}


HEADERS: Node = {
    "X-Request-ID": _words(
        "요청 번호. 보낸 것(영문, 숫자, '._-' 64자까지)을 그대로 쓰고, 없으면 만듭니다.", "3f6c1d2e9a7b4c58"
    ),
    "X-RateLimit-Limit": _number("한 시간 창에 보낼 수 있는 요청 수. 세지 않으면 없습니다.", "120"),
    "X-RateLimit-Remaining": _number("이 창에 남은 요청 수. 세지 않으면 없습니다.", "119"),
    "X-RateLimit-Reset": _number("창이 다시 열릴 때까지의 초. 세지 않으면 없습니다.", "60"),
    "Retry-After": _number("다시 보내도 되는 때까지의 초", "30"),
    "WWW-Authenticate": _words("열쇠를 넣는 방법", 'ApiKey realm="jiwon"'),
    "ETag": _words(
        "이 내용의 이름. 색인 판, 날, 주소가 같으면 같습니다.", 'W/"20260320T090000-0.2026-03-20.0b1c2d3e4f506172"'
    ),
    "Idempotency-Replayed": _words("같은 Idempotency-Key로 먼저 보낸 요청의 응답이면 true", "true"),
    "Location": _words("만든 것의 경로", "/v1/diagnoses/0b1c2d3e"),
}
RATES = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
OF_STATUS: Mapping[str, tuple[str, ...]] = {
    "201": ("Location",),
    "202": ("Location",),
    "304": ("ETag",),
    "401": ("WWW-Authenticate",),
    "409": ("Retry-After",),
    "429": ("Retry-After",),
    "503": ("Retry-After",),
}
SAID: Mapping[str, str] = {
    "200": "응답",
    "201": "만든 것",
    "202": "시작한 작업. 끝났는지는 Location의 주소에서 봅니다.",
    "204": "지웠습니다. 본문이 없습니다.",
    "304": "가지고 있는 것(If-None-Match)이 지금도 그대로입니다. 본문이 없습니다.",
    "400": "요청을 읽을 수 없거나, 이 서버의 주소가 아닙니다.",
    "401": "열쇠(X-API-Key)가 없거나 맞지 않습니다.",
    "403": "운영자가 이 기능을 켜지 않았습니다.",
    "404": "그런 주소나 자료가 없습니다.",
    "405": "이 주소에서 쓸 수 없는 방법입니다.",
    "408": "본문이 10초 안에 다 오지 않았습니다.",
    "409": "지금은 할 수 없습니다. 같은 요청을 처리하고 있거나, 이미 끝난 일입니다.",
    "410": "지워졌거나 기한이 지났습니다.",
    "412": "읽은 뒤에 다른 사람이 고쳤습니다. 다시 읽어 확인한 뒤 보내 주세요.",
    "413": "본문이 256KB보다 큽니다.",
    "422": "모르는 항목이 있거나 값이 맞지 않습니다. detail에 항목마다 까닭이 있습니다.",
    "429": "너무 자주 보냈습니다.",
    "500": "서버에서 오류가 났습니다.",
    "503": "지금은 답할 수 없습니다. 결과가 없다는 뜻이 아닙니다.",
}
FRESH: Node = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "가지고 있는 것의 ETag. 그대로면 304를 받습니다.",
    "schema": {"type": "string"},
    "example": 'W/"20260320T090000-0.2026-03-20.0b1c2d3e4f506172"',
}
ONCE: Node = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": f"이 요청의 열쇠({LONGEST}자까지). 같은 열쇠로 다시 보내면 한 번만 하고 같은 응답을 줍니다.",
    "schema": {"type": "string", "maxLength": LONGEST},
    "example": "5f0c7a1e-6d1b-4c39-9a53-0e9f1c2b7d44",
}


class Described(FastAPI):
    """An application whose description says what its layers do, too; `is_open` where asking needs no key."""

    def __init__(self, *, is_open: bool, **kwargs: Any) -> None:
        self._is_open = is_open
        self._bare: Node = {}
        self._whole: Node = {}
        super().__init__(generate_unique_id_function=lambda route: route.name, **kwargs)

    def openapi(self) -> Node:
        """The whole description; made anew where routes were added."""
        bare = super().openapi()
        if bare is not self._bare:
            self._whole = described(bare, is_open=self._is_open)
            self._bare = bare
        return self._whole


def described(bare: Node, *, is_open: bool) -> Node:
    """A description of routes made whole: words for every schema, and for every operation what the layers may send."""
    whole = deepcopy(bare)
    schemas = whole["components"]["schemas"]
    for name in DROPPED:
        schemas.pop(name, None)
    schemas["Problem"] = deepcopy(PROBLEM)
    whole["components"]["headers"] = HEADERS
    for name, words in read(SCHEMAS).items():
        if name in schemas:
            _say(schemas[name], words)
    for path, method, operation in operations(whole):
        _complete(path, method, operation, is_open=is_open)
        name = f"{method.upper()} {path}"
        _exemplify(operation, read(OPERATIONS).get(name, {}), read(EXAMPLES).get(name, {}))
    return whole


def operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Path, method in small letters and description of every operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@cache
def read(file: Path) -> Any:
    """Words of a file beside this module."""
    return read_yaml(file)


def _say(schema: Node, words: Node) -> None:
    schema["description"] = words["is"]
    for name, said in words.get("fields", {}).items():
        schema["properties"][name]["description"] = said


def _complete(path: str, method: str, operation: Node, *, is_open: bool) -> None:
    is_storing = method == "post" and path.startswith(STORING)
    is_counted = path.startswith(COUNTED)
    responses = operation["responses"]
    responses.pop("422", None)
    for status in _sent(path, operation, is_storing=is_storing, is_counted=is_counted):
        responses.setdefault(status, {})
    operation["responses"] = {status: responses[status] for status in sorted(responses)}
    parameters = operation.get("parameters", [])
    parameters += [ONCE] if is_storing else []
    parameters += [FRESH] if "304" in responses else []
    if parameters:
        operation["parameters"] = parameters
    if is_open and {ASKING: []} in operation.get("security", ()):
        operation["security"] = [{}, {ASKING: []}]
    for status, response in responses.items():
        _answer(response, status, is_counted=is_counted)
        headers = response["headers"]
        if is_storing and status < "500":
            headers["Idempotency-Replayed"] = _header("Idempotency-Replayed")
        if status == "200" and "304" in responses:
            headers["ETag"] = _header("ETag")


def _sent(path: str, operation: Node, *, is_storing: bool, is_counted: bool) -> Iterator[str]:
    """The statuses that layers may send in place of the route."""
    yield from ("413", "422", "500")
    yield from () if path in WATCHED else ("400",)
    asked = [name for way in operation.get("security", ()) for name in way]
    yield from ("401",) if asked else ()
    yield from ("403",) if asked and ASKING not in asked else ()
    # A name with a slash in it is another address, of which nothing is known.
    yield from ("404",) if "{" in path else ()
    yield from ("408",) if "requestBody" in operation or is_storing else ()
    yield from ("409",) if is_storing else ()
    yield from ("429", "503") if is_counted else ()


def _answer(response: Node, status: str, *, is_counted: bool) -> None:
    """One response: its words, its headers and, of a refusal, its form with an example."""
    if response.get("description", "").isascii():
        response["description"] = SAID[status]
    headers = ("X-Request-ID", *(RATES if is_counted else ()), *OF_STATUS.get(status, ()))
    response["headers"] = {**response.get("headers", {}), **{name: _header(name) for name in headers}}
    if status >= "400":
        example = {
            "type": "about:blank",
            "title": TITLES[int(status)],
            "status": int(status),
            "detail": SAID[status],
            "request_id": "3f6c1d2e9a7b4c58",
        }
        response["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}


def _exemplify(operation: Node, told: Node, answers: Node) -> None:
    """Words and examples, where the route has none of its own."""
    if "description" in told:
        operation["description"] = told["description"]
    if "request" in told:
        operation["requestBody"]["content"]["application/json"]["example"] = told["request"]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in told.get("parameters", {}):
            parameter["example"] = told["parameters"][parameter["name"]]
    done = next(status for status in operation["responses"] if status.startswith("2"))
    for media_type, example in answers.items():
        operation["responses"][done]["content"][media_type]["example"] = example


def _header(name: str) -> Node:
    return {"$ref": f"#/components/headers/{name}"}
