"""Opinions: a tap below an answer flows in and is kept as feedback; thanks flow out, or the page that was left."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from server.asking.feedback import NO_ANSWER
from server.clock import now
from server.store.memory import Feedback, Memory

REASONS = {"yes": None, "wrong": "틀림", "other": "찾던 것 아님", "long": "너무 김"}


def opinion_routes(memory: Memory) -> APIRouter:
    """`/feedback`, the form below an answer."""
    router = APIRouter(include_in_schema=False)

    @router.post("/feedback")
    async def feedback(caller: Request) -> Response:
        form = await caller.form()
        answer, useful, talk = (str(form.get(name, "")) for name in ("answer", "useful", "c"))
        if useful not in REASONS or not 0 < len(answer) <= 36:
            raise HTTPException(422)
        kept = Feedback(str(uuid.uuid4()), answer, now(), useful == "yes", REASONS[useful], None)
        if not await run_in_threadpool(memory.judge, kept):
            raise HTTPException(404, NO_ANSWER)
        if "application/json" in caller.headers.get("accept", ""):
            return JSONResponse({"id": kept.id}, 201)
        return RedirectResponse(f"/?c={talk}#a-{answer}" if talk else f"/a/{answer}", 303)

    return router
