"""The shelf of diagnoses: rows of one owner flow in, are numbered, replaced or erased, and flow out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from rag.errors import StoreUnavailable
from server.store.engine import Database
from server.store.tables import DIAGNOSES

TABLE = DIAGNOSES.c
CONTENT = ("case_json", "diagnosis_json", "sources_json", "edits_json", "report_json")
ATTEMPTS = 20


class Status(StrEnum):
    """What a diagnosis is; of one expired or deleted nothing is left but its number."""

    DRAFT = "draft"
    ISSUED = "issued"
    EXPIRED = "expired"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Kept:
    """One row; moments are ISO 8601 in Korea. `revision` counts its changes; what is JSON is gone once erased."""

    id: str
    owner: str
    status: Status
    branch: str
    as_of: str
    generation: str
    created_at: str
    updated_at: str
    expires_at: str
    revision: int = 1
    number: str | None = None
    year: int | None = None
    sequence: int | None = None
    former: str | None = None
    issued_at: str | None = None
    case_json: str | None = None
    diagnosis_json: str | None = None
    sources_json: str | None = None
    edits_json: str | None = None
    report_json: str | None = None


Finish = Callable[[Kept, int], Kept]
"""Makes an issued row of a draft and its place among those of its year and branch, counted from 1."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every diagnosis in one database; an owner sees and changes only its own. Methods raise StoreUnavailable."""

    database: Database

    def add(self, kept: Kept) -> None:
        """Put a new one there."""
        with self.database.writing() as connection:
            connection.execute(insert(DIAGNOSES).values(**asdict(kept)))

    def find(self, owner: str, name: str) -> Kept | None:
        """The one with that id or number."""
        with self.database.reading() as connection:
            return _one(connection, _named(owner, name))

    def page(self, owner: str, statuses: tuple[Status, ...], first: int, count: int) -> tuple[int, tuple[Kept, ...]]:
        """How many there are, and some of them from the `first` (0), newest first; of their content the case alone."""
        wanted = and_(TABLE.owner == owner, TABLE.status.in_(statuses))
        light = [column for column in DIAGNOSES.columns if column.name not in CONTENT[1:]]
        listed = select(*light).where(wanted).order_by(TABLE.created_at.desc(), TABLE.id)
        with self.database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(DIAGNOSES).where(wanted)) or 0
            return total, tuple(_kept(row) for row in connection.execute(listed.offset(first).limit(count)))

    def replace(self, kept: Kept) -> bool:
        """Put a changed draft in the place of the one it was made from; False where that is no longer there."""
        values = {**asdict(kept), "revision": kept.revision + 1}
        with self.database.writing() as connection:
            return connection.execute(update(DIAGNOSES).where(_same(kept)).values(**values)).rowcount == 1

    def issue(self, kept: Kept, year: int, finish: Finish) -> Kept | None:
        """Issue a draft under the next number of its year and branch; None where the draft is no longer there.

        Number and text are written together or not at all, so no number is lost or given twice.
        """
        for _ in range(ATTEMPTS):
            try:
                with self.database.writing() as connection:
                    if _one(connection, _same(kept)) is None:
                        return None
                    issued = finish(kept, _next(connection, year, kept.branch))
                    values = {**asdict(issued), "revision": kept.revision + 1}
                    changed = connection.execute(update(DIAGNOSES).where(_same(kept)).values(**values)).rowcount
                    return issued if changed else None
            except IntegrityError:
                continue  # another process took that number meanwhile
        raise StoreUnavailable("발급 번호를 받지 못했습니다. 잠시 뒤 다시 시도해 주세요.")

    def erase(self, owner: str, name: str, moment: str) -> bool:
        """Wipe what a draft or an issued one tells; its number stays taken. False where there is none."""
        held = TABLE.status.in_((Status.DRAFT, Status.ISSUED))
        with self.database.writing() as connection:
            wiped = _wiped(Status.DELETED, moment)
            return connection.execute(update(DIAGNOSES).where(_named(owner, name), held).values(**wiped)).rowcount > 0

    def sweep(self, moment: str) -> int:
        """Wipe the drafts that nobody touched until they expired; how many there were."""
        expired = and_(TABLE.status == Status.DRAFT, TABLE.expires_at <= moment)
        with self.database.reading() as connection:
            if connection.scalar(select(TABLE.id).where(expired).limit(1)) is None:
                return 0
        with self.database.writing() as connection:
            return connection.execute(
                update(DIAGNOSES).where(expired).values(**_wiped(Status.EXPIRED, moment))
            ).rowcount


def _named(owner: str, name: str) -> ColumnElement[bool]:
    return and_(TABLE.owner == owner, or_(TABLE.id == name, TABLE.number == name))


def _same(kept: Kept) -> ColumnElement[bool]:
    return and_(TABLE.id == kept.id, TABLE.status == Status.DRAFT, TABLE.revision == kept.revision)


def _next(connection: Connection, year: int, branch: str) -> int:
    last = select(func.max(TABLE.sequence)).where(TABLE.year == year, TABLE.branch == branch)
    return (connection.scalar(last) or 0) + 1


def _wiped(status: Status, moment: str) -> Mapping[str, str | None]:
    return {"status": status, "updated_at": moment, **dict.fromkeys(CONTENT)}


def _one(connection: Connection, wanted: ColumnElement[bool]) -> Kept | None:
    row = connection.execute(select(DIAGNOSES).where(wanted)).one_or_none()
    return _kept(row) if row else None


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    fields = dict(row._mapping)
    return Kept(**{**fields, "status": Status(fields["status"])})
