"""Problems: an error flows in, one form of `application/problem+json` (RFC 9457) with a Korean sentence flows out."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from rag.errors import JiwonError
from server.http.faults import faults
from server.logs import log

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "30"}
TITLES = {
    400: "잘못된 요청",
    401: "열쇠 필요",
    403: "허용되지 않음",
    404: "없는 주소",
    405: "쓸 수 없는 방법",
    408: "너무 느린 요청",
    409: "지금 할 수 없음",
    412: "그사이 바뀜",
    410: "없어진 자료",
    413: "너무 큰 요청",
    422: "요청 내용 오류",
    429: "너무 잦은 요청",
    499: "연결 끊김",
    500: "서버 오류",
    503: "일시 중단",
}
DETAILS = {
    400: "요청을 읽을 수 없습니다. 형식을 확인해 주세요.",
    404: "찾으시는 주소나 자료가 없습니다. 주소를 확인해 주세요.",
    405: "이 주소에서 쓸 수 없는 방법(method)입니다. /docs에서 사용법을 확인해 주세요.",
    408: "요청이 제때 다 오지 않았습니다. 연결을 확인하고 다시 보내 주세요.",
    413: "요청이 너무 큽니다. 256KB 이하로 줄여 주세요.",
    500: "서버에서 오류가 났습니다. 잠시 뒤 다시 시도하고, 계속되면 요청 번호와 함께 관리자에게 알려 주세요.",
}


def problem(
    status: int, detail: str, request_id: str, headers: Mapping[str, str] | None = None, title: str | None = None
) -> Response:
    """One problem as a response."""
    body = {
        "type": "about:blank",
        "title": title or TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": request_id,
    }
    return JSONResponse(body, status, headers, MEDIA_TYPE)


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may refuse with, for its description; `server.http.description` says the rest of each."""
    return {status: {} for status in statuses}


def request_id_of(request: Request) -> str:
    """The id under which this request is logged."""
    return str(request.scope.get("request_id", ""))


async def http_problem(request: Request, error: Exception) -> Response:
    """A status raised by the framework or by a route; a Korean `detail` is kept, any other is replaced."""
    assert isinstance(error, HTTPException)
    detail = error.detail if not error.detail.isascii() else DETAILS.get(error.status_code, DETAILS[400])
    return problem(error.status_code, detail, request_id_of(request), error.headers)


async def invalid_problem(request: Request, error: Exception) -> Response:
    """A request whose form is wrong: every fault with the field it is in, none of the values."""
    assert isinstance(error, RequestValidationError)
    return problem(422, "; ".join(faults(error.errors())), request_id_of(request))


async def known_problem(request: Request, error: Exception) -> Response:
    """A known accident is an outage, said with its own sentence; never an empty answer."""
    log().error("unavailable", request_id=request_id_of(request), reason=str(error))
    return problem(503, str(error), request_id_of(request), RETRY_AFTER)


HANDLERS = {HTTPException: http_problem, RequestValidationError: invalid_problem, JiwonError: known_problem}
