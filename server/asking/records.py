"""Records: facts of an answer as callers get them, each with the mark of its citation; `making` makes them."""

from __future__ import annotations

from datetime import date
from datetime import time as hour_of_day
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from rag.domain import Arrival, BenefitKind, ChangeKind, PeriodKind, PeriodStatus, Result, Verdict
from rag.messages import KEPT, RECOGNISED
from rag.messages.of_staff import ANNOUNCED
from server.asking.announced_wire import AnnouncementOut


class DocumentOut(BaseModel):
    """The document a citation points to; `recognised_pages` were read from pictures and may be misread.

    `kept` where its file as it is now could not be read, and this is what was read of it earlier.
    """

    id: str = Field(description="문서의 id. /documents/{source_id}에 씁니다.")
    title: str = Field(description="문서의 제목")
    publisher: str = Field(description="발행한 곳")
    published_on: str = Field(description="발행한 때(YYYY, YYYY-MM 또는 YYYY-MM-DD). 모르면 빈 글")
    url: str | None = Field(description="문서를 볼 수 있는 주소. 없으면 null")
    recognised_pages: Annotated[tuple[int, ...], Field(description="스캔 문서에서 글자 인식으로 읽은 쪽")]
    kept: Annotated[bool, Field(description=KEPT)]
    also: Annotated[tuple[str, ...], Field(description="같은 공고가 실린 다른 주소")]
    collected_on: str | None = Field(
        default=None, description="이 파일이 자료에 들어온 날(YYYY-MM-DD). 모르면 null", examples=["2026-03-02"]
    )
    checked_on: str | None = Field(
        default=None,
        description="원래 있던 곳의 내용이 그대로인지 마지막으로 확인한 날(YYYY-MM-DD). 모르면 null",
        examples=[None],
    )


class CitationOut(BaseModel):
    """A mark of the answer and the words it stands for; `pages` are first and last, 1 where they are not known.

    `recognised` where those words were read from a picture of a page, and may be misread; `place` is where a reader is
    told to look, and `caution` how those words came to be known, where that is a reason for care.
    """

    mark: int = Field(description="답변에 [1]처럼 적힌 출처 번호")
    document: DocumentOut = Field(description="그 글이 있는 문서")
    pages: tuple[int, int] = Field(description="첫 쪽과 끝 쪽. 쪽을 모르면 1")
    section: str = Field(description="그 글이 있는 제목")
    quote: str = Field(description="그 쪽에 적힌 글 그대로")
    recognised: Annotated[bool, Field(description=RECOGNISED)]
    place: str = Field(default="", description="문서에서 찾아볼 자리. 쪽이 없으면 제목", examples=["17쪽"])
    caution: str = Field(default="", description="그 글을 어떻게 알았는지에 관한 주의. 없으면 빈 글", examples=[""])


class RecurrenceOut(BaseModel):
    """A window that comes again every month (days 1–31, 31 its last) or week (0–6, 0 Monday), both ends within it."""

    unit: Literal["month", "week"] = Field(description="달마다(month)인지 주마다(week)인지")
    first: int = Field(description="첫날. 달이면 1~31일(31은 말일), 주면 0(월)~6(일)")
    last: int = Field(description="마지막 날. 달이면 1~31일(31은 말일), 주면 0(월)~6(일)")


class PeriodOut(BaseModel):
    """When one may apply; `days_left` counts only while a period with a last day is open.

    `opens_at` and `closes_at` are the hours of the first and the last day, in Korea; `expected_from` and `expected_to`
    bound the months named by a period that is only announced. `recurs` is a window that comes again, `round` the one of
    several rounds that this is. Nothing is received on the weekdays `closed` (0 Monday), nor on holidays where
    `closed_on_holidays`. `arrival` tells what counts of a paper sent by post, `until_spent` that money may end the
    period earlier, `changed` what a later notice did to it, and `unread` the title of one that could not be read.
    """

    kind: PeriodKind = Field(description="문서가 접수기간을 적은 방법")
    status: PeriodStatus = Field(description="기준일의 접수 상태")
    opens_on: date | None = Field(description="접수 첫날(YYYY-MM-DD)")
    closes_on: date | None = Field(description="접수 마지막 날(YYYY-MM-DD)")
    days_left: int | None = Field(description="마지막 날까지 남은 날 수(일). 접수 중일 때만 셉니다.")
    text: str = Field(description="문서에 적힌 글")
    opens_at: hour_of_day | None = Field(description="첫날의 시각(HH:MM:SS, 한국)")
    closes_at: hour_of_day | None = Field(description="마지막 날의 시각(HH:MM:SS, 한국)")
    expected_from: date | None = Field(description="예정된 달의 첫날(YYYY-MM-DD)")
    expected_to: date | None = Field(description="예정된 달의 끝날(YYYY-MM-DD)")
    recurs: RecurrenceOut | None = Field(description="되풀이되는 기간. 아니면 null")
    round: str = Field(description="여러 차수 가운데 어느 것인지(2차). 없으면 빈 글")
    closed: list[int] = Field(description="접수하지 않는 요일. 0(월)~6(일)")
    closed_on_holidays: bool = Field(description="공휴일에는 접수하지 않는지")
    arrival: Arrival | None = Field(
        description="우편은 소인이 찍힌 날(postmark)이나 도착한 날(arrived) 가운데 무엇으로 보는지"
    )
    until_spent: bool = Field(description="예산이 떨어지면 먼저 끝나는지")
    changed: ChangeKind | None = Field(description="뒤의 공고가 이 기간을 어떻게 바꿨는지")
    unread: str = Field(description="기간을 바꿨을 수 있지만 읽지 못한 공고의 제목. 없으면 빈 글")
    citation: int | None = Field(description="출처 번호. 문서에 없으면 null")


