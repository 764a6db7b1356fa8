"""The words on the wire: a `/v1/ask` request flows in as a Question, an Answer flows out as its response."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from datetime import time as hour_of_day
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StringConstraints
from pydantic_core import PydanticCustomError

from rag.conditions.tree import unread_of
from rag.domain import (
    Answer,
    AnswerMode,
    AnswerStatus,
    Arrival,
    Card,
    ChangeKind,
    Citation,
    CompanyProfile,
    Contact,
    CriterionField,
    Evidence,
    Finding,
    Match,
    Period,
    PeriodKind,
    PeriodStatus,
    Program,
    ProgramKey,
    Question,
    Result,
    SizeClass,
    Source,
    TrackMatch,
    Turn,
    Verdict,
)
from rag.errors import IndexDamaged
from rag.messages import KEPT, RECOGNISED, caution, place
from rag.periods import days_left
from rag.plan import to_json
from rag.reading.talk import recent

UNSTATED = "원문에서 확인되지 않음"


def iso_day(value: object) -> object:
    """Let only YYYY-MM-DD through; raises ValueError for time stamps and numbers, which pydantic would accept."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII)):
        return value
    raise ValueError("YYYY-MM-DD")


def whole(value: object) -> object:
    """A whole number written as `32.0` as `32`: JSON makes no difference between them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
"""Between these a day can be asked about: no document tells of others, and what is typed so is a slip."""


def _within_reach(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("day_out_of_range", "out of range", {"first": str(FIRST_DAY), "last": str(LAST_DAY)})
    return day


AnyDay = Annotated[date, BeforeValidator(iso_day)]
Day = Annotated[
    AnyDay, AfterValidator(_within_reach), Field(json_schema_extra={"pattern": "^(199[0-9]|20[0-9]{2}|2100)-"})
]
"""A day that can be asked about, 1990-01-01 to 2100-12-31."""
NOT_BLANK: dict[str, JsonValue] = {"pattern": r"\S"}
"""Said in the description alone: white space at the ends is taken away, and then something must be left."""
PLACE: dict[str, JsonValue] = {"format": "place"}
"""A place that the gazetteer knows, such as 경기도 화성시: no pattern tells which do."""
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Field(json_schema_extra=NOT_BLANK),
]
Place = Annotated[Words, Field(json_schema_extra=PLACE)]
Count = Annotated[int, Field(strict=True, ge=0, le=10_000_000), BeforeValidator(whole)]
Year = Annotated[int, Field(strict=True, ge=1800, le=2200), BeforeValidator(whole)]


class Inbound(BaseModel):
    """What a caller sends; a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class ProfileIn(Inbound):
    """What is known of the company; every field may be left out."""

    region: Place | None = Field(default=None, description="사업장이 있는 시·도나 시·군·구(200자까지)")
    industry: Words | None = Field(default=None, description="업종(200자까지)")
    employees: Count | None = Field(default=None, description="상시근로자 수(명)")
    size: SizeClass | None = Field(default=None, description="기업 규모")
    founded: Year | None = Field(default=None, description="설립 연도(년)")
    insured: Annotated[bool, Field(strict=True)] | None = Field(default=None, description="고용보험에 가입했는지")
    needs: Annotated[list[Words], Field(max_length=20)] = Field(
        default=[], description="필요한 것. 20개까지, 하나에 200자까지"
    )

    def profile(self) -> CompanyProfile:
        """The profile in the words of the product."""
        return CompanyProfile(
            self.region, self.industry, self.employees, self.size, self.founded, self.insured, tuple(self.needs)
        )


class TurnIn(Inbound):
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"] = Field(description="누구의 말인지: user(묻는 사람), assistant(앞선 답변)")
    content: Annotated[str, Field(max_length=20_000)] = Field(description="한 말(20,000자까지)")


