"""Keeping: an answer flows in as it is sent, and is on disk moments later; nobody who asks waits for that."""

from __future__ import annotations

import time
from concurrent.futures import Future
from datetime import timedelta
from functools import partial

from server.asking.answering import Answered
from server.asking.ask import Keep
from server.asking.feedback import conversation
from server.clock import moment
from server.logs import log
from server.metrics import NOT_KEPT, STAGES
from server.store.memory import KeptAnswer, Memory


def keeping(memory: Memory, days: int) -> Keep:
    """What keeps answers for so many days."""

    def keep(answer: Answered, conversation_id: str | None) -> None:
        now = moment()
        kept = KeptAnswer(
            id=answer.id,
            conversation=conversation(conversation_id) if conversation_id else None,
            asked_at=now.isoformat(timespec="milliseconds"),
            expires_at=(now + timedelta(days=days)).isoformat(timespec="seconds"),
            generation=answer.generation,
            status=answer.status,
            question=answer.kept.question,
            answer_json=answer.kept.answer_json,
            digests=answer.kept.digests,
        )
        memory.keep(kept).add_done_callback(partial(_note, time.perf_counter(), answer.id))

    return keep


def _note(began: float, id_: str, kept: Future[None]) -> None:
    STAGES.labels("keep").observe(time.perf_counter() - began)
    if kept.exception():
        NOT_KEPT.inc()
        log().warning("answer_not_kept", answer=id_)
