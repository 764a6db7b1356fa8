"""The cabinet of consulting files: rows of one owner flow in, are changed or handed over, and flow out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, and_, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from rag.errors import StoreUnavailable
from server.store.engine import Database
from server.store.tables import APPROVALS, FILES, PAPERS

ATTEMPTS = 20
NEWEST = (PAPERS.c.issued_at.desc(), PAPERS.c.year.desc(), PAPERS.c.sequence.desc())
_NEWER = PAPERS.alias("newer")
REPLACED = exists().where(_NEWER.c.file == PAPERS.c.file, _NEWER.c.former == PAPERS.c.number)
"""Of a document: that a newer one stands for it."""


class FileState(StrEnum):
    """How a file stands: worked on, closed, or erased."""

    OPEN = "open"
    CLOSED = "closed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One row; moments are ISO 8601 in Korea.

    `revision` counts its changes, `written` is the last that changed what documents tell.
    """

    id: str
    owner: str
    consultant: str
    state: FileState
    revision: int
    opened_on: str
    created_at: str
    updated_at: str
    content_json: str | None
    written: int = 1


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """One issued document; `revision` is that of its file when it was issued."""

    id: str
    file: str
    kind: str
    number: str
    branch: str
    year: int
    sequence: int
    former: str | None
    as_of: str
    generation: str
    revision: int
    issued_at: str
    issued_by: str
    report_json: str | None


@dataclass(frozen=True, slots=True)
class Cabinet:
    """Every consulting file in one database; an owner sees only its own. Methods raise StoreUnavailable."""

    database: Database

    def add(self, kept: KeptFile) -> None:
        """Put a new one there."""
        with self.database.writing() as connection:
            connection.execute(insert(FILES).values(**asdict(kept)))

    def find(self, owner: str, id_: str) -> KeptFile | None:
        """The one of that id, erased or not."""
        with self.database.reading() as connection:
            row = connection.execute(select(FILES).where(_owned(owner, id_))).one_or_none()
            return _file(row) if row else None

    def all(self, owner: str, state: FileState) -> tuple[KeptFile, ...]:
        """Those of one owner in a state, the last changed first."""
        wanted = select(FILES).where(FILES.c.owner == owner, FILES.c.state == state)
        with self.database.reading() as connection:
            rows = connection.execute(wanted.order_by(FILES.c.updated_at.desc(), FILES.c.id))
            return tuple(map(_file, rows))

    def replace(self, was: KeptFile, now: KeptFile) -> bool:
        """Put a changed one in the place of that it was made from; False where that is another by now."""
        same = and_(_owned(was.owner, was.id), FILES.c.revision == was.revision)
        values = {**asdict(now), "revision": was.revision + 1}
        with self.database.writing() as connection:
            return connection.execute(update(FILES).where(same).values(**values)).rowcount == 1

    def erase(self, owner: str, id_: str, moment: str, revision: int | None = None) -> bool:
        """Wipe what a file and its documents tell; numbers stay taken. False where there is none, or not as told."""
        held = and_(_owned(owner, id_), FILES.c.state != FileState.ERASED)
        if revision is not None:
            held = and_(held, FILES.c.revision == revision)
        wiped = {"state": FileState.ERASED, "updated_at": moment, "content_json": None}
        with self.database.writing() as connection:
            if not connection.execute(update(FILES).where(held).values(**wiped)).rowcount:
                return False
            connection.execute(update(PAPERS).where(PAPERS.c.file == id_).values(report_json=None))
            own = select(PAPERS.c.id).where(PAPERS.c.file == id_)
            connection.execute(update(APPROVALS).where(APPROVALS.c.paper.in_(own)).values(wish=None, remark=None))
            return True

    def papers(self, file: str) -> tuple[KeptPaper, ...]:
        """The documents of a file, newest first."""
        wanted = select(PAPERS).where(PAPERS.c.file == file).order_by(*NEWEST)
        with self.database.reading() as connection:
            return tuple(KeptPaper(**row._mapping) for row in connection.execute(wanted))

    def issue(
        self,
        held: KeptFile,
        year: int,
        branch: str,
        kind: str,
        former: str | None,
        finish: Callable[[int], KeptPaper],
        *,
        exactly: bool,
    ) -> KeptPaper | None:
        """A document under the next number of its year, branch and kind, written together with its text.

        None where the file is no longer open or its owner's, has another newest document of that kind than `former`,
        or, `exactly`, is not as it was.
        """
        same = and_(PAPERS.c.year == year, PAPERS.c.branch == branch, PAPERS.c.kind == kind)
        for _ in range(ATTEMPTS):
            try:
                with self.database.writing() as connection:
                    now = connection.execute(
                        select(FILES.c.revision)
                        .where(_owned(held.owner, held.id), FILES.c.state == FileState.OPEN)
                        .with_for_update()
                    ).scalar_one_or_none()
                    if now is None or (exactly and now != held.revision):
                        return None
                    own = and_(PAPERS.c.file == held.id, PAPERS.c.kind == kind, ~REPLACED)
                    if connection.scalar(select(PAPERS.c.number).where(own).order_by(*NEWEST).limit(1)) != former:
                        return None
                    last = connection.scalar(select(func.max(PAPERS.c.sequence)).where(same)) or 0
                    paper = finish(last + 1)
                    connection.execute(insert(PAPERS).values(**asdict(paper)))
                    return paper
            except IntegrityError:
                continue  # another process took that number meanwhile
        raise StoreUnavailable("발급 번호를 받지 못했습니다. 잠시 뒤 다시 시도해 주세요.")


def _owned(owner: str, id_: str) -> ColumnElement[bool]:
    return and_(FILES.c.owner == owner, FILES.c.id == id_)


def _file(row: Row[tuple[object, ...]]) -> KeptFile:
    fields = dict(row._mapping)
    return KeptFile(**{**fields, "state": FileState(fields["state"])})
