"""물어보기: words and a company flow in by a form; the thread with the answer flows out, a page or as it is written."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from fastapi.sse import format_sse_event
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from rag.domain import Question, SizeClass
from rag.errors import JiwonError, StoreUnavailable
from rag.reading.talk import recent
from server.asking.answering import Answered
from server.asking.ask import Asking
from server.asking.request import AskRequest
from server.asking.stream import check_room, while_wanted
from server.desks.desks import Desk
from server.http.faults import faults
from server.http.problems import DETAILS
from server.logs import log
from server.pages.closing import closing_soon
from server.pages.company import COMPANY, FIELDS, company_told, company_words, typed
from server.pages.paper import as_report
from server.pages.responses import page, said
from server.pages.talk import LONGEST, Talk, as_markdown, talk_of
from server.reports import FORMATS, write
from server.store.memory import Memory
from ui.pages.card import CardView, card_of
from ui.pages.drawing import draw, fragment

EXAMPLES = (
    "지금 신청할 수 있는 지원사업을 알려 주세요",
    "직원 30명인 자동차 부품 공장인데 우리한테 맞는 사업이 있나요?",
    "AI통합 바우처는 얼마까지 지원되나요?",
    "스마트공장은 어디에 물어보면 되나요?",
)
GONE = "그 답변은 없습니다. 주소를 확인해 주세요. 보관 기한이 지나 지워졌을 수도 있습니다."
EVENTS = "text/event-stream"
TYPESET_AT_ONCE = 2
"""Conversations typeset at the same time, in threads that nothing else waits for."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a form told: the words, the conversation, the day, and the company by field, as typed."""

    words: str
    name: str
    as_of: str
    company: Mapping[str, str]

    def request(self) -> AskRequest:
        """As `/v1/ask` takes it. Raises JiwonError saying what is wrong."""
        given = {"question": self.words, "as_of": self.as_of or None, "profile": company_told(self.company)}
        try:
            return AskRequest.model_validate(given)
        except ValidationError as error:
            raise JiwonError("; ".join(faults(error.errors()))) from error


def asking_routes(asking: Asking, memory: Memory, today: Callable[[], date]) -> APIRouter:
    """`/`, a conversation to keep or to show again, and a shared answer."""
    router = APIRouter(include_in_schema=False)
    limiter = CapacityLimiter(TYPESET_AT_ONCE)

    @router.get("/")
    async def ask_page(
        caller: Request,
        q: Annotated[str, Query(max_length=2000)] = "",
        c: Annotated[str, Query(max_length=LONGEST)] = "",
        as_of: Annotated[str, Query(max_length=10)] = "",
        new: Annotated[str, Query(max_length=1)] = "",
    ) -> Response:
        given = Given(q, "" if new else c, as_of, {})
        if q.strip():
            return await answered_page(given, caller)
        try:
            talk = await run_in_threadpool(talk_of, memory, given.name)
        except StoreUnavailable as error:
            return page(await _drawn(asking, today(), Talk(""), notice=str(error)), 503, is_private=True)
        return page(await _drawn(asking, today(), talk), is_private=bool(talk.kept))

    @router.post("/")
    async def ask_form(caller: Request) -> Response:
        told = {name: value for name, value in (await caller.form()).items() if isinstance(value, str)}
        company = {name: told[name] for name in COMPANY if name in told}
        given = Given(told.get("q", ""), told.get("c", ""), told.get("as_of", ""), company)
        if EVENTS in caller.headers.get("accept", ""):
            check_room(asking)
            return StreamingResponse(_told(asking, memory, given, today()), media_type=EVENTS)
        return await answered_page(given, caller)

    async def answered_page(given: Given, caller: Request) -> Response:
        talk = Talk(given.name)
        try:
            talk = await _talk(memory, given.name)
            question = _question(given, talk, today())
            answer = await while_wanted(asking.answer(question, talk.name), caller)
        except JiwonError as error:
            html = await _drawn(asking, today(), talk, given, notice=str(error))
            # What is wrong with the words is no kind of its own; every other kind is an outage.
            return page(html, 422 if type(error) is JiwonError else 503, is_private=True)
        if caller.method == "POST" and await run_in_threadpool(memory.holds, answer.id):
            return RedirectResponse(f"/?c={talk.name}#a-{answer.id}", 303)
        turns = (*talk.turns, _card(answer, given.words))
        return page(await _drawn(asking, today(), talk, given, turns=turns), is_private=True)

    @router.get("/talk/{name}.html")
    async def again(name: str) -> Response:
        talk = await run_in_threadpool(talk_of, memory, name)
        html = "".join(fragment("card.html", "turn", view, talk.name) for view in talk.turns)
        return page(html, 200 if talk.kept else 404, is_private=True)

    @router.get("/talk/{name}.md")
    async def kept(name: str) -> Response:
        talk = await run_in_threadpool(talk_of, memory, name)
        if not talk.kept:
            return said("없는 대화", GONE, 404)
        headers = {"Content-Disposition": 'attachment; filename="jiwon.md"', "Cache-Control": "private, no-store"}
        return PlainTextResponse(as_markdown(talk), headers=headers, media_type="text/markdown; charset=utf-8")

    @router.get("/talk/{name}.pdf")
    async def printed(name: str) -> Response:
        talk = await run_in_threadpool(talk_of, memory, name)
        if not talk.kept:
            return said("없는 대화", GONE, 404)
        pdf = await to_thread.run_sync(_pdf, talk, limiter=limiter)
        headers = {"Content-Disposition": 'attachment; filename="jiwon.pdf"', "Cache-Control": "private, no-store"}
        return Response(pdf, headers=headers, media_type=FORMATS["pdf"].media_type)

    @router.get("/a/{id_}")
    async def shared(id_: str) -> Response:
        found = await run_in_threadpool(memory.find, id_)
        if found is None:
            return said("없는 답변", GONE, 404)
        (view,) = Talk("", (found,)).turns
        served = await asking.desks.run(_served)
        html = draw("shared.html", here="", view=view, is_older=served != found.generation)
        return page(html, is_private=True)

    return router


