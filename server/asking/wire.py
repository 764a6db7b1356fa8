"""The words on the wire: a `/v1/ask` request flows in as a Question, an Answer flows out as its response."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from datetime import time as hour_of_day
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
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


FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
"""Between these a day can be asked about: no document tells of others, and what is typed so is a slip."""


def _within_reach(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("day_out_of_range", "out of range", {"first": str(FIRST_DAY), "last": str(LAST_DAY)})
    return day


AnyDay = Annotated[date, BeforeValidator(iso_day)]
Day = Annotated[AnyDay, AfterValidator(_within_reach)]
"""A day that can be asked about, 1990-01-01 to 2100-12-31."""
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Count = Annotated[int, Field(strict=True, ge=0, le=10_000_000)]
Year = Annotated[int, Field(strict=True, ge=1800, le=2200)]


class Inbound(BaseModel):
    """What a caller sends; a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class ProfileIn(Inbound):
    """What is known of the company; every field may be left out."""

    region: Words | None = None
    industry: Words | None = None
    employees: Count | None = None
    size: SizeClass | None = None
    founded: Year | None = None
    insured: Annotated[bool, Field(strict=True)] | None = None
    needs: Annotated[list[Words], Field(max_length=20)] = []

    def profile(self) -> CompanyProfile:
        """The profile in the words of the product."""
        return CompanyProfile(
            self.region, self.industry, self.employees, self.size, self.founded, self.insured, tuple(self.needs)
        )


class TurnIn(Inbound):
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=20_000)]


class AskRequest(Inbound):
    """A question; `as_of` is today in Korea where it is not given; of `history` the end counts, see `recent`."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    as_of: Day | None = None
    profile: ProfileIn | None = None
    history: Annotated[list[TurnIn], Field(max_length=100)] = []
    conversation_id: Annotated[str, Field(max_length=200)] | None = None

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

    id: str
    title: str
    publisher: str
    published_on: str
    url: str | None
    recognised_pages: Annotated[tuple[int, ...], Field(description="스캔 문서에서 글자 인식으로 읽은 쪽")]
    kept: Annotated[bool, Field(description=KEPT)]


class CitationOut(BaseModel):
    """A mark of the answer and the words it stands for; `pages` are first and last, 1 where they are not known.

    `recognised` where those words were read from a picture of a page, and may be misread; `place` is where a reader is
    told to look, and `caution` how those words came to be known, where that is a reason for care.
    """

    mark: int
    document: DocumentOut
    pages: tuple[int, int]
    section: str
    quote: str
    recognised: Annotated[bool, Field(description=RECOGNISED)]
    place: str = Field(default="", description="문서에서 찾아볼 자리. 쪽이 없으면 제목", examples=["17쪽"])
    caution: str = Field(default="", description="그 글을 어떻게 알았는지에 관한 주의. 없으면 빈 글", examples=[""])


class RecurrenceOut(BaseModel):
    """A window that comes again every month (days 1–31, 31 its last) or week (0–6, 0 Monday), both ends within it."""

    unit: Literal["month", "week"]
    first: int
    last: int


class PeriodOut(BaseModel):
    """When one may apply; `days_left` counts only while a period with a last day is open.

    `opens_at` and `closes_at` are the hours of the first and the last day, in Korea; `expected_from` and `expected_to`
    bound the months named by a period that is only announced. `recurs` is a window that comes again, `round` the one of
    several rounds that this is. Nothing is received on the weekdays `closed` (0 Monday), nor on holidays where
    `closed_on_holidays`. `arrival` tells what counts of a paper sent by post, `until_spent` that money may end the
    period earlier, `changed` what a later notice did to it, and `unread` the title of one that could not be read.
    """

    kind: PeriodKind
    status: PeriodStatus
    opens_on: date | None
    closes_on: date | None
    days_left: int | None
    text: str
    opens_at: hour_of_day | None
    closes_at: hour_of_day | None
    expected_from: date | None
    expected_to: date | None
    recurs: RecurrenceOut | None
    round: str
    closed: list[int]
    closed_on_holidays: bool
    arrival: Arrival | None
    until_spent: bool
    changed: ChangeKind | None
    unread: str
    citation: int | None


class FindingOut(BaseModel):
    """One condition of a programme against the company."""

    criterion: str
    result: Result
    reason: str
    ask: str | None
    citation: int | None


class ContactOut(BaseModel):
    """Whom to ask; no phones where none is known.

    `extension` is dialled behind the first of the phones, faxes are no phones, `purpose` is what the desk is for
    where that is not everything. `since` and `until` are the first and the last day on which it answers, where another
    takes its place.
    """

    organisation: str
    department: str | None
    person: str | None
    phones: list[str]
    extension: str
    faxes: list[str]
    purpose: str
    since: date | None
    until: date | None
    emails: list[str]
    urls: list[str]
    regions: list[str]
    citation: int | None


class KeyOut(BaseModel):
    """What tells a programme from others of its name; empty where it is not known."""

    authority: str
    region: str
    year: int | None
    round: str


class TrackOut(BaseModel):
    """One part of a programme, judged for itself."""

    name: str
    verdict: Verdict | None
    period: PeriodOut
    findings: list[FindingOut]
    contacts: list[ContactOut]


class ProgramOut(BaseModel):
    """A programme the answer recommends or is about; verdict and period are those of the part asked about, or the best.

    `unread` are clauses of its conditions that were not read: while there are any, the verdict is at best `possible`.
    """

    id: str
    name: str
    year: int | None
    ministry: str
    agency: str
    key: KeyOut
    verdict: Verdict | None
    period: PeriodOut
    findings: list[FindingOut]
    tracks: list[TrackOut]
    unread: list[str]


class ActionOut(BaseModel):
    """What a reader may do next with one tap; `href` is a number, a page, or a path of this service."""

    kind: Literal["call", "apply", "calendar", "page"]
    label: str
    href: str


class CardOut(BaseModel):
    """The answer as a card: its lines with their marks, what one may do next, and what one may tap in reply."""

    lines: list[str]
    actions: list[ActionOut]
    replies: list[str]


class AskResponse(BaseModel):
    """An answer with everything it rests on; `plan` is the question as it was read, without what stands at its default.

    `plan` and `card` are null where an answer was made without them.
    """

    id: str
    status: AnswerStatus
    answer: str
    programs: list[ProgramOut]
    contacts: list[ContactOut]
    citations: list[CitationOut]
    clarifying_question: str | None
    follow_ups: list[str]
    as_of: date
    generation: str
    mode: AnswerMode
    degraded: bool
    took_ms: int
    plan: dict[str, Any] | None
    card: CardOut | None


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
