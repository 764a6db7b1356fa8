"""Memory: answers as they were shown and what people thought of them flow in, kept for as long as is set.

Nobody who asks waits for a disk: answers are written by one thread, those that come together in one transaction; while
the database cannot be reached they wait in memory.
"""

from __future__ import annotations

import json
import queue
import threading
import zlib
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, select
from sqlalchemy.exc import IntegrityError

from rag.errors import StoreUnavailable
from server.store.engine import Database
from server.store.tables import ANSWERS, FEEDBACK

MOST_AT_ONCE = 256
MOST_WAITING = 10_000
"""How many answers may wait for a slow disk, or for a database that is away; what comes then is not kept."""
PATIENCE_S = 30.0
AGAIN_S = 2.0
"""How often is tried to write what waits for a database that cannot be reached, in seconds."""


NOT_KEPT = "답변을 보관하지 못했습니다."


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was shown, without personal data. Moments are ISO 8601 in Korea.

    `conversation` is a digest of the id that the caller gave, `answer_json` the response as sent, `digests` those of
    the words that each mark stands on, by mark.
    """

    id: str
    conversation: str | None
    asked_at: str
    expires_at: str
    generation: str
    status: str
    question: str
    answer_json: str
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of an answer."""

    id: str
    answer: str
    given_at: str
    useful: bool
    reason: str | None
    comment: str | None


_Coming = tuple[KeptAnswer | None, Future[None]]
"""An answer to keep, or what waits until those before are kept; and what is then done."""


@dataclass(slots=True)
class Memory:
    """Answers and feedback in one database. Methods that do not return a Future raise StoreUnavailable."""

    database: Database
    _coming: queue.SimpleQueue[_Coming | None] = field(default_factory=queue.SimpleQueue)
    _writer: threading.Thread | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, answer: KeptAnswer) -> Future[None]:
        """Keep an answer; the future is done when it is on disk, or holds StoreUnavailable where it never will be."""
        kept: Future[None] = Future()
        if self._coming.qsize() >= MOST_WAITING:
            kept.set_exception(StoreUnavailable(NOT_KEPT))
            return kept
        with self._guard:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="memory", daemon=True)
                self._writer.start()
            self._coming.put((answer, kept))
        return kept

    def find(self, id_: str) -> KeptAnswer | None:
        """The answer of that id."""
        with self.database.reading() as connection:
            row = connection.execute(select(ANSWERS).where(ANSWERS.c.id == id_)).one_or_none()
        return _kept(row) if row else None

    def holds(self, id_: str) -> bool:
        """Whether the answer of that id is on disk by now."""
        self._catch_up()
        with self.database.reading() as connection:
            return bool(connection.scalar(select(exists().where(ANSWERS.c.id == id_))))

    def talk(self, conversation: str, most: int) -> tuple[KeptAnswer, ...]:
        """The last answers of a conversation, oldest first, so many at most."""
        self._catch_up()
        own = select(ANSWERS).where(ANSWERS.c.conversation == conversation)
        with self.database.reading() as connection:
            found = connection.execute(own.order_by(ANSWERS.c.asked_at.desc(), ANSWERS.c.id).limit(most))
            return tuple(reversed([_kept(row) for row in found]))

    def judge(self, feedback: Feedback) -> bool:
        """Keep what somebody thought, on disk at return; False where there is no such answer."""
        self._catch_up()
        with self.database.writing() as connection:
            if not connection.scalar(select(exists().where(ANSWERS.c.id == feedback.answer))):
                return False
            connection.execute(
                insert(FEEDBACK).values(
                    id=feedback.id,
                    answer=feedback.answer,
                    given_at=feedback.given_at,
                    useful=feedback.useful,
                    reason=feedback.reason,
                    comment=feedback.comment,
                )
            )
            return True

    def judged(self, answer: str) -> tuple[Feedback, ...]:
        """All that people thought of an answer, oldest first."""
        with self.database.reading() as connection:
            found = connection.execute(
                select(FEEDBACK).where(FEEDBACK.c.answer == answer).order_by(FEEDBACK.c.given_at, FEEDBACK.c.id)
            )
            return tuple(Feedback(**row._mapping) for row in found)

    def forget_conversation(self, conversation: str) -> int:
        """Remove the answers of a conversation and what was thought of them; how many answers there were."""
        self._catch_up()
        with self.database.writing() as connection:
            return _remove(connection, ANSWERS.c.conversation == conversation)

    def forget(self, moment: str) -> int:
        """Remove whatever was to be kept until before a moment."""
        with self.database.writing() as connection:
            return _remove(connection, ANSWERS.c.expires_at < moment)

    def close(self) -> None:
        """Write what has come, then stop."""
        with self._guard:
            writer, self._writer = self._writer, None
            if writer:
                self._coming.put(None)
        if writer:
            writer.join()

    def _catch_up(self) -> None:
        """Wait until what has come so far is written, or is known not to be."""
        reached: Future[None] = Future()
        with self._guard:
            if self._writer is None:
                return
            self._coming.put((None, reached))
        with suppress(TimeoutError):
            reached.result(PATIENCE_S)

    def _write(self) -> None:
        held: list[_Coming] = []
        while True:
            batch, is_last = self._come(AGAIN_S if held else None)
            held = self._put([*held, *batch])
            if is_last:
                _refuse(held)
                return
            _refuse(held[MOST_WAITING:])
            del held[MOST_WAITING:]

    def _come(self, within_s: float | None) -> tuple[list[_Coming], bool]:
        """What has come, as soon as anything has or so many seconds are over; and whether nothing will any more."""
        batch: list[_Coming] = []
        with suppress(queue.Empty):
            while len(batch) < MOST_AT_ONCE:
                one = self._coming.get_nowait() if batch else self._coming.get(timeout=within_s)
                if one is None:
                    return batch, True
                batch.append(one)
        return batch, False

    def _put(self, batch: list[_Coming]) -> list[_Coming]:
        """Write what came; what is to be tried again, because the database cannot be reached."""
        answers, waiting = [one for one in batch if one[0]], [one for one in batch if not one[0]]
        try:
            for start in range(0, len(answers), MOST_AT_ONCE):
                self._insert(answers[start : start + MOST_AT_ONCE])
        except Exception as error:  # noqa: BLE001 - the thread must live on, and whoever waits is told
            left = [one for one in answers if not one[1].done()]
            is_away = not self._is_reached()
            for one in () if is_away else left:
                self._put_alone(one)
            _refuse(waiting, str(error) if isinstance(error, StoreUnavailable) else NOT_KEPT)
            return left if is_away else []
        for _, reached in waiting:
            reached.set_result(None)
        return []

    def _insert(self, answers: list[_Coming]) -> None:
        with self.database.writing() as connection:
            connection.execute(insert(ANSWERS), [_row(answer) for answer, _ in answers if answer])
        for _, kept in answers:
            kept.set_result(None)

    def _put_alone(self, one: _Coming) -> None:
        """Write one answer that may be what keeps the others out."""
        try:
            self._insert([one])
        except IntegrityError:  # it was on disk when the connection broke off
            one[1].set_result(None)
        except Exception:  # noqa: BLE001 - whatever it was, nothing comes of trying again
            _refuse([one])

    def _is_reached(self) -> bool:
        try:
            with self.database.reading() as connection:
                connection.execute(select(1))
        except StoreUnavailable:
            return False
        return True


