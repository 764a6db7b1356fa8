"""Diagnoses on the wire: what a consultant sends flows in; a diagnosis, its line in a list or the survey flows out."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from rag.diagnosis.records import Diagnosis, Level, Recommendation
from rag.diagnosis.survey import SurveyQuestion
from rag.domain import PeriodStatus, Verdict
from server.asking.wire import Day, Inbound
from server.diagnoses.dossier import Dossier, Listed
from server.diagnoses.intake import CaseIn, CompanyIn, Said
from server.reports.json import render
from server.store.shelf import Status

Key = Annotated[str, Field(max_length=100)]
Text = Annotated[str, Field(max_length=20_000)]


class DraftIn(CaseIn):
    """기업 개요와 설문 답변입니다. 무엇이든 비울 수 있고, `as_of`를 비우면 오늘을 기준으로 진단합니다."""

    as_of: Day | None = None


class EditIn(Inbound):
    """바꿀 것만 적습니다. 적은 칸과 답변만 바뀌고 null은 지웁니다. `edits`의 null은 처음 글로 되돌립니다."""

    company: CompanyIn | None = None
    survey: dict[Annotated[str, Field(max_length=40)], Said | None] | None = None
    as_of: Day | None = None
    edits: Annotated[dict[Key, Text | None], Field(max_length=100)] = Field(default_factory=dict)

    @property
    def case(self) -> dict[str, dict[str, object]]:
        """The fields and replies that were sent, and no others."""
        sent: dict[str, dict[str, object]] = {}
        if self.company is not None:
            sent["company"] = self.company.model_dump(mode="json", exclude_unset=True)
        if self.survey is not None:
            sent["survey"] = dict(self.survey)
        return sent


class ReissueIn(Inbound):
    """`as_of`를 비우면 오늘을 기준으로 다시 진단합니다."""

    as_of: Day | None = None


class ListedOut(BaseModel):
    """목록 한 줄입니다."""

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


class DiagnosisPage(BaseModel):
    """진단 목록 한 쪽입니다. 쪽은 1부터 셉니다."""

    diagnoses: list[ListedOut]
    page: int
    per_page: int
    total: int
    pages: int


class RecommendationOut(BaseModel):
    """추천한 지원사업 하나입니다."""

    program_id: str
    name: str
    year: int | None
    verdict: Verdict | None
    status: PeriodStatus


class DiagnosisOut(BaseModel):
    """진단 하나: 초안이면 `number`가 없고, `editable`은 `edits`로 고칠 수 있는 글의 이름입니다."""

    id: str
    status: Status
    number: str | None
    branch: str
    former: Annotated[str | None, Field(description="재발급이면 이전 발급 번호")]
    as_of: date
    generation: str
    created_at: datetime
    updated_at: datetime
    expires_at: Annotated[datetime | None, Field(description="초안이 지워지는 때")]
    issued_at: datetime | None
    company: CompanyIn
    survey: dict[str, Said | None]
    level: Level | None
    recommendations: list[RecommendationOut]
    asks: Annotated[list[str], Field(description="더 알면 판정할 수 있는 것")]
    edits: dict[str, str]
    editable: list[str]
    report: Annotated[dict[str, object], Field(description="보고서의 내용. report.json과 같습니다.")]


class OptionOut(BaseModel):
    """고를 수 있는 답 하나입니다."""

    id: str
    text: str


class SurveyQuestionOut(BaseModel):
    """설문 문항 하나와 그 근거가 되는 문서의 글입니다. `kind`는 one, many, amount(원), words입니다."""

    id: str
    topic: str
    text: str
    kind: str
    options: list[OptionOut]
    document: str
    page: int
    quote: str


def diagnosis_out(dossier: Dossier) -> DiagnosisOut:
    """A diagnosis as callers see it."""
    diagnosis = dossier.diagnosis
    return DiagnosisOut(
        id=dossier.id,
        status=dossier.status,
        number=dossier.number,
        branch=dossier.branch,
        former=dossier.former,
        as_of=dossier.as_of,
        generation=dossier.generation,
        created_at=dossier.created_at,
        updated_at=dossier.updated_at,
        expires_at=dossier.expires_at,
        issued_at=dossier.issued_at,
        company=CompanyIn.model_validate(dossier.case.get("company", {})),
        survey=CaseIn.model_validate({"survey": dossier.case.get("survey", {})}).survey,
        level=diagnosis.level.level if diagnosis else None,
        recommendations=_recommendations(diagnosis),
        asks=list(diagnosis.asks) if diagnosis else [],
        edits=dict(dossier.edits),
        editable=list(dossier.editable),
        report=json.loads(render(dossier.report)),
    )


def diagnosis_page(total: int, found: tuple[Listed, ...], page: int, per_page: int) -> DiagnosisPage:
    """One page of a list as callers see it."""
    lines = [ListedOut.model_validate(each, from_attributes=True) for each in found]
    return DiagnosisPage(diagnoses=lines, page=page, per_page=per_page, total=total, pages=-(-total // per_page))


def question_out(asked: SurveyQuestion) -> SurveyQuestionOut:
    """A question of the survey as callers see it."""
    return SurveyQuestionOut.model_validate(asked, from_attributes=True)


def _recommendations(diagnosis: Diagnosis | None) -> list[RecommendationOut]:
    return [_recommendation(found) for found in diagnosis.recommendations] if diagnosis else []


def _recommendation(found: Recommendation) -> RecommendationOut:
    match, program = found.match, found.match.program
    return RecommendationOut(
        program_id=program.id, name=program.name, year=program.year, verdict=match.verdict, status=match.status
    )
