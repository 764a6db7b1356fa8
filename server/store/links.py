"""Links: what came of an address that was asked flows in and is kept; it flows out by address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select

from server.store.engine import Database
from server.store.tables import LINKS


@dataclass(frozen=True, slots=True)
class Link:
    """What came of an address: its status, or a fault in words where there was none; `checked_at` is ISO 8601 in Korea.

    `moved_to` is where it leads by a redirect, "" where it stays.
    """

    url: str
    status: int | None
    moved_to: str
    fault: str
    checked_at: str


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses in one database. Methods raise StoreUnavailable."""

    database: Database

    def keep(self, link: Link) -> None:
        """Keep what came of an address in the place of what came before."""
        id_ = hashlib.sha256(link.url.encode()).hexdigest()
        with self.database.writing() as connection:
            connection.execute(delete(LINKS).where(LINKS.c.id == id_))
            connection.execute(insert(LINKS).values(id=id_, **asdict(link)))

    def all(self) -> Mapping[str, Link]:
        """What is known, by address."""
        columns = [column for column in LINKS.columns if column.name != "id"]
        with self.database.reading() as connection:
            rows = connection.execute(select(*columns))
            return {row.url: Link(**row._mapping) for row in rows}
