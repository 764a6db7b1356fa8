"""The audit: what somebody with a key did flows in; it is kept as told, with no word of what it was about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select

from server.store.engine import Database
from server.store.tables import AUDIT


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what, when, and what it came to; `request` is the id under which the request is logged.

    `action` is method and path, so that it can be told which document or diagnosis it was; "other" where no route is;
    `reason` is why, where that was told.
    """

    at: str
    person: str
    key: str
    action: str
    outcome: str
    request: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """The deeds in one database. Methods raise StoreUnavailable."""

    database: Database

    def note(self, deed: Deed) -> None:
        """Keep one."""
        with self.database.writing() as connection:
            connection.execute(
                insert(AUDIT).values(
                    at=deed.at,
                    person=deed.person,
                    key=deed.key,
                    action=deed.action,
                    outcome=deed.outcome,
                    request=deed.request,
                    reason=deed.reason,
                )
            )

    def last(self, count: int) -> tuple[Deed, ...]:
        """The last of them, newest first."""
        with self.database.reading() as connection:
            columns = [column for column in AUDIT.columns if column.name != "id"]
            rows = connection.execute(select(*columns).order_by(AUDIT.c.id.desc()).limit(count))
            return tuple(Deed(**row._mapping) for row in rows)

    def of(self, beginnings: Collection[str], outcomes: Collection[str], count: int) -> tuple[Deed, ...]:
        """The last whose action begins with one of those words and which came to one of those ends, newest first."""
        begun = or_(*(AUDIT.c.action.startswith(words, autoescape=True) for words in beginnings))
        columns = [column for column in AUDIT.columns if column.name != "id"]
        wanted = select(*columns).where(begun, AUDIT.c.outcome.in_(outcomes))
        with self.database.reading() as connection:
            rows = connection.execute(wanted.order_by(AUDIT.c.id.desc()).limit(count))
            return tuple(Deed(**row._mapping) for row in rows)

    def forget(self, before: str) -> None:
        """Remove those from before a moment."""
        with self.database.writing() as connection:
            connection.execute(delete(AUDIT).where(AUDIT.c.at < before))
