"""Asking over HTTP: a question flows in; its answer flows out whole, or as server-sent events while it is written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing, suppress
from datetime import date
from typing import Any, Protocol, TypeVar, runtime_checkable

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from rag.errors import JiwonError, ModelBusy
from rag.messages.models import BUSY
from server.asking.answering import Answered
from server.asking.ask import Asking
from server.asking.reply import AskResponse
from server.asking.request import AskRequest
from server.http.problems import DETAILS
from server.logs import log

T = TypeVar("T")

LOOK_EVERY_S = 0.25
"""How often is looked whether the caller is still there."""

LEFT = 499
"""The status in the log of a caller who went away, which nobody receives."""

READING, WRITING = "원문을 찾고 있습니다.", "답변을 쓰고 있습니다."

EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/event-stream": {
                "itemSchema": {
                    "properties": {
                        "event": {"description": "무엇인지: status, token, answer, error, done"},
                        "data": {"description": "그 내용(JSON)"},
                        "id": {"description": "쓰지 않습니다."},
                        "retry": {"description": "쓰지 않습니다. 끊기면 다시 물어야 합니다(밀리초)."},
                    }
                }
            }
        }
    }
}


@runtime_checkable
class _Limited(Protocol):
    """A model that lets only so many wait."""

    @property
    def is_full(self) -> bool:
        """Whether the next to come would be sent away."""


def answer_routes(asking: Asking, today: Callable[[], date]) -> APIRouter:
    """`/v1/ask` and `/v1/ask/stream`."""
    router = APIRouter(prefix="/v1", tags=["질문"])

    def room() -> None:
        check_room(asking)

    @router.post("/ask", summary="질문에 답합니다", response_model=AskResponse)
    async def ask(request: AskRequest, caller: Request) -> Response:
        answer = await while_wanted(asking.answer(request.as_question(today()), request.conversation_id), caller)
        return Response(answer.body, media_type="application/json")

    @router.post(
        "/ask/stream",
        summary="질문에 답하면서 문장마다 보냅니다",
        response_class=EventSourceResponse,
        responses=EVENTS,
        dependencies=[Depends(room)],
    )
    async def stream(request: AskRequest) -> AsyncIterator[ServerSentEvent]:
        """Events: status, token (`text`), answer (as `/v1/ask`), error, done. Joined tokens are the answer's text."""
        yield ServerSentEvent(event="status", data={"state": "reading", "text": READING})
        is_written = False
        try:
            async with aclosing(asking.told(request.as_question(today()), request.conversation_id)) as parts:
                async for part in parts:
                    if not is_written:
                        yield ServerSentEvent(event="status", data={"state": "writing", "text": WRITING})
                        is_written = True
                    if isinstance(part, Answered):
                        yield ServerSentEvent(event="answer", data=json.loads(part.body))
                    else:
                        yield ServerSentEvent(event="token", data={"text": part})
        except JiwonError as error:
            yield ServerSentEvent(event="error", data={"detail": str(error)})
        except Exception:  # noqa: BLE001 - the stream has begun: whatever broke, the caller is told in its form
            log().exception("stream_failed")
            yield ServerSentEvent(event="error", data={"detail": DETAILS[500]})
        yield ServerSentEvent(event="done", data={})

    return router


def check_room(asking: Asking) -> None:
    """Refuse before a stream begins. Raises IndexMissing, Crowded or ModelBusy."""
    asking.desks.check()
    if isinstance(asking.model, _Limited) and asking.model.is_full:
        raise ModelBusy(BUSY)


async def while_wanted(work: Coroutine[None, None, T], caller: Request) -> T:
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