async def _talk(memory: Memory, name: str) -> Talk:
    """The conversation; where it cannot be read, a new one: what is asked now is answered all the same."""
    try:
        return await run_in_threadpool(talk_of, memory, name)
    except StoreUnavailable:
        log().warning("talk_not_read")
        return talk_of(memory, "")


def _question(given: Given, talk: Talk, today: date) -> Question:
    """What is asked, with what was said before. Raises JiwonError."""
    question = given.request().as_question(today)
    return replace(question, history=recent(list(talk.history)))


async def _told(asking: Asking, memory: Memory, given: Given, today: date) -> AsyncIterator[bytes]:
    """Events: token (`text`), card (`html`, `conversation`), error (`detail`), done."""
    try:
        talk = await _talk(memory, given.name)
        question = _question(given, talk, today)
        async with aclosing(asking.told(question, talk.name)) as parts:
            async for part in parts:
                if isinstance(part, Answered):
                    html = fragment("card.html", "turn", _card(part, given.words), talk.name)
                    yield _event("card", {"html": html, "conversation": talk.name})
                else:
                    yield _event("token", {"text": part})
    except JiwonError as error:
        yield _event("error", {"detail": str(error)})
    except Exception:  # noqa: BLE001 - the stream has begun: whatever broke, the caller is told in its form
        log().exception("stream_failed")
        yield _event("error", {"detail": DETAILS[500]})
    yield _event("done", {})


def _event(name: str, data: Mapping[str, object]) -> bytes:
    return format_sse_event(data_str=json.dumps(data, ensure_ascii=False), event=name)


def _card(answer: Answered, words: str) -> CardView:
    return card_of(answer.response().model_dump(mode="json"), words.strip())


async def _drawn(
    asking: Asking,
    today: date,
    talk: Talk,
    given: Given | None = None,
    *,
    turns: tuple[CardView, ...] | None = None,
    notice: str = "",
) -> str:
    """The page with a thread, or with what one may begin with."""
    shown = talk.turns if turns is None else turns
    company = {**talk.company, **{k: v for k, v in (given.company if given else {}).items() if v}}
    closing = () if shown or notice else await closing_soon(asking.desks, today)
    return draw(
        "ask.html",
        here="/",
        turns=shown,
        conversation=talk.name,
        notice=notice,
        asked=given.words if given and notice else "",
        left=given.words if given and notice else "",
        as_of=given.as_of if given else "",
        company=typed(company),
        company_words=company_words(company),
        fields=FIELDS,
        sizes=tuple(SizeClass),
        examples=EXAMPLES,
        closing=closing,
    )


def _pdf(talk: Talk) -> bytes:
    return write(as_report(talk), "pdf")


def _served(desk: Desk) -> str:
    return desk.record.id
