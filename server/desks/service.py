"""The service: questions flow in, answers of the served generation flow out; a new one is swapped in unnoticed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from rag.diagnosis.records import Case, Diagnosis
from rag.domain import (
    Answer,
    AnswerStatus,
    CompanyProfile,
    Generation,
    Match,
    Program,
    Question,
    ReviewItem,
    Source,
    SourceResult,
)
from rag.errors import IndexMissing, JiwonError
from rag.ports import ChatModel
from rag.reading.labelling import Labelled
from rag.writing.brief import Brief
from server.logs import log

CHECK_EVERY_S = 1.0
_AT_LEAST_S = 0.01
RETRY_AFTER_S = 30.0
PROBE = "지원사업 문의처를 알려 주세요"
WISH = "부산에서 직원 3명으로 음식점을 합니다. 설비를 바꾸는 비용을 받을 수 있는 사업이 있나요?"
NO_INDEX = "아직 색인이 없습니다. 'jiwon sync'를 실행해 주세요."
NOT_OPENED = "색인을 열지 못했습니다. 'jiwon sync'를 다시 실행하거나 'jiwon rollback'으로 되돌려 주세요."


def rehearsal(day: date) -> tuple[Question, ...]:
    """Questions that together ask for all that is read only when it is first asked for: facts, and what fits whom."""
    return tuple(Question(text, day) for text in (PROBE, WISH))


class Catalogue(Protocol):
    """What a generation knows by name."""

    def source(self, source_id: str, /) -> Source | None:
        """One source, or None."""

    def sources(self) -> tuple[Source, ...]:
        """Every source."""

    def programs(self) -> tuple[Program, ...]:
        """Every programme as read."""

    def results(self) -> tuple[SourceResult, ...]:
        """What became of each source in the sync."""

    def review(self) -> tuple[ReviewItem, ...]:
        """What a person should look at, whatever the day."""


class Desk(Protocol):
    """One open generation with whoever answers from it."""

    @property
    def record(self) -> Generation:
        """Which generation this is."""

    @property
    def catalogue(self) -> Catalogue:
        """What it knows by name."""

    def answer(self, question: Question) -> Answer:
        """Answer from this generation."""

    async def labels(self, question: Question, model: ChatModel) -> Labelled | None:
        """How a language model reads the question; none where it cannot. Raises ModelFailed or ModelBusy."""

    def brief(self, question: Question, labels: Labelled | None = None) -> Brief:
        """The answer with what a language model may write it from."""

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        """Every programme against a profile on a day."""

    def knows_place(self, words: str) -> bool:
        """Whether the words name a place."""

    def diagnose(self, case: Case, as_of: date) -> Diagnosis:
        """A company with its survey against this generation on a day."""

    def close(self) -> None:
        """Release it; nobody asks it afterwards."""


@dataclass(slots=True)
class _Seat:
    """A desk and how many requests are at it; closed when it is retired and the last one leaves."""

    desk: Desk
    users: int = 0
    retired: bool = False


@dataclass(slots=True)
class _Seen:
    """Which state of CURRENT was last acted on, when it was looked at, and when a failed opening is tried again.

    Times are seconds of the monotonic clock; `retry_at` is None where the last opening succeeded.
    """

    pointer: tuple[int, int, int] | None = None
    checked_at: float = float("-inf")
    retry_at: float | None = None

    def settled(self, pointer: tuple[int, int, int] | None, now: float) -> bool:
        """Whether there is nothing (new) to open."""
        waiting = self.retry_at is None or now < self.retry_at
        return pointer is None or (pointer == self.pointer and waiting)


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

    def answer(self, question: Question) -> Answer:
        """Answer one question from the served generation. Raises IndexMissing."""
        with self.desk() as desk:
            return desk.answer(question)

    def source(self, source_id: str) -> Source | None:
        """A source of the served generation, or None. Raises IndexMissing."""
        with self.desk() as desk:
            return desk.catalogue.source(source_id)

    def not_ready(self, today: date) -> str | None:
        """Why questions cannot be answered now, or None after a probe question was."""
        try:
            answer = self.answer(Question(PROBE, today))
        except JiwonError as error:
            return str(error)
        except Exception:  # noqa: BLE001 - whatever broke, the probe's duty is to say "not ready"
            log().exception("probe_failed")
            return "시험 질문에 답하지 못했습니다. 'jiwon sync'를 다시 실행해 주세요."
        return "시험 질문에 답하지 못했습니다." if answer.status is AnswerStatus.FAILED else None

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
        seen, now, pointer = self._seen, time.monotonic(), _pointer(self.data_dir)
        seen.checked_at = now
        if seen.settled(pointer, now):
            return
        seen.pointer, seen.retry_at = pointer, now + RETRY_AFTER_S
        try:
            desk = self.open_desk()
        except JiwonError as error:
            self._reason = str(error)
            log().error("generation_not_opened", reason=self._reason)
        except Exception:  # noqa: BLE001 - a damaged new generation must not take the old one down
            self._reason = NOT_OPENED
            log().exception("generation_not_opened")
        else:
            seen.retry_at = None
            log().info("generation_opened", generation=desk.record.id)
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


def _pointer(data_dir: Path) -> tuple[int, int, int] | None:
    """What tells one state of CURRENT from another, or None where nothing was ever built."""
    try:
        status = (data_dir / "CURRENT").stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
