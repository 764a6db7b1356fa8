"""The crew: work flows in from one event loop; it is done at desks in other processes, and its result flows out.

A keeper opens the served generation, workers are forked from it (`server.desks.keeper`). A worker does one thing at a
time and for no longer than it may; one that does is ended, and another takes its place. When CURRENT names another
generation, a second crew is hired for it; the first goes when its last work is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import socket
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from rag.domain import Generation
from rag.errors import IndexMissing, JiwonError
from rag.generation import state
from rag.settings import INSTALLATION
from server.desks.desks import NO_INDEX, NOT_OPENED, Desk, Forked, Standing, State, is_news
from server.desks.frames import Line
from server.desks.keeper import FIRE, HIRE, ORDER, Failed, Hired, Opened, Refused
from server.logs import log
from server.metrics import ENDED, STAGES

P = ParamSpec("P")
R = TypeVar("R")

# Not as a main module, whose classes would be others than ours when they travel.
KEEPER = "import sys; from server.desks.keeper import keep; keep(int(sys.argv[1]))"
LOOK_EVERY_S = 1.0
"""How often is looked whether another generation is to be served."""
RETRY_AFTER_S = 30.0
"""After how long a generation that could not be opened is tried again."""
OPENING = "색인을 여는 중입니다. 잠시 뒤 다시 시도해 주세요."
CROWDED = "지금 묻는 사람이 많습니다. 잠시 뒤 다시 물어봐 주세요."
TOO_LONG = "시간 안에 답하지 못했습니다. 질문을 짧게 나누어 다시 물어봐 주세요."
LOST = "답변하던 중에 문제가 생겼습니다. 다시 물어봐 주세요."


class Crowded(JiwonError):
    """More wait for a worker than may."""


class TooLong(JiwonError):
    """Work took longer than it may, and was ended."""


@dataclass(slots=True)
class _Worker:
    pid: int
    line: Line


@dataclass(eq=False, slots=True)
class _Team:
    """One keeper with its workers."""

    record: Generation
    process: asyncio.subprocess.Process
    orders: socket.socket
    told: Line
    workers: set[int] = field(default_factory=set)
    retired: bool = False

    async def hire(self) -> _Worker:
        """Another worker. Raises EOFError where the keeper or the worker is gone before it could work."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.orders, [ORDER.pack(HIRE, 0)], [theirs.fileno()])
            except OSError:
                ours.close()
                raise EOFError from None
        line = await Line.of(ours)
        said = await line.take()
        if isinstance(said, Failed):
            raise said.error
        assert isinstance(said, Hired)
        self.workers.add(said.pid)
        return _Worker(said.pid, line)

    def let_go(self, worker: _Worker, *, at_once: bool) -> None:
        """Have a worker end: after what it does, or at once."""
        self.workers.discard(worker.pid)
        if at_once:
            with contextlib.suppress(OSError):
                self.orders.send(ORDER.pack(FIRE, worker.pid))
        worker.line.close()

    def end(self) -> None:
        """Have the keeper end, and with it whoever still works."""
        self.told.close()


@dataclass(slots=True)
class _Seen:
    """Which state of what is stored was last acted on, and when a failed opening is tried again (monotonic seconds)."""

    state: State = (None, None)
    retry_at: float = math.inf


