"""The catalogue on the wire: filters flow in, a page of programmes flows out, or one programme with all its facts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from rag.conditions.judge import deciding
from rag.domain import (
    Benefit,
    BenefitKind,
    CompanyProfile,
    Contact,
    Criterion,
    CriterionField,
    Detail,
    Evidence,
    Match,
    Period,
    PeriodStatus,
    Program,
    Result,
    SizeClass,
)
from server.asking.wire import DocumentOut, KeyOut, PeriodOut, document_out, key_out, period_out
from server.desks.desks import Desk


class ProgramSummary(BaseModel):
    """One line of the catalogue; `period` is what counts on the day asked for."""

    id: str
    name: str
    aliases: tuple[str, ...]
    year: int | None
    ministry: str
    agency: str
    key: KeyOut
    kinds: list[BenefitKind]
    period: PeriodOut


class ProgramPage(BaseModel):
    """One page of the catalogue; pages count from 1, and there are 0 where nothing fits."""

    programs: list[ProgramSummary]
    page: int
    per_page: int
    total: int
    pages: int
    as_of: date
    generation: str


class ProgramDetail(ProgramSummary):
    """One programme with all its facts, each with its evidence; `document` is what they were read from."""

    document: DocumentOut | None
    evidence: Evidence
    details: tuple[Detail, ...]
    criteria: tuple[Criterion, ...]
    benefits: tuple[Benefit, ...]
    periods: tuple[Period, ...]
    contacts: tuple[Contact, ...]
    steps: tuple[Detail, ...]
    supersedes: str | None
    as_of: date
    generation: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a caller wants to see; `None` lets everything through."""

    q: str | None = None
    status: PeriodStatus | None = None
    region: str | None = None
    ministry: str | None = None
    kind: BenefitKind | None = None
    size: SizeClass | None = None

    @property
    def profile(self) -> CompanyProfile:
        """The company whose conditions the filters ask about."""
        return CompanyProfile(region=self.region, size=self.size)

    def admits(self, match: Match) -> bool:
        """Whether a programme, matched against `profile`, passes every filter."""
        program = match.program
        return (
            (self.status is None or match.status is self.status)
            and (self.kind is None or any(benefit.kind is self.kind for benefit in program.benefits))
            and (self.ministry is None or _plain(self.ministry) in _plain(program.ministry))
            and (self.region is None or _takes(match, CriterionField.REGION))
            and (self.size is None or _takes(match, CriterionField.SIZE))
            and all(_plain(word) in _words(program) for word in (self.q or "").split())
        )


def program_page(desk: Desk, filters: Filters, as_of: date, page: int, per_page: int) -> ProgramPage | None:
    """The programmes that pass the filters, newest year first, then by name; None where the region is no place."""
    if filters.region and not desk.knows_place(filters.region):
        return None
    found = [match for match in desk.match(filters.profile, as_of) if filters.admits(match)]
    found.sort(key=lambda match: (-(match.program.year or 0), match.program.name))
    return ProgramPage(
        programs=[
            ProgramSummary.model_validate(_summary(match, as_of))
            for match in found[(page - 1) * per_page : page * per_page]
        ],
        page=page,
        per_page=per_page,
        total=len(found),
        pages=-(-len(found) // per_page),
        as_of=as_of,
        generation=desk.record.id,
    )


def program_detail(desk: Desk, program_id: str, as_of: date) -> ProgramDetail | None:
    """One programme, or None where the catalogue has none of that id."""
    match = next((m for m in desk.match(CompanyProfile(), as_of) if m.program.id == program_id), None)
    if match is None:
        return None
    program, source = match.program, desk.catalogue.source(match.program.source_id)
    return ProgramDetail.model_validate(
        {
            **_summary(match, as_of),
            "document": document_out(source) if source else None,
            "evidence": program.evidence,
            "details": program.details,
            "criteria": program.criteria,
            "benefits": program.benefits,
            "periods": program.periods,
            "contacts": program.contacts,
            "steps": program.steps,
            "supersedes": program.supersedes,
            "as_of": as_of,
            "generation": desk.record.id,
        }
    )


def _summary(match: Match, as_of: date) -> dict[str, object]:
    program = match.program
    return {
        "id": program.id,
        "name": program.name,
        "aliases": program.aliases,
        "year": program.year,
        "ministry": program.ministry,
        "agency": program.agency,
        "key": key_out(program),
        "kinds": list(dict.fromkeys(benefit.kind for benefit in program.benefits)),
        "period": period_out(match.period, match.status, as_of, lambda _: None),
    }


def _takes(match: Match, field: CriterionField) -> bool:
    """Whether no strict condition of this field fails or stays open; a programme without one takes everybody."""
    against = (*deciding(match.findings, Result.UNMET), *deciding(match.findings, Result.UNKNOWN))
    return not any(finding.criterion.field is field for finding in against)


def _words(program: Program) -> str:
    said = [detail.text for detail in program.details] + [benefit.text for benefit in program.benefits]
    return _plain(" ".join((program.name, *program.aliases, program.ministry, program.agency, *said)))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