class AskRequest(Inbound):
    """A question; `as_of` is today in Korea where it is not given; of `history` the end counts, see `recent`."""

    question: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
        Field(json_schema_extra=NOT_BLANK),
    ] = Field(description="묻는 말. 한국어나 영어로 1~2,000자")
    as_of: Day | None = Field(default=None, description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.")
    profile: ProfileIn | None = Field(default=None, description="기업 정보. 모르는 것은 비웁니다.")
    history: Annotated[list[TurnIn], Field(max_length=100)] = Field(
        default=[], description="앞선 대화. 100개까지이며 끝의 것부터 봅니다."
    )
    conversation_id: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="대화의 id(200자까지). 부르는 쪽이 정하며, 지울 때 씁니다."
    )

    def as_question(self, today: date) -> Question:
        """The question in the words of the product."""
        return Question(
            text=self.question,
            as_of=self.as_of or today,
            profile=self.profile.profile() if self.profile else CompanyProfile(),
            history=recent([Turn(turn.role, turn.content) for turn in self.history]),
        )


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
    key: KeyOut = Field(description="같은 이름의 다른 사업과 가르는 것")
    verdict: Verdict | None = Field(
        description="대상인지. 물은 세부 유형의 판정이며, 묻지 않았으면 가장 나은 것. 기업 정보가 없으면 null"
    )
    period: PeriodOut = Field(description="접수기간. 물은 세부 유형의 것이며, 묻지 않았으면 가장 나은 것")
    findings: list[FindingOut] = Field(description="지원요건마다의 판정")
    tracks: list[TrackOut] = Field(description="세부 유형마다의 판정")
    unread: list[str] = Field(description="지원요건 가운데 읽지 못한 글. 있으면 판정은 possible까지만 갑니다.")


class ActionOut(BaseModel):
    """What a reader may do next with one tap; `href` is a number, a page, or a path of this service."""

    kind: Literal["call", "apply", "calendar", "page"] = Field(
        description="무엇을 하는지: call(전화), apply(신청), calendar(달력), page(쪽 보기)"
    )
    label: str = Field(description="단추에 적을 글")
    href: str = Field(description="전화번호(tel:), 주소나 이 서버의 경로")


class CardOut(BaseModel):
    """The answer as a card: its lines with their marks, what one may do next, and what one may tap in reply."""

    lines: list[str] = Field(description="답변의 첫 줄과 뒷받침하는 줄. 출처 번호가 붙습니다.")
    actions: list[ActionOut] = Field(description="다음에 할 수 있는 것")
    replies: list[str] = Field(description="눌러서 대답할 수 있는 말")


class AskResponse(BaseModel):
    """An answer with everything it rests on; `plan` is the question as it was read, without what stands at its default.

    `plan` and `card` are null where an answer was made without them.
    """

    id: str = Field(description="답변의 id. /v1/feedback의 answer_id에 씁니다.")
    status: AnswerStatus = Field(description="답변이 어떻게 끝났는지")
    answer: str = Field(description="답변(마크다운). [1]처럼 출처 번호가 붙습니다. 영어로 물으면 영어입니다.")
    programs: list[ProgramOut] = Field(description="답변이 추천하거나 다루는 지원사업. 나은 것부터")
    contacts: list[ContactOut] = Field(description="답변이 알려 주는 문의처")
    citations: list[CitationOut] = Field(description="출처 번호마다 원문의 문서, 쪽, 글")
    clarifying_question: str | None = Field(description="답하는 데 더 필요한 것을 묻는 말. 없으면 null")
    follow_ups: list[str] = Field(description="이어서 물어볼 만한 말")
    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    generation: str = Field(description="답한 색인 판의 번호")
    mode: AnswerMode = Field(description="누가 글을 썼는지")
    degraded: bool = Field(description="언어 모델이 쓰지 못해 규칙만으로 답했는지")
    took_ms: int = Field(description="답하는 데 걸린 시간(밀리초)")
    plan: dict[str, Any] | None = Field(description="물음을 읽은 결과. 기본값인 것은 뺍니다. 없으면 null")
    card: CardOut | None = Field(description="답변을 카드로 줄인 것. 없으면 null")


Mark = Callable[[Evidence | None], int | None]


def response(
    answer: Answer, source_of: Callable[[str], Source | None], answer_id: str, generation: str, took_ms: int
) -> AskResponse:
    """The answer as callers get it; `source_of` names the document behind each citation.

    Raises IndexDamaged when a citation points to a document that the catalogue does not know.
    """
    return AskResponse(
        id=answer_id,
        status=answer.status,
        answer=answer.text,
        programs=[program_out(match, answer.as_of, answer.mark_of) for match in answer.matches],
        contacts=[contact_out(contact, answer.mark_of) for contact in answer.contacts],
        citations=[citation_out(citation, source_of) for citation in answer.citations],
        clarifying_question=answer.clarifying_question,
        follow_ups=list(answer.follow_ups),
        as_of=answer.as_of,
        generation=generation,
        mode=answer.mode,
        degraded=answer.degraded,
        took_ms=took_ms,
        plan=to_json(answer.plan) if answer.plan else None,
        card=_card(answer.card) if answer.card else None,
    )


def document_out(source: Source) -> DocumentOut:
    """A source as callers see it."""
    return DocumentOut(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published_on=source.published_on,
        url=source.url,
        recognised_pages=source.recognised,
        kept=source.kept,
    )


