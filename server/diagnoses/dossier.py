"""The dossier: a row of the store flows in, one diagnosis with its report and how it stands flows out, or back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError

from rag.diagnosis.records import Case, Diagnosis
from rag.diagnosis.tree import Report
from rag.domain import Source
from server.diagnoses.edits import editable
from server.diagnoses.intake import case_in
from server.store.shelf import Kept, Status

DIAGNOSES = TypeAdapter(Diagnosis)
REPORTS = TypeAdapter(Report)
SOURCES = TypeAdapter(tuple[Source, ...])
CASES = TypeAdapter(dict[str, dict[str, object]])
EDITS = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class Dossier:
    """진단 기록: one draft or issued diagnosis; `case` is what was sent, `edits` what the consultant wrote.

    `editable` are the keys of texts that may be edited. `diagnosis` is None where its words are not read any more.
    """

    id: str
    status: Status
    number: str | None
    branch: str
    former: str | None
    as_of: date
    generation: str
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None
    issued_at: datetime | None
    case: Mapping[str, Mapping[str, object]]
    edits: Mapping[str, str]
    editable: tuple[str, ...]
    diagnosis: Diagnosis | None
    report: Report


@dataclass(frozen=True, slots=True)
class Listed:
    """목록 한 줄: a draft or issued diagnosis as a list shows it; `company` is the name, where it is known."""

    id: str
    status: Status
    number: str | None
    company: str | None
    branch: str
    former: str | None
    as_of: date
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None
    issued_at: datetime | None


def listed(kept: Kept) -> Listed:
    """A row that was not erased, as one line."""
    name = case_sent(kept).get("company", {}).get("name")
    return Listed(
        id=kept.id,
        status=kept.status,
        number=kept.number,
        company=str(name) if name else None,
        branch=kept.branch,
        former=kept.former,
        as_of=date.fromisoformat(kept.as_of),
        created_at=datetime.fromisoformat(kept.created_at),
        updated_at=datetime.fromisoformat(kept.updated_at),
        expires_at=_expiry(kept),
        issued_at=_moment(kept.issued_at),
    )


def dossier(kept: Kept) -> Dossier:
    """A row that was not erased, in words."""
    report = report_in(kept)
    return Dossier(
        id=kept.id,
        status=kept.status,
        number=kept.number,
        branch=kept.branch,
        former=kept.former,
        as_of=date.fromisoformat(kept.as_of),
        generation=kept.generation,
        created_at=datetime.fromisoformat(kept.created_at),
        updated_at=datetime.fromisoformat(kept.updated_at),
        expires_at=_expiry(kept),
        issued_at=_moment(kept.issued_at),
        case=case_sent(kept),
        edits=edits_in(kept),
        editable=editable(report) if kept.status is Status.DRAFT else (),
        diagnosis=diagnosis_in(kept),
        report=report,
    )


def report_in(kept: Kept) -> Report:
    """The report as it was made."""
    return REPORTS.validate_json(kept.report_json or "")


def diagnosis_in(kept: Kept) -> Diagnosis | None:
    """The diagnosis as it was made, or None where another version of the rules wrote it."""
    try:
        return DIAGNOSES.validate_json(kept.diagnosis_json or "")
    except ValidationError:
        return None


def sources_in(kept: Kept) -> Mapping[str, Source]:
    """The documents that its report names, by id."""
    return {source.id: source for source in SOURCES.validate_json(kept.sources_json or "[]")}


def edits_in(kept: Kept) -> Mapping[str, str]:
    """What the consultant wrote, by the key of its part."""
    return EDITS.validate_json(kept.edits_json or "{}")


def case_sent(kept: Kept) -> Mapping[str, Mapping[str, object]]:
    """The case as it was sent."""
    return CASES.validate_json(kept.case_json or "{}")


def as_json(value: Case | Diagnosis | Report | tuple[Source, ...] | Mapping[str, str]) -> str:
    """What a row holds of it."""
    if isinstance(value, Case):
        return case_in(value).model_dump_json(exclude_none=True)
    if isinstance(value, Diagnosis):
        return DIAGNOSES.dump_json(value).decode()
    if isinstance(value, Report):
        return REPORTS.dump_json(value).decode()
    if isinstance(value, tuple):
        return SOURCES.dump_json(value).decode()
    return json.dumps(dict(value), ensure_ascii=False)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _expiry(kept: Kept) -> datetime | None:
    return _moment(kept.expires_at) if kept.status is Status.DRAFT else None
