"""Papers: a file and the programmes of a day flow in, the content of one of its documents flows out.

Each begins with what to do by when, whom to call and what it costs, and ends with its sources and a line to sign on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rag.diagnosis.chapters import level, near_misses, offices, recommendation
from rag.diagnosis.marks import Marks, SourceOf
from rag.diagnosis.overview import UNKNOWN, company_grid, history_grid, support_grid, survey_grid
from rag.diagnosis.telling import as_line
from rag.diagnosis.tree import Block, Bullets, Grid, Paragraph, Part, Report
from rag.domain import Program
from rag.engagement import sheets
from rag.engagement.file import Engagement, standing_gaps
from rag.engagement.holding import doubts_of, payer_of
from rag.engagement.items import Plan, PlanKind
from rag.messages import STANDING
from rag.money import won
from rag.periods import brief, korean_date
from rag.saying.draft import Line

NAMELESS = "기업명 확인되지 않음"
NOTICE = (
    "등록된 문서에서 확인한 것과 컨설턴트가 적은 것만 실었습니다. 빈 줄은 확인되지 않은 칸입니다. 선정 여부와 금액은 "
    "심사 결과에 따라 달라지며, 신청하기 전에 담당 기관에 확인해야 합니다."
)
NUMBER = "번호"
MOST_LIMITS, MOST_ASKS = 6, 5


class PaperKind(StrEnum):
    """문서의 종류: what a file is shown as; `basic` … as in the contract of the API."""

    BASIC = "basic"
    CONSULTING = "consulting"
    PROBLEM = "problem"
    PLAN = "plan"
    RESULT = "result"
    YEARLY = "yearly"


TITLES = {
    PaperKind.BASIC: "기초진단지",
    PaperKind.CONSULTING: "HRD 컨설팅 보고서",
    PaperKind.PROBLEM: "과정개발(PBL) 계획서",
    PaperKind.PLAN: "훈련계획서",
    PaperKind.RESULT: "훈련 성과분석 보고서",
    PaperKind.YEARLY: "전년 대비 보고서",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document is made from: the file, the programmes of its day, and the day."""

    file: Engagement
    programs: Sequence[Program]
    as_of: date
    marks: Marks

    @property
    def plans(self) -> tuple[Plan, ...]:
        """What is planned, in the order it was written down."""
        return tuple(entry.item for entry in self.file.plans)


def paper(
    kind: PaperKind,
    file: Engagement,
    programs: Sequence[Program],
    source_of: SourceOf,
    as_of: date,
    former: str | None = None,
) -> Report:
    """The content of a draft of a document; the same file on the same day gives the same content."""
    made = Paper(file, programs, as_of, Marks())
    parts = [Part("first", "먼저 할 일", tuple(_first(made))), *_PARTS[kind](made)]
    doubts = doubts_of(file, programs) if kind is not PaperKind.BASIC else ()
    if doubts:
        parts.append(Part("doubts", "확인할 것", (Bullets(tuple(made.marks.said(line) for line in doubts)),)))
    parts.append(Part("signature", "확인", _signature(file)))
    parts.append(
        Part("sources", "붙임: 출처", made.marks.sources(source_of) or (Paragraph("문서에서 인용한 것이 없습니다."),))
    )
    return Report(TITLES[kind], file.case.company.name or NAMELESS, _cover(file, as_of, former), tuple(parts), False)


def numbered(draft: Report, number: str) -> Report:
    """The draft as issued under a number."""
    return replace(draft, cover=tuple((label, number if label == NUMBER else told) for label, told in draft.cover))


def _cover(file: Engagement, as_of: date, former: str | None) -> tuple[tuple[str, str], ...]:
    branch = file.diagnosis.branches[0].organisation if file.diagnosis.branches else UNKNOWN
    facts = [
        (NUMBER, "초안(발급 전)"),
        ("기준일", korean_date(as_of)),
        ("관할 지사", branch),
        ("컨설턴트", file.consultant),
    ]
    return (*facts, ("이전 문서", f"{former} (이 문서로 다시 발급함)")) if former else tuple(facts)


def _first(made: Paper) -> Iterator[Block]:
    """What to do by when, whom to call, what it costs."""
    rows = []
    for chosen in made.file.diagnosis.recommendations:
        match, period = chosen.match, chosen.match.period
        by = f"{brief(period, match.status, made.as_of)}" if period else STANDING[match.status]
        evidence = (period.evidence,) if period and period.evidence else ()
        office = next((c for c in chosen.contacts if c.phones), None)
        phone = f"{office.organisation} {office.phones[0]} {made.marks.of((office.evidence,))}" if office else UNKNOWN
        cost = made.marks.said(chosen.amounts[0]) if chosen.amounts else UNKNOWN
        rows.append((f"{match.program.name} 신청", f"{by} {made.marks.of(evidence)}".strip(), phone, cost))
    rows += [(each.what, f"{korean_date(each.day)}까지", "-", "-") for each in made.file.due(made.as_of)]
    yield Grid(("할 일", "언제까지", "문의", "드는 돈"), tuple(rows)) if rows else Paragraph(sheets.NONE)


