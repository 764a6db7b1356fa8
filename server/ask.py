"""One question from the command line: words and a profile file flow in, the response of `/v1/ask` flows out."""

from __future__ import annotations

import time
import uuid
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from rag.errors import CorpusError, JiwonError
from rag.settings import Settings
from server.desk import opened
from server.faults import faults
from server.service import Desk
from server.wire import AskRequest, AskResponse, ProfileIn, response


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
    """Open the index, answer, close it. Raises IndexMissing, IndexMismatch or ModelUnavailable."""
    with opened(settings) as desk:
        return respond(desk, request, today)


def respond(desk: Desk, request: AskRequest, today: date) -> AskResponse:
    """Answer one request at a desk, for `today` where it names no day."""
    began = time.perf_counter()
    answer = desk.answer(request.as_question(today))
    took_ms = round((time.perf_counter() - began) * 1000)
    return response(answer, desk.catalogue.source, str(uuid.uuid4()), desk.record.id, took_ms)
