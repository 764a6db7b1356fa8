"""One question, from the command line or over HTTP: a request flows in, the response of `/v1/ask` flows out."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from rag.domain import Question
from rag.errors import CorpusError, JiwonError, ModelBusy, ModelFailed
from rag.models import open_model
from rag.plan import to_json
from rag.ports import ChatModel
from rag.reading.labelling import Labelled
from rag.settings import Settings
from rag.writing import Written, written
from rag.writing.brief import Brief
from server.asking.wire import AskRequest, AskResponse, ProfileIn, response
from server.desks.desk import opened
from server.desks.service import Desk
from server.http.faults import faults
from server.logs import log


def read_request(question: str, as_of: date | None, profile: Path | None) -> AskRequest:
    """The request as `/v1/ask` would take it. Raises JiwonError saying what is wrong with it."""
    try:
        company = ProfileIn.model_validate_json(profile.read_bytes()) if profile else None
    except OSError as error:
        raise CorpusError(f"{profile}: 기업 정보 파일을 읽을 수 없습니다. 경로를 확인해 주세요.") from error
    except ValidationError as error:
        raise CorpusError(f"{profile}: {'; '.join(faults(error.errors()))}") from error
    try:
        return AskRequest(question=question, as_of=as_of, profile=company)
    except ValidationError as error:
        raise JiwonError("; ".join(faults(error.errors()))) from error


def ask_once(settings: Settings, request: AskRequest, today: date) -> AskResponse:
    """Open index and model, answer, close. Raises IndexMissing, IndexMismatch, IndexDamaged or ModelUnavailable."""
    model = open_model(settings) if settings.model else None
    with opened(settings) as desk:
        began = time.perf_counter()
        return response_of(desk, asyncio.run(_told(desk, model, request.as_question(today))), began)


def read_once(settings: Settings, request: AskRequest, today: date) -> dict[str, Any]:
    """How a question is read, as JSON. Raises IndexMissing, IndexMismatch, IndexDamaged or ModelUnavailable."""
    model = open_model(settings) if settings.model else None
    with opened(settings) as desk:
        question = request.as_question(today)
        labels, _ = asyncio.run(_labels(desk, model, question))
        return to_json(desk.advisor.read(question, labels))


async def _labels(desk: Desk, model: ChatModel | None, question: Question) -> tuple[Labelled | None, str]:
    """How the model reads a question, and in a word why it could not; neither without a model. Raises ModelBusy."""
    if model is None:
        return None, ""
    try:
        return await desk.labels(question, model), ""
    except ModelFailed as error:
        return None, error.reason


async def briefed(desk: Desk, model: ChatModel | None, question: Question) -> Brief:
    """The brief of a question, read by the model where there is one and it can. Raises ModelBusy."""
    labels, failed = await _labels(desk, model, question)
    return replace(await run_in_threadpool(desk.brief, question, labels), failed=failed)


async def briefed_anyway(desk: Desk, model: ChatModel | None, question: Question) -> Brief:
    """The same for whoever can no longer be sent away: where too many wait for the model, read without it."""
    try:
        return await briefed(desk, model, question)
    except ModelBusy:
        return replace(await run_in_threadpool(desk.brief, question, None), failed="busy")


async def _told(desk: Desk, model: ChatModel | None, question: Question) -> Written:
    return await written(await briefed(desk, model, question), model)


async def respond(desk: Desk, model: ChatModel | None, request: AskRequest, today: date) -> AskResponse:
    """Answer one request at a desk, for `today` where it names no day. Raises ModelBusy."""
    began = time.perf_counter()
    told = await _told(desk, model, request.as_question(today))
    note(told)
    return response_of(desk, told, began)


def note(told: Written) -> None:
    """Log why an answer is not the model's and what was left out of it, never its words."""
    if told.reason or told.dropped:
        log().warning("model_checked", reason=told.reason, dropped=dict(told.dropped))


def response_of(desk: Desk, told: Written, began: float) -> AskResponse:
    """What was written as a response; `began` is when, in seconds of the performance counter."""
    took_ms = round((time.perf_counter() - began) * 1000)
    return response(told.answer, desk.catalogue.source, str(uuid.uuid4()), desk.record.id, took_ms)