def _basic(made: Paper) -> Iterator[Part]:
    company = made.file.case.company
    yield Part("overview", "기업 개요", (_to_fill(company_grid(company)),))
    trained: Block = history_grid(company.trainings) if company.trainings else Paragraph("훈련이력: " + sheets.BLANK)
    yield Part("history", "훈련이력과 지원이력", (trained, _to_fill(support_grid(company))))
    yield Part("level", "AI 수준", tuple(level(made.file.diagnosis, made.marks)))
    if made.file.diagnosis.asks:
        yield Part("asks", "더 확인할 것", (Bullets(made.file.diagnosis.asks[:MOST_ASKS]),))
    branch = replace(made.file.diagnosis, centres=())  # centres come with what they are recommended for
    yield Part("contacts", "관할 지사", tuple(offices(branch, made.marks)))


def _to_fill(grid: Grid) -> Grid:
    """The table with lines to write on where nothing is known."""
    rows = tuple(tuple(sheets.BLANK if cell == UNKNOWN else cell for cell in row) for row in grid.rows)
    return replace(grid, rows=rows)


def _consulting(made: Paper) -> Iterator[Part]:
    file, diagnosis = made.file, made.file.diagnosis
    yield Part("overview", "기업 개요", (_to_fill(company_grid(file.case.company)),))
    yield Part("visits", "수행일지", (sheets.visits_grid([entry.item for entry in file.visits]),))
    yield Part("survey", "훈련수요조사", (survey_grid(file.case, lambda _: None),))
    yield Part("level", "AI 수준", tuple(level(diagnosis, made.marks)))
    yield _gaps(made)
    for rank, chosen in enumerate(diagnosis.recommendations, 1):
        yield from recommendation(rank, chosen, diagnosis, made.marks, {})
    missed = tuple(near for near in diagnosis.near_misses if near.match.program.year in (None, made.as_of.year))
    if missed:
        yield Part("near_misses", "아깝게 맞지 않는 사업", (near_misses(missed, made.as_of, made.marks),))
    yield from _planned(made, made.plans)
    if diagnosis.asks:
        yield Part("asks", "더 확인할 것", (Bullets(diagnosis.asks),))
    yield Part("contacts", "관할 지사와 센터", tuple(offices(diagnosis, made.marks)))


def _problem(made: Paper) -> Iterator[Part]:
    plans = [plan for plan in made.plans if plan.kind is PlanKind.PROBLEM]
    yield _gaps(made)
    if not plans:
        plans = [Plan(PlanKind.PROBLEM)]
    for number, plan in enumerate(plans, 1):
        title = f"과제 {number}. {plan.title or sheets.BLANK}"
        lessons = (sheets.lessons_grid(plan),) if plan.lessons else ()
        yield Part(f"problem_{number}", title, (sheets.problem_grid(plan), *lessons, *_limits(made, plan)))


def _plan(made: Paper) -> Iterator[Part]:
    yield from _planned(made, made.plans)
    for number, plan in enumerate((p for p in made.plans if p.kind is PlanKind.COURSE), 1):
        blocks = (sheets.course_grid(plan), sheets.lessons_grid(plan), *_limits(made, plan))
        yield Part(f"course_{number}", f"과정 {number}. {plan.title or sheets.BLANK}", blocks)
    for number, plan in enumerate((p for p in made.plans if p.kind is PlanKind.ON_JOB), 1):
        yield Part(f"on_job_{number}", f"S-OJT {number}. {plan.title or sheets.BLANK}", (sheets.on_job_grid(plan),))


def _result(made: Paper) -> Iterator[Part]:
    file = made.file
    if not file.runs:
        yield Part("runs", "실시한 훈련", (Paragraph(sheets.NONE),))
    for number, entry in enumerate(file.runs, 1):
        run, plan = entry.item, file.plan_of(entry.item)
        surveys = [survey for kind in sheets.SURVEYED for survey in file.surveys_of(entry.id, kind)]
        facts = Grid(
            ("항목", "내용"),
            (
                ("기간", f"{sheets.day_said(run.first_day)} ~ {sheets.day_said(run.last_day)}"),
                ("참여 / 수료", f"{sheets.count_said(run.people, '명')} / {sheets.count_said(run.completed, '명')}"),
                ("시간", sheets.count_said(run.hours, "시간")),
                ("목표값 → 도달값", f"{sheets.said(plan.wanted if plan else None)} → {sheets.said(run.reached)}"),
                ("지원받은 돈 / 자부담", f"{sheets.won_said(run.paid)} / {sheets.won_said(run.own_share)}"),
                ("컨설턴트의 제언", sheets.said(run.feedback)),
                ("경영진의 결정(강화·유지·폐지)", run.decision.value if run.decision else sheets.BLANK),
            ),
        )
        blocks: list[Block] = [facts, sheets.surveys_grid(file, entry.id)]
        blocks += [block for block in (sheets.scores_grid(surveys), sheets.comments(surveys)) if block]
        yield Part(f"run_{number}", f"{number}. {file.title_of(run)}", tuple(blocks))