@dataclass(slots=True)
class Crew:
    """Does work at `workers` desks of the generation that CURRENT names; `opening` opens one in the keeper.

    `room` workers' worth of work may wait, none for longer than `patience_s` seconds; work may take `limit_s`. All
    methods but `wait` belong to the event loop in which it was started. `lacking` says why nothing can be opened.
    """

    data_dir: Path
    opening: Callable[[], Forked]
    workers: int
    room: int
    limit_s: float
    patience_s: float
    log_level: str
    lacking: Callable[[], str] | None = None
    _team: _Team | None = None
    _idle: deque[_Worker] = field(default_factory=deque)
    _waiting: deque[asyncio.Future[tuple[_Team, _Worker]]] = field(default_factory=deque)
    _reason: str = OPENING
    _loop: asyncio.AbstractEventLoop | None = None
    _chores: set[asyncio.Task[None]] = field(default_factory=set)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """The crew for as long as the server runs."""
        self._loop = asyncio.get_running_loop()
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
            if self._team:
                self._team.end()
                await self._team.process.wait()

    def standing(self) -> Standing:
        """How the crew stands."""
        return Standing(self._team.record if self._team else None, len(self._idle), len(self._waiting))

    def check(self) -> None:
        """Raises IndexMissing where nothing is served, Crowded where no more may wait."""
        if self._team is None and self._reason != OPENING:
            raise IndexMissing(self._reason)
        if not self._idle and len(self._waiting) >= self.room:
            ENDED.labels("no_room").inc()
            raise Crowded(CROWDED)

    async def run(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do work at a desk; it must be a function of a module, its arguments and result such as can be pickled.

        Raises what the work raises, IndexMissing where nothing is served, Crowded or TooLong.
        """
        began = time.perf_counter()
        team, worker = await self._worker()
        STAGES.labels("wait").observe(time.perf_counter() - began)
        began = time.perf_counter()
        reply = asyncio.ensure_future(self._done(worker, (work, args, kwargs)))
        try:
            outcome = await asyncio.wait_for(asyncio.shield(reply), self.limit_s)
        except asyncio.CancelledError:
            # Whoever asked has gone; the worker is free when it has done.
            self._later(self._drained(team, worker, reply))
            raise
        except TimeoutError:
            reply.cancel()
            self._replace(team, worker)
            log().warning("work_ended", work=getattr(work, "__name__", "?"), after_s=self.limit_s)
            ENDED.labels("too_long").inc()
            raise TooLong(TOO_LONG) from None
        except (EOFError, OSError):
            self._replace(team, worker)
            ENDED.labels("lost").inc()
            log().error("worker_lost", work=getattr(work, "__name__", "?"))
            raise TooLong(LOST) from None
        except Exception:
            # What cannot be pickled: a fault of ours, which must not cost a worker.
            self._replace(team, worker)
            raise
        STAGES.labels("work").observe(time.perf_counter() - began)
        self._free(team, worker)
        if isinstance(outcome, Failed):
            raise outcome.error
        result: R = outcome  # type: ignore[assignment]
        return result

    def wait(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same for a thread that waits."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(self.run(work, *args, **kwargs), self._loop).result()

    async def _worker(self) -> tuple[_Team, _Worker]:
        self.check()
        if self._team and self._idle:
            return self._team, self._idle.popleft()
        turn: asyncio.Future[tuple[_Team, _Worker]] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await asyncio.wait_for(turn, self.patience_s)
        except TimeoutError:
            raise Crowded(CROWDED) from None
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._free(*turn.result())
            raise
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(turn)

    @staticmethod
    async def _done(worker: _Worker, asked: object) -> object:
        await worker.line.put(asked)
        return await worker.line.take()

    async def _drained(self, team: _Team, worker: _Worker, reply: asyncio.Future[object]) -> None:
        try:
            await asyncio.wait_for(reply, self.limit_s)
        except Exception:  # noqa: BLE001 - nobody waits for it any more, whatever it was
            self._replace(team, worker)
        else:
            self._free(team, worker)

    def _free(self, team: _Team, worker: _Worker) -> None:
        """A worker has nothing to do: give it to whoever waits longest, or have it go with its retired team."""
        if team is not self._team:
            team.let_go(worker, at_once=False)
            if not team.workers:
                team.end()
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result((team, worker))
                return
        self._idle.append(worker)

    def _replace(self, team: _Team, worker: _Worker) -> None:
        team.let_go(worker, at_once=True)
        if team is self._team:
            self._later(self._hired(team))
        elif not team.workers:
            team.end()

    async def _hired(self, team: _Team) -> None:
        try:
            worker = await team.hire()
        except (EOFError, JiwonError) as error:
            # Without its keeper the team counts as lost, and what is whole is opened anew.
            log().error("not_hired", reason=str(error))
            team.end()
        else:
            self._free(team, worker)

    def _later(self, chore: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    async def _watch(self) -> None:
        """Serve what CURRENT names, now and whenever it names another, and again where a keeper ends by itself."""
        seen = _Seen()
        while True:
            try:
                await self._look(seen)
            except Exception:  # noqa: BLE001 - whatever broke once, whoever asks is answered by those who are there
                log().exception("watch_failed")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _look(self, seen: _Seen) -> None:
        if self._team and self._team.process.returncode is not None:
            log().error("keeper_lost")
            for worker in self._idle:
                worker.line.close()
            self._team, seen.state = None, (None, None)
            self._idle.clear()
        now = state(self.data_dir)
        if self._team is None and (why := self._lacks(now)):
            self._refuse(why)
        elif is_news(now, seen.state, is_served=self._team is not None) or time.monotonic() >= seen.retry_at:
            seen.state, seen.retry_at = now, time.monotonic() + RETRY_AFTER_S
            if await self._opened():
                seen.retry_at = math.inf

    def _lacks(self, now: State) -> str:
        """Why there is nothing to open, in a sentence; "" where there may be something."""
        why = self.lacking() if self.lacking else ""
        if any(now):
            return why if now[0] is None else ""  # others serve something that is not here yet
        return why or NO_INDEX

    async def _opened(self) -> bool:
        """Hire a crew for the generation that is to be served; whether there is one now."""
        paths = (str(INSTALLATION), os.environ.get("PYTHONPATH"))
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", KEEPER, str(theirs.fileno())),
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            )
        line = await Line.of(ours)
        try:
            await line.put((self.opening, self.log_level))
            said = await line.take()
            if isinstance(said, Opened):
                team = _Team(said.record, process, ours, line)
                hired = [await team.hire() for _ in range(self.workers)]
                self._take(team, hired)
                return True
            self._refuse(said.reason if isinstance(said, Refused) else NOT_OPENED)
        except (EOFError, OSError):
            self._refuse(NOT_OPENED)
        except JiwonError as error:
            self._refuse(str(error))
        except asyncio.CancelledError:
            line.close()
            raise
        line.close()
        return False

    def _take(self, team: _Team, hired: list[_Worker]) -> None:
        old, self._team = self._team, team
        idle, self._idle = self._idle, deque()
        if old:
            for worker in idle:
                old.let_go(worker, at_once=False)
            if not old.workers:
                old.end()
        log().info("generation_opened", generation=team.record.id, workers=len(hired))
        for worker in hired:
            self._free(team, worker)

    def _refuse(self, reason: str) -> None:
        """Nothing new can be served: whoever waits for the first generation is told why."""
        if reason != self._reason:
            log().error("generation_not_opened", reason=reason)
        self._reason = reason
        while self._team is None and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_exception(IndexMissing(reason))
