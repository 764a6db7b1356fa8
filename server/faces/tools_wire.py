"""Tools on the wire: what a language model may ask for, and the short records, with their units, that it gets."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from rag.domain import AnswerStatus, BenefitKind, PeriodStatus, Result, SizeClass, Verdict
from rag.messages.of_staff import ANNOUNCED
from server.asking.request import ProfileIn
from server.asking.values import Day, Inbound, Words

AS_OF = "기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다."
REGION = "지역. '경기도 화성시'처럼 시·도나 시·군·구"
PROFILE: dict[str, Any] = {"region": "경기도 화성시", "employees": 32, "industry": "부품 제조", "size": "중소기업"}
PROFILE_IS = (
    "기업 정보. 모르는 것은 비웁니다. region 사업장 지역, industry 업종, employees 상시근로자 수(명), "
    "size 규모, founded 설립 연도, insured 고용보험 가입 여부, needs 필요한 것"
)
# Most of each sort of record in one result, and letters of one text: a result is read by a language model.
MOST_FINDINGS, MOST_FACTS, MOST_SOURCES, MOST_LETTERS = 12, 20, 20, 400


class AskArguments(Inbound):
    """A question."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "가상 바우처는 언제까지 신청하나요?", "profile": PROFILE}]}
    )

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)] = Field(
        description="홀로 읽어도 뜻이 통하는 한국어나 영어 물음(1~2,000자). 앞선 대화는 전해지지 않습니다.",
        examples=["가상 바우처는 언제까지 신청하나요?"],
    )
    profile: ProfileIn | None = Field(default=None, description=PROFILE_IS, examples=[PROFILE])
    as_of: Day | None = Field(default=None, description=AS_OF, examples=["2026-03-20"])


class MatchArguments(Inbound):
    """A company to find programmes for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"profile": PROFILE}]})

    profile: ProfileIn = Field(description=PROFILE_IS, examples=[PROFILE])
    as_of: Day | None = Field(default=None, description=AS_OF, examples=["2026-03-20"])
    limit: int = Field(default=10, ge=1, le=20, strict=True, description="많아야 몇 개(1~20)", examples=[10])


class ProgramsArguments(Inbound):
    """Filters of the catalogue, or the programme wanted whole."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "open", "region": "경기도"}]})

    id: Words | None = Field(
        default=None, description="이 id의 사업 하나를 자세히. 다른 조건은 보지 않습니다.", examples=[None]
    )
    q: Words | None = Field(default=None, description="이름이나 내용에 모두 있는 낱말", examples=["바우처"])
    status: PeriodStatus | None = Field(
        default=None,
        description="접수 상태: open 접수 중, upcoming 예정, always 상시, closed 마감, cancelled 취소, unknown 모름",
        examples=["open"],
    )
    region: Words | None = Field(default=None, description=REGION, examples=["경기도 화성시"])
    ministry: Words | None = Field(default=None, description="부처나 지방정부의 이름", examples=["중소벤처기업부"])
    kind: BenefitKind | None = Field(
        default=None,
        description="지원의 종류: grant 보조금, voucher 바우처, loan 융자, guarantee 보증, training 교육, "
        "consulting 상담, facility 시설",
        examples=["voucher"],
    )
    size: SizeClass | None = Field(default=None, description="기업 규모", examples=["중소기업"])
    as_of: Day | None = Field(default=None, description=AS_OF, examples=["2026-03-20"])
    page: int = Field(default=1, ge=1, le=100_000, strict=True, description="몇째 쪽(1부터)", examples=[1])
    per_page: int = Field(default=10, ge=1, le=20, strict=True, description="한 쪽에 몇 개(1~20)", examples=[10])


