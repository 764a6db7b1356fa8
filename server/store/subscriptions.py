"""Subscriptions: who is to be told what, and where, flows in; it is kept until it is stopped, expires or is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select, update

from server.store.engine import Database
from server.store.tables import OUTBOX, SUBSCRIPTIONS, TOLD

BATCH = 200


class Channel(StrEnum):
    """How a subscriber hears: by mail, by a call to an address of its own, or by a feed that it reads."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    FEED = "feed"


class State(StrEnum):
    """How a subscription stands: not yet confirmed by whoever has the address, in use, or over."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Subscription:
    """알림: a company with the way it hears of programmes. Moments are ISO 8601 in Korea, `last_day` is a day.

    `digest` is that of the token. `secret` signs what is sent and makes the word that stops it; address and profile are
    None once it is stopped, and `expires_at` is when one that is pending or stopped is forgotten.
    """

    id: str
    digest: str
    state: State
    channel: Channel
    address: str | None
    address_digest: str | None
    secret: str | None
    profile_json: str | None
    revision: int
    created_at: str
    confirmed_at: str | None
    expires_at: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True)
class Burden:
    """What an address has already: how many that wait to be confirmed, and the moment of the last one."""

    pending: int
    last_at: str | None


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The subscriptions in one database; nothing lists them for people. Methods raise StoreUnavailable."""

    database: Database

    def add(self, subscription: Subscription, most_pending: int, since: str | None) -> Burden | None:
        """Keep a new one; its address's burden, and then nothing is kept, where that has too many or a later one.

        Without `since` an address may have one at any time.
        """
        of_address = SUBSCRIPTIONS.c.address_digest == subscription.address_digest
        pending = func.count().filter(SUBSCRIPTIONS.c.state == State.PENDING)
        with self.database.writing() as connection:
            if subscription.address_digest is not None:
                row = connection.execute(select(pending, func.max(SUBSCRIPTIONS.c.created_at)).where(of_address)).one()
                burden = Burden(row[0], row[1])
                if burden.pending >= most_pending or (since and burden.last_at and burden.last_at > since):
                    return burden
            connection.execute(insert(SUBSCRIPTIONS).values(asdict(subscription)))
        return None

    def find(self, id_: str) -> Subscription | None:
        """The one of that id."""
        with self.database.reading() as connection:
            row = connection.execute(select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.id == id_)).one_or_none()
        return _read(row) if row else None

    def confirm(self, id_: str, moment: str) -> bool:
        """Have it be used from now on; False where it is not pending any more, or has expired."""
        is_waiting = (
            SUBSCRIPTIONS.c.id == id_,
            SUBSCRIPTIONS.c.state == State.PENDING,
            SUBSCRIPTIONS.c.expires_at > moment,
        )
        values = {"state": State.CONFIRMED, "confirmed_at": moment, "expires_at": None}
        with self.database.writing() as connection:
            return connection.execute(update(SUBSCRIPTIONS).where(*is_waiting).values(values)).rowcount == 1

    def change(self, id_: str, profile_json: str) -> bool:
        """Keep another company for it; False where it is over or gone."""
        values = {"profile_json": profile_json, "revision": SUBSCRIPTIONS.c.revision + 1}
        stands = (SUBSCRIPTIONS.c.id == id_, SUBSCRIPTIONS.c.state != State.STOPPED)
        with self.database.writing() as connection:
            return connection.execute(update(SUBSCRIPTIONS).where(*stands).values(values)).rowcount == 1

    def stop(self, id_: str, expires_at: str) -> None:
        """Have nothing be sent any more: all that tells of the company is erased, that it is over stays a while."""
        values = {
            "state": State.STOPPED,
            "address": None,
            "address_digest": None,
            "profile_json": None,
            "revision": SUBSCRIPTIONS.c.revision + 1,
            "expires_at": expires_at,
            "last_day": None,
        }
        stands = (SUBSCRIPTIONS.c.id == id_, SUBSCRIPTIONS.c.state != State.STOPPED)
        with self.database.writing() as connection:
            for table in (OUTBOX, TOLD):
                connection.execute(delete(table).where(table.c.subscription == id_))
            connection.execute(update(SUBSCRIPTIONS).where(*stands).values(values))

    def remove(self, id_: str) -> None:
        """Erase it with all that was told and is to be sent."""
        with self.database.writing() as connection:
            for table in (OUTBOX, TOLD):
                connection.execute(delete(table).where(table.c.subscription == id_))
            connection.execute(delete(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.id == id_))

    def due(self, day: str) -> Iterator[Subscription]:
        """Every confirmed one that had no message on a day or later and is told by one, in the order of ids."""
        after = ""
        while True:
            wanted = (
                SUBSCRIPTIONS.c.id > after,
                SUBSCRIPTIONS.c.state == State.CONFIRMED,
                SUBSCRIPTIONS.c.channel.in_((Channel.EMAIL, Channel.WEBHOOK)),
                or_(SUBSCRIPTIONS.c.last_day.is_(None), SUBSCRIPTIONS.c.last_day < day),
            )
            query = select(SUBSCRIPTIONS).where(*wanted).order_by(SUBSCRIPTIONS.c.id).limit(BATCH)
            with self.database.reading() as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            after = rows[-1].id
            yield from map(_read, rows)

    def forget(self, moment: str) -> None:
        """Erase what was to be kept until before a moment: never confirmed, or over."""
        doomed = select(SUBSCRIPTIONS.c.id).where(SUBSCRIPTIONS.c.expires_at < moment)
        with self.database.writing() as connection:
            for table in (OUTBOX, TOLD):
                connection.execute(delete(table).where(table.c.subscription.in_(doomed)))
            connection.execute(delete(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.expires_at < moment))


def _read(row: Row[Any]) -> Subscription:
    told = dict(row._mapping)
    return Subscription(state=State(told.pop("state")), channel=Channel(told.pop("channel")), **told)
