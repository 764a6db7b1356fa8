"""Tried apart: a question flows to a process that has one generation open, served or not; its answer flows back.

Not at the desks, which hold the served generation alone: whoever tries another would double what the server has in
memory for as long as it runs, and take workers from those who ask. A process of its own is there for as long as
somebody tries, so that only the first question waits for the opening; there is one at most, and it ends by itself.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from rag.announced import Posted, under
from rag.domain import Question
from rag.errors import JiwonError
from rag.settings import Settings
from server.asking.answering import Answered, answered

OPENING_S = 180.0
"""For how long a generation may take to be opened, in seconds: on a busy machine several times as long as else."""
LIMIT_S = 60.0
"""For how long an answer may take, in seconds."""
IDLE_S = 180.0
"""After so many seconds without a question the process ends."""
PATIENCE_S = 30.0
"""For how long another who tries is waited for, in seconds."""
NICE = 5
TOO_LONG = "1분 안에 답하지 못해 멈췄습니다. 서버가 바쁘지 않을 때 다시 물어봐 주세요."
NOT_OPENED = "판을 3분 안에 열지 못해 멈췄습니다. 서버가 바쁘지 않을 때 다시 물어봐 주세요."
DIED = "답하던 프로세스가 끝났습니다. 메모리가 모자라지 않은지 보고 다시 물어봐 주세요."
BUSY = "다른 분이 써 보고 있습니다. 잠시 뒤 다시 물어봐 주세요."


@dataclass(slots=True)
class _Child:
    generation: str
    process: SpawnProcess
    line: Connection

    def end(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


@dataclass(slots=True)
class Apart:
    """Asks one generation at a time, in one process at most."""

    settings: Settings
    limit_s: float = LIMIT_S
    idle_s: float = IDLE_S
    _child: _Child | None = None
    _is_over: bool = False
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, generation: str, question: Question, posted: Posted) -> Answered:
        """The answer of that generation under what is announced.

        Raises IndexMissing, IndexDamaged, and JiwonError where it takes too long or another waits too long.
        """
        if not self._guard.acquire(timeout=PATIENCE_S):
            raise JiwonError(BUSY)
        try:
            known = self._child if self._child and self._child.generation == generation else None
            if known and known.process.is_alive():
                # It may be ending by itself just now.
                with contextlib.suppress(EOFError, OSError):
                    return self._asked(known, question, posted)
            self._end()
            try:
                return self._asked(self._begun(generation), question, posted)
            except (EOFError, OSError):
                self._end()
                raise JiwonError(DIED) from None
        finally:
            self._guard.release()

    def close(self) -> None:
        """End the process, where there is one, whatever it does, and begin no other."""
        self._is_over = True
        child = self._child
        if child:
            child.process.kill()
        with self._guard:
            self._end()

    def _begun(self, generation: str) -> _Child:
        if self._is_over:
            raise JiwonError(DIED)
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        given = (theirs, self.settings, generation, self.idle_s)
        process = context.Process(target=_answer, args=given, daemon=True)
        process.start()
        theirs.close()
        self._child = child = _Child(generation, process, ours)
        if not ours.poll(OPENING_S):
            self._end()
            raise JiwonError(NOT_OPENED)
        told: JiwonError | None = ours.recv()
        if told:
            self._end()
            raise told
        return child

    def _asked(self, child: _Child, question: Question, posted: Posted) -> Answered:
        """Raises EOFError or OSError where the process is gone."""
        child.line.send((question, posted))
        if not child.line.poll(self.limit_s):
            self._end()
            raise JiwonError(TOO_LONG)
        told: Answered | JiwonError = child.line.recv()
        if isinstance(told, JiwonError):
            raise told
        return told

    def _end(self) -> None:
        child, self._child = self._child, None
        if child:
            child.end()


def _answer(line: Connection, settings: Settings, generation: str, idle_s: float) -> None:
    """What the other process does: answer until nobody asks any more."""
    from rag import generation as generations
    from rag.advisor import Advisor
    from server.desks.desk import OpenDesk, embedders
    from server.logs import set_up

    set_up(settings.log_level)
    os.nice(NICE)
    try:
        directory = generations.published(settings.data_dir, generation)
        chosen = generations.Serving(generations.read_whole(directory), generation, "")
        embedder = embedders(settings)(chosen.record)
        opened = generations.open_generation(directory, chosen, embedder, chroma_url=settings.chroma_url)
        desk = OpenDesk(opened, Advisor(opened))
    except JiwonError as error:
        line.send(error)
        return
    with contextlib.closing(desk), contextlib.suppress(EOFError, OSError):
        line.send(None)
        while line.poll(idle_s):
            question, posted = line.recv()
            try:
                line.send(under(desk, posted, answered, question, time.perf_counter()))
            except JiwonError as error:
                line.send(error)