class ContactsArguments(Inbound):
    """Whose contacts, and from where."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"program": "가상 바우처", "region": "경기도 화성시"}]})

    program: Words = Field(description="사업의 이름이나 id", examples=["가상 바우처"])
    region: Words | None = Field(default=None, description=f"{REGION}. 그곳을 맡은 곳만", examples=["경기도 화성시"])
    as_of: Day | None = Field(default=None, description=AS_OF, examples=["2026-03-20"])
    limit: int = Field(default=10, ge=1, le=50, strict=True, description="많아야 몇 곳(1~50)", examples=[10])


class DeadlinesArguments(Inbound):
    """The days between which something closes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"from": "2026-03-20", "to": "2026-04-30"}]})

    first: Day | None = Field(
        default=None, alias="from", description="첫날(YYYY-MM-DD). 비우면 오늘(한국)", examples=["2026-03-20"]
    )
    last: Day | None = Field(
        default=None, alias="to", description="마지막 날(YYYY-MM-DD). 비우면 첫날부터 30일", examples=["2026-04-30"]
    )
    region: Words | None = Field(default=None, description=REGION, examples=["경기도 화성시"])
    limit: int = Field(default=20, ge=1, le=50, strict=True, description="많아야 몇 개(1~50)", examples=[20])


class ToolResult(BaseModel):
    """What every result says of itself."""

    as_of: date = Field(description="이 날을 기준으로 판단했습니다(YYYY-MM-DD).", examples=["2026-03-20"])
    generation: str = Field(description="답한 색인 판의 번호", examples=["20260320T090000-0"])


class PeriodShort(BaseModel):
    """When one may apply."""

    status: PeriodStatus = Field(description="접수 상태", examples=["open"])
    opens_on: date | None = Field(description="첫날(YYYY-MM-DD)", examples=["2026-03-02"])
    closes_on: date | None = Field(description="마지막 날(YYYY-MM-DD)", examples=["2026-04-20"])
    days_left: int | None = Field(description="기준일부터 마지막 날까지 남은 날 수", examples=[31])
    text: str = Field(description="문서에 적힌 글", examples=["3월 2일부터 4월 20일까지"])


class ProgramShort(BaseModel):
    """A programme in a line."""

    id: str = Field(description="사업의 id. programs와 contacts에 씁니다.", examples=["guide2026-1"])
    name: str = Field(description="사업의 이름", examples=["가상 바우처"])
    year: int | None = Field(description="어느 해의 사업인지(연도)", examples=[2026])
    ministry: str = Field(description="주는 부처나 지방정부", examples=["중소기업부"])
    agency: str = Field(description="맡아 하는 기관", examples=["가나다센터"])
    period: PeriodShort = Field(description="접수기간")
    announcements: list[str] = Field(default=[], description=ANNOUNCED, examples=[[]])


class FindingShort(BaseModel):
    """A condition against the company."""

    criterion: str = Field(description="문서에 적힌 요건", examples=["중소기업일 것"])
    result: Result = Field(description="met 맞음, unmet 맞지 않음, unknown 모름", examples=["unknown"])
    reason: str = Field(description="그렇게 본 까닭", examples=["규모를 알지 못합니다."])
    ask: str | None = Field(description="모를 때 물어볼 것", examples=["규모가 어떻게 됩니까?"])


class JudgedShort(ProgramShort):
    """A programme against the company."""

    verdict: Verdict | None = Field(
        description="eligible 요건에 모두 맞음, possible 확인할 것 있음, ineligible 맞지 않음", examples=["possible"]
    )
    findings: list[FindingShort] = Field(description="요건마다의 판정")
    unread: list[str] = Field(description="읽지 못한 요건. 있으면 확정할 수 없습니다.", examples=[[]])


class ContactShort(BaseModel):
    """Whom to call."""

    program: str = Field(description="어느 사업의 문의처인지", examples=["가상 바우처"])
    organisation: str = Field(description="기관", examples=["가나다센터"])
    department: str | None = Field(description="부서", examples=[None])
    purpose: str = Field(description="무엇을 묻는 곳인지. 모두이면 빈 글", examples=[""])
    phones: list[str] = Field(description="전화번호", examples=[["02-000-0000"]])
    emails: list[str] = Field(description="전자우편", examples=[[]])
    urls: list[str] = Field(description="누리집", examples=[[]])
    regions: list[str] = Field(description="맡은 지역. 빈 목록은 지역을 가리지 않음", examples=[["경기도 화성시"]])


