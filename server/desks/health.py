"""Health: the desks flow in; whether the server is up and whether it can answer flow out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from rag.domain import Extent
from rag.errors import JiwonError
from rag.generation import ailments
from server.asking.answering import Ready, probed
from server.desks.desks import Desks
from server.http.problems import RETRY_AFTER, problem, request_id_of
from server.logs import log

FAILED = "시험 질문에 제대로 답하지 못했습니다. 'jiwon sync'를 다시 실행해 주세요."


def health_routes(desks: Desks, data_dir: Path, today: Callable[[], date]) -> APIRouter:
    """`/healthz`, which asks nobody, and `/readyz`, which asks a question."""
    router = APIRouter(tags=["상태"])
    turns = count()

    @router.get("/healthz", summary="서버가 살아 있는지")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="질문에 답할 수 있는지", response_model=None)
    async def readyz(request: Request) -> dict[str, str | dict[Extent, int] | list[str]] | Response:
        ready = await _ready(desks, next(turns), today())
        if isinstance(ready, str):
            return problem(503, ready, request_id_of(request), RETRY_AFTER)
        storage = await run_in_threadpool(ailments, data_dir)
        return {"status": "ok", "generation": ready.generation, "files": ready.files, "storage": list(storage)}

    return router


async def _ready(desks: Desks, turn: int, day: date) -> Ready | str:
    """What the served generation says of itself after a probe, or why questions cannot be answered now."""
    try:
        ready = await desks.run(probed, turn, day)
    except JiwonError as error:
        return str(error)
    except Exception:  # noqa: BLE001 - whatever broke, the probe's duty is to say "not ready"
        log().exception("probe_failed")
        return FAILED
    return FAILED if ready.fault else ready
