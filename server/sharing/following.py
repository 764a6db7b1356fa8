"""Following: what servers share flows in every second; where something is missing, a process apart gets it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from rag.errors import JiwonError
from rag.settings import INSTALLATION, Settings
from server.logs import log
from server.sharing import refusals as said
from server.sharing.catching_up import BUSY, Behind, behind
from server.sharing.machine import machine_of
from server.store.engine import Database, open_database
from server.store.generation_book import GenerationBook
from server.store.locks import ServerLock, present

# Not as a main module, whose classes would be others than ours when they travel.
CATCH_UP = "from server.sharing.catching_up import main; main()"
LOOK_EVERY_S = 1.0
FAILED_FOR_S = 10.0
"""For how long nothing is tried after catching up failed, in seconds."""


@dataclass(slots=True)
class Follower:
    """Keeps a data folder as all servers have it, and tells them that this machine is there."""

    settings: Settings
    _reason: str = said.FETCHING
    _database: Database | None = None
    _present: ServerLock | None = field(default=None, repr=False)
    _done: Behind | None = None

    def lacking(self) -> str:
        """Why there is nothing to serve here, in a sentence; "" where nothing is shared."""
        return self._reason if self.settings.shares else ""

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """The follower for as long as the server runs; it does nothing where nothing is shared."""
        if not self.settings.shares:
            yield
            return
        self._database = open_database(self.settings.database_url, self.settings.data_dir)
        following = asyncio.create_task(self._follow(GenerationBook(self._database)))
        try:
            yield
        finally:
            following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await following
            if self._present:
                self._present.close()
            self._database.close()

    async def _follow(self, book: GenerationBook) -> None:
        while True:
            pause = LOOK_EVERY_S
            try:
                todo, is_any = await run_in_threadpool(self._looked, book)
                if not todo:
                    self._say(said.FETCHING if is_any else said.NOTHING_YET)
                if todo.current or (todo and todo != self._done):
                    code, reason = await self._caught_up()
                    # What is still open here is not removed, and a candidate may be beyond this server: till next time.
                    self._done = None if code else todo
                    self._say(reason if code and code != BUSY else said.FETCHING)
                    pause = FAILED_FOR_S if code and code != BUSY else LOOK_EVERY_S
            except JiwonError as error:
                self._say(str(error))
            except Exception:  # noqa: BLE001 - whatever broke once, what is served here is served on
                log().exception("not_followed")
            await asyncio.sleep(pause)

    def _say(self, reason: str) -> None:
        if reason not in (self._reason, said.FETCHING, said.NOTHING_YET):
            log().error("not_followed", reason=reason)
        self._reason = reason

    def _looked(self, book: GenerationBook) -> tuple[Behind, bool]:
        """What is to be done here, and whether anything is served at all."""
        assert self._database
        if self._present is None:
            self._present = present(self._database, machine_of(self.settings.data_dir))
        self._present.take()
        shared = book.shared()
        return behind(self.settings.data_dir, shared), bool(shared.current)

    async def _caught_up(self) -> tuple[int, str]:
        """Have it done; the exit code, and what was said last."""
        paths = (str(INSTALLATION), os.environ.get("PYTHONPATH"))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", CATCH_UP),
            stdin=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        try:
            _, told = await process.communicate(pickle.dumps(self.settings))
        except asyncio.CancelledError:
            process.kill()  # half of a generation is never seen
            await process.wait()
            raise
        lines = told.decode("utf-8", "replace").strip().splitlines()
        return process.returncode or 0, lines[-1] if lines else said.FETCHING
