"""Routes of jobs: what staff want done flows in; how it stands flows out, whole or as events while it is done."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.concurrency import run_in_threadpool

from rag.errors import JiwonError
from server.http.keys import Keys, key_first, person_of, staff_only
from server.http.problems import refusals
from server.http.queries import then_known
from server.logs import log
from server.staff.foreman import Foreman, JobRefused
from server.store.jobs import Job, JobEvent, JobState

LOOK_EVERY_S = 0.3
"""How often is looked whether something happened in a job, in seconds."""
MOST_LINES = 500
EVENT_ID = re.compile(r"[0-9]{1,9}")
NONE = "그런 작업이 없습니다. 작업의 id를 확인해 주세요."
JobId = Annotated[str, Path(max_length=100, description="작업의 id", examples=["0b1c2d3e4f506172839405a6b7c8d9e0"])]
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/event-stream": {
                "itemSchema": {
                    "properties": {
                        "event": {"description": "무엇인지: progress(진행), log(기록 한 줄), end(끝)"},
                        "data": {"description": "그 내용(JSON)"},
                        "id": {"description": "사건의 번호. 끊기면 마지막 번호를 Last-Event-ID로 보내 이어 받습니다."},
                        "retry": {"description": "쓰지 않습니다(밀리초)."},
                    }
                }
            }
        }
    }
}


class RefreshIn(BaseModel):
    """What a refresh is told."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"allow_deletions": False}]})

    allow_deletions: StrictBool = Field(default=False, description="자료 폴더에서 없어진 문서를 색인에서도 지울지")


class LogLine(BaseModel):
    """One line of the log of a job."""

    at: str = Field(description="때(ISO 8601)")
    text: str = Field(description="무엇을 했는지")


class JobOut(BaseModel):
    """One job."""

    id: str = Field(description="작업의 id")
    kind: str = Field(description="무슨 작업인지: refresh(색인 갱신)")
    state: JobState = Field(description="어떻게 되어 가는지")
    step: str = Field(description="지금 하는 단계. 시작하기 전이면 빈 글")
    done: int = Field(description="그 단계에서 끝낸 수")
    total: int = Field(description="그 단계의 모든 수. 모르면 0")
    asked: str = Field(description="맡긴 때(ISO 8601)")
    started: str | None = Field(description="시작한 때(ISO 8601). 기다리면 null")
    ended: str | None = Field(description="끝난 때(ISO 8601). 끝나지 않았으면 null")
    person: str = Field(description="맡긴 사람")
    cancelled_by: str | None = Field(description="취소한 사람. 없으면 null")
    message: str = Field(description="실패했거나 멈춘 까닭과 할 일. 없으면 빈 글")
    result: dict[str, Any] | None = Field(description="마친 작업의 결과. 없으면 null")


class JobWithLog(JobOut):
    """One job with the last lines of its log."""

    log: list[LogLine] = Field(description="기록의 마지막 500줄")


class JobPage(BaseModel):
    """A page of jobs, newest first."""

    jobs: list[JobOut] = Field(description="새것부터 이 쪽의 작업")
    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.")
    per_page: int = Field(description="한 쪽에 몇 개까지인지")
    total: int = Field(description="모두 몇 개인지")
    pages: int = Field(description="모두 몇 쪽인지. 없으면 0")


