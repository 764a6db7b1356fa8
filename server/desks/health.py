"""Health: the desks flow in; whether the server is up and whether it can answer flow out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Request, Response

from rag.domain import AnswerStatus, Extent, Question
from rag.errors import JiwonError
from server.asking.answering import Ready, probed
from server.desks.desks import PROBE, Desks
from server.http.problems import RETRY_AFTER, problem, request_id_of
from server.logs import log

FAILED = "시험 질문에 답하지 못했습니다. 'jiwon sync'를 다시 실행해 주세요."


def health_routes(desks: Desks, today: Callable[[], date]) -> APIRouter:
    """`/healthz`, which asks nobody, and `/readyz`, which asks a question."""
    router = APIRouter(tags=["상태"])

    @router.get("/healthz", summary="서버가 살아 있는지")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="질문에 답할 수 있는지", response_model=None)
    async def readyz(request: Request) -> dict[str, str | dict[Extent, int]] | Response:
        ready = await _ready(desks, today())
        if isinstance(ready, str):
            return problem(503, ready, request_id_of(request), RETRY_AFTER)
        return {"status": "ok", "generation": ready.generation, "files": ready.files}

    return router


async def _ready(desks: Desks, day: date) -> Ready | str:
    """What the served generation says of itself after a probe, or why questions cannot be answered now."""
    try:
        ready = await desks.run(probed, Question(PROBE, day))
    except JiwonError as error:
        return str(error)
    except Exception:  # noqa: BLE001 - whatever broke, the probe's duty is to say "not ready"
        log().exception("probe_failed")
        return FAILED
    return FAILED if ready.status is AnswerStatus.FAILED else ready
