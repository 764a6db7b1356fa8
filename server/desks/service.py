"""The service: work flows in, is done at the one desk of this process; a new generation is swapped in unnoticed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from fastapi.concurrency import contextmanager_in_threadpool
from starlette.concurrency import run_in_threadpool

from rag.errors import IndexMissing, JiwonError
from rag.generation import state
from server.desks.desks import NO_INDEX, NOT_OPENED, Desk, Standing, State, is_news
from server.logs import log

P = ParamSpec("P")
R = TypeVar("R")

CHECK_EVERY_S = 1.0
_AT_LEAST_S = 0.01
RETRY_AFTER_S = 30.0


@dataclass(slots=True)
class _Seat:
    """A desk and how many requests are at it; closed when it is retired and the last one leaves."""

    desk: Desk
    users: int = 0
    retired: bool = False


@dataclass(slots=True)
class _Seen:
    """Which state of what is stored was last acted on, when it was looked at, and when a failed opening is tried again.

    Times are seconds of the monotonic clock; `retry_at` is None where the last opening succeeded.
    """

    state: State = (None, None)
    checked_at: float = float("-inf")
    retry_at: float | None = None

    def settled(self, stored: State, now: float, *, is_served: bool) -> bool:
        """Whether there is nothing (new) to open."""
        waiting = self.retry_at is None or now < self.retry_at
        return not any(stored) or (waiting and not is_news(stored, self.state, is_served=is_served))


@dataclass(slots=True)
class Service:
    """Holds the open generation of a data directory; `open_desk` opens the one its CURRENT names.

    Safe to use from many threads. A request keeps the generation it began with to its end.
    """

    data_dir: Path
    open_desk: Callable[[], Desk]
    _seat: _Seat | None = None
    _reason: str = NO_INDEX
    _seen: _Seen = field(default_factory=_Seen)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _is_watched: bool = False

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The served generation for the length of one request. Raises IndexMissing, saying why, where there is none."""
        if self._seat is None or not self._is_watched:
            self.notice()
        with self._guard:
            seat = self._seat
            if seat is None:
                raise IndexMissing(self._reason)
            seat.users += 1
        try:
            yield seat.desk
        finally:
            with self._guard:
                seat.users -= 1
                last = seat.retired and seat.users == 0
            if last:
                seat.desk.close()

    def check(self) -> None:
        """Raises IndexMissing where nothing is served."""
        with self.desk():
            pass

    def standing(self) -> Standing:
        """The one desk, where there is one; nothing waits for it."""
        seat = self._seat
        return Standing(seat.desk.record if seat else None, int(seat is not None), 0)

    async def run(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do work in a thread. Raises what it raises, and IndexMissing."""
        async with contextmanager_in_threadpool(self.desk()) as desk:
            return await run_in_threadpool(work, desk, *args, **kwargs)

    def wait(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do work in this thread. Raises what it raises, and IndexMissing."""
        with self.desk() as desk:
            return work(desk, *args, **kwargs)

    def notice(self) -> None:
        """Look, at most once a second, whether CURRENT changed, and if so serve what it names."""
        if time.monotonic() - self._seen.checked_at < CHECK_EVERY_S and self._seat is not None:
            return
        if self._opening.acquire(blocking=self._seat is None):
            try:
                self._look()
            finally:
                self._opening.release()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Have a thread look for new generations meanwhile; requests go on at the old until the new is ready."""
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(CHECK_EVERY_S or _AT_LEAST_S):
                self.notice()

        watcher = threading.Thread(target=look, name="generations", daemon=True)
        self._is_watched = True
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()
            self._is_watched = False

    def close(self) -> None:
        """Stop serving."""
        self._take(None)

    def _look(self) -> None:
        seen, now, stored = self._seen, time.monotonic(), state(self.data_dir)
        seen.checked_at = now
        if seen.settled(stored, now, is_served=self._seat is not None):
            return
        seen.state, seen.retry_at = stored, now + RETRY_AFTER_S
        try:
            desk = self.open_desk()
        except JiwonError as error:
            self._reason = str(error)
            if self._is_watched:
                log().error("generation_not_opened", reason=self._reason)
        except Exception:  # noqa: BLE001 - a damaged new generation must not take the old one down
            self._reason = NOT_OPENED
            log().exception("generation_not_opened")
        else:
            seen.retry_at = None
            # One command opens one; it is of interest where another may follow.
            told = log().info if self._is_watched else log().debug
            told("generation_opened", generation=desk.record.id)
            self._take(_Seat(desk))

    def _take(self, seat: _Seat | None) -> None:
        with self._guard:
            old, self._seat = self._seat, seat
            if old is None:
                return
            old.retired = True
            idle = old.users == 0
        if idle:
            old.desk.close()
