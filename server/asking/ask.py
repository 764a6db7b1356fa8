"""Asking: a question flows in; it is answered at a desk, in the words of a language model where there is one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rag.announced import PARAGRAPH, headed
from rag.domain import Question
from rag.errors import CorpusError, JiwonError, ModelBusy, ModelFailed
from rag.models import open_model
from rag.ports import ChatModel
from rag.reading.by_model import ModelReader
from rag.reading.kept import READINGS
from rag.reading.labelling import Labelled
from rag.settings import Settings
from rag.writing import Written, pieces, write_anyway, written
from rag.writing.brief import Brief
from server.asking.answering import Answered, answered, briefed, finished, planned
from server.asking.request import AskRequest, ProfileIn
from server.desks.announcing_desks import once
from server.desks.desk import opener
from server.desks.desks import Desks
from server.desks.service import Service
from server.http.faults import faults
from server.logs import log, set_up
from server.metrics import ANSWERS

Keep = Callable[[Answered, str | None], None]
"""Has an answer of a conversation stored."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Answers questions at desks; without a model in the words of the rules."""

    desks: Desks
    model: ChatModel | None = None
    keep: Keep | None = None
    _reader: ModelReader = field(default_factory=lambda: ModelReader(READINGS))

    async def answer(self, question: Question, conversation: str | None = None) -> Answered:
        """The whole answer. Raises IndexMissing or ModelBusy."""
        began = time.perf_counter()
        if self.model is None:
            answer = await self.desks.run(answered, question, began)
        else:
            brief = await self.brief(question)
            told = await written(brief, self.model)
            _note(told)
            answer = await self.desks.run(finished, question, _headed(told, brief), began)
        return self._kept(answer, conversation)

    async def told(self, question: Question, conversation: str | None = None) -> AsyncGenerator[str | Answered, None]:
        """Pieces of the text as they are written, which joined are the text of the answer, and last the answer.

        Whoever listens can no longer be sent away: where too many wait for the model, the rules answer.
        """
        began = time.perf_counter()
        if self.model is None:
            answer = await self.desks.run(answered, question, began)
            for piece in pieces(answer.text):
                yield piece
            yield self._kept(answer, conversation)
            return
        async with aclosing(self.written(question)) as parts:
            async for part in parts:
                if isinstance(part, Written):
                    yield self._kept(await self.desks.run(finished, question, part, began), conversation)
                else:
                    yield part

    async def written(self, question: Question) -> AsyncGenerator[str | Written, None]:
        """The same before it is a response; needs a model."""
        try:
            brief = await self.brief(question)
        except ModelBusy:
            brief = replace(await self.desks.run(briefed, question, None), failed="busy")
        if brief.heading:
            yield f"{PARAGRAPH.join(brief.heading)}{PARAGRAPH}"
        async with aclosing(write_anyway(brief, self.model)) as parts:
            async for part in parts:
                if isinstance(part, Written):
                    _note(part)
                yield _headed(part, brief) if isinstance(part, Written) else part

    async def plan(self, question: Question) -> dict[str, Any]:
        """How the question is read, as JSON. Raises IndexMissing or ModelBusy."""
        labels, _ = await self._labels(question)
        return await self.desks.run(planned, question, labels)

    async def brief(self, question: Question) -> Brief:
        """What a model may write from, the question read by the model where it can. Raises ModelBusy."""
        labels, failed = await self._labels(question)
        return replace(await self.desks.run(briefed, question, labels), failed=failed)

    def _kept(self, answer: Answered, conversation: str | None) -> Answered:
        ANSWERS.labels(answer.status, str(answer.degraded).lower()).inc()
        if self.keep:
            self.keep(answer, conversation)
        return answer

    async def _labels(self, question: Question) -> tuple[Labelled | None, str]:
        """How the model reads a question, and in a word why it could not; neither without a model."""
        if self.model is None:
            return None, ""
        try:
            return await self._reader.labels(question, self.model), ""
        except ModelFailed as error:
            return None, error.reason


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


def ask_once(settings: Settings, question: Question) -> Answered:
    """Open index and model, answer, close. Raises IndexMissing or ModelUnavailable."""
    return asyncio.run(_once(settings).answer(question))


def read_once(settings: Settings, question: Question) -> dict[str, Any]:
    """How a question is read, as JSON. Raises IndexMissing or ModelUnavailable."""
    return asyncio.run(_once(settings).plan(question))


def _once(settings: Settings) -> Asking:
    set_up(settings.log_level)
    model = open_model(settings) if settings.model else None
    return Asking(once(Service(settings.data_dir, opener(settings)), settings), model)


def _headed(told: Written, brief: Brief) -> Written:
    return replace(told, answer=headed(told.answer, brief.heading))


def _note(told: Written) -> None:
    """Log why an answer is not the model's and what was left out of it, never its words."""
    if told.reason or told.dropped:
        log().warning("model_checked", reason=told.reason, dropped=dict(told.dropped))