class FindingOut(BaseModel):
    """One condition of a programme against the company."""

    criterion: str = Field(description="문서에 적힌 지원요건")
    result: Result = Field(description="이 기업이 그 요건에 맞는지")
    reason: str = Field(description="그렇게 판정한 까닭")
    ask: str | None = Field(description="판정에 더 필요한 것을 묻는 말. 없으면 null")
    citation: int | None = Field(description="출처 번호. 문서에 없으면 null")


class ContactOut(BaseModel):
    """Whom to ask; no phones where none is known.

    `extension` is dialled behind the first of the phones, faxes are no phones, `purpose` is what the desk is for
    where that is not everything. `since` and `until` are the first and the last day on which it answers, where another
    takes its place.
    """

    organisation: str = Field(description="기관")
    department: str | None = Field(description="부서. 모르면 null")
    person: str | None = Field(description="담당자. 모르면 null")
    phones: list[str] = Field(description="전화번호. 없으면 빈 목록")
    extension: str = Field(description="첫 전화번호 뒤에 누르는 내선 번호. 없으면 빈 글")
    faxes: list[str] = Field(description="팩스 번호")
    purpose: str = Field(description="이곳이 맡은 일(접수, 시스템 오류). 모두 맡으면 빈 글")
    since: date | None = Field(description="안내를 시작하는 날(YYYY-MM-DD). 다른 곳의 일을 넘겨받을 때만")
    until: date | None = Field(description="안내가 끝나는 날(YYYY-MM-DD). 다른 곳에 일을 넘길 때만")
    emails: list[str] = Field(description="전자우편 주소")
    urls: list[str] = Field(description="누리집 주소")
    regions: list[str] = Field(description="맡은 지역. 빈 목록은 지역을 가리지 않는다는 뜻")
    citation: int | None = Field(description="출처 번호. 문서에 없으면 null")


class KeyOut(BaseModel):
    """What tells a programme from others of its name; empty where it is not known."""

    authority: str = Field(description="주는 부처나 지방정부. 모르면 빈 글")
    region: str = Field(description="그 지방정부의 지역. 전국이거나 모르면 빈 글")
    year: int | None = Field(description="어느 해의 사업인지(연도). 모르면 null")
    round: str = Field(description="그해의 몇 번째 모집인지(2차). 모르면 빈 글")


class TrackOut(BaseModel):
    """One part of a programme, judged for itself."""

    name: str = Field(description="세부 유형의 이름")
    verdict: Verdict | None = Field(description="이 세부 유형의 대상인지. 기업 정보가 없으면 null")
    period: PeriodOut = Field(description="이 세부 유형의 접수기간")
    findings: list[FindingOut] = Field(description="지원요건마다의 판정")
    contacts: list[ContactOut] = Field(description="이 세부 유형의 문의처")


class ProgramOut(BaseModel):
    """A programme the answer recommends or is about; verdict and period are those of the part asked about, or the best.

    `unread` are clauses of its conditions that were not read: while there are any, the verdict is at best `possible`.
    """

    id: str = Field(description="지원사업의 id. /v1/programs/{program_id}에 씁니다.")
    name: str = Field(description="지원사업의 이름")
    year: int | None = Field(description="어느 해의 사업인지(연도). 모르면 null")
    ministry: str = Field(description="주는 부처나 지방정부")
    agency: str = Field(description="맡아 하는 기관")
    kinds: list[BenefitKind] = Field(default=[], description="지원의 종류", examples=[["voucher"]])
    amount: int | None = Field(
        default=None, description="한 기업이 많아야 얼마를 받는지(원). 문서에 없으면 null", examples=[20_000_000]
    )
    key: KeyOut = Field(description="같은 이름의 다른 사업과 가르는 것")
    verdict: Verdict | None = Field(
        description="대상인지. 물은 세부 유형의 판정이며, 묻지 않았으면 가장 나은 것. 기업 정보가 없으면 null"
    )
    period: PeriodOut = Field(description="접수기간. 물은 세부 유형의 것이며, 묻지 않았으면 가장 나은 것")
    findings: list[FindingOut] = Field(description="지원요건마다의 판정")
    tracks: list[TrackOut] = Field(description="세부 유형마다의 판정")
    unread: list[str] = Field(description="지원요건 가운데 읽지 못한 글. 있으면 판정은 possible까지만 갑니다.")
    announcements: list[AnnouncementOut] = Field(default=[], description=ANNOUNCED, examples=[[]])
