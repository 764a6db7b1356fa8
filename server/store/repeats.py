"""Repeats: a request that may be sent twice flows in; done once, its reply flows out whenever it comes again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from server.store.engine import Database
from server.store.tables import REPEATS


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request came to; headers are those that tell of its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Earlier:
    """A request that came before under the same key: what was asked (a digest), and its reply once there is one."""

    asked: str
    at: str
    reply: Reply | None


@dataclass(frozen=True, slots=True)
class Repeats:
    """The replies in one database. Methods raise StoreUnavailable."""

    database: Database

    def begin(self, id_: str, asked: str, moment: str, stale: str) -> Earlier | None:
        """Note that a request begins; the earlier one under its id, if there is one, and then nothing is noted.

        One that began before `stale` and never ended was cut off: it counts as never made.
        """
        try:
            with self.database.writing() as connection:
                connection.execute(
                    delete(REPEATS).where(REPEATS.c.id == id_, REPEATS.c.status.is_(None), REPEATS.c.at < stale)
                )
                connection.execute(insert(REPEATS).values(id=id_, asked=asked, at=moment))
            return None
        except IntegrityError:
            pass
        with self.database.reading() as connection:
            row = connection.execute(select(REPEATS).where(REPEATS.c.id == id_)).one_or_none()
        if row is None:
            return Earlier(asked, moment, None)  # it has just ended without a reply worth keeping: to be sent again
        reply = Reply(row.status, json.loads(row.headers_json), row.body) if row.status else None
        return Earlier(row.asked, row.at, reply)

    def end(self, id_: str, reply: Reply) -> None:
        """Keep what the request came to."""
        values = {"status": reply.status, "headers_json": json.dumps(dict(reply.headers)), "body": reply.body}
        with self.database.writing() as connection:
            connection.execute(update(REPEATS).where(REPEATS.c.id == id_).values(**values))

    def drop(self, id_: str) -> None:
        """Forget a request that did nothing, so that it may be made again."""
        with self.database.writing() as connection:
            connection.execute(delete(REPEATS).where(REPEATS.c.id == id_, REPEATS.c.status.is_(None)))

    def forget(self, before: str) -> None:
        """Remove those from before a moment."""
        with self.database.writing() as connection:
            connection.execute(delete(REPEATS).where(REPEATS.c.at < before))
