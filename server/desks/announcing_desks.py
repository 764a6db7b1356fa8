"""Announcing desks: work flows in and is done at a desk under what staff announce by then; its result flows out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

from rag.announced import Posted, under
from rag.errors import StoreUnavailable
from rag.settings import Settings
from server.desks.desks import Desk, Desks, Standing
from server.logs import log
from server.store.announcements import Announcements
from server.store.engine import open_database

P = ParamSpec("P")
R = TypeVar("R")

SEEN_S = 1.0
"""For how long what was read is taken to stand, in seconds."""


@dataclass(slots=True)
class Board:
    """What is announced, read at most once a second by one thread at a time."""

    announcements: Announcements
    _posted: Posted = field(default_factory=Posted)
    _read_at: float = float("-inf")
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def known(self) -> Posted | None:
        """What was read within the last second; None where nothing was."""
        return self._posted if time.monotonic() < self._read_at + SEEN_S else None

    def read(self) -> Posted:
        """What is announced now. Where it cannot be read nothing is known, not even what was read before."""
        with self._guard:
            if self.known() is None:
                try:
                    found = self.announcements.all()
                    self._posted = Posted(tuple(one.announcement for one in found))
                except StoreUnavailable:
                    log().warning("announcements_not_read")
                    self._posted = Posted(is_read=False)
                self._read_at = time.monotonic()
            return self._posted

    def forget(self) -> None:
        """Have it read anew: something was posted or taken back here."""
        self._read_at = float("-inf")


def once(desks: Desks, settings: Settings) -> Desks:
    """Desks for one command: at what all servers serve, under what is announced, where there is a database that
    could hold any. Raises what catching up raises where nothing is here yet.
    """
    from server.sharing.catching_up import caught_up

    caught_up(settings)
    database = open_database(settings.database_url, settings.data_dir)
    return Announcing(desks, Board(Announcements(database))) if database.exists else desks


@dataclass(frozen=True, slots=True)
class Announcing:
    """Desks at which all work is done under what is announced."""

    desks: Desks
    board: Board

    async def run(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What the work gives. Raises as the desks do."""
        known = self.board.known()
        now = await run_in_threadpool(self.board.read) if known is None else known
        return await self.desks.run(under, now, work, *args, **kwargs)

    def check(self) -> None:
        """Raise at once what `run` would for want of a generation or of room."""
        self.desks.check()

    def standing(self) -> Standing:
        """How they stand now."""
        return self.desks.standing()

    def wait(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same for a thread that waits."""
        return self.desks.wait(under, self.board.read(), work, *args, **kwargs)
