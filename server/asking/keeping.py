"""Keeping: an answer flows in, and is on disk before it is sent; where that cannot be, it is sent all the same."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from rag.errors import JiwonError
from server.asking.answering import Answered
from server.asking.ask import Keep
from server.asking.feedback import conversation
from server.clock import moment
from server.logs import log
from server.metrics import NOT_KEPT, STAGES
from server.store.memory import KeptAnswer, Memory

PATIENCE_S = 2.0
"""How long an answer waits for the disk: whoever asked wants the answer, not its copy."""


def keeping(memory: Memory, days: int) -> Keep:
    """What keeps answers for so many days."""

    async def keep(answer: Answered, conversation_id: str | None) -> None:
        now, began = moment(), time.perf_counter()
        kept = KeptAnswer(
            id=answer.id,
            conversation=conversation(conversation_id) if conversation_id else None,
            asked_at=now.isoformat(timespec="seconds"),
            expires_at=(now + timedelta(days=days)).isoformat(timespec="seconds"),
            generation=answer.generation,
            status=answer.status,
            question=answer.kept.question,
            answer_json=answer.kept.answer_json,
            digests=answer.kept.digests,
        )
        try:
            await asyncio.wait_for(asyncio.wrap_future(memory.keep(kept)), PATIENCE_S)
        except (JiwonError, TimeoutError):
            NOT_KEPT.inc()
            log().warning("answer_not_kept", answer=answer.id)
        STAGES.labels("keep").observe(time.perf_counter() - began)

    return keep
