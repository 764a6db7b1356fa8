"""Asking over HTTP: a question flows in; its answer flows out whole, or as server-sent events while it is written."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import aclosing, suppress
from datetime import date
from typing import Protocol, runtime_checkable

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.concurrency import contextmanager_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from rag.errors import JiwonError, ModelBusy
from rag.messages.models import BUSY
from rag.ports import ChatModel
from rag.writing import Written, write_anyway
from server.asking.ask import briefed_anyway, note, respond, response_of
from server.asking.wire import AskRequest, AskResponse
from server.desks.service import Desk, Service
from server.http.problems import DETAILS
from server.logs import log

LOOK_EVERY_S = 0.25
"""How often is looked whether the caller is still there."""

LEFT = 499
"""The status in the log of a caller who went away, which nobody receives."""

READING, WRITING = "원문을 찾고 있습니다.", "답변을 쓰고 있습니다."


@runtime_checkable
class _Limited(Protocol):
    """A model that lets only so many wait."""

    @property
    def is_full(self) -> bool:
        """Whether the next to come would be sent away."""


def answer_routes(service: Service, model: ChatModel | None, today: Callable[[], date]) -> APIRouter:
    """`/v1/ask` and `/v1/ask/stream`; without a model both give the grounded answer."""
    router = APIRouter(prefix="/v1", tags=["질문"])

    def room() -> None:
        """Refuse before the stream begins. Raises IndexMissing or ModelBusy, each a problem of its own."""
        with service.desk():
            if isinstance(model, _Limited) and model.is_full:
                raise ModelBusy(BUSY)

    @router.post("/ask", summary="질문에 답합니다")
    async def ask(request: AskRequest, caller: Request) -> AskResponse:
        async with contextmanager_in_threadpool(service.desk()) as desk:
            return await _while_wanted(respond(desk, model, request, today()), caller)

    @router.post(
        "/ask/stream",
        summary="질문에 답하면서 문장마다 보냅니다",
        response_class=EventSourceResponse,
        dependencies=[Depends(room)],
    )
    async def stream(request: AskRequest) -> AsyncIterator[ServerSentEvent]:
        """Events: status, token (`text`), answer (as `/v1/ask`), error, done. Joined tokens are the answer's text."""
        try:
            async with (
                contextmanager_in_threadpool(service.desk()) as desk,
                aclosing(_events(desk, model, request, today())) as events,
            ):
                async for event in events:
                    yield event
        except JiwonError as error:
            yield ServerSentEvent(event="error", data={"detail": str(error)})
        except Exception:  # noqa: BLE001 - the stream has begun: whatever broke, the caller is told in its form
            log().exception("stream_failed")
            yield ServerSentEvent(event="error", data={"detail": DETAILS[500]})
        yield ServerSentEvent(event="done", data={})

    return router


async def _events(
    desk: Desk, model: ChatModel | None, request: AskRequest, today: date
) -> AsyncGenerator[ServerSentEvent, None]:
    began = time.perf_counter()
    yield ServerSentEvent(event="status", data={"state": "reading", "text": READING})
    brief = await briefed_anyway(desk, model, request.as_question(today))
    yield ServerSentEvent(event="status", data={"state": "writing", "text": WRITING})
    async with aclosing(write_anyway(brief, model)) as parts:
        async for part in parts:
            if isinstance(part, Written):
                note(part)
                answer = response_of(desk, part, began).model_dump(mode="json")
                yield ServerSentEvent(event="answer", data=answer)
            else:
                yield ServerSentEvent(event="token", data={"text": part})


async def _while_wanted(work: Coroutine[None, None, AskResponse], caller: Request) -> AskResponse:
    """What the work gives; it is ended, with HTTPException, when the caller goes away."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=LOOK_EVERY_S))[0]:
            if await caller.is_disconnected():
                break
        else:
            return task.result()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task
    raise HTTPException(LEFT, "연결이 끊겨 답변을 그만두었습니다. 다시 물어봐 주세요.")
