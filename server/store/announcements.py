"""Announcements: what staff announce flows in and is kept; it flows out as what answers stand under."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select

from rag.announced import Announcement, Effect
from server.store.engine import Database
from server.store.tables import ANNOUNCEMENTS

MOST = 500
"""Announcements that are read at a time, the newest; a sane desk has a handful."""


@dataclass(frozen=True, slots=True)
class Posting:
    """An announcement with who posted it and when (ISO 8601 in Korea)."""

    announcement: Announcement
    posted_at: str
    person: str


@dataclass(frozen=True, slots=True)
class Announcements:
    """The announcements in one database. Methods raise StoreUnavailable."""

    database: Database

    def post(self, announcement: Announcement, person: str, moment: str) -> Posting:
        """Keep one, on disk at return, under an id of its own."""
        told = replace(announcement, id=str(uuid.uuid4()), posted_on=date.fromisoformat(moment[:10]))
        fields = {name: _text(value) for name, value in asdict(told).items() if name != "posted_on"}
        with self.database.writing() as connection:
            connection.execute(insert(ANNOUNCEMENTS).values(**fields, posted_at=moment, person=person))
        return Posting(told, moment, person)

    def all(self) -> tuple[Posting, ...]:
        """Those that stand, the newest first."""
        order = (ANNOUNCEMENTS.c.posted_at.desc(), ANNOUNCEMENTS.c.id)
        with self.database.reading() as connection:
            return tuple(map(_posting, connection.execute(select(ANNOUNCEMENTS).order_by(*order).limit(MOST))))

    def take_back(self, id_: str) -> bool:
        """Remove one; whether there was one of that id."""
        with self.database.writing() as connection:
            return connection.execute(delete(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_)).rowcount > 0


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _posting(row: Row[Any]) -> Posting:
    told = dict(row._mapping)
    return Posting(
        Announcement(
            id=told["id"],
            text=told["text"],
            posted_on=date.fromisoformat(told["posted_at"][:10]),
            since=date.fromisoformat(told["since"]),
            until=_day(told["until"]),
            program=told["program"],
            year=told["year"],
            authority=told["authority"],
            effect=Effect(told["effect"]),
            effect_since=_day(told["effect_since"]),
            effect_until=_day(told["effect_until"]),
        ),
        told["posted_at"],
        told["person"],
    )