def job_routes(foreman: Foreman, keys: Keys) -> APIRouter:
    """`/v1/corpus/refresh` and the routes below `/v1/corpus/jobs`, each behind the key of staff."""
    check = staff_only(keys)
    behind = [Depends(check), Depends(then_known)]
    router = APIRouter(prefix="/v1/corpus", tags=["직원"], dependencies=behind, route_class=key_first(check))

    def there(job_id: JobId) -> None:
        _there(foreman.found(job_id))

    @router.post("/refresh", summary="색인을 새로 만드는 작업을 시작합니다", status_code=202, responses=refusals(409))
    def refresh(request: Request, response: Response, sent: RefreshIn | None = None) -> JobOut:
        job = _let(foreman.start, "refresh", sent.model_dump() if sent else {}, person_of(request))
        response.headers["Location"] = f"/v1/corpus/jobs/{job.id}"
        return JobOut(**_told(job))

    @router.get("/jobs", summary="작업 목록")
    def jobs(
        page: Annotated[int, Query(ge=1, le=100_000, description="몇째 쪽인지. 1부터 셉니다.", examples=[1])] = 1,
        per_page: Annotated[int, Query(ge=1, le=500, description="한 쪽에 몇 개까지인지", examples=[20])] = 20,
    ) -> JobPage:
        foreman.settle()
        found, total = foreman.book.page(page, per_page)
        return JobPage(
            jobs=[JobOut(**_told(job)) for job in found],
            page=page,
            per_page=per_page,
            total=total,
            pages=-(-total // per_page),
        )

    @router.get("/jobs/{job_id}", summary="작업 하나와 그 기록")
    def job(job_id: JobId) -> JobWithLog:
        found = _there(foreman.found(job_id))
        lines = [LogLine(at=e.at, text=str(e.told["text"])) for e in foreman.book.logged(found.id, MOST_LINES)]
        return JobWithLog(**_told(found), log=lines)

    @router.delete("/jobs/{job_id}", summary="작업을 취소합니다", responses=refusals(409))
    def cancel_job(job_id: JobId, request: Request) -> JobOut:
        return JobOut(**_told(_there(_let(foreman.cancel, job_id, person_of(request)))))

    @router.get(
        "/jobs/{job_id}/events",
        summary="작업이 되어 가는 것을 그때그때 보냅니다",
        response_class=EventSourceResponse,
        responses=EVENTS,
        dependencies=[Depends(there)],
    )
    async def job_events(
        job_id: JobId,
        last: Annotated[
            str, Header(alias="Last-Event-ID", description="마지막으로 받은 사건의 번호", examples=["41"])
        ] = "",
    ) -> AsyncIterator[ServerSentEvent]:
        """Events: progress (`step`, `done`, `total`), log (`text`), end (`state`, `message`), each with `at`."""
        async for event in _events(foreman, job_id, int(last) if EVENT_ID.fullmatch(last) else 0):
            yield event

    return router


async def _events(foreman: Foreman, id_: str, after: int) -> AsyncIterator[ServerSentEvent]:
    """What happens in a job after an event, until it is over; whoever comes after that is told the end again."""
    try:
        while True:
            # In this order: of a job that is over everything has happened.
            job = await run_in_threadpool(foreman.found, id_)
            seen = await run_in_threadpool(foreman.book.events, id_, after)
            for event in seen:
                yield _event(event)
                after = event.id
            if job is None or (seen and seen[-1].kind == "end"):
                return
            if not job.state.is_live and not seen:
                yield ServerSentEvent(
                    event="end", data={"state": job.state, "message": job.message, "at": job.ended_at}
                )
                return
            if not seen:
                await asyncio.sleep(LOOK_EVERY_S)
    except JiwonError as error:
        log().warning("job_stream_ended", job=id_, reason=str(error))


def _event(event: JobEvent) -> ServerSentEvent:
    return ServerSentEvent(event=event.kind, id=str(event.id), data={**event.told, "at": event.at})


def _told(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "step": job.step,
        "done": job.done,
        "total": job.total,
        "asked": job.asked_at,
        "started": job.started_at,
        "ended": job.ended_at,
        "person": job.person,
        "cancelled_by": job.cancelled_by,
        "message": job.message,
        "result": json.loads(job.result_json) if job.result_json else None,
    }


def _there(job: Job | None) -> Job:
    if job is None:
        raise HTTPException(404, NONE)
    return job


def _let(do: Any, *given: object) -> Any:
    """What may be refused now, as a request is told it. Raises HTTPException 409."""
    try:
        return do(*given)
    except JobRefused as error:
        raise HTTPException(409, str(error), {"Retry-After": "10"}) from error
