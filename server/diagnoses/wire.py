"""Diagnoses on the wire: what a consultant sends flows in; a diagnosis, its line in a list or the survey flows out."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from rag.diagnosis.records import Diagnosis, Level, Recommendation
from rag.diagnosis.survey import SurveyQuestion
from rag.domain import PeriodStatus, Verdict
from server.asking.values import Day, Inbound
from server.diagnoses.dossier import Dossier, Listed
from server.diagnoses.intake import CaseIn, CompanyIn, Said
from server.reports.json import render
from server.store.shelf import Status

Key = Annotated[str, Field(max_length=100)]
Text = Annotated[str, Field(max_length=20_000)]


class DraftIn(CaseIn):
    """기업 개요와 설문 답변입니다. 무엇이든 비울 수 있고, `as_of`를 비우면 오늘을 기준으로 진단합니다."""

    as_of: Day | None = Field(default=None, description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.")


class EditIn(Inbound):
    """바꿀 것만 적습니다. 적은 칸과 답변만 바뀌고 null은 지웁니다. `edits`의 null은 처음 글로 되돌립니다."""

    company: CompanyIn | None = Field(default=None, description="바꿀 기업 개요. 적은 칸만 바뀝니다.")
    survey: dict[Annotated[str, Field(max_length=40)], Said | None] | None = Field(
        default=None, description="바꿀 설문 답변: 문항의 id에서 답으로. null은 지웁니다."
    )
    as_of: Day | None = Field(default=None, description="바꿀 기준일(YYYY-MM-DD)")
    edits: Annotated[dict[Key, Text | None], Field(max_length=100)] = Field(
        description="바꿀 글: editable의 이름에서 글(20,000자까지)로. null은 처음 글로 되돌립니다.",
        default_factory=dict,
    )

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

    as_of: Day | None = Field(default=None, description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.")


class ListedOut(BaseModel):
    """목록 한 줄입니다."""

    id: str = Field(description="진단의 id")
    status: Status = Field(description="초안(draft)인지 발급(issued)인지")
    number: str | None = Field(description="발급 번호. 초안이면 null")
    company: str | None = Field(description="기업의 이름. 적지 않았으면 null")
    branch: str = Field(description="관할 지사. 모르면 빈 글")
    former: str | None = Field(description="재발급이면 이전 발급 번호")
    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    created_at: datetime = Field(description="만든 때(ISO 8601)")
    updated_at: datetime = Field(description="마지막으로 고친 때(ISO 8601)")
    expires_at: datetime | None = Field(description="초안이 지워지는 때(ISO 8601). 발급했으면 null")
    issued_at: datetime | None = Field(description="발급한 때(ISO 8601). 초안이면 null")


class DiagnosisPage(BaseModel):
    """진단 목록 한 쪽입니다. 쪽은 1부터 셉니다."""

    diagnoses: list[ListedOut] = Field(description="이 쪽의 진단")
    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.")
    per_page: int = Field(description="한 쪽에 몇 개까지인지")
    total: int = Field(description="모두 몇 개인지")
    pages: int = Field(description="모두 몇 쪽인지. 없으면 0")


class RecommendationOut(BaseModel):
    """추천한 지원사업 하나입니다."""

    program_id: str = Field(description="지원사업의 id")
    name: str = Field(description="지원사업의 이름")
    year: int | None = Field(description="어느 해의 사업인지(연도). 모르면 null")
    verdict: Verdict | None = Field(description="대상인지")
    status: PeriodStatus = Field(description="기준일의 접수 상태")


class DiagnosisOut(BaseModel):
    """진단 하나: 초안이면 `number`가 없고, `editable`은 `edits`로 고칠 수 있는 글의 이름입니다."""

    id: str = Field(description="진단의 id")
    status: Status = Field(description="초안(draft)인지 발급(issued)인지")
    number: str | None = Field(description="발급 번호. 초안이면 null")
    branch: str = Field(description="관할 지사. 모르면 빈 글")
    former: Annotated[str | None, Field(description="재발급이면 이전 발급 번호")]
    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    generation: str = Field(description="진단한 색인 판의 번호")
    created_at: datetime = Field(description="만든 때(ISO 8601)")
    updated_at: datetime = Field(description="마지막으로 고친 때(ISO 8601)")
    expires_at: Annotated[datetime | None, Field(description="초안이 지워지는 때(ISO 8601). 발급했으면 null")]
    issued_at: datetime | None = Field(description="발급한 때(ISO 8601). 초안이면 null")
    company: CompanyIn = Field(description="기업 개요")
    survey: dict[str, Said | None] = Field(description="설문 답변: 문항의 id에서 답으로")
    level: Level | None = Field(description="AI 수준. 답변이 모자라면 null")
    recommendations: list[RecommendationOut] = Field(description="추천한 지원사업. 3개까지")
    asks: Annotated[list[str], Field(description="더 알면 판정할 수 있는 것")]
    asked: Annotated[
        list[str], Field(description="asks의 물음마다, 그 답을 적는 칸(company의 이름이나 survey의 문항 id)")
    ]
    edits: dict[str, str] = Field(description="고친 글: 이름에서 글로")
    editable: list[str] = Field(description="고칠 수 있는 글의 이름")
    report: Annotated[dict[str, object], Field(description="보고서의 내용. report.json과 같습니다.")]


class OptionOut(BaseModel):
    """고를 수 있는 답 하나입니다."""

    id: str = Field(description="답의 id")
    text: str = Field(description="답의 글")


class SurveyQuestionOut(BaseModel):
    """설문 문항 하나와 그 근거가 되는 문서의 글입니다. `kind`는 one, many, amount(원), words입니다."""

    id: str = Field(description="문항의 id. survey에 씁니다.")
    topic: str = Field(description="무엇을 묻는지, 짧게")
    text: str = Field(description="묻는 말")
    kind: str = Field(description="답하는 방법: one(하나 고르기), many(여럿 고르기), amount(금액, 원), words(글)")
    options: list[OptionOut] = Field(description="고를 수 있는 답. 금액이나 글이면 빈 목록")
    document: str = Field(description="근거가 되는 문서의 id")
    page: int = Field(description="그 문서의 쪽")
    quote: str = Field(description="그 쪽에 적힌 글")


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
        asked=list(diagnosis.asked) if diagnosis else [],
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