def _refuse(batch: list[_Coming], why: str = NOT_KEPT) -> None:
    for _, kept in batch:
        kept.set_exception(StoreUnavailable(why))


def _kept(row: Row[tuple[object, ...]]) -> KeptAnswer:
    told = dict(row._mapping)
    answer_json = zlib.decompress(told.pop("answer_packed")).decode()
    del told["about_json"]
    return KeptAnswer(digests=json.loads(told.pop("digests_json")), answer_json=answer_json, **told)


def about(told: Mapping[str, Any]) -> dict[str, Any]:
    """Of which programmes an answer tells, by name, what was asked of them, each once, and how long it took: by this
    answers are counted.
    """
    parts = (told.get("plan") or {}).get("parts", ())
    return {
        "programs": list(dict.fromkeys(program["name"] for program in told.get("programs", ()))),
        "asks": list(dict.fromkeys(ask for part in parts for ask in part.get("asks", ()))),
        "took_ms": told.get("took_ms"),
    }


def _row(answer: KeptAnswer) -> dict[str, object]:
    return {
        "id": answer.id,
        "conversation": answer.conversation,
        "asked_at": answer.asked_at,
        "expires_at": answer.expires_at,
        "generation": answer.generation,
        "status": answer.status,
        "question": answer.question,
        "answer_packed": zlib.compress(answer.answer_json.encode()),
        "about_json": json.dumps(about(json.loads(answer.answer_json)), ensure_ascii=False),
        "digests_json": json.dumps(answer.digests),
    }


def _remove(connection: Connection, condition: ColumnElement[bool]) -> int:
    doomed = select(ANSWERS.c.id).where(condition)
    connection.execute(delete(FEEDBACK).where(FEEDBACK.c.answer.in_(doomed)))
    return connection.execute(delete(ANSWERS).where(condition)).rowcount
