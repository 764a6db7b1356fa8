"""Chat completions: a chat in the OpenAI form flows in; its last question's answer flows out, whole or in chunks."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from fastapi.responses import StreamingResponse

from rag.domain import Question
from rag.errors import JiwonError
from server.asking.answering import Answered
from server.asking.ask import Asking
from server.asking.reply import AskResponse
from server.asking.sources import cited, tail
from server.asking.stream import check_room, while_wanted
from server.clock import moment
from server.desks.desks import Desk
from server.faces.openai_wire import (
    MODEL,
    AssistantMessage,
    ChatCompletion,
    ChatRequest,
    Choice,
    Chunk,
    ChunkChoice,
    Delta,
    Model,
    Models,
    Usage,
)
from server.http.problems import DETAILS, refusals
from server.logs import log

NO_MODEL = f"그런 모델이 없습니다. model에 '{MODEL}'을 적어 주세요."
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/event-stream": {
                "itemSchema": {
                    "type": "object",
                    "properties": {"data": {"type": "string", "description": "조각(JSON). 마지막은 [DONE]입니다."}},
                }
            }
        }
    }
}


def completion_routes(asking: Asking, today: Callable[[], date]) -> APIRouter:
    """`/v1/chat/completions` and `/v1/models`."""
    router = APIRouter(prefix="/v1", tags=["다른 프로그램"])

    def room() -> None:
        check_room(asking)

    @router.post(
        "/chat/completions",
        summary="OpenAI 형식의 대화에 답합니다",
        response_model=ChatCompletion,
        responses=STREAM | refusals(404),
        dependencies=[Depends(room)],
    )
    async def complete(request: ChatRequest, caller: Request) -> Response:
        """The official client works as it is, with this service's address and the model `jiwon`.

        What steers a language model is taken and not used; what would ask for another sort of answer is refused.
        Messages of system and developer are not used: nobody but the asker says what holds of the asker's company.
        """
        _check_model(request.model)
        question = request.as_question(today())
        if not request.stream:
            answer = await while_wanted(asking.answer(question), caller)
            return Response(_completion(answer).model_dump_json(), media_type="application/json")
        with_usage = bool(request.stream_options and request.stream_options.include_usage)
        events = _events(asking, question, with_usage)
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-cache"})

    @router.get("/models", summary="OpenAI 형식의 모델 목록")
    async def models() -> Models:
        return Models(data=[Model(created=await asking.desks.run(_built))])

    @router.get("/models/{model}", summary="OpenAI 형식의 모델 하나")
    async def model(model: Annotated[str, Path(description="모델 이름. jiwon 하나입니다.", examples=[MODEL])]) -> Model:
        _check_model(model)
        return Model(created=await asking.desks.run(_built))

    return router


def _check_model(name: str) -> None:
    if name != MODEL:
        raise HTTPException(404, NO_MODEL)


def _built(desk: Desk) -> int:
    return round(datetime.fromisoformat(desk.record.built_at).timestamp())


def _number() -> str:
    return f"chatcmpl-{uuid.uuid4()}"


def _now() -> int:
    return round(moment().timestamp())


def _sourced(told: AskResponse) -> dict[str, Any]:
    return {
        "answer_id": told.id,
        "system_fingerprint": told.generation,
        "status": told.status,
        "citations": cited(told),
    }


def _completion(answer: Answered) -> ChatCompletion:
    told = answer.response()
    message = AssistantMessage(content=told.answer + tail(told))
    return ChatCompletion(id=_number(), created=_now(), choices=[Choice(message=message)], **_sourced(told))


async def _events(asking: Asking, question: Question, with_usage: bool) -> AsyncIterator[bytes]:
    """Server-sent events: the role, the text in pieces, its sources, the end and, if wanted, the usage; then DONE.

    What breaks once the stream has begun is told as an event with `error`, which the official client raises.
    """
    chunk = partial(Chunk, id=_number(), object="chat.completion.chunk", created=_now(), model=MODEL)
    try:
        yield _event(chunk(choices=_piece(Delta(role="assistant", content=""))))
        async with aclosing(asking.told(question)) as parts:
            async for part in parts:
                if isinstance(part, str):
                    yield _event(chunk(choices=_piece(Delta(content=part))))
                    continue
                told = part.response()
                if behind := tail(told):
                    yield _event(chunk(choices=_piece(Delta(content=behind))))
                yield _event(chunk(choices=_piece(Delta(), "stop"), **_sourced(told)))
        if with_usage:
            yield _event(chunk(choices=[], usage=Usage(prompt_tokens=0, completion_tokens=0, total_tokens=0)))
        yield b"data: [DONE]\n\n"
    except JiwonError as error:
        yield _failure(str(error), 503)
    except Exception:  # noqa: BLE001 - the stream has begun: whatever broke, the caller is told in its form
        log().exception("stream_failed")
        yield _failure(DETAILS[500], 500)


def _piece(delta: Delta, end: Literal["stop"] | None = None) -> list[ChunkChoice]:
    return [ChunkChoice(index=0, delta=delta, finish_reason=end, logprobs=None)]


def _event(chunk: Chunk) -> bytes:
    # A chunk says only what it adds, as in the original.
    return f"data: {chunk.model_dump_json(exclude_unset=True)}\n\n".encode()


def _failure(detail: str, status: int) -> bytes:
    error = {"message": detail, "type": "server_error", "param": None, "code": str(status)}
    return f"data: {json.dumps({'error': error}, ensure_ascii=False)}\n\n".encode()