def period_out(period: Period | None, status: PeriodStatus, as_of: date, mark: Mark) -> PeriodOut:
    """A period on a day; one that no document states is said to be unknown."""
    if period is None:
        period = Period(PeriodKind.UNSTATED, UNSTATED)
    return PeriodOut(
        kind=period.kind,
        status=status,
        opens_on=period.opens_on,
        closes_on=period.closes_on,
        days_left=days_left(period, as_of) if status is PeriodStatus.OPEN else None,
        text=period.text,
        opens_at=period.opens_at,
        closes_at=period.closes_at,
        expected_from=period.expected_from,
        expected_to=period.expected_to,
        recurs=RecurrenceOut.model_validate(period.recurs, from_attributes=True) if period.recurs else None,
        round=period.round,
        closed=list(period.closed),
        closed_on_holidays=period.closed_on_holidays,
        arrival=period.arrival,
        until_spent=period.until_spent,
        changed=period.changed,
        unread=period.unread,
        citation=mark(period.evidence),
    )


def contact_out(contact: Contact, mark: Mark) -> ContactOut:
    """A contact as callers see it."""
    return ContactOut(
        organisation=contact.organisation,
        department=contact.department,
        person=contact.person,
        phones=list(contact.phones),
        extension=contact.extension,
        faxes=list(contact.faxes),
        purpose=contact.purpose,
        since=contact.since,
        until=contact.until,
        emails=list(contact.emails),
        urls=list(contact.urls),
        regions=list(contact.regions),
        citation=mark(contact.evidence),
    )


def program_out(match: Match, as_of: date, mark: Mark) -> ProgramOut:
    """A programme judged, as callers see it."""
    program = match.program
    return ProgramOut(
        id=program.id,
        name=program.name,
        year=program.year,
        ministry=program.ministry,
        agency=program.agency,
        key=key_out(program),
        verdict=verdict_out(match),
        period=period_out(match.period, match.status, as_of, mark),
        findings=[_finding(finding, mark) for finding in match.findings],
        tracks=[_track(track, as_of, mark) for track in match.tracks],
        unread=_open_clauses(match),
    )


def verdict_out(match: Match) -> Verdict | None:
    """The verdict as callers see it: while a clause of the conditions is open, nobody is eligible for sure."""
    is_open = match.verdict is Verdict.ELIGIBLE and _open_clauses(match)
    return Verdict.POSSIBLE if is_open else match.verdict


def _open_clauses(match: Match) -> list[str]:
    """The clauses on who may apply that were not read, without those that what the company tells has settled."""
    findings = (*match.findings, *(finding for track in match.tracks for finding in track.findings))
    met = {f.criterion.text for f in findings if f.result is Result.MET and f.criterion.field is CriterionField.OTHER}
    return [text for text in dict.fromkeys(clause.text for clause in unread_of(match.program)) if text not in met]


def _card(card: Card) -> CardOut:
    actions = [ActionOut.model_validate(action, from_attributes=True) for action in card.actions]
    return CardOut(lines=list(card.lines), actions=actions, replies=list(card.replies))


def key_out(program: Program) -> KeyOut:
    """What tells a programme from others of its name; of one made without a key, its year."""
    key = program.key or ProgramKey(program.name, year=program.year)
    return KeyOut(authority=key.authority, region=key.region, year=key.year, round=key.round)


def _track(track: TrackMatch, as_of: date, mark: Mark) -> TrackOut:
    return TrackOut(
        name=track.name,
        verdict=track.verdict,
        period=period_out(track.period, track.status, as_of, mark),
        findings=[_finding(finding, mark) for finding in track.findings],
        contacts=[contact_out(contact, mark) for contact in track.contacts],
    )


def _finding(finding: Finding, mark: Mark) -> FindingOut:
    return FindingOut(
        criterion=finding.criterion.text,
        result=finding.result,
        reason=finding.reason,
        ask=finding.ask,
        citation=mark(finding.criterion.evidence),
    )


def citation_out(citation: Citation, source_of: Callable[[str], Source | None]) -> CitationOut:
    """A mark with the words it stands for. Raises IndexDamaged for a document that nobody knows."""
    evidence = citation.evidence
    source = source_of(evidence.source_id)
    if source is None:
        raise IndexDamaged(f"출처 '{evidence.source_id}'이(가) 색인에 없습니다. 'jiwon sync'를 다시 실행해 주세요.")
    return CitationOut(
        mark=citation.mark,
        document=document_out(source),
        pages=evidence.pages,
        section=evidence.section,
        quote=evidence.quote,
        recognised=source.is_recognised(evidence.pages),
        place=place(evidence, source),
        caution=caution(evidence, source),
    )