def _yearly(made: Paper) -> Iterator[Part]:
    before = made.as_of.replace(year=made.as_of.year - 1, day=min(made.as_of.day, 28))
    yield Part("gaps", "수준의 변화", (sheets.two_days(made.file, before, made.as_of),))
    yield two_years(made.file, made.as_of.year - 1, made.as_of.year)
    decided = tuple(
        (
            made.file.title_of(e.item),
            e.item.decision.value if e.item.decision else sheets.BLANK,
            sheets.said(e.item.feedback),
        )
        for e in made.file.runs
    )
    if decided:
        yield Part("decisions", "과정마다의 결정", (Grid(("과정", "결정", "제언"), decided),))


def two_years(file: Engagement, first: int, last: int) -> Part:
    """What was run in two years, beside each other."""
    years = tuple(dict.fromkeys((first, last)))
    rows = tuple((label, *(value(file, year) for year in years)) for label, value in _YEARLY)
    return Part("years", "해마다의 훈련", (Grid(("항목", *(f"{year}년" for year in years)), rows),))


def _sum(file: Engagement, year: int, field: str, unit: str) -> str:
    told = [getattr(run, field) for run in (e.item for e in file.runs) if run.last_day and run.last_day.year == year]
    known = [value for value in told if value is not None]
    if not known:
        return sheets.BLANK if told else "없음"
    return won(sum(known)) if unit == "원" else f"{sum(known):,}{unit}"


def _courses(file: Engagement, year: int) -> str:
    return f"{sum(1 for e in file.runs if e.item.last_day and e.item.last_day.year == year)}개"


_YEARLY: tuple[tuple[str, Callable[[Engagement, int], str]], ...] = (
    ("실시한 과정", _courses),
    ("참여 인원", lambda file, year: _sum(file, year, "people", "명")),
    ("수료 인원", lambda file, year: _sum(file, year, "completed", "명")),
    ("훈련 시간", lambda file, year: _sum(file, year, "hours", "시간")),
    ("지원받은 돈", lambda file, year: _sum(file, year, "paid", "원")),
    ("자부담", lambda file, year: _sum(file, year, "own_share", "원")),
)


def _gaps(made: Paper) -> Part:
    gaps = standing_gaps([entry.item for entry in made.file.gaps], made.as_of)
    return Part("gaps", "직무·과업 격차", (sheets.gaps_grid(gaps),))


def _planned(made: Paper, plans: Sequence[Plan]) -> Iterator[Part]:
    picture = sheets.plans_gantt(plans, made.programs, made.as_of)
    yield Part("plans", "훈련 계획", (*((picture,) if picture else ()), sheets.plans_grid(plans)))


def _limits(made: Paper, plan: Plan) -> Iterator[Block]:
    """What the documents say the payer gives: ceilings, allowances, rates, each with its source."""
    payer = payer_of(plan, made.programs)
    if payer is None:
        return
    paid = [Line(as_line(b.text), (b.evidence,)) for b in payer.benefits if b.ceiling is not None or b.rate is not None]
    told = tuple(dict.fromkeys(made.marks.said(line) for line in paid))[:MOST_LIMITS]
    if told:
        yield Paragraph(f"'{payer.name}'에 관해 문서가 말하는 한도와 단가입니다.", is_note=True)
        yield Bullets(told)


def _signature(file: Engagement) -> tuple[Block, ...]:
    lines = (("컨설턴트", file.consultant), ("소속", sheets.BLANK), ("서명", sheets.BLANK), ("기업 확인", sheets.BLANK))
    return (Grid((), lines), Paragraph(NOTICE, is_note=True))


_PARTS: dict[PaperKind, Callable[[Paper], Iterator[Part]]] = {
    PaperKind.BASIC: _basic,
    PaperKind.CONSULTING: _consulting,
    PaperKind.PROBLEM: _problem,
    PaperKind.PLAN: _plan,
    PaperKind.RESULT: _result,
    PaperKind.YEARLY: _yearly,
}
