"""Retention: what the server remembers flows out of its database when its days are over."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from rag.errors import JiwonError
from server.alerts.opening import forget as forget_alerts
from server.clock import moment
from server.logs import log
from server.store.audit import Audit
from server.store.engine import Database
from server.store.jobs import JobBook
from server.store.memory import Memory
from server.store.repeats import Repeats

EVERY_S = 3600.0
REPEATED_DAYS = 1
"""For how long a request sent again gets its first reply, as callers are told."""
AUDIT_DAYS = 365 * 3
"""For how long is known who did what: as long as companies must be able to show it."""

JOB_DAYS = 90
"""For how long is known what became of a job, and its log."""


@asynccontextmanager
async def retained(database: Database) -> AsyncIterator[None]:
    """Forget what is over, now and every hour, meanwhile."""
    task = asyncio.create_task(_forget(database))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _forget(database: Database) -> None:
    while True:
        try:
            await run_in_threadpool(forget, database)
        except JiwonError as error:
            log().warning("nothing_forgotten", reason=str(error))
        await asyncio.sleep(EVERY_S)


def forget(database: Database) -> None:
    """Remove answers, repeated requests, jobs, deeds and subscriptions whose days are over. Raises StoreUnavailable."""
    now = moment()
    forget_alerts(database, now)
    Memory(database).forget(now.isoformat(timespec="seconds"))
    Repeats(database).forget((now - timedelta(days=REPEATED_DAYS)).isoformat(timespec="seconds"))
    JobBook(database).forget((now - timedelta(days=JOB_DAYS)).isoformat(timespec="seconds"))
    Audit(database).forget((now - timedelta(days=AUDIT_DAYS)).isoformat(timespec="seconds"))
