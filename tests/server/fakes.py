"""A made-up desk: one programme, one source, one answer; what is asked of it is remembered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event
from typing import Any

from rag.diagnosis.fitting import Fitting
from rag.diagnosis.records import Case, Diagnosis, Level, LevelFinding, Recommendation
from rag.domain import (
    Action,
    Answer,
    AnswerStatus,
    Benefit,
    BenefitKind,
    Card,
    Citation,
    CompanyProfile,
    Contact,
    Criterion,
    CriterionField,
    Document,
    Evidence,
    Extent,
    Finding,
    Generation,
    Match,
    Paragraph,
    Period,
    PeriodKind,
    PeriodStatus,
    Program,
    Question,
    Result,
    ReviewCode,
    ReviewItem,
    SizeClass,
    Source,
    SourceResult,
    Verdict,
)
from rag.plan import Ask, Part, Plan, SelectBy, Selection
from rag.reading.labelling import Labelled
from rag.saying.draft import Line
from rag.writing.brief import Brief

HERE = ("127.0.0.1", 50000)
"""Where callers come from that nobody counts: this machine."""
SOURCE = Source("guide", "guide.pdf", "지원사업 안내", "중소기업부", "2026-01", None, "0" * 64)
WHERE = Evidence("guide", (17, 17), "문의처", "신청은 4월 20일까지 접수합니다")
PAGES = Document(SOURCE, (Paragraph(1, "<첫 쪽>"), Paragraph(17, "신청은  4월 20일까지\n접수합니다.")), 19)
WHOM = Evidence("guide", (18, 19), "문의처", "가나다센터 02-000-0000")
SIZE = Criterion(CriterionField.SIZE, "중소기업일 것", WHERE, allowed=("중소기업",))
PROGRAM = Program(
    id="p1",
    name="가상 바우처",
    source_id="guide",
    year=2026,
    ministry="중소기업부",
    agency="가나다센터",
    evidence=WHERE,
    aliases=("바우처",),
    criteria=(SIZE,),
    benefits=(Benefit(BenefitKind.VOUCHER, "최대 2천만원", WHERE, ceiling=20_000_000),),
    periods=(Period(PeriodKind.FIXED, "3월 2일부터 4월 20일까지", WHERE, date(2026, 3, 2), date(2026, 4, 20)),),
    contacts=(Contact("가나다센터", WHOM, phones=("02-000-0000",), emails=("a@example.kr",)),),
)
RESULTS = (
    SourceResult("guide", "guide.pdf", "ok", pages=19, chunks=40, programs=2),
    SourceResult("broken", "broken.hwp", "missing", "파일이 없습니다. 파일을 넣어 주세요.", extent=Extent.UNREAD),
)
REVIEW = (
    ReviewItem(ReviewCode.FILE, "broken", "broken.hwp", "파일이 없습니다.", "파일을 넣어 주세요.", field="missing"),
    ReviewItem(
        code=ReviewCode.MISSING,
        source_id="guide",
        file="guide.pdf",
        message="신청기간을 찾지 못했습니다.",
        action="원본에서 확인해 주세요.",
        pages=(17, 18),
        program="가상 융자",
        field="period",
        quote="[가상] 융자",
    ),
)
OTHER = replace(PROGRAM, id="p2", name="가상 융자", criteria=(), periods=(), aliases=(), benefits=())


def matched(program: Program, profile: CompanyProfile) -> Match:
    """The programme against a profile that says at most a size; every period is taken as open."""
    result = Result.UNKNOWN if profile.size is None else Result.MET if profile.size in SIZE.allowed else Result.UNMET
    findings = tuple(Finding(c, result, "규모를 견주었습니다.", "규모가 어떻게 됩니까?") for c in program.criteria)
    period = program.periods[0] if program.periods else None
    return Match(program, findings, Verdict.POSSIBLE, period, PeriodStatus.OPEN if period else PeriodStatus.UNKNOWN)


def answered(question: Question) -> Answer:
    """One answer that cites two places."""
    return Answer(
        AnswerStatus.ANSWERED,
        "**4월 20일**까지 신청합니다 [1]. 문의처는 02-000-0000입니다 [2].",
        question.as_of,
        matches=(matched(PROGRAM, question.profile),),
        contacts=PROGRAM.contacts,
        citations=(Citation(1, WHERE), Citation(2, WHOM)),
        clarifying_question="규모가 어떻게 됩니까?",
        follow_ups=("지원금은 얼마입니까?",),
        plan=read(question),
        card=Card(
            ("**4월 20일**까지 신청합니다 [1].", "문의처는 02-000-0000입니다 [2]."),
            (Action("call", "02-000-0000", "tel:020000000"),),
            ("중소기업", "중견기업"),
        ),
    )


def read(question: Question) -> Plan:
    """Every question as one that asks when one may apply to the one programme."""
    return Plan(question.text, (Part((Ask.PERIOD,), Selection(SelectBy.NAMED, programs=(PROGRAM.name,))),))


@dataclass
class FakeDesk:
    """Answers everything alike; `hold` lets a test keep an answer under way, `fails` makes it raise."""

    generation: str = "g1"
    asked: list[Question] = field(default_factory=list)
    hold: Event | None = None
    began: Event = field(default_factory=Event)
    fails: Exception | None = None
    closed: bool = False

    @property
    def record(self) -> Generation:
        return Generation(self.generation, "f", "2026-01-01T00:00:00+09:00", "fake", 1, 1, 1, 2)

    @property
    def catalogue(self) -> FakeDesk:
        return self

    def source(self, source_id: str, /) -> Source | None:
        return SOURCE if source_id == SOURCE.id else None

    def document(self, source_id: str, /) -> Document | None:
        return PAGES if source_id == SOURCE.id else None

    def sources(self) -> tuple[Source, ...]:
        return (SOURCE,)

    def programs(self) -> tuple[Program, ...]:
        return (PROGRAM, OTHER)

    def results(self) -> tuple[SourceResult, ...]:
        return RESULTS

    def review(self) -> tuple[ReviewItem, ...]:
        return REVIEW

    def answer(self, question: Question) -> Answer:
        assert not self.closed
        self.asked.append(question)
        self.began.set()
        if self.hold:
            assert self.hold.wait(20)
        assert not self.closed
        if self.fails:
            raise self.fails
        return answered(question)

    def read(self, question: Question, labels: Labelled | None = None) -> Plan:
        return read(question)

    def brief(self, question: Question, labels: Labelled | None = None) -> Brief:
        answer = self.answer(question)
        return Brief(
            question,
            answer,
            read(question),
            True,
            (PROGRAM.name, OTHER.name),
            frozenset(),
            {SOURCE.id: "안내"},
            lambda _: (),
        )

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        return tuple(matched(program, profile) for program in (PROGRAM, OTHER))

    def in_order(self, order: Callable[[Match], Any], as_of: date) -> tuple[Match, ...]:
        return tuple(sorted(self.match(CompanyProfile(), as_of), key=order))

    def match_one(self, program_id: str, profile: CompanyProfile, as_of: date) -> Match | None:
        return next((match for match in self.match(profile, as_of) if match.program.id == program_id), None)

    def fit(self, profile: CompanyProfile, as_of: date) -> Fitting:
        return Fitting(self.match(profile, as_of), 0)

    def serving(self, region: str, as_of: date) -> Mapping[str, Result] | None:
        return dict.fromkeys((PROGRAM.id, OTHER.id), Result.UNKNOWN) if self.knows_place(region) else None

    def admitting(self, size: SizeClass, as_of: date) -> Set[str]:
        return {PROGRAM.id, OTHER.id} if size.value in SIZE.allowed else set()

    def offices(self, match: Match, region: str | None, as_of: date) -> tuple[Contact, ...]:
        return match.program.contacts

    def knows_place(self, words: str) -> bool:
        return "시" in words

    def diagnose(self, case: Case, as_of: date, planned: Collection[str] = ()) -> Diagnosis:
        if self.fails:
            raise self.fails
        level = LevelFinding(Level.BASIC, ("처음입니다.",))
        match = matched(PROGRAM, case.company.profile)
        chosen = (Recommendation(match, (Line("자부담이 있습니다.", (WHERE,)),), (), (), (), PROGRAM.contacts),)
        branches = (Contact("경인지역본부", WHOM),) if case.company.address else ()
        return Diagnosis(case, as_of, self.generation, level, chosen, (), (), (), (), branches, (), ("업종은?",))

    def close(self) -> None:
        self.closed = True
