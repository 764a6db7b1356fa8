"""The outbox: what is to be told flows in together with the note that it is told; each letter flows out to one sender.

A letter is queued, then sending while one process has it, then sent or dead. One whose sender was killed is queued
again once its lease is over, and goes out under the same id, so that whoever gets it twice can tell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from server.store.engine import Database
from server.store.subscriptions import Channel, State
from server.store.tables import OUTBOX, SUBSCRIPTIONS, TOLD

LOST = "여러 번 보내는 사이에 멈췄습니다."
"""Why a letter is dead whose senders were all killed."""


class Stage(StrEnum):
    """How far a letter is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Told:
    """What a subscription was told of a programme (a digest of its key): of a `kind`, with a `value` that is told once.

    `value_json` is how the programme stood, where that is to be compared with later.
    """

    program: str
    kind: str
    value: str
    value_json: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to be sent, with where; `attempts` counts this one. The body is None where it was damaged."""

    id: str
    subscription: str
    due: str
    body_json: str | None
    attempts: int
    channel: Channel
    address: str | None
    secret: str | None


@dataclass(frozen=True, slots=True)
class Dead:
    """A letter that nobody tries to send any more, and why; nothing tells whose it is."""

    id: str
    channel: Channel
    due: str
    attempts: int
    last_at: str
    error: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """The letters in one database. Methods raise StoreUnavailable."""

    database: Database

    def told(self, subscription: str) -> tuple[Told, ...]:
        """All that one was told."""
        columns = (TOLD.c.program, TOLD.c.kind, TOLD.c.value, TOLD.c.value_json)
        with self.database.reading() as connection:
            rows = connection.execute(select(*columns).where(TOLD.c.subscription == subscription))
            return tuple(Told(*row) for row in rows)

    def is_busy(self, subscription: str, day: str) -> bool:
        """Whether a letter still waits, or one went out on that day: then no other is written."""
        with self.database.reading() as connection:
            return _is_busy(connection, subscription, day)

    def choose(
        self, subscription: str, revision: int, day: str, told: Sequence[Told], letter: tuple[str, str], moment: str
    ) -> bool:
        """Note what is told and queue the letter (id and body) that tells it, in one step.

        False, and nothing is written, where the subscription has changed since it was read, is over, or is busy.
        """
        stands = (
            SUBSCRIPTIONS.c.id == subscription,
            SUBSCRIPTIONS.c.revision == revision,
            SUBSCRIPTIONS.c.state == State.CONFIRMED,
            or_(SUBSCRIPTIONS.c.last_day.is_(None), SUBSCRIPTIONS.c.last_day < day),
        )
        with self.database.writing() as connection:
            # This holds the row until the end, so that of two that choose at once the second finds another revision.
            values = {"last_day": day, "revision": revision + 1}
            if connection.execute(update(SUBSCRIPTIONS).where(*stands).values(values)).rowcount != 1:
                return False
            if _is_busy(connection, subscription, day):
                connection.rollback()
                return False
            _note(connection, subscription, told, day)
            connection.execute(
                insert(OUTBOX).values(
                    id=letter[0],
                    subscription=subscription,
                    due=day,
                    body_json=letter[1],
                    state=Stage.QUEUED,
                    attempts=0,
                    next_try=moment,
                )
            )
        return True

    def claim(self, channels: Collection[Channel], due: str, moment: str, stale: str, most: int) -> Letter | None:
        """The next letter of these channels that was due at a moment, for this sender alone; None where there is none.

        What was claimed before `stale` counts as never sent; what was tried `most` times is dead. `moment` is now.
        """
        with self.database.writing() as connection:
            lost = and_(OUTBOX.c.state == Stage.SENDING, OUTBOX.c.claimed_at < stale)
            connection.execute(
                update(OUTBOX)
                .where(lost, OUTBOX.c.attempts >= most)
                .values(state=Stage.DEAD, error=LOST, next_try=moment)
            )
            connection.execute(update(OUTBOX).where(lost).values(state=Stage.QUEUED, next_try=due))
            is_due = and_(OUTBOX.c.state == Stage.QUEUED, OUTBOX.c.next_try <= due)
            id_ = connection.scalar(
                select(OUTBOX.c.id)
                .join(SUBSCRIPTIONS)
                .where(is_due, SUBSCRIPTIONS.c.state == State.CONFIRMED, SUBSCRIPTIONS.c.channel.in_(channels))
                .order_by(OUTBOX.c.next_try, OUTBOX.c.id)
                .limit(1)
                .with_for_update(skip_locked=True, of=OUTBOX)
            )
            if id_ is None:
                return None
            values = {"state": Stage.SENDING, "claimed_at": moment, "attempts": OUTBOX.c.attempts + 1}
            connection.execute(update(OUTBOX).where(OUTBOX.c.id == id_, is_due).values(values))
            return _letter(connection, id_)

    def sent(self, id_: str, moment: str) -> None:
        """It was accepted; what it told is erased."""
        self._mark(id_, state=Stage.SENT, sent_at=moment, claimed_at=None, body_json=None, error=None)

    def failed(self, id_: str, next_try: str, error: str) -> None:
        """It was not accepted, and is tried again at a moment."""
        self._mark(id_, state=Stage.QUEUED, next_try=next_try, claimed_at=None, error=error[:200])

    def dead(self, id_: str, moment: str, error: str) -> None:
        """It will not be accepted, or was tried often enough: a person may have it tried again."""
        self._mark(id_, state=Stage.DEAD, next_try=moment, claimed_at=None, error=error[:200])

    def retry(self, id_: str, moment: str) -> bool:
        """Have a dead one tried again as if it were new; False where there is none of that id."""
        values = {"state": Stage.QUEUED, "next_try": moment, "attempts": 0, "error": None}
        is_dead = (OUTBOX.c.id == id_, OUTBOX.c.state == Stage.DEAD)
        with self.database.writing() as connection:
            return connection.execute(update(OUTBOX).where(*is_dead).values(values)).rowcount == 1

    def counts(self) -> dict[Stage, int]:
        """How many letters there are of each stage."""
        with self.database.reading() as connection:
            rows = connection.execute(select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state)).all()
        known = {str(state): count for state, count in rows}
        return {stage: known.get(stage, 0) for stage in Stage}

    def waiting(self, moment: str) -> int:
        """How many are due to be sent at a moment."""
        is_due = (OUTBOX.c.state == Stage.QUEUED, OUTBOX.c.next_try <= moment)
        with self.database.reading() as connection:
            return connection.scalar(select(func.count()).where(*is_due)) or 0

    def graves(self, first: int, count: int) -> tuple[Dead, ...]:
        """The dead ones from the `first` (counted from 0), the last to die first."""
        columns = (OUTBOX.c.id, SUBSCRIPTIONS.c.channel, OUTBOX.c.due, OUTBOX.c.attempts, OUTBOX.c.next_try)
        query = select(*columns, OUTBOX.c.error).join(SUBSCRIPTIONS).where(OUTBOX.c.state == Stage.DEAD)
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(OUTBOX.c.next_try.desc(), OUTBOX.c.id).offset(first).limit(count))
            return tuple(Dead(row[0], Channel(row[1]), row[2], row[3], row[4], row[5] or "") for row in rows)

    def forget(self, before: str) -> None:
        """Erase what was sent before a moment."""
        with self.database.writing() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.state == Stage.SENT, OUTBOX.c.sent_at < before))

    def _mark(self, id_: str, **values: object) -> None:
        with self.database.writing() as connection:
            connection.execute(update(OUTBOX).where(OUTBOX.c.id == id_).values(**values))


def _is_busy(connection: Connection, subscription: str, day: str) -> bool:
    of_it: ColumnElement[bool] = OUTBOX.c.subscription == subscription
    waits = OUTBOX.c.state.in_((Stage.QUEUED, Stage.SENDING))
    went = and_(OUTBOX.c.state == Stage.SENT, OUTBOX.c.sent_at >= day)
    return connection.scalar(select(func.count()).where(of_it, or_(waits, went))) != 0


def _note(connection: Connection, subscription: str, told: Sequence[Told], day: str) -> None:
    """What was told before of the same is replaced."""
    for one in told:
        same = (
            TOLD.c.subscription == subscription,
            TOLD.c.program == one.program,
            TOLD.c.kind == one.kind,
            TOLD.c.value == one.value,
        )
        connection.execute(delete(TOLD).where(*same))
    if told:
        rows = [
            {
                "subscription": subscription,
                "program": one.program,
                "kind": one.kind,
                "value": one.value,
                "value_json": one.value_json,
                "day": day,
            }
            for one in told
        ]
        connection.execute(insert(TOLD), rows)


def _letter(connection: Connection, id_: str) -> Letter:
    columns = (
        *(OUTBOX.c.id, OUTBOX.c.subscription, OUTBOX.c.due, OUTBOX.c.body_json, OUTBOX.c.attempts),
        *(SUBSCRIPTIONS.c.channel, SUBSCRIPTIONS.c.address, SUBSCRIPTIONS.c.secret),
    )
    row = connection.execute(select(*columns).join(SUBSCRIPTIONS).where(OUTBOX.c.id == id_)).one()
    id_, subscription, due, body, attempts, channel, address, secret = row
    return Letter(id_, subscription, due, body, attempts, Channel(channel), address, secret)
