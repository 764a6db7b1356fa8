"""Items: what a consultant writes down of a company over the years, one frozen record a kind; anything may be blank.

One definition serves the store, the API and the documents: `title` is what a document calls a field, `description` what
an API's reader needs. Days are dates in Korea, money is KRW, hours are whole, scores run from 1 to 5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from rag.inbound import NOT_BLANK, iso_day, printable, whole, within_reach

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    BeforeValidator(printable),
    Field(json_schema_extra={"pattern": NOT_BLANK}),
]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    BeforeValidator(printable),
    Field(json_schema_extra={"pattern": NOT_BLANK}),
]
Day = Annotated[
    date,
    BeforeValidator(iso_day),
    AfterValidator(within_reach),
    Field(json_schema_extra={"pattern": "^(199[0-9]|20[0-9]{2}|2100)-"}),
]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000), BeforeValidator(whole)]
Won = Annotated[int, Field(strict=True, ge=0, le=10**13), BeforeValidator(whole)]
Score = Annotated[float, Field(strict=True, ge=1, le=5)]
Grade = Annotated[int, Field(strict=True, ge=1, le=5), BeforeValidator(whole)]
Month = Annotated[str, StringConstraints(pattern=r"^(199[0-9]|20[0-9]{2})-(0[1-9]|1[0-2])$")]
Said = Text | Annotated[int, Field(strict=True), BeforeValidator(whole)] | list[Name]
MOST = 40
"""Of names or rows in one item."""


class PlanKind(StrEnum):
    """계획의 종류: a problem that the company solves as it learns (PBL), training on the job (S-OJT), or a course."""

    PROBLEM = "problem"
    ON_JOB = "on_job"
    COURSE = "course"


class SurveyKind(StrEnum):
    """조사의 종류: the company's wants before, and of those trained how content they were, what they learned, what they
    use one to three months later.
    """

    WANTS = "wants"
    SATISFACTION = "satisfaction"
    ACHIEVEMENT = "achievement"
    APPLICATION = "application"


class Decision(StrEnum):
    """경영진의 결정: what the head of the company decides of a course."""

    STRENGTHEN = "강화"
    KEEP = "유지"
    DROP = "폐지"


class Method(StrEnum):
    """만난 방법: how one met."""

    VISIT = "방문"
    PHONE = "전화"
    VIDEO = "화상"


_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Visit:
    """수행일지: one meeting, and what was agreed."""

    __pydantic_config__ = _STRICT

    day: Annotated[Day | None, Field(title="날짜", description="만난 날(YYYY-MM-DD)")] = None
    place: Annotated[Name | None, Field(title="장소", description="만난 곳(200자까지)")] = None
    people: Annotated[
        tuple[Name, ...], Field(title="만난 사람", description="만난 사람의 이름이나 직책", max_length=MOST)
    ] = ()
    method: Annotated[Method | None, Field(title="방법", description="방문, 전화, 화상")] = None
    topics: Annotated[Text | None, Field(title="나눈 이야기", description="나눈 이야기(2,000자까지)")] = None
    agreed: Annotated[Text | None, Field(title="합의한 것", description="합의한 것(2,000자까지)")] = None
    next_day: Annotated[Day | None, Field(title="다음 일정", description="다음에 할 날(YYYY-MM-DD)")] = None
    next_what: Annotated[Name | None, Field(title="다음 할 일", description="그날 할 일(200자까지)")] = None


@dataclass(frozen=True, slots=True)
class Gap:
    """직무·과업의 격차: how much a task matters, where people stand, where they should; measured on a day."""

    __pydantic_config__ = _STRICT

    duty: Annotated[Name | None, Field(title="직무", description="직무(200자까지)")] = None
    task: Annotated[Name | None, Field(title="과업", description="과업(200자까지)")] = None
    importance: Annotated[Grade | None, Field(title="중요도", description="중요도(1~5)")] = None
    current: Annotated[Grade | None, Field(title="현수준", description="지금 수준(1~5)")] = None
    target: Annotated[Grade | None, Field(title="목표수준", description="목표 수준(1~5)")] = None
    measured_on: Annotated[Day | None, Field(title="확인한 날", description="수준을 확인한 날(YYYY-MM-DD)")] = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """교과: one subject of a course, and its hours."""

    __pydantic_config__ = _STRICT

    subject: Annotated[Name, Field(title="교과", description="교과의 이름(200자까지)")]
    hours: Annotated[Count | None, Field(title="시간", description="시간")] = None


@dataclass(frozen=True, slots=True)
class Plan:
    """훈련 계획: a PBL problem sheet, training on the job (S-OJT) or a course; fields of other kinds stay blank."""

    __pydantic_config__ = _STRICT

    kind: Annotated[PlanKind, Field(title="종류", description="problem(PBL), on_job(S-OJT), course(과정)")]
    title: Annotated[Name | None, Field(title="과정명", description="과정이나 과제의 이름(200자까지)")] = None
    goal: Annotated[Text | None, Field(title="목표", description="훈련 목표(2,000자까지)")] = None
    issue: Annotated[Text | None, Field(title="문제", description="풀려는 현장의 문제(PBL)")] = None
    now: Annotated[Name | None, Field(title="현재값", description="지금의 값. 예: 불량률 4.2%")] = None
    wanted: Annotated[Name | None, Field(title="목표값", description="이루려는 값. 예: 불량률 2%")] = None
    data: Annotated[Text | None, Field(title="데이터", description="쓸 수 있는 데이터(2,000자까지)")] = None
    ai_expert: Annotated[Name | None, Field(title="AI 분야 전문가", description="팀의 AI 분야 전문가")] = None
    field_expert: Annotated[Name | None, Field(title="도메인 분야 전문가", description="팀의 도메인 전문가")] = None
    inner_expert: Annotated[Name | None, Field(title="기업 내부전문가", description="팀의 기업 내부전문가")] = None
    outputs: Annotated[Text | None, Field(title="산출물", description="남길 산출물(2,000자까지)")] = None
    trainer: Annotated[Name | None, Field(title="훈련교사", description="가르치는 사람(S-OJT)")] = None
    trainees: Annotated[
        tuple[Name, ...], Field(title="훈련생", description="배우는 사람의 이름이나 직책", max_length=MOST)
    ] = ()
    ncs: Annotated[Name | None, Field(title="NCS 분류", description="NCS 분류의 이름이나 번호")] = None
    lessons: Annotated[tuple[Lesson, ...], Field(title="교과", description="교과와 시간", max_length=MOST)] = ()
    people: Annotated[Count | None, Field(title="인원", description="훈련 인원(명)")] = None
    hours: Annotated[Count | None, Field(title="시간", description="모두 몇 시간인지. 교과를 적으면 그 합")] = None
    first_month: Annotated[Month | None, Field(title="시작 월", description="시작하는 달(YYYY-MM)")] = None
    last_month: Annotated[Month | None, Field(title="끝 월", description="끝나는 달(YYYY-MM)")] = None
    payer: Annotated[Name | None, Field(title="재원", description="비용을 대는 지원사업의 이름이나 '자체'")] = None
    cost: Annotated[Won | None, Field(title="비용", description="모두 드는 돈(원)")] = None
    own_share: Annotated[Won | None, Field(title="자부담", description="그 가운데 회사가 내는 돈(원)")] = None
    kpi: Annotated[Text | None, Field(title="성과지표", description="무엇으로 성과를 볼지(2,000자까지)")] = None

    @property
    def whole_hours(self) -> int | None:
        """The hours told, or those of the subjects together where each tells its own."""
        told = [lesson.hours for lesson in self.lessons if lesson.hours is not None]
        return self.hours if self.hours is not None else sum(told) if told and len(told) == len(self.lessons) else None

    @property
    def months(self) -> int | None:
        """How many months it goes on, the first and the last counted."""
        if self.first_month is None:
            return None
        first, last = (
            int(told[:4]) * 12 + int(told[5:]) for told in (self.first_month, self.last_month or self.first_month)
        )
        return last - first + 1 if last >= first else None


@dataclass(frozen=True, slots=True)
class Run:
    """훈련 실시: a plan as it was carried out, and what is decided of it."""

    __pydantic_config__ = _STRICT

    plan: Annotated[Name | None, Field(title="계획", description="실시한 계획의 id")] = None
    title: Annotated[Name | None, Field(title="과정명", description="계획에 없던 훈련이면 그 이름")] = None
    first_day: Annotated[Day | None, Field(title="시작일", description="시작한 날(YYYY-MM-DD)")] = None
    last_day: Annotated[Day | None, Field(title="종료일", description="끝난 날(YYYY-MM-DD)")] = None
    people: Annotated[Count | None, Field(title="참여 인원", description="참여한 사람 수(명)")] = None
    completed: Annotated[Count | None, Field(title="수료 인원", description="수료한 사람 수(명)")] = None
    hours: Annotated[Count | None, Field(title="시간", description="실시한 시간")] = None
    paid: Annotated[Won | None, Field(title="지원받은 돈", description="지원받은 돈(원)")] = None
    own_share: Annotated[Won | None, Field(title="자부담", description="회사가 낸 돈(원)")] = None
    reached: Annotated[Name | None, Field(title="도달값", description="이룬 값. 예: 불량률 2.4%")] = None
    feedback: Annotated[Text | None, Field(title="피드백", description="컨설턴트의 제언(2,000자까지)")] = None
    decision: Annotated[Decision | None, Field(title="경영진의 결정", description="강화, 유지, 폐지")] = None


@dataclass(frozen=True, slots=True)
class Survey:
    """조사: what a company wants by the questions of its survey, or what those trained said of a run, on a day."""

    __pydantic_config__ = _STRICT

    kind: Annotated[
        SurveyKind,
        Field(
            title="조사",
            description="wants(훈련수요), satisfaction(만족도), achievement(성취도), application(현업적용도)",
        ),
    ]
    run: Annotated[Name | None, Field(title="훈련", description="조사한 훈련 실시의 id")] = None
    day: Annotated[Day | None, Field(title="조사한 날", description="조사한 날(YYYY-MM-DD)")] = None
    respondents: Annotated[Count | None, Field(title="응답자", description="답한 사람 수(명)")] = None
    scores: Annotated[
        dict[Name, Score], Field(title="점수", description="문항에서 평균 점수(1~5)로", max_length=MOST)
    ] = field(default_factory=dict)
    comments: Annotated[tuple[Text, ...], Field(title="의견", description="적어 준 의견", max_length=MOST)] = ()
    replies: Annotated[
        dict[Name, Said], Field(title="답변", description="훈련수요조사의 답: 문항의 id에서 답으로", max_length=MOST)
    ] = field(default_factory=dict)

    @property
    def average(self) -> float | None:
        """The mean of the scores; None where none was told."""
        return sum(self.scores.values()) / len(self.scores) if self.scores else None


Item = Visit | Gap | Plan | Run | Survey
KINDS: dict[str, type[Visit] | type[Gap] | type[Plan] | type[Run] | type[Survey]] = {
    "visits": Visit,
    "gaps": Gap,
    "plans": Plan,
    "runs": Run,
    "surveys": Survey,
}
"""The kinds by the name of their list."""
CALLED: dict[str, str] = {
    "visits": "수행일지",
    "gaps": "직무·과업 격차",
    "plans": "훈련 계획",
    "runs": "실시한 훈련",
    "surveys": "조사",
}
"""What users are told for each kind."""