class SourceShort(BaseModel):
    """What a mark of the answer stands for."""

    mark: int = Field(description="답의 [번호]", examples=[1])
    title: str = Field(description="문서의 제목", examples=["지원사업 안내"])
    publisher: str = Field(description="낸 곳", examples=["중소기업부"])
    published_on: str = Field(description="낸 날(아는 만큼)", examples=["2026-01"])
    place: str = Field(description="찾아볼 자리", examples=["17쪽"])
    quote: str = Field(description="그 자리의 글", examples=["4월 20일까지 접수합니다"])
    url: str | None = Field(description="원문의 주소", examples=[None])


class AskOut(ToolResult):
    """An answer."""

    status: AnswerStatus = Field(
        description="answered 답함, partial 일부, clarify 되물음, not_found 없음, out_of_scope 밖의 일, refused 거절, "
        "failed 실패",
        examples=["answered"],
    )
    answer: str = Field(description="답(마크다운). [번호]는 sources의 mark", examples=["4월 20일까지입니다. [1]"])
    clarifying_question: str | None = Field(description="되물을 것", examples=[None])
    programs: list[JudgedShort] = Field(description="답이 말하는 사업")
    contacts: list[ContactShort] = Field(description="답이 말하는 문의처")
    sources: list[SourceShort] = Field(description="출처")


class MatchesOut(ToolResult):
    """What fits a company."""

    programs: list[JudgedShort] = Field(description="맞는 순서대로. 맞지 않는 사업은 없습니다.")
    total: int = Field(description="맞거나 맞을 수 있는 사업이 모두 몇 개인지", examples=[12])


class BenefitShort(BaseModel):
    """What is given."""

    kind: BenefitKind = Field(description="지원의 종류", examples=["voucher"])
    text: str = Field(description="문서에 적힌 글", examples=["최대 2천만원"])
    ceiling: int | None = Field(description="한도(원). per마다입니다.", examples=[20_000_000])
    per: str = Field(description="한도가 무엇마다인지. 빈 글은 모두", examples=["월"])
    rate: float | None = Field(description="지원 비율(%)", examples=[50.0])
    own_share: float | None = Field(description="자부담 비율(%)", examples=[50.0])


class FactShort(BaseModel):
    """A statement of a programme."""

    label: str = Field(description="무엇에 관한 글인지", examples=["신청방법"])
    text: str = Field(description="문서에 적힌 글", examples=["누리집에서 신청"])


class ProgramWhole(ProgramShort):
    """A programme with its facts."""

    criteria: list[str] = Field(description="지원요건", examples=[["중소기업일 것"]])
    benefits: list[BenefitShort] = Field(description="지원내용")
    contacts: list[ContactShort] = Field(description="문의처")
    facts: list[FactShort] = Field(description="그 밖의 내용과 신청 절차")
    source: SourceShort | None = Field(description="읽은 문서")


class ProgramsOut(ToolResult):
    """A page of the catalogue, or one programme."""

    programs: list[ProgramShort] = Field(description="사업들. id로 물으면 비어 있습니다.")
    program: ProgramWhole | None = Field(description="id로 물은 사업")
    total: int = Field(description="모두 몇 개인지", examples=[41])
    page: int = Field(description="몇째 쪽(1부터)", examples=[1])
    pages: int = Field(description="모두 몇 쪽인지", examples=[5])


class ContactsOut(ToolResult):
    """Whom to call."""

    contacts: list[ContactShort] = Field(description="문의처")
    total: int = Field(description="모두 몇 곳인지", examples=[3])


class DeadlinesOut(ToolResult):
    """What closes within some days."""

    programs: list[ProgramShort] = Field(description="마감이 가까운 순서. 날이 적히지 않은 사업은 없습니다.")
    total: int = Field(description="모두 몇 개인지", examples=[12])
    first: date = Field(description="첫날(YYYY-MM-DD)", examples=["2026-03-20"])
    last: date = Field(description="마지막 날(YYYY-MM-DD)", examples=["2026-04-19"])
