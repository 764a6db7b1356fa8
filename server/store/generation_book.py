"""The book of generations: what a server built flows into the database; what others serve of it flows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from rag.catalogue import Row
from server.store.engine import Database
from server.store.shared_tables import SERVING, SHARED, SHARED_FILES, SHARED_RECORDS

PART = 4 * 2**20
"""Bytes of a file in one row."""
AT_ONCE = 500
"""Records in one transaction: who writes anything waits for no more of them."""
CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Listed:
    """A generation that others may take over, and whether it was ever served."""

    id: str
    was_served: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What servers share at one moment: which generation is served, "" for none, and every one, oldest first."""

    current: str
    listed: tuple[Listed, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The id of every one."""
        return frozenset(one.id for one in self.listed)


@dataclass(frozen=True, slots=True)
class GenerationBook:
    """The shared generations in one database. Methods raise StoreUnavailable."""

    database: Database

    def shared(self) -> Shared:
        """What is shared now."""
        with self.database.reading() as connection:
            current = connection.scalar(select(SERVING.c.generation).where(SERVING.c.name == CURRENT))
            whole = select(SHARED.c.id, SHARED.c.was_served).where(SHARED.c.is_whole).order_by(SHARED.c.id)
            return Shared(current or "", tuple(Listed(row.id, row.was_served) for row in connection.execute(whole)))

    def put(
        self, id_: str, record_json: str, files: Iterable[tuple[str, bytes]], records: Iterable[Row], moment: str
    ) -> None:
        """Share a generation, anew where half of it was; nobody sees it before all of it is there."""
        self.remove(id_)
        told = {"id": id_, "record_json": record_json, "is_whole": False, "was_served": False, "shared_at": moment}
        with self.database.writing() as connection:
            connection.execute(insert(SHARED).values(**told))
        for name, body in files:
            for part, start in enumerate(range(0, max(len(body), 1), PART)):
                with self.database.writing() as connection:
                    piece = {"name": name, "part": part, "body": body[start : start + PART]}
                    connection.execute(insert(SHARED_FILES).values(generation=id_, **piece))
        rest = iter(records)
        while batch := [{"generation": id_, **row} for row in islice(rest, AT_ONCE)]:
            with self.database.writing() as connection:
                connection.execute(insert(SHARED_RECORDS), batch)
        with self.database.writing() as connection:
            connection.execute(update(SHARED).where(SHARED.c.id == id_).values(is_whole=True))

    def serve(self, id_: str, before: str, moment: str) -> bool:
        """Have a generation served by all; False where another than the one `before` ("" for none) is by now."""
        now = {"generation": id_, "since": moment}
        try:
            with self.database.writing() as connection:
                if before:
                    held = (SERVING.c.name == CURRENT) & (SERVING.c.generation == before)
                    if not connection.execute(update(SERVING).where(held).values(**now)).rowcount:
                        return False
                else:
                    connection.execute(insert(SERVING).values(name=CURRENT, **now))
                connection.execute(update(SHARED).where(SHARED.c.id == id_).values(was_served=True))
                return True
        except IntegrityError:
            return False

    def record(self, id_: str) -> str | None:
        """The record of a generation; None where it is not there any more."""
        with self.database.reading() as connection:
            found: str | None = connection.scalar(select(SHARED.c.record_json).where(SHARED.c.id == id_))
            return found

    def files(self, id_: str) -> Iterator[tuple[str, bytes]]:
        """Its files by name, whole, one after the other."""
        of_it = SHARED_FILES.c.generation == id_
        with self.database.reading() as connection:
            names = connection.scalars(
                select(SHARED_FILES.c.name).where(of_it).distinct().order_by(SHARED_FILES.c.name)
            )
            for name in names.all():
                parts = (
                    select(SHARED_FILES.c.body).where(of_it, SHARED_FILES.c.name == name).order_by(SHARED_FILES.c.part)
                )
                yield name, b"".join(bytes(body) for body in connection.scalars(parts))

    def records(self, id_: str) -> Iterator[Row]:
        """The records of its catalogue."""
        columns = [SHARED_RECORDS.c[name] for name in ("kind", "id", "position", "body")]
        with self.database.reading() as connection:
            found = connection.execution_options(yield_per=AT_ONCE).execute(
                select(*columns).where(SHARED_RECORDS.c.generation == id_)
            )
            for row in found:
                yield Row(kind=row.kind, id=row.id, position=row.position, body=bytes(row.body))

    def remove(self, id_: str) -> None:
        """Share it no longer; nobody sees a part of it gone."""
        with self.database.writing() as connection:
            connection.execute(delete(SHARED).where(SHARED.c.id == id_))
