"""Health: the desks flow in; whether the server is up and whether it can answer flow out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from rag.domain import Extent
from rag.errors import JiwonError
from rag.generation import ailments
from server.asking.answering import Ready, probed
from server.desks.desks import Desks
from server.http.problems import RETRY_AFTER, refusals
from server.logs import log

FAILED = "시험 질문에 제대로 답하지 못했습니다. 'jiwon sync'를 다시 실행해 주세요."


class Health(BaseModel):
    """That the process is up."""

    status: Literal["ok"] = Field(default="ok", description="살아 있으면 언제나 ok")


class Readiness(Health):
    """That questions are answered, and from what."""

    generation: str = Field(description="지금 쓰는 색인 판의 번호")
    files: dict[Extent, int] = Field(description="얼마나 읽었는지마다 파일 수")
    storage: list[str] = Field(description="저장된 색인 판의 문제와 할 일. 없으면 빈 목록")


def health_routes(desks: Desks, data_dir: Path, today: Callable[[], date]) -> APIRouter:
    """`/healthz`, which asks nobody, and `/readyz`, which asks a question."""
    router = APIRouter(tags=["상태"])
    turns = count()

    @router.get("/healthz", summary="서버가 살아 있는지")
    async def healthz() -> Health:
        return Health()

    @router.get("/readyz", summary="질문에 답할 수 있는지", responses=refusals(503))
    async def readyz() -> Readiness:
        ready = await _ready(desks, next(turns), today())
        if isinstance(ready, str):
            raise HTTPException(503, ready, RETRY_AFTER)
        storage = await run_in_threadpool(ailments, data_dir)
        return Readiness(generation=ready.generation, files=ready.files, storage=list(storage))

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
