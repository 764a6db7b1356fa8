"""Answering: the work done at a desk for one question; what travels back to whoever asked flows out."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rag.announced import headed, heading
from rag.domain import Answer, AnswerStatus, Extent, Question, Source
from rag.plan import to_json
from rag.reading.labelling import Labelled
from rag.redact import redacted
from rag.rehearsal import fault_of, standard_questions
from rag.writing import Written
from rag.writing.brief import Brief
from server.asking.reply import AskResponse, response
from server.desks.desks import PROBE, Desk
from server.review.review import extents

ECHOING = ("answer", "clarifying_question", "follow_ups", "plan", "card")
"""The parts of a response in which words of the asker may stand."""
_AROUND = "()[]<>「」'\"‘’“”,.:;·*~"


@dataclass(frozen=True, slots=True)
class Keepable:
    """What may be stored of an answer: question and response without personal data, and by mark a digest of the words
    that each mark stands on."""

    question: str
    answer_json: str
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """The response to a question as it is sent (`body`, JSON), with what of it is looked at on the way."""

    id: str
    status: AnswerStatus
    text: str
    degraded: bool
    generation: str
    body: bytes
    kept: Keepable

    def response(self) -> AskResponse:
        """The response, read back."""
        return AskResponse.model_validate_json(self.body)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a generation says of itself: what is wrong with an answer to a standard question, if anything, and how many
    files were read whole, in part …
    """

    generation: str
    fault: str
    files: dict[Extent, int]


def answered(desk: Desk, question: Question, began: float) -> Answered:
    """The answer of the rules; `began` is when it was asked, in seconds of the performance counter."""
    return _answered(desk, question, _noticed(desk.answer(question)), began)


def briefed(desk: Desk, question: Question, labels: Labelled | None) -> Brief:
    """What a language model may write from, and what stands above that; `labels` are how it read the question."""
    brief = desk.brief(question, labels)
    return replace(brief, heading=heading(brief.answer))


def finished(desk: Desk, question: Question, told: Written, began: float) -> Answered:
    """What a language model wrote, as a response."""
    return _answered(desk, question, told.answer, began)


def planned(desk: Desk, question: Question, labels: Labelled | None) -> dict[str, Any]:
    """How a question is read, as JSON."""
    return to_json(desk.read(question, labels))


def source_at(desk: Desk, source_id: str) -> Source | None:
    """One source, or None."""
    return desk.catalogue.source(source_id)


def probed(desk: Desk, turn: int, day: date) -> Ready:
    """How the generation answers one of its standard questions, the next at each turn."""
    questions = standard_questions(desk.catalogue.programs())
    text = questions[turn % len(questions)].text if questions else PROBE
    return Ready(desk.record.id, fault_of(desk, Question(text, day)), extents(desk.catalogue))


def _noticed(answer: Answer) -> Answer:
    """The answer under what staff announced of it."""
    return headed(answer, heading(answer))


def _answered(desk: Desk, question: Question, answer: Answer, began: float) -> Answered:
    took_ms = round((time.perf_counter() - began) * 1000)
    told = response(answer, desk.catalogue.source, str(uuid.uuid4()), desk.record.id, took_ms)
    body = told.model_dump_json().encode()
    return Answered(
        told.id, told.status, told.answer, told.degraded, told.generation, body, _keepable(question, answer, told)
    )


def _keepable(question: Question, answer: Answer, told: AskResponse) -> Keepable:
    """What may be stored: an asker's words come back in the plan and in lines of the answer, so these are redacted.

    What stands in a quotation or is a contact of a programme is public, also where it looks like a person's.
    """
    quoted = " ".join(citation.evidence.quote for citation in answer.citations)
    public = {word for contact in answer.contacts for word in (*contact.phones, *contact.faxes, *contact.emails)}
    for word in told.answer.split():
        bare = word.strip(_AROUND)
        if bare and bare in quoted:
            public.add(bare)
    fields = told.model_dump(mode="json")
    for name in ECHOING:
        fields[name] = _redacted(fields[name], public)
    digests = {
        str(citation.mark): hashlib.sha256(citation.evidence.quote.encode()).hexdigest()
        for citation in answer.citations
    }
    return Keepable(redacted(question.text), json.dumps(fields, ensure_ascii=False), digests)


def _redacted(value: Any, public: Collection[str]) -> Any:
    if isinstance(value, str):
        return redacted(value, public)
    if isinstance(value, list):
        return [_redacted(one, public) for one in value]
    if isinstance(value, dict):
        return {name: _redacted(one, public) for name, one in value.items()}
    return value
