"""Approvals: a document and who is to look through it flow in; what came of it is kept and flows out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from server.store.cabinet import NEWEST, REPLACED, KeptPaper
from server.store.engine import Database
from server.store.tables import APPROVALS, FILES, PAPERS

MOST = 200


class ApprovalState(StrEnum):
    """How it stands: the reviewer is asked, has approved, or has sent the document back."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class KeptApproval:
    """One row: of which paper, who looks through it (`person` is the name), who asked, and what came of it.

    `wish` is what the asking consultant said, `remark` what the reviewer did; moments are ISO 8601 in Korea.
    """

    paper: str
    reviewer: str
    person: str
    asked_by: str
    asked_at: str
    wish: str | None = None
    state: ApprovalState = ApprovalState.ASKED
    remark: str | None = None
    decided_at: str | None = None


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A document beside its approval, whose the file is, and whether a newer one stands for it."""

    paper: KeptPaper
    approval: KeptApproval
    owner: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class Approvals:
    """Every approval in one database; a reviewer sees what was asked of it alone. Methods raise StoreUnavailable."""

    database: Database

    def ask(self, asked: KeptApproval) -> KeptApproval:
        """Ask, or ask somebody else while nothing came of it; what stands afterwards."""
        with suppress(IntegrityError):  # where somebody else asks at the same moment
            return self._ask(asked)
        return self._ask(asked)

    def of_file(self, file: str) -> Mapping[str, KeptApproval]:
        """Those of the documents of a file, by the id of the document."""
        wanted = select(APPROVALS).join(PAPERS, PAPERS.c.id == APPROVALS.c.paper).where(PAPERS.c.file == file)
        with self.database.reading() as connection:
            return {row.paper: _approval(row) for row in connection.execute(wanted)}

    def of_reviewer(self, reviewer: str, state: ApprovalState) -> tuple[AskedPaper, ...]:
        """What was asked of one, newest first, at most 200; of what waits only what no newer document stands for."""
        wanted = _asked(and_(APPROVALS.c.reviewer == reviewer, APPROVALS.c.state == state))
        wanted = wanted.where(PAPERS.c.report_json.is_not(None))
        if state is ApprovalState.ASKED:
            wanted = wanted.where(~REPLACED)
        with self.database.reading() as connection:
            return tuple(map(_paper, connection.execute(wanted.order_by(*NEWEST).limit(MOST))))

    def waiting(self, reviewer: str) -> int:
        """How many documents wait for one."""
        waits = and_(
            APPROVALS.c.reviewer == reviewer,
            APPROVALS.c.state == ApprovalState.ASKED,
            PAPERS.c.report_json.is_not(None),
            ~REPLACED,
        )
        joined = APPROVALS.join(PAPERS, PAPERS.c.id == APPROVALS.c.paper)
        with self.database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(joined).where(waits)) or 0

    def find(self, reviewer: str, number: str) -> AskedPaper | None:
        """What was asked of one about the document of a number."""
        wanted = _asked(and_(APPROVALS.c.reviewer == reviewer, PAPERS.c.number == number))
        with self.database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
            return _paper(row) if row else None

    def decide(self, asked: AskedPaper, state: ApprovalState, remark: str, moment: str) -> bool:
        """Keep what came of it; False where that is settled, asked of another, or a newer document stands for it."""
        told = exists().where(PAPERS.c.id == asked.paper.id, PAPERS.c.report_json.is_not(None), ~REPLACED)
        waits = and_(
            APPROVALS.c.paper == asked.paper.id,
            APPROVALS.c.reviewer == asked.approval.reviewer,
            APPROVALS.c.state == ApprovalState.ASKED,
            told,
        )
        values = {"state": state, "remark": remark, "decided_at": moment}
        with self.database.writing() as connection:
            return connection.execute(update(APPROVALS).where(waits).values(**values)).rowcount == 1

    def _ask(self, asked: KeptApproval) -> KeptApproval:
        own = APPROVALS.c.paper == asked.paper
        with self.database.writing() as connection:
            row = connection.execute(select(APPROVALS).where(own).with_for_update()).one_or_none()
            if row is None:
                connection.execute(insert(APPROVALS).values(**asdict(asked)))
            elif row.state != ApprovalState.ASKED:
                return _approval(row)
            else:
                connection.execute(update(APPROVALS).where(own).values(**asdict(asked)))
            return asked


_OF_PAPER = tuple(column.label(f"paper_{column.name}") for column in PAPERS.columns)


def _asked(wanted: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    joined = APPROVALS.join(PAPERS, PAPERS.c.id == APPROVALS.c.paper).join(FILES, FILES.c.id == PAPERS.c.file)
    columns = (*APPROVALS.columns, *_OF_PAPER, FILES.c.owner, REPLACED.label("is_replaced"))
    return select(*columns).select_from(joined).where(wanted)


def _approval(row: Row[tuple[object, ...]]) -> KeptApproval:
    told = {each.name: row._mapping[each.name] for each in fields(KeptApproval)}
    return KeptApproval(**{**told, "state": ApprovalState(told["state"])})


def _paper(row: Row[tuple[object, ...]]) -> AskedPaper:
    told = row._mapping
    paper = KeptPaper(**{each.name: told[f"paper_{each.name}"] for each in fields(KeptPaper)})
    return AskedPaper(paper, _approval(row), told["owner"], bool(told["is_replaced"]))
